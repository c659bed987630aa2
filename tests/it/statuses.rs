//! Statuses in any order, any number of times, give one state; those of nobody's messages are parked.

use std::sync::Arc;

use shared::{
    boot,
    domain::{
        messaging::{
            key::CallbackData,
            status::{Stage, State, StatusUpdate},
        },
        text::Text,
        time::{SignedDuration, Timestamp},
    },
};
use testkit::{ScriptedChannel, Stack};

use crate::{
    common::World,
    send::{reply, task},
};

fn update(wamid: &str, stage: Stage, second: i64) -> StatusUpdate {
    StatusUpdate { wamid: Text::new(wamid).unwrap(), stage, at: Timestamp::from_second(1_793_500_000 + second).unwrap(), failure: None }
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
