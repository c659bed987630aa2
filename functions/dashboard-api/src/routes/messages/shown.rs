//! A message as the API shows it.

use serde::Serialize;
use shared::domain::{
    locale::Locale,
    messaging::{
        content::OutboundContent,
        failure,
        inbound::InboundContent,
        key::MessageKey,
        message::{self, Content},
        status::{self, State},
    },
    text::Text,
    time::Timestamp,
};
use utoipa::ToSchema;

use super::{
    details::{Circumstances, Details},
    sent::{MessageOption, Sent},
};
use crate::{
    routes::{
        contract::Contract,
        conversations::{Direction, MessageKind},
        media::MediaFile,
    },
    time::milliseconds,
};

/// How much of a message that is answered is shown, in characters.
const QUOTED_MAX: usize = 200;
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
    /// What it is made of beside its words.
    #[schema(required)]
    details: Option<Details>,
    circumstances: Circumstances,
    /// The message it answers.
    #[schema(required)]
    quoted: Option<Quoted>,
    /// What its sender wrote under a file.
    #[schema(required)]
    caption: Option<String>,
    /// The buttons or rows of an interactive message.
    options: Vec<MessageOption>,
    /// What a sent message is made of beside its words and choices.
    #[schema(required)]
    sent: Option<Sent>,
    /// The files in it, in the order of the message.
    media: Vec<MediaFile>,
    author: Author,
    state: MessageState,
    stages: Stages,
    /// What it waits for, while it waits.
    #[schema(required)]
    waits: Option<Waits>,
    /// What it is charged as, as far as WhatsApp has told.
    #[schema(required)]
    pricing: Option<Pricing>,
    /// Why it failed, and what to do.
    #[schema(required)]
    failure: Option<Failure>,
    /// Whether it may have arrived twice, because nobody could tell whether the first attempt arrived.
    possibly_twice: bool,
    /// What the send contract said of it; `null` for what came in.
    #[schema(required)]
    contract: Option<Contract>,
}

/// A message that another one answers; `null`s when it is too long ago to be found.
#[derive(Serialize, ToSchema)]
struct Quoted {
    #[schema(required)]
    key: Option<String>,
    #[schema(required)]
    direction: Option<Direction>,
    #[schema(required)]
    kind: Option<MessageKind>,
    /// The beginning of its words.
    text: String,
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
    Waiting,
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

/// What a message waits for.
#[derive(Serialize, ToSchema)]
struct Waits {
    /// Until when; `null` until a person does something.
    #[schema(required)]
    until: Option<Timestamp>,
    /// For what: `turn`, `throughput`, `provider`, `number`, `outcome`, or a reason of the send contract.
    why: String,
}

/// How a message is charged, in WhatsApp's words.
#[derive(Serialize, ToSchema)]
struct Pricing {
    #[schema(required)]
    category: Option<String>,
    #[schema(required)]
    kind: Option<String>,
    /// Whether it costs something.
    billable: bool,
}

/// Why a message was not delivered.
#[derive(Serialize, ToSchema)]
struct Failure {
    /// WhatsApp's code; negative when the failure is not WhatsApp's.
    code: String,
    /// WhatsApp's words.
    title: String,
    /// WhatsApp's words about this very message.
    #[schema(required)]
    details: Option<String>,
    /// What to do about it, in the language of the request.
    advice: &'static str,
    /// Whether sending the same once more may help.
    send_again: bool,
}

impl Message {
    /// The same with the files in it.
    pub fn with_media(self, media: Vec<MediaFile>) -> Self {
        Self { media, ..self }
    }

