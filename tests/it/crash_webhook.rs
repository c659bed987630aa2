//! `webhook` is killed at every one of its calls in turn: nothing is acknowledged that is not durable, and when Meta sends again,
//! nothing is there twice.

use lambda_http::{Body, Request, http};
use serde_json::{Value, json};
use shared::{
    boot,
    domain::{
        messaging::{key::CallbackData, status::State},
        time::SignedDuration,
    },
    secrets::Secret,
    usecases::memory::Memory,
};
use std::sync::Arc;
use testkit::{Cost, Meter, ScriptedChannel, Stack, Tap};

use crate::{
    common::World,
    send::{reply, task},
};

const SECRET: &str = "a secret of tests";

fn app(world: &World) -> webhook::App {
    webhook::App {
        table: world.stack.table(&world.tap),
        queue: Box::new(world.queue.through(&world.stack, &world.tap)),
        app_secret: Secret::fixed(SECRET.to_owned().into()),
        verify_token: Secret::fixed("token".to_owned().into()),
        memory: Memory::default(),
    }
}

fn request(world: &World, value: &Value) -> Request {
    let mut value = value.clone();
    value["metadata"] = json!({"phone_number_id": world.shop.number.as_str()});
    let body = json!({"object": "whatsapp_business_account", "entry": [{"id": "310", "changes": [{"field": "messages", "value": value}]}]});
    let body = serde_json::to_vec(&body).unwrap();
    let request = http::Request::builder().method("POST").uri("/").header("x-hub-signature-256", testkit::sign(&body, SECRET));
    request.body(Body::Binary(body)).unwrap()
}

fn text(wamid: &str) -> Value {
    let at = boot::now().as_second().to_string();
    json!({"messages": [{"from": "919876500001", "id": wamid, "timestamp": at, "type": "text", "text": {"body": "sugar price"}}]})
}

#[tokio::test]
async fn a_kill_at_any_call_acknowledges_nothing_that_is_not_durable() {
    let stack = Stack::find().await;
    let mut kills = 0;
    for n in 1.. {
        let world = World::on(&stack).await;
        let sent = reply(&world).await;
        let channel = Arc::new(ScriptedChannel::new(&world.tap, []));
        outbound::handle(&world.outbound(&channel, SignedDuration::ZERO), task(&sent)).await.unwrap();
        let place = CallbackData { conversation: sent.conversation, message: sent.key };
        let wamid = world.table.tenant(world.shop.tenant).message(sent.conversation, sent.key).await.unwrap().unwrap().wamid.unwrap();
        let mut value = text("wamid.crash");
        value["statuses"] = json!([
            {"id": wamid.as_str(), "status": "delivered", "timestamp": "1793500000", "biz_opaque_callback_data": place.to_string()},
            {"id": "wamid.nobody", "status": "read", "timestamp": "1793500000"},
        ]);
        world.tap.kill_at(n);
        let died = webhook::handle(&app(&world), request(&world, &value)).await.status() != 200;
        world.tap.heal();
        for _ in 0..2 {
            assert_eq!(webhook::handle(&app(&world), request(&world, &value)).await.status(), 200);
        }
        assert_eq!(world.queue.drain().await.len(), 1, "killed at call {n}: the queue drops what it has seen");
        let found = world.table.tenant(world.shop.tenant).message(sent.conversation, sent.key).await.unwrap().unwrap();
        assert_eq!(found.state(), State::Delivered, "killed at call {n}");
        if !died {
            break;
        }
        kills = n;
    }
    assert!(kills >= 4, "only {kills} calls were cut");
}

#[tokio::test]
async fn a_status_reaches_only_messages_of_the_number_it_came_for() {
    let (world, stranger) = (World::make().await, World::make().await);
    let sent = reply(&world).await;
    let channel = Arc::new(ScriptedChannel::new(&world.tap, []));
    outbound::handle(&world.outbound(&channel, SignedDuration::ZERO), task(&sent)).await.unwrap();
    let place = CallbackData { conversation: sent.conversation, message: sent.key };
    let value = json!({"statuses": [{"id": "wamid.forged", "status": "read", "timestamp": "1793500000", "biz_opaque_callback_data": place.to_string()}]});
    assert_eq!(webhook::handle(&app(&stranger), request(&stranger, &value)).await.status(), 200);
    let found = world.table.tenant(world.shop.tenant).message(sent.conversation, sent.key).await.unwrap().unwrap();
    assert_eq!(found.state(), State::Accepted);
}

/// What one message costs at the webhook, in a sandbox that knows the number and in one that does not.
pub async fn cost_of_one_message(world: &World) -> (Cost, Cost) {
    let app = app(world);
    let client = world.stack.dynamodb(&Tap::default());
    let mut costs = Vec::new();
    for wamid in ["wamid.cold", "wamid.warm"] {
        world.tap.heal();
        assert_eq!(webhook::handle(&app, request(world, &text(wamid))).await.status(), 200);
        costs.push(Meter::default().cost(&client, &world.stack.endpoints.table, &world.tap.calls()).await);
    }
    (costs[0].clone(), costs[1].clone())
}
