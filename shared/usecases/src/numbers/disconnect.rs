//! A number is given up: its credentials are removed, and it may be connected by somebody else. What was said on it stays.

use domain::tenant::{Number, NumberId, NumberState};
use secrecy::ExposeSecret as _;
use store::{Table, TenantStore};

use super::{Desk, one};
use crate::error::Error;

/// Gives a number up. Done again it finishes what was left undone.
///
/// # Errors
/// When there is no such number or the store fails.
pub async fn run(table: &Table, tenant: &TenantStore, desk: &Desk<'_>, id: &NumberId) -> Result<(), Error> {
    let read = one(tenant, id).await?;
    let others = tenant.numbers().await?;
    let shared = |account: &NumberId| {
        others.iter().any(|other| {
            other.body.id != *id && other.body.state != NumberState::Disconnected && other.body.waba_id.as_ref() == Some(account)
        })
    };
    let last_of = read.body.waba_id.clone().filter(|account| !shared(account));
    if last_of.is_some()
        && let Some((number, token)) = tenant.number_with_token(id).await?
    {
        leave(desk, &number, token.expose_secret()).await;
    }
    if read.body.state != NumberState::Disconnected {
        tenant.update_number_without(&read.body.disconnected(), read.version).await?;
    }
    let directory = table.directory();
    directory.release_number(id, tenant.id()).await?;
    if let Some(account) = last_of {
        directory.release_account(&account, tenant.id()).await?;
    }
    Ok(())
}

/// Asks the provider to tell us no more. A token that no longer works is a good reason to give a number up, so a refusal stops nothing.
async fn leave(desk: &Desk<'_>, number: &Number, token: &str) {
    if let Err(error) = desk.office(number).leave(number, token).await {
        tracing::info!(number = %number.id, reason = %error, "a provider was not told that a number is given up");
    }
}
