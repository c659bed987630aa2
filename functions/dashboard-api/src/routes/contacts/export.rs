//! Everything that is kept of a contact's names and permissions, to be taken out.

use axum::{
    Json,
    http::{HeaderName, header::CONTENT_DISPOSITION},
};
use serde::Serialize;
use shared::{domain::time::Timestamp, usecases::read_contact};
use utoipa::ToSchema;

use super::shown::{Consent, ContactDetails};
use crate::{
    extract::{At, Caller, ContactPath},
    refusal::Refusal,
};

/// A contact as it is handed out.
#[derive(Serialize, ToSchema)]
pub struct ContactExport {
    /// When it was taken out.
    exported_at: Timestamp,
    details: ContactDetails,
    consent: Consent,
}

/// Takes out what is kept of a contact's names and permissions
#[utoipa::path(
    get, path = "/v1/contacts/{id}/export", tag = "contacts", security(("access_token" = [])),
    params(("id" = String, Path, description = "The contact.")),
    responses((status = 200, description = "The whole of it, as a file.", body = ContactExport), Refusal)
)]
pub async fn export_contact(
    at: At,
    caller: Caller,
    ContactPath(id): ContactPath,
) -> Result<([(HeaderName, &'static str); 1], Json<ContactExport>), Refusal> {
    let export = read_contact::export(&caller.store, caller.identity, id).await?;
    let body = ContactExport {
        exported_at: at.now,
        details: (&export.person).into(),
        consent: Consent::of(export.standing, &export.entries, None),
    };
    Ok(([(CONTENT_DISPOSITION, "attachment; filename=\"contact.json\"")], Json(body)))
}
