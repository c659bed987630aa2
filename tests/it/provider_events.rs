//! What a provider tells beside messages and statuses, through the webhook and the functions that apply it.

use serde_json::{Value, json};
use shared::{
    boot,
    domain::{
        crm::Alias,
        id::ConversationId,
        messaging::{
            conversation::{Status, conversation_of},
            message::{Author, Content, Message},
            status::State,
        },
        page::PageSize,
        task::Task,
        tenant::{DailyLimit, NumberHealth, NumberId},
        time::Timestamp,
    },
    providers::{signature::verify_meta, whatsapp::inbound},
    store::TenantStore,
    usecases::{apply_provider_event, health, memory::Memory, receive_webhook},
};
use testkit::Tap;

use crate::common::{World, sends};

const SECRET: &str = "s3cret";
const PERSON: &str = "919876500001";

/// Takes a webhook in as the function does, and then everything that follows from it.
async fn hear(world: &World, account: &str, field: &str, value: &Value) -> receive_webhook::Receipt {
    let change = json!({"field": field, "value": value});
    let body =
        json!({"object": "whatsapp_business_account", "entry": [{"id": account, "time": boot::now().as_second(), "changes": [change]}]});
    let body = serde_json::to_vec(&body).unwrap();
    let signature = testkit::sign(&body, SECRET);
    let webhook = inbound::read(verify_meta(&body, Some(&signature), SECRET).unwrap()).unwrap();
    let at = boot::moment();
    let queue = world.queue.through(&world.stack, &Tap::default());
    let receipt = receive_webhook::run(&at, &world.table, &Memory::default(), &queue, &webhook).await.unwrap();
    for task in world.queue.drain().await {
        match task {
            Task::ProviderEventV1(event) => {
                // Twice, as a queue may deliver it.
                for _ in 0..2 {
                    apply_provider_event::run(&at, &store(world), &queue, &Memory::default(), &event).await.unwrap();
                }
            }
            Task::InboundMessageV1(message) => crate::common::receive(&world.dispatch(), &message).await.unwrap(),
            // Answers and files go their own ways.
            Task::SendMessageV1(_)
            | Task::ResolveReferenceV1(_)
            | Task::FetchMediaV1(_)
            | Task::SyncTemplatesV1(_)
            | Task::MarkReadV1(_)
            | Task::ReleaseHeldV1(_)
            | Task::WatchNumberV1(_) => {}
        }
    }
    receipt
}

fn store(world: &World) -> TenantStore {
    world.table.tenant(world.shop.tenant)
}

fn metadata(world: &World) -> Value {
    json!({"display_phone_number": "918047000123", "phone_number_id": world.shop.number.as_str()})
}

async fn conversation(world: &World) -> ConversationId {
    let alias = Alias::WhatsApp(PERSON.parse().unwrap());
    let known = store(world).known(&alias).await.unwrap().expect("the person is not known");
    conversation_of(known.contact, &world.shop.number)
}

async fn thread(world: &World) -> Vec<Message> {
    let mut thread = world.thread(conversation(world).await).await;
    thread.reverse();
    thread
}

fn echo(world: &World, id: &str, at: Timestamp, text: &str) -> Value {
    json!({"messaging_product": "whatsapp", "metadata": metadata(world), "contacts": [{"wa_id": PERSON, "user_id": "IN.1"}],
        "message_echoes": [{"from": "918047000123", "to": PERSON, "to_user_id": "IN.1", "id": id, "timestamp": at.as_second().to_string(),
            "type": "text", "text": {"body": text}}]})
}

#[tokio::test]
async fn what_is_written_on_the_phone_is_in_the_thread_and_wakes_nobody() {
    let world = World::make().await;
    let now = boot::now();
    hear(&world, "1", "smb_message_echoes", &echo(&world, "wamid.echo", now, "From the shop floor")).await;
    let head = store(&world).conversation(conversation(&world).await).await.unwrap().unwrap();
    assert_eq!((head.standing.status, head.last_inbound_at, head.unread()), (Status::Resolved, None, false));
    assert_eq!(head.phone_app_at, Some(Timestamp::from_second(now.as_second()).unwrap()));
    let written = thread(&world).await;
    assert_eq!((written.len(), &written[0].author), (1, &Author::Phone));
    assert!(matches!(&written[0].content, Content::Phone(content) if content.words().as_deref() == Some("From the shop floor")));

    // The person writes back: the conversation opens and goes on as any other.
    let answer = json!({"metadata": metadata(&world), "messages": [{"from": PERSON, "from_user_id": "IN.1", "id": "wamid.back",
        "timestamp": (now.as_second() + 1).to_string(), "type": "text", "text": {"body": "hello"}}]});
    hear(&world, "1", "messages", &answer).await;
    let head = store(&world).conversation(conversation(&world).await).await.unwrap().unwrap();
    assert_eq!((head.standing.status, head.lane, head.unread()), (Status::Open, 1, true));

    // What is written on the phone later does not open it again once it is resolved, and corrects what it corrects.
    let edit = json!({"metadata": metadata(&world), "contacts": [{"wa_id": PERSON}], "message_echoes": [{"from": "918047000123", "to": PERSON,
        "id": "wamid.edit", "timestamp": (now.as_second() + 2).to_string(), "type": "edit",
        "edit": {"original_message_id": "wamid.echo", "message": {"type": "text", "text": {"body": "From the shop"}}}}]});
    hear(&world, "1", "smb_message_echoes", &edit).await;
    let corrected = thread(&world).await;
    assert_eq!(corrected[0].marks.edited.as_ref().unwrap().content.words().as_deref(), Some("From the shop"));
}

