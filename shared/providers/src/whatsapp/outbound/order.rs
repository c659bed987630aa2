//! Orders as Meta wants them: amounts in paise with the offset 100.

use std::collections::BTreeMap;

use domain::{
    messaging::content::{
        ChargeText, GatewayProvider, GatewayText, Goods, Importer, Limited, OrderDetails, OrderItem, OrderState, OrderStatus, OrderText,
        Origin, PaymentOption, PaymentSettings, ReferenceId, UpiApp,
    },
    money::Paise,
};
use serde::Serialize;

/// The parameters of `review_and_pay`.
#[derive(Serialize)]
pub(super) struct Details<'a> {
    reference_id: &'a str,
    #[serde(rename = "type")]
    goods: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    payment_settings: Option<[Settings<'a>; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payment_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payment_configuration: Option<&'a str>,
    currency: &'static str,
    total_amount: Amount<'a>,
    order: Order<'a>,
}

#[derive(Serialize)]
struct Order<'a> {
    status: &'static str,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    catalog_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expiration: Option<Expiration<'a>>,
    items: Vec<Item<'a>>,
    subtotal: Amount<'a>,
    tax: Amount<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shipping: Option<Amount<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    discount: Option<Amount<'a>>,
}

#[derive(Serialize)]
struct Expiration<'a> {
    /// Seconds since 1970, as a string.
    timestamp: String,
    description: &'a str,
}

#[derive(Serialize)]
struct Amount<'a> {
    value: Paise,
    offset: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    discount_program_name: Option<&'a str>,
}

#[derive(Serialize)]
struct Item<'a> {
    retailer_id: &'a str,
    name: &'a str,
    amount: Amount<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sale_amount: Option<Amount<'a>>,
    quantity: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    country_of_origin: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    importer_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    importer_address: Option<ImporterAddress<'a>>,
}

#[derive(Serialize)]
struct ImporterAddress<'a> {
    address_line1: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    address_line2: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    city: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    zone_code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    postal_code: Option<&'a str>,
    country_code: &'a str,
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Settings<'a> {
    PaymentGateway { payment_gateway: Gateway<'a> },
    UpiIntentLink { upi_intent_link: IntentLink<'a> },
    PaymentLink { payment_link: PageLink<'a> },
}

#[derive(Serialize)]
struct Gateway<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    configuration_name: &'a str,
    /// What the gateway is told, under its own name.
    #[serde(flatten)]
    told: BTreeMap<&'static str, Told<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    preferred_payment_methods: Vec<Method>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    enabled_payment_options: Vec<&'static str>,
}

#[derive(Serialize)]
struct Method {
    method: &'static str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Told<'a> {
    Razorpay {
        #[serde(skip_serializing_if = "Option::is_none")]
        receipt: Option<&'a str>,
        #[serde(skip_serializing_if = "BTreeMap::is_empty")]
        notes: BTreeMap<&'a str, &'a str>,
    },
    Numbered(BTreeMap<String, &'a str>),
}

#[derive(Serialize)]
struct IntentLink<'a> {
    link: &'a str,
}

#[derive(Serialize)]
struct PageLink<'a> {
    uri: &'a str,
}

/// The parameters of `review_order`.
#[derive(Serialize)]
pub(super) struct Status<'a> {
    reference_id: &'a str,
    order: State<'a>,
}

#[derive(Serialize)]
struct State<'a> {
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
}

pub(super) fn status(status: &OrderStatus) -> Status<'_> {
    progress(&status.reference, status.state, status.description.as_ref())
}

/// How far an order is, without words round it.
pub(super) fn progress<'a>(reference: &'a ReferenceId, state: OrderState, description: Option<&'a OrderText>) -> Status<'a> {
    Status { reference_id: reference.as_str(), order: State { status: state.name(), description: description.map(Limited::as_str) } }
}

