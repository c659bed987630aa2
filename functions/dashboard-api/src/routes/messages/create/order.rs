//! Orders as the API takes them: amounts in paise, sums computed here.

use std::collections::BTreeMap;

use serde::Deserialize;
use shared::domain::{
    messaging::content::{
        CatalogId, Charge, ChargeText, ConfigurationName, ContentError, Discount, Edge, Expiration, Gateway, GatewayProvider, GatewayText,
        Goods, Importer, InteractiveBody, Limited, Link, OrderDetails, OrderDetailsParts, OrderItem, OrderState, OrderStatus, OrderText,
        Origin, OutboundContent, PaymentOption, PaymentSettings, Problem, ReferenceId, RetailerId, UpiApp, UpiLink,
    },
    money::Paise,
    time::Timestamp,
};
use utoipa::ToSchema;

/// An order to be paid. Subtotal and total are computed: total = subtotal + tax + shipping − discount.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewOrderDetails {
    #[schema(value_type = String, max_length = 1024)]
    body: InteractiveBody,
    #[schema(value_type = Option<String>, max_length = 60)]
    footer: Option<Edge>,
    /// The business's name of the order; each is used once.
    #[schema(value_type = String, max_length = 35, pattern = "^[A-Za-z0-9_.-]+$")]
    reference_id: ReferenceId,
    goods: NewGoods,
    payment: NewPayment,
    /// Whether the button to pay is shown without a page of the order.
    #[serde(default)]
    quick_pay: bool,
    #[schema(value_type = Option<String>, max_length = 64)]
    catalog_id: Option<CatalogId>,
    #[schema(min_items = 1, max_items = 100)]
    items: Vec<NewItem>,
    tax: NewCharge,
    shipping: Option<NewCharge>,
    discount: Option<NewDiscount>,
    expiration: Option<NewExpiration>,
}

/// What is sold.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum NewGoods {
    Digital,
    Physical,
}

/// How it is paid: exactly one of these.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewPayment {
    gateway: Option<NewGateway>,
    /// A `upi://pay?pa=…` address without an amount.
    #[schema(value_type = Option<String>, max_length = 1000)]
    upi_link: Option<UpiLink>,
    /// The `https://` address of a page to pay on.
    #[schema(value_type = Option<String>, max_length = 2000)]
    payment_link: Option<Link>,
    /// The payment configuration whose UPI address is used.
    #[schema(value_type = Option<String>, max_length = 60)]
    upi_configuration: Option<ConfigurationName>,
}

/// A gateway connected to WhatsApp.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewGateway {
    provider: NewProvider,
    #[schema(value_type = String, max_length = 60)]
    configuration_name: ConfigurationName,
    /// Razorpay's receipt number.
    #[schema(value_type = Option<String>, max_length = 40)]
    receipt: Option<Limited<40>>,
    /// Razorpay's notes, at most 15.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, String>)]
    notes: BTreeMap<String, GatewayText>,
    /// The other gateways' words in order: 4 of `PayU`, 7 of `BillDesk`, 2 of Zaakpay.
    #[serde(default)]
    #[schema(value_type = Vec<String>, max_items = 7)]
    extra: Vec<GatewayText>,
    /// The ways of paying to be shown first.
    #[serde(default)]
    preferred: Vec<NewUpiApp>,
    /// The ways of paying that are open; all when left out.
    #[serde(default)]
    options: Vec<NewPaymentOption>,
}

#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum NewProvider {
    Razorpay,
    Payu,
    Billdesk,
    Zaakpay,
}

#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum NewUpiApp {
    Gpay,
    Phonepe,
    Paytm,
    Amazonpay,
    Cred,
    Mobikwik,
}

#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum NewPaymentOption {
    Upi,
    Web,
}

