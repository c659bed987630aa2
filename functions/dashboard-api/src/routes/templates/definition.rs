//! What a template says, as the API has it: the same shape is read and shown.

use serde::{Deserialize, Serialize};
use shared::domain::messaging::template::{self as domain, DefinitionParts, Sample};
use utoipa::ToSchema;

use crate::refusal::Refusal;

/// The most buttons, cards or examples that are read; the rules allow fewer.
const PARTS_MAX: usize = 20;

/// What a template says.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = TemplateDefinition)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// Small letters, digits and underscores.
    #[schema(max_length = 512)]
    pub name: String,
    /// A language code of WhatsApp, such as `en` or `hi`.
    pub language: String,
    pub category: Category,
    /// `ORDER_STATUS`, for news of an order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sub_category: Option<String>,
    format: ParameterFormat,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    header: Option<Header>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    body: Option<Body>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    footer: Option<Footer>,
    #[serde(default)]
    buttons: Vec<Button>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    offer: Option<Offer>,
    #[serde(default)]
    cards: Vec<Card>,
    /// Whether it asks to be allowed to call.
    #[serde(default)]
    call_permission_request: bool,
    /// How long WhatsApp tries to deliver it, in seconds; `-1` for thirty days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ttl_seconds: Option<i32>,
    /// Parts that this version does not know; such a template cannot be sent here.
    #[serde(default, skip_deserializing)]
    unknown_parts: Vec<String>,
}

/// What a template is for.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[schema(as = TemplateCategory)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    Marketing,
    Utility,
    Authentication,
    /// One that WhatsApp has added since.
    Unknown,
}

/// How variables are named: `{{1}}` or `{{first_name}}`.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[schema(as = TemplateParameterFormat)]
#[serde(rename_all = "snake_case")]
enum ParameterFormat {
    Positional,
    Named,
}

/// What a variable may be filled with, for WhatsApp's reviewer.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = TemplateExample)]
#[serde(deny_unknown_fields)]
struct Example {
    variable: String,
    value: String,
}

/// What stands above the text.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = TemplateHeader)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
enum Header {
    Text {
        text: String,
        #[serde(default)]
        examples: Vec<Example>,
    },
    Image {
        sample: Option<String>,
    },
    Video {
        sample: Option<String>,
    },
    Document {
        sample: Option<String>,
    },
    Location,
    Product,
}

/// The text.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = TemplateBody)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
enum Body {
    Text {
        text: String,
        #[serde(default)]
        examples: Vec<Example>,
    },
    /// WhatsApp's own words round a code.
    Authentication { security_recommendation: bool },
}

/// The small line below the text.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = TemplateFooter)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
enum Footer {
    Text {
        text: String,
    },
    /// For how many minutes a code is good.
    Expiry {
        minutes: u32,
    },
}

/// What can be tapped.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = TemplateButton)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
enum Button {
    QuickReply {
        text: String,
    },
    Url {
        text: String,
        url: String,
        example: Option<String>,
    },
    Phone {
        text: String,
        phone: String,
    },
    CopyCode {
        example: String,
    },
    OneTimePassword {
        otp: OtpKind,
        text: Option<String>,
        autofill: Option<Autofill>,
    },
    Flow {
        text: String,
        flow_id: String,
        /// The screen it opens with; without one its endpoint says.
        screen: Option<String>,
    },
    Catalog {
        text: String,
    },
    MultiProduct {
        text: String,
    },
    SingleProduct {
        text: String,
    },
    OrderDetails {
        text: String,
    },
    VoiceCall {
        text: String,
    },
    RequestContactInfo,
}

/// How a code gets into the app.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[schema(as = TemplateOtpKind)]
#[serde(rename_all = "snake_case")]
enum OtpKind {
    CopyCode,
    OneTap,
    ZeroTap,
}

/// The app a code is filled into.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = TemplateAutofill)]
#[serde(deny_unknown_fields)]
struct Autofill {
    text: Option<String>,
    package_name: String,
    signature_hash: String,
}

/// That a template is an offer that ends.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = TemplateOffer)]
#[serde(deny_unknown_fields)]
struct Offer {
    text: String,
    has_expiration: bool,
}

/// One of several cards side by side.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = TemplateCard)]
#[serde(deny_unknown_fields)]
struct Card {
    header: Header,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    body: Option<CardBody>,
    #[serde(default)]
    buttons: Vec<Button>,
}

/// The text of a card.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = TemplateCardBody)]
#[serde(deny_unknown_fields)]
struct CardBody {
    text: String,
    #[serde(default)]
    examples: Vec<Example>,
}

