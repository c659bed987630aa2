//! Orders in a chat: what is to be paid (`order_details`) and how far it is (`order_status`). India only, in paise.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{
    CatalogId, ContentError, Edge, InteractiveBody, PaymentSettings, Problem, RetailerId,
    error::{checked, count},
    limited::Limited,
};
use crate::{
    money::{Overflow, Paise},
    time::{SignedDuration, Timestamp},
};

/// The most lines of an order: enough for any cart, few enough for one row of the table.
const ITEMS_MAX: usize = 100;
/// The most pieces of one line.
const QUANTITY_MAX: u32 = 1_000_000;
/// How long an order must at least be payable (Meta: `expiration`).
pub const PAYABLE_MIN: SignedDuration = SignedDuration::from_secs(300);

/// A short remark beside an amount.
pub type ChargeText = Limited<60>;
/// A remark about an order's end or state.
pub type OrderText = Limited<120>;

/// The business's name of an order, one for each `order_details`.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ReferenceId(String);

checked!(
    /// An order to be reviewed and paid.
    OrderDetails, OrderDetailsParts, "OrderDetailsParts"
);

/// The parts of [`OrderDetails`]. Subtotal and total are computed, so they cannot be wrong.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OrderDetailsParts {
    /// The text.
    #[serde(rename = "b")]
    pub body: InteractiveBody,
    /// Small line below the text.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub footer: Option<Edge>,
    /// The business's name of the order.
    #[serde(rename = "r")]
    pub reference: ReferenceId,
    /// What is sold.
    #[serde(rename = "g")]
    pub goods: Goods,
    /// How it is paid.
    #[serde(rename = "p")]
    pub payment: PaymentSettings,
    /// Whether the button to pay is shown without a page of the order.
    #[serde(rename = "q", default, skip_serializing_if = "std::ops::Not::not")]
    pub quick_pay: bool,
    /// The catalogue the lines are from.
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub catalog: Option<CatalogId>,
    /// The lines in order.
    #[serde(rename = "i")]
    pub items: Vec<OrderItem>,
    /// The tax.
    #[serde(rename = "t")]
    pub tax: Charge,
    /// The price of sending it.
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    pub shipping: Option<Charge>,
    /// What is taken off.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub discount: Option<Discount>,
    /// Until when it can be paid.
    #[serde(rename = "e", default, skip_serializing_if = "Option::is_none")]
    pub expiration: Option<Expiration>,
}

/// What is sold.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Goods {
    /// Services and things that are not sent.
    #[serde(rename = "d")]
    Digital,
    /// Things that are sent.
    #[serde(rename = "p")]
    Physical,
}

/// One line of an order.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OrderItem {
    /// Our id of the thing.
    #[serde(rename = "r")]
    pub id: RetailerId,
    /// What it is.
    #[serde(rename = "n")]
    pub name: Limited<60>,
    /// The price of one.
    #[serde(rename = "a")]
    pub amount: Paise,
    /// The price of one for now, lower than the price.
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    pub sale_amount: Option<Paise>,
    /// How many.
    #[serde(rename = "q")]
    pub quantity: u32,
    /// Where it was made: the law wants it for things that are in no catalogue.
    #[serde(rename = "o", default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
}

/// Where a thing comes from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Origin {
    /// The country it was made in.
    #[serde(rename = "c")]
    pub country: ChargeText,
    /// Who brought it in.
    #[serde(rename = "i", default, skip_serializing_if = "Option::is_none")]
    pub importer: Option<Importer>,
}

/// Who brought a thing into the country.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Importer {
    /// The name.
    #[serde(rename = "n")]
    pub name: Limited<100>,
    /// Street and house.
    #[serde(rename = "1")]
    pub line1: Limited<100>,
    /// A second line.
    #[serde(rename = "2", default, skip_serializing_if = "Option::is_none")]
    pub line2: Option<Limited<100>>,
    /// Town.
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub city: Option<Limited<100>>,
    /// District.
    #[serde(rename = "z", default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<Limited<100>>,
    /// Postal code.
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<Limited<16>>,
    /// Country in two letters.
    #[serde(rename = "l")]
    pub country_code: Limited<2>,
}

/// An amount with a remark.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Charge {
    /// The amount.
    #[serde(rename = "a")]
    pub amount: Paise,
    /// The remark.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub description: Option<ChargeText>,
}

/// What is taken off.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Discount {
    /// The amount.
    #[serde(rename = "a")]
    pub amount: Paise,
    /// The remark.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub description: Option<ChargeText>,
    /// The name of the offer.
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pub program: Option<ChargeText>,
}

/// Until when an order can be paid.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Expiration {
    /// The moment.
    #[serde(rename = "a")]
    pub at: Timestamp,
    /// What is said about it.
    #[serde(rename = "d")]
    pub description: OrderText,
}

/// The sums of an order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Totals {
    /// What the lines cost.
    pub subtotal: Paise,
    /// What is to be paid: subtotal, tax and shipping less discount.
    pub total: Paise,
}

/// How far an order is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OrderStatus {
    /// The text.
    #[serde(rename = "b")]
    pub body: InteractiveBody,
    /// Small line below the text.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub footer: Option<Edge>,
    /// The business's name of the order.
    #[serde(rename = "r")]
    pub reference: ReferenceId,
    /// How far it is now.
    #[serde(rename = "s")]
    pub state: OrderState,
    /// A remark.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub description: Option<OrderText>,
}