/// A line of an order.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewItem {
    /// The business's own id of the thing.
    #[schema(value_type = String, max_length = 100)]
    product_id: RetailerId,
    #[schema(value_type = String, max_length = 60)]
    name: Limited<60>,
    /// The price of one, in paise.
    #[schema(value_type = i64, minimum = 0)]
    amount_paise: Paise,
    /// The price of one for now, lower than the price.
    #[schema(value_type = Option<i64>, minimum = 0)]
    sale_amount_paise: Option<Paise>,
    #[schema(minimum = 1, maximum = 1_000_000)]
    quantity: u32,
    /// Where it was made: needed for things that are in no catalogue.
    #[schema(value_type = Option<String>, max_length = 60)]
    country_of_origin: Option<ChargeText>,
    /// Who brought it into the country.
    importer: Option<NewImporter>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewImporter {
    #[schema(value_type = String, max_length = 100)]
    name: Limited<100>,
    #[schema(value_type = String, max_length = 100)]
    address_line1: Limited<100>,
    #[schema(value_type = Option<String>, max_length = 100)]
    address_line2: Option<Limited<100>>,
    #[schema(value_type = Option<String>, max_length = 100)]
    city: Option<Limited<100>>,
    #[schema(value_type = Option<String>, max_length = 100)]
    zone_code: Option<Limited<100>>,
    #[schema(value_type = Option<String>, max_length = 16)]
    postal_code: Option<Limited<16>>,
    #[schema(value_type = String, max_length = 2)]
    country_code: Limited<2>,
}

/// An amount with a remark.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewCharge {
    #[schema(value_type = i64, minimum = 0)]
    amount_paise: Paise,
    #[schema(value_type = Option<String>, max_length = 60)]
    description: Option<ChargeText>,
}

/// What is taken off.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewDiscount {
    #[schema(value_type = i64, minimum = 0)]
    amount_paise: Paise,
    #[schema(value_type = Option<String>, max_length = 60)]
    description: Option<ChargeText>,
    /// The name of the offer.
    #[schema(value_type = Option<String>, max_length = 60)]
    program_name: Option<ChargeText>,
}

/// Until when it can be paid: at least 300 seconds from now.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewExpiration {
    at: Timestamp,
    #[schema(value_type = String, max_length = 120)]
    description: OrderText,
}

/// How far an order is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewOrderStatus {
    #[schema(value_type = String, max_length = 1024)]
    body: InteractiveBody,
    #[schema(value_type = Option<String>, max_length = 60)]
    footer: Option<Edge>,
    /// The business's name of the order.
    #[schema(value_type = String, max_length = 35, pattern = "^[A-Za-z0-9_.-]+$")]
    reference_id: ReferenceId,
    status: NewOrderState,
    #[schema(value_type = Option<String>, max_length = 120)]
    description: Option<OrderText>,
}

/// The states of an order. One that is completed or canceled stays so.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum NewOrderState {
    Processing,
    PartiallyShipped,
    Shipped,
    Completed,
    Canceled,
}

impl NewOrderDetails {
    pub(super) fn content(self) -> Result<OutboundContent, ContentError> {
        let charge = |charge: NewCharge| Charge { amount: charge.amount_paise, description: charge.description };
        let item = |(index, item): (usize, NewItem)| item.item().map_err(|error| error.within(&format!("items[{index}]")));
        let parts = OrderDetailsParts {
            body: self.body,
            footer: self.footer,
            reference: self.reference_id,
            goods: match self.goods {
                NewGoods::Digital => Goods::Digital,
                NewGoods::Physical => Goods::Physical,
            },
            payment: self.payment.settings()?,
            quick_pay: self.quick_pay,
            catalog: self.catalog_id,
            items: self.items.into_iter().enumerate().map(item).collect::<Result<_, _>>()?,
            tax: charge(self.tax),
            shipping: self.shipping.map(charge),
            discount: self.discount.map(|discount| Discount {
                amount: discount.amount_paise,
                description: discount.description,
                program: discount.program_name,
            }),
            expiration: self.expiration.map(|end| Expiration { at: end.at, description: end.description }),
        };
        OrderDetails::new(parts).map(|order| OutboundContent::OrderDetails(Box::new(order)))
    }
}

