//! Reactions, corrections and deletions find their message, whatever comes first; and what a message's own words do not carry is kept
//! sealed.

use secrecy::ExposeSecret as _;
use shared::{
    boot,
    domain::{
        id::ConversationId,
        messaging::{
            inbound::{InboundContent, InboundMessage, RawMessage},
            message::Message,
        },
        task::{ResolveReference, Task},
        text::Text,
        time::{SignedDuration, Timestamp},
    },
    usecases::resolve_reference,
};

use crate::common::{World, receive, sends};

fn wamid(raw: &str) -> Text<512> {
    Text::new(raw).unwrap()
}

/// A message of the first customer, so many seconds from now.
fn says(world: &World, id: &str, now: Timestamp, second: i64, content: InboundContent) -> InboundMessage {
    let mut message = world.shop.says(1, id, now + SignedDuration::from_secs(second), "-");
    message.content = content;
    message
}

fn reaction(target: &str, emoji: Option<&str>) -> InboundContent {
    InboundContent::Reaction { wamid: wamid(target), emoji: emoji.map(|emoji| Text::new(emoji).unwrap()) }
}

fn edit(target: &str, text: &str) -> InboundContent {
    InboundContent::Edit { wamid: wamid(target), content: Box::new(InboundContent::Text { body: Text::new(text).unwrap() }) }
}

async fn find(world: &World, conversation: ConversationId, message: &InboundMessage) -> Message {
    world.table.tenant(world.shop.tenant).message(conversation, message.key()).await.unwrap().expect("the message is not there")
}

#[tokio::test]
async fn marks_end_the_same_in_any_order() {
    let now = boot::now();
    let orders: [&[usize]; 5] = [&[0, 1, 2, 3, 4, 5], &[5, 4, 3, 2, 1, 0], &[2, 0, 1, 4, 5, 3], &[1, 3, 5, 0, 2, 4], &[4, 2, 0, 5, 3, 1]];
    let mut ends = Vec::new();
    for order in orders {
        let world = World::make().await;
        let messages = [
            says(&world, "wamid.target", now, 0, InboundContent::Text { body: Text::new("two packets").unwrap() }),
            says(&world, "wamid.up", now, 1, reaction("wamid.target", Some("👍"))),
            says(&world, "wamid.heart", now, 2, reaction("wamid.target", Some("❤️"))),
            says(&world, "wamid.back", now, 2, reaction("wamid.target", None)),
            says(&world, "wamid.first", now, 3, edit("wamid.target", "three packets")),
            says(&world, "wamid.second", now, 4, edit("wamid.target", "four packets")),
        ];
        for place in order.iter().chain(order.iter().rev()) {
            receive(&world.dispatch(), &messages[*place]).await.unwrap();
        }
        let conversation = world.conversation(&messages[0]).await;
        assert_eq!(world.thread(conversation).await.len(), 6);
        for message in &messages[1..] {
            assert_eq!(find(&world, conversation, message).await.marks.applied_to, Some(messages[0].key()), "{order:?}");
        }
        let target = find(&world, conversation, &messages[0]).await;
        assert_eq!(target.marks.edited.as_ref().unwrap().content.words().as_deref(), Some("four packets"));
        assert_eq!(target.marks.reaction.as_ref().unwrap().emoji, None, "of one second, what takes away is the later");
        let head = world.table.tenant(world.shop.tenant).conversation(conversation).await.unwrap().unwrap();
        ends.push((target.marks, target.content, head.lane));
    }
    assert!(ends.iter().all(|end| end == &ends[0]));
}

