//! What must hold at the end of every play, whatever went wrong in it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};
use shared::domain::{
    id::ConversationId,
    messaging::{
        conversation::Direction,
        inbound::{InboundContent, Tapped},
        key::{CallbackData, MessageKey},
        message::{Author, Content, Message},
        status::State,
    },
    page::PageSize,
};
use simulator::End;

use super::{
    canon::{Canon, Statuses, canon, differences},
    player::Ended,
};

/// What must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Invariant {
    /// Every acknowledged message has one row.
    StoredOnce,
    /// Meta took every answer once; twice only when it is marked.
    AnsweredOnce,
    /// Answers to a person leave in the order in which their messages were taken.
    OrderPerContact,
    /// The table is what it would be without faults.
    EndStateEqual,
    /// Everything came to an end: no task is left, no message is on its way for ever, nothing was given up in silence.
    NothingLost,
}

/// Which invariants do not hold, and how one sees it.
pub type Broken = BTreeMap<Invariant, Vec<String>>;

/// A play, as far as invariants look at it.
pub struct Seen {
    threads: BTreeMap<ConversationId, Vec<Message>>,
    reference: Reference,
}

/// What a play is compared with: the end of the calm play of the same script.
#[derive(Debug, Serialize, Deserialize)]
pub struct Reference {
    canon: Canon,
    /// How many answers each cause has.
    answers: BTreeMap<MessageKey, usize>,
}

