//! A number with its access token, opened: from memory, else from its row.

use std::sync::Arc;

use domain::{
    tenant::{Number, NumberId, NumberState},
    time::Moment,
};
use secrecy::SecretString;
use store::TenantStore;

use crate::{error::Error, memory::Memory};

/// A number and its token.
pub(crate) type Opened = (Arc<Number>, Arc<SecretString>);

/// The number with its token; `None` when the business has no such number.
pub(crate) async fn run(at: &Moment, tenant: &TenantStore, memory: &Memory, id: &NumberId) -> Result<Option<Opened>, Error> {
    let key = (tenant.id(), id.clone());
    if let Some(found) = memory.numbers.get(&key, at.now) {
        return Ok(Some(found));
    }
    let Some((number, token)) = tenant.number_with_token(id).await? else { return Ok(None) };
    let found = (Arc::new(number), Arc::new(token));
    // A stopped one is read again each time, so that it is noticed when it starts.
    if found.0.state == NumberState::Connected {
        memory.numbers.put(key, found.clone(), at.now);
    }
    Ok(Some(found))
}
