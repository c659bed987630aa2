//! A colleague has read a conversation.

use std::sync::Arc;

use axum::{extract::State, http::StatusCode};
use serde::Deserialize;
use shared::{
    domain::time::Timestamp,
    usecases::mark_read::{self, Read},
};
use utoipa::ToSchema;

use crate::{
    App,
    extract::{At, Caller, ConversationPath, Input},
    refusal::Refusal,
};

/// Up to when a conversation has been read.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadMark {
    /// The `at` of the last message that was on the screen.
    up_to: Timestamp,
    /// Whether an answer is being written: the customer sees it for 25 seconds.
    #[serde(default)]
    typing: bool,
}

/// Marks a conversation read up to a moment
///
/// The customer is told too, with the two blue ticks, as far as WhatsApp allows.
#[utoipa::path(
    post, path = "/v1/conversations/{id}/read", tag = "conversations", request_body = ReadMark, security(("access_token" = [])),
    params(("id" = String, Path, description = "The conversation.")),
    responses((status = 204, description = "Marked."), Refusal)
)]
pub async fn mark_read(
    State(app): State<Arc<App>>,
    at: At,
    caller: Caller,
    ConversationPath(id): ConversationPath,
    Input(asked): Input<ReadMark>,
) -> Result<StatusCode, Refusal> {
    let read = Read { conversation: id, up_to: asked.up_to, typing: asked.typing };
    mark_read::run(&at, &caller.store, app.queue.as_ref(), caller.identity, read).await?;
    Ok(StatusCode::NO_CONTENT)
}