#[tokio::test]
async fn a_deleted_message_is_marked_and_nothing_is_said_to_it() {
    let world = World::make().await;
    let now = boot::now();
    let first = says(&world, "wamid.a", now, 0, InboundContent::Text { body: Text::new("sugar price").unwrap() });
    let gone = says(&world, "wamid.b", now, 1, InboundContent::Revoke { wamid: wamid("wamid.a") });
    receive(&world.dispatch(), &first).await.unwrap();
    assert_eq!(sends(world.queue.drain().await).len(), 1);
    receive(&world.dispatch(), &gone).await.unwrap();
    assert!(sends(world.queue.drain().await).is_empty());
    let conversation = world.conversation(&first).await;
    let marked = find(&world, conversation, &first).await;
    assert_eq!(marked.marks.revoked_at, Some(gone.at));
    assert_eq!(marked.content.clone(), find(&world, conversation, &first).await.content, "what it said is still there");
}

#[tokio::test]
async fn a_reference_to_a_message_that_comes_by_another_way_is_looked_for_again() {
    let world = World::make().await;
    let now = boot::now();
    let hello = says(&world, "wamid.hello", now, 0, InboundContent::Text { body: Text::new("hello").unwrap() });
    let thumb = says(&world, "wamid.thumb", now, 5, reaction("wamid.ours", Some("👍")));
    receive(&world.dispatch(), &hello).await.unwrap();
    receive(&world.dispatch(), &thumb).await.unwrap();
    let conversation = world.conversation(&hello).await;
    let store = world.table.tenant(world.shop.tenant);
    assert_eq!(find(&world, conversation, &thumb).await.marks.applied_to, None);

    // The provider's answer with the id of our message arrives only now.
    let send = sends(world.queue.drain().await).remove(0);
    let content = shared::domain::messaging::message::Content::Outbound(send.content.clone());
    let place = shared::domain::messaging::key::CallbackData { conversation, message: send.key };
    store.claim_sending(place, &content, &send.author, None, now).await.unwrap();
    store.record_accepted(place, &wamid("wamid.ours"), now).await.unwrap();

    let again = ResolveReference { tenant: store.id(), number: world.shop.number.clone(), conversation, key: thumb.key(), attempt: 0 };
    for _ in 0..2 {
        resolve_reference::run(&boot::moment(), &store, &again).await.unwrap();
    }
    assert_eq!(find(&world, conversation, &thumb).await.marks.applied_to, Some(send.key));
    let ours = store.message(conversation, send.key).await.unwrap().unwrap();
    assert_eq!(ours.marks.reaction.unwrap().emoji.unwrap().as_str(), "👍");
    assert_eq!(Task::ResolveReferenceV1(Box::new(again)).destination(), shared::domain::task::Destination::Channel);
}

#[tokio::test]
async fn what_the_words_do_not_carry_is_sealed_on_the_row() {
    let world = World::make().await;
    let raw = r#"{"message":{"type":"hologram","secret":"moonlight"}}"#;
    let mut odd = says(&world, "wamid.odd", boot::now(), 0, InboundContent::Other { name: Text::new("hologram").unwrap() });
    odd.raw = Some(RawMessage::new(raw.to_owned()));
    receive(&world.dispatch(), &odd).await.unwrap();
    let conversation = world.conversation(&odd).await;
    let store = world.table.tenant(world.shop.tenant);
    assert_eq!(store.raw_message(conversation, odd.key()).await.unwrap().unwrap().expose_secret(), raw);
    let client = world.stack.dynamodb(&testkit::Tap::default());
    let rows = client.scan().table_name(&world.stack.endpoints.table).send().await.unwrap();
    assert!(!format!("{:?}", rows.items).contains("moonlight"), "it lies nowhere in the clear");
}

#[tokio::test]
async fn nobody_answers_a_group() {
    let world = World::make().await;
    let mut message = world.shop.says(1, "wamid.group", boot::now(), "sugar price");
    let group = shared::domain::messaging::inbound::Circumstances { group: Some(Text::new("G").unwrap()), ..Default::default() };
    message.circumstances = group.some();
    receive(&world.dispatch(), &message).await.unwrap();
    assert!(sends(world.queue.drain().await).is_empty());
    let conversation = world.conversation(&message).await;
    assert!(find(&world, conversation, &message).await.marks.circumstances.unwrap().group.is_some());
}
