//! A number is stopped, or put in use again.

use std::sync::Arc;

use axum::{Json, extract::State};
use shared::{
    domain::tenant::StopReason,
    usecases::numbers::{list, set_state},
};

use super::{desk, keeper, shown::WhatsAppNumber};
use crate::{
    App,
    extract::{At, Caller, NumberPath},
    refusal::Refusal,
};

/// Stops a number: it goes on receiving and sends nothing
#[utoipa::path(
    post, path = "/v1/numbers/{id}/stop", tag = "numbers", security(("access_token" = [])),
    params(("id" = String, Path, description = "The number.")),
    responses((status = 200, description = "The number.", body = WhatsAppNumber), Refusal)
)]
pub async fn stop_number(
    State(app): State<Arc<App>>,
    at: At,
    caller: Caller,
    NumberPath(id): NumberPath,
) -> Result<Json<WhatsAppNumber>, Refusal> {
    keeper(&caller).await?;
    let number = set_state::stop(&caller.store, &id, StopReason::Owner).await?;
    let listed = list::of(&caller.store, &id).await?;
    Ok(Json(WhatsAppNumber::of(listed, desk(&app, &at).await.callback(&number))))
}

/// Puts a stopped number in use again
#[utoipa::path(
    post, path = "/v1/numbers/{id}/start", tag = "numbers", security(("access_token" = [])),
    params(("id" = String, Path, description = "The number.")),
    responses((status = 200, description = "The number.", body = WhatsAppNumber), Refusal)
)]
pub async fn start_number(
    State(app): State<Arc<App>>,
    at: At,
    caller: Caller,
    NumberPath(id): NumberPath,
) -> Result<Json<WhatsAppNumber>, Refusal> {
    keeper(&caller).await?;
    let number = set_state::start(&at, &caller.store, &id).await?;
    let listed = list::of(&caller.store, &id).await?;
    Ok(Json(WhatsAppNumber::of(listed, desk(&app, &at).await.callback(&number))))
}
