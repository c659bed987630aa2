//! From Meta's template to ours. What is of no kind we know becomes an unknown part: such a template is shown and cannot be sent.

use domain::{
    messaging::template::{
        Autofill, Body, Button, Card, CardBody, Category, DefinitionParts, Example, FlowStep, Footer, Header, LimitedTimeOffer, Listed,
        OtpKind, ParameterFormat, ProviderTemplateId, Quality, Sample, Status, TemplateDefinition, TemplateKey, TemplateLanguage,
        TemplateName, variables,
    },
    tenant::NumberId,
    text::Text,
};
use serde_json::value::RawValue;

use super::wire;

/// How many buttons or cards of a template are read.
const PARTS_MAX: usize = 20;

/// A template of a page: all of it, or what names it when the rest does not read.
pub(super) enum Read {
    /// It reads.
    Whole(Box<Listed>),
    /// Its name reads.
    Name(TemplateKey),
    /// Nothing reads.
    Nothing,
}

/// Reads a template of a page.
pub(super) fn item(account: &NumberId, raw: &RawValue) -> Read {
    if let Some(listed) = serde_json::from_str::<wire::Item>(raw.get()).ok().and_then(|item| listed(account, item)) {
        return Read::Whole(Box::new(listed));
    }
    let named = serde_json::from_str::<wire::Named>(raw.get()).ok();
    named.and_then(|named| key(account, &named.name, &named.language)).map_or(Read::Nothing, Read::Name)
}

/// What names a template.
pub(super) fn key(account: &NumberId, name: &str, language: &str) -> Option<TemplateKey> {
    Some(TemplateKey { account: account.clone(), name: TemplateName::new(name).ok()?, language: TemplateLanguage::new(language).ok()? })
}

fn listed(account: &NumberId, item: wire::Item) -> Option<Listed> {
    let key = key(account, &item.name, &item.language)?;
    let category = Category::of_provider(&item.category);
    let named = item.parameter_format.as_deref().is_some_and(|format| format.eq_ignore_ascii_case("NAMED"));
    let mut parts = DefinitionParts {
        sub_category: item.sub_category.as_deref().and_then(Text::cut),
        format: if named { ParameterFormat::Named } else { ParameterFormat::Positional },
        ttl_seconds: item.message_send_ttl_seconds,
        ..DefinitionParts::blank(key.name.clone(), key.language.clone(), category.clone())
    };
    for component in item.components {
        take(&mut parts, component);
    }
    Some(Listed {
        key,
        provider_id: ProviderTemplateId(item.id),
        definition: TemplateDefinition::of_provider(parts),
        status: Status::of_provider(&item.status),
        category,
        quality: item.quality_score.map_or(Quality::Unknown, |quality| Quality::of_provider(&quality.score)),
        reason: item.rejected_reason.filter(|reason| reason != "NONE").as_deref().and_then(Text::cut),
    })
}

fn take(parts: &mut DefinitionParts, component: wire::Component) {
    match component.kind.to_ascii_uppercase().as_str() {
        "HEADER" => match header(&component) {
            Some(header) => parts.header = Some(header),
            None => unknown(parts, component.format.as_deref().unwrap_or("HEADER")),
        },
        "BODY" => {
            parts.body = Some(match component.add_security_recommendation {
                Some(security_recommendation) => Body::Authentication { security_recommendation },
                None if parts.category == Category::Authentication => Body::Authentication { security_recommendation: false },
                None => body(component),
            });
        }
        "FOOTER" => {
            parts.footer = match (component.code_expiration_minutes, component.text) {
                (Some(minutes), _) => Some(Footer::Expiry { minutes }),
                (None, Some(text)) => Some(Footer::Text { text }),
                (None, None) => None,
            }
        }
        "BUTTONS" => {
            for raw in component.buttons.unwrap_or_default().into_iter().take(PARTS_MAX) {
                match button(&raw) {
                    Some(button) => parts.buttons.push(button),
                    None => unknown(parts, &raw.kind),
                }
            }
        }
        "LIMITED_TIME_OFFER" => {
            parts.offer =
                component.limited_time_offer.map(|offer| LimitedTimeOffer { text: offer.text, has_expiration: offer.has_expiration });
        }
        "CAROUSEL" => {
            for raw in component.cards.unwrap_or_default().into_iter().take(PARTS_MAX) {
                match card(raw) {
                    Some(card) => parts.cards.push(card),
                    None => unknown(parts, "CARD"),
                }
            }
        }
        "CALL_PERMISSION_REQUEST" => parts.call_permission_request = true,
        other => unknown(parts, other),
    }
}

fn unknown(parts: &mut DefinitionParts, name: &str) {
    if parts.unknown.len() < PARTS_MAX {
        parts.unknown.extend(Text::cut(name).or_else(|| Text::cut("UNKNOWN")));
    }
}

