//! Whether what fills a template fits it: asked when a message is composed and again when it is sent, so that Meta never has to
//! refuse it for its shape (132000, 132005, 132012).

use super::{
    category::Category,
    check::{limit, too_long, too_many_blanks},
    definition::{Body, Button, DefinitionParts, Header, TemplateDefinition},
    fault::{Fault, Faults, Problem},
    message::{ButtonValue, FilledButton, Filling, HeaderValue, Value, ValueKind},
    placeholder::{fill, variables},
};

/// How many products a message may offer, and in how many sections.
const PRODUCTS_MAX: usize = 30;
/// See [`PRODUCTS_MAX`].
const SECTIONS_MAX: usize = 10;
/// How long a call button may work, in minutes.
const CALL_MINUTES: std::ops::RangeInclusive<u32> = 1..=43_200;

/// Checks a filling against its template.
///
/// # Errors
/// Everything that does not fit.
pub fn preflight(definition: &TemplateDefinition, filling: &Filling) -> Result<(), Faults> {
    let parts = definition.parts();
    let mut faults = Vec::new();
    if filling.name != parts.name || filling.language != parts.language {
        faults.push(Fault::new("template", Problem::Unfit("another template")));
    }
    for part in &parts.unknown {
        faults.push(Fault::new("template", Problem::Unknown(part.as_str().to_owned())));
    }
    header(parts.header.as_ref(), filling.header.as_ref(), "header", &mut faults);
    body(parts, filling, &mut faults);
    buttons(&parts.buttons, &filling.buttons, "buttons", &mut faults);
    offer(parts, filling, &mut faults);
    cards(parts, filling, &mut faults);
    order_status(parts, filling, &mut faults);
    if faults.is_empty() { Ok(()) } else { Err(Faults(faults)) }
}

/// The variable of a code's text, whose words are Meta's own.
pub(super) const CODE: &str = "1";

fn header(wanted: Option<&Header>, given: Option<&HeaderValue>, place: &str, faults: &mut Vec<Fault>) {
    let Some(wanted) = wanted else {
        if given.is_some() {
            faults.push(Fault::new(place, Problem::Unfit("nothing")));
        }
        return;
    };
    match (wanted, given) {
        (Header::Text { text, .. }, None) => values(text, &[], limit::HEADER, place, faults),
        (Header::Text { text, .. }, Some(HeaderValue::Text(value))) => {
            values(text, std::slice::from_ref(value), limit::HEADER, place, faults);
        }
        (Header::Image { .. }, Some(HeaderValue::Image(_)))
        | (Header::Video { .. }, Some(HeaderValue::Video(_)))
        | (Header::Document { .. }, Some(HeaderValue::Document { .. }))
        | (Header::Location, Some(HeaderValue::Location(_)))
        | (Header::Product, Some(HeaderValue::Product { .. })) => {}
        (_, None) => faults.push(Fault::new(place, Problem::Missing)),
        (wanted, Some(_)) => faults.push(Fault::new(place, Problem::Unfit(wanted.name()))),
    }
}

fn body(parts: &DefinitionParts, filling: &Filling, faults: &mut Vec<Fault>) {
    match &parts.body {
        Some(Body::Text { text, .. }) => values(text, &filling.body, body_limit(parts), "body", faults),
        Some(Body::Authentication { .. }) => {
            values("{{1}}", &filling.body, limit::CODE, "body", faults);
        }
        None => values("", &filling.body, limit::BODY, "body", faults),
    }
}

/// How long a text may be once it is filled: longer when nothing stands beside it.
fn body_limit(parts: &DefinitionParts) -> usize {
    if parts.offer.is_some() {
        return limit::OFFER_BODY;
    }
    let alone = parts.header.is_none() && parts.footer.is_none() && parts.buttons.is_empty() && parts.cards.is_empty();
    if alone { limit::BODY_ALONE } else { limit::BODY }
}

/// Checks the values of a text's variables, and the text once they stand in it.
fn values(text: &str, given: &[Value], max: usize, place: &str, faults: &mut Vec<Fault>) {
    let wanted = variables(text);
    for variable in &wanted {
        if !given.iter().any(|value| value.variable == *variable) {
            faults.push(Fault::new(place, Problem::ParameterMissing { variable: (*variable).to_owned() }));
        }
    }
    for (index, value) in given.iter().enumerate() {
        let variable = value.variable.clone();
        let twice = given[..index].iter().any(|earlier| earlier.variable == variable);
        if twice || !wanted.contains(&variable.as_str()) {
            faults.push(Fault::new(place, Problem::ParameterUnexpected { variable }));
            continue;
        }
        let shown = value.words.shown();
        if shown.contains(['\n', '\r', '\t']) || too_many_blanks(shown) {
            faults.push(Fault::new(format!("{place}[{variable}]"), Problem::ParameterSpacing));
        }
        currency(value, place, faults);
    }
    let filled = fill(text, |name| given.iter().find(|value| value.variable == name).map(|value| value.words.shown()));
    if let Some(problem) = too_long(&filled, max) {
        faults.push(Fault::new(place, problem));
    }
}

fn currency(value: &Value, place: &str, faults: &mut Vec<Fault>) {
    if let ValueKind::Currency { code, .. } = &value.words
        && (code.as_str().len() != 3 || !code.as_str().bytes().all(|byte| byte.is_ascii_uppercase()))
    {
        let shape = "must be the three letters of a currency, like INR";
        faults.push(Fault::new(format!("{place}[{}]", value.variable), Problem::Shape(shape)));
    }
}

