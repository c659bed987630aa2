//! What a check found is mended where the provider lets us: our app is made to hear of the account, and webhooks to come to us.

use domain::{
    tenant::{Number, NumberId, ProviderKind, doctor::Check},
    time::Moment,
};
use secrecy::ExposeSecret as _;
use store::{Table, TenantStore};

use super::{Desk, check, list::Listed};
use crate::error::Error;

/// Mends what this check found, and checks again.
///
/// # Errors
/// [`Error::Office`] when the provider refuses, [`Error::Invalid`] for what only a person can mend.
pub async fn run(at: &Moment, table: &Table, tenant: &TenantStore, desk: &Desk<'_>, id: &NumberId, what: Check) -> Result<Listed, Error> {
    let (number, token) = tenant.number_with_token(id).await?.ok_or(Error::NotFound("number"))?;
    let token = token.expose_secret();
    match what {
        Check::Subscription => desk.office(&number).subscribe(&number, token).await?,
        Check::Callback => redirect(tenant, desk, &number, token).await?,
        Check::Token | Check::Scopes | Check::Registration | Check::AppSecret | Check::RoundTrip => {
            let problem = "must be subscription or callback: the rest is mended at the provider".to_owned();
            return Err(Error::Invalid { field: "check", problem });
        }
    }
    check::look(at, table, tenant, desk, id).await
}

/// Subscribing comes before the address: without a subscription an address of the account's own leads to silence.
async fn redirect(tenant: &TenantStore, desk: &Desk<'_>, number: &Number, token: &str) -> Result<(), Error> {
    let office = desk.office(number);
    if number.provider == ProviderKind::CloudApi {
        office.subscribe(number, token).await?;
    }
    let secret = tenant.number_with_webhook_secret(&number.id).await?.map(|(_, secret)| secret);
    let callback = desk.callback(number);
    Ok(office.redirect(number, token, &desk.ours(&callback, secret.as_ref())).await?)
}
