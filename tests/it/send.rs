//! A message goes out: once, whatever the provider does.

use std::sync::Arc;

use shared::{
    boot,
    domain::{
        locale::Locale,
        messaging::{
            contract::{Billing, Tally},
            key::CallbackData,
            pricing::{Cost, MicroRupees},
            status::{Failure, Stage, State, StatusUpdate},
        },
        ports::SendError,
        rate::{Form, Limits, Told},
        task::{SendMessage, Task},
        tenant::{News, Number, NumberHealth, NumberState},
        text::Text,
        time::{SignedDuration, Timestamp},
    },
    usecases::{clock::Simulated, release_held},
};
use testkit::{ScriptedChannel, channel::Act};

use crate::common::{World, delivery, receive, sends};

/// A reply of the shop, ready to be sent.
pub async fn reply(world: &World) -> SendMessage {
    let message = world.shop.says(1, "wamid.in", boot::now(), "sugar price");
    receive(&world.dispatch(), &message).await.unwrap();
    sends(world.queue.drain().await).pop().unwrap()
}

pub fn task(send: &SendMessage) -> shared::sqs::Delivery<Task> {
    delivery(Task::SendMessageV1(Box::new(send.clone())))
}

fn failure(code: i64) -> Failure {
    Failure::new(code, "made up")
}

async fn state(world: &World, send: &SendMessage) -> State {
    let store = world.table.tenant(world.shop.tenant);
    store.message(send.conversation, send.key).await.unwrap().unwrap().state()
}

#[tokio::test]
async fn a_message_delivered_many_times_goes_out_once() {
    let world = World::make().await;
    let send = reply(&world).await;
    let channel = Arc::new(ScriptedChannel::new(&world.tap, []));
    for _ in 0..3 {
        outbound::handle(&world.outbound(&channel, SignedDuration::ZERO), task(&send)).await.unwrap();
    }
    assert_eq!(channel.taken(), [CallbackData { conversation: send.conversation, message: send.key }]);
    assert_eq!(state(&world, &send).await, State::Accepted);
}

#[tokio::test]
async fn a_refused_message_fails_with_its_reason_and_is_not_tried_again() {
    let world = World::make().await;
    let send = reply(&world).await;
    let channel = Arc::new(ScriptedChannel::new(&world.tap, [Act::Refuse(SendError::Refused(failure(131_047)))]));
    for _ in 0..2 {
        outbound::handle(&world.outbound(&channel, SignedDuration::ZERO), task(&send)).await.unwrap();
    }
    let found = world.table.tenant(world.shop.tenant).message(send.conversation, send.key).await.unwrap().unwrap();
    // WhatsApp's word on the window counts, also where our own record has it open.
    assert_eq!(found.contract.unwrap().reason.code(), "window_open");
    let failure = found.failure.unwrap();
    assert_eq!((found.stages.state(), failure.code), (State::Failed, 131_047));
    assert!(failure.advice(Locale::English).contains("not tried again"));
    assert!(channel.taken().is_empty());
}

#[tokio::test]
async fn a_busy_or_unreachable_provider_makes_a_message_wait_and_not_fail() {
    let world = World::make().await;
    let send = reply(&world).await;
    let later = || Act::Refuse(SendError::Later { failure: failure(130_429), after: Some(SignedDuration::from_hours(1)) });
    let unreached = || Act::Refuse(SendError::NotSent);
    let channel = Arc::new(ScriptedChannel::new(&world.tap, [later(), unreached(), unreached(), unreached()]));
    let app = world.outbound(&channel, SignedDuration::from_hours(1));
    for attempt in 0..2 {
        outbound::handle(&app, task(&SendMessage { attempt, ..send.clone() })).await.unwrap();
        assert_eq!(state(&world, &send).await, State::Waiting);
        let found = world.table.tenant(world.shop.tenant).message(send.conversation, send.key).await.unwrap().unwrap();
        assert_eq!(found.marks.report.waits.unwrap().why.as_str(), "provider");
    }
    outbound::handle(&app, task(&SendMessage { attempt: 2, ..send.clone() })).await.unwrap();
    assert_eq!((channel.taken().len(), state(&world, &send).await), (1, State::Accepted));
}