/// Reads the end of a play.
pub async fn see(ended: &Ended, end: End) -> Seen {
    let items = ended.platform.own.items().await;
    let store = ended.platform.table.tenant(ended.platform.shop.tenant);
    let mut threads = BTreeMap::new();
    for id in conversations(&items) {
        let (mut messages, mut cursor) = (Vec::new(), None);
        loop {
            let page = store.messages(id, PageSize::DEFAULT, cursor.as_ref()).await.unwrap();
            messages.extend(page.items);
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        threads.insert(id, messages);
    }
    let reference = Reference { canon: canon(&items, Statuses::Reached, end), answers: answers(&threads) };
    Seen { threads, reference }
}

impl Seen {
    /// What others are compared with.
    pub fn reference(self) -> Reference {
        self.reference
    }
}

fn conversations(items: &[testkit::Item]) -> BTreeSet<ConversationId> {
    let rows = items.iter().map(testkit::own::json);
    rows.filter(|row| row.get("k").and_then(|kind| kind.as_str()) == Some("conversation"))
        .filter_map(|row| row.get("PK")?.as_str()?.rsplit('#').next()?.parse().ok())
        .collect()
}

/// Checks a play against the calm play of the same script.
pub fn check(ended: &Ended, seen: &Seen, calm: &Reference) -> Broken {
    let mut broken = Broken::new();
    let mut put = |invariant, found: Vec<String>| {
        if !found.is_empty() {
            broken.insert(invariant, found);
        }
    };
    put(Invariant::StoredOnce, stored_once(ended, seen));
    put(Invariant::AnsweredOnce, answered_once(ended, seen, calm));
    put(Invariant::OrderPerContact, order(ended, seen));
    put(Invariant::EndStateEqual, differences(&calm.canon, &seen.reference.canon));
    put(Invariant::NothingLost, nothing_lost(ended, seen));
    broken
}

fn stored_once(ended: &Ended, seen: &Seen) -> Vec<String> {
    let mut rows: HashMap<&str, usize> = HashMap::new();
    let inbound = seen.threads.values().flatten().filter(|message| message.direction() == Direction::Inbound);
    for wamid in inbound.filter_map(|message| message.wamid.as_ref()) {
        *rows.entry(wamid.as_str()).or_default() += 1;
    }
    // Every webhook was acknowledged in the end, or Meta has given it up, which is another invariant's; strangers' messages have no rows.
    let twice = rows.iter().filter(|(_, count)| **count > 1).map(|(wamid, count)| format!("{wamid} has {count} rows"));
    let known = ended.acknowledged.iter().filter(|wamid| !rows.contains_key(wamid.as_str()) && !ended.of_strangers.contains(*wamid));
    twice.chain(known.map(|wamid| format!("{wamid} was acknowledged and has no row"))).collect()
}

fn answered_once(ended: &Ended, seen: &Seen, calm: &Reference) -> Vec<String> {
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    for one in &ended.taken {
        *taken.entry(one.callback_data.clone()).or_default() += 1;
    }
    let mut found = Vec::new();
    for (data, times) in taken {
        let Ok(place) = data.parse::<CallbackData>() else {
            found.push(format!("a message without callback data was sent {times} times"));
            continue;
        };
        let row = seen.threads.get(&place.conversation).and_then(|thread| thread.iter().find(|message| message.key == place.message));
        match row {
            None => found.push(format!("{} was sent and has no row", place.message)),
            Some(row) if times > 2 || (times == 2 && !row.possibly_twice) => {
                found.push(format!("{} was taken {times} times, possibly twice: {}", place.message, row.possibly_twice));
            }
            Some(_) => {}
        }
    }
    let (answers, expected) = (&seen.reference.answers, &calm.answers);
    let causes: BTreeSet<MessageKey> = answers.keys().chain(expected.keys()).copied().collect();
    let wrong = causes.into_iter().filter(|cause| answers.get(cause) != expected.get(cause));
    found.extend(wrong.map(|cause| {
        let count = |of: &BTreeMap<MessageKey, usize>| of.get(&cause).copied().unwrap_or(0);
        format!("{cause} has {} answers and not {}", count(answers), count(expected))
    }));
    found
}

/// How many answers each cause has.
fn answers(threads: &BTreeMap<ConversationId, Vec<Message>>) -> BTreeMap<MessageKey, usize> {
    let mut answers = BTreeMap::new();
    for message in threads.values().flatten().filter(|message| message.direction() == Direction::Outbound) {
        *answers.entry(cause_of(message.key)).or_default() += 1;
    }
    answers
}

/// The key of what caused a message: its own without the ordinal.
fn cause_of(key: MessageKey) -> MessageKey {
    let text = key.to_string();
    let parts: Vec<&str> = text.split('#').take(3).collect();
    parts.join("#").parse().unwrap()
}

/// Taps on products and carts are more urgent than what else a person says, and may overtake it.
fn urgent(message: &Message) -> bool {
    match &message.content {
        Content::Inbound(InboundContent::Order { .. }) => true,
        Content::Inbound(InboundContent::Tapped { id, what: Tapped::Row | Tapped::Button, .. }) => id.as_str().starts_with("product:"),
        Content::Inbound(_) | Content::Outbound(_) | Content::Phone(_) => false,
    }
}

fn order(ended: &Ended, seen: &Seen) -> Vec<String> {
    let mut found = Vec::new();
    for (conversation, thread) in &seen.threads {
        let mut lanes: Vec<u64> = thread.iter().filter_map(|message| message.lane).collect();
        lanes.sort_unstable();
        if !lanes.iter().copied().eq(1..=u64::try_from(lanes.len()).unwrap()) {
            found.push(format!("the lanes of a conversation are {lanes:?}"));
        }
        let causes: HashMap<MessageKey, &Message> = thread.iter().map(|message| (message.key, message)).collect();
        let by_us: HashMap<MessageKey, &Message> =
            thread.iter().filter(|message| matches!(message.author, Author::Bot)).map(|message| (message.key, message)).collect();
        let (mut last, mut seen_keys) = ([None::<u64>; 2], BTreeSet::new());
        for taken in &ended.taken {
            let Ok(place) = taken.callback_data.parse::<CallbackData>() else { continue };
            // Only the first time counts: a second one is a repetition, and marked.
            if place.conversation != *conversation || !by_us.contains_key(&place.message) || !seen_keys.insert(place.message) {
                continue;
            }
            let Some(cause) = causes.get(&cause_of(place.message)) else { continue };
            let lane = &mut last[usize::from(urgent(cause))];
            if cause.lane < *lane {
                found.push(format!("the answer to lane {:?} left after that to lane {lane:?}", cause.lane));
            }
            *lane = cause.lane;
        }
    }
    found
}

fn nothing_lost(ended: &Ended, seen: &Seen) -> Vec<String> {
    let mut found = Vec::new();
    let platform = &ended.platform;
    if !ended.over {
        found.push(format!("it was not over after {} turns", ended.turns));
    }
    if ended.given_up > 0 {
        found.push(format!("Meta gave up {} webhooks", ended.given_up));
    }
    if !platform.tiers.is_empty() {
        found.push(format!("{} tasks are left on the queues", platform.tiers.len()));
    }
    found.extend(platform.tiers.dead().iter().map(|task| format!("a dead letter: {}", shortened(task))));
    for message in seen.threads.values().flatten() {
        let stuck = match message.state() {
            State::Queued => Some("was never sent"),
            State::Sending => Some("is on its way for ever"),
            State::Failed if message.failure.is_none() => Some("failed without a reason"),
            State::Waiting | State::Failed | State::Received | State::Accepted | State::Sent | State::Delivered | State::Read => None,
        };
        found.extend(stuck.map(|stuck| format!("{} {stuck}", message.key)));
    }
    found
}

fn shortened(task: &str) -> String {
    task.chars().take(160).collect()
}
