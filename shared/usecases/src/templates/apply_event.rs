//! Meta tells of a template. Any number of times, in any order: the same set of events ends in the same template.

use domain::{
    messaging::template::{Template, TemplateAccount, TemplateChange, TemplateEvent},
    ports::TaskQueue,
    time::Moment,
};
use store::{StoreError, TenantStore};

use super::account;
use crate::{error::Error, memory::Memory};

/// How often a write is tried when somebody else writes the same template.
const TRIES_MAX: usize = 5;

/// Applies an event. A template nobody has read yet becomes one that cannot be sent, and its account is read.
///
/// # Errors
/// When it is to come again.
pub async fn run(at: &Moment, tenant: &TenantStore, queue: &dyn TaskQueue, memory: &Memory, event: &TemplateEvent) -> Result<(), Error> {
    let template = apply(at, tenant, event).await?;
    memory.templates.forget(&(tenant.id(), event.key.clone()));
    let changed = match event.told {
        TemplateChange::Components => true,
        TemplateChange::Status { .. }
        | TemplateChange::Quality { .. }
        | TemplateChange::Category { .. }
        | TemplateChange::CategoryImpending { .. }
        | TemplateChange::Acknowledged { .. }
        | TemplateChange::Submitted { .. } => template.definition.is_none() || template.status.value.name() == "unknown",
    };
    // Where nobody has ever asked for the account's templates there is no number to read them through: its first use reads them.
    if changed && let Some(known) = tenant.get::<TemplateAccount>(&event.key.account).await? {
        account::ask_for_sync(at, tenant, queue, &event.key.account, &known.body.number, "event").await?;
    }
    Ok(())
}

async fn apply(at: &Moment, tenant: &TenantStore, event: &TemplateEvent) -> Result<Template, Error> {
    for _ in 0..TRIES_MAX {
        let found = tenant.template(&event.key).await?;
        let (template, seen) = match found {
            Some(found) => {
                let (before, mut template) = (found.body.clone(), found.body);
                template.apply(event);
                if template == before {
                    return Ok(template);
                }
                (template, Some(found.version))
            }
            None => (Template::announced(event), None),
        };
        match tenant.save_template(&template, seen, at.now).await {
            Ok(()) => return Ok(template),
            Err(StoreError::Conflict) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(StoreError::Conflict.into())
}