#[tokio::test]
async fn a_fault_of_the_provider_is_tried_three_times_more_and_then_shown() {
    let world = World::make().await;
    let send = reply(&world).await;
    // Its pauses are too long to be slept, so each attempt is another delivery; the count is on the row.
    let upgrade = || Act::Refuse(SendError::Later { failure: failure(131_057), after: None });
    let channel = Arc::new(ScriptedChannel::new(&world.tap, [upgrade(), upgrade(), upgrade(), upgrade()]));
    for attempt in 0..3 {
        let app = world.outbound(&channel, SignedDuration::ZERO);
        outbound::handle(&app, task(&SendMessage { attempt, ..send.clone() })).await.unwrap();
        assert_eq!(state(&world, &send).await, State::Waiting, "attempt {attempt}");
    }
    let app = world.outbound(&channel, SignedDuration::ZERO);
    outbound::handle(&app, task(&SendMessage { attempt: 3, ..send.clone() })).await.unwrap();
    let found = world.table.tenant(world.shop.tenant).message(send.conversation, send.key).await.unwrap().unwrap();
    assert_eq!((found.state(), found.failure.unwrap().code), (State::Failed, 131_057));
    let head = world.table.tenant(world.shop.tenant).conversation(send.conversation).await.unwrap().unwrap();
    assert_eq!(head.last_failure, Some(131_057), "the list shows it");
}

/// Two replies of one conversation, ready to be sent.
async fn two(world: &World) -> [SendMessage; 2] {
    let app = world.dispatch();
    for place in 0..2 {
        let message = world.shop.says(1, &format!("wamid.{place}"), boot::now() + SignedDuration::from_secs(place), "sugar price");
        receive(&app, &message).await.unwrap();
    }
    sends(world.queue.drain().await).try_into().unwrap()
}

