//! A colleague logs in, or asks for a new token.

use domain::{
    tenant::{EmailAddress, Tenant, User},
    time::Moment,
};
use store::Table;

use crate::{
    error::Error,
    session::{
        password,
        token::{Audience, Identity, Tokens},
    },
};

/// A colleague with the business.
#[derive(Debug)]
pub struct Session {
    /// The business.
    pub tenant: Tenant,
    /// The colleague.
    pub user: User,
}

impl Session {
    /// Who it is.
    #[must_use]
    pub fn identity(&self) -> Identity {
        Identity { tenant: self.tenant.id, user: self.user.id, role: self.user.role }
    }
}

/// Checks e-mail address and password.
///
/// # Errors
/// [`Error::CredentialsWrong`] when either is wrong; which of them is not told, not even by the time it takes.
pub async fn run(table: &Table, email: &str, password: &str) -> Result<Session, Error> {
    let login = match EmailAddress::new(email) {
        Ok(address) => table.directory().login(&address).await?,
        Err(_) => None,
    };
    let user = match login {
        Some(login) => table.tenant(login.tenant).get::<User>(&login.user).await?.map(|read| (login.tenant, read.body)),
        None => None,
    };
    let right = password::matches(password, user.as_ref().map(|(_, user)| &user.password));
    let Some((tenant, user)) = user.filter(|_| right) else {
        return Err(Error::CredentialsWrong);
    };
    let tenant = table.tenant(tenant).get::<Tenant>(&()).await?.ok_or(Error::CredentialsWrong)?.body;
    Ok(Session { tenant, user })
}

/// Reads a refresh token and looks the colleague up again: whoever has left gets no new token.
///
/// # Errors
/// [`Error::SessionExpired`] when the token is not good or the colleague is gone.
pub async fn again(at: &Moment, table: &Table, tokens: &Tokens, refresh: &str) -> Result<Session, Error> {
    let identity = tokens.read(refresh, Audience::Refresh, at.now)?;
    let store = table.tenant(identity.tenant);
    let user = store.get::<User>(&identity.user).await?.ok_or(Error::SessionExpired)?.body;
    let tenant = store.get::<Tenant>(&()).await?.ok_or(Error::SessionExpired)?.body;
    Ok(Session { tenant, user })
}
