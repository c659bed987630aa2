//! What a template says: header, body, footer, buttons, cards, with the variables in them and an example for each.

use serde::{Deserialize, Serialize};

use super::{
    category::{Category, Foreign},
    check,
    fault::{Fault, Faults},
    naming::{TemplateLanguage, TemplateName},
};
use crate::text::Text;

/// Meta's handle of a file uploaded as a sample.
pub type Sample = Text<2_048>;

/// The parts of a template, before they are checked together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DefinitionParts {
    /// Its name.
    pub name: TemplateName,
    /// Its language.
    pub language: TemplateLanguage,
    /// What it is for, as its author sees it; Meta decides.
    pub category: Category,
    /// Meta's finer word, such as `ORDER_STATUS`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sub_category: Option<Foreign>,
    /// How its variables are named.
    pub format: ParameterFormat,
    /// What stands above the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header: Option<Header>,
    /// The text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
    /// The small line below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub footer: Option<Footer>,
    /// What can be tapped, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub buttons: Vec<Button>,
    /// That it is an offer that ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<LimitedTimeOffer>,
    /// Cards side by side.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cards: Vec<Card>,
    /// That it asks to be allowed to call.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub call_permission_request: bool,
    /// How long Meta tries to deliver it, in seconds; −1 for thirty days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ttl_seconds: Option<i32>,
    /// Parts that Meta has and we do not know; such a template is shown and cannot be sent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unknown: Vec<Foreign>,
}

/// How variables are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParameterFormat {
    /// `{{1}}`, `{{2}}` …
    Positional,
    /// `{{first_name}}` …
    Named,
}

/// What a variable may be filled with, for Meta's reviewer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// The variable: its number or its name.
    pub variable: String,
    /// The example.
    pub value: String,
}

/// What stands above the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Header {
    /// A line of text, with one variable at most.
    Text {
        /// The text.
        text: String,
        /// An example for its variable.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        examples: Vec<Example>,
    },
    /// A picture.
    Image {
        /// A sample.
        sample: Option<Sample>,
    },
    /// A film.
    Video {
        /// A sample.
        sample: Option<Sample>,
    },
    /// A file.
    Document {
        /// A sample.
        sample: Option<Sample>,
    },
    /// A place.
    Location,
    /// A product of the catalogue.
    Product,
}

/// The text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Body {
    /// Words with variables.
    Text {
        /// The words.
        text: String,
        /// An example for each variable.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        examples: Vec<Example>,
    },
    /// Meta's own words round a code.
    Authentication {
        /// Whether the person is told to keep it secret.
        security_recommendation: bool,
    },
}

/// The small line below the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Footer {
    /// Words.
    Text {
        /// The words.
        text: String,
    },
    /// Meta's own words about how long a code is good.
    Expiry {
        /// How long, in minutes.
        minutes: u32,
    },
}

/// What can be tapped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Button {
    /// Comes back as a message.
    QuickReply {
        /// The label.
        text: String,
    },
    /// Opens an address, which may end in a variable.
    Url {
        /// The label.
        text: String,
        /// The address.
        url: String,
        /// The whole address with an example in the variable's place.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        example: Option<String>,
    },
    /// Calls a phone.
    Phone {
        /// The label.
        text: String,
        /// The number.
        phone: String,
    },
    /// Copies an offer code.
    CopyCode {
        /// An example of one.
        example: String,
    },
    /// Copies or fills in a code to prove who somebody is.
    OneTimePassword {
        /// How the code gets into the app.
        otp: OtpKind,
        /// The label; Meta has one of its own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
        /// The app to fill the code into.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        autofill: Option<Autofill>,
    },
    /// Opens a form.
    Flow {
        /// The label.
        text: String,
        /// Meta's id of the form.
        flow_id: String,
        /// What it opens with.
        step: FlowStep,
    },
    /// Opens the catalogue.
    Catalog {
        /// The label.
        text: String,
    },
    /// Opens some products.
    MultiProduct {
        /// The label.
        text: String,
    },
    /// Opens the product of the header.
    SingleProduct {
        /// The label.
        text: String,
    },
    /// Opens an order to be paid.
    OrderDetails {
        /// The label.
        text: String,
    },
    /// Calls the business on WhatsApp.
    VoiceCall {
        /// The label.
        text: String,
    },
    /// Asks for the person's phone number.
    RequestContactInfo,
}