impl NewItem {
    fn item(self) -> Result<OrderItem, ContentError> {
        let origin = match (self.country_of_origin, self.importer) {
            (None, Some(_)) => return Err(Problem::Missing("an importer needs it").at("country_of_origin")),
            (country, importer) => country.map(|country| Origin { country, importer: importer.map(NewImporter::importer) }),
        };
        Ok(OrderItem {
            id: self.product_id,
            name: self.name,
            amount: self.amount_paise,
            sale_amount: self.sale_amount_paise,
            quantity: self.quantity,
            origin,
        })
    }
}

impl NewImporter {
    fn importer(self) -> Importer {
        Importer {
            name: self.name,
            line1: self.address_line1,
            line2: self.address_line2,
            city: self.city,
            zone: self.zone_code,
            postal_code: self.postal_code,
            country_code: self.country_code,
        }
    }
}

impl NewPayment {
    fn settings(self) -> Result<PaymentSettings, ContentError> {
        match (self.gateway, self.upi_link, self.payment_link, self.upi_configuration) {
            (Some(gateway), None, None, None) => gateway.gateway().map(PaymentSettings::Gateway),
            (None, Some(link), None, None) => Ok(PaymentSettings::UpiIntent(link)),
            (None, None, Some(link), None) => Ok(PaymentSettings::PaymentLink(link)),
            (None, None, None, Some(configuration)) => Ok(PaymentSettings::StaticVpa(configuration)),
            _ => Err(Problem::Shape("exactly one of gateway, upi_link, payment_link and upi_configuration").at("payment")),
        }
    }
}

impl NewGateway {
    fn gateway(self) -> Result<Gateway, ContentError> {
        let notes = self.notes.into_iter().map(|(key, text)| Ok((GatewayText::part("payment.gateway.notes", &key)?, text)));
        let notes: Vec<_> = notes.collect::<Result<_, ContentError>>()?;
        let others = self.receipt.is_some() || !notes.is_empty();
        let provider = match self.provider {
            NewProvider::Razorpay if !self.extra.is_empty() => {
                return Err(Problem::NotAllowed("Razorpay takes a receipt and notes instead").at("payment.gateway.extra"));
            }
            NewProvider::Razorpay => GatewayProvider::Razorpay { receipt: self.receipt, notes },
            NewProvider::Payu | NewProvider::Billdesk | NewProvider::Zaakpay if others => {
                return Err(Problem::NotAllowed("only Razorpay takes a receipt and notes").at("payment.gateway.receipt"));
            }
            NewProvider::Payu => GatewayProvider::PayU(self.extra),
            NewProvider::Billdesk => GatewayProvider::Billdesk(self.extra),
            NewProvider::Zaakpay => GatewayProvider::Zaakpay(self.extra),
        };
        Ok(Gateway {
            configuration: self.configuration_name,
            provider,
            preferred: self.preferred.into_iter().map(NewUpiApp::app).collect(),
            options: self.options.into_iter().map(NewPaymentOption::option).collect(),
        })
    }
}

impl NewUpiApp {
    const fn app(self) -> UpiApp {
        match self {
            Self::Gpay => UpiApp::Gpay,
            Self::Phonepe => UpiApp::Phonepe,
            Self::Paytm => UpiApp::Paytm,
            Self::Amazonpay => UpiApp::Amazonpay,
            Self::Cred => UpiApp::Cred,
            Self::Mobikwik => UpiApp::Mobikwik,
        }
    }
}

impl NewPaymentOption {
    const fn option(self) -> PaymentOption {
        match self {
            Self::Upi => PaymentOption::Upi,
            Self::Web => PaymentOption::Web,
        }
    }
}

impl NewOrderStatus {
    pub(super) fn content(self) -> OutboundContent {
        let state = match self.status {
            NewOrderState::Processing => OrderState::Processing,
            NewOrderState::PartiallyShipped => OrderState::PartiallyShipped,
            NewOrderState::Shipped => OrderState::Shipped,
            NewOrderState::Completed => OrderState::Completed,
            NewOrderState::Canceled => OrderState::Canceled,
        };
        OutboundContent::OrderStatus(OrderStatus {
            body: self.body,
            footer: self.footer,
            reference: self.reference_id,
            state,
            description: self.description,
        })
    }
}
