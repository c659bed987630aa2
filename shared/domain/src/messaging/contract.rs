//! The send contract: whether a message may go to a person now, why or why not, and what it costs.
//!
//! Everybody who sends asks here and nowhere else: when a message is composed, and again when it is sent, for between the two a window
//! may close and a person may say STOP.

mod allowance;
mod facts;
mod quiet;
mod reason;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use self::{
    allowance::{Addition, Allowance, Billing, BillingError, Month, Tally},
    facts::{Facts, Form, Kind, Limits, NumberFacts, Origin, Restriction, Room, WINDOW_MARGIN, Window},
    quiet::{QuietHours, QuietHoursError},
    reason::Reason,
};
use super::pricing::{Category, Charge, Cost, Country, Free, MicroRupees, price};
use crate::{consent::Permission, crm::Recipient, time::Timestamp};

/// What the contract says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// Whether it may go.
    #[serde(rename = "d")]
    pub decision: Decision,
    /// Why.
    #[serde(rename = "r")]
    pub reason: Reason,
    /// What it is charged as.
    #[serde(rename = "g")]
    pub category: Category,
    /// What it costs when it goes; nothing for what may not.
    #[serde(rename = "c")]
    pub cost: Cost,
}

/// Whether a message may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Decision {
    /// Now.
    #[serde(rename = "a")]
    Allow,
    /// Not in words of our own: an approved template may.
    #[serde(rename = "t")]
    TemplateOnly,
    /// Not before then.
    #[serde(rename = "w")]
    WaitUntil(Timestamp),
    /// Never like this.
    #[serde(rename = "d")]
    Deny,
}

impl Decision {
    /// Its stable name in the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::TemplateOnly => "template_only",
            Self::WaitUntil(_) => "wait",
            Self::Deny => "deny",
        }
    }
}

/// Decides.
#[must_use]
pub fn evaluate(facts: &Facts<'_>) -> Verdict {
    let category = category(facts);
    let (decision, reason) = match never(facts, category).or_else(|| not_freely(facts)) {
        Some(no) => no,
        None => match latest(&waits(facts, category)) {
            Some((until, reason)) => (Decision::WaitUntil(until), reason),
            None => (Decision::Allow, allowed_by(facts.kind)),
        },
    };
    let cost = match decision {
        Decision::Allow | Decision::WaitUntil(_) => cost(facts, category),
        Decision::TemplateOnly | Decision::Deny => Cost::Free(Free::NotSent),
    };
    Verdict { decision, reason, category, cost }
}

const fn allowed_by(kind: Kind) -> Reason {
    match kind {
        Kind::Free(_) => Reason::WindowOpen,
        Kind::Template { .. } => Reason::Template,
    }
}

/// What it is charged as.
fn category(facts: &Facts<'_>) -> Category {
    match facts.kind {
        Kind::Free(_) => Category::Service,
        Kind::Template { category: Category::Authentication, .. } if from_abroad(facts) => Category::AuthenticationInternational,
        Kind::Template { category, .. } => category,
    }
}

/// Whether the business is known to be of another country than the person, and that country has a price for it.
fn from_abroad(facts: &Facts<'_>) -> bool {
    let market = Country::of(facts.recipient);
    let differs = market.zip(facts.number.country).is_some_and(|(person, number)| person != number);
    differs && price(market, Charge::AuthenticationInternational, facts.now).is_some()
}

/// Reasons why it can never go like this, the weightiest first.
fn never(facts: &Facts<'_>, category: Category) -> Option<(Decision, Reason)> {
    let deny = |reason| Some((Decision::Deny, reason));
    if facts.number.stopped {
        return deny(Reason::NumberStopped);
    }
    if forbidden(facts).is_some_and(|restriction| restriction.until.is_none()) {
        return deny(Reason::NumberRestricted);
    }
    match facts.kind {
        Kind::Free(Form::Address | Form::Payment) if Country::of(facts.recipient) != Some(Country::INDIA) => deny(Reason::IndiaOnly),
        Kind::Free(_) => None,
        Kind::Template { usable: false, .. } => deny(Reason::TemplateUnusable),
        Kind::Template { intended, .. } => match category {
            Category::Marketing => no_marketing(facts, intended).and_then(deny),
            Category::Authentication | Category::AuthenticationInternational => match facts.recipient {
                Recipient::Phone(_) => None,
                Recipient::User(_) => deny(Reason::NeedsPhone),
            },
            Category::Service | Category::Utility => None,
        },
    }
}

fn no_marketing(facts: &Facts<'_>, intended: Category) -> Option<Reason> {
    match facts.consent {
        Permission::Refused => return Some(Reason::OptedOut),
        Permission::Unasked if intended != Category::Marketing => return Some(Reason::Recategorised),
        Permission::Unasked if facts.opt_in_needed => return Some(Reason::NotOptedIn),
        Permission::Unasked | Permission::Given => {}
    }
    if Country::of(facts.recipient) == Some(Country::UNITED_STATES) {
        return Some(Reason::NoMarketingThere);
    }
    facts.number.quality_low.then_some(Reason::QualityLow)
}