#[tokio::test]
async fn what_is_written_on_the_phone_is_found_by_its_statuses_replies_and_reactions() {
    let world = World::make().await;
    let now = boot::now();
    let second = |plus: i64| (now.as_second() + plus).to_string();
    let told = |stage: &str, plus: i64| json!({"metadata": metadata(&world), "statuses": [{"id": "wamid.echo", "status": stage, "timestamp": second(plus), "recipient_id": PERSON}]});
    // One status overtakes the message.
    let receipt = hear(&world, "1", "messages", &told("delivered", 1)).await;
    assert_eq!((receipt.statuses, receipt.parked.get("status")), (0, Some(&1)));
    hear(&world, "1", "smb_message_echoes", &echo(&world, "wamid.echo", now, "From the shop floor")).await;
    assert_eq!(thread(&world).await[0].state(), State::Delivered);
    assert!(store(&world).parked(PageSize::DEFAULT, None).await.unwrap().items.is_empty());
    let receipt = hear(&world, "1", "messages", &told("read", 2)).await;
    assert_eq!((receipt.statuses, receipt.parked.len()), (1, 0));

    let said = json!({"metadata": metadata(&world), "messages": [
        {"from": PERSON, "from_user_id": "IN.1", "id": "wamid.heart", "timestamp": second(3), "type": "reaction",
            "reaction": {"message_id": "wamid.echo", "emoji": "👍"}},
        {"from": PERSON, "from_user_id": "IN.1", "id": "wamid.reply", "timestamp": second(4), "type": "text", "text": {"body": "ok"},
            "context": {"from": "918047000123", "id": "wamid.echo"}}]});
    hear(&world, "1", "messages", &said).await;
    let thread = thread(&world).await;
    assert_eq!(thread[0].state(), State::Read);
    assert_eq!(thread[0].marks.reaction.as_ref().unwrap().emoji.as_ref().unwrap().as_str(), "👍");
    let quoted = thread.iter().find_map(|message| message.marks.quoted.as_ref()).unwrap();
    let found = store(&world).quoted_messages(conversation(&world).await, &[quoted]).await.unwrap();
    assert_eq!(found.iter().map(|message| message.key).collect::<Vec<_>>(), [thread[0].key]);
}

#[tokio::test]
async fn old_messages_are_kept_and_start_nothing() {
    let world = World::make().await;
    let old = boot::now().as_second() - 40 * 24 * 3600;
    let message = |id: &str, from: &str, second: i64, body: Value, status: &str| {
        let mut message = json!({"from": from, "id": id, "timestamp": (old + second).to_string(), "history_context": {"status": status}});
        message.as_object_mut().unwrap().extend(body.as_object().unwrap().clone());
        message
    };
    let text = |words: &str| json!({"type": "text", "text": {"body": words}});
    let messages = json!([
        message("wamid.h1", "918047000123", 0, text("Your order is ready"), "READ"),
        message("wamid.h2", PERSON, 1, text("STOP"), "READ"),
        message("wamid.h3", PERSON, 2, json!({"type": "media_placeholder"}), "PLAYED"),
    ]);
    let value = json!({"metadata": metadata(&world), "history": [{"metadata": {"phase": 1, "chunk_order": 1, "progress": 55},
        "threads": [{"id": PERSON, "messages": messages}]}]});
    for _ in 0..2 {
        hear(&world, "1", "history", &value).await;
    }
    let image = json!({"type": "image", "image": {"id": "77", "mime_type": "image/jpeg", "caption": "the bill"}});
    let file = json!({"metadata": metadata(&world), "messages": [message("wamid.h3", PERSON, 2, image, "PLAYED")]});
    hear(&world, "1", "history", &file).await;
    hear(&world, "1", "history", &value).await;

    let kept = thread(&world).await;
    let words: Vec<_> = kept
        .iter()
        .map(|message| match &message.content {
            Content::Inbound(content) | Content::Phone(content) => (content.kind(), content.words().unwrap_or_default()),
            Content::Outbound(_) => panic!("nothing was sent"),
        })
        .collect();
    let expected = [("text", "Your order is ready"), ("text", "STOP"), ("image", "the bill")];
    assert_eq!(words, expected.map(|(kind, words)| (kind, words.to_owned())));
    assert!(kept.iter().all(|message| message.marks.history));
    assert!(kept[0].stages.read.is_some());
    let head = store(&world).conversation(conversation(&world).await).await.unwrap().unwrap();
    assert_eq!((head.last_inbound_at, head.lane, head.standing.marketing_opted_out), (None, 0, false));
    assert!(sends(world.queue.drain().await).is_empty());
    let health = store(&world).get::<NumberHealth>(&world.shop.number).await.unwrap().unwrap().body;
    assert_eq!(health.history.unwrap().value.percent, Some(55));
}

