//! The row behind [`domain::rate`]: one conditional update leases a block of messages.

use domain::{
    messaging::inbound::Tier,
    rate::{Lease, Limits},
    tenant::NumberId,
    time::Timestamp,
};

use crate::{
    error::StoreError,
    expression::{Change, number, text},
    row,
    table::Written,
    tenant::TenantStore,
};

/// What is leased is good for one second.
const LEASE_US: i64 = 1_000_000;

/// What became of the wish to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leasing {
    /// So many messages may go.
    Leased(Lease),
    /// The number is busy: ask again after so many microseconds.
    Wait(i64),
}

impl TenantStore {
    /// Leases `tokens` messages for a number. One write when the number is idle, two when it is busy.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn lease(
        &self,
        number_id: &NumberId,
        limits: Limits,
        tier: Tier,
        tokens: u32,
        now: Timestamp,
    ) -> Result<Leasing, StoreError> {
        let attempt = limits.attempt(now, tier, tokens);
        let key = self.scope().rate(number_id);
        let until = Timestamp::from_microsecond(attempt.now_us + LEASE_US).map_err(StoreError::unavailable)?;
        let leased = Leasing::Leased(Lease { tokens, until });
        let idle = Change::default()
            .set("t", text(self.id().to_string()))
            .set("ck", number(attempt.now_us + attempt.cost_us))
            .bind("now", number(attempt.now_us))
            .when("attribute_not_exists(#ck) OR #ck < :now");
        let Written::Refused(found) = self.table().update(&key, idle).await? else {
            return Ok(leased);
        };
        let clock_us = found.and_then(|item| row::integer(&item, "ck")).unwrap_or(attempt.now_us);
        let wait = Limits::wait_us(attempt, clock_us);
        if wait > 0 {
            return Ok(Leasing::Wait(wait));
        }
        let busy = Change::default()
            .assign("ck", "#ck + :cost")
            .bind("cost", number(attempt.cost_us))
            .bind("latest", number(attempt.latest_us))
            .when("#ck <= :latest");
        match self.table().update(&key, busy).await? {
            Written::Done(_) => Ok(leased),
            Written::Refused(item) => {
                let clock_us = item.and_then(|item| row::integer(&item, "ck")).unwrap_or(clock_us);
                Ok(Leasing::Wait(Limits::wait_us(attempt, clock_us).max(1)))
            }
        }
    }
}
