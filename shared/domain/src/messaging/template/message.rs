//! What is sent: which template, and what fills it.

use serde::{Deserialize, Serialize};

use super::{
    definition::TemplateDefinition,
    fault::{Fault, Faults, Problem},
    naming::{TemplateLanguage, TemplateName},
    preflight::preflight,
    preview::{Shown, preview},
};
use crate::{
    messaging::content::{
        CatalogId, FileName, FlowToken, FormData, Limited, Location, MediaSource, OrderDetails, OrderState, OrderText, Payload,
        ProductSection, ReferenceId, RetailerId,
    },
    time::Timestamp,
};

/// What stands in a variable's place.
pub type Words = Limited<32_768>;
/// What stands at the end of a button's address.
pub type UrlSuffix = Limited<2_000>;
/// What comes back when a quick reply is tapped.
pub type ReplyPayload = Limited<256>;
/// An offer code.
pub type Coupon = Limited<20>;

/// A message made from a template. It fits its template, for it is made by [`prepare`](Self::prepare) alone; reading a stored one
/// back trusts the store, and [`recheck`](Self::recheck) is asked before it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateMessage {
    #[serde(rename = "f")]
    filling: Filling,
    #[serde(rename = "s")]
    shown: Shown,
}

/// Which template, and what fills it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filling {
    /// The template's name.
    #[serde(rename = "n")]
    pub name: TemplateName,
    /// Its language.
    #[serde(rename = "l")]
    pub language: TemplateLanguage,
    /// What fills the header.
    #[serde(rename = "h", default, skip_serializing_if = "Option::is_none")]
    pub header: Option<HeaderValue>,
    /// What fills the text.
    #[serde(rename = "b", default, skip_serializing_if = "Vec::is_empty")]
    pub body: Vec<Value>,
    /// What goes with the buttons.
    #[serde(rename = "t", default, skip_serializing_if = "Vec::is_empty")]
    pub buttons: Vec<FilledButton>,
    /// When the offer ends.
    #[serde(rename = "e", default, skip_serializing_if = "Option::is_none")]
    pub offer_ends_at: Option<Timestamp>,
    /// What fills the cards, in order.
    #[serde(rename = "c", default, skip_serializing_if = "Vec::is_empty")]
    pub cards: Vec<FilledCard>,
    /// How far the order is, in a template about that.
    #[serde(rename = "o", default, skip_serializing_if = "Option::is_none")]
    pub order_status: Option<OrderProgress>,
}

/// What stands in the place of one variable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Value {
    /// The variable: its number or its name.
    #[serde(rename = "v")]
    pub variable: String,
    /// What it is.
    #[serde(rename = "w")]
    pub words: ValueKind,
}

/// What a variable is filled with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ValueKind {
    /// Words.
    #[serde(rename = "t")]
    Text(Words),
    /// An amount of money.
    #[serde(rename = "c")]
    Currency {
        /// As people read it.
        #[serde(rename = "f")]
        shown: Words,
        /// The currency, by ISO 4217.
        #[serde(rename = "c")]
        code: Limited<3>,
        /// A thousand times the amount.
        #[serde(rename = "a")]
        amount_1000: i64,
    },
    /// A time.
    #[serde(rename = "d")]
    DateTime {
        /// As people read it.
        #[serde(rename = "f")]
        shown: Words,
    },
}

/// What fills a header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HeaderValue {
    /// Its variable.
    #[serde(rename = "t")]
    Text(Value),
    /// A picture.
    #[serde(rename = "i")]
    Image(MediaSource),
    /// A film.
    #[serde(rename = "v")]
    Video(MediaSource),
    /// A file.
    #[serde(rename = "d")]
    Document {
        /// The file.
        #[serde(rename = "s")]
        source: MediaSource,
        /// Its name.
        #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
        name: Option<FileName>,
    },
    /// A place.
    #[serde(rename = "l")]
    Location(Location),
    /// A product.
    #[serde(rename = "p")]
    Product {
        /// The catalogue.
        #[serde(rename = "c")]
        catalog: CatalogId,
        /// The product in it.
        #[serde(rename = "r")]
        product: RetailerId,
    },
}

/// What goes with one button.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilledButton {
    /// Its place among all buttons, from 0.
    #[serde(rename = "i")]
    pub index: u8,
    /// What goes with it.
    #[serde(rename = "v")]
    pub value: ButtonValue,
}