#[tokio::test]
async fn the_health_of_a_number_is_what_was_told_of_it_and_of_its_account() {
    let world = World::make().await;
    let row = store(&world).number_with_token(&world.shop.number).await.unwrap().unwrap().0;
    let account = row.waba_id.clone().unwrap();
    world.table.directory().add_account(&account, world.shop.tenant).await.unwrap();
    let shown = row.display_phone.digits();
    let tier = json!({"display_phone_number": shown, "event": "THROUGHPUT_UPGRADE", "max_daily_conversations_per_business": "TIER_10K"});
    hear(&world, account.as_str(), "phone_number_quality_update", &tier).await;
    let restricted = json!({"event": "ACCOUNT_RESTRICTION", "restriction_info": [
        {"restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING", "expiration": boot::now().as_second() + 3_600}]});
    hear(&world, account.as_str(), "account_update", &restricted).await;
    let health = health::run(&boot::moment(), &store(&world), &Memory::default(), &row).await.unwrap();
    assert_eq!(health.limit.as_ref().unwrap().value, DailyLimit::People(10_000));
    assert!(health.high_throughput.as_ref().unwrap().value);
    assert_eq!(health.restricted(boot::now()).count(), 1);
}

#[tokio::test]
async fn what_nobody_handles_is_parked_once_and_listed() {
    let world = World::make().await;
    let call = json!({"metadata": metadata(&world), "calls": [{"id": "wacid.1", "event": "connect", "from": PERSON}]});
    let paid = json!({"metadata": metadata(&world), "statuses": [{"id": "p", "type": "payment", "status": "captured", "timestamp": "1793500000",
        "payment": {"reference_id": "INV-1"}}]});
    for _ in 0..2 {
        let receipt = hear(&world, "1", "calls", &call).await;
        assert_eq!(receipt.parked.get("call"), Some(&1));
        assert_eq!(hear(&world, "1", "messages", &paid).await.tasks, 1, "payments go by the first tier");
        hear(&world, "1", "new_field_of_2027", &json!({"metadata": metadata(&world), "x": 1})).await;
    }
    let first = store(&world).parked(PageSize::new(2).unwrap(), None).await.unwrap();
    let rest = store(&world).parked(PageSize::new(2).unwrap(), first.next.as_ref()).await.unwrap();
    let mut kinds: Vec<_> = first.items.iter().chain(&rest.items).map(|parked| (parked.kind.clone(), parked.about.clone())).collect();
    kinds.sort();
    assert_eq!(kinds, ["call", "payment", "unknown"].map(|kind| (kind.to_owned(), world.shop.number.clone())));
}

#[tokio::test]
async fn a_number_under_another_account_is_not_believed() {
    let world = World::make().await;
    let account = NumberId::new("4711").unwrap();
    world.table.directory().add_number_of(&world.shop.number, &account, world.shop.tenant).await.unwrap();
    let text = |id: &str| {
        json!({"metadata": metadata(&world), "messages": [{"from": PERSON, "id": id, "timestamp": boot::now().as_second().to_string(),
            "type": "text", "text": {"body": "hello"}}]})
    };
    let receipt = hear(&world, "666", "messages", &text("wamid.false")).await;
    assert_eq!((receipt.mismatched, receipt.tasks), (1, 0));
    assert!(store(&world).known(&Alias::WhatsApp(PERSON.parse().unwrap())).await.unwrap().is_none());
    assert_eq!(store(&world).parked(PageSize::DEFAULT, None).await.unwrap().items[0].kind, "account_mismatch");
    let receipt = hear(&world, "4711", "messages", &text("wamid.true")).await;
    assert_eq!((receipt.mismatched, receipt.tasks), (0, 1));
}

#[tokio::test]
async fn the_same_message_twice_in_one_webhook_is_one_task() {
    let world = World::make().await;
    let one = json!({"from": PERSON, "id": "wamid.twice", "timestamp": boot::now().as_second().to_string(), "type": "text", "text": {"body": "hello"}});
    let receipt = hear(&world, "1", "messages", &json!({"metadata": metadata(&world), "messages": [one, one]})).await;
    assert_eq!(receipt.tasks, 1);
    assert_eq!(thread(&world).await.len(), 1);
}

#[tokio::test]
async fn a_saved_name_names_who_has_none() {
    let world = World::make().await;
    let saved = json!({"metadata": metadata(&world), "state_sync": [{"type": "contact", "action": "add", "metadata": {"timestamp": "1793500000"},
        "contact": {"full_name": "Asha from Pune", "first_name": "Asha", "phone_number": PERSON}}]});
    hear(&world, "1", "smb_app_state_sync", &saved).await;
    let known = store(&world).known(&Alias::WhatsApp(PERSON.parse().unwrap())).await.unwrap().unwrap();
    let contact = store(&world).get::<shared::domain::crm::Contact>(&known.contact).await.unwrap().unwrap().body;
    assert_eq!(contact.name.unwrap().as_str(), "Asha from Pune");
}
