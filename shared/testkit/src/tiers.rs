//! The queues, in memory and in simulated time, with what SQS promises of FIFO queues and no more: order within a group, the rest of a
//! group held back while one of it is being worked on, the same deduplication id dropped for five minutes, a message seen again when
//! nobody says in time that it was handled, and the dead letters for what was given out too often.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;
use domain::{
    ports::{QueueError, TaskQueue},
    task::{Destination, Task},
    time::{SignedDuration, Timestamp},
};
use shared::boot;

use crate::tap::Tap;

/// How many messages an invocation gets at most.
const BATCH: usize = 10;
/// How often a message is given out before it goes to the dead letters (`maxReceiveCount`).
const RECEIVES_MAX: u32 = 20;
/// How long a deduplication id is remembered (SQS).
const REMEMBERED: SignedDuration = SignedDuration::from_mins(5);

/// All queues. Clones are the same queues.
#[derive(Clone, Debug)]
pub struct Tiers {
    state: Arc<Mutex<State>>,
    visibility: SignedDuration,
}

#[derive(Debug, Default)]
struct State {
    queues: BTreeMap<Destination, Queue>,
    dead: Vec<(Destination, Entry)>,
    serial: u64,
}

#[derive(Debug, Default)]
struct Queue {
    entries: Vec<Entry>,
    seen: HashMap<String, Timestamp>,
}

#[derive(Clone, Debug)]
struct Entry {
    id: u64,
    body: String,
    group: String,
    received: u32,
    /// Nobody else gets it before this.
    hidden_until: Option<Timestamp>,
}

/// Messages given out together.
#[derive(Clone, Debug)]
pub struct Given {
    /// Where they were.
    pub destination: Destination,
    /// Id, group, body and receive count of each.
    pub messages: Vec<(u64, String, String, u32)>,
}

impl Tiers {
    /// Empty queues, whose messages come again this long after they were given out.
    #[must_use]
    pub fn new(visibility: SignedDuration) -> Self {
        Self { state: Arc::default(), visibility }
    }

    /// The way onto the queues, through a tap: each batch counts as a call.
    #[must_use]
    pub fn through(&self, tap: &Tap) -> TiersPort {
        TiersPort { tiers: self.clone(), tap: tap.clone() }
    }

    /// The next batch of a queue: the oldest messages whose groups nobody works on.
    #[must_use]
    pub fn receive(&self, destination: Destination, now: Timestamp) -> Option<Given> {
        let mut state = self.state();
        let mut given_up = Vec::new();
        let queue = state.queues.get_mut(&destination)?;
        queue.entries.retain(|entry| {
            let free = entry.hidden_until.is_none_or(|until| until <= now);
            let keep = !(free && entry.received >= RECEIVES_MAX);
            if !keep {
                given_up.push((destination, entry.clone()));
            }
            keep
        });
        let mut held: HashSet<String> = HashSet::new();
        let mut messages = Vec::new();
        for entry in &mut queue.entries {
            if entry.hidden_until.is_some_and(|until| until > now) || held.contains(&entry.group) {
                held.insert(entry.group.clone());
                continue;
            }
            if messages.len() == BATCH {
                break;
            }
            entry.received += 1;
            entry.hidden_until = now.checked_add(self.visibility).ok();
            messages.push((entry.id, entry.group.clone(), entry.body.clone(), entry.received));
        }
        state.dead.extend(given_up);
        (!messages.is_empty()).then_some(Given { destination, messages })
    }

    /// Takes what was handled off its queue: everything but the ids that are to come again.
    pub fn handled(&self, given: &Given, again: &HashSet<u64>) {
        let mut state = self.state();
        if let Some(queue) = state.queues.get_mut(&given.destination) {
            queue.entries.retain(|entry| again.contains(&entry.id) || !given.messages.iter().any(|(id, ..)| *id == entry.id));
        }
    }

    /// When something can be received again; `None` when the queues are empty.
    #[must_use]
    pub fn next_at(&self, now: Timestamp) -> Option<Timestamp> {
        let state = self.state();
        let times = state.queues.values().flat_map(|queue| {
            let mut held: HashMap<&str, Timestamp> = HashMap::new();
            let times: Vec<Timestamp> = queue
                .entries
                .iter()
                .map(|entry| {
                    let until = entry.hidden_until.unwrap_or(now).max(now);
                    let held = held.entry(entry.group.as_str()).or_insert(until);
                    *held = (*held).max(until);
                    *held
                })
                .collect();
            times
        });
        times.min()
    }

