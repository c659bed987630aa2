//! A number is checked.

use std::sync::Arc;

use axum::{Json, extract::State};
use shared::usecases::numbers::check;

use super::{desk, keeper, shown::WhatsAppNumber};
use crate::{
    App,
    extract::{At, Caller, NumberPath},
    refusal::Refusal,
};

/// Checks a number and says what to mend
///
/// Asks the provider everything that tells why a number might be deaf or dumb. Right after another check it is refused.
#[utoipa::path(
    post, path = "/v1/numbers/{id}/check", tag = "numbers", security(("access_token" = [])),
    params(("id" = String, Path, description = "The number.")),
    responses((status = 200, description = "The number, with what was found.", body = WhatsAppNumber), Refusal)
)]
pub async fn check_number(
    State(app): State<Arc<App>>,
    at: At,
    caller: Caller,
    NumberPath(id): NumberPath,
) -> Result<Json<WhatsAppNumber>, Refusal> {
    keeper(&caller).await?;
    let desk = desk(&app, &at).await;
    let checked = check::run(&at, &app.table, &caller.store, &desk, &id).await?;
    let callback = desk.callback(&checked.number);
    Ok(Json(WhatsAppNumber::of(checked, callback)))
}