    /// A message of a thread with the person of this name, for a colleague who reads this language.
    pub fn of(message: &message::Message, contact_name: &str, locale: Locale) -> Self {
        let (kind, text, options, details, words_before) = match &message.content {
            // What was deleted shows nothing but what it said, to whoever asks.
            Content::Inbound(first) | Content::Phone(first) if message.marks.revoked_at.is_some() => {
                (first.kind(), String::new(), Vec::new(), None, first.words())
            }
            Content::Inbound(first) | Content::Phone(first) => {
                // A message that was changed is what it was changed into.
                let now = message.marks.edited.as_ref().map_or(first, |edited| &edited.content);
                let before = first.words().filter(|_| message.marks.edited.is_some());
                (first.kind(), now.words().unwrap_or_default(), Vec::new(), Details::of(now), before)
            }
            Content::Outbound(content) => {
                (content.kind().name(), content.words().unwrap_or_default(), MessageOption::of(content), None, None)
            }
        };
        Self {
            key: message.key,
            direction: message.direction().into(),
            // The key of a reply has the time of what it answers; when it was put on the books is nearer the truth.
            at: milliseconds(message.stages.queued.unwrap_or_else(|| message.key.at())),
            lane: message.lane,
            kind: MessageKind::named(kind),
            text,
            details,
            circumstances: Circumstances::of(&message.marks, words_before),
            quoted: None,
            caption: caption(&message.content),
            options,
            sent: match &message.content {
                Content::Outbound(content) => Sent::of(content),
                Content::Inbound(_) | Content::Phone(_) => None,
            },
            media: Vec::new(),
            author: author(&message.author, contact_name),
            state: message.state().into(),
            stages: (&message.stages).into(),
            waits: message.marks.report.waits.as_ref().filter(|_| message.state() == State::Waiting).map(Waits::from),
            pricing: message.marks.report.pricing.as_ref().map(Pricing::from),
            failure: message.failure.as_ref().map(|failure| Failure::of(failure, locale)),
            possibly_twice: message.possibly_twice,
            contract: message.contract.map(Contract::from),
        }
    }
}

impl Message {
    /// The same with the message it answers, as far as that is here.
    #[must_use]
    pub fn quoting(self, message: &message::Message, found: Option<&message::Message>, locale: Locale) -> Self {
        let quoted = message.marks.quoted.as_ref().map(|quoted| {
            let shown = found.map(|found| Self::of(found, "", locale));
            Quoted {
                key: found.map(|found| found.key).or(quoted.key).map(|key| key.to_string()),
                direction: found.map(|found| found.direction().into()),
                kind: shown.as_ref().map(|shown| shown.kind),
                text: shown.map_or_else(String::new, |shown| shown.text.chars().take(QUOTED_MAX).collect()),
            }
        });
        Self { quoted, ..self }
    }
}

/// The words under a file, when the message is one.
fn caption(content: &Content) -> Option<String> {
    match content {
        Content::Inbound(InboundContent::Media { caption, .. }) | Content::Phone(InboundContent::Media { caption, .. }) => {
            caption.as_ref().map(ToString::to_string)
        }
        Content::Outbound(OutboundContent::Media(media)) => media.caption().map(ToOwned::to_owned),
        Content::Inbound(_) | Content::Phone(_) | Content::Outbound(_) => None,
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
            State::Waiting => Self::Waiting,
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

impl From<&status::Waiting> for Waits {
    fn from(waits: &status::Waiting) -> Self {
        Self { until: waits.until, why: waits.why.to_string() }
    }
}

impl From<&status::Pricing> for Pricing {
    fn from(pricing: &status::Pricing) -> Self {
        let word = |word: &Option<Text<32>>| word.as_ref().map(ToString::to_string);
        Self { category: word(&pricing.category), kind: word(&pricing.kind), billable: pricing.billable() }
    }
}

impl Failure {
    fn of(failure: &failure::Failure, locale: Locale) -> Self {
        Self {
            code: failure.code.to_string(),
            title: failure.title().to_owned(),
            details: failure.details.as_ref().map(ToString::to_string),
            advice: failure.advice(locale),
            send_again: failure.send_again(),
        }
    }
}

#[cfg(test)]
mod tests;
