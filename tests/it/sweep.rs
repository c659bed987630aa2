//! What was stored and never announced is announced by the sweep, once its minute has come.

use shared::{
    boot,
    domain::{
        messaging::content::OutboundContent,
        time::{SignedDuration, minute},
    },
    usecases::{
        memory::Memory,
        reply_to_conversation::{self, Said},
        sweep_outbox,
    },
};
use testkit::Stack;

use crate::common::{World, colleague, receive, sends};

#[tokio::test]
async fn an_answer_whose_function_died_is_sent_all_the_same() {
    let stack = Stack::find().await;
    let mut swept_any = false;
    for n in 1.. {
        let world = World::on(&stack).await;
        let at = boot::moment();
        let message = world.shop.says(1, "wamid.in", at.now, "hello");
        receive(&world.dispatch(), &message).await.unwrap();
        world.queue.drain().await;
        let conversation = world.conversation(&message).await;
        let user = colleague(&at);
        let table = world.stack.table(&world.tap);
        let queue = world.queue.through(&world.stack, &world.tap);
        let id = at.ids.next();
        let said = Said::Content(Box::new(OutboundContent::text("One moment please").unwrap()));
        let reply = reply_to_conversation::Reply { conversation, id, said, reply_to: None };
        world.tap.kill_at(n);
        let died = reply_to_conversation::run(&at, &table, &table.tenant(world.shop.tenant), &Memory::default(), &queue, &user, &reply)
            .await
            .is_err();
        world.tap.heal();
        let stored = world.thread(conversation).await.len() == 2;

        // The sweep of the minute the entry is due in, onto this shop's own queue.
        let swept = sweep_outbox::sweep_minute(&world.table.due(), &queue, minute(at.now) + 1, at.now + SignedDuration::from_mins(2))
            .await
            .unwrap();
        let mut announced = sends(world.queue.drain().await);
        // Timers of other tests may be due in the same minute.
        announced.retain(|send| send.tenant == world.shop.tenant);
        assert_eq!(announced.len(), usize::from(stored), "killed at call {n}");
        swept_any |= swept.relayed > 0;

        // The client repeats its request with the same id: the message exists once.
        reply_to_conversation::run(&at, &table, &table.tenant(world.shop.tenant), &Memory::default(), &queue, &user, &reply).await.unwrap();
        assert_eq!(world.thread(conversation).await.len(), 2);
        if !died {
            break;
        }
    }
    assert!(swept_any, "no kill left an entry behind");
}

#[tokio::test]
async fn a_sweep_begins_where_the_last_one_ended() {
    let world = World::make().await;
    let at = boot::moment();
    let due = world.table.due();
    let queue = world.queue.through(&world.stack, &world.tap);
    sweep_outbox::run(&at, &due, &queue).await.unwrap();
    // The minute before stays open, for a writer whose clock is behind.
    assert!(due.swept_up_to().await.unwrap().unwrap() >= minute(at.now) - 2);
    due.set_swept_up_to(1).await.unwrap();
    assert!(due.swept_up_to().await.unwrap().unwrap() >= minute(at.now) - 2, "it never goes back");
}
