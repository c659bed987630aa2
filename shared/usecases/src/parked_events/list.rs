//! Somebody who runs the business looks at what could not be handled.

use domain::{
    access::Action,
    page::{Cursor, Page, PageSize},
};
use store::{Parked, TenantStore};

use crate::{authorise, error::Error, read_conversations::named, session::token::Identity};

/// A page of it, the newest first, without what it says.
///
/// # Errors
/// [`Error::Forbidden`] when the role may not look, [`Error::Invalid`] when the cursor is not one of this list.
pub async fn page(tenant: &TenantStore, identity: Identity, size: PageSize, cursor: Option<&Cursor>) -> Result<Page<Parked>, Error> {
    authorise::role(identity, Action::ReadParkedEvents)?;
    tenant.parked(size, cursor).await.map_err(named)
}
