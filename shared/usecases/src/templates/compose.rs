//! A template is filled: looked at before it is sent, put together when it is composed, and looked at once more when it is sent.

use std::sync::Arc;

use domain::{
    access::Action,
    messaging::{
        contract::Kind,
        status::Failure,
        template::{Faults, Filling, Shown, Template, TemplateKey, TemplateMessage, preflight, preview},
    },
    tenant::{Number, NumberId},
    time::Moment,
};
use store::TenantStore;

use super::account;
use crate::{authorise, error::Error, memory::Memory, session::token::Identity};

/// A filled template as a person would read it, and what does not fit yet.
#[derive(Debug)]
pub struct Previewed {
    /// What a person would read.
    pub shown: Shown,
    /// What does not fit.
    pub faults: Option<Faults>,
    /// The template.
    pub template: Template,
}

/// Shows a filling that need not be complete.
///
/// # Errors
/// [`Error::Forbidden`] when the role may not look, [`Error::NotFound`] when there is no such template to be read.
pub async fn look(tenant: &TenantStore, identity: Identity, number: &NumberId, filling: &Filling) -> Result<Previewed, Error> {
    authorise::role(identity, Action::ReadTemplates)?;
    let account = account::id(tenant, number).await?;
    let key = TemplateKey { account, name: filling.name.clone(), language: filling.language.clone() };
    let template = tenant.template(&key).await?.ok_or(Error::NotFound("template"))?.body;
    let definition = template.definition.clone().ok_or(Error::NotFound("template"))?;
    Ok(Previewed { shown: preview(&definition, filling), faults: preflight(&definition, filling).err(), template })
}

/// Fills a template to be sent from a number, and says what the send contract is to look at.
///
/// # Errors
/// [`Error::NotFound`] when there is no such template, [`Error::Template`] with everything that does not fit.
pub async fn prepare(tenant: &TenantStore, number: &Number, filling: Filling) -> Result<(TemplateMessage, Kind), Error> {
    let account = account::id_of(number)?;
    let key = TemplateKey { account, name: filling.name.clone(), language: filling.language.clone() };
    let template = tenant.template(&key).await?.ok_or(Error::NotFound("template"))?.body;
    let definition = template.definition.as_ref().ok_or(Error::NotFound("template"))?;
    Ok((TemplateMessage::prepare(definition, filling)?, super::kind(Some(&template))))
}

/// What the send contract is to look at when a template goes out, and why it does not fit any more, if it does not. The template is
/// remembered for a minute, so that a row of messages made from it reads it once.
///
/// # Errors
/// When the store does not answer.
pub async fn recheck(
    at: &Moment,
    tenant: &TenantStore,
    memory: &Memory,
    number: &Number,
    message: &TemplateMessage,
) -> Result<(Kind, Result<(), Failure>), Error> {
    let filling = message.filling();
    let Ok(account) = account::id_of(number) else { return Ok((super::kind(None), Ok(()))) };
    let key = TemplateKey { account, name: filling.name.clone(), language: filling.language.clone() };
    let found = remembered(at, tenant, memory, &key).await?;
    let definition = found.as_ref().and_then(|template| template.definition.as_ref());
    let fits = definition.map_or(Ok(()), |definition| message.recheck(definition).map_err(|faults| unfit(&faults)));
    Ok((super::kind(found.as_deref()), fits))
}

async fn remembered(at: &Moment, tenant: &TenantStore, memory: &Memory, key: &TemplateKey) -> Result<Option<Arc<Template>>, Error> {
    let name = (tenant.id(), key.clone());
    if let Some(found) = memory.templates.get(&name, at.now) {
        return Ok(found);
    }
    let found = tenant.template(key).await?.map(|found| Arc::new(found.body));
    memory.templates.put(name, found.clone(), at.now);
    Ok(found)
}

/// The failure of a message that does not fit its template: Meta's own code for it, so that it is explained like Meta's.
fn unfit(faults: &Faults) -> Failure {
    super::failure(132_000, "Template parameters do not fit", &faults.to_string())
}