/// What goes with a button.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ButtonValue {
    /// What comes back when a quick reply is tapped.
    #[serde(rename = "p")]
    Payload(ReplyPayload),
    /// The end of an address.
    #[serde(rename = "u")]
    UrlSuffix(UrlSuffix),
    /// An offer code.
    #[serde(rename = "c")]
    Coupon(Coupon),
    /// What a form gets.
    #[serde(rename = "f")]
    Flow {
        /// Comes back with the answer.
        #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
        token: Option<FlowToken>,
        /// What its first screen shows.
        #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
        data: Option<FormData>,
    },
    /// The product whose picture stands for the catalogue.
    #[serde(rename = "g")]
    Catalog(RetailerId),
    /// Some products.
    #[serde(rename = "m")]
    Products {
        /// The one whose picture is shown.
        #[serde(rename = "t")]
        thumbnail: RetailerId,
        /// All of them.
        #[serde(rename = "s")]
        sections: Vec<ProductSection>,
    },
    /// An order to be paid.
    #[serde(rename = "o")]
    Order(Box<OrderDetails>),
    /// A call.
    #[serde(rename = "k")]
    Call {
        /// How long the button works, in minutes.
        #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
        ttl_minutes: Option<u32>,
        /// Comes back with the call.
        #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
        payload: Option<Payload>,
    },
}

/// What fills one card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilledCard {
    /// Its picture, film or product.
    #[serde(rename = "h")]
    pub header: HeaderValue,
    /// What fills its text.
    #[serde(rename = "b", default, skip_serializing_if = "Vec::is_empty")]
    pub body: Vec<Value>,
    /// What goes with its buttons.
    #[serde(rename = "t", default, skip_serializing_if = "Vec::is_empty")]
    pub buttons: Vec<FilledButton>,
}

/// How far an order is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderProgress {
    /// The order.
    #[serde(rename = "r")]
    pub reference: ReferenceId,
    /// How far it is.
    #[serde(rename = "s")]
    pub state: OrderState,
    /// A remark.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub description: Option<OrderText>,
}

impl TemplateMessage {
    /// Fills a template.
    ///
    /// # Errors
    /// Everything in the filling that does not fit the template.
    pub fn prepare(definition: &TemplateDefinition, filling: Filling) -> Result<Self, Faults> {
        preflight(definition, &filling)?;
        Ok(Self { shown: preview(definition, &filling), filling })
    }

    /// Looks at it once more with the template as it is now: what was filled must still fit, and a person must read what was shown.
    ///
    /// # Errors
    /// Everything that does not fit any more.
    pub fn recheck(&self, definition: &TemplateDefinition) -> Result<(), Faults> {
        preflight(definition, &self.filling)?;
        if preview(definition, &self.filling) != self.shown {
            return Err(Faults(vec![Fault::new("template", Problem::Unfit("the words it had when this was written; look at it again"))]));
        }
        Ok(())
    }

    /// Which template, and what fills it.
    #[must_use]
    pub fn filling(&self) -> &Filling {
        &self.filling
    }

    /// What the person reads.
    #[must_use]
    pub fn shown(&self) -> &Shown {
        &self.shown
    }

    /// The orders to be paid in it.
    pub fn orders(&self) -> impl Iterator<Item = &OrderDetails> {
        self.filling.buttons.iter().filter_map(|button| match &button.value {
            ButtonValue::Order(order) => Some(order.as_ref()),
            ButtonValue::Payload(_)
            | ButtonValue::UrlSuffix(_)
            | ButtonValue::Coupon(_)
            | ButtonValue::Flow { .. }
            | ButtonValue::Catalog(_)
            | ButtonValue::Products { .. }
            | ButtonValue::Call { .. } => None,
        })
    }

    /// Every file it needs, in order.
    #[must_use]
    pub fn media(&self) -> Vec<&MediaSource> {
        let headers = self.filling.header.iter().chain(self.filling.cards.iter().map(|card| &card.header));
        headers.filter_map(HeaderValue::source).collect()
    }
}

impl HeaderValue {
    /// The file, when it is one.
    #[must_use]
    pub const fn source(&self) -> Option<&MediaSource> {
        match self {
            Self::Image(source) | Self::Video(source) | Self::Document { source, .. } => Some(source),
            Self::Text(_) | Self::Location(_) | Self::Product { .. } => None,
        }
    }

    /// The stable name of its kind.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Image(_) => "image",
            Self::Video(_) => "video",
            Self::Document { .. } => "document",
            Self::Location(_) => "location",
            Self::Product { .. } => "product",
        }
    }
}

impl ValueKind {
    /// What the person reads in the variable's place.
    #[must_use]
    pub fn shown(&self) -> &str {
        match self {
            Self::Text(shown) | Self::Currency { shown, .. } | Self::DateTime { shown } => shown.as_str(),
        }
    }
}
