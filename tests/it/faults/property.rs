//! The first thing that must hold: any set of webhooks, delivered any number of times, in any order and any batches, ends in the same
//! table and the same set of sends.
//!
//! The same table is what `canon` says: times of our own clock and the order of arrival apart. The same sends are the same messages,
//! by callback data and content, each taken once. Answers to what is not in words are in the language last used, which is the language
//! of what *arrived* last; everybody here therefore writes in one language.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use proptest::{
    prelude::*,
    sample::{Index, select},
    test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner},
};
use serde_json::{Value, json};
use shared::{
    domain::{
        crm::{Alias, Contact, Known, SenderRole},
        id::{ContactId, derived},
        messaging::{
            conversation::conversation_of,
            key::{CallbackData, MessageKey},
        },
        ports::{Accepted, MessageChannel, ReadRequest, SendError, SendRequest},
        tenant::NumberId,
        text::Text,
        time::{SignedDuration, Timestamp},
    },
    providers::whatsapp::CloudApi,
    usecases::clock::Simulated,
};
use simulator::{End, Letter};
use testkit::Stack;

use super::{
    canon::{Canon, Statuses, canon, differences, nameless},
    platform::{Platform, SECRET, Ways},
    player::NUMBERS,
};
use crate::common::sign;

/// How many sets of webhooks are tried.
const CASES: u32 = 24;
/// Where they come from. Another seed tries others.
const SEED: u64 = 20_261_031;
const START: i64 = 1_793_500_000;
const PEOPLE: usize = 3;

