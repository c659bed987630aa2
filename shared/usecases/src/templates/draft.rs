//! A colleague writes a new template. It stays here until it is submitted.

use domain::{
    access::Action,
    messaging::template::{DefinitionParts, Status, Template, TemplateDefinition, TemplateKey},
    tenant::NumberId,
    time::Moment,
};
use store::{StoreError, TenantStore, Versioned};

use super::account;
use crate::{authorise, error::Error, session::token::Identity};

/// What became of it.
#[derive(Debug)]
pub enum Drafted {
    /// It is new.
    New(Versioned<Template>),
    /// The same draft was there already: its request came again.
    Before(Versioned<Template>),
}

/// Keeps a draft, if Meta would take it. The name and the language are its key: the same request again finds the same draft.
///
/// # Errors
/// [`Error::Template`] with everything Meta would refuse; [`Error::Invalid`] when another template has the name.
pub async fn run(
    at: &Moment,
    tenant: &TenantStore,
    identity: Identity,
    number: &NumberId,
    parts: DefinitionParts,
) -> Result<Drafted, Error> {
    authorise::colleague(tenant, identity, Action::ManageTemplates).await?;
    let definition = TemplateDefinition::new(parts)?;
    let account = account::of(tenant, number).await?;
    let key = TemplateKey { account: account.id.clone(), name: definition.name().clone(), language: definition.language().clone() };
    account::remember(tenant, &account).await?;
    let found = tenant.template(&key).await?;
    let seen = match &found {
        None => None,
        Some(found) if found.body.status.value == Status::Draft && found.body.definition.as_ref() == Some(&definition) => {
            return Ok(Drafted::Before(found.clone()));
        }
        // One that is gone at Meta makes room.
        Some(found) if found.body.status.value == Status::Deleted => Some(found.version),
        Some(_) => return Err(taken()),
    };
    let draft = Template::draft(key, definition, at.now);
    match tenant.save_template(&draft, seen, at.now).await {
        Ok(()) => Ok(Drafted::New(Versioned { version: seen.unwrap_or(0) + 1, body: draft })),
        Err(StoreError::Conflict) => Err(taken()),
        Err(error) => Err(error.into()),
    }
}

fn taken() -> Error {
    let problem = "there is a template of this name in this language already: choose another name, or change that one".to_owned();
    Error::Invalid { field: "name", problem }
}
