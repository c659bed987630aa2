//! A colleague submits a draft to Meta.

use domain::{
    access::Action,
    messaging::template::{Status, Template},
    ports::{SendError, TaskQueue},
    tenant::NumberId,
    time::Moment,
};
use providers::whatsapp::CloudApi;
use secrecy::ExposeSecret as _;
use store::{StoreError, TenantStore, Versioned};

use super::account;
use crate::{authorise, error::Error, session::token::Identity};

/// Meta's code for a name that is taken in this language.
const TAKEN: i64 = 2_388_024;

/// Which draft.
#[derive(Clone, Copy, Debug)]
pub struct Draft<'a> {
    /// The number whose account it is.
    pub number: &'a NumberId,
    /// Its name.
    pub name: &'a str,
    /// Its language.
    pub language: &'a str,
    /// The version that was read.
    pub version: u64,
}

/// Submits a draft. One that was submitted before is given back as it is, so a request that is repeated submits once.
///
/// # Errors
/// [`Error::ProviderRefused`] when Meta did not take it. When Meta's answer was lost, or Meta has it from an attempt of which we were
/// not told, the account is read anew and shows what became of it.
pub async fn run(
    at: &Moment,
    tenant: &TenantStore,
    queue: &dyn TaskQueue,
    meta: &CloudApi,
    identity: Identity,
    draft: Draft<'_>,
) -> Result<Versioned<Template>, Error> {
    let user = authorise::colleague(tenant, identity, Action::ManageTemplates).await?;
    let account = account::of(tenant, draft.number).await?;
    let key = account::key(&account.id, draft.name, draft.language)?;
    let found = tenant.template(&key).await?.ok_or(Error::NotFound("template"))?;
    if found.body.provider_id.is_some() && found.body.status.value != Status::Draft {
        return Ok(found);
    }
    if found.version != draft.version {
        return Err(StoreError::Conflict.into());
    }
    let mut template = found.body;
    let definition = template.definition.clone().ok_or(Error::NotFound("template"))?;
    match meta.create_template(account.token.expose_secret(), &account.id, &definition).await {
        Ok(created) => template.submitted(Some(created.id), created.status, created.category, user.id, at.now),
        Err(error) => {
            let perhaps_there =
                matches!(&error, SendError::OutcomeUnknown) || matches!(&error, SendError::Refused(failure) if failure.code == TAKEN);
            if perhaps_there {
                account::ask_for_sync(at, tenant, queue, &account.id, &account.number, "submit").await?;
            }
            return Err(super::refused(error));
        }
    }
    match tenant.save_template(&template, Some(found.version), at.now).await {
        Ok(()) => Ok(Versioned { version: found.version + 1, body: template }),
        // A webhook was quicker than we: it knows where the template stands, and a reading fills in the rest.
        Err(StoreError::Conflict) => {
            account::ask_for_sync(at, tenant, queue, &account.id, &account.number, "submit").await?;
            tenant.template(&key).await?.ok_or(Error::NotFound("template"))
        }
        Err(error) => Err(error.into()),
    }
}
