//! The rules a template must keep so that Meta takes it: lengths, counts, and what may stand beside what.

mod buttons;
mod kinds;
mod text;

pub(super) use self::text::{many_blanks as too_many_blanks, too_long};
use super::{
    category::Category,
    definition::{Body, DefinitionParts, Footer, Header},
    fault::{Context, Fault, Problem},
};

/// How long things may be, in characters as people see them.
pub(super) mod limit {
    /// A header of text.
    pub const HEADER: usize = 60;
    /// A body.
    pub const BODY: usize = 1_024;
    /// A body, once filled, that nothing stands beside.
    pub const BODY_ALONE: usize = 32_768;
    /// The body of a limited-time offer.
    pub const OFFER_BODY: usize = 600;
    /// The body of a card.
    pub const CARD_BODY: usize = 160;
    /// A footer.
    pub const FOOTER: usize = 60;
    /// What stands on a button.
    pub const LABEL: usize = 25;
    /// An address.
    pub const URL: usize = 2_000;
    /// An offer code.
    pub const COUPON: usize = 20;
    /// A code to prove who somebody is.
    pub const CODE: usize = 15;
    /// The heading of a limited-time offer.
    pub const OFFER: usize = 16;
}

/// Everything that is wrong with these parts.
pub(super) fn all(parts: &DefinitionParts) -> Vec<Fault> {
    let mut faults = Vec::new();
    category(parts, &mut faults);
    header(parts, &mut faults);
    body(parts, &mut faults);
    footer(parts, &mut faults);
    buttons::all(&parts.buttons, "buttons", &mut faults);
    kinds::all(parts, &mut faults);
    time_to_live(parts, &mut faults);
    for part in &parts.unknown {
        faults.push(Fault::new("template", Problem::Unknown(part.as_str().to_owned())));
    }
    faults
}

fn category(parts: &DefinitionParts, faults: &mut Vec<Fault>) {
    if let Category::Unknown(_) = parts.category {
        faults.push(Fault::new("category", Problem::WrongCategory("choose marketing, utility or authentication")));
    }
    let order_status = parts.sub_category.as_ref().is_some_and(|word| word.as_str() == "ORDER_STATUS");
    if order_status && parts.category != Category::Utility {
        faults.push(Fault::new("category", Problem::WrongCategory("an order's status is utility")));
    }
}

fn header(parts: &DefinitionParts, faults: &mut Vec<Fault>) {
    match &parts.header {
        Some(Header::Text { text, examples }) => {
            text::measured("header", text, limit::HEADER, faults);
            text::one_line("header", text, faults);
            text::header_variables(text, examples, parts.format, faults);
        }
        Some(Header::Image { sample } | Header::Video { sample } | Header::Document { sample }) => {
            if sample.is_none() {
                faults.push(Fault::new("header", Problem::SampleMissing));
            }
        }
        Some(Header::Location | Header::Product) | None => {}
    }
}

fn body(parts: &DefinitionParts, faults: &mut Vec<Fault>) {
    match &parts.body {
        Some(Body::Text { text, examples }) => {
            let max = if parts.offer.is_some() { limit::OFFER_BODY } else { limit::BODY };
            text::measured("body", text, max, faults);
            text::spaced("body", text, faults);
            text::variables("body", text, examples, parts.format, faults);
            if parts.category == Category::Authentication {
                faults.push(Fault::new("body", Problem::NotAllowedIn(Context::Authentication)));
            }
        }
        Some(Body::Authentication { .. }) => {
            if parts.category != Category::Authentication {
                faults.push(Fault::new("body", Problem::OnlyIn(Context::Authentication)));
            }
        }
        None => faults.push(Fault::new("body", Problem::Missing)),
    }
}

fn footer(parts: &DefinitionParts, faults: &mut Vec<Fault>) {
    match &parts.footer {
        Some(Footer::Text { text }) => {
            text::measured("footer", text, limit::FOOTER, faults);
            text::one_line("footer", text, faults);
            text::without_variables("footer", text, faults);
        }
        Some(Footer::Expiry { minutes }) => {
            if !(1..=90).contains(minutes) {
                faults.push(Fault::new("footer", Problem::OutOfRange { min: 1, max: 90 }));
            }
            if parts.category != Category::Authentication {
                faults.push(Fault::new("footer", Problem::OnlyIn(Context::Authentication)));
            }
        }
        None => {}
    }
}

/// How long Meta may try to deliver it depends on the category; −1 stands for thirty days.
fn time_to_live(parts: &DefinitionParts, faults: &mut Vec<Fault>) {
    let Some(seconds) = parts.ttl_seconds else { return };
    let (min, max) = match parts.category {
        Category::Authentication => (30, 900),
        Category::Utility => (30, 43_200),
        Category::Marketing | Category::Unknown(_) => (43_200, 2_592_000),
    };
    if seconds != -1 && !(min..=max).contains(&seconds) {
        faults.push(Fault::new("ttl_seconds", Problem::OutOfRange { min: i64::from(min), max: i64::from(max) }));
    }
}

#[cfg(test)]
mod tests;
