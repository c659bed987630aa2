//! One contact.

use axum::Json;
use shared::usecases::read_contact;

use super::shown::ContactDetails;
use crate::{
    extract::{Caller, ContactPath},
    refusal::Refusal,
};

/// Reads one contact with every name that leads there
#[utoipa::path(
    get, path = "/v1/contacts/{id}", tag = "contacts", security(("access_token" = [])),
    params(("id" = String, Path, description = "The contact.")),
    responses((status = 200, description = "The contact.", body = ContactDetails), Refusal)
)]
pub async fn read_contact(caller: Caller, ContactPath(id): ContactPath) -> Result<Json<ContactDetails>, Refusal> {
    let person = read_contact::one(&caller.store, caller.identity, id).await?;
    Ok(Json((&person).into()))
}
