//! Handing a parked event on again.

use axum::{Json, extract::Path};
use shared::usecases::parked_events::retry;

use super::shown::{ParkedEvent, checked};
use crate::{
    extract::{At, Caller},
    refusal::Refusal,
};

/// Hands a parked event on again
///
/// It is applied when all of it is handled by now; otherwise it waits as before. Asking twice is asking once.
#[utoipa::path(
    post, path = "/v1/parked-events/{id}/retry", tag = "operations", security(("access_token" = [])),
    params(("id" = String, Path, description = "The event.")),
    responses((status = 200, description = "What became of it: applied, or still waiting.", body = ParkedEvent), Refusal)
)]
pub async fn retry_parked_event(at: At, caller: Caller, Path(id): Path<String>) -> Result<Json<ParkedEvent>, Refusal> {
    let event = retry::run(&at, &caller.store, caller.identity, checked(&id)?).await?;
    Ok(Json(ParkedEvent::from(event)))
}
