//! The number behind the address of a partner's webhook, with the secret by which the partner proves itself.

use std::sync::Arc;

use domain::{
    tenant::{Number, NumberId, NumberState, ProviderKind},
    time::Moment,
};
use secrecy::SecretString;
use store::Table;

use crate::{error::Error, memory::Memory};

/// A number and what its provider has to show.
#[derive(Clone, Debug)]
pub struct PartnerNumber {
    /// The number.
    pub number: Arc<Number>,
    /// What its provider has to show.
    pub secret: Arc<SecretString>,
    /// Whether this was remembered: then a secret that does not fit may only be old.
    pub remembered: bool,
}

/// The number of this address; `None` when no business has it with this partner.
///
/// # Errors
/// When the store fails or the secret does not open.
pub async fn run(at: &Moment, table: &Table, memory: &Memory, kind: ProviderKind, id: &NumberId) -> Result<Option<PartnerNumber>, Error> {
    if let Some((number, secret)) = memory.webhook_secrets.get(id, at.now) {
        return Ok((number.provider == kind).then_some(PartnerNumber { number, secret, remembered: true }));
    }
    fresh(at, table, memory, kind, id).await
}

/// The same, read anew.
///
/// # Errors
/// When the store fails or the secret does not open.
pub async fn fresh(at: &Moment, table: &Table, memory: &Memory, kind: ProviderKind, id: &NumberId) -> Result<Option<PartnerNumber>, Error> {
    let Some(tenant) = table.directory().owner_of_number(id).await?.map(|owner| owner.tenant) else {
        return Ok(None);
    };
    let Some((number, secret)) = table.tenant(tenant).number_with_webhook_secret(id).await? else {
        return Ok(None);
    };
    if number.provider != kind || number.state == NumberState::Disconnected {
        return Ok(None);
    }
    let (number, secret) = (Arc::new(number), Arc::new(secret));
    memory.webhook_secrets.put(id.clone(), (Arc::clone(&number), Arc::clone(&secret)), at.now);
    Ok(Some(PartnerNumber { number, secret, remembered: false }))
}
