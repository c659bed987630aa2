//! The list, page by page, without what the events say.

use axum::Json;
use serde::{Deserialize, Serialize};
use shared::usecases::parked_events::list;
use utoipa::{IntoParams, ToSchema};

use super::shown::ParkedEvent;
use crate::{
    extract::{Caller, Parameters},
    page::{self, List},
    refusal::Refusal,
};

/// Which part of the list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Part {
    /// How many at most; 50 when left out.
    #[param(value_type = i32, required = false, minimum = 1, maximum = 100)]
    limit: Option<String>,
    /// The `next` of the page before.
    #[param(value_type = String, required = false)]
    cursor: Option<String>,
}

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
    let (size, cursor) = (page::size(asked.limit.as_deref())?, page::open(List::ParkedEvents, asked.cursor.as_deref())?);
    let found = list::page(&caller.store, caller.identity, size, cursor.as_ref()).await?;
    Ok(Json(ParkedEventPage {
        items: found.items.into_iter().map(ParkedEvent::from).collect(),
        next: found.next.map(|next| page::seal(List::ParkedEvents, &next)),
    }))
}