/// Something Meta tells.
#[derive(Clone, Debug)]
enum Fact {
    /// Somebody writes.
    Writes { person: usize, number: usize, second: i64, what: What },
    /// A status of the answer to one of the messages, perhaps before there is an answer.
    Reached { of: Index, stage: &'static str, second: i64 },
}

/// What somebody writes.
#[derive(Clone, Debug)]
enum What {
    Text(&'static str),
    Image,
    Location,
    Tap(&'static str),
    Reaction { to: Index, emoji: &'static str },
    Edit { of: Index, text: &'static str },
    Revoke { of: Index },
    Unheard,
}

/// How the facts are told.
#[derive(Clone, Debug)]
struct Telling {
    /// How often each.
    times: Vec<usize>,
    /// Sorts all of it.
    order: Vec<u32>,
    /// How many arrive as one.
    batches: Vec<usize>,
    /// After which webhooks the queues are worked on.
    works: Vec<bool>,
}

fn what() -> impl Strategy<Value = What> {
    const TEXTS: [&str; 6] = ["price of sugar", "hello", "do you have sugar", "something nobody understands", "STOP", "START"];
    prop_oneof![
        6 => select(&TEXTS[..]).prop_map(What::Text),
        1 => Just(What::Image),
        1 => Just(What::Location),
        1 => select(&["menu:browse", "menu:stock"][..]).prop_map(What::Tap),
        1 => (any::<Index>(), select(&["👍", "❤️", ""][..])).prop_map(|(to, emoji)| What::Reaction { to, emoji }),
        1 => (any::<Index>(), select(&["price of sugar, please", "hello again"][..])).prop_map(|(of, text)| What::Edit { of, text }),
        1 => any::<Index>().prop_map(|of| What::Revoke { of }),
        1 => Just(What::Unheard),
    ]
}

fn fact() -> impl Strategy<Value = Fact> {
    prop_oneof![
        3 => (0..PEOPLE, 0..NUMBERS.len(), 0i64..300, what()).prop_map(|(person, number, second, what)| Fact::Writes { person, number, second, what }),
        // A stage has one time, however often it is told.
        1 => (any::<Index>(), select(&[("sent", 310), ("delivered", 400), ("failed", 450), ("read", 500)][..]))
            .prop_map(|(of, (stage, second))| Fact::Reached { of, stage, second }),
    ]
}

fn telling(facts: usize) -> impl Strategy<Value = Telling> {
    let most = facts * 3;
    (
        prop::collection::vec(1usize..=3, facts),
        prop::collection::vec(any::<u32>(), most),
        prop::collection::vec(1usize..=4, most),
        prop::collection::vec(any::<bool>(), most),
    )
        .prop_map(|(times, order, batches, works)| Telling { times, order, batches, works })
}

fn case() -> impl Strategy<Value = (Vec<Fact>, Telling)> {
    prop::collection::vec(fact(), 3..9).prop_flat_map(|facts| {
        let telling = telling(facts.len());
        (Just(facts), telling)
    })
}

#[test]
fn webhooks_in_any_number_order_and_batching_end_in_the_same_table_and_sends() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let stack = runtime.block_on(Stack::find());
    let config = Config { cases: CASES, max_shrink_iters: 12, failure_persistence: None, ..Config::default() };
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&SEED.to_le_bytes());
    println!("seed {SEED}, {CASES} cases");
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
    let outcome = runner.run(&case(), |(facts, telling)| {
        let told = facts.iter().enumerate().map(|(place, fact)| value(&facts, place, fact)).collect::<Vec<_>>();
        let plain: Vec<(Vec<Value>, bool)> = in_order(&facts).into_iter().map(|place| (vec![told[place].clone()], true)).collect();
        let (once, all) = runtime.block_on(async { (end(&stack, plain).await, end(&stack, disorder(&facts, &told, &telling)).await) });
        let found = differences(&once.0, &all.0);
        prop_assert!(found.is_empty(), "the table differs: {}", found.join("\n"));
        prop_assert_eq!(once.1, all.1, "the sends differ");
        Ok::<(), TestCaseError>(())
    });
    outcome.unwrap_or_else(|failure| panic!("seed {SEED}: {failure}"));
}

/// The facts by their time: what a world without disorder would tell.
fn in_order(facts: &[Fact]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..facts.len()).collect();
    places.sort_by_key(|place| match &facts[*place] {
        Fact::Writes { second, .. } | Fact::Reached { second, .. } => *second,
    });
    places
}

/// The same facts again and again, shuffled and in batches. A status comes when its message has been sent, for Meta tells of nothing
/// else: one that comes before proves that it need not be sent, which the scenarios with lost responses play.
fn disorder(facts: &[Fact], told: &[Value], telling: &Telling) -> Vec<(Vec<Value>, bool)> {
    let repeated = (0..facts.len()).zip(&telling.times).flat_map(|(place, times)| std::iter::repeat_n(place, *times));
    let mut all: Vec<(u32, usize)> = telling.order.iter().copied().zip(repeated).collect();
    all.sort_by_key(|(order, _)| *order);
    let all = statuses_last(facts, all.into_iter().map(|(_, place)| place));
    let mut webhooks: Vec<(Vec<Value>, bool)> = Vec::new();
    let (mut written, mut worked) = (BTreeSet::new(), BTreeSet::new());
    let mut sizes = telling.batches.iter().zip(&telling.works);
    let mut size = 0;
    for place in all {
        let about = message(facts, place);
        let early = matches!(facts[place], Fact::Reached { .. }) && about.is_some_and(|about| !worked.contains(&about));
        if let Some(last) = webhooks.last_mut() {
            last.1 |= early;
            if early || last.0.len() >= size {
                if last.1 {
                    worked.extend(written.iter().copied());
                }
                size = 0;
            }
        }
        if size == 0 {
            let (most, work) = sizes.next().map_or((1, true), |(most, work)| (*most, *work));
            size = most;
            webhooks.push((Vec::new(), work));
        }
        webhooks.last_mut().unwrap().0.push(told[place].clone());
        written.extend(about);
    }
    webhooks
}

/// Puts each status behind the first time its message is told.
fn statuses_last(facts: &[Fact], all: impl Iterator<Item = usize>) -> Vec<usize> {
    let (mut placed, mut early, mut told) = (Vec::new(), Vec::new(), BTreeSet::new());
    for place in all {
        let about = message(facts, place);
        match &facts[place] {
            Fact::Reached { .. } if about.is_some_and(|about| !told.contains(&about)) => early.push(place),
            Fact::Reached { .. } => placed.push(place),
            Fact::Writes { .. } => {
                placed.push(place);
                if told.insert(place) {
                    let (now, later) = early.into_iter().partition(|status| message(facts, *status) == about);
                    early = later;
                    placed.extend::<Vec<usize>>(now);
                }
            }
        }
    }
    placed.extend(early);
    placed
}

/// The message whose answer a status is about.
fn answered(facts: &[Fact], of: Index) -> Option<usize> {
    let messages: Vec<usize> = (0..facts.len()).filter(|place| matches!(facts[*place], Fact::Writes { .. })).collect();
    (!messages.is_empty()).then(|| messages[of.index(messages.len())])
}

/// The message a fact tells, or tells about.
fn message(facts: &[Fact], place: usize) -> Option<usize> {
    match &facts[place] {
        Fact::Writes { .. } => Some(place),
        Fact::Reached { of, .. } => answered(facts, *of),
    }
}

fn wamid(place: usize) -> String {
    format!("wamid.fact{place}")
}

fn phone(person: usize) -> String {
    format!("91987650000{person}")
}

/// A person everybody knows from the start, so that what belongs to them has the same names in both plays.
fn person(person: usize) -> ContactId {
    derived(&[b"person", &[u8::try_from(person).unwrap()]])
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(START + second).unwrap()
}

/// The message a fact is about, among those of the same person on the same number; itself if it is the only one.
fn about(facts: &[Fact], place: usize, index: Index) -> usize {
    let Fact::Writes { person, number, .. } = &facts[place] else { return place };
    let theirs = facts
        .iter()
        .enumerate()
        .filter(|(_, fact)| matches!(fact, Fact::Writes { person: p, number: n, .. } if p == person && n == number));
    let theirs: Vec<usize> = theirs.map(|(place, _)| place).collect();
    theirs[index.index(theirs.len())]
}

/// A fact as the `value` of a webhook.
fn value(facts: &[Fact], place: usize, fact: &Fact) -> Value {
    match fact {
        Fact::Writes { person, number, second, what } => {
            let id = |index: &Index| wamid(about(facts, place, *index));
            let mut message = match what {
                What::Text(text) => json!({ "type": "text", "text": { "body": text } }),
                What::Image => {
                    json!({ "type": "image", "image": { "id": "501", "mime_type": "image/jpeg", "sha256": "cOoqBsRxA2yc2AJIWh8b90DvNweGB6z9Zisphx6DkFc=" } })
                }
                What::Location => json!({ "type": "location", "location": { "latitude": 18.5204, "longitude": 73.8567 } }),
                What::Tap(row) => {
                    json!({ "type": "interactive", "interactive": { "type": "list_reply", "list_reply": { "id": row, "title": "Row" } } })
                }
                What::Reaction { to, emoji } => json!({ "type": "reaction", "reaction": { "message_id": id(to), "emoji": emoji } }),
                What::Edit { of, text } => json!({ "type": "edit", "edit": { "original_message_id": id(of),
                    "message": { "context": { "id": id(of) }, "type": "text", "text": { "body": text } } } }),
                What::Revoke { of } => json!({ "type": "revoke", "revoke": { "original_message_id": id(of) } }),
                What::Unheard => json!({ "type": "hologram", "hologram": { "depth": 3 } }),
            };
            message["from"] = json!(phone(*person));
            message["id"] = json!(wamid(place));
            message["timestamp"] = json!(at(*second).as_second().to_string());
            json!({ "metadata": { "phone_number_id": NUMBERS[*number] }, "messages": [message],
                "contacts": [{ "wa_id": phone(*person), "profile": { "name": format!("Person {person}") } }] })
        }
        Fact::Reached { of, stage, second } => {
            let Some(place) = answered(facts, *of) else {
                return json!({ "metadata": { "phone_number_id": NUMBERS[0] } });
            };
            let Fact::Writes { person: who, number, second: written, .. } = &facts[place] else { unreachable!() };
            let conversation = conversation_of(person(*who), &NumberId::new(NUMBERS[*number]).unwrap());
            let callback = CallbackData { conversation, message: MessageKey::received(at(*written), &wamid(place)).reply(0) };
            let mut status = json!({ "id": given(callback), "status": stage, "timestamp": at(*second).as_second().to_string(),
                "recipient_id": phone(*who), "biz_opaque_callback_data": callback.to_string() });
            if *stage == "failed" {
                status["errors"] = json!([{ "code": 131_026, "title": "Message undeliverable" }]);
            }
            json!({ "metadata": { "phone_number_id": NUMBERS[*number] }, "statuses": [status] })
        }
    }
}

/// The id Meta gives a message: the same in both plays.
fn given(callback: CallbackData) -> String {
    format!("wamid.OUT.{callback}")
}

/// Takes everything, and remembers it.
#[derive(Default)]
struct Meta(Mutex<Vec<(String, String)>>);

#[async_trait]
impl MessageChannel for Meta {
    async fn send(&self, _token: &str, request: SendRequest<'_>) -> Result<Accepted, SendError> {
        let content = nameless(&serde_json::to_string(request.content).unwrap());
        self.0.lock().unwrap().push((request.callback.to_string(), content));
        Ok(Accepted { wamid: Text::new(&given(request.callback)).unwrap() })
    }

