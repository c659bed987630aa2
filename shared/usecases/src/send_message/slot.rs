//! A moment of the number's rate: taken from the lease this sandbox holds, or from a new one.

use std::time::Duration;

use domain::{
    messaging::{
        contract::{Addition, Billing, Tally},
        message::Author,
    },
    rate::{Lease, Limits, Patience, Told, lease_size, weight},
    tenant::Number,
    time::Timestamp,
};

use super::Sending;
use crate::{clock, error::Error, health, shop};

/// The longest wait inside one invocation; what takes longer waits on its row.
pub(super) const WAIT_MAX: Duration = Duration::from_secs(2);
/// How often slots are asked for in one invocation.
const QUESTIONS_MAX: u32 = 8;
/// How long a message waits when the row of the rate cannot be asked.
const UNASKED_US: i64 = 5_000_000;

/// What a sandbox holds of one number's rate. Whoever asks holds it, so that the messages of one batch share one lease.
#[derive(Debug, Default)]
pub struct Slots {
    lease: Option<Lease>,
    patience: Patience,
}

/// Waits for the message's moment; a time when that is too far away.
pub(super) async fn wait(sending: &Sending<'_>, number: &Number) -> Result<(), Timestamp> {
    let slots = sending.means.memory.slots(sending.tenant.id(), &number.id, sending.at.now);
    for _ in 0..QUESTIONS_MAX {
        let taken = {
            let mut slots = slots.lock().await;
            match slots.lease.as_mut().and_then(|lease| lease.take(sending.now())) {
                Some(slot) => Some(slot),
                None => ask(sending, number, &mut slots).await?,
            }
        };
        let Some(slot) = taken else { continue };
        pause(sending, slot.as_microsecond() - sending.now().as_microsecond()).await?;
        if Lease::usable(slot, sending.now()) {
            return Ok(());
        }
    }
    Err(later(sending, UNASKED_US))
}

/// Leases slots and takes the first.
async fn ask(sending: &Sending<'_>, number: &Number, slots: &mut Slots) -> Result<Option<Timestamp>, Timestamp> {
    pause(sending, slots.patience.pause_us()).await?;
    let (limits, billing) = believed(sending, number).await.map_err(|_| later(sending, UNASKED_US))?;
    let answers = sending.message.author == Author::Bot && sending.message.key.is_first();
    let mut at_once = true;
    for _ in 0..QUESTIONS_MAX {
        let asked = sending.now();
        let ask = limits.ask(asked, sending.message.tier, lease_size(sending.means.waiting), weight(answers), slots.patience.lead_us());
        let addition = count(sending, number, |tally| tally.addition(billing.month(asked)));
        let leased = sending.tenant.lease(&number.id, &ask, slots.patience.form(), &addition).await;
        let leased = leased.map_err(|_| later(sending, UNASKED_US))?;
        match leased.told {
            Told::From(first) => {
                let took = sending.now().as_microsecond() - asked.as_microsecond();
                slots.patience.answered(at_once, leased.form, ask.cost_us, took);
                handed_over(sending, number, &addition, leased.counted);
                let lease = slots.lease.insert(ask.lease(first));
                return Ok(lease.take(sending.now()));
            }
            Told::Wait(wait_us) => {
                at_once = false;
                let wait_us = slots.patience.refused(wait_us, ask.cost_us, sending.random());
                pause(sending, wait_us).await?;
            }
            Told::Guess(_) => return Ok(None),
        }
    }
    Err(later(sending, slots.patience.pause_us().max(UNASKED_US)))
}

/// What the number may, and how its account is billed. The contract has just asked for the same, so it is remembered.
async fn believed(sending: &Sending<'_>, number: &Number) -> Result<(Limits, Billing), Error> {
    let (at, tenant, memory) = (sending.at, sending.tenant, sending.means.memory);
    let health = health::run(at, tenant, memory, number).await?;
    let shop = shop::run(at, tenant, memory).await?;
    Ok((Limits { per_second: number.rate(&health) }, shop.billing))
}

/// Works on this sandbox's count of the number's service messages.
pub(super) fn count<T>(sending: &Sending<'_>, number: &Number, work: impl FnOnce(&mut Tally) -> T) -> T {
    sending.means.memory.tally(sending.tenant.id(), &number.id, sending.at.now, work)
}

fn handed_over(sending: &Sending<'_>, number: &Number, addition: &Addition, counted: Option<i64>) {
    if let Some(counted) = counted {
        let now = sending.now();
        count(sending, number, |tally| tally.handed_over(addition, counted, now));
    }
}

/// Sleeps, if it is short.
async fn pause(sending: &Sending<'_>, microseconds: i64) -> Result<(), Timestamp> {
    let pause = Duration::from_micros(microseconds.max(0).unsigned_abs());
    let spent = sending.now().duration_since(sending.at.now).unsigned_abs();
    if spent + pause > WAIT_MAX {
        return Err(later(sending, microseconds));
    }
    if !pause.is_zero() {
        clock::wait(pause).await;
    }
    Ok(())
}

fn later(sending: &Sending<'_>, microseconds: i64) -> Timestamp {
    let now = sending.now();
    now.checked_add(Duration::from_micros(microseconds.max(0).unsigned_abs())).unwrap_or(now)
}
