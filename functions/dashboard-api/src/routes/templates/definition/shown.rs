//! The way back: a template of the domain as the API shows it.

use super::{
    Autofill, Body, Button, Card, CardBody, Category, Definition, Example, Footer, Header, Offer, OtpKind, ParameterFormat, domain,
};

impl From<&domain::TemplateDefinition> for Definition {
    fn from(definition: &domain::TemplateDefinition) -> Self {
        let parts = definition.parts();
        Self {
            name: parts.name.to_string(),
            language: parts.language.to_string(),
            category: (&parts.category).into(),
            sub_category: parts.sub_category.as_ref().map(ToString::to_string),
            format: match parts.format {
                domain::ParameterFormat::Positional => ParameterFormat::Positional,
                domain::ParameterFormat::Named => ParameterFormat::Named,
            },
            header: parts.header.as_ref().map(Into::into),
            body: parts.body.as_ref().map(|body| match body {
                domain::Body::Text { text, examples: given } => Body::Text { text: text.clone(), examples: examples(given) },
                domain::Body::Authentication { security_recommendation } => {
                    Body::Authentication { security_recommendation: *security_recommendation }
                }
            }),
            footer: parts.footer.as_ref().map(|footer| match footer {
                domain::Footer::Text { text } => Footer::Text { text: text.clone() },
                domain::Footer::Expiry { minutes } => Footer::Expiry { minutes: *minutes },
            }),
            buttons: parts.buttons.iter().map(Into::into).collect(),
            offer: parts.offer.as_ref().map(|offer| Offer { text: offer.text.clone(), has_expiration: offer.has_expiration }),
            cards: parts.cards.iter().map(Into::into).collect(),
            call_permission_request: parts.call_permission_request,
            ttl_seconds: parts.ttl_seconds,
            unknown_parts: parts.unknown.iter().map(ToString::to_string).collect(),
        }
    }
}

fn examples(given: &[domain::Example]) -> Vec<Example> {
    given.iter().map(|example| Example { variable: example.variable.clone(), value: example.value.clone() }).collect()
}

impl From<&domain::Category> for Category {
    fn from(category: &domain::Category) -> Self {
        match category {
            domain::Category::Marketing => Self::Marketing,
            domain::Category::Utility => Self::Utility,
            domain::Category::Authentication => Self::Authentication,
            domain::Category::Unknown(_) => Self::Unknown,
        }
    }
}

impl From<&domain::Header> for Header {
    fn from(header: &domain::Header) -> Self {
        let handle = |sample: &Option<domain::Sample>| sample.as_ref().map(ToString::to_string);
        match header {
            domain::Header::Text { text, examples: given } => Self::Text { text: text.clone(), examples: examples(given) },
            domain::Header::Image { sample } => Self::Image { sample: handle(sample) },
            domain::Header::Video { sample } => Self::Video { sample: handle(sample) },
            domain::Header::Document { sample } => Self::Document { sample: handle(sample) },
            domain::Header::Location => Self::Location,
            domain::Header::Product => Self::Product,
        }
    }
}

impl From<&domain::Button> for Button {
    fn from(button: &domain::Button) -> Self {
        match button.clone() {
            domain::Button::QuickReply { text } => Self::QuickReply { text },
            domain::Button::Url { text, url, example } => Self::Url { text, url, example },
            domain::Button::Phone { text, phone } => Self::Phone { text, phone },
            domain::Button::CopyCode { example } => Self::CopyCode { example },
            domain::Button::OneTimePassword { otp, text, autofill } => Self::OneTimePassword {
                otp: match otp {
                    domain::OtpKind::CopyCode => OtpKind::CopyCode,
                    domain::OtpKind::OneTap => OtpKind::OneTap,
                    domain::OtpKind::ZeroTap => OtpKind::ZeroTap,
                },
                text,
                autofill: autofill.map(|app| Autofill {
                    text: app.text,
                    package_name: app.package_name,
                    signature_hash: app.signature_hash,
                }),
            },
            domain::Button::Flow { text, flow_id, step } => {
                let screen = match step {
                    domain::FlowStep::Navigate { screen } => Some(screen),
                    domain::FlowStep::DataExchange => None,
                };
                Self::Flow { text, flow_id, screen }
            }
            domain::Button::Catalog { text } => Self::Catalog { text },
            domain::Button::MultiProduct { text } => Self::MultiProduct { text },
            domain::Button::SingleProduct { text } => Self::SingleProduct { text },
            domain::Button::OrderDetails { text } => Self::OrderDetails { text },
            domain::Button::VoiceCall { text } => Self::VoiceCall { text },
            domain::Button::RequestContactInfo => Self::RequestContactInfo,
        }
    }
}

impl From<&domain::Card> for Card {
    fn from(card: &domain::Card) -> Self {
        Self {
            header: (&card.header).into(),
            body: card.body.as_ref().map(|body| CardBody { text: body.text.clone(), examples: examples(&body.examples) }),
            buttons: card.buttons.iter().map(Into::into).collect(),
        }
    }
}
