//! What the send contract looks at.

use super::{allowance::Allowance, quiet::QuietHours};
use crate::{
    consent::Permission,
    crm::Recipient,
    messaging::{
        conversation::SERVICE_WINDOW,
        pricing::{Category, Country},
    },
    time::{SignedDuration, Timestamp},
};

/// How long before Meta closes the service window we stop relying on it: what is sent in its last moments arrives too late.
pub const WINDOW_MARGIN: SignedDuration = SignedDuration::from_secs(60);

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

    pub(super) fn free(self, now: Timestamp) -> bool {
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
