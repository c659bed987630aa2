//! The operation ledger: what each kind of message costs, counted call by call and held against its bounds.

use std::sync::Arc;

use shared::{
    boot,
    domain::{
        messaging::{
            key::CallbackData,
            status::{Stage, StatusUpdate},
        },
        time::SignedDuration,
    },
    usecases::push_changes,
};
use testkit::{Call, Cost, Meter, ScriptedChannel, Tap, meter::Touched};

use crate::{
    common::{World, arrives, sends},
    crash_webhook, live,
    prices::{Hop, Prices},
    send::task,
};

/// The index writes of the first message of an hour (two, for the key moves), spread over the six or so messages of an hour.
const INDEX_HUNDREDTHS: u64 = 35;

/// Measures one hop: a rehearsal on another shop shows which items it writes, so that they can be looked at before.
async fn cost(world: &World, keys: &[testkit::meter::Key], calls: &[Call]) -> Cost {
    let client = world.stack.dynamodb(&Tap::default());
    Meter::look(&client, &world.stack.endpoints.table, keys).await.cost(&client, &world.stack.endpoints.table, calls).await
}

fn head_of(calls: &[Call]) -> Vec<testkit::meter::Key> {
    let written = calls.iter().filter_map(|call| match &call.touched {
        Touched::Writes(key) if key.1 == "V" => Some(key.clone()),
        Touched::Nothing | Touched::Writes(_) | Touched::Transacts(_) | Touched::Reads(..) | Touched::Queries => None,
    });
    written.collect()
}

fn print(hop: &str, cost: &Cost) {
    println!("{hop:<58} {cost}");
}

fn calls(cost: &Cost, call: &str) -> usize {
    cost.calls.get(call).copied().unwrap_or(0)
}

#[tokio::test]
async fn an_inbound_message_costs_what_the_design_allows() {
    let world = World::make().await;
    let app = world.dispatch();
    let now = boot::now();
    let says = |place: i64, text: &str| world.shop.says(1, &format!("wamid.{place}"), now + SignedDuration::from_secs(place), text);

    dispatch::handle(&app, arrives(&says(0, "hello"))).await.unwrap();
    let first = cost(&world, &[], &world.tap.calls()).await;
    print("dispatch, first message of a new person, cold sandbox", &first);

    world.tap.heal();
    dispatch::handle(&app, arrives(&says(1, "hello"))).await.unwrap();
    let keys = head_of(&world.tap.calls());
    world.tap.heal();
    let client = world.stack.dynamodb(&Tap::default());
    let before = Meter::look(&client, &world.stack.endpoints.table, &keys).await;
    dispatch::handle(&app, arrives(&says(2, "hello"))).await.unwrap();
    let warm = before.cost(&client, &world.stack.endpoints.table, &world.tap.calls()).await;
    print("dispatch, a message like most, warm", &warm);
    assert!(warm.write_units <= 235 && warm.read_units <= 10, "{warm}");
    assert_eq!(calls(&warm, "SQS.SendMessageBatch"), 1);
    assert_eq!(warm.calls.values().sum::<usize>(), 3, "{warm}");

    world.tap.heal();
    dispatch::handle(&app, arrives(&says(3, "sugar price"))).await.unwrap();
    let question = cost(&world, &keys, &world.tap.calls()).await;
    print("dispatch, a question about a product, warm", &question);
    assert!(question.read_units <= 110, "{question}");

    world.tap.heal();
    dispatch::handle(&app, arrives(&says(3, "sugar price"))).await.unwrap();
    print("dispatch, the same message again", &cost(&world, &keys, &world.tap.calls()).await);

    world.tap.heal();
    let cold = world.dispatch();
    dispatch::handle(&cold, arrives(&says(4, "hello"))).await.unwrap();
    let cold = cost(&world, &keys, &world.tap.calls()).await;
    print("dispatch, cold sandbox", &cold);
    world.tap.heal();
    let (unknown, received) = crash_webhook::cost_of_one_message(&world).await;
    print("webhook, a message, the number not yet known to the sandbox", &unknown);
    print("webhook, a message like most", &received);
    assert_eq!((received.write_units, received.read_units, received.calls.values().sum()), (0, 0, 1_usize));
    let prices = Prices::read();
    let decided = Cost { calls: [].into(), write_units: warm.write_units + INDEX_HUNDREDTHS, ..warm.clone() };
    for batch in [1.0, 2.0] {
        let dollars = prices.million(&received, Hop { batch: 1.0, seconds: 0.012, queued: false })
            + prices.million(&decided, Hop { batch, seconds: 0.015, queued: true });
        println!("a million inbound messages, to the decision, {batch} to a batch: ${dollars:.2}");
        assert!(dollars <= 5.0, "{dollars}");
    }
    for cost in [&first, &warm, &question, &cold] {
        assert_eq!(cost.calls.keys().filter(|call| call.starts_with("KMS") || call.starts_with("Secrets")).count(), 0, "{cost}");
    }
}

