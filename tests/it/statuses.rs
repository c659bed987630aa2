//! Statuses in any order, any number of times, give one state; those of nobody's messages are parked.

use std::sync::Arc;

use shared::{
    boot,
    domain::{
        messaging::{
            key::{CallbackData, MessageKey},
            status::{Failure, Origin, Pricing, Stage, State, StatusUpdate},
        },
        page::PageSize,
        text::Text,
        time::{SignedDuration, Timestamp},
    },
    usecases::enter_status,
};
use testkit::{ScriptedChannel, Stack};

use crate::{
    common::World,
    send::{reply, task},
};

fn update(wamid: &str, stage: Stage, second: i64) -> StatusUpdate {
    StatusUpdate::new(Text::new(wamid).unwrap(), stage, Timestamp::from_second(1_793_500_000 + second).unwrap())
}

/// Every order of three stages.
const ORDERS: [[Stage; 3]; 6] = [
    [Stage::Sent, Stage::Delivered, Stage::Read],
    [Stage::Sent, Stage::Read, Stage::Delivered],
    [Stage::Delivered, Stage::Sent, Stage::Read],
    [Stage::Delivered, Stage::Read, Stage::Sent],
    [Stage::Read, Stage::Sent, Stage::Delivered],
    [Stage::Read, Stage::Delivered, Stage::Sent],
];

#[tokio::test]
async fn every_order_of_statuses_leads_to_the_same_row() {
    let stack = Stack::find().await;
    for order in ORDERS {
        let world = World::on(&stack).await;
        let send = reply(&world).await;
        let channel = Arc::new(ScriptedChannel::new(&world.tap, []));
        outbound::handle(&world.outbound(&channel, SignedDuration::ZERO), task(&send)).await.unwrap();
        let store = world.table.tenant(world.shop.tenant);
        let place = CallbackData { conversation: send.conversation, message: send.key };
        let wamid = store.message(send.conversation, send.key).await.unwrap().unwrap().wamid.unwrap();
        // Told twice, the second time with another time: the first one counts.
        for second in [0, 100] {
            for stage in order {
                assert!(store.record_status(place, &update(wamid.as_str(), stage, second)).await.unwrap());
            }
        }
        let found = store.message(send.conversation, send.key).await.unwrap().unwrap();
        assert_eq!(found.state(), State::Read, "{order:?}");
        let first = Some(update("-", Stage::Sent, 0).at);
        assert!(!store.record_status(place, &update("wamid.other", Stage::Played, 0)).await.unwrap(), "another message's");
        assert_eq!((found.stages.sent, found.stages.delivered, found.stages.read), (first, first, first));
    }
}

#[tokio::test]
async fn a_status_of_nobodys_message_changes_nothing() {
    let world = World::make().await;
    let send = reply(&world).await;
    let store = world.table.tenant(world.shop.tenant);
    let place = CallbackData { conversation: send.conversation, message: send.key };
    assert!(!store.record_status(place, &update("wamid.out", Stage::Sent, 0)).await.unwrap());
    assert!(store.message(send.conversation, send.key).await.unwrap().is_none());
    assert!(store.park(&world.shop.number, "status", "x", boot::now()).await.unwrap());
    assert!(!store.park(&world.shop.number, "status", "x", boot::now()).await.unwrap(), "parking again changes nothing");
}

#[tokio::test]
async fn a_status_before_its_row_is_entered_when_the_row_appears() {
    let world = World::make().await;
    let send = reply(&world).await;
    let store = world.table.tenant(world.shop.tenant);
    let place = CallbackData { conversation: send.conversation, message: send.key };
    let at = boot::moment();
    let kept = enter_status::run(&at, &store, &world.shop.number, Some(place), &update("wamid.early", Stage::Delivered, 0)).await.unwrap();
    assert_eq!(kept, enter_status::Outcome::Kept);
    let channel = Arc::new(ScriptedChannel::new(&world.tap, []));
    outbound::handle(&world.outbound(&channel, SignedDuration::ZERO), task(&send)).await.unwrap();
    let found = store.message(send.conversation, send.key).await.unwrap().unwrap();
    assert_eq!((found.state(), found.wamid.unwrap().as_str()), (State::Delivered, "wamid.early"));
    assert!(channel.taken().is_empty(), "the status proves that it went out");
}

