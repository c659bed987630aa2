//! The templates of an account are read anew from Meta: page by page, what is new taken in, what is gone marked so.
//!
//! A large account is read in several pieces of work; the time when the reading began goes with them, and at its end whatever was
//! not met since then is gone.

use domain::{
    messaging::template::{Listed, Template, TemplateAccount},
    ports::{SendError, TaskQueue},
    task::{SyncTemplates, Task},
    text::Text,
    time::{Moment, Timestamp},
};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use providers::whatsapp::CloudApi;
use secrecy::ExposeSecret as _;
use store::{StoreError, TenantStore};

use super::account;
use crate::error::Error;

/// How many pages one piece of work reads.
const PAGES_MAX: usize = 10;
/// How many templates are written at a time.
const WRITES_AT_ONCE: usize = 8;
/// How often a write is tried when somebody else writes the same template.
const TRIES_MAX: usize = 3;

/// Reads the list, or goes on with it.
///
/// # Errors
/// When it is to be tried again later. What Meta refuses is kept with the account, and no error.
pub async fn run(at: &Moment, tenant: &TenantStore, queue: &dyn TaskQueue, meta: &CloudApi, sync: &SyncTemplates) -> Result<(), Error> {
    let account = account::of(tenant, &sync.number).await?;
    if account.id != sync.account {
        return Err(Error::NotFound("account"));
    }
    let started = sync.started_at.unwrap_or(at.now);
    let known = tenant.get::<TemplateAccount>(&account.id).await?.map(|found| found.body);
    let mut row = known.unwrap_or_else(|| TemplateAccount {
        account: account.id.clone(),
        number: account.number.clone(),
        synced_at: None,
        tried_at: None,
        count: 0,
        failure: None,
    });
    row.number = account.number.clone();
    row.tried_at = Some(at.now);
    let mut after = sync.after.as_ref().map(|after| after.as_str().to_owned());
    for _ in 0..PAGES_MAX {
        let page = match meta.list_templates(account.token.expose_secret(), &account.id, after.as_deref()).await {
            Ok(page) => page,
            Err(SendError::Refused(failure) | SendError::NumberBroken(failure)) => {
                row.failure = Some(failure);
                tenant.save_template_account(&row).await?;
                return Ok(());
            }
            Err(error) => return Err(super::refused(error)),
        };
        take(tenant, &page.items, started).await?;
        if page.unreadable > 0 || !page.named.is_empty() {
            tracing::warn!(unreadable = page.unreadable, named = page.named.len(), "templates do not read");
        }
        after = page.after;
        if after.is_none() {
            row.count = vanish(tenant, &account.id, page.unreadable == 0 && page.named.is_empty(), started).await?;
            row.synced_at = Some(started);
            row.failure = None;
            tenant.save_template_account(&row).await?;
            return Ok(());
        }
    }
    let after = after.as_deref().and_then(|after| Text::new(after).ok());
    let next = SyncTemplates { after, started_at: Some(started), ..sync.clone() };
    queue.announce(&[Task::SyncTemplatesV1(Box::new(next))]).await?;
    Ok(())
}

async fn take(tenant: &TenantStore, listed: &[Listed], started: Timestamp) -> Result<(), Error> {
    let writing: Vec<_> = listed.iter().map(|listed| take_one(tenant, listed, started)).collect();
    stream::iter(writing).buffer_unordered(WRITES_AT_ONCE).try_collect().await
}

async fn take_one(tenant: &TenantStore, listed: &Listed, started: Timestamp) -> Result<(), Error> {
    for _ in 0..TRIES_MAX {
        let found = tenant.template(&listed.key).await?;
        let (template, seen) = match found {
            Some(found) => {
                let mut template = found.body;
                template.sync(listed, started);
                (template, Some(found.version))
            }
            None => (Template::listed(listed, started), None),
        };
        match tenant.save_template(&template, seen, started).await {
            Err(StoreError::Conflict) => {}
            done => return Ok(done?),
        }
    }
    Err(StoreError::Conflict.into())
}

/// Marks what the list did not have, and counts what it had. When part of the list did not read, nothing is known to be gone.
async fn vanish(tenant: &TenantStore, account: &domain::tenant::NumberId, whole: bool, started: Timestamp) -> Result<u32, Error> {
    let (mut count, mut cursor) = (0, None);
    loop {
        let page = tenant.templates(account, domain::page::PageSize::DEFAULT, cursor.as_ref()).await?;
        for found in page.items {
            let met = found.body.synced_at.is_some_and(|synced| synced >= started);
            count += u32::from(met);
            if met || !whole {
                continue;
            }
            let (before, mut template) = (found.body.clone(), found.body);
            template.vanish(started);
            if template != before {
                // Somebody who writes it meanwhile knows more of it.
                match tenant.save_template(&template, Some(found.version), started).await {
                    Ok(()) | Err(StoreError::Conflict) => {}
                    Err(error) => return Err(error.into()),
                }
            }
        }
        cursor = page.next;
        if cursor.is_none() {
            return Ok(count);
        }
    }
}
