//! What becomes of a dead letter.

use axum::{Json, extract::Path};
use shared::usecases::{
    Error,
    dead_letters::{discard, redrive},
};

use super::shown::DeadLetter;
use crate::{
    extract::{At, Caller},
    refusal::Refusal,
};

/// The longest id of a dead letter.
const ID_MAX: usize = 64;

/// Sends a dead letter on its way again
///
/// Asking twice is asking once: the message goes out at most once.
#[utoipa::path(
    post, path = "/v1/dead-letters/{id}/redrive", tag = "operations", security(("access_token" = [])),
    params(("id" = String, Path, description = "The dead letter.")),
    responses((status = 200, description = "It is on its way.", body = DeadLetter), Refusal)
)]
pub async fn redrive_dead_letter(at: At, caller: Caller, Path(id): Path<String>) -> Result<Json<DeadLetter>, Refusal> {
    let letter = redrive::run(&at, &caller.store, caller.identity, checked(&id)?).await?;
    Ok(Json(DeadLetter::from(&letter)))
}

/// Throws a dead letter away
#[utoipa::path(
    post, path = "/v1/dead-letters/{id}/discard", tag = "operations", security(("access_token" = [])),
    params(("id" = String, Path, description = "The dead letter.")),
    responses((status = 200, description = "It is discarded.", body = DeadLetter), Refusal)
)]
pub async fn discard_dead_letter(at: At, caller: Caller, Path(id): Path<String>) -> Result<Json<DeadLetter>, Refusal> {
    let letter = discard::run(&at, &caller.store, caller.identity, checked(&id)?).await?;
    Ok(Json(DeadLetter::from(&letter)))
}

/// What is no id names no letter.
fn checked(id: &str) -> Result<&str, Error> {
    let shaped = !id.is_empty() && id.len() <= ID_MAX && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if shaped { Ok(id) } else { Err(Error::NotFound("dead letter")) }
}
