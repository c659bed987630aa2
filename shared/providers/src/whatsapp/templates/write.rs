//! From our template to what Meta wants to create or change one.

use domain::messaging::template::{
    Body, Button, Card, DefinitionParts, Example, FlowStep, Footer, Header, OtpKind, ParameterFormat, Sample, TemplateDefinition, variables,
};

use super::wire;

/// What creates a template.
pub(super) fn creation(definition: &TemplateDefinition) -> wire::Submission<'_> {
    let parts = definition.parts();
    let format = match parts.format {
        ParameterFormat::Positional => "POSITIONAL",
        ParameterFormat::Named => "NAMED",
    };
    wire::Submission {
        name: Some(parts.name.as_str()),
        language: Some(parts.language.as_str()),
        category: Some(parts.category.provider_name()),
        sub_category: parts.sub_category.as_ref().map(domain::text::Text::as_str),
        parameter_format: Some(format),
        message_send_ttl_seconds: parts.ttl_seconds,
        components: components(parts),
    }
}

/// What changes a template. Meta keeps the category of one that is approved, so it is named only while it may change.
pub(super) fn change(definition: &TemplateDefinition, with_category: bool) -> wire::Submission<'_> {
    let parts = definition.parts();
    wire::Submission {
        name: None,
        language: None,
        category: with_category.then(|| parts.category.provider_name()),
        sub_category: None,
        parameter_format: None,
        message_send_ttl_seconds: parts.ttl_seconds,
        components: components(parts),
    }
}

fn components(parts: &DefinitionParts) -> Vec<wire::Component> {
    let mut found: Vec<wire::Component> = Vec::new();
    found.extend(parts.header.as_ref().map(|it| header(it, parts.format)));
    found.extend(parts.body.as_ref().map(|it| body(it, parts.format)));
    if let Some(offer) = &parts.offer {
        let limited_time_offer = wire::Offer { text: offer.text.clone(), has_expiration: offer.has_expiration };
        found.push(wire::Component { limited_time_offer: Some(limited_time_offer), ..of("LIMITED_TIME_OFFER") });
    }
    found.extend(parts.footer.as_ref().map(footer));
    if !parts.cards.is_empty() {
        let cards = parts.cards.iter().map(|it| card(it, parts.format)).collect();
        found.push(wire::Component { cards: Some(cards), ..of("CAROUSEL") });
    }
    if parts.call_permission_request {
        found.push(of("CALL_PERMISSION_REQUEST"));
    }
    found.extend(buttons(&parts.buttons));
    found
}

fn of(kind: &str) -> wire::Component {
    wire::Component { kind: kind.to_owned(), ..wire::Component::default() }
}

fn header(header: &Header, format: ParameterFormat) -> wire::Component {
    let media = |format: &str, sample: Option<&Sample>| {
        let handle = sample.map(|sample| vec![sample.as_str().to_owned()]);
        let example = handle.map(|handle| wire::Example { header_handle: Some(handle), ..wire::Example::default() });
        wire::Component { format: Some(format.to_owned()), example, ..of("HEADER") }
    };
    match header {
        Header::Text { text, examples } => {
            let mut example = None;
            if !variables(text).is_empty() {
                example = Some(match format {
                    ParameterFormat::Positional => {
                        wire::Example { header_text: Some(positional(text, examples)), ..wire::Example::default() }
                    }
                    ParameterFormat::Named => {
                        wire::Example { header_text_named_params: Some(named(text, examples)), ..wire::Example::default() }
                    }
                });
            }
            wire::Component { format: Some("TEXT".to_owned()), text: Some(text.clone()), example, ..of("HEADER") }
        }
        Header::Image { sample } => media("IMAGE", sample.as_ref()),
        Header::Video { sample } => media("VIDEO", sample.as_ref()),
        Header::Document { sample } => media("DOCUMENT", sample.as_ref()),
        Header::Location => media("LOCATION", None),
        Header::Product => media("PRODUCT", None),
    }
}

fn body(body: &Body, format: ParameterFormat) -> wire::Component {
    match body {
        Body::Text { text, examples } => words(text, examples, format),
        Body::Authentication { security_recommendation } => {
            wire::Component { add_security_recommendation: Some(*security_recommendation), ..of("BODY") }
        }
    }
}

