//! The list, page by page, without what the events say.

use axum::Json;
use serde::Serialize;
use shared::usecases::parked_events::list;
use utoipa::ToSchema;

use super::shown::ParkedEvent;
use crate::{
    extract::{Caller, Parameters},
    page::{self, List, Part},
    refusal::Refusal,
};

/// One page of parked events, the newest first.
#[derive(Serialize, ToSchema)]
pub struct ParkedEventPage {
    items: Vec<ParkedEvent>,
    /// The cursor of the next page; `null` at the end.
    #[schema(required)]
    next: Option<String>,
}

/// Lists what is parked, newest first
#[utoipa::path(
    get, path = "/v1/parked-events", tag = "operations", security(("access_token" = [])), params(Part),
    responses((status = 200, description = "One page.", body = ParkedEventPage), Refusal)
)]
pub async fn list_parked_events(caller: Caller, Parameters(asked): Parameters<Part>) -> Result<Json<ParkedEventPage>, Refusal> {
    let (size, cursor) = asked.of(List::ParkedEvents)?;
    let found = list::page(&caller.store, caller.identity, size, cursor.as_ref()).await?;
    Ok(Json(ParkedEventPage {
        items: found.items.into_iter().map(ParkedEvent::from).collect(),
        next: found.next.map(|next| page::seal(List::ParkedEvents, &next)),
    }))
}
