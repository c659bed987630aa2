//! Whether whoever asks may do what is asked.

use domain::{
    access::{Action, may},
    tenant::User,
};
use store::TenantStore;

use crate::{error::Error, session::token::Identity};

/// By the role in the token, which is a quarter of an hour old at most: enough for looking.
///
/// # Errors
/// [`Error::Forbidden`] when the role does not allow it.
pub fn role(identity: Identity, action: Action) -> Result<(), Error> {
    if may(identity.role, action) { Ok(()) } else { Err(Error::Forbidden) }
}

/// By the colleague as the business knows them now: for what leaves the house.
///
/// # Errors
/// [`Error::SessionExpired`] when the colleague is gone, [`Error::Forbidden`] when the role does not allow it.
pub async fn colleague(tenant: &TenantStore, identity: Identity, action: Action) -> Result<User, Error> {
    let user = tenant.get::<User>(&identity.user).await?.ok_or(Error::SessionExpired)?.body;
    role(Identity { role: user.role, ..identity }, action)?;
    Ok(user)
}
