//! The ports: what the business needs from the outside world, in its own words.

mod media;

use std::collections::BTreeMap;

use async_trait::async_trait;

use crate::{
    class::Class,
    crm::Recipient,
    id::MediaId,
    messaging::{content::OutboundContent, key::CallbackData, status::Failure},
    task::Task,
    tenant::{
        Number,
        doctor::Facts,
        onboarding::{Candidate, OfficeError, Ours},
    },
    text::Text,
    time::{SignedDuration, Timestamp},
};

pub use self::media::{
    Announced, Fetched, Glance, MediaChannel, MediaError, Object, ObjectError, ObjectStore, Sending, SignedUpload, Wanted,
};

/// One message to be sent through a channel.
#[derive(Clone, Debug)]
pub struct SendRequest<'a> {
    /// The number it goes out from.
    pub number: &'a Number,
    /// Where it goes.
    pub recipient: &'a Recipient,
    /// What it says.
    pub content: &'a OutboundContent,
    /// What the provider gives back with every status.
    pub callback: CallbackData,
    /// The provider's id of the message it answers, which is then shown above it.
    pub reply_to: Option<&'a Text<512>>,
    /// What the provider calls the files we keep that it needs.
    pub media: &'a UploadedMedia,
}

/// A person's message that was read.
#[derive(Clone, Copy, Debug)]
pub struct ReadRequest<'a> {
    /// The number it came in on.
    pub number: &'a Number,
    /// The provider's id of it; it and everything before it get two blue ticks.
    pub wamid: &'a Text<512>,
    /// Whether an answer is being written: shown for 25 seconds, or until it comes.
    pub typing: bool,
}

/// What a provider calls the files we keep, as far as they are known to it.
pub type UploadedMedia = BTreeMap<MediaId, Text<256>>;

/// The provider has taken a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The provider's id of it.
    pub wamid: Text<512>,
}

/// Why a message was not sent, by what is to be done about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// It can never be sent like this.
    #[error("the provider refuses the message")]
    Refused(Failure),
    /// A limit is reached, or the provider is busy: the same message may go later.
    #[error("the provider asks to send later")]
    Later {
        /// What the provider said.
        failure: Failure,
        /// How long to wait, when the provider said so.
        after: Option<SignedDuration>,
    },
    /// The number or its token does not work: nothing can be sent from it until a person mends it.
    #[error("the number cannot send")]
    NumberBroken(Failure),
    /// The request never reached the provider.
    #[error("the provider could not be reached")]
    NotSent,
    /// Nobody can tell whether the provider took it: only a status can show.
    #[error("the provider's answer was lost")]
    OutcomeUnknown,
}

impl SendError {
    /// What is to become of it.
    #[must_use]
    pub const fn class(&self) -> Class {
        match self {
            Self::Refused(_) => Class::Invalid,
            Self::Later { .. } => Class::RateLimited,
            Self::NumberBroken(_) | Self::NotSent | Self::OutcomeUnknown => Class::Unavailable,
        }
    }
}

/// A way to reach people: Meta's Cloud API, or a partner's.
///
/// The access token is an argument: it belongs to the tenant and is opened for the call alone.
#[async_trait]
pub trait MessageChannel: Send + Sync {
    /// Sends one message.
    ///
    /// # Errors
    /// Says what is to be done about a message that was not, or perhaps not, sent.
    async fn send(&self, token: &str, request: SendRequest<'_>) -> Result<Accepted, SendError>;

    /// Tells a person that a message was read, and perhaps that an answer is being written. It is a courtesy: what is lost of it is
    /// not made up for, and a provider that cannot do it does nothing.
    ///
    /// # Errors
    /// When the provider did not take it.
    async fn mark_read(&self, token: &str, request: ReadRequest<'_>) -> Result<(), SendError>;
}

/// The place at a provider where numbers are looked after: by whoever connects one, and by whoever finds out why it is silent. What a
/// provider has no call for is done by hand, and is [`OfficeError::Impossible`] here.
#[async_trait]
pub trait NumberOffice: Send + Sync {
    /// Looks a number up with the token it is to be connected with. What comes back is proven to be opened by that token.
    ///
    /// # Errors
    /// Says what is wrong with token or number.
    async fn look_up(&self, candidate: &Candidate, token: &str) -> Result<Number, OfficeError>;

    /// Asks everything that tells whether the number is connected as it must be.
    async fn examine(&self, number: &Number, token: &str, ours: &Ours<'_>) -> Facts;

    /// Has our app hear of the number's account. To be done before [`redirect`](Self::redirect).
    ///
    /// # Errors
    /// When the provider refuses or does not answer.
    async fn subscribe(&self, _number: &Number, _token: &str) -> Result<(), OfficeError> {
        Err(OfficeError::Impossible)
    }

    /// Has webhooks of the number come to us; the provider tries the address before it says yes, where it can.
    ///
    /// # Errors
    /// When the provider refuses or does not answer.
    async fn redirect(&self, _number: &Number, _token: &str, _ours: &Ours<'_>) -> Result<(), OfficeError> {
        Err(OfficeError::Impossible)
    }

    /// Has our app hear of the number's account no more.
    ///
    /// # Errors
    /// When the provider refuses or does not answer.
    async fn leave(&self, _number: &Number, _token: &str) -> Result<(), OfficeError> {
        Err(OfficeError::Impossible)
    }
}

/// A queue did not take a task.
#[derive(Debug, thiserror::Error)]
#[error("the queue did not take the task")]
pub struct QueueError(#[source] pub Box<dyn std::error::Error + Send + Sync>);

/// Where tasks are announced.
#[async_trait]
pub trait TaskQueue: Send + Sync {
    /// Puts tasks on their queues, in order within a group. When it returns, they are durable.
    ///
    /// # Errors
    /// When any of them was not taken; those that were may be announced again.
    async fn announce(&self, tasks: &[Task]) -> Result<(), QueueError>;
}

/// A task that a queue has given up, after it was delivered too often.
#[derive(Clone, Debug)]
pub struct GivenUp {
    /// The queue, by a stable name.
    pub queue: String,
    /// What tells it from others of the queue.
    pub id: String,
    /// When it was put onto the queue.
    pub sent_at: Timestamp,
    /// The task as it was written.
    pub body: String,
    /// By what it is taken off.
    pub handle: String,
}

/// Where queues put what they have given up.
#[async_trait]
pub trait DeadLetters: Send + Sync {
    /// Some of it; it comes again until it is taken off.
    ///
    /// # Errors
    /// When a queue does not answer.
    async fn take(&self) -> Result<Vec<GivenUp>, QueueError>;

    /// Takes one off.
    ///
    /// # Errors
    /// When the queue does not answer.
    async fn done(&self, letter: &GivenUp) -> Result<(), QueueError>;
}

/// What became of a push to a live connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pushed {
    /// It was handed over.
    Delivered,
    /// There is no such connection any more.
    Gone,
    /// It could not be handed over; the client will ask for what it missed.
    Missed,
}

/// Live connections to the dashboard.
#[async_trait]
pub trait LivePush: Send + Sync {
    /// Sends a frame to a connection. It is a hint: losing it loses nothing.
    async fn push(&self, connection: &str, frame: &str) -> Pushed;
}
