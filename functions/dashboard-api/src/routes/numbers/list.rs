//! The list of numbers.

use std::sync::Arc;

use axum::{Json, extract::State};
use serde::Serialize;
use shared::usecases::numbers;
use utoipa::ToSchema;

use super::{desk, shown::WhatsAppNumber};
use crate::{
    App,
    extract::{At, Caller},
    refusal::Refusal,
};

/// All numbers of the business: at most twenty.
#[derive(Serialize, ToSchema)]
pub struct NumberList {
    items: Vec<WhatsAppNumber>,
}

/// Lists the numbers of the business
#[utoipa::path(
    get, path = "/v1/numbers", tag = "numbers", security(("access_token" = [])),
    responses((status = 200, description = "The numbers.", body = NumberList), Refusal)
)]
pub async fn list_numbers(State(app): State<Arc<App>>, at: At, caller: Caller) -> Result<Json<NumberList>, Refusal> {
    let desk = desk(&app, &at).await;
    let found = numbers::list::run(&caller.store, caller.identity).await?;
    let items = found.into_iter().map(|listed| {
        let callback = desk.callback(&listed.number);
        WhatsAppNumber::of(listed, callback)
    });
    Ok(Json(NumberList { items: items.collect() }))
}
