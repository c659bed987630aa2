//! The list of conversations.

use axum::Json;
use serde::{Deserialize, Serialize};
use shared::{domain::messaging::conversation::Status, usecases::read_conversations};
use utoipa::{IntoParams, ToSchema};

use super::shown::{Conversation, ConversationStatus};
use crate::{
    extract::{Caller, Parameters},
    page::{self, List},
    refusal::Refusal,
};

/// Which part of the inbox.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Inbox {
    /// Only conversations of this status; `open` when left out.
    #[param(value_type = ConversationStatus, required = false)]
    status: Option<String>,
    /// How many at most; 50 when left out.
    #[param(value_type = i32, required = false, minimum = 1, maximum = 100)]
    limit: Option<String>,
    /// The `next` of the page before.
    #[param(value_type = String, required = false)]
    cursor: Option<String>,
}

/// One page of the inbox, the conversation with the latest message first. Pages follow each other by the hour of the latest message
/// a customer wrote, so whoever puts several together sorts them again.
#[derive(Serialize, ToSchema)]
pub struct ConversationPage {
    items: Vec<Conversation>,
    /// The cursor of the next page; `null` at the end. A page may be shorter than asked for and still have one.
    #[schema(required)]
    next: Option<String>,
}

/// Lists conversations, latest message first
#[utoipa::path(
    get, path = "/v1/conversations", tag = "conversations", params(Inbox), security(("access_token" = [])),
    responses((status = 200, description = "One page.", body = ConversationPage), Refusal)
)]
pub async fn list_conversations(caller: Caller, Parameters(asked): Parameters<Inbox>) -> Result<Json<ConversationPage>, Refusal> {
    let status = status(asked.status.as_deref())?;
    let list = List::Conversations(status);
    let (size, cursor) = page::part(list, asked.limit.as_deref(), asked.cursor.as_deref())?;
    let found = read_conversations::page(&caller.store, caller.identity, status, size, cursor.as_ref()).await?;
    Ok(Json(ConversationPage {
        next: found.next.map(|next| page::seal(list, &next)),
        items: found.items.into_iter().map(Conversation::from).collect(),
    }))
}

fn status(raw: Option<&str>) -> Result<Status, Refusal> {
    let Some(raw) = raw else {
        return Ok(Status::Open);
    };
    Status::named(raw).ok_or_else(|| Refusal::field("status", "must be open, pending, resolved or spam"))
}
