//! A number is given up.

use std::sync::Arc;

use axum::{extract::State, http::StatusCode};
use shared::usecases::numbers::disconnect;

use super::{desk, keeper};
use crate::{
    App,
    extract::{At, Caller, NumberPath},
    refusal::Refusal,
};

/// Disconnects a number
///
/// Its credentials are removed; what was said on it stays. Doing it again does no harm.
#[utoipa::path(
    delete, path = "/v1/numbers/{id}", tag = "numbers", security(("access_token" = [])),
    params(("id" = String, Path, description = "The number.")),
    responses((status = 204, description = "Disconnected."), Refusal)
)]
pub async fn disconnect_number(
    State(app): State<Arc<App>>,
    at: At,
    caller: Caller,
    NumberPath(id): NumberPath,
) -> Result<StatusCode, Refusal> {
    keeper(&caller).await?;
    let desk = desk(&app, &at).await;
    disconnect::run(&app.table, &caller.store, &desk, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