    async fn mark_read(&self, _token: &str, _request: ReadRequest<'_>) -> Result<(), SendError> {
        Ok(())
    }
}

/// The table and the sends after these webhooks.
async fn end(stack: &Stack, webhooks: Vec<(Vec<Value>, bool)>) -> (Canon, BTreeMap<(String, String), usize>) {
    let clock = Simulated::at(at(600));
    let meta = Arc::new(Meta::default());
    // Nothing here asks Meta anything but to send.
    let elsewhere = CloudApi::new(shared::providers::http::client().unwrap(), "http://127.0.0.1:9/v24.0");
    let ways = Ways { people: meta.clone(), meta: Arc::new(elsewhere) };
    let scope = clock.clone();
    let told = scope.run(async {
        let mut platform = Platform::open(stack, &NUMBERS, ways, clock, SEED, simulator::Platform::default()).await;
        know_everybody(&platform).await;
        for (place, (values, work)) in (0..).zip(webhooks) {
            assert_eq!(platform.bring(&letter(place, &values)).await, Some(200));
            platform.clock.move_to(platform.clock.now() + SignedDuration::from_secs(2));
            if work {
                platform.work().await;
            }
        }
        settle(&mut platform).await;
        let items = platform.own.items().await;
        platform.own.remove().await;
        canon(&items, Statuses::Timed, End::Equal)
    });
    let table = told.await;
    let mut sends = BTreeMap::new();
    for send in meta.0.lock().unwrap().iter() {
        *sends.entry(send.clone()).or_default() += 1;
    }
    (table, sends)
}

/// Works until nothing lies ahead.
async fn settle(platform: &mut Platform) {
    for _ in 0..1_000 {
        platform.work().await;
        let now = platform.clock.now();
        let Some(next) = [platform.tiers.next_at(now), platform.next_timer()].into_iter().flatten().min() else { return };
        platform.clock.move_to(next);
        platform.tick().await;
    }
    panic!("the queues never become empty");
}

async fn know_everybody(platform: &Platform) {
    let store = platform.table.tenant(platform.shop.tenant);
    for who in 0..PEOPLE {
        let phone = phone(who).parse().unwrap();
        let known = Known { contact: person(who), role: SenderRole::Customer };
        let contact =
            Contact { id: known.contact, name: Text::cut("A person"), phone: Some(phone), username: None, locale: None, created_at: at(0) };
        store.create_contact(&contact, &[Alias::WhatsApp(phone)], known).await.unwrap();
    }
}

fn letter(id: u64, values: &[Value]) -> Letter {
    let changes: Vec<Value> = values.iter().map(|value| json!({ "field": "messages", "value": value })).collect();
    let body = json!({ "object": "whatsapp_business_account", "entry": [{ "id": "310000000000001", "changes": changes }] });
    let body = serde_json::to_vec(&body).unwrap();
    Letter { id, signature: sign(&body, SECRET), body, label: format!("webhook {id}"), messages: Vec::new() }
}