/// How a code gets into the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OtpKind {
    /// The person copies it.
    CopyCode,
    /// The person taps, and it is filled in.
    OneTap,
    /// It is filled in by itself.
    ZeroTap,
}

/// The app a code is filled into.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Autofill {
    /// The label of the button that fills it in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The app's package.
    pub package_name: String,
    /// The hash of its signing key: eleven characters.
    pub signature_hash: String,
}

/// What a form opens with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FlowStep {
    /// One of its screens.
    Navigate {
        /// The screen.
        screen: String,
    },
    /// What its endpoint says.
    DataExchange,
}

/// That a template is an offer that ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitedTimeOffer {
    /// Its heading.
    pub text: String,
    /// Whether a clock runs down.
    pub has_expiration: bool,
}

/// One of several cards side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// A picture, a film or a product.
    pub header: Header,
    /// The text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<CardBody>,
    /// What can be tapped.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub buttons: Vec<Button>,
}

/// The text of a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardBody {
    /// The words.
    pub text: String,
    /// An example for each variable.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<Example>,
}

/// A template that is legal by Meta's rules, or that Meta has already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TemplateDefinition(DefinitionParts);

impl TemplateDefinition {
    /// Puts a template of our own together.
    ///
    /// # Errors
    /// Everything in it that Meta would refuse.
    pub fn new(parts: DefinitionParts) -> Result<Self, Faults> {
        let faults: Vec<Fault> = check::all(&parts);
        if faults.is_empty() { Ok(Self(parts)) } else { Err(Faults(faults)) }
    }

    /// Takes a template as Meta has it: what Meta has approved is not judged again.
    #[must_use]
    pub fn of_provider(parts: DefinitionParts) -> Self {
        Self(parts)
    }

    /// The parts.
    #[must_use]
    pub fn parts(&self) -> &DefinitionParts {
        &self.0
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &TemplateName {
        &self.0.name
    }

    /// Its language.
    #[must_use]
    pub fn language(&self) -> &TemplateLanguage {
        &self.0.language
    }

    /// The words of its body, with their variables; none when they are Meta's own.
    #[must_use]
    pub fn body_text(&self) -> &str {
        match &self.0.body {
            Some(Body::Text { text, .. }) => text,
            Some(Body::Authentication { .. }) | None => "",
        }
    }
}

impl Header {
    /// The stable name of its kind.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::Image { .. } => "image",
            Self::Video { .. } => "video",
            Self::Document { .. } => "document",
            Self::Location => "location",
            Self::Product => "product",
        }
    }
}

impl Button {
    /// The stable name of its kind.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::QuickReply { .. } => "quick_reply",
            Self::Url { .. } => "url",
            Self::Phone { .. } => "phone",
            Self::CopyCode { .. } => "copy_code",
            Self::OneTimePassword { .. } => "one_time_password",
            Self::Flow { .. } => "flow",
            Self::Catalog { .. } => "catalog",
            Self::MultiProduct { .. } => "multi_product",
            Self::SingleProduct { .. } => "single_product",
            Self::OrderDetails { .. } => "order_details",
            Self::VoiceCall { .. } => "voice_call",
            Self::RequestContactInfo => "request_contact_info",
        }
    }

    /// What stands on it; where Meta writes it, the English of Meta's own.
    #[must_use]
    pub fn label(&self) -> &str {
        match self {
            Self::QuickReply { text }
            | Self::Url { text, .. }
            | Self::Phone { text, .. }
            | Self::Flow { text, .. }
            | Self::Catalog { text }
            | Self::MultiProduct { text }
            | Self::SingleProduct { text }
            | Self::OrderDetails { text }
            | Self::VoiceCall { text } => text,
            Self::OneTimePassword { text, .. } => text.as_deref().unwrap_or("Copy code"),
            Self::CopyCode { .. } => "Copy offer code",
            Self::RequestContactInfo => "Share contact info",
        }
    }
}
