//! Rules for the kinds of template that have rules of their own: authentication, carousel, limited-time offer, permission to call.

use super::{
    super::{
        category::Category,
        definition::{Button, Card, DefinitionParts, Footer, Header},
        fault::{Context, Fault, Problem},
    },
    buttons, limit, text,
};

/// How many cards a carousel has.
const CARDS: std::ops::RangeInclusive<usize> = 2..=10;
/// How many buttons a card has at most.
const CARD_BUTTONS_MAX: usize = 2;

/// Everything that is wrong with the kind.
pub(super) fn all(parts: &DefinitionParts, faults: &mut Vec<Fault>) {
    authentication(parts, faults);
    if parts.offer.is_some() {
        offer(parts, faults);
    }
    if !parts.cards.is_empty() {
        carousel(parts, faults);
    }
    if parts.call_permission_request {
        call_permission(parts, faults);
    }
}

fn authentication(parts: &DefinitionParts, faults: &mut Vec<Fault>) {
    let otp = |button: &Button| matches!(button, Button::OneTimePassword { .. });
    if parts.category != Category::Authentication {
        for (index, _) in parts.buttons.iter().enumerate().filter(|(_, button)| otp(button)) {
            faults.push(Fault::new(format!("buttons[{index}]"), Problem::OnlyIn(Context::Authentication)));
        }
        return;
    }
    if parts.header.is_some() {
        faults.push(Fault::new("header", Problem::NotAllowedIn(Context::Authentication)));
    }
    if matches!(parts.footer, Some(Footer::Text { .. })) {
        faults.push(Fault::new("footer", Problem::NotAllowedIn(Context::Authentication)));
    }
    if !parts.buttons.iter().any(otp) {
        faults.push(Fault::new("buttons", Problem::TooFew { min: 1, found: 0 }));
    }
    for (index, _) in parts.buttons.iter().enumerate().filter(|(_, button)| !otp(button)) {
        faults.push(Fault::new(format!("buttons[{index}]"), Problem::NotAllowedIn(Context::Authentication)));
    }
    for (place, there) in
        [("offer", parts.offer.is_some()), ("cards", !parts.cards.is_empty()), ("call_permission_request", parts.call_permission_request)]
    {
        if there {
            faults.push(Fault::new(place, Problem::NotAllowedIn(Context::Authentication)));
        }
    }
}

fn offer(parts: &DefinitionParts, faults: &mut Vec<Fault>) {
    if let Some(offer) = &parts.offer {
        text::measured("offer.text", &offer.text, limit::OFFER, faults);
        text::without_variables("offer.text", &offer.text, faults);
    }
    if parts.category != Category::Marketing {
        faults.push(Fault::new("category", Problem::WrongCategory("an offer is marketing")));
    }
    if parts.footer.is_some() {
        faults.push(Fault::new("footer", Problem::NotAllowedIn(Context::LimitedTimeOffer)));
    }
    if !matches!(parts.header, None | Some(Header::Image { .. } | Header::Video { .. })) {
        faults.push(Fault::new("header", Problem::NotAllowedIn(Context::LimitedTimeOffer)));
    }
    if !parts.cards.is_empty() {
        faults.push(Fault::new("cards", Problem::NotAllowedIn(Context::LimitedTimeOffer)));
    }
    for (index, button) in parts.buttons.iter().enumerate() {
        let place = format!("buttons[{index}]");
        match button {
            Button::CopyCode { .. } if index > 0 => faults.push(Fault::new(place, Problem::NotFirst)),
            Button::CopyCode { .. } | Button::Url { .. } => {}
            Button::QuickReply { .. }
            | Button::Phone { .. }
            | Button::OneTimePassword { .. }
            | Button::Flow { .. }
            | Button::Catalog { .. }
            | Button::MultiProduct { .. }
            | Button::SingleProduct { .. }
            | Button::OrderDetails { .. }
            | Button::VoiceCall { .. }
            | Button::RequestContactInfo => faults.push(Fault::new(place, Problem::NotAllowedIn(Context::LimitedTimeOffer))),
        }
    }
}

fn carousel(parts: &DefinitionParts, faults: &mut Vec<Fault>) {
    let found = parts.cards.len();
    if found < *CARDS.start() {
        faults.push(Fault::new("cards", Problem::TooFew { min: *CARDS.start(), found }));
    }
    if found > *CARDS.end() {
        faults.push(Fault::new("cards", Problem::TooMany { max: *CARDS.end(), found }));
    }
    for (place, there) in [("header", parts.header.is_some()), ("footer", parts.footer.is_some()), ("buttons", !parts.buttons.is_empty())] {
        if there {
            faults.push(Fault::new(place, Problem::NotAllowedIn(Context::Carousel)));
        }
    }
    let build = |card: &Card| {
        let kinds: Vec<&str> = card.buttons.iter().map(Button::name).collect();
        (card.header.name(), card.body.is_some(), kinds)
    };
    let first = parts.cards.first().map(build);
    for (index, card) in parts.cards.iter().enumerate() {
        one(parts, card, index, faults);
        if Some(build(card)) != first {
            faults.push(Fault::new(format!("cards[{index}]"), Problem::CardDiffers));
        }
    }
}

fn one(parts: &DefinitionParts, card: &Card, index: usize, faults: &mut Vec<Fault>) {
    let place = format!("cards[{index}]");
    match &card.header {
        Header::Image { sample } | Header::Video { sample } => {
            if sample.is_none() {
                faults.push(Fault::new(format!("{place}.header"), Problem::SampleMissing));
            }
        }
        Header::Product => {}
        Header::Text { .. } | Header::Document { .. } | Header::Location => {
            faults.push(Fault::new(format!("{place}.header"), Problem::NotAllowedIn(Context::Carousel)));
        }
    }
    if let Some(body) = &card.body {
        let place = format!("{place}.body");
        text::measured(&place, &body.text, limit::CARD_BODY, faults);
        text::spaced(&place, &body.text, faults);
        text::variables(&place, &body.text, &body.examples, parts.format, faults);
    }
    let (count, at) = (card.buttons.len(), format!("{place}.buttons"));
    if count == 0 {
        faults.push(Fault::new(at.clone(), Problem::TooFew { min: 1, found: 0 }));
    }
    if count > CARD_BUTTONS_MAX {
        faults.push(Fault::new(at.clone(), Problem::TooMany { max: CARD_BUTTONS_MAX, found: count }));
    }
    for (index, button) in card.buttons.iter().enumerate() {
        match button {
            Button::QuickReply { .. } | Button::Url { .. } | Button::Phone { .. } => {}
            Button::SingleProduct { .. } if card.header == Header::Product => {}
            Button::CopyCode { .. }
            | Button::OneTimePassword { .. }
            | Button::Flow { .. }
            | Button::Catalog { .. }
            | Button::MultiProduct { .. }
            | Button::SingleProduct { .. }
            | Button::OrderDetails { .. }
            | Button::VoiceCall { .. }
            | Button::RequestContactInfo => faults.push(Fault::new(format!("{at}[{index}]"), Problem::NotAllowedIn(Context::Carousel))),
        }
    }
    buttons::all(&card.buttons, &at, faults);
}

fn call_permission(parts: &DefinitionParts, faults: &mut Vec<Fault>) {
    for (place, there) in [("buttons", !parts.buttons.is_empty()), ("cards", !parts.cards.is_empty()), ("offer", parts.offer.is_some())] {
        if there {
            faults.push(Fault::new(place, Problem::NotAllowedIn(Context::CallPermission)));
        }
    }
}
