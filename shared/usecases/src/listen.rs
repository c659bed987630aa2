//! A colleague's screen listens for changes.

use domain::{
    access::{Action, may},
    time::Moment,
};
use store::Table;

use crate::{
    error::Error,
    session::token::{Audience, Tokens},
};

/// Opens a live connection with a ticket.
///
/// # Errors
/// [`Error::SessionExpired`] when the ticket is not good, [`Error::Forbidden`] when the role may not listen.
pub async fn open(at: &Moment, table: &Table, tokens: &Tokens, ticket: &str, connection: &str) -> Result<(), Error> {
    let identity = tokens.read(ticket, Audience::Live, at.now)?;
    if !may(identity.role, Action::Listen) {
        return Err(Error::Forbidden);
    }
    table.tenant(identity.tenant).add_connection(connection, identity.user, at.now).await?;
    Ok(())
}

/// Ends a live connection; ending one that is not there is no error.
///
/// # Errors
/// When the store fails.
pub async fn close(table: &Table, connection: &str) -> Result<(), Error> {
    if let Some(tenant) = table.directory().tenant_of_connection(connection).await? {
        table.tenant(tenant).remove_connection(connection).await?;
    }
    Ok(())
}
