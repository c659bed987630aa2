//! A screen asks for a ticket to listen with.

use std::sync::Arc;

use axum::{Json, extract::State};
use serde::Serialize;
use shared::{domain::time::Timestamp, usecases::issue_ticket};
use utoipa::ToSchema;

use crate::{
    App,
    extract::{At, Caller},
    refusal::Refusal,
    time::seconds,
};

/// Connect to `{url}?ticket={ticket}` before it expires.
#[derive(Serialize, ToSchema)]
pub struct RealtimeTicket {
    url: String,
    ticket: String,
    expires_at: Timestamp,
}

/// Issues a ticket for the live connection
#[utoipa::path(
    post, path = "/v1/realtime/ticket", tag = "realtime", security(("access_token" = [])),
    responses((status = 200, description = "The ticket.", body = RealtimeTicket), Refusal)
)]
pub async fn realtime_ticket(State(app): State<Arc<App>>, at: At, caller: Caller) -> Result<Json<RealtimeTicket>, Refusal> {
    let tokens = app.tokens(&at).await?;
    let (ticket, expires_at) = issue_ticket::run(&at, &tokens, caller.identity)?;
    Ok(Json(RealtimeTicket { url: app.websocket_url.clone(), ticket, expires_at: seconds(expires_at) }))
}
