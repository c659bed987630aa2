//! What we send to a person: kinds of message that WhatsApp accepts, shaped so that an illegal one cannot be held.
//!
//! Limits are those of the Cloud API's message reference. Private fields and constructors keep them; reading a stored message
//! back goes through the same constructors.

mod actions;
mod contacts;
mod error;
mod frame;
mod interactive;
mod kind;
mod limited;
mod link;
mod media;
mod order;
mod payment;
mod place;
mod products;
mod reaction;
mod words;

use serde::{Deserialize, Serialize};

pub use self::{
    actions::{
        AddressField, AddressRequest, AddressRequestParts, AddressText, CtaUrl, Flow, FlowStart, Form, FormData, LinkButton, Request,
        Requested, SavedAddress, VoiceCall, VoiceCallParts,
    },
    contacts::{
        CardAddress, CardEmail, CardLabel, CardName, CardOrg, CardPhone, CardText, CardUrl, ContactCard, ContactCards, ContactCardsParts,
    },
    error::{ContentError, Problem},
    frame::{Above, Frame},
    interactive::{Button, Buttons, ButtonsParts, List, ListParts, ListRow, ListSection},
    kind::ContentKind,
    limited::Limited,
    link::{Link, WebLink},
    media::{Audio, Captioned, File, Header, MediaSource, OutboundMedia},
    order::{
        Charge, ChargeText, Discount, Expiration, Goods, Importer, OrderDetails, OrderDetailsParts, OrderItem, OrderState, OrderStatus,
        OrderText, Origin, PAYABLE_MIN, ReferenceId, Totals,
    },
    payment::{ConfigurationName, Gateway, GatewayProvider, GatewayText, PaymentOption, PaymentSettings, UpiApp, UpiLink},
    place::{Degrees, Latitude, Location, Longitude},
    products::{
        CardAction, CardHeader, Catalog, CatalogId, MediaCard, MediaCarousel, MediaCarouselParts, Product, ProductCarousel,
        ProductCarouselParts, ProductList, ProductListParts, ProductSection, RetailerId,
    },
    reaction::{Emoji, REACTION_AGE_MAX, Reaction},
};
use crate::messaging::{contract::Form as ContractForm, template::TemplateMessage};

/// Text of a message: at most 4096 characters.
pub type TextBody = Limited<4096>;
/// Text of an interactive message, but of a list: at most 1024 characters.
pub type InteractiveBody = Limited<1024>;
/// Text of a message with buttons: at most 1024 characters.
pub type ButtonsBody = InteractiveBody;
/// Words under a picture, film or file: at most 1024 characters.
pub type Caption = Limited<1024>;
/// Text of a card of a carousel: at most 160 characters.
pub type CardBody = Limited<160>;
/// Name of a file: at most 240 characters.
pub type FileName = Limited<240>;
/// Header or footer of an interactive message: at most 60 characters.
pub type Edge = Limited<60>;
/// Title of a button, or the label that opens a list: at most 20 characters.
pub type ButtonTitle = Limited<20>;
/// Title of a list row or section: at most 24 characters.
pub type RowTitle = Limited<24>;
/// Second line of a list row: at most 72 characters.
pub type RowDescription = Limited<72>;
/// What comes back when a button is tapped: at most 256 characters.
pub type ButtonId = Limited<256>;
/// What comes back when a list row is tapped: at most 200 characters.
pub type RowId = Limited<200>;
/// What comes back with a call: at most 512 characters.
pub type Payload = Limited<512>;
/// What comes back with the answers of a form: at most 200 characters.
pub type FlowToken = Limited<200>;
/// Name or address of a place: at most 1000 characters.
pub type PlaceText = Limited<1000>;

/// A message to a person.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum OutboundContent {
    /// Plain text.
    #[serde(rename = "t")]
    Text(TextBody),
    /// Text whose first link is shown with its title and picture.
    #[serde(rename = "tp")]
    Preview(PreviewedText),
    /// A picture, recording, film, file or sticker.
    #[serde(rename = "m")]
    Media(OutboundMedia),
    /// A place.
    #[serde(rename = "g")]
    Location(Location),
    /// Cards of people.
    #[serde(rename = "k")]
    Contacts(ContactCards),
    /// An emoji on a message, or its withdrawal.
    #[serde(rename = "r")]
    Reaction(Reaction),
    /// Text with one to three buttons.
    #[serde(rename = "b")]
    Buttons(Buttons),
    /// Text with a list to choose from.
    #[serde(rename = "l")]
    List(List),
    /// Text with a button that opens an address.
    #[serde(rename = "u")]
    CtaUrl(CtaUrl),
    /// Text with a button that opens a form.
    #[serde(rename = "f")]
    Flow(Box<Flow>),
    /// Text with a button that asks for something of the person's phone.
    #[serde(rename = "q")]
    Request(Request),
    /// Text with a button that calls us.
    #[serde(rename = "v")]
    VoiceCall(VoiceCall),
    /// Text with a form for a postal address; India only.
    #[serde(rename = "a")]
    Address(AddressRequest),
    /// One thing of the catalogue.
    #[serde(rename = "p")]
    Product(Product),
    /// Things of the catalogue in sections.
    #[serde(rename = "pl")]
    ProductList(ProductList),
    /// A door to the whole catalogue.
    #[serde(rename = "pc")]
    Catalog(Catalog),
    /// Cards with pictures or films side by side.
    #[serde(rename = "mk")]
    MediaCarousel(MediaCarousel),
    /// Things of the catalogue side by side.
    #[serde(rename = "pk")]
    ProductCarousel(ProductCarousel),
    /// An order to be paid; India only.
    #[serde(rename = "o")]
    OrderDetails(Box<OrderDetails>),
    /// How far an order is; India only.
    #[serde(rename = "s")]
    OrderStatus(OrderStatus),
    /// An approved template, filled.
    #[serde(rename = "z")]
    Template(Box<TemplateMessage>),
}

