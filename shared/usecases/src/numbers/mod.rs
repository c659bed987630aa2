//! The numbers of a business: connecting them, looking after them, giving them up, and noticing when one falls silent.

pub mod check;
pub mod connect;
pub mod disconnect;
pub mod fix;
pub mod hear;
pub mod list;
pub mod rotate_token;
pub mod set_state;
pub mod watch;

use domain::{
    ports::NumberOffice,
    task::{ReleaseHeld, Task},
    tenant::{
        HIGH_PER_SECOND, News, Number, NumberId,
        onboarding::{Ours, callback_of},
    },
    text::Text,
    time::{Moment, SignedDuration},
};
use providers::Offices;
use secrecy::{ExposeSecret as _, SecretString};
use store::{TenantStore, Versioned};

use crate::{apply_provider_event, error::Error};

/// What looking after numbers needs.
pub struct Desk<'a> {
    /// The providers' offices.
    pub offices: &'a Offices,
    /// The address of all webhooks.
    pub webhook_url: &'a str,
    /// What Meta signs with.
    pub app_secret: SecretString,
    /// What Meta asks for when an address is registered.
    pub verify_token: SecretString,
}

impl Desk<'_> {
    /// The office of a number's provider.
    fn office(&self, number: &Number) -> &dyn NumberOffice {
        self.offices.of(number.provider)
    }

    /// The address to which webhooks of a number come.
    #[must_use]
    pub fn callback(&self, number: &Number) -> String {
        callback_of(self.webhook_url, number.provider, &number.id)
    }

    fn ours<'o>(&'o self, callback: &'o str, webhook_secret: Option<&'o SecretString>) -> Ours<'o> {
        Ours {
            callback,
            verify_token: self.verify_token.expose_secret(),
            app_secret: self.app_secret.expose_secret(),
            webhook_secret: webhook_secret.map(secrecy::ExposeSecret::expose_secret),
        }
    }
}

/// When what was held for a number that starts again goes out: soon, and once more when no sandbox can remember it stopped.
const RELEASES: [SignedDuration; 2] = [SignedDuration::from_secs(1), SignedDuration::from_mins(6)];

/// Sets the timers that let go what was held for a number. They are set before it starts: one that comes too early finds it stopped
/// and does nothing, and none can be lost.
async fn release_held(at: &Moment, tenant: &TenantStore, id: &NumberId) -> Result<(), Error> {
    for after in RELEASES {
        let due = at.now.checked_add(after).unwrap_or(at.now);
        let cause = Text::new(&due.as_millisecond().to_string()).map_err(|_| Error::Bug("a time has no text"))?;
        let release = ReleaseHeld { tenant: tenant.id(), number: id.clone(), cause };
        tenant.schedule(&Task::ReleaseHeldV1(Box::new(release)), due).await?;
    }
    Ok(())
}

/// Takes note of the throughput its provider shows now, beside what webhooks tell of it: the later word counts.
async fn note_rate(at: &Moment, tenant: &TenantStore, id: &NumberId, per_second: u16) -> Result<(), Error> {
    apply_provider_event::note(tenant, id, &[News::HighThroughput(per_second >= HIGH_PER_SECOND)], at.now).await
}

/// A number of the business, with the version to write over.
async fn one(tenant: &TenantStore, id: &NumberId) -> Result<Versioned<Number>, Error> {
    tenant.get::<Number>(id).await?.ok_or(Error::NotFound("number"))
}

/// The token of a number; one that has been given up has none.
async fn token_of(tenant: &TenantStore, id: &NumberId) -> Result<SecretString, Error> {
    tenant.number_with_token(id).await?.map(|(_, token)| token).ok_or(Error::NotFound("number"))
}
