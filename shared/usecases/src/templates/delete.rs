//! A colleague deletes a template, here and at Meta.

use domain::{access::Action, messaging::template::Status, ports::SendError, tenant::NumberId, time::Moment};
use providers::whatsapp::CloudApi;
use secrecy::ExposeSecret as _;
use store::{StoreError, TenantStore};

use super::account;
use crate::{authorise, error::Error, session::token::Identity};

/// Meta's code for a template that is not there.
const GONE: i64 = 2_593_002;

/// Deletes a template over the version that was read. What Meta had is shown as deleted for a month, for so long its name is blocked.
///
/// # Errors
/// [`Error::ProviderRefused`] when Meta did not delete it, a conflict when somebody else was quicker.
pub async fn run(
    at: &Moment,
    tenant: &TenantStore,
    meta: &CloudApi,
    identity: Identity,
    number: &NumberId,
    (name, language): (&str, &str),
    version: u64,
) -> Result<(), Error> {
    authorise::colleague(tenant, identity, Action::ManageTemplates).await?;
    let account = account::of(tenant, number).await?;
    let key = account::key(&account.id, name, language)?;
    let Some(found) = tenant.template(&key).await? else { return Err(Error::NotFound("template")) };
    let mut template = found.body;
    if template.status.value == Status::Deleted {
        return Ok(());
    }
    if found.version != version {
        return Err(StoreError::Conflict.into());
    }
    let Some(id) = template.provider_id else {
        return Ok(tenant.forget_template(&key).await?);
    };
    match meta.delete_template(account.token.expose_secret(), &account.id, &key.name, Some(id)).await {
        Ok(()) => {}
        Err(SendError::Refused(failure)) if failure.code == GONE => {}
        Err(error) => return Err(super::refused(error)),
    }
    template.deleted(at.now);
    match tenant.save_template(&template, Some(found.version), at.now).await {
        // Whoever wrote meanwhile is a webhook or a reading, and Meta tells of the deletion too.
        Ok(()) | Err(StoreError::Conflict) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
