//! Throwing a parked event away.

use axum::{Json, extract::Path};
use shared::usecases::parked_events::discard;

use super::shown::{ParkedEvent, checked};
use crate::{
    extract::{At, Caller},
    refusal::Refusal,
};

/// Throws a parked event away
#[utoipa::path(
    post, path = "/v1/parked-events/{id}/discard", tag = "operations", security(("access_token" = [])),
    params(("id" = String, Path, description = "The event.")),
    responses((status = 200, description = "It is discarded.", body = ParkedEvent), Refusal)
)]
pub async fn discard_parked_event(at: At, caller: Caller, Path(id): Path<String>) -> Result<Json<ParkedEvent>, Refusal> {
    let event = discard::run(&at, &caller.store, caller.identity, checked(&id)?).await?;
    Ok(Json(ParkedEvent::from(event)))
}
