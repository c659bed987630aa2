//! What the send contract says to a conversation, before anything is written.

use std::sync::Arc;

use axum::{Json, extract::State};
use serde::Serialize;
use shared::usecases::send_contract;
use utoipa::ToSchema;

use crate::{
    App,
    extract::{At, Caller, ConversationPath},
    refusal::Refusal,
    routes::contract::Contract,
};

/// What may be sent in a conversation now.
#[derive(Serialize, ToSchema)]
pub struct ConversationContract {
    /// A message in own words.
    own_words: Contract,
    /// An approved template, one answer for each category that can be chosen.
    templates: Vec<Contract>,
    /// About how many service messages the number has left this month without charge, by our own count.
    free_service_messages_left: u32,
}

/// Asks what may be sent in a conversation, and what it costs
#[utoipa::path(
    get, path = "/v1/conversations/{id}/contract", tag = "conversations", security(("access_token" = [])),
    params(("id" = String, Path, description = "The conversation.")),
    responses((status = 200, description = "What the send contract says now.", body = ConversationContract), Refusal)
)]
pub async fn read_contract(
    State(app): State<Arc<App>>,
    at: At,
    caller: Caller,
    ConversationPath(id): ConversationPath,
) -> Result<Json<ConversationContract>, Refusal> {
    let quote = send_contract::quote(&at, &caller.store, &app.memory, caller.identity, id).await?;
    Ok(Json(ConversationContract {
        own_words: quote.own_words.into(),
        templates: quote.templates.into_iter().map(Contract::from).collect(),
        free_service_messages_left: quote.free_service_messages_left,
    }))
}
