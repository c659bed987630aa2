//! One conversation.

use axum::Json;
use shared::usecases::read_conversations;

use super::shown::Conversation;
use crate::{
    extract::{Caller, ConversationPath},
    refusal::Refusal,
};

/// Reads one conversation
#[utoipa::path(
    get, path = "/v1/conversations/{id}", tag = "conversations", security(("access_token" = [])),
    params(("id" = String, Path, description = "The conversation.")),
    responses((status = 200, description = "The conversation.", body = Conversation), Refusal)
)]
pub async fn read_conversation(caller: Caller, ConversationPath(id): ConversationPath) -> Result<Json<Conversation>, Refusal> {
    let found = read_conversations::one(&caller.store, caller.identity, id).await?;
    Ok(Json(found.into()))
}
