//! The send contract: whether a message may go to a person now, why or why not, and what it costs.
//!
//! Everybody who sends asks here and nowhere else: when a message is composed, and again when it is sent, for between the two a window
//! may close and a person may say STOP.

mod quiet;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use self::quiet::{QuietHours, QuietHoursError};
use super::{
    conversation::SERVICE_WINDOW,
    pricing::{Category, Charge, Cost, Country, Free, MicroRupees, price},
};
use crate::{
    consent::Permission,
    crm::Recipient,
    time::{SignedDuration, Timestamp},
};

/// How long before Meta closes the service window we stop relying on it: what is sent in its last moments arrives too late.
pub const WINDOW_MARGIN: SignedDuration = SignedDuration::from_secs(60);
/// How many service messages a month a number may send without charge.
pub const FREE_SERVICE_MESSAGES: u32 = 1_000;

/// What is to be sent, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A message of our own words.
    Free(Form),
    /// An approved template.
    Template {
        /// What Meta sorts it under today: the authority.
        category: Category,
        /// What the business made it for. Where Meta has moved it to marketing, only people who have said yes to marketing get it.
        intended: Category,
        /// Whether Meta lets it be sent: approved, neither paused nor disabled.
        usable: bool,
    },
}

/// The forms of a free message that have rules of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// Any other.
    Plain,
    /// An emoji on a message: not charged.
    Reaction,
    /// Asks for an address: India only.
    Address,
    /// Asks for a payment: India only.
    Payment,
}

/// Who wants it sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// It answers what the person wrote, or is what the person asked to be told.
    Answer,
    /// A colleague writes.
    Colleague,
    /// Nobody: a campaign, a reminder, a digest.
    Automatic,
}

/// When the person last wrote to this number, which opens the service window, and until when messages are free because the person came
/// by an advertisement. The window belongs to number and person, and runs by Meta's time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// When the person last wrote, by Meta's clock; `None` for never.
    pub last_inbound_at: Option<Timestamp>,
    /// The end of the free entry point. It makes messages free; it does not allow any.
    pub free_until: Option<Timestamp>,
}

impl Window {
    /// When Meta closes the window.
    #[must_use]
    pub fn closes_at(self) -> Option<Timestamp> {
        self.last_inbound_at?.checked_add(SERVICE_WINDOW).ok()
    }

    /// Whether a free message sent now will still be let through.
    #[must_use]
    pub fn open(self, now: Timestamp) -> bool {
        let relied_on = self.closes_at().and_then(|closes| closes.checked_sub(WINDOW_MARGIN).ok());
        relied_on.is_some_and(|until| now < until)
    }

    fn free(self, now: Timestamp) -> bool {
        self.free_until.is_some_and(|until| now < until)
    }
}

/// Whether a limit has room for one more message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Room {
    /// It has, or nobody has asked yet.
    #[default]
    Free,
    /// It will have then.
    FullUntil(Timestamp),
}

/// The three limits of Meta that make a message wait.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// Messages a second of the number, in both directions.
    pub throughput: Room,
    /// Messages from this number to this person.
    pub pair: Room,
    /// People a business may write to first within 24 hours, over all its numbers. Those whose window is open do not count.
    pub portfolio: Room,
}

/// What Meta forbids a number, for a time or until somebody mends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Restriction {
    /// Whether answers are forbidden too, and not only what the business begins.
    pub answers_too: bool,
    /// When it ends, if Meta said so.
    pub until: Option<Timestamp>,
}

/// The number it would go out from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NumberFacts {
    /// Whether it has been stopped: by its owner, or because its token is refused.
    pub stopped: bool,
    /// What Meta forbids it.
    pub restriction: Option<Restriction>,
    /// Whether Meta rates its quality low (red). Marketing would make that worse, so there is none.
    pub quality_low: bool,
    /// The country of its phone.
    pub country: Option<Country>,
}

/// How many of the month's free service messages the number has left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Allowance {
    /// Nobody counts them; so the cost is "at most".
    #[default]
    Unknown,
    /// This many.
    Left(u32),
}

/// Everything the contract looks at.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// Now.
    pub now: Timestamp,
    /// What is to be sent.
    pub kind: Kind,
    /// Who wants it sent.
    pub origin: Origin,
    /// Where it goes.
    pub recipient: &'a Recipient,
    /// The service window.
    pub window: Window,
    /// What the person has said about marketing.
    pub consent: Permission,
    /// Whether this business sends marketing only to people who said yes, and not also to those who never said no.
    pub opt_in_needed: bool,
    /// Until when WhatsApp holds marketing to this person back (131049).
    pub marketing_held_until: Option<Timestamp>,
    /// The number.
    pub number: NumberFacts,
    /// The limits.
    pub limits: Limits,
    /// When the business leaves people in peace.
    pub quiet_hours: Option<QuietHours>,
    /// What is left of the month's free messages.
    pub allowance: Allowance,
}

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

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)+) => {
        /// Why the contract decides as it does.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Reason {
            $($(#[$doc])* #[serde(rename = $code)] $name,)+
        }

        impl Reason {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Its stable name: in the API, in metrics, and as the key of its sentences.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)+
                }
            }
        }
    };
}

reasons! {
    /// Allowed: the person wrote within the last 24 hours.
    WindowOpen = "window_open";
    /// Allowed: an approved template needs no window.
    Template = "template";
    /// Template only: the person last wrote too long ago.
    WindowClosed = "window_closed";
    /// Template only: the person never wrote to this number.
    NeverWrote = "never_wrote";
    /// Wait: the business leaves people in peace at this hour.
    QuietHours = "quiet_hours";
    /// Wait: the number has used up its messages a second.
    Throughput = "throughput";
    /// Wait: too much went to this person at once.
    PairRate = "pair_rate";
    /// Wait: the business has begun as many conversations as it may in 24 hours.
    PortfolioLimit = "portfolio_limit";
    /// Wait: WhatsApp holds marketing to this person back for a day.
    MarketingHeld = "marketing_held";
    /// Wait or denied: Meta has restricted the number or its account.
    NumberRestricted = "number_restricted";
    /// Denied: the number has been stopped.
    NumberStopped = "number_stopped";
    /// Denied: Meta rates the number's quality low, and marketing would make it worse.
    QualityLow = "quality_low";
    /// Denied: the person has refused marketing.
    OptedOut = "opted_out";
    /// Denied: the business asks for a yes before marketing, and the person has given none.
    NotOptedIn = "not_opted_in";
    /// Denied: Meta made marketing of this template, and the person has not said yes to marketing.
    Recategorised = "recategorised";
    /// Denied: the template is not approved, or is paused or disabled.
    TemplateUnusable = "template_unusable";
    /// Denied: a code for logging in needs a phone, and this person has shown none (131062).
    NeedsPhone = "needs_phone";
    /// Denied: WhatsApp offers this kind of message in India alone.
    IndiaOnly = "india_only";
    /// Denied: WhatsApp delivers no marketing to numbers that begin with +1.
    NoMarketingThere = "no_marketing_there";
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
        return match (charge, facts.allowance) {
            (Charge::Service, Allowance::Left(1..)) => Cost::Free(Free::Allowance),
            (_, _) => Cost::Unknown,
        };
    };
    match (charge, facts.allowance) {
        (_, _) if price == MicroRupees::default() => Cost::Free(Free::Priced),
        (Charge::Service, Allowance::Left(1..)) => Cost::Free(Free::Allowance),
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
