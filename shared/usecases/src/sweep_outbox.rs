//! Tasks whose time has come are announced: messages that waited, and what a function stored and died before it could announce.

use domain::{
    ports::TaskQueue,
    time::{Moment, Timestamp, minute},
};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use store::{Due, due};

use crate::error::Error;

/// How many minutes one tick catches up at most; the next tick goes on.
const MINUTES_MAX: i64 = 60;
/// How many shards are read at a time.
const SHARDS_AT_ONCE: usize = 8;
/// How long before now the first sweep ever begins, in minutes.
const FIRST_SWEEP_MINUTES: i64 = 10;

/// What a sweep did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Tasks announced.
    pub relayed: usize,
    /// Entries that do not read; they stay until their time to live is over.
    pub unreadable: usize,
}

/// Announces every task that is due and strikes it off. Two sweeps at a time do no harm.
///
/// # Errors
/// When the store or a queue fails; the next sweep begins where this one could not finish.
pub async fn run(at: &Moment, due: &Due, queue: &dyn TaskQueue) -> Result<Swept, Error> {
    let last = minute(at.now);
    let first = due.swept_up_to().await?.unwrap_or(last - FIRST_SWEEP_MINUTES);
    let mut swept = Swept::default();
    for minute in first..=last.min(first + MINUTES_MAX) {
        let one = sweep_minute(due, queue, minute, at.now).await?;
        swept.relayed += one.relayed;
        swept.unreadable += one.unreadable;
        // A writer whose clock is behind may still write into the minute before.
        if minute + 1 < last {
            due.set_swept_up_to(minute + 1).await?;
        }
    }
    Ok(swept)
}

/// Announces every task of one minute that is due at `until`.
///
/// # Errors
/// When the store or a queue fails; what was announced is struck off.
pub async fn sweep_minute(due: &Due, queue: &dyn TaskQueue, minute: i64, until: Timestamp) -> Result<Swept, Error> {
    let shards: Vec<Swept> = stream::iter(0..due::SHARDS)
        .map(|shard| sweep_shard(due, queue, minute, shard, until))
        .buffer_unordered(SHARDS_AT_ONCE)
        .try_collect()
        .await?;
    let sum = |sum: Swept, one: Swept| Swept { relayed: sum.relayed + one.relayed, unreadable: sum.unreadable + one.unreadable };
    Ok(shards.into_iter().fold(Swept::default(), sum))
}

async fn sweep_shard(due: &Due, queue: &dyn TaskQueue, minute: i64, shard: u8, until: Timestamp) -> Result<Swept, Error> {
    let mut swept = Swept::default();
    let mut from = None;
    loop {
        let left = due.left(minute, shard, until, from).await?;
        swept.unreadable += left.unreadable;
        for entry in &left.entries {
            if let Ok(task) = entry.task() {
                queue.announce(&[task]).await?;
                due.strike(entry).await?;
                swept.relayed += 1;
            } else {
                swept.unreadable += 1;
            }
        }
        from = left.next;
        if from.is_none() {
            return Ok(swept);
        }
    }
}
