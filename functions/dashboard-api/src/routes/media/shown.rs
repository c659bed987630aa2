//! A file as the API shows it.

use serde::{Deserialize, Serialize};
use shared::domain::{
    id::{ConversationId, MediaId},
    messaging::{
        inbound::MediaKind,
        media::{Media, Origin, Reason, ReceivedFile, State, retry},
        message::{Content, Message},
    },
    time::Timestamp,
};
use utoipa::ToSchema;

use crate::time::milliseconds;

/// A file in a message, and what became of it.
#[derive(Serialize, ToSchema)]
pub struct MediaFile {
    #[schema(value_type = String, format = Uuid)]
    id: MediaId,
    kind: FileKind,
    /// Its type with its parameters, as its sender says.
    mime_type: String,
    #[schema(required)]
    filename: Option<String>,
    /// In bytes; `null` until it is known.
    #[schema(required, value_type = Option<i64>)]
    size: Option<u64>,
    /// Whether it is Ogg with Opus, as a voice note is.
    voice: bool,
    state: FileState,
    /// Why it is not here.
    #[schema(required)]
    reason: Option<FileProblem>,
    /// When it is tried again by itself.
    #[schema(required)]
    retry_at: Option<Timestamp>,
    /// Whether asking for another attempt can help.
    may_retry: bool,
}

/// What a file is in a message.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// A photo.
    Image,
    /// A recording or a voice note.
    Audio,
    /// A film.
    Video,
    /// Any other file.
    Document,
    /// A sticker.
    Sticker,
}

/// What became of a file.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum FileState {
    /// Announced by a browser, and not here yet.
    Expected,
    /// On its way, or to be tried again.
    Pending,
    /// Here.
    Stored,
    /// Not here, and not tried again by itself.
    Failed,
    /// `WhatsApp` does not have it any more: the customer has to send it again.
    Expired,
}

/// Why a file is not here.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum FileProblem {
    Unreachable,
    Busy,
    Gone,
    Altered,
    TooLarge,
    NumberBroken,
    Refused,
    WrongContent,
    Expired,
    NeverArrived,
}

impl MediaFile {
    /// A file of which there is a row.
    pub fn of(media: &Media, now: Timestamp) -> Self {
        let received = match &media.origin {
            Origin::Received { message, .. } => Some(message.at()),
            Origin::Uploaded { .. } => None,
        };
        let (state, reason, retry_at) = match media.state {
            State::Expected { .. } => (FileState::Expected, None, None),
            State::Stored { .. } => (FileState::Stored, None, None),
            State::Waiting { reason, next, .. } => (FileState::Pending, Some(reason), Some(next)),
            State::Failed { reason: Reason::Expired, .. } => (FileState::Expired, Some(Reason::Expired), None),
            State::Failed { reason, .. } => (FileState::Failed, Some(reason), None),
        };
        Self {
            id: media.id,
            kind: media.kind.into(),
            mime_type: media.mime.to_string(),
            filename: media.filename.as_ref().map(ToString::to_string),
            size: media.size,
            voice: media.mime.is_voice(),
            state,
            reason: reason.map(Into::into),
            retry_at: retry_at.map(milliseconds),
            may_retry: received.is_some_and(|received| retry::may_retry(received, Some(&media.state), now)),
        }
    }

    /// The files of a message: by their rows, and one that came in and has no row yet by what the message says of it.
    pub fn of_message(message: &Message, conversation: ConversationId, rows: &[Media], now: Timestamp) -> Vec<Self> {
        let found = message.files(conversation).into_iter().filter_map(|id| rows.iter().find(|media| media.id == id));
        let files: Vec<Self> = found.map(|media| Self::of(media, now)).collect();
        match &message.content {
            Content::Inbound(content) | Content::Phone(content) if files.is_empty() => {
                ReceivedFile::of(content).map(|file| Self::on_its_way(&file, message, conversation, now)).into_iter().collect()
            }
            Content::Inbound(_) | Content::Phone(_) | Content::Outbound(_) => files,
        }
    }

    fn on_its_way(file: &ReceivedFile, message: &Message, conversation: ConversationId, now: Timestamp) -> Self {
        let over = now >= retry::kept_until(message.key.at());
        Self {
            id: Media::received_id(conversation, message.key),
            kind: file.kind.into(),
            mime_type: file.mime.to_string(),
            filename: file.filename.as_ref().map(ToString::to_string),
            size: None,
            voice: file.mime.is_voice(),
            state: if over { FileState::Expired } else { FileState::Pending },
            reason: over.then_some(FileProblem::Expired),
            retry_at: None,
            may_retry: false,
        }
    }
}

impl From<MediaKind> for FileKind {
    fn from(kind: MediaKind) -> Self {
        match kind {
            MediaKind::Image => Self::Image,
            MediaKind::Audio => Self::Audio,
            MediaKind::Video => Self::Video,
            MediaKind::Document => Self::Document,
            MediaKind::Sticker => Self::Sticker,
        }
    }
}

impl From<FileKind> for MediaKind {
    fn from(kind: FileKind) -> Self {
        match kind {
            FileKind::Image => Self::Image,
            FileKind::Audio => Self::Audio,
            FileKind::Video => Self::Video,
            FileKind::Document => Self::Document,
            FileKind::Sticker => Self::Sticker,
        }
    }
}

impl From<Reason> for FileProblem {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::Unreachable => Self::Unreachable,
            Reason::Busy => Self::Busy,
            Reason::Gone => Self::Gone,
            Reason::Altered => Self::Altered,
            Reason::TooLarge => Self::TooLarge,
            Reason::NumberBroken => Self::NumberBroken,
            Reason::Refused => Self::Refused,
            Reason::WrongContent => Self::WrongContent,
            Reason::Expired => Self::Expired,
            Reason::NeverArrived => Self::NeverArrived,
        }
    }
}
