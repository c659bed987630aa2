//! What a business lays down for itself about sending: when it leaves people in peace, and whether it asks before it advertises.

use domain::{access::Action, messaging::contract::QuietHours, tenant::Tenant, time::Moment};
use store::TenantStore;

use crate::{authorise, error::Error, memory::Memory, session::token::Identity};

/// The rules of a business.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// When it leaves people in peace, if it does.
    pub quiet_hours: Option<QuietHours>,
    /// Whether it sends marketing only to people who said yes.
    pub opt_in_needed: bool,
}

/// The rules as they are.
///
/// # Errors
/// [`Error::Forbidden`] when the role may not look.
pub async fn read(tenant: &TenantStore, identity: Identity) -> Result<Rules, Error> {
    authorise::role(identity, Action::ReadConversations)?;
    let shop = tenant.get::<Tenant>(&()).await?.ok_or(Error::NotFound("business"))?.body;
    Ok(Rules { quiet_hours: shop.quiet_hours, opt_in_needed: shop.opt_in_needed })
}

/// Lays down other rules. What is being sent notices within five minutes: a business is remembered that long.
///
/// # Errors
/// [`Error::Forbidden`] when the role may not, [`store::StoreError::Conflict`] when somebody else changed the business first.
pub async fn write(at: &Moment, tenant: &TenantStore, memory: &Memory, identity: Identity, rules: Rules) -> Result<Rules, Error> {
    authorise::colleague(tenant, identity, Action::ManageSendingRules).await?;
    let read = tenant.get::<Tenant>(&()).await?.ok_or(Error::NotFound("business"))?;
    let shop = Tenant { quiet_hours: rules.quiet_hours, opt_in_needed: rules.opt_in_needed, ..read.body.clone() };
    if shop != read.body {
        tenant.update(&shop, read.version).await?;
    }
    memory.tenants.put(tenant.id(), std::sync::Arc::new(shop), at.now);
    Ok(rules)
}
