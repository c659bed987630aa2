//! What a person reads: the template with the values of the very message that is sent in it.

use serde::{Deserialize, Serialize};

use super::{
    definition::{Body, Button, CardBody, Footer, Header, TemplateDefinition},
    message::{ButtonValue, FilledButton, Filling, HeaderValue, Value},
    placeholder::fill,
    preflight::CODE,
};
use crate::time::Timestamp;

/// A template as a person sees it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// What stands above the text.
    #[serde(rename = "h", default, skip_serializing_if = "Option::is_none")]
    pub header: Option<ShownHeader>,
    /// The text.
    #[serde(rename = "b", default, skip_serializing_if = "String::is_empty")]
    pub body: String,
    /// The small line below it.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub footer: Option<String>,
    /// The heading of an offer that ends.
    #[serde(rename = "o", default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<String>,
    /// When the offer ends.
    #[serde(rename = "e", default, skip_serializing_if = "Option::is_none")]
    pub offer_ends_at: Option<Timestamp>,
    /// What can be tapped.
    #[serde(rename = "t", default, skip_serializing_if = "Vec::is_empty")]
    pub buttons: Vec<ShownButton>,
    /// Cards side by side.
    #[serde(rename = "c", default, skip_serializing_if = "Vec::is_empty")]
    pub cards: Vec<ShownCard>,
}

/// What stands above the text: a line, or the kind of thing that does.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownHeader {
    /// Which kind.
    #[serde(rename = "k")]
    pub kind: String,
    /// The line; of a file its name, of a place its name or address.
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// Something that can be tapped.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownButton {
    /// Which kind.
    #[serde(rename = "k")]
    pub kind: String,
    /// What stands on it.
    #[serde(rename = "t")]
    pub text: String,
    /// What it opens, calls or copies.
    #[serde(rename = "v", default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// One of several cards.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownCard {
    /// Its picture, film or product.
    #[serde(rename = "h")]
    pub header: ShownHeader,
    /// Its text.
    #[serde(rename = "b", default, skip_serializing_if = "String::is_empty")]
    pub body: String,
    /// What can be tapped.
    #[serde(rename = "t", default, skip_serializing_if = "Vec::is_empty")]
    pub buttons: Vec<ShownButton>,
}

/// Fills a template for the eye. What is not filled stays as it stands, so an unfinished message can be looked at too.
#[must_use]
pub fn preview(definition: &TemplateDefinition, filling: &Filling) -> Shown {
    let parts = definition.parts();
    Shown {
        header: parts.header.as_ref().map(|wanted| header(wanted, filling.header.as_ref())),
        body: match &parts.body {
            Some(Body::Text { text, .. }) => filled(text, &filling.body),
            Some(Body::Authentication { security_recommendation }) => code(*security_recommendation, &filling.body),
            None => String::new(),
        },
        footer: parts.footer.as_ref().map(|footer| match footer {
            Footer::Text { text } => text.clone(),
            Footer::Expiry { minutes } => format!("This code expires in {minutes} minutes."),
        }),
        offer: parts.offer.as_ref().map(|offer| offer.text.clone()),
        offer_ends_at: filling.offer_ends_at,
        buttons: buttons(&parts.buttons, &filling.buttons, &filling.body),
        cards: parts
            .cards
            .iter()
            .enumerate()
            .map(|(index, card)| {
                let given = filling.cards.get(index);
                ShownCard {
                    header: header(&card.header, given.map(|given| &given.header)),
                    body: words(card.body.as_ref(), given.map_or(&[], |given| &given.body)),
                    buttons: buttons(&card.buttons, given.map_or(&[], |given| &given.buttons), &[]),
                }
            })
            .collect(),
    }
}

fn words(body: Option<&CardBody>, values: &[Value]) -> String {
    body.map_or_else(String::new, |body| filled(&body.text, values))
}

fn filled(text: &str, values: &[Value]) -> String {
    fill(text, |name| value(name, values))
}

fn value<'a>(name: &str, values: &'a [Value]) -> Option<&'a str> {
    values.iter().find(|value| value.variable == name).map(|value| value.words.shown())
}

/// Meta's own words round a code, as they are in English.
fn code(security_recommendation: bool, values: &[Value]) -> String {
    let code = value(CODE, values).unwrap_or("{{1}}");
    let advice = if security_recommendation { " For your security, do not share this code." } else { "" };
    format!("*{code}* is your verification code.{advice}")
}

fn header(wanted: &Header, given: Option<&HeaderValue>) -> ShownHeader {
    let text = match (wanted, given) {
        (Header::Text { text, .. }, Some(HeaderValue::Text(value))) => Some(filled(text, std::slice::from_ref(value))),
        (Header::Text { text, .. }, _) => Some(text.clone()),
        (_, Some(HeaderValue::Document { name, .. })) => name.as_ref().map(|name| name.as_str().to_owned()),
        (_, Some(HeaderValue::Location(place))) => place.name.as_ref().or(place.address.as_ref()).map(|words| words.as_str().to_owned()),
        (_, Some(HeaderValue::Product { product, .. })) => Some(product.as_str().to_owned()),
        (_, Some(HeaderValue::Text(_) | HeaderValue::Image(_) | HeaderValue::Video(_)) | None) => None,
    };
    ShownHeader { kind: wanted.name().to_owned(), text }
}

fn buttons(wanted: &[Button], given: &[FilledButton], body: &[Value]) -> Vec<ShownButton> {
    let of = |(index, button): (usize, &Button)| {
        let value = given.iter().find(|filled| usize::from(filled.index) == index).map(|filled| &filled.value);
        ShownButton { kind: button.name().to_owned(), text: button.label().to_owned(), value: shown(button, value, body) }
    };
    wanted.iter().enumerate().map(of).collect()
}

fn shown(button: &Button, given: Option<&ButtonValue>, body: &[Value]) -> Option<String> {
    match (button, given) {
        (Button::Url { url, .. }, Some(ButtonValue::UrlSuffix(suffix))) => Some(fill(url, |_| Some(suffix.as_str()))),
        (Button::Url { url, .. }, _) => Some(url.clone()),
        (Button::Phone { phone, .. }, _) => Some(phone.clone()),
        (Button::CopyCode { .. }, Some(ButtonValue::Coupon(coupon))) => Some(coupon.as_str().to_owned()),
        (Button::OneTimePassword { .. }, _) => value(CODE, body).map(ToOwned::to_owned),
        (Button::OrderDetails { .. }, Some(ButtonValue::Order(order))) => Some(order.totals().total.chat()),
        (
            Button::QuickReply { .. }
            | Button::CopyCode { .. }
            | Button::Flow { .. }
            | Button::Catalog { .. }
            | Button::MultiProduct { .. }
            | Button::SingleProduct { .. }
            | Button::OrderDetails { .. }
            | Button::VoiceCall { .. }
            | Button::RequestContactInfo,
            _,
        ) => None,
    }
}

/// What a person reads concerns nobody who reads a log.
impl std::fmt::Debug for Shown {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Shown({} characters, {} buttons, {} cards)", self.body.chars().count(), self.buttons.len(), self.cards.len())
    }
}
