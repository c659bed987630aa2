//! A colleague changes a template. A draft is kept here; of one that Meta has, the change goes to Meta and is looked at there.

use domain::{
    access::Action,
    messaging::template::{DefinitionParts, Status, Template, TemplateDefinition},
    ports::{SendError, TaskQueue},
    tenant::NumberId,
    time::Moment,
};
use providers::whatsapp::CloudApi;
use secrecy::ExposeSecret as _;
use store::{StoreError, TenantStore, Versioned};

use super::account;
use crate::{authorise, error::Error, session::token::Identity};

/// A change.
#[derive(Debug)]
pub struct Change<'a> {
    /// The number whose account it is.
    pub number: &'a NumberId,
    /// The version that was read.
    pub version: u64,
    /// What it is to say.
    pub parts: DefinitionParts,
}

/// Changes a template over the version that was read.
///
/// # Errors
/// [`Error::Template`] with everything Meta would refuse, [`Error::Invalid`] when it may not be changed now,
/// [`Error::ProviderRefused`] when Meta did not take it, a conflict when somebody else was quicker.
pub async fn run(
    at: &Moment,
    tenant: &TenantStore,
    queue: &dyn TaskQueue,
    meta: &CloudApi,
    identity: Identity,
    change: Change<'_>,
) -> Result<Versioned<Template>, Error> {
    let user = authorise::colleague(tenant, identity, Action::ManageTemplates).await?;
    let definition = TemplateDefinition::new(change.parts)?;
    let account = account::of(tenant, change.number).await?;
    let key = account::key(&account.id, definition.name().as_str(), definition.language().as_str())?;
    let found = tenant.template(&key).await?.ok_or(Error::NotFound("template"))?;
    if found.version != change.version {
        return Err(StoreError::Conflict.into());
    }
    let mut template = found.body;
    template.may_edit(at.now).map_err(|refusal| Error::Invalid { field: "status", problem: refusal.to_string() })?;
    if let Some(id) = template.provider_id {
        let approved = template.status.value.sendable();
        if approved && template.category.value != definition.parts().category {
            let problem = "an approved template keeps its category: make a new template for another one".to_owned();
            return Err(Error::Invalid { field: "category", problem });
        }
        match meta.edit_template(account.token.expose_secret(), id, &definition, !approved).await {
            Ok(()) => template.submitted(None, Status::Pending, None, user.id, at.now),
            Err(error) => {
                if error == SendError::OutcomeUnknown {
                    account::ask_for_sync(at, tenant, queue, &account.id, &account.number, "edit").await?;
                }
                return Err(super::refused(error));
            }
        }
    }
    template.rewrite(definition);
    tenant.save_template(&template, Some(found.version), at.now).await?;
    Ok(Versioned { version: found.version + 1, body: template })
}
