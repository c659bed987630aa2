//! A message that failed is sent again as it was.

use std::sync::Arc;

use shared::{
    boot,
    domain::{
        id::ClientMessageId,
        messaging::{
            content::{Location, OutboundContent},
            failure::Failure,
            key::MessageKey,
            message::{Content, Message},
            status::State,
        },
        ports::SendError,
        time::SignedDuration,
    },
    usecases::{
        Error,
        memory::Memory,
        reply_to_conversation::{self, Reply, Said, Taken},
    },
};
use testkit::{ScriptedChannel, channel::Act};

use crate::{
    common::{World, colleague, receive, sends},
    send::task,
};

/// A colleague's request, by the id the browser made.
async fn ask(world: &World, id: ClientMessageId, said: Said, reply_to: Option<MessageKey>) -> Result<Taken, Error> {
    let at = boot::moment();
    let message = world.shop.says(1, "wamid.in", at.now, "hello");
    let conversation = world.conversation(&message).await;
    let (tenant, queue) = (world.table.tenant(world.shop.tenant), world.queue.through(&world.stack, &world.tap));
    let reply = Reply { conversation, id, said, reply_to };
    reply_to_conversation::run(&at, &world.table, &tenant, &Memory::default(), &queue, &colleague(&at), &reply).await
}

fn new(taken: Taken) -> Message {
    let Taken::New(message) = taken else { panic!("it was taken before: {taken:?}") };
    *message
}

/// Why a request to send again is refused.
async fn refused(world: &World, again: MessageKey, reply_to: Option<MessageKey>) -> (&'static str, String) {
    match ask(world, boot::moment().ids.next(), Said::Again(again), reply_to).await {
        Err(Error::Invalid { field, problem }) => (field, problem),
        other => panic!("it is not refused: {other:?}"),
    }
}

#[tokio::test]
async fn what_failed_is_sent_again_as_it_was_and_once() {
    let world = World::make().await;
    let incoming = world.shop.says(1, "wamid.in", boot::now(), "hello");
    receive(&world.dispatch(), &incoming).await.unwrap();
    world.queue.drain().await;
    let shop = Location { latitude: "18.5204".parse().unwrap(), longitude: "73.8567".parse().unwrap(), name: None, address: None };
    let content = OutboundContent::Location(shop);
    let first = new(ask(&world, boot::moment().ids.next(), Said::Content(Box::new(content.clone())), None).await.unwrap());
    assert_eq!(refused(&world, first.key, None).await.0, "again.message", "it has not failed");

    let refusal = Act::Refuse(SendError::Refused(Failure::new(131_008, "made up")));
    let channel = Arc::new(ScriptedChannel::new(&world.tap, [refusal]));
    for send in sends(world.queue.drain().await) {
        outbound::handle(&world.outbound(&channel, SignedDuration::ZERO), task(&send)).await.unwrap();
    }
    let conversation = world.conversation(&incoming).await;
    let store = world.table.tenant(world.shop.tenant);
    assert_eq!(store.message(conversation, first.key).await.unwrap().unwrap().state(), State::Failed);

    let id = boot::moment().ids.next();
    let second = new(ask(&world, id, Said::Again(first.key), None).await.unwrap());
    assert_eq!(second.content, Content::Outbound(content));
    assert_ne!(second.key, first.key);
    let repeated = ask(&world, id, Said::Again(first.key), None).await.unwrap();
    assert!(matches!(&repeated, Taken::Before(message) if message.key == second.key), "{repeated:?}");
    for send in sends(world.queue.drain().await) {
        outbound::handle(&world.outbound(&channel, SignedDuration::ZERO), task(&send)).await.unwrap();
    }
    assert_eq!(store.message(conversation, second.key).await.unwrap().unwrap().state(), State::Accepted);
    assert_eq!(channel.taken().len(), 1);
}

#[tokio::test]
async fn only_a_message_of_ours_in_this_conversation_is_sent_again() {
    let world = World::make().await;
    let incoming = world.shop.says(1, "wamid.in", boot::now(), "hello");
    receive(&world.dispatch(), &incoming).await.unwrap();
    let theirs = MessageKey::received(incoming.at, "wamid.in");
    assert_eq!(refused(&world, theirs, None).await.0, "again.message");
    assert_eq!(refused(&world, theirs.reply(7), None).await.1, "this conversation has no such message");
    assert_eq!(refused(&world, theirs, Some(theirs)).await.0, "reply_to");
}
