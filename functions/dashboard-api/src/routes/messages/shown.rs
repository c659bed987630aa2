//! A message as the API shows it.

use serde::Serialize;
use shared::domain::{
    messaging::{
        key::MessageKey,
        message::{self, Content},
        status::{self, State},
    },
    time::Timestamp,
};
use utoipa::ToSchema;

use super::sent::{MessageOption, Sent};
use crate::{
    routes::{
        contract::Contract,
        conversations::{Direction, MessageKind},
    },
    time::milliseconds,
};

/// Under which name the business's own program writes.
const BOT: &str = "Tarun";
/// Under which name somebody writes in the WhatsApp app on the phone of the business.
const PHONE: &str = "WhatsApp app";

/// One message of a thread.
#[derive(Serialize, ToSchema)]
pub struct Message {
    /// Its place in the thread: keys sort as text in the order to be shown.
    #[schema(value_type = String)]
    key: MessageKey,
    direction: Direction,
    /// When it was written.
    at: Timestamp,
    /// Its number among the messages that came in; `null` for what was sent.
    #[schema(required)]
    lane: Option<u64>,
    kind: MessageKind,
    /// What to show of it, in words even when it is not text.
    text: String,
    /// The buttons or rows of an interactive message.
    options: Vec<MessageOption>,
    /// What a sent message is made of beside its words and choices.
    #[schema(required)]
    sent: Option<Sent>,
    author: Author,
    state: MessageState,
    stages: Stages,
    /// Why it failed, and what to do.
    #[schema(required)]
    failure: Option<Failure>,
    /// Whether it may have arrived twice, because nobody could tell whether the first attempt arrived.
    possibly_twice: bool,
    /// What the send contract said of it; `null` for what came in.
    #[schema(required)]
    contract: Option<Contract>,
}

/// Who wrote a message.
#[derive(Serialize, ToSchema)]
struct Author {
    kind: AuthorKind,
    name: String,
}

/// What the author is.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum AuthorKind {
    Contact,
    Bot,
    Agent,
    /// Whoever holds the phone of the business.
    Phone,
}

/// How far a message got.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum MessageState {
    Received,
    Queued,
    Sending,
    Accepted,
    Sent,
    Delivered,
    Read,
    Failed,
}

/// When a sent message reached each stage; `null` when it did not, or not yet.
#[derive(Serialize, ToSchema)]
#[expect(clippy::struct_field_names, reason = "these are the names of the API")]
struct Stages {
    #[schema(required)]
    queued_at: Option<Timestamp>,
    #[schema(required)]
    accepted_at: Option<Timestamp>,
    #[schema(required)]
    sent_at: Option<Timestamp>,
    #[schema(required)]
    delivered_at: Option<Timestamp>,
    /// Seen or, for a recording, heard.
    #[schema(required)]
    read_at: Option<Timestamp>,
    #[schema(required)]
    failed_at: Option<Timestamp>,
}

/// Why a message was not delivered.
#[derive(Serialize, ToSchema)]
struct Failure {
    /// WhatsApp's code; `0` when the failure is not WhatsApp's.
    code: String,
    /// WhatsApp's words.
    title: String,
    /// What to do about it.
    advice: &'static str,
}

impl Message {
    /// A message of a thread with the person of this name.
    pub fn of(message: &message::Message, contact_name: &str) -> Self {
        let (kind, text, options) = match &message.content {
            Content::Inbound(content) | Content::Phone(content) => (content.kind(), content.words().unwrap_or_default(), Vec::new()),
            Content::Outbound(content) => (content.kind().name(), content.words().unwrap_or_default(), MessageOption::of(content)),
        };
        Self {
            key: message.key,
            direction: message.direction().into(),
            // The key of a reply has the time of what it answers; when it was put on the books is nearer the truth.
            at: milliseconds(message.stages.queued.unwrap_or_else(|| message.key.at())),
            lane: message.lane,
            kind: MessageKind::named(kind),
            text,
            options,
            sent: match &message.content {
                Content::Outbound(content) => Sent::of(content),
                Content::Inbound(_) | Content::Phone(_) => None,
            },
            author: author(&message.author, contact_name),
            state: message.state().into(),
            stages: (&message.stages).into(),
            failure: message.failure.as_ref().map(Failure::from),
            possibly_twice: message.possibly_twice,
            contract: message.contract.map(Contract::from),
        }
    }
}

fn author(author: &message::Author, contact_name: &str) -> Author {
    match author {
        message::Author::Contact => Author { kind: AuthorKind::Contact, name: contact_name.to_owned() },
        message::Author::Bot => Author { kind: AuthorKind::Bot, name: BOT.to_owned() },
        message::Author::Phone => Author { kind: AuthorKind::Phone, name: PHONE.to_owned() },
        message::Author::User(_, name) => Author { kind: AuthorKind::Agent, name: name.to_string() },
    }
}

impl From<State> for MessageState {
    fn from(state: State) -> Self {
        match state {
            State::Received => Self::Received,
            State::Queued => Self::Queued,
            State::Sending => Self::Sending,
            State::Accepted => Self::Accepted,
            State::Sent => Self::Sent,
            State::Delivered => Self::Delivered,
            State::Read => Self::Read,
            State::Failed => Self::Failed,
        }
    }
}

impl From<&status::Stages> for Stages {
    fn from(stages: &status::Stages) -> Self {
        Self {
            queued_at: stages.queued.map(milliseconds),
            accepted_at: stages.accepted,
            sent_at: stages.sent,
            delivered_at: stages.delivered,
            read_at: stages.read.or(stages.played),
            failed_at: stages.failed,
        }
    }
}

impl From<&status::Failure> for Failure {
    fn from(failure: &status::Failure) -> Self {
        Self { code: failure.code.to_string(), title: failure.title.to_string(), advice: failure.advice() }
    }
}

#[cfg(test)]
mod tests;