fn header(component: &wire::Component) -> Option<Header> {
    let example = component.example.as_ref();
    let sample = || example.and_then(|example| example.header_handle.as_ref()?.first()).and_then(|handle| Sample::new(handle).ok());
    match component.format.as_deref().unwrap_or("TEXT").to_ascii_uppercase().as_str() {
        "TEXT" => {
            let text = component.text.clone()?;
            let positional = example.and_then(|example| example.header_text.clone()).unwrap_or_default();
            let named = example.and_then(|example| example.header_text_named_params.clone()).unwrap_or_default();
            Some(Header::Text { examples: examples(&text, positional, named), text })
        }
        "IMAGE" => Some(Header::Image { sample: sample() }),
        "VIDEO" => Some(Header::Video { sample: sample() }),
        "DOCUMENT" => Some(Header::Document { sample: sample() }),
        "LOCATION" => Some(Header::Location),
        "PRODUCT" => Some(Header::Product),
        _ => None,
    }
}

fn body(component: wire::Component) -> Body {
    let example = component.example.unwrap_or_default();
    let text = component.text.unwrap_or_default();
    let positional = example.body_text.and_then(|rows| rows.into_iter().next()).unwrap_or_default();
    Body::Text { examples: examples(&text, positional, example.body_text_named_params.unwrap_or_default()), text }
}

/// The examples of a text's variables: those with a name, else the numbered ones in the order of their numbers.
fn examples(text: &str, positional: Vec<String>, named: Vec<wire::NamedExample>) -> Vec<Example> {
    if !named.is_empty() {
        return named.into_iter().map(|named| Example { variable: named.param_name, value: named.example }).collect();
    }
    let count = variables(text).len();
    positional.into_iter().take(count).enumerate().map(|(index, value)| Example { variable: (index + 1).to_string(), value }).collect()
}

fn card(raw: wire::Card) -> Option<Card> {
    let (mut head, mut words, mut buttons) = (None, None, Vec::new());
    for component in raw.components {
        match component.kind.to_ascii_uppercase().as_str() {
            "HEADER" => head = Some(header(&component)?),
            "BODY" => {
                let Body::Text { text, examples } = body(component) else { return None };
                words = Some(CardBody { text, examples });
            }
            "BUTTONS" => {
                for raw in component.buttons.unwrap_or_default() {
                    buttons.push(button(&raw)?);
                }
            }
            _ => return None,
        }
    }
    Some(Card { header: head?, body: words, buttons })
}

fn button(raw: &wire::Button) -> Option<Button> {
    let text = raw.text.clone().unwrap_or_default();
    let example = raw.example.as_ref().and_then(wire::OneOrMany::first).map(ToOwned::to_owned);
    Some(match raw.kind.to_ascii_uppercase().as_str() {
        "QUICK_REPLY" => Button::QuickReply { text },
        // Meta lists the buttons of authentication templates as addresses of its own.
        "URL" if raw.url.as_deref().is_some_and(|url| url.contains("whatsapp.com/otp/")) => one_time_password(raw),
        "OTP" => one_time_password(raw),
        "URL" => Button::Url { text, url: raw.url.clone()?, example },
        "PHONE_NUMBER" => Button::Phone { text, phone: raw.phone_number.clone()? },
        "COPY_CODE" => Button::CopyCode { example: example.unwrap_or_default() },
        "FLOW" => {
            let exchange = raw.flow_action.as_deref().is_some_and(|action| action.eq_ignore_ascii_case("data_exchange"));
            let screen = raw.navigate_screen.clone().unwrap_or_default();
            let step = if exchange { FlowStep::DataExchange } else { FlowStep::Navigate { screen } };
            Button::Flow { text, flow_id: raw.flow_id.clone().unwrap_or_default(), step }
        }
        "CATALOG" => Button::Catalog { text },
        "MPM" => Button::MultiProduct { text },
        "SPM" => Button::SingleProduct { text },
        "ORDER_DETAILS" => Button::OrderDetails { text },
        "VOICE_CALL" => Button::VoiceCall { text },
        "REQUEST_CONTACT_INFO" => Button::RequestContactInfo,
        _ => return None,
    })
}

fn one_time_password(raw: &wire::Button) -> Button {
    let url = raw.url.as_deref().unwrap_or_default().to_ascii_lowercase();
    let kind = raw.otp_type.clone().unwrap_or_default().to_ascii_lowercase();
    let is = |name: &str| kind == name || url.contains(&format!("otp_type={name}"));
    let otp = if is("zero_tap") {
        OtpKind::ZeroTap
    } else if is("one_tap") {
        OtpKind::OneTap
    } else {
        OtpKind::CopyCode
    };
    let app = raw.supported_apps.first();
    Button::OneTimePassword {
        otp,
        text: raw.text.clone(),
        autofill: app.map(|app| Autofill {
            text: raw.autofill_text.clone(),
            package_name: app.package_name.clone(),
            signature_hash: app.signature_hash.clone(),
        }),
    }
}
