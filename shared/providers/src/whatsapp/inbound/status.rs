//! What became of a message of ours.

use std::borrow::Cow;

use domain::{
    messaging::{
        key::CallbackData,
        status::{Origin, Pricing, Stage, StatusUpdate},
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
    /// What became of it. In a group each member tells; the first one counts.
    pub update: StatusUpdate,
}

pub(super) fn status(raw: &RawValue) -> Event<'_> {
    let Ok(status) = serde_json::from_str::<wire::Status<'_>>(raw.get()) else {
        return Event::Unreadable(raw.get());
    };
    let stage = match (status.kind.as_deref(), &*status.stage) {
        // Payments and calls share the field with statuses of messages.
        (Some("payment" | "call"), _) => None,
        (_, "sent") => Some(Stage::Sent),
        (_, "delivered") => Some(Stage::Delivered),
        (_, "read") => Some(Stage::Read),
        (_, "played") => Some(Stage::Played),
        (_, "failed") => Some(Stage::Failed),
        // `deleted`, `warning`, and whatever comes next: kept as it came.
        (_, _) => None,
    };
    let (Some(stage), Ok(wamid), Ok(at)) = (stage, Text::new(&status.id), Timestamp::from_second(status.timestamp)) else {
        return Event::Other(raw.get());
    };
    let message = status.biz_opaque_callback_data.as_deref().and_then(|data| data.parse().ok());
    let update = StatusUpdate {
        failure: crate::whatsapp::failures(&status.errors).filter(|_| stage == Stage::Failed),
        pricing: status.pricing.as_ref().map(pricing),
        origin: status.conversation.as_ref().and_then(origin),
        ..StatusUpdate::new(wamid, stage, at)
    };
    Event::Status(Status { message, update })
}

fn pricing(told: &wire::Pricing<'_>) -> Pricing {
    let word = |word: &Option<Cow<'_, str>>| word.as_deref().and_then(Text::cut);
    Pricing { category: word(&told.category), kind: word(&told.kind), model: told.pricing_model.as_deref().and_then(Text::cut) }
}

fn origin(told: &wire::Conversation<'_>) -> Option<Origin> {
    let kind = told.origin.as_ref()?.kind.as_deref().and_then(Text::cut)?;
    let expires_at = told.expiration_timestamp.and_then(|seconds| Timestamp::from_second(seconds).ok());
    Some(Origin { kind, expires_at })
}
