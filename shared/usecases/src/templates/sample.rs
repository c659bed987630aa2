//! A colleague gives a file that shows Meta's reviewer what a header may hold.

use domain::{access::Action, messaging::template::Sample, tenant::NumberId};
use providers::whatsapp::CloudApi;
use secrecy::ExposeSecret as _;
use store::TenantStore;

use super::account;
use crate::{authorise, error::Error, session::token::Identity};

/// What a sample may be: the kinds of file a header may have.
const KINDS: [&str; 4] = ["image/jpeg", "image/png", "video/mp4", "application/pdf"];

/// Uploads a sample and gives Meta's handle of it.
///
/// # Errors
/// [`Error::Invalid`] when it is of another kind, [`Error::ProviderRefused`] when Meta did not take it.
pub async fn run(
    tenant: &TenantStore,
    meta: &CloudApi,
    identity: Identity,
    number: &NumberId,
    mime_type: &str,
    bytes: Vec<u8>,
) -> Result<Sample, Error> {
    authorise::colleague(tenant, identity, Action::ManageTemplates).await?;
    if !KINDS.contains(&mime_type) {
        let problem = "must be image/jpeg, image/png, video/mp4 or application/pdf".to_owned();
        return Err(Error::Invalid { field: "Content-Type", problem });
    }
    if bytes.is_empty() {
        return Err(Error::Invalid { field: "body", problem: "is empty: send the bytes of the file".to_owned() });
    }
    let account = account::of(tenant, number).await?;
    meta.upload_sample(account.token.expose_secret(), mime_type, bytes).await.map_err(super::refused)
}
