//! What a business lays down for itself about sending: when it leaves people in peace, whether it asks before it advertises
//! and how much; and how WhatsApp bills it.

use domain::{
    access::Action,
    messaging::contract::{Billing, QuietHours},
    rate::MarketingCap,
    tenant::Tenant,
    time::Moment,
};
use store::TenantStore;

use crate::{authorise, error::Error, memory::Memory, session::token::Identity};

/// The rules of a business.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// When it leaves people in peace, if it does.
    pub quiet_hours: Option<QuietHours>,
    /// Whether it sends marketing only to people who said yes.
    pub opt_in_needed: bool,
    /// How much promotion it sends to one person.
    pub marketing_cap: MarketingCap,
    /// How WhatsApp bills its account.
    pub billing: Billing,
}

impl Rules {
    /// The rules of this business.
    const fn of(shop: &Tenant) -> Self {
        Self { quiet_hours: shop.quiet_hours, opt_in_needed: shop.opt_in_needed, marketing_cap: shop.marketing_cap, billing: shop.billing }
    }

    /// The business under these rules.
    fn laid_down_for(self, shop: &Tenant) -> Tenant {
        let Self { quiet_hours, opt_in_needed, marketing_cap, billing } = self;
        Tenant { quiet_hours, opt_in_needed, marketing_cap, billing, ..shop.clone() }
    }
}

/// The rules as they are.
///
/// # Errors
/// [`Error::Forbidden`] when the role may not look.
pub async fn read(tenant: &TenantStore, identity: Identity) -> Result<Rules, Error> {
    authorise::role(identity, Action::ReadConversations)?;
    let shop = tenant.get::<Tenant>(&()).await?.ok_or(Error::NotFound("business"))?.body;
    Ok(Rules::of(&shop))
}

/// Lays down other rules. What is being sent notices within five minutes: a business is remembered that long.
///
/// # Errors
/// [`Error::Forbidden`] when the role may not, [`store::StoreError::Conflict`] when somebody else changed the business first.
pub async fn write(at: &Moment, tenant: &TenantStore, memory: &Memory, identity: Identity, rules: Rules) -> Result<Rules, Error> {
    authorise::colleague(tenant, identity, Action::ManageSendingRules).await?;
    let read = tenant.get::<Tenant>(&()).await?.ok_or(Error::NotFound("business"))?;
    let shop = rules.laid_down_for(&read.body);
    if shop != read.body {
        tenant.update(&shop, read.version).await?;
    }
    memory.tenants.put(tenant.id(), std::sync::Arc::new(shop), at.now);
    Ok(rules)
}