#[tokio::test]
async fn everything_a_status_tells_is_kept_and_a_late_failure_hides_nothing() {
    let world = World::make().await;
    let send = reply(&world).await;
    let channel = Arc::new(ScriptedChannel::new(&world.tap, []));
    outbound::handle(&world.outbound(&channel, SignedDuration::ZERO), task(&send)).await.unwrap();
    let store = world.table.tenant(world.shop.tenant);
    let place = CallbackData { conversation: send.conversation, message: send.key };
    let wamid = store.message(send.conversation, send.key).await.unwrap().unwrap().wamid.unwrap();
    let cut = |raw: &str| Text::cut(raw);
    let delivered = StatusUpdate {
        pricing: Some(Pricing { category: cut("service"), kind: cut("free_customer_service"), model: Text::cut("PMP") }),
        origin: Some(Origin { kind: Text::new("referral_conversion").unwrap(), expires_at: Some(boot::now()) }),
        ..update(wamid.as_str(), Stage::Delivered, 0)
    };
    let failure = Failure { more: vec![Failure::new(131_000, "Something went wrong")], ..Failure::new(131_049, "Held back") };
    let failed = StatusUpdate { failure: Some(failure.clone()), ..update(wamid.as_str(), Stage::Failed, 1) };
    let at = boot::moment();
    for status in [&delivered, &failed, &failed] {
        let entered = enter_status::run(&at, &store, &world.shop.number, Some(place), status).await.unwrap();
        assert_eq!(entered, enter_status::Outcome::Entered);
    }
    let found = store.message(send.conversation, send.key).await.unwrap().unwrap();
    assert_eq!((found.state(), found.failure), (State::Delivered, Some(failure)));
    assert_eq!(found.marks.report.pricing, delivered.pricing);
    assert!(!found.marks.report.pricing.unwrap().billable());
    assert_eq!(found.marks.report.origin.unwrap().kind.as_str(), "referral_conversion");
    let head = store.conversation(send.conversation).await.unwrap().unwrap();
    assert_eq!(head.last_failure, None, "it was delivered");
}

#[tokio::test]
async fn a_status_without_our_data_finds_its_message_by_its_id_before_and_after_the_id_is_known() {
    let world = World::make().await;
    let send = reply(&world).await;
    let channel = Arc::new(ScriptedChannel::new(&world.tap, []));
    outbound::handle(&world.outbound(&channel, SignedDuration::ZERO), task(&send)).await.unwrap();
    let store = world.table.tenant(world.shop.tenant);
    let (at, number) = (boot::moment(), &world.shop.number);
    let place = CallbackData { conversation: send.conversation, message: send.key };
    let wamid = store.message(send.conversation, send.key).await.unwrap().unwrap().wamid.unwrap();

    // Data that is not ours is none: it names what came in.
    let theirs = CallbackData { message: MessageKey::received(boot::now(), "wamid.in"), ..place };
    let early = update(wamid.as_str(), Stage::Sent, 0);
    for told in [None, Some(theirs)] {
        let kept = enter_status::run(&at, &store, number, told, &early).await.unwrap();
        assert_eq!(kept, enter_status::Outcome::Kept);
    }
    let parked = store.parked(PageSize::DEFAULT, None).await.unwrap().items;
    assert_eq!(parked.iter().map(|one| one.kind.as_str()).collect::<Vec<_>>(), ["status"], "once");

    // Whoever names the message gets what waits for it, and again until it has been entered.
    for _ in 0..2 {
        assert_eq!(store.remember_wamid(number, wamid.as_str(), place, at.now).await.unwrap(), std::slice::from_ref(&early));
    }
    store.wait_no_more_for_wamid(number, wamid.as_str(), std::slice::from_ref(&early)).await.unwrap();
    assert!(store.remember_wamid(number, wamid.as_str(), place, at.now).await.unwrap().is_empty());
    assert_eq!(store.wait_for_wamid(number, &early, at.now).await.unwrap(), Some(place), "it is known: nothing waits");

    let read = update(wamid.as_str(), Stage::Read, 2);
    let entered = enter_status::run(&at, &store, number, None, &read).await.unwrap();
    assert_eq!(entered, enter_status::Outcome::Entered);
    assert_eq!(store.message(send.conversation, send.key).await.unwrap().unwrap().state(), State::Read);
}
