//! The owner looks at the dead letters of the business.

use std::collections::BTreeMap;

use domain::{
    access::Action,
    page::{Cursor, Page, PageSize},
};
use store::{DeadLetter, Fate, StoreError, TenantStore};

use crate::{authorise, error::Error, session::token::Identity};

/// How many are looked through for the counts.
const COUNTED_PAGES: usize = 5;

/// A page of dead letters, the newest first.
///
/// # Errors
/// [`Error::Forbidden`] when the role may not look, [`Error::Invalid`] when the cursor is not one of this list.
pub async fn page(tenant: &TenantStore, identity: Identity, size: PageSize, cursor: Option<&Cursor>) -> Result<Page<DeadLetter>, Error> {
    authorise::role(identity, Action::ManageDeadLetters)?;
    tenant.dead_letters(size, cursor).await.map_err(|error| match error {
        StoreError::Cursor => Error::Invalid { field: "cursor", problem: "must be a `next` of this very list".to_owned() },
        other @ (StoreError::Unavailable(_)
        | StoreError::Conflict
        | StoreError::Corrupt { .. }
        | StoreError::Foreign
        | StoreError::Sealed) => other.into(),
    })
}

/// How many wait for a decision, by queue; of the newest five hundred.
///
/// # Errors
/// [`Error::Forbidden`] when the role may not look.
pub async fn counts(tenant: &TenantStore, identity: Identity) -> Result<BTreeMap<String, u32>, Error> {
    authorise::role(identity, Action::ManageDeadLetters)?;
    let mut counts = BTreeMap::new();
    let mut cursor = None;
    for _ in 0..COUNTED_PAGES {
        let page = tenant.dead_letters(PageSize::MAX, cursor.as_ref()).await?;
        for letter in page.items.iter().filter(|letter| letter.fate == Fate::Waiting) {
            *counts.entry(letter.queue.clone()).or_default() += 1;
        }
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    Ok(counts)
}
