//! What became of a message of ours.

use domain::{
    messaging::{
        key::CallbackData,
        status::{Stage, StatusUpdate},
    },
    text::Text,
    time::Timestamp,
};
use serde_json::value::RawValue;

use super::event::Event;
use crate::whatsapp::wire;

/// A status and where it belongs.
#[derive(Clone, Debug)]
pub struct Status {
    /// The message, if it was sent by us with callback data.
    pub message: Option<CallbackData>,
    /// What became of it.
    pub update: StatusUpdate,
}

pub(super) fn status(raw: &RawValue) -> Event<'_> {
    let Ok(status) = serde_json::from_str::<wire::Status<'_>>(raw.get()) else {
        return Event::Unreadable(raw.get());
    };
    let stage = match (status.kind.as_deref(), &*status.stage) {
        // Payment events share the field with statuses of messages.
        (Some("payment"), _) => None,
        (_, "sent") => Some(Stage::Sent),
        (_, "delivered") => Some(Stage::Delivered),
        (_, "read") => Some(Stage::Read),
        (_, "played") => Some(Stage::Played),
        (_, "failed") => Some(Stage::Failed),
        (_, _) => None,
    };
    let (Some(stage), Ok(wamid), Ok(at)) = (stage, Text::new(&status.id), Timestamp::from_second(status.timestamp)) else {
        return Event::Other(raw.get());
    };
    let message = status.biz_opaque_callback_data.as_deref().and_then(|data| data.parse().ok());
    let failure = status.errors.first().and_then(crate::whatsapp::failure);
    Event::Status(Status { message, update: StatusUpdate { wamid, stage, at, failure } })
}