#[tokio::test]
async fn an_outbound_message_and_its_statuses_cost_what_the_design_allows() {
    let world = World::make().await;
    let dispatching = world.dispatch();
    let now = boot::now();
    for place in 0..3 {
        let message = world.shop.says(1, &format!("wamid.{place}"), now - SignedDuration::from_secs(3 - place), "hello");
        dispatch::handle(&dispatching, arrives(&message)).await.unwrap();
    }
    let replies = sends(world.queue.drain().await);
    let channel = Arc::new(ScriptedChannel::new(&world.tap, []));
    let app = world.outbound(&channel, SignedDuration::ZERO);
    world.tap.heal();
    outbound::handle(&app, task(&replies[0])).await.unwrap();
    print("outbound, cold tenant", &cost(&world, &head_of(&world.tap.calls()), &world.tap.calls()).await);

    world.tap.heal();
    outbound::handle(&app, task(&replies[1])).await.unwrap();
    let warm = cost(&world, &head_of(&world.tap.calls()), &world.tap.calls()).await;
    print("outbound, warm, the number idle", &warm);
    let lease = 100;
    assert!(warm.write_units <= 340 + lease, "{warm}");
    assert_eq!(warm.read_units, 0, "{warm}");
    assert_eq!(calls(&warm, "KMS.Decrypt"), 0);

    world.tap.heal();
    let busy = shared::sqs::Delivery { batch: 10, ..task(&replies[2]) };
    outbound::handle(&app, busy).await.unwrap();
    print(
        "outbound, warm, ten at a time (leases for the other nine)",
        &cost(&world, &head_of(&world.tap.calls()), &world.tap.calls()).await,
    );

    world.tap.heal();
    let place = CallbackData { conversation: replies[1].conversation, message: replies[1].key };
    let row = world.table.tenant(world.shop.tenant).message(place.conversation, place.message).await.unwrap().unwrap();
    let update = StatusUpdate::new(row.wamid.unwrap(), Stage::Delivered, now);
    assert!(world.stack.table(&world.tap).tenant(world.shop.tenant).record_status(place, &update).await.unwrap());
    let status = cost(&world, &[], &world.tap.calls()).await;
    print("webhook, a status", &status);
    assert_eq!((status.write_units, status.read_units, status.calls.values().sum()), (100, 0, 1_usize));

    let prices = Prices::read();
    // The send that announced it belongs to it too; the request to Meta is not AWS's to bill.
    let announced = Cost { calls: [("SQS.SendMessageBatch".to_owned(), 1)].into(), ..warm };
    for batch in [1.0, 2.0] {
        // Meta's answer takes its time, and the invocation is paid for while it waits.
        let dollars = prices.million(&announced, Hop { batch, seconds: 0.25, queued: true })
            + 3.0 * prices.million(&status, Hop { batch: 1.0, seconds: 0.012, queued: false });
        println!("a million outbound messages with three statuses each, {batch} to a batch: ${dollars:.2}");
        assert!(dollars <= 11.0, "{dollars}");
    }
}

#[tokio::test]
async fn a_change_costs_a_glance_at_who_is_looking() {
    let world = World::make().await;
    let ear = live::Ear::default();
    let change = [live::change(&world)];
    push_changes::run(&world.stack.table(&world.tap), &ear, &change).await.unwrap();
    let nobody = cost(&world, &[], &world.tap.calls()).await;
    print("stream, a batch of one business, nobody looking", &nobody);
    assert_eq!((nobody.write_units, nobody.read_units, nobody.calls.values().sum()), (0, 50, 1_usize));

    live::open(&world, &format!("c-{}", world.shop.tenant)).await;
    world.tap.heal();
    let pushed = push_changes::run(&world.stack.table(&world.tap), &ear, &change).await.unwrap();
    let somebody = cost(&world, &[], &world.tap.calls()).await;
    print("stream, the same, one screen open, one push to it", &somebody);
    assert_eq!((pushed, somebody), (1, nobody));
}
