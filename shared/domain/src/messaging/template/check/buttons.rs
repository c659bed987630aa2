//! Rules for buttons: how many of each, what stands on them, and what they lead to.

use std::collections::HashSet;

use super::{
    super::{
        definition::{Button, FlowStep, OtpKind},
        fault::{Fault, Problem},
        placeholder,
    },
    limit, text,
};
use crate::phone::Phone;

/// How many buttons a template may have.
const BUTTONS_MAX: usize = 10;

/// Everything that is wrong with these buttons.
pub(super) fn all(buttons: &[Button], place: &str, faults: &mut Vec<Fault>) {
    if buttons.len() > BUTTONS_MAX {
        faults.push(Fault::new(place, Problem::TooMany { max: BUTTONS_MAX, found: buttons.len() }));
    }
    counts(buttons, place, faults);
    together(buttons, place, faults);
    labels(buttons, place, faults);
    for (index, button) in buttons.iter().enumerate() {
        one(button, &format!("{place}[{index}]"), faults);
    }
}

/// How many there may be of a kind.
const fn most(button: &Button) -> usize {
    match button {
        Button::QuickReply { .. } => usize::MAX,
        Button::Url { .. } => 2,
        Button::Phone { .. }
        | Button::CopyCode { .. }
        | Button::OneTimePassword { .. }
        | Button::Flow { .. }
        | Button::Catalog { .. }
        | Button::MultiProduct { .. }
        | Button::SingleProduct { .. }
        | Button::OrderDetails { .. }
        | Button::VoiceCall { .. }
        | Button::RequestContactInfo => 1,
    }
}

/// Whether nothing may stand beside it.
const fn alone(button: &Button) -> bool {
    match button {
        Button::OneTimePassword { .. } | Button::Catalog { .. } | Button::MultiProduct { .. } | Button::SingleProduct { .. } => true,
        Button::QuickReply { .. }
        | Button::Url { .. }
        | Button::Phone { .. }
        | Button::CopyCode { .. }
        | Button::Flow { .. }
        | Button::OrderDetails { .. }
        | Button::VoiceCall { .. }
        | Button::RequestContactInfo => false,
    }
}

fn counts(buttons: &[Button], place: &str, faults: &mut Vec<Fault>) {
    let mut told = HashSet::new();
    for (index, button) in buttons.iter().enumerate() {
        let (max, found) = (most(button), buttons.iter().filter(|other| other.name() == button.name()).count());
        if found > max && told.insert(button.name()) {
            faults.push(Fault::new(format!("{place}[{index}]"), Problem::TooMany { max, found }));
        }
        if alone(button) && buttons.len() > 1 {
            faults.push(Fault::new(format!("{place}[{index}]"), Problem::NotAlone));
        }
    }
}

/// That quick replies stand together.
fn together(buttons: &[Button], place: &str, faults: &mut Vec<Fault>) {
    let runs = buttons.chunk_by(|one, other| is_reply(one) == is_reply(other)).filter(|run| run.first().is_some_and(is_reply));
    if runs.count() > 1 {
        faults.push(Fault::new(place, Problem::RepliesApart));
    }
}

const fn is_reply(button: &Button) -> bool {
    matches!(button, Button::QuickReply { .. })
}

fn labels(buttons: &[Button], place: &str, faults: &mut Vec<Fault>) {
    let mut seen = HashSet::new();
    for (index, button) in buttons.iter().enumerate() {
        let label = button.label().trim();
        if !label.is_empty() && !seen.insert(label) {
            faults.push(Fault::new(format!("{place}[{index}].text"), Problem::SameLabel));
        }
    }
}

fn one(button: &Button, place: &str, faults: &mut Vec<Fault>) {
    match button {
        Button::QuickReply { .. }
        | Button::Catalog { .. }
        | Button::MultiProduct { .. }
        | Button::SingleProduct { .. }
        | Button::OrderDetails { .. }
        | Button::VoiceCall { .. } => label(button.label(), place, faults),
        Button::Url { text, url, example } => {
            label(text, place, faults);
            address(url, example.as_deref(), place, faults);
        }
        Button::Phone { text, phone } => {
            label(text, place, faults);
            if phone.parse::<Phone>().is_err() {
                let shape = "must be a phone number with its country code, like +918047000123";
                faults.push(Fault::new(format!("{place}.phone"), Problem::Shape(shape)));
            }
        }
        Button::CopyCode { example } => {
            text::measured(&format!("{place}.example"), example, limit::COUPON, faults);
        }
        Button::OneTimePassword { otp, text, autofill } => {
            if let Some(text) = text {
                label(text, place, faults);
            }
            if *otp != OtpKind::CopyCode && autofill.is_none() {
                faults.push(Fault::new(format!("{place}.autofill"), Problem::Missing));
            }
            if let Some(autofill) = autofill {
                app(autofill, place, faults);
            }
        }
        Button::Flow { text, flow_id, step } => {
            label(text, place, faults);
            if flow_id.is_empty() || !flow_id.bytes().all(|byte| byte.is_ascii_digit()) {
                faults.push(Fault::new(format!("{place}.flow_id"), Problem::Shape("must be the number Meta gave the Flow")));
            }
            if let FlowStep::Navigate { screen } = step {
                text::measured(&format!("{place}.screen"), screen, limit::BODY, faults);
            }
        }
        Button::RequestContactInfo => {}
    }
}

fn label(label: &str, place: &str, faults: &mut Vec<Fault>) {
    let place = format!("{place}.text");
    text::measured(&place, label, limit::LABEL, faults);
    text::one_line(&place, label, faults);
    text::without_variables(&place, label, faults);
}

fn address(url: &str, example: Option<&str>, place: &str, faults: &mut Vec<Fault>) {
    let at = format!("{place}.url");
    text::measured(&at, url, limit::URL, faults);
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let host = host.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    if !url.is_empty() && host.is_none_or(|host| host.is_empty() || host.contains('{')) || url.contains(char::is_whitespace) {
        faults.push(Fault::new(at.clone(), Problem::Shape("must be an address that begins with https:// and a name")));
    }
    let variables = placeholder::variables(url);
    let at_end = url.ends_with("{{1}}") && url.matches("{{").count() == 1;
    if !variables.is_empty() && !at_end {
        faults.push(Fault::new(at, Problem::UrlVariable));
    }
    if !variables.is_empty() && example.is_none_or(|example| example.trim().is_empty()) {
        faults.push(Fault::new(format!("{place}.example"), Problem::ExampleMissing { variable: "1".to_owned() }));
    }
}

fn app(autofill: &super::super::definition::Autofill, place: &str, faults: &mut Vec<Fault>) {
    if let Some(text) = &autofill.text {
        text::measured(&format!("{place}.autofill.text"), text, limit::LABEL, faults);
    }
    let segments: Vec<&str> = autofill.package_name.split('.').collect();
    let plain = |segment: &&str| {
        segment.starts_with(|c: char| c.is_ascii_alphabetic()) && segment.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    };
    if segments.len() < 2 || !segments.iter().all(plain) || autofill.package_name.len() > 224 {
        faults
            .push(Fault::new(format!("{place}.autofill.package_name"), Problem::Shape("must be the app's package, like com.example.shop")));
    }
    let hash = &autofill.signature_hash;
    if hash.len() != 11 || !hash.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(&b)) {
        faults.push(Fault::new(
            format!("{place}.autofill.signature_hash"),
            Problem::Shape("must be the 11 characters of the app's signing hash"),
        ));
    }
}