#[tokio::test]
async fn what_comes_behind_a_waiting_message_keeps_its_place() {
    let world = World::make().await;
    let [first, second] = two(&world).await;
    let later = Act::Refuse(SendError::Later { failure: failure(130_429), after: Some(SignedDuration::from_hours(1)) });
    let channel = Arc::new(ScriptedChannel::new(&world.tap, [later]));
    let store = world.table.tenant(world.shop.tenant);
    outbound::handle(&world.outbound(&channel, SignedDuration::ZERO), task(&first)).await.unwrap();
    // Delivered twice, by sandboxes that know nothing of each other, it has one place.
    for _ in 0..2 {
        outbound::handle(&world.outbound(&channel, SignedDuration::ZERO), task(&second)).await.unwrap();
    }
    assert_eq!((state(&world, &first).await, state(&world, &second).await), (State::Waiting, State::Waiting));
    assert_eq!(store.line(first.conversation).await.unwrap(), [first.key, second.key]);
    assert!(channel.taken().is_empty());

    let again = |send: &SendMessage| task(&SendMessage { attempt: 1, ..send.clone() });
    outbound::handle(&world.outbound(&channel, SignedDuration::ZERO), again(&second)).await.unwrap();
    assert!(channel.taken().is_empty(), "its turn has not come");
    outbound::handle(&world.outbound(&channel, SignedDuration::ZERO), again(&first)).await.unwrap();
    assert_eq!(store.line(first.conversation).await.unwrap(), [second.key]);
    outbound::handle(&world.outbound(&channel, SignedDuration::ZERO), again(&second)).await.unwrap();
    let order: Vec<_> = channel.taken().into_iter().map(|taken| taken.message).collect();
    assert_eq!(order, [first.key, second.key]);
    assert!(store.line(first.conversation).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_refused_token_stops_the_number_and_nothing_is_lost() {
    let world = World::make().await;
    let [first, second] = two(&world).await;
    let channel = Arc::new(ScriptedChannel::new(&world.tap, [Act::Refuse(SendError::NumberBroken(failure(190)))]));
    let app = world.outbound(&channel, SignedDuration::ZERO);
    for send in [&first, &second] {
        outbound::handle(&app, task(send)).await.unwrap();
        assert_eq!(state(&world, send).await, State::Waiting);
    }
    let store = world.table.tenant(world.shop.tenant);
    let number = store.get::<Number>(&world.shop.number).await.unwrap().unwrap();
    assert_eq!(number.body.state, NumberState::Stopped);
    assert_eq!(release_held::run(&store, &world.queue.through(&world.stack, &world.tap), &world.shop.number).await.unwrap(), 0);

    store.update(&Number { state: NumberState::Connected, ..number.body }, number.version).await.unwrap();
    let released = release_held::run(&store, &world.queue.through(&world.stack, &world.tap), &world.shop.number).await.unwrap();
    assert_eq!(released, 2);
    for send in sends(world.queue.drain().await) {
        assert_eq!(send.attempt, 1);
        outbound::handle(&world.outbound(&channel, SignedDuration::ZERO), task(&send)).await.unwrap();
    }
    let order: Vec<_> = channel.taken().into_iter().map(|taken| taken.message).collect();
    assert_eq!(order, [first.key, second.key], "in their order");
}

#[tokio::test]
async fn a_free_message_outside_the_window_is_not_even_tried() {
    let world = World::make().await;
    let old = world.shop.says(1, "wamid.old", boot::now() - SignedDuration::from_hours(30), "sugar price");
    receive(&world.dispatch(), &old).await.unwrap();
    let send = sends(world.queue.drain().await).pop().unwrap();
    let channel = Arc::new(ScriptedChannel::new(&world.tap, []));
    outbound::handle(&world.outbound(&channel, SignedDuration::ZERO), task(&send)).await.unwrap();
    let found = world.table.tenant(world.shop.tenant).message(send.conversation, send.key).await.unwrap().unwrap();
    assert_eq!((found.state(), found.failure.unwrap().code, channel.taken().len()), (State::Failed, 131_047, 0));
    assert_eq!(found.contract.unwrap().reason.code(), "window_closed");
}

#[tokio::test]
async fn a_lost_answer_waits_for_a_status_before_anything_is_sent_again() {
    let world = World::make().await;
    let send = reply(&world).await;
    let channel = Arc::new(ScriptedChannel::new(&world.tap, [Act::AcceptAndKill]));
    assert!(outbound::handle(&world.outbound(&channel, SignedDuration::ZERO), task(&send)).await.is_err());
    world.tap.heal();

    let patient = world.outbound(&channel, SignedDuration::from_hours(1));
    outbound::handle(&patient, task(&send)).await.unwrap();
    assert_eq!((channel.taken().len(), state(&world, &send).await), (1, State::Waiting));
    let place = CallbackData { conversation: send.conversation, message: send.key };
    let update = StatusUpdate::new(Text::new("wamid.out").unwrap(), Stage::Delivered, boot::now());
    assert!(world.table.tenant(world.shop.tenant).record_status(place, &update).await.unwrap());
    outbound::handle(&world.outbound(&channel, SignedDuration::ZERO), task(&send)).await.unwrap();
    assert_eq!((channel.taken().len(), state(&world, &send).await), (1, State::Delivered));
}

#[tokio::test]
async fn a_lost_answer_without_a_status_is_sent_once_more_and_marked() {
    let world = World::make().await;
    let send = reply(&world).await;
    let channel = Arc::new(ScriptedChannel::new(&world.tap, [Act::AcceptAndKill, Act::AcceptAndKill]));
    for _ in 0..2 {
        assert!(outbound::handle(&world.outbound(&channel, SignedDuration::ZERO), task(&send)).await.is_err());
        world.tap.heal();
    }
    // Twice is enough: the third time it is shown as failed, and a person decides.
    outbound::handle(&world.outbound(&channel, SignedDuration::ZERO), task(&send)).await.unwrap();
    let found = world.table.tenant(world.shop.tenant).message(send.conversation, send.key).await.unwrap().unwrap();
    assert_eq!((channel.taken().len(), found.possibly_twice, found.state()), (2, true, State::Failed));
}

#[tokio::test]
async fn a_number_sends_no_faster_than_it_may() {
    let world = World::make().await;
    let send = reply(&world).await;
    let channel = Arc::new(ScriptedChannel::new(&world.tap, []));
    let app = world.outbound(&channel, SignedDuration::ZERO);
    let limits = Limits { per_second: 80 };
    let store = world.table.tenant(world.shop.tenant);
    let now = boot::now();
    let (mut leased, mut form) = (0, Form::Idle);
    let nothing = Tally::default().addition(Billing::default().month(now));
    loop {
        let ask = limits.ask(now, send.tier, 10, 1, 0);
        let found = store.lease(&world.shop.number, &ask, form, &nothing).await.unwrap();
        let Told::From(first) = found.told else { break };
        assert_eq!(first, ask.start_us + leased * ask.cost_us, "each lease begins where the last one ends");
        (leased, form) = (leased + 1, found.form);
    }
    // Conversation may ask while seven tenths of the second are taken: the sixth block crosses the mark.
    assert_eq!(leased, 6);
    outbound::handle(&app, task(&send)).await.unwrap();
    assert_eq!(channel.taken().len(), 1);
}

#[tokio::test]
async fn an_upgrade_that_a_webhook_told_of_makes_a_number_faster() {
    for (told, per_second) in [(None, 80), (Some(false), 80), (Some(true), 1_000)] {
        let world = World::make().await;
        let send = reply(&world).await;
        let store = world.table.tenant(world.shop.tenant);
        if let Some(high) = told {
            let mut health = NumberHealth::unknown(world.shop.number.clone());
            health.note(&News::HighThroughput(high), boot::now());
            store.create(&health).await.unwrap();
        }
        let channel = Arc::new(ScriptedChannel::new(&world.tap, []));
        let app = world.outbound(&channel, SignedDuration::ZERO);
        let start = boot::now();
        // In time that stands still, so that the row shows exactly what was leased: ten moments, each for a reply and what it answers.
        let busy = shared::sqs::Delivery { batch: 10, ..task(&send) };
        Simulated::at(start).run(outbound::handle(&app, busy)).await.unwrap();
        let leased = Limits { per_second }.ask(start, send.tier, 10, 2, 0);
        let nothing = Tally::default().addition(Billing::default().month(start));
        let next = store.lease(&world.shop.number, &leased, Form::Busy, &nothing).await.unwrap();
        assert_eq!(next.told, Told::From(leased.start_us + leased.cost_us), "{told:?}");
    }
}

#[tokio::test]
async fn the_months_service_messages_are_counted_with_the_lease() {
    // When some of them are free, which they have not always been.
    let start: Timestamp = "2026-11-10T06:30:00Z".parse().unwrap();
    Box::pin(Simulated::at(start).run(async {
        let world = World::make().await;
        let [first, second] = two(&world).await;
        let (store, number, billing) = (world.table.tenant(world.shop.tenant), &world.shop.number, Billing::default());
        let count = async || store.service_messages(number, billing.month(start)).await.unwrap();
        let cost = async |send: &SendMessage| {
            let found = store.message(send.conversation, send.key).await.unwrap().unwrap();
            found.contract.unwrap().cost
        };
        assert_eq!(count().await, 0);
        let channel = Arc::new(ScriptedChannel::new(&world.tap, [Act::Refuse(SendError::Refused(failure(131_051)))]));
        let app = world.outbound(&channel, SignedDuration::ZERO);
        outbound::handle(&app, task(&first)).await.unwrap();
        assert_eq!(count().await, 1, "counted before it went");
        assert!(matches!(cost(&first).await, Cost::AtMost(_)), "a sandbox that has not seen the count does not read it");
        outbound::handle(&app, task(&second)).await.unwrap();
        assert_eq!(count().await, 1, "the first was refused and is taken back");
        assert_eq!(cost(&second).await, Cost::Estimated(MicroRupees::default()));

        // The next month forgets this one.
        let later = start + SignedDuration::from_hours(30 * 24);
        let ask = Limits { per_second: 80 }.ask(later, first.tier, 1, 1, 0);
        let mut tally = Tally::default();
        tally.goes();
        let leased = store.lease(number, &ask, Form::Idle, &tally.addition(billing.month(later))).await.unwrap();
        assert_eq!((leased.counted, count().await), (Some(1), 0));
    }))
    .await;
}
