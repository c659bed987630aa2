//! What nobody handles lies in the business it belongs to; whoever runs it has it tried again or discards it, once.

use std::sync::Arc;

use shared::{
    boot,
    domain::{
        access::Role,
        messaging::status::{Stage, State, StatusUpdate},
        page::PageSize,
        task::Task,
        tenant::User,
        text::Text,
        time::SignedDuration,
    },
    store::{Fate, Parked, ParkedFrom},
    usecases::{
        Error,
        parked_events::{discard, list, retry},
        session::token::Identity,
    },
};
use testkit::ScriptedChannel;

use crate::{
    common::{World, colleague},
    send::{reply, task},
};

/// Somebody of the shop.
async fn somebody(world: &World, role: Role) -> Identity {
    let user = User { role, ..colleague(&boot::moment()) };
    world.table.tenant(world.shop.tenant).create(&user).await.unwrap();
    Identity { tenant: world.shop.tenant, user: user.id, role }
}

async fn listed(world: &World, who: Identity) -> Vec<Parked> {
    list::page(&world.table.tenant(world.shop.tenant), who, PageSize::DEFAULT, None).await.unwrap().items
}

#[tokio::test]
async fn a_task_that_was_set_aside_goes_on_once_its_cause_is_mended() {
    let world = World::make().await;
    let at = boot::moment();
    let send = reply(&world).await;
    let store = world.table.tenant(world.shop.tenant);
    let owner = somebody(&world, Role::Owner).await;
    let raw = serde_json::to_string(&Task::SendMessageV1(Box::new(send.clone()))).unwrap();
    assert!(store.park(&world.shop.number, "task", &raw, at.now).await.unwrap());
    let id = listed(&world, owner).await.pop().unwrap().id;

    let stranger = World::on(&world.stack).await;
    let boss = somebody(&stranger, Role::Owner).await;
    let elsewhere = world.table.tenant(stranger.shop.tenant);
    assert!(matches!(retry::run(&at, &elsewhere, boss, &id).await, Err(Error::NotFound(_))), "another business has no such event");
    let agent = somebody(&world, Role::Agent).await;
    assert!(matches!(retry::run(&at, &store, agent, &id).await, Err(Error::Forbidden)));

    for _ in 0..2 {
        assert_eq!(retry::run(&at, &store, owner, &id).await.unwrap().fate, Fate::Redriven);
    }
    assert!(matches!(discard::run(&at, &store, owner, &id).await, Err(Error::Invalid { .. })));
    assert!(listed(&world, owner).await.is_empty());
    assert!(!store.park(&world.shop.number, "task", &raw, at.now).await.unwrap(), "told once more, it is not parked anew");
    let channel = Arc::new(ScriptedChannel::new(&world.tap, []));
    for _ in 0..2 {
        outbound::handle(&world.outbound(&channel, SignedDuration::ZERO), task(&send)).await.unwrap();
    }
    assert_eq!(channel.taken().len(), 1);
}

#[tokio::test]
async fn what_nobody_handles_waits_on_until_it_is_discarded() {
    let world = World::make().await;
    let at = boot::moment();
    let store = world.table.tenant(world.shop.tenant);
    let admin = somebody(&world, Role::Admin).await;
    let from = ParkedFrom { field: Some("hologram_update"), told_at: Some(at.now) };
    store.park_from(&world.shop.number, "unknown", r#"{"depth":3}"#, from, at.now).await.unwrap();
    let event = listed(&world, admin).await.pop().unwrap();
    for _ in 0..2 {
        assert_eq!(retry::run(&at, &store, admin, &event.id).await.unwrap().fate, Fate::Waiting);
    }
    assert_eq!(listed(&world, admin).await, std::slice::from_ref(&event), "trying makes no second one");
    for _ in 0..2 {
        assert_eq!(discard::run(&at, &store, admin, &event.id).await.unwrap().fate, Fate::Discarded);
    }
    assert!(matches!(retry::run(&at, &store, admin, &event.id).await, Err(Error::Invalid { .. })));
    assert!(listed(&world, admin).await.is_empty());
    for wrong in ["", "1-2-3", "not an id"] {
        assert!(matches!(retry::run(&at, &store, admin, wrong).await, Err(Error::NotFound(_))), "{wrong}");
    }
}

#[tokio::test]
async fn a_status_without_callback_data_is_entered_when_its_message_is_known() {
    let world = World::make().await;
    let at = boot::moment();
    let send = reply(&world).await;
    let store = world.table.tenant(world.shop.tenant);
    let owner = somebody(&world, Role::Owner).await;
    let channel = Arc::new(ScriptedChannel::new(&world.tap, []));
    outbound::handle(&world.outbound(&channel, SignedDuration::ZERO), task(&send)).await.unwrap();
    let wamid = store.message(send.conversation, send.key).await.unwrap().unwrap().wamid.unwrap();
    let told = |wamid: &Text<512>| serde_json::to_string(&StatusUpdate::new(wamid.clone(), Stage::Delivered, at.now)).unwrap();
    store.park(&world.shop.number, "status", &told(&Text::new("wamid.nobody").unwrap()), at.now).await.unwrap();
    store.park(&world.shop.number, "status", &told(&wamid), at.now).await.unwrap();
    assert_eq!(store.message(send.conversation, send.key).await.unwrap().unwrap().state(), State::Accepted);

    store.remember_wamid(&world.shop.number, wamid.as_str(), send.place(), at.now).await.unwrap();
    for event in listed(&world, owner).await {
        retry::run(&at, &store, owner, &event.id).await.unwrap();
    }
    assert_eq!(listed(&world, owner).await.len(), 1, "nobody knows the other");
    assert_eq!(store.message(send.conversation, send.key).await.unwrap().unwrap().state(), State::Delivered);
}