fn words(text: &str, examples: &[Example], format: ParameterFormat) -> wire::Component {
    let mut example = None;
    if !variables(text).is_empty() {
        example = Some(match format {
            ParameterFormat::Positional => wire::Example { body_text: Some(vec![positional(text, examples)]), ..wire::Example::default() },
            ParameterFormat::Named => wire::Example { body_text_named_params: Some(named(text, examples)), ..wire::Example::default() },
        });
    }
    wire::Component { text: Some(text.to_owned()), example, ..of("BODY") }
}

fn value<'a>(variable: &str, examples: &'a [Example]) -> &'a str {
    examples.iter().find(|example| example.variable == variable).map_or("", |example| example.value.as_str())
}

/// The examples in the order of the variables' numbers.
fn positional(text: &str, examples: &[Example]) -> Vec<String> {
    (1..=variables(text).len()).map(|number| value(&number.to_string(), examples).to_owned()).collect()
}

fn named(text: &str, examples: &[Example]) -> Vec<wire::NamedExample> {
    let of = |variable: &str| wire::NamedExample { param_name: variable.to_owned(), example: value(variable, examples).to_owned() };
    variables(text).into_iter().map(of).collect()
}

fn footer(footer: &Footer) -> wire::Component {
    match footer {
        Footer::Text { text } => wire::Component { text: Some(text.clone()), ..of("FOOTER") },
        Footer::Expiry { minutes } => wire::Component { code_expiration_minutes: Some(*minutes), ..of("FOOTER") },
    }
}

fn card(card: &Card, format: ParameterFormat) -> wire::Card {
    let mut components = vec![header(&card.header, format)];
    components.extend(card.body.as_ref().map(|body| words(&body.text, &body.examples, format)));
    components.extend(buttons(&card.buttons));
    wire::Card { components }
}

fn buttons(buttons: &[Button]) -> Option<wire::Component> {
    let written: Vec<wire::Button> = buttons.iter().map(button).collect();
    (!written.is_empty()).then(|| wire::Component { buttons: Some(written), ..of("BUTTONS") })
}

fn button(button: &Button) -> wire::Button {
    let labelled = |kind: &str, text: &str| wire::Button { kind: kind.to_owned(), text: Some(text.to_owned()), ..wire::Button::default() };
    match button {
        Button::QuickReply { text } => labelled("QUICK_REPLY", text),
        Button::Url { text, url, example } => wire::Button {
            url: Some(url.clone()),
            example: example.clone().filter(|_| !variables(url).is_empty()).map(|example| wire::OneOrMany::Many(vec![example])),
            ..labelled("URL", text)
        },
        Button::Phone { text, phone } => wire::Button { phone_number: Some(phone.clone()), ..labelled("PHONE_NUMBER", text) },
        Button::CopyCode { example } => {
            wire::Button { kind: "COPY_CODE".to_owned(), example: Some(wire::OneOrMany::One(example.clone())), ..wire::Button::default() }
        }
        Button::OneTimePassword { otp, text, autofill } => wire::Button {
            kind: "OTP".to_owned(),
            text: text.clone(),
            otp_type: Some(otp_name(*otp).to_owned()),
            autofill_text: autofill.as_ref().and_then(|autofill| autofill.text.clone()),
            supported_apps: autofill
                .iter()
                .map(|autofill| wire::App { package_name: autofill.package_name.clone(), signature_hash: autofill.signature_hash.clone() })
                .collect(),
            zero_tap_terms_accepted: (*otp == OtpKind::ZeroTap).then_some(true),
            ..wire::Button::default()
        },
        Button::Flow { text, flow_id, step } => {
            let (action, screen) = match step {
                FlowStep::Navigate { screen } => ("navigate", Some(screen.clone())),
                FlowStep::DataExchange => ("data_exchange", None),
            };
            wire::Button {
                flow_id: Some(flow_id.clone()),
                flow_action: Some(action.to_owned()),
                navigate_screen: screen,
                ..labelled("FLOW", text)
            }
        }
        Button::Catalog { text } => labelled("CATALOG", text),
        Button::MultiProduct { text } => labelled("MPM", text),
        Button::SingleProduct { text } => labelled("SPM", text),
        Button::OrderDetails { text } => labelled("ORDER_DETAILS", text),
        Button::VoiceCall { text } => labelled("VOICE_CALL", text),
        Button::RequestContactInfo => wire::Button { kind: "REQUEST_CONTACT_INFO".to_owned(), ..wire::Button::default() },
    }
}

const fn otp_name(otp: OtpKind) -> &'static str {
    match otp {
        OtpKind::CopyCode => "COPY_CODE",
        OtpKind::OneTap => "ONE_TAP",
        OtpKind::ZeroTap => "ZERO_TAP",
    }
}