/// Text with an address in it, whose title and picture are shown.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(try_from = "TextBody", into = "TextBody")]
pub struct PreviewedText(TextBody);

impl PreviewedText {
    /// Checks that there is an address to show.
    ///
    /// # Errors
    /// Refuses text without `https://` or `http://`.
    pub fn new(text: TextBody) -> Result<Self, ContentError> {
        if text.as_str().contains("https://") || text.as_str().contains("http://") {
            return Ok(Self(text));
        }
        Err(Problem::Missing("a preview needs an https:// or http:// address in the text").at("text"))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl TryFrom<TextBody> for PreviewedText {
    type Error = ContentError;
    fn try_from(text: TextBody) -> Result<Self, ContentError> {
        Self::new(text)
    }
}

impl From<PreviewedText> for TextBody {
    fn from(text: PreviewedText) -> Self {
        text.0
    }
}

impl OutboundContent {
    /// Makes a plain text.
    ///
    /// # Errors
    /// Refuses text that is empty, shows nothing, or is longer than 4096 characters.
    pub fn text(text: &str) -> Result<Self, ContentError> {
        visible("text", text).map(Self::Text)
    }

    /// Makes a text whose first link is shown with its title and picture.
    ///
    /// # Errors
    /// Refuses what [`Self::text`] refuses, and text without an address.
    pub fn preview_text(text: &str) -> Result<Self, ContentError> {
        PreviewedText::new(visible("text", text)?).map(Self::Preview)
    }

    /// Every file it needs, in order.
    #[must_use]
    pub fn media(&self) -> Vec<&MediaSource> {
        match self {
            Self::Media(media) => vec![media.source()],
            Self::Buttons(_) | Self::CtaUrl(_) | Self::Flow(_) => self.frame().header.and_then(Above::source).into_iter().collect(),
            Self::Template(template) => template.media(),
            Self::Text(_)
            | Self::Preview(_)
            | Self::Location(_)
            | Self::Contacts(_)
            | Self::Reaction(_)
            | Self::List(_)
            | Self::Request(_)
            | Self::VoiceCall(_)
            | Self::Address(_)
            | Self::Product(_)
            | Self::ProductList(_)
            | Self::Catalog(_)
            | Self::MediaCarousel(_)
            | Self::ProductCarousel(_)
            | Self::OrderDetails(_)
            | Self::OrderStatus(_) => Vec::new(),
        }
    }

    /// What it is to the send contract.
    #[must_use]
    pub const fn form(&self) -> ContractForm {
        match self {
            Self::Reaction(_) => ContractForm::Reaction,
            Self::Address(_) => ContractForm::Address,
            Self::OrderDetails(_) | Self::OrderStatus(_) => ContractForm::Payment,
            Self::Text(_)
            | Self::Preview(_)
            | Self::Media(_)
            | Self::Location(_)
            | Self::Contacts(_)
            | Self::Buttons(_)
            | Self::List(_)
            | Self::CtaUrl(_)
            | Self::Flow(_)
            | Self::Request(_)
            | Self::VoiceCall(_)
            | Self::Product(_)
            | Self::ProductList(_)
            | Self::Catalog(_)
            | Self::MediaCarousel(_)
            | Self::ProductCarousel(_)
            | Self::Template(_) => ContractForm::Plain,
        }
    }
}

/// Text that leaves something on a screen.
fn visible(field: &'static str, text: &str) -> Result<TextBody, ContentError> {
    if text.chars().any(shows) { TextBody::part(field, text) } else { Err(Problem::Empty.at(field)) }
}

/// Whether a character leaves anything on a screen: blanks, controls and the marks that only join or direct do not.
fn shows(character: char) -> bool {
    let joins = matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}');
    !(joins || character.is_whitespace() || character.is_control())
}

#[cfg(test)]
mod tests;
