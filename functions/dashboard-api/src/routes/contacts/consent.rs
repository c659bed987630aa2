//! What a contact has agreed to.

use axum::Json;
use shared::usecases::read_contact;

use super::shown::Consent;
use crate::{
    extract::{Caller, ContactPath, Parameters},
    page::{self, List, Part},
    refusal::Refusal,
};

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
    let (size, cursor) = asked.of(list)?;
    let agreed = read_contact::consent(&caller.store, caller.identity, id, size, cursor.as_ref()).await?;
    let next = agreed.entries.next.as_ref().map(|next| page::seal(list, next));
    Ok(Json(Consent::of(agreed.standing, &agreed.entries.items, next)))
}