/// The restriction that stands in the way, if one does.
fn forbidden(facts: &Facts<'_>) -> Option<Restriction> {
    let restriction = facts.number.restriction?;
    let over = restriction.until.is_some_and(|until| until <= facts.now);
    let spared = begun_by_person(facts) && !restriction.answers_too;
    (!over && !spared).then_some(restriction)
}

/// Whether the person began it, as Meta sees it: the window is open.
fn begun_by_person(facts: &Facts<'_>) -> bool {
    facts.window.open(facts.now)
}

/// Outside the window only templates may go.
fn not_freely(facts: &Facts<'_>) -> Option<(Decision, Reason)> {
    match (facts.kind, facts.window.last_inbound_at) {
        (Kind::Template { .. }, _) => None,
        (Kind::Free(_), None) => Some((Decision::TemplateOnly, Reason::NeverWrote)),
        (Kind::Free(_), Some(_)) if facts.window.open(facts.now) => None,
        (Kind::Free(_), Some(_)) => Some((Decision::TemplateOnly, Reason::WindowClosed)),
    }
}

/// Everything it would have to wait for.
fn waits(facts: &Facts<'_>, category: Category) -> [(Option<Timestamp>, Reason); 6] {
    let marketing = category == Category::Marketing;
    let only = |room: Room, applies: bool| match room {
        Room::FullUntil(until) if applies => Some(until),
        Room::FullUntil(_) | Room::Free => None,
    };
    let quiet = facts.quiet_hours.filter(|_| disturbs(facts, category)).and_then(|hours| hours.end(facts.now));
    let until = [
        (forbidden(facts).and_then(|restriction| restriction.until), Reason::NumberRestricted),
        (facts.marketing_held_until.filter(|_| marketing), Reason::MarketingHeld),
        (quiet, Reason::QuietHours),
        (only(facts.limits.portfolio, !begun_by_person(facts)), Reason::PortfolioLimit),
        (only(facts.limits.pair, true), Reason::PairRate),
        (only(facts.limits.throughput, true), Reason::Throughput),
    ];
    until.map(|(until, reason)| (until.filter(|until| *until > facts.now), reason))
}

/// Whether it reaches somebody who does not wait for it: promotion always does, and what nobody wrote does outside the window. Codes
/// never do.
fn disturbs(facts: &Facts<'_>, category: Category) -> bool {
    match category {
        Category::Marketing => true,
        Category::Authentication | Category::AuthenticationInternational => false,
        Category::Service | Category::Utility => match facts.origin {
            Origin::Automatic => !begun_by_person(facts),
            Origin::Answer | Origin::Colleague => false,
        },
    }
}

/// The wait that ends last; of several that end together, the first.
fn latest(waits: &[(Option<Timestamp>, Reason)]) -> Option<(Timestamp, Reason)> {
    let known = waits.iter().filter_map(|(until, reason)| until.map(|until| (until, *reason)));
    known.reduce(|longest, next| if next.0 > longest.0 { next } else { longest })
}

/// What it costs.
fn cost(facts: &Facts<'_>, category: Category) -> Cost {
    let charge = match (facts.kind, category) {
        (Kind::Free(Form::Reaction), _) => return Cost::Free(Free::Reaction),
        (_, Category::Service) => Charge::Service,
        (_, Category::Utility) if begun_by_person(facts) => Charge::UtilityInWindow,
        (_, Category::Utility) => Charge::Utility,
        (_, Category::Marketing) => Charge::Marketing,
        (_, Category::Authentication) => Charge::Authentication,
        (_, Category::AuthenticationInternational) => Charge::AuthenticationInternational,
    };
    if facts.window.free(facts.now) {
        return Cost::Free(Free::EntryPoint);
    }
    let Some(price) = price(Country::of(facts.recipient), charge, facts.now) else {
        return Cost::Unknown;
    };
    match (charge, facts.allowance) {
        (_, _) if price == MicroRupees::default() => Cost::Free(Free::Priced),
        (Charge::Service, Allowance::About(0)) => Cost::Estimated(price),
        (Charge::Service, Allowance::About(_)) => Cost::Estimated(MicroRupees::default()),
        (Charge::Service, Allowance::Unknown) => Cost::AtMost(price),
        (_, _) => Cost::Exactly(price),
    }
}

/// What a template of this category would cost this person now: for the choice between templates, before one is chosen.
#[must_use]
pub fn template_cost(now: Timestamp, recipient: &Recipient, window: Window, category: Category, number: NumberFacts) -> Cost {
    let facts = Facts {
        now,
        kind: Kind::Template { category, intended: category, usable: true },
        origin: Origin::Colleague,
        recipient,
        window,
        consent: Permission::Given,
        opt_in_needed: false,
        marketing_held_until: None,
        number,
        limits: Limits::default(),
        quiet_hours: None,
        allowance: Allowance::Unknown,
    };
    cost(&facts, self::category(&facts))
}