/// How far an order is, after it was placed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum OrderState {
    /// It is being prepared.
    #[serde(rename = "p")]
    Processing,
    /// A part of it is on its way.
    #[serde(rename = "h")]
    PartiallyShipped,
    /// It is on its way.
    #[serde(rename = "s")]
    Shipped,
    /// It is done.
    #[serde(rename = "c")]
    Completed,
    /// It is called off.
    #[serde(rename = "x")]
    Canceled,
}

impl OrderState {
    /// All five, in the order they usually come.
    pub const ALL: [Self; 5] = [Self::Processing, Self::PartiallyShipped, Self::Shipped, Self::Completed, Self::Canceled];

    /// WhatsApp's name of it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Processing => "processing",
            Self::PartiallyShipped => "partially_shipped",
            Self::Shipped => "shipped",
            Self::Completed => "completed",
            Self::Canceled => "canceled",
        }
    }

    /// Whether an order may come to this state from another; `None` is one that was only placed. What is done or called off stays
    /// so (WhatsApp answers with error 2046), and to say the same again changes nothing.
    #[must_use]
    pub fn may_follow(self, before: Option<Self>) -> bool {
        match before {
            None | Some(Self::Processing | Self::PartiallyShipped | Self::Shipped) => true,
            Some(end @ (Self::Completed | Self::Canceled)) => self == end,
        }
    }
}

impl OrderStatus {
    /// Checks that the order may come to this state.
    ///
    /// # Errors
    /// When the order is done or called off.
    pub fn check_after(&self, before: Option<OrderState>) -> Result<(), ContentError> {
        if self.state.may_follow(before) {
            return Ok(());
        }
        Err(Problem::NotAllowed("an order that is completed or canceled cannot change any more").at("status"))
    }
}

impl ReferenceId {
    /// Checks a name.
    ///
    /// # Errors
    /// Refuses anything but 1 to 35 letters, digits, dots, hyphens and underscores.
    pub fn new(raw: &str) -> Result<Self, Problem> {
        let shaped = (1..=35).contains(&raw.len()) && raw.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'));
        if shaped { Ok(Self(raw.to_owned())) } else { Err(Problem::Shape("1 to 35 letters, digits, dots, hyphens or underscores")) }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ReferenceId {
    type Error = Problem;
    fn try_from(raw: String) -> Result<Self, Problem> {
        Self::new(&raw)
    }
}

impl From<ReferenceId> for String {
    fn from(reference: ReferenceId) -> Self {
        reference.0
    }
}

impl fmt::Display for ReferenceId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl OrderDetails {
    /// The sums.
    #[must_use]
    pub fn totals(&self) -> Totals {
        // They were computed when it was made; there is no order whose sums do not fit.
        self.parts().totals().unwrap_or(Totals { subtotal: Paise::ZERO, total: Paise::ZERO })
    }

    /// Checks that there is time to pay.
    ///
    /// # Errors
    /// When it can be paid for less than five minutes.
    pub fn check_time(&self, now: Timestamp) -> Result<(), ContentError> {
        match &self.parts().expiration {
            Some(expiration) if expiration.at.duration_since(now) < PAYABLE_MIN => {
                Err(Problem::NotAllowed("an order must be payable for at least 300 seconds from now").at("expiration.at"))
            }
            Some(_) | None => Ok(()),
        }
    }
}

impl OrderDetailsParts {
    fn check(&self) -> Result<(), ContentError> {
        self.payment.check()?;
        count("items", self.items.len(), 1, ITEMS_MAX)?;
        for (index, item) in self.items.iter().enumerate() {
            item.check().map_err(|error| error.within(&format!("items[{index}]")))?;
        }
        not_negative("tax.amount_paise", self.tax.amount)?;
        self.shipping.as_ref().map_or(Ok(()), |shipping| not_negative("shipping.amount_paise", shipping.amount))?;
        self.discount.as_ref().map_or(Ok(()), |discount| not_negative("discount.amount_paise", discount.amount))?;
        let totals = self.totals().map_err(|Overflow| Problem::NotAllowed("the sum is too large").at("items"))?;
        if totals.total <= Paise::ZERO {
            return Err(Problem::NotAllowed("nothing would be left to pay").at("discount.amount_paise"));
        }
        Ok(())
    }

    /// The sums, by the rule WhatsApp checks: total = subtotal + tax + shipping − discount.
    fn totals(&self) -> Result<Totals, Overflow> {
        let mut subtotal = Paise::ZERO;
        for item in &self.items {
            subtotal = subtotal.plus(item.sale_amount.unwrap_or(item.amount).times(i64::from(item.quantity))?)?;
        }
        let shipping = self.shipping.as_ref().map_or(Paise::ZERO, |shipping| shipping.amount);
        let discount = self.discount.as_ref().map_or(Paise::ZERO, |discount| discount.amount);
        let total = subtotal.plus(self.tax.amount)?.plus(shipping)?.minus(discount)?;
        Ok(Totals { subtotal, total })
    }
}

impl OrderItem {
    fn check(&self) -> Result<(), ContentError> {
        not_negative("amount_paise", self.amount)?;
        if let Some(sale) = self.sale_amount {
            not_negative("sale_amount_paise", sale)?;
            if sale >= self.amount {
                return Err(Problem::NotAllowed("must be lower than the amount").at("sale_amount_paise"));
            }
        }
        if (1..=QUANTITY_MAX).contains(&self.quantity) {
            Ok(())
        } else {
            Err(Problem::Range { min: 1, max: i64::from(QUANTITY_MAX) }.at("quantity"))
        }
    }
}

fn not_negative(field: &'static str, amount: Paise) -> Result<(), ContentError> {
    if amount >= Paise::ZERO { Ok(()) } else { Err(Problem::Shape("an amount in paise that is not negative").at(field)) }
}

#[cfg(test)]
mod tests;
