//! A colleague has read a conversation.

use axum::http::StatusCode;
use serde::Deserialize;
use shared::{domain::time::Timestamp, usecases::mark_read};
use utoipa::ToSchema;

use crate::{
    extract::{At, Caller, ConversationPath, Input},
    refusal::Refusal,
};

/// Up to when a conversation has been read.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadMark {
    /// The `at` of the last message that was on the screen.
    up_to: Timestamp,
}

/// Marks a conversation read up to a moment
#[utoipa::path(
    post, path = "/v1/conversations/{id}/read", tag = "conversations", request_body = ReadMark, security(("access_token" = [])),
    params(("id" = String, Path, description = "The conversation.")),
    responses((status = 204, description = "Marked."), Refusal)
)]
pub async fn mark_read(
    at: At,
    caller: Caller,
    ConversationPath(id): ConversationPath,
    Input(asked): Input<ReadMark>,
) -> Result<StatusCode, Refusal> {
    mark_read::run(&at, &caller.store, caller.identity, id, asked.up_to).await?;
    Ok(StatusCode::NO_CONTENT)
}