pub(super) fn details(details: &OrderDetails) -> Details<'_> {
    let (parts, totals) = (details.parts(), details.totals());
    let (payment_settings, payment_type, payment_configuration) = match &parts.payment {
        PaymentSettings::Gateway(gateway) => (Some([Settings::PaymentGateway { payment_gateway: of_gateway(gateway) }]), None, None),
        PaymentSettings::UpiIntent(link) => {
            (Some([Settings::UpiIntentLink { upi_intent_link: IntentLink { link: link.as_str() } }]), None, None)
        }
        PaymentSettings::PaymentLink(link) => {
            (Some([Settings::PaymentLink { payment_link: PageLink { uri: link.as_str() } }]), Some("upi"), None)
        }
        PaymentSettings::StaticVpa(configuration) => (None, Some("upi"), Some(configuration.as_str())),
    };
    Details {
        reference_id: parts.reference.as_str(),
        goods: match parts.goods {
            Goods::Digital => "digital-goods",
            Goods::Physical => "physical-goods",
        },
        payment_settings,
        payment_type,
        payment_configuration,
        currency: "INR",
        total_amount: plain(totals.total),
        order: Order {
            status: "pending",
            kind: parts.quick_pay.then_some("quick_pay"),
            catalog_id: parts.catalog.as_ref().map(Limited::as_str),
            expiration: parts
                .expiration
                .as_ref()
                .map(|end| Expiration { timestamp: end.at.as_second().to_string(), description: end.description.as_str() }),
            items: parts.items.iter().map(item).collect(),
            subtotal: plain(totals.subtotal),
            tax: charge(parts.tax.amount, parts.tax.description.as_ref()),
            shipping: parts.shipping.as_ref().map(|shipping| charge(shipping.amount, shipping.description.as_ref())),
            discount: parts.discount.as_ref().map(|discount| Amount {
                discount_program_name: discount.program.as_ref().map(Limited::as_str),
                ..charge(discount.amount, discount.description.as_ref())
            }),
        },
    }
}

fn charge(amount: Paise, description: Option<&ChargeText>) -> Amount<'_> {
    Amount { description: description.map(Limited::as_str), ..plain(amount) }
}

const fn plain<'a>(value: Paise) -> Amount<'a> {
    Amount { value, offset: 100, description: None, discount_program_name: None }
}

fn item(item: &OrderItem) -> Item<'_> {
    let importer = item.origin.as_ref().and_then(|origin: &Origin| origin.importer.as_ref());
    Item {
        retailer_id: item.id.as_str(),
        name: item.name.as_str(),
        amount: plain(item.amount),
        sale_amount: item.sale_amount.map(plain),
        quantity: item.quantity,
        country_of_origin: item.origin.as_ref().map(|origin| origin.country.as_str()),
        importer_name: importer.map(|importer| importer.name.as_str()),
        importer_address: importer.map(importer_address),
    }
}

fn importer_address(importer: &Importer) -> ImporterAddress<'_> {
    ImporterAddress {
        address_line1: importer.line1.as_str(),
        address_line2: importer.line2.as_ref().map(Limited::as_str),
        city: importer.city.as_ref().map(Limited::as_str),
        zone_code: importer.zone.as_ref().map(Limited::as_str),
        postal_code: importer.postal_code.as_ref().map(Limited::as_str),
        country_code: importer.country_code.as_str(),
    }
}

fn of_gateway(gateway: &domain::messaging::content::Gateway) -> Gateway<'_> {
    let told = match &gateway.provider {
        GatewayProvider::Razorpay { receipt, notes } if receipt.is_none() && notes.is_empty() => None,
        GatewayProvider::Razorpay { receipt, notes } => Some(Told::Razorpay {
            receipt: receipt.as_ref().map(Limited::as_str),
            notes: notes.iter().map(|(key, text)| (key.as_str(), text.as_str())).collect(),
        }),
        GatewayProvider::PayU(texts) | GatewayProvider::Billdesk(texts) | GatewayProvider::Zaakpay(texts) if texts.is_empty() => None,
        GatewayProvider::PayU(texts) => Some(numbered("udf", texts)),
        GatewayProvider::Billdesk(texts) => Some(numbered("additional_info", texts)),
        GatewayProvider::Zaakpay(texts) => Some(numbered("extra", texts)),
    };
    Gateway {
        kind: gateway.provider.name(),
        configuration_name: gateway.configuration.as_str(),
        told: told.into_iter().map(|told| (gateway.provider.name(), told)).collect(),
        preferred_payment_methods: gateway.preferred.iter().map(|app: &UpiApp| Method { method: app.name() }).collect(),
        enabled_payment_options: gateway.options.iter().map(|option: &PaymentOption| option.name()).collect(),
    }
}

/// Words under `name1`, `name2` and so on.
fn numbered<'a>(name: &str, texts: &'a [GatewayText]) -> Told<'a> {
    Told::Numbered(texts.iter().enumerate().map(|(index, text)| (format!("{name}{}", index + 1), text.as_str())).collect())
}
