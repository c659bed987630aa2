//! The list, page by page, without what the events say.

use axum::Json;
use serde::Serialize;
use shared::{domain::time::Timestamp, store::Parked, usecases::read_parked_events};
use utoipa::ToSchema;

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

/// An event that is kept until somebody can handle it. What it says is not told.
#[derive(Serialize, ToSchema)]
struct ParkedEvent {
    id: String,
    /// The number or account it is about, by WhatsApp's id.
    about: String,
    /// Which kind it is, such as `call` or `unreadable`.
    kind: String,
    at: Timestamp,
    /// How much it says, in bytes.
    bytes: usize,
}

impl From<Parked> for ParkedEvent {
    fn from(parked: Parked) -> Self {
        let Parked { id, about, kind, at, bytes } = parked;
        Self { id, about: about.to_string(), kind, at, bytes }
    }
}

/// Lists what is parked, newest first
#[utoipa::path(
    get, path = "/v1/parked-events", tag = "operations", security(("access_token" = [])), params(Part),
    responses((status = 200, description = "One page.", body = ParkedEventPage), Refusal)
)]
pub async fn list_parked_events(caller: Caller, Parameters(asked): Parameters<Part>) -> Result<Json<ParkedEventPage>, Refusal> {
    let list = List::ParkedEvents;
    let (size, cursor) = asked.of(list)?;
    let page = read_parked_events::page(&caller.store, caller.identity, size, cursor.as_ref()).await?;
    Ok(Json(ParkedEventPage {
        items: page.items.into_iter().map(ParkedEvent::from).collect(),
        next: page.next.map(|next| page::seal(list, &next)),
    }))
}