    /// How many messages lie on the queues, handed out or not.
    #[must_use]
    pub fn len(&self) -> usize {
        self.state().queues.values().map(|queue| queue.entries.len()).sum()
    }

    /// Whether nothing does.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The dead letters.
    #[must_use]
    pub fn dead(&self) -> Vec<String> {
        self.state().dead.iter().map(|(_, entry)| entry.body.clone()).collect()
    }

    /// Puts the dead letters back on their queues, as a redrive does.
    #[must_use]
    pub fn redrive(&self) -> usize {
        let mut state = self.state();
        let dead = std::mem::take(&mut state.dead);
        let count = dead.len();
        for (destination, entry) in dead {
            let entry = Entry { received: 0, hidden_until: None, ..entry };
            state.queues.entry(destination).or_default().entries.push(entry);
        }
        count
    }

    fn put(&self, task: &Task, now: Timestamp) -> Result<(), QueueError> {
        let body = serde_json::to_string(task).map_err(|error| QueueError(error.into()))?;
        let mut state = self.state();
        state.serial += 1;
        let id = state.serial;
        let queue = state.queues.entry(task.destination()).or_default();
        queue.seen.retain(|_, until| *until > now);
        let until = now.checked_add(REMEMBERED).map_err(|error| QueueError(error.into()))?;
        if queue.seen.insert(task.deduplication_id(), until).is_none() {
            queue.entries.push(Entry { id, body, group: task.group(), received: 0, hidden_until: None });
        }
        Ok(())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The way onto the queues.
#[derive(Clone, Debug)]
pub struct TiersPort {
    tiers: Tiers,
    tap: Tap,
}

#[async_trait]
impl TaskQueue for TiersPort {
    async fn announce(&self, tasks: &[Task]) -> Result<(), QueueError> {
        let mut by_queue: BTreeMap<Destination, Vec<&Task>> = BTreeMap::new();
        for task in tasks {
            by_queue.entry(task.destination()).or_default().push(task);
        }
        let now = boot::now();
        for tasks in by_queue.values() {
            for batch in tasks.chunks(BATCH) {
                self.tap.pass("SQS", "SendMessageBatch").map_err(|killed| QueueError(killed.into()))?;
                for task in batch {
                    self.tiers.put(task, now)?;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shop::says;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_793_500_000 + second).expect("a bad time")
    }

    fn text(customer: u64, wamid: &str) -> Task {
        let tenant = domain::id::derived(&[b"a shop of this test"]);
        let number = domain::tenant::NumberId::new("210000000000009").expect("a bad number");
        Task::InboundMessageV1(Box::new(says(tenant, &number, customer, wamid, at(0), "hello")))
    }

    #[test]
    fn a_group_is_held_back_until_its_message_is_handled_or_seen_again() {
        let tiers = Tiers::new(SignedDuration::from_secs(90));
        for (customer, wamid) in [(1, "a"), (1, "b"), (2, "c"), (1, "a")] {
            tiers.put(&text(customer, wamid), at(0)).expect("not taken");
        }
        assert_eq!(tiers.len(), 3, "the same id is dropped for five minutes");
        let tier = text(1, "a").destination();
        let first = tiers.receive(tier, at(0)).expect("nothing there");
        assert_eq!(first.messages.len(), 3);
        tiers.put(&text(1, "d"), at(1)).expect("not taken");
        assert!(tiers.receive(tier, at(1)).is_none(), "its group is being worked on");
        assert_eq!(tiers.next_at(at(1)), Some(at(90)));
        tiers.handled(&first, &HashSet::from([first.messages[1].0]));
        assert_eq!(tiers.len(), 2);
        let again = tiers.receive(tier, at(90)).expect("nothing there");
        assert_eq!(again.messages.iter().map(|(.., received)| *received).collect::<Vec<_>>(), [2, 1]);
        tiers.handled(&again, &HashSet::new());
        assert!(tiers.is_empty());
    }

    #[test]
    fn what_is_given_out_too_often_becomes_a_dead_letter_and_can_be_redriven() {
        let tiers = Tiers::new(SignedDuration::from_secs(90));
        tiers.put(&text(1, "a"), at(0)).expect("not taken");
        let tier = text(1, "a").destination();
        let mut given = 0;
        while tiers.receive(tier, at(given * 90)).is_some() {
            given += 1;
        }
        assert_eq!((given, tiers.len(), tiers.dead().len()), (i64::from(RECEIVES_MAX), 0, 1));
        assert_eq!(tiers.redrive(), 1);
        assert!(tiers.receive(tier, at(given * 90)).is_some());
    }
}