fn buttons(wanted: &[Button], given: &[FilledButton], place: &str, faults: &mut Vec<Fault>) {
    for (index, filled) in given.iter().enumerate() {
        let at = usize::from(filled.index);
        if at >= wanted.len() || given[..index].iter().any(|earlier| earlier.index == filled.index) {
            faults.push(Fault::new(format!("{place}[{at}]"), Problem::Unfit("nothing")));
        }
    }
    for (index, button) in wanted.iter().enumerate() {
        let value = given.iter().find(|filled| usize::from(filled.index) == index).map(|filled| &filled.value);
        one(button, value, &format!("{place}[{index}]"), faults);
    }
}

fn one(wanted: &Button, given: Option<&ButtonValue>, place: &str, faults: &mut Vec<Fault>) {
    match (wanted, given) {
        (Button::Url { url, .. }, given) => address(url, given, place, faults),
        (Button::CopyCode { .. } | Button::MultiProduct { .. } | Button::OrderDetails { .. }, None) => {
            faults.push(Fault::new(place, Problem::Missing));
        }
        (Button::MultiProduct { .. }, Some(ButtonValue::Products { sections, .. })) => {
            let found: usize = sections.iter().map(|section| section.products.len()).sum();
            if found > PRODUCTS_MAX {
                faults.push(Fault::new(place, Problem::TooMany { max: PRODUCTS_MAX, found }));
            }
            if found == 0 || sections.iter().any(|section| section.products.is_empty()) {
                faults.push(Fault::new(place, Problem::TooFew { min: 1, found: 0 }));
            }
            if sections.len() > SECTIONS_MAX {
                faults.push(Fault::new(place, Problem::TooMany { max: SECTIONS_MAX, found: sections.len() }));
            }
        }
        (Button::VoiceCall { .. }, Some(ButtonValue::Call { ttl_minutes: Some(minutes), .. })) if !CALL_MINUTES.contains(minutes) => {
            let (min, max) = (i64::from(*CALL_MINUTES.start()), i64::from(*CALL_MINUTES.end()));
            faults.push(Fault::new(place, Problem::OutOfRange { min, max }));
        }
        (_, None)
        | (Button::QuickReply { .. }, Some(ButtonValue::Payload(_)))
        | (Button::CopyCode { .. }, Some(ButtonValue::Coupon(_)))
        | (Button::Flow { .. }, Some(ButtonValue::Flow { .. }))
        | (Button::Catalog { .. }, Some(ButtonValue::Catalog(_)))
        | (Button::OrderDetails { .. }, Some(ButtonValue::Order(_)))
        | (Button::VoiceCall { .. }, Some(ButtonValue::Call { .. })) => {}
        (wanted, Some(_)) => faults.push(Fault::new(place, Problem::Unfit(wanted.name()))),
    }
}

fn address(url: &str, given: Option<&ButtonValue>, place: &str, faults: &mut Vec<Fault>) {
    let dynamic = !variables(url).is_empty();
    match given {
        Some(ButtonValue::UrlSuffix(suffix)) if dynamic => {
            let suffix = suffix.as_str();
            if suffix.contains(char::is_whitespace) {
                faults.push(Fault::new(place, Problem::Shape("must be the end of an address, without blanks")));
            }
            if let Some(problem) = too_long(&fill(url, |_| Some(suffix)), limit::URL) {
                faults.push(Fault::new(place, problem));
            }
        }
        Some(_) => faults.push(Fault::new(place, Problem::Unfit(if dynamic { "the end of its address" } else { "nothing" }))),
        None if dynamic => faults.push(Fault::new(place, Problem::Missing)),
        None => {}
    }
}

fn offer(parts: &DefinitionParts, filling: &Filling, faults: &mut Vec<Fault>) {
    let runs_down = parts.offer.as_ref().is_some_and(|offer| offer.has_expiration);
    match (runs_down, filling.offer_ends_at) {
        (true, None) => faults.push(Fault::new("offer_ends_at", Problem::Missing)),
        (false, Some(_)) => faults.push(Fault::new("offer_ends_at", Problem::Unfit("nothing"))),
        (true, Some(_)) | (false, None) => {}
    }
}

fn cards(parts: &DefinitionParts, filling: &Filling, faults: &mut Vec<Fault>) {
    let (wanted, found) = (parts.cards.len(), filling.cards.len());
    if found < wanted {
        faults.push(Fault::new("cards", Problem::TooFew { min: wanted, found }));
    }
    if found > wanted {
        faults.push(Fault::new("cards", Problem::TooMany { max: wanted, found }));
    }
    for (index, (card, given)) in parts.cards.iter().zip(&filling.cards).enumerate() {
        let place = format!("cards[{index}]");
        header(Some(&card.header), Some(&given.header), &format!("{place}.header"), faults);
        let text = card.body.as_ref().map_or("", |body| body.text.as_str());
        values(text, &given.body, limit::CARD_BODY, &format!("{place}.body"), faults);
        buttons(&card.buttons, &given.buttons, &format!("{place}.buttons"), faults);
    }
}

fn order_status(parts: &DefinitionParts, filling: &Filling, faults: &mut Vec<Fault>) {
    let about_an_order = parts.sub_category.as_ref().is_some_and(|word| word.as_str() == "ORDER_STATUS");
    match (about_an_order && parts.category == Category::Utility, &filling.order_status) {
        (true, None) => faults.push(Fault::new("order_status", Problem::Missing)),
        (false, Some(_)) => faults.push(Fault::new("order_status", Problem::Unfit("nothing"))),
        (true, Some(_)) | (false, None) => {}
    }
}

#[cfg(test)]
mod tests;
