//! The list of dead letters.

use axum::Json;
use serde::Serialize;
use shared::usecases::dead_letters::list;
use utoipa::ToSchema;

use super::shown::{DeadLetter, QueueCount};
use crate::{
    extract::{Caller, Parameters},
    page::{self, List, Part},
    refusal::Refusal,
};

/// One page of dead letters, the newest first.
#[derive(Serialize, ToSchema)]
pub struct DeadLetterPage {
    items: Vec<DeadLetter>,
    /// How many wait for a decision, by queue.
    queues: Vec<QueueCount>,
    /// The cursor of the next page; `null` at the end.
    #[schema(required)]
    next: Option<String>,
}

/// Lists what the queues have given up, newest first
#[utoipa::path(
    get, path = "/v1/dead-letters", tag = "operations", params(Part), security(("access_token" = [])),
    responses((status = 200, description = "One page.", body = DeadLetterPage), Refusal)
)]
pub async fn list_dead_letters(caller: Caller, Parameters(asked): Parameters<Part>) -> Result<Json<DeadLetterPage>, Refusal> {
    let (size, cursor) = asked.of(List::DeadLetters)?;
    let found = list::page(&caller.store, caller.identity, size, cursor.as_ref()).await?;
    let counts = list::counts(&caller.store, caller.identity).await?;
    Ok(Json(DeadLetterPage {
        items: found.items.iter().map(DeadLetter::from).collect(),
        queues: counts.into_iter().map(|(queue, waiting)| QueueCount { queue, waiting }).collect(),
        next: found.next.map(|next| page::seal(List::DeadLetters, &next)),
    }))
}
