//! A message goes out: once, whatever the provider does.

use std::sync::Arc;

use shared::{
    boot,
    domain::{
        messaging::{
            key::CallbackData,
            status::{Failure, Stage, State, StatusUpdate},
        },
        ports::SendError,
        task::{SendMessage, Task},
        text::Text,
        time::SignedDuration,
    },
    usecases::Error,
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
    Failure { code, title: Text::new("made up").unwrap(), details: None }
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
    assert_eq!((found.state(), found.failure.unwrap().code), (State::Failed, 131_047));
    assert!(channel.taken().is_empty());
}

#[tokio::test]
async fn a_busy_or_unreachable_provider_is_asked_again_later() {
    let world = World::make().await;
    let send = reply(&world).await;
    let later = || Act::Refuse(SendError::Later { failure: failure(130_429), after: Some(SignedDuration::from_secs(60)) });
    let channel = Arc::new(ScriptedChannel::new(&world.tap, [later(), Act::Refuse(SendError::NotSent)]));
    let app = world.outbound(&channel, SignedDuration::from_hours(1));
    assert!(matches!(outbound::handle(&app, task(&send)).await, Err(Error::Busy)));
    assert_eq!(state(&world, &send).await, State::Queued);
    assert!(matches!(outbound::handle(&app, task(&send)).await, Err(Error::ProviderUnavailable)));
    outbound::handle(&app, task(&send)).await.unwrap();
    assert_eq!((channel.taken().len(), state(&world, &send).await), (1, State::Accepted));
}

#[tokio::test]
async fn a_lost_answer_waits_for_a_status_before_anything_is_sent_again() {
    let world = World::make().await;
    let send = reply(&world).await;
    let channel = Arc::new(ScriptedChannel::new(&world.tap, [Act::AcceptAndKill]));
    assert!(outbound::handle(&world.outbound(&channel, SignedDuration::ZERO), task(&send)).await.is_err());
    world.tap.heal();

    let patient = world.outbound(&channel, SignedDuration::from_hours(1));
    assert!(matches!(outbound::handle(&patient, task(&send)).await, Err(Error::OutcomePending)));
    let place = CallbackData { conversation: send.conversation, message: send.key };
    let update = StatusUpdate { wamid: Text::new("wamid.out").unwrap(), stage: Stage::Delivered, at: boot::now(), failure: None };
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
    let limits = shared::domain::rate::Limits { per_second: 80 };
    let store = world.table.tenant(world.shop.tenant);
    let now = boot::now();
    let mut leased = 0;
    while let shared::store::Leasing::Leased(lease) = store.lease(&world.shop.number, limits, send.tier, 10, now).await.unwrap() {
        leased += lease.tokens;
    }
    // Conversation leaves three tenths of the second to what is more urgent.
    assert_eq!(leased, 50);
    outbound::handle(&app, task(&send)).await.unwrap();
    assert_eq!(channel.taken().len(), 1);
}
