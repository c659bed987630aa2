//! What a contact has agreed to.

use axum::Json;
use serde::Deserialize;
use shared::usecases::read_contact;
use utoipa::IntoParams;

use super::shown::Consent;
use crate::{
    extract::{Caller, ContactPath, Parameters},
    page::{self, List},
    refusal::Refusal,
};

/// Which part of the ledger.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Part {
    /// How many entries at most; 50 when left out.
    #[param(value_type = i32, required = false, minimum = 1, maximum = 100)]
    limit: Option<String>,
    /// The `next` of the page before.
    #[param(value_type = String, required = false)]
    cursor: Option<String>,
}

/// Reads what a contact has agreed to, and how that is known
#[utoipa::path(
    get, path = "/v1/contacts/{id}/consent", tag = "contacts", security(("access_token" = [])),
    params(("id" = String, Path, description = "The contact."), Part),
    responses((status = 200, description = "The permission, and a page of the ledger.", body = Consent), Refusal)
)]
pub async fn read_consent(
    caller: Caller,
    ContactPath(id): ContactPath,
    Parameters(asked): Parameters<Part>,
) -> Result<Json<Consent>, Refusal> {
    let list = List::Consent(id);
    let (size, cursor) = (page::size(asked.limit.as_deref())?, page::open(list, asked.cursor.as_deref())?);
    let agreed = read_contact::consent(&caller.store, caller.identity, id, size, cursor.as_ref()).await?;
    let next = agreed.entries.next.as_ref().map(|next| page::seal(list, next));
    Ok(Json(Consent::of(agreed.standing, &agreed.entries.items, next)))
}
