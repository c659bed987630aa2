//! A number is connected: looked up at its provider with the token it comes with, claimed for the business, stored, and listened for.
//!
//! Done again it finds what is there and goes on, so it may die between any two steps.

use std::fmt::Write as _;

use domain::{
    id::{UserId, digest},
    tenant::{Number, NumberId, NumberState, ProviderKind, onboarding::Candidate, silence::Pulse},
    time::Moment,
};
use secrecy::SecretString;
use store::{Credentials, StoreError, Table, TenantStore};

use super::{Desk, note_rate, release_held, watch};
use crate::error::Error;

/// How many numbers a business may have.
const NUMBERS_MAX: usize = 20;
/// How long a token, a key or a password may be, in bytes; Meta's have about two hundred.
const TOKEN_MAX: usize = 1_024;
/// How long a webhook's secret must be and may be, in bytes.
const SECRET_LENGTH: std::ops::RangeInclusive<usize> = 8..=256;

/// A number to be connected.
pub struct NewNumber {
    /// What somebody tells of it.
    pub candidate: Candidate,
    /// What opens it.
    pub token: SecretString,
    /// What its provider shows with webhooks, where a person has to tell us.
    pub webhook_secret: Option<SecretString>,
    /// Meta's business portfolio, when it is known.
    pub portfolio_id: Option<NumberId>,
    /// Whether the phone's app uses it too.
    pub coexistence: bool,
}

/// A number that is connected.
pub struct Connected {
    /// The number.
    pub number: Number,
    /// The address to which its webhooks must come.
    pub callback: String,
    /// Whether the provider has been told so; if not, the check of the number says what is missing.
    pub listening: bool,
}

/// Connects a number.
///
/// # Errors
/// [`Error::Office`] when the provider does not show the number to this token, [`Error::NumberTaken`] when another business has it or its
/// account.
pub async fn run(at: &Moment, table: &Table, tenant: &TenantStore, desk: &Desk<'_>, asked: NewNumber) -> Result<Connected, Error> {
    let kind = asked.candidate.provider();
    let credentials = credentials(at, kind, asked.token, asked.webhook_secret)?;
    let known = tenant.numbers().await?;
    let office = desk.offices.of(kind);
    let token = secrecy::ExposeSecret::expose_secret(&credentials.token);
    let told = office.look_up(&asked.candidate, token).await?;
    let number = Number { portfolio_id: asked.portfolio_id, coexistence: told.coexistence || asked.coexistence, ..told };
    let used = known.iter().filter(|known| known.body.state != NumberState::Disconnected && known.body.id != number.id).count();
    if used >= NUMBERS_MAX {
        let problem = format!("a business may have {NUMBERS_MAX} numbers: disconnect one that is not used");
        return Err(Error::Invalid { field: "provider", problem });
    }
    claim(table, tenant, &number).await?;
    if known.iter().any(|known| known.body.id == number.id && known.body.state != NumberState::Connected) {
        release_held(at, tenant, &number.id).await?;
    }
    store(tenant, &number, &credentials).await?;
    // A partner does not tell; its numbers keep what was said of them.
    if kind == ProviderKind::CloudApi {
        note_rate(at, tenant, &number.id, number.messages_per_second).await?;
    }
    watch::begin(at, tenant, &number.id).await?;
    let callback = desk.callback(&number);
    let ours = desk.ours(&callback, credentials.webhook_secret.as_ref());
    // Subscribing comes first: an address without a subscription is refused by Meta, or worse, accepted and never used.
    let listening = match kind {
        ProviderKind::CloudApi => office.subscribe(&number, token).await.is_ok(),
        ProviderKind::Dialog360 => office.redirect(&number, token, &ours).await.is_ok(),
        ProviderKind::Interakt | ProviderKind::AiSensy => false,
    };
    Ok(Connected { number, callback, listening })
}

/// Checks what came, and makes the secret of a provider that shows the one we give it.
fn credentials(at: &Moment, kind: ProviderKind, token: SecretString, secret: Option<SecretString>) -> Result<Credentials, Error> {
    check_token("token", &token)?;
    let webhook_secret = match kind {
        ProviderKind::CloudApi => None,
        ProviderKind::Dialog360 => Some(fresh_secret(at)),
        ProviderKind::Interakt | ProviderKind::AiSensy => {
            let problem = || "must be the secret of the webhook as the provider shows it: 8 to 256 characters".to_owned();
            let secret = secret.ok_or_else(|| Error::Invalid { field: "webhook_secret", problem: problem() })?;
            check_secret(&secret)?;
            Some(secret)
        }
    };
    Ok(Credentials { token, webhook_secret })
}

/// Refuses what cannot be a token; it would only be refused later, with less to say.
pub(super) fn check_token(field: &'static str, token: &SecretString) -> Result<(), Error> {
    let raw = secrecy::ExposeSecret::expose_secret(token);
    let shaped = !raw.is_empty() && raw.len() <= TOKEN_MAX && raw.bytes().all(|byte| byte.is_ascii_graphic());
    let problem = format!("must be the provider's token: up to {TOKEN_MAX} letters, digits and signs, without blanks");
    if shaped { Ok(()) } else { Err(Error::Invalid { field, problem }) }
}

/// Refuses what is too short to prove anything.
pub(super) fn check_secret(secret: &SecretString) -> Result<(), Error> {
    let raw = secrecy::ExposeSecret::expose_secret(secret);
    let shaped = SECRET_LENGTH.contains(&raw.len()) && raw.bytes().all(|byte| byte.is_ascii_graphic());
    let problem = "must have 8 to 256 letters, digits and signs, without blanks".to_owned();
    if shaped { Ok(()) } else { Err(Error::Invalid { field: "webhook_secret", problem }) }
}

/// A secret of 128 bits: the moment's ids come from as many random ones.
pub(super) fn fresh_secret(at: &Moment) -> SecretString {
    let ids: [UserId; 2] = [at.ids.next(), at.ids.next()];
    let hash = digest(&[b"webhook secret", ids[0].as_bytes(), ids[1].as_bytes()]);
    SecretString::from(hash[..16].iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    }))
}

/// Leads the number, and the account with what it tells of itself, to this business and no other.
async fn claim(table: &Table, tenant: &TenantStore, number: &Number) -> Result<(), Error> {
    let directory = table.directory();
    let taken = |error: StoreError| -> Error { if matches!(error, StoreError::Conflict) { Error::NumberTaken } else { error.into() } };
    let new = directory.claim_number(&number.id, tenant.id()).await.map_err(taken)?;
    let Some(account) = &number.waba_id else { return Ok(()) };
    if let Err(error) = directory.claim_account(account, tenant.id()).await {
        if new {
            directory.release_number(&number.id, tenant.id()).await?;
        }
        return Err(taken(error));
    }
    directory.add_number_of(&number.id, account, tenant.id()).await.map_err(taken)
}

/// Writes the number, or writes it anew where it was given up before, or where this is done a second time.
async fn store(tenant: &TenantStore, number: &Number, credentials: &Credentials) -> Result<(), Error> {
    match tenant.create_number_with(number, credentials).await {
        Err(StoreError::Conflict) => {}
        done => return Ok(done?),
    }
    let there = super::one(tenant, &number.id).await?;
    tenant.update_number_with(number, credentials, there.version).await?;
    Ok(())
}

/// The pulse of a number, new.
pub(super) fn pulse(at: &Moment, id: &NumberId) -> Pulse {
    Pulse::of_new(id.clone(), at.now)
}
