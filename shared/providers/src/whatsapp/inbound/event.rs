//! What a webhook holds, in our words.

use domain::{messaging::event::EventBody, tenant::NumberId, time::Timestamp};

use super::{message::Received, status::Status};

/// One verified webhook, taken apart.
pub struct Webhook<'a> {
    /// Its parts, each of one number or account.
    pub parts: Vec<Part<'a>>,
}

/// What a webhook says of one number or account.
pub struct Part<'a> {
    /// The number if it names one, else the account.
    pub about: About,
    /// The account it was sent for.
    pub account: Option<NumberId>,
    /// Meta's name for what it is about.
    pub field: String,
    /// Whether it is told to the partner who runs this program, and is about no business.
    pub platform: bool,
    /// What it says.
    pub events: Vec<Event<'a>>,
    /// The value as it came.
    pub raw: &'a str,
}

/// What a part is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum About {
    /// A number (`phone_number_id`).
    Number(NumberId),
    /// A WhatsApp Business Account; `None` when its id does not read.
    Account(Option<NumberId>),
}

/// One thing a webhook says.
#[expect(clippy::large_enum_variant, reason = "most events are statuses, and a webhook holds few of the others")]
pub enum Event<'a> {
    /// A person wrote; the tenant is to be filled in by whoever knows the number.
    Message(Box<Received<'a>>),
    /// A message of ours got somewhere.
    Status(Status),
    /// Something about a number, an account or a person that is neither.
    News {
        /// What.
        body: Box<EventBody>,
        /// When, if it says so.
        at: Option<Timestamp>,
    },
    /// A status that is not about a message of ours, as it came.
    Other(&'a str),
    /// A message or status that does not read, as it came.
    Unreadable(&'a str),
}
