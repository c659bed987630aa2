//! `dispatch` is killed at every one of its calls in turn; then the message is delivered again. It is stored once, answered once, and
//! what was decided is not decided again.

use shared::boot;
use testkit::Stack;

use crate::common::{World, receive, sends};

#[tokio::test]
async fn a_kill_at_any_call_loses_nothing_and_doubles_nothing() {
    let stack = Stack::find().await;
    let mut kills = 0;
    for n in 1.. {
        let world = World::on(&stack).await;
        let message = world.shop.says(1, "wamid.crash", boot::now(), "sugar price?");
        world.tap.kill_at(n);
        let died = receive(&world.dispatch(), &message).await.is_err();
        let decided = head_exists(&world, &message).await;
        world.tap.heal();
        world.shop.reprice(&world.table, 9_900).await;
        receive(&world.dispatch(), &message).await.unwrap();
        receive(&world.dispatch(), &message).await.unwrap();

        let conversation = world.conversation(&message).await;
        let thread = world.thread(conversation).await;
        assert_eq!(thread.len(), 1, "killed at call {n}");
        let head = world.table.tenant(world.shop.tenant).conversation(conversation).await.unwrap().unwrap();
        assert_eq!(head.lane, 1, "killed at call {n}");
        let answers = sends(world.queue.drain().await);
        assert_eq!(answers.len(), 1, "killed at call {n}");
        let price = if decided { "₹45" } else { "₹99" };
        assert!(answers[0].content.body().contains(price), "killed at call {n}: {}", answers[0].content.body());
        if !died {
            break;
        }
        kills = n;
    }
    assert!(kills >= 6, "only {kills} calls were cut");
}

/// Whether the decision had been stored when the function died.
async fn head_exists(world: &World, message: &shared::domain::messaging::inbound::InboundMessage) -> bool {
    let store = world.table.tenant(world.shop.tenant);
    let alias = shared::domain::crm::Alias::WhatsApp(message.sender.phone.unwrap());
    match store.known(&alias).await.unwrap() {
        Some(known) => {
            let id = shared::domain::messaging::conversation::conversation_of(known.contact, &world.shop.number);
            store.conversation(id).await.unwrap().is_some()
        }
        None => false,
    }
}
