//! What a check found is mended, where the provider lets us.

use std::sync::Arc;

use axum::{Json, extract::State};
use serde::Deserialize;
use shared::usecases::numbers::fix;
use utoipa::ToSchema;

use super::{
    desk, keeper,
    shown::{NumberCheck, WhatsAppNumber},
};
use crate::{
    App,
    extract::{At, Caller, Input, NumberPath},
    refusal::Refusal,
};

/// What to mend.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Fix {
    /// `subscription` or `callback`.
    check: NumberCheck,
}

/// Mends what a check found, and checks again
#[utoipa::path(
    post, path = "/v1/numbers/{id}/fix", tag = "numbers", request_body = Fix, security(("access_token" = [])),
    params(("id" = String, Path, description = "The number.")),
    responses((status = 200, description = "The number, with what was found now.", body = WhatsAppNumber), Refusal)
)]
pub async fn fix_number(
    State(app): State<Arc<App>>,
    at: At,
    caller: Caller,
    NumberPath(id): NumberPath,
    Input(asked): Input<Fix>,
) -> Result<Json<WhatsAppNumber>, Refusal> {
    keeper(&caller).await?;
    let desk = desk(&app, &at).await;
    let checked = fix::run(&at, &app.table, &caller.store, &desk, &id, asked.check.into()).await?;
    let callback = desk.callback(&checked.number);
    Ok(Json(WhatsAppNumber::of(checked, callback)))
}
