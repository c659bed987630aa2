//! A colleague looks at templates. Whoever may only send sees those that can be sent.

use domain::{
    access::{Action, may},
    messaging::template::{Template, TemplateAccount},
    page::{Cursor, Page, PageSize},
    ports::TaskQueue,
    tenant::NumberId,
    time::Moment,
};
use store::{TenantStore, Versioned};

use super::account;
use crate::{authorise, error::Error, read_conversations::named, session::token::Identity};

/// How many rows a filtered page reads at most; it may then be shorter than asked for and still have a next.
const ROWS_MAX: usize = 500;

/// Which templates.
#[derive(Clone, Debug, Default)]
pub struct Wanted<'a> {
    /// Of this status, by its name.
    pub status: Option<&'a str>,
    /// Of this category, by its name.
    pub category: Option<&'a str>,
    /// In this language.
    pub language: Option<&'a str>,
    /// Whose names begin so.
    pub name: Option<&'a str>,
}

/// Some templates, and how their list was last read from Meta.
#[derive(Debug)]
pub struct Listing {
    /// The templates.
    pub page: Page<Versioned<Template>>,
    /// How the list was last read.
    pub account: Option<TemplateAccount>,
}

/// A page of the templates of a number's account. A list that is a day old is read anew meanwhile.
///
/// # Errors
/// [`Error::Forbidden`] when the role may not look, [`Error::Invalid`] when the cursor is none of this list.
pub async fn page(
    at: &Moment,
    tenant: &TenantStore,
    queue: &dyn TaskQueue,
    identity: Identity,
    number: &NumberId,
    wanted: &Wanted<'_>,
    (size, cursor): (PageSize, Option<&Cursor>),
) -> Result<Listing, Error> {
    authorise::role(identity, Action::ReadTemplates)?;
    let id = account::id(tenant, number).await?;
    let all = may(identity.role, Action::ManageTemplates);
    let account = tenant.get::<TemplateAccount>(&id).await?.map(|found| found.body);
    if cursor.is_none() && account.as_ref().is_none_or(|account| account.is_stale(at.now)) {
        account::ask_for_sync(at, tenant, queue, &id, number, "use").await?;
    }
    let (mut items, mut from, mut read) = (Vec::new(), cursor.cloned(), 0);
    loop {
        let page = tenant.templates(&id, size, from.as_ref()).await.map_err(named)?;
        read += page.items.len();
        let fits = |found: &Versioned<Template>| (all || found.body.usable()) && wanted.fits(&found.body);
        items.extend(page.items.into_iter().filter(fits));
        from = page.next;
        // A page is never cut: what was read is shown, so it may hold up to twice as many.
        if from.is_none() || items.len() >= size.get() || read >= ROWS_MAX {
            return Ok(Listing { page: Page { items, next: from }, account });
        }
    }
}

impl Wanted<'_> {
    fn fits(&self, template: &Template) -> bool {
        let is = |wanted: Option<&str>, found: &str| wanted.is_none_or(|wanted| wanted == found);
        is(self.status, template.status.value.name())
            && is(self.category, template.category.value.name())
            && is(self.language, template.key.language.as_str())
            && self.name.is_none_or(|beginning| template.key.name.as_str().starts_with(beginning))
    }
}

/// One template.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or none this role may see.
pub async fn one(
    tenant: &TenantStore,
    identity: Identity,
    number: &NumberId,
    name: &str,
    language: &str,
) -> Result<Versioned<Template>, Error> {
    authorise::role(identity, Action::ReadTemplates)?;
    let key = account::key(&account::id(tenant, number).await?, name, language)?;
    let found = tenant.template(&key).await?.ok_or(Error::NotFound("template"))?;
    if !may(identity.role, Action::ManageTemplates) && !found.body.usable() {
        return Err(Error::NotFound("template"));
    }
    Ok(found)
}

/// Has the list read anew now.
///
/// # Errors
/// [`Error::Forbidden`] when the role may not ask.
pub async fn refresh(at: &Moment, tenant: &TenantStore, queue: &dyn TaskQueue, identity: Identity, number: &NumberId) -> Result<(), Error> {
    authorise::role(identity, Action::ReadTemplates)?;
    let account = account::id(tenant, number).await?;
    account::ask_for_sync(at, tenant, queue, &account, number, "asked").await
}