impl Definition {
    /// The parts, with what has no shape of its own refused by the name of its field.
    pub fn parts(self) -> Result<DefinitionParts, Refusal> {
        let field = |name: &str, error: &dyn std::error::Error| Refusal::field(name, error.to_string());
        if self.buttons.len() > PARTS_MAX || self.cards.len() > PARTS_MAX {
            return Err(Refusal::field("buttons", "must have at most 20 elements"));
        }
        let sub_category = self.sub_category.as_deref().map(shared::domain::text::Text::new).transpose();
        Ok(DefinitionParts {
            name: self.name.parse().map_err(|error| field("name", &error as &domain::NamingError))?,
            language: self.language.parse().map_err(|error| field("language", &error as &domain::NamingError))?,
            category: self.category.into(),
            sub_category: sub_category.map_err(|error| field("sub_category", &error))?,
            format: match self.format {
                ParameterFormat::Positional => domain::ParameterFormat::Positional,
                ParameterFormat::Named => domain::ParameterFormat::Named,
            },
            header: self.header.map(Into::into),
            body: self.body.map(Into::into),
            footer: self.footer.map(Into::into),
            buttons: self.buttons.into_iter().map(Into::into).collect(),
            offer: self.offer.map(|offer| domain::LimitedTimeOffer { text: offer.text, has_expiration: offer.has_expiration }),
            cards: self.cards.into_iter().map(Into::into).collect(),
            call_permission_request: self.call_permission_request,
            ttl_seconds: self.ttl_seconds,
            unknown: Vec::new(),
        })
    }
}

fn examples(given: Vec<Example>) -> Vec<domain::Example> {
    given.into_iter().map(|Example { variable, value }| domain::Example { variable, value }).collect()
}

fn sample(given: Option<String>) -> Option<Sample> {
    given.and_then(|handle| Sample::new(&handle).ok())
}

impl From<Category> for domain::Category {
    fn from(category: Category) -> Self {
        match category {
            Category::Marketing => Self::Marketing,
            Category::Utility => Self::Utility,
            Category::Authentication => Self::Authentication,
            Category::Unknown => Self::of_provider("UNKNOWN"),
        }
    }
}

impl From<Header> for domain::Header {
    fn from(header: Header) -> Self {
        match header {
            Header::Text { text, examples: given } => Self::Text { text, examples: examples(given) },
            Header::Image { sample: given } => Self::Image { sample: sample(given) },
            Header::Video { sample: given } => Self::Video { sample: sample(given) },
            Header::Document { sample: given } => Self::Document { sample: sample(given) },
            Header::Location => Self::Location,
            Header::Product => Self::Product,
        }
    }
}

impl From<Body> for domain::Body {
    fn from(body: Body) -> Self {
        match body {
            Body::Text { text, examples: given } => Self::Text { text, examples: examples(given) },
            Body::Authentication { security_recommendation } => Self::Authentication { security_recommendation },
        }
    }
}

impl From<Footer> for domain::Footer {
    fn from(footer: Footer) -> Self {
        match footer {
            Footer::Text { text } => Self::Text { text },
            Footer::Expiry { minutes } => Self::Expiry { minutes },
        }
    }
}

impl From<Button> for domain::Button {
    fn from(button: Button) -> Self {
        match button {
            Button::QuickReply { text } => Self::QuickReply { text },
            Button::Url { text, url, example } => Self::Url { text, url, example },
            Button::Phone { text, phone } => Self::Phone { text, phone },
            Button::CopyCode { example } => Self::CopyCode { example },
            Button::OneTimePassword { otp, text, autofill } => Self::OneTimePassword {
                otp: match otp {
                    OtpKind::CopyCode => domain::OtpKind::CopyCode,
                    OtpKind::OneTap => domain::OtpKind::OneTap,
                    OtpKind::ZeroTap => domain::OtpKind::ZeroTap,
                },
                text,
                autofill: autofill.map(|app| domain::Autofill {
                    text: app.text,
                    package_name: app.package_name,
                    signature_hash: app.signature_hash,
                }),
            },
            Button::Flow { text, flow_id, screen } => {
                let step = screen.map_or(domain::FlowStep::DataExchange, |screen| domain::FlowStep::Navigate { screen });
                Self::Flow { text, flow_id, step }
            }
            Button::Catalog { text } => Self::Catalog { text },
            Button::MultiProduct { text } => Self::MultiProduct { text },
            Button::SingleProduct { text } => Self::SingleProduct { text },
            Button::OrderDetails { text } => Self::OrderDetails { text },
            Button::VoiceCall { text } => Self::VoiceCall { text },
            Button::RequestContactInfo => Self::RequestContactInfo,
        }
    }
}

impl From<Card> for domain::Card {
    fn from(card: Card) -> Self {
        Self {
            header: card.header.into(),
            body: card.body.map(|body| domain::CardBody { text: body.text, examples: examples(body.examples) }),
            buttons: card.buttons.into_iter().map(Into::into).collect(),
        }
    }
}

mod shown;
