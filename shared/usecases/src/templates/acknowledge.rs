//! A colleague takes note that Meta has made marketing of a template: what it costs now, and that only people who have not refused
//! marketing get it. Until then it goes only to people who have said yes to marketing.

use domain::{access::Action, messaging::template::Template, tenant::NumberId, time::Moment};
use store::{StoreError, TenantStore, Versioned};

use super::account;
use crate::{authorise, error::Error, memory::Memory, session::token::Identity};

/// Takes note, over the version that was read. Again is no error.
///
/// # Errors
/// [`Error::Forbidden`] when the role may not decide it, a conflict when somebody else was quicker.
pub async fn run(
    at: &Moment,
    tenant: &TenantStore,
    memory: &Memory,
    identity: Identity,
    number: &NumberId,
    (name, language): (&str, &str),
    version: u64,
) -> Result<Versioned<Template>, Error> {
    let user = authorise::colleague(tenant, identity, Action::ManageTemplates).await?;
    let key = account::key(&account::id(tenant, number).await?, name, language)?;
    let found = tenant.template(&key).await?.ok_or(Error::NotFound("template"))?;
    if !found.body.recategorised() {
        return Ok(found);
    }
    if found.version != version {
        return Err(StoreError::Conflict.into());
    }
    let mut template = found.body;
    template.acknowledge(user.id, at.now);
    tenant.save_template(&template, Some(found.version), at.now).await?;
    memory.templates.forget(&(tenant.id(), key));
    Ok(Versioned { version: found.version + 1, body: template })
}
