//! People and their names, and what they have agreed to: who is who, what leads to two people, and whose word counts.

use reqwest::{Method, StatusCode};
use serde_json::json;
use shared::{
    boot,
    domain::{
        access::Role,
        consent::{ConsentChange, Permission, Source},
        crm::{Alias, BusinessScopedId, Recipient, ReviewReason, ReviewState, ReviewVerdict, Sender},
        id::{ClientMessageId, ContactId},
        messaging::{
            contract::{Form, Kind, Origin},
            conversation::conversation_of,
            inbound::{InboundContent, InboundMessage, System, SystemChange},
            key::{CallbackData, MessageKey},
            pricing::{Cost, Free},
        },
        page::PageSize,
        tenant::{Number, User},
        time::{SignedDuration, Timestamp},
    },
    store::{StoreError, TenantStore},
    usecases::{
        Error,
        change_consent::{self, Preference, Told},
        memory::Memory,
        review_contacts,
        send_contract::{self, Asked},
        session::token::Identity,
    },
};
use testkit::Stack;

use crate::{
    api::{Client, conversation},
    common::{World, colleague, receive, sends},
};

fn phone(digits: &str) -> Alias {
    Alias::WhatsApp(digits.parse().unwrap())
}

fn user_id(raw: &str) -> BusinessScopedId {
    BusinessScopedId::new(raw).unwrap()
}

/// A message from whoever goes by these names.
fn from(world: &World, wamid: &str, at: Timestamp, digits: Option<&str>, id: Option<&str>) -> InboundMessage {
    let mut message = world.shop.says(1, wamid, at, "hello");
    message.sender = Sender {
        phone: digits.map(|digits| digits.parse().unwrap()),
        user_id: id.map(user_id),
        name: message.sender.name,
        ..Sender::default()
    };
    message
}

/// Lets these arrive one after the other, each in a sandbox that remembers nothing.
async fn arrive(world: &World, messages: &[InboundMessage]) {
    for message in messages {
        receive(&world.dispatch(), message).await.unwrap();
    }
}

fn store(world: &World) -> TenantStore {
    world.table.tenant(world.shop.tenant)
}

async fn whose(world: &World, alias: &Alias) -> ContactId {
    store(world).named_now(alias).await.unwrap().expect("nobody goes by this name").known.contact
}

/// A colleague of the shop who may do this.
async fn signed_in(world: &World, role: Role) -> Identity {
    let user = User { role, ..colleague(&boot::moment()) };
    store(world).create(&user).await.unwrap();
    Identity { tenant: world.shop.tenant, user: user.id, role }
}

fn after(now: Timestamp, seconds: i64) -> Timestamp {
    now + SignedDuration::from_secs(seconds)
}

#[tokio::test]
async fn twenty_first_messages_at_once_make_one_person() {
    let world = World::make().await;
    let now = boot::now();
    let rush = (0..20_i64).map(|n| {
        let message = world.shop.says(1, &format!("wamid.{n}"), after(now, n), "hello");
        let app = world.dispatch();
        async move {
            // A conflict is given back to the queue, which delivers again.
            while receive(&app, &message).await.is_err() {}
        }
    });
    futures::future::join_all(rush).await;
    let person = whose(&world, &phone("919876500001")).await;
    assert_eq!(person, whose(&world, &Alias::BusinessScoped(user_id("IN.1"))).await);
    assert_eq!(world.thread(conversation_of(person, &world.shop.number)).await.len(), 20);
    let names = store(&world).person(person).await.unwrap().unwrap().aliases;
    assert_eq!(names, [Alias::BusinessScoped(user_id("IN.1")), phone("919876500001")]);
}

#[tokio::test]
async fn a_phone_shown_later_belongs_to_the_person_who_hid_it() {
    let world = World::make().await;
    let now = boot::now();
    let digits = "919876500041";
    arrive(
        &world,
        &[
            from(&world, "wamid.1", now, None, Some("IN.41")),
            from(&world, "wamid.2", after(now, 1), Some(digits), Some("IN.41")),
            from(&world, "wamid.3", after(now, 2), Some(digits), None),
        ],
    )
    .await;
    let person = whose(&world, &phone(digits)).await;
    assert_eq!(world.thread(conversation_of(person, &world.shop.number)).await.len(), 3);
}

#[tokio::test]
async fn the_other_spelling_of_a_number_is_the_same_person_and_stays_as_it_came() {
    let world = World::make().await;
    let now = boot::now();
    arrive(
        &world,
        &[
            from(&world, "wamid.1", now, Some("5511987654321"), None),
            from(&world, "wamid.2", after(now, 1), Some("551187654321"), None),
            from(&world, "wamid.3", after(now, 2), Some("541123456789"), None),
            from(&world, "wamid.4", after(now, 3), Some("5491123456789"), None),
        ],
    )
    .await;
    for (first, second) in [("5511987654321", "551187654321"), ("541123456789", "5491123456789")] {
        let person = whose(&world, &phone(first)).await;
        assert_eq!(person, whose(&world, &phone(second)).await);
        let head = store(&world).conversation(conversation_of(person, &world.shop.number)).await.unwrap().unwrap();
        assert_eq!(head.recipient, Recipient::Phone(second.parse().unwrap()), "answers go where Meta said");
    }
}

#[tokio::test]
async fn a_new_phone_is_added_and_the_old_one_is_free_for_its_next_owner() {
    let world = World::make().await;
    let now = boot::now();
    let (old, new) = ("919876500051", "919876500052");
    let mut stop = from(&world, "wamid.1", now, Some(old), Some("IN.51"));
    stop.content = world.shop.says(1, "-", now, "STOP").content;
    let mut notice = from(&world, "wamid.2", after(now, 60), Some(old), Some("IN.51"));
    let change = SystemChange::Number { phone: new.parse().ok(), user_id: Some(user_id("IN.52")) };
    notice.content = InboundContent::System(System { body: None, change: Some(change) });
    arrive(&world, &[stop, notice.clone(), notice]).await;
    let person = whose(&world, &phone(new)).await;
    for alias in [phone(old), Alias::BusinessScoped(user_id("IN.51")), Alias::BusinessScoped(user_id("IN.52"))] {
        assert_eq!(whose(&world, &alias).await, person);
    }
    let head = store(&world).conversation(conversation_of(person, &world.shop.number)).await.unwrap().unwrap();
    assert_eq!(head.recipient, Recipient::Phone(new.parse().unwrap()));
    assert_eq!(head.window().last_inbound_at.map(Timestamp::as_second), Some(now.as_second()), "a notice opens no window");

    arrive(&world, &[from(&world, "wamid.3", after(now, 90), Some(old), Some("IN.99"))]).await;
    let stranger = whose(&world, &phone(old)).await;
    assert_ne!(stranger, person);
    assert_eq!(store(&world).consent(person).await.unwrap().permission, Permission::Refused);
    assert_eq!(store(&world).consent(stranger).await.unwrap().permission, Permission::Unasked, "consent never follows a number");
    assert!(store(&world).open_reviews(PageSize::DEFAULT, None).await.unwrap().items.is_empty());
}

#[tokio::test]
async fn a_phone_with_another_account_is_a_question_for_a_person() {
    let world = World::make().await;
    let now = boot::now();
    let digits = "919876500061";
    arrive(
        &world,
        &[
            from(&world, "wamid.1", now, Some(digits), Some("IN.61")),
            from(&world, "wamid.2", after(now, 1), Some(digits), Some("IN.62")),
            from(&world, "wamid.3", after(now, 2), Some(digits), Some("IN.62")),
        ],
    )
    .await;
    let (holder, claimant) = (whose(&world, &phone(digits)).await, whose(&world, &Alias::BusinessScoped(user_id("IN.62"))).await);
    assert_ne!(holder, claimant);
    let asked = store(&world).open_reviews(PageSize::DEFAULT, None).await.unwrap().items;
    let [review] = asked.as_slice() else { panic!("{} questions", asked.len()) };
    assert_eq!((review.holder, review.claimant, review.why), (holder, claimant, ReviewReason::NewOwner));

    let agent = signed_in(&world, Role::Agent).await;
    let refused = review_contacts::decide(&boot::moment(), &store(&world), agent, review.id, ReviewVerdict::SamePerson).await;
    assert!(matches!(refused, Err(Error::Forbidden)));
    let owner = signed_in(&world, Role::Owner).await;
    for _ in 0..2 {
        let decided = review_contacts::decide(&boot::moment(), &store(&world), owner, review.id, ReviewVerdict::SamePerson).await.unwrap();
        assert_ne!(decided.state, ReviewState::Open);
    }
    assert_eq!(whose(&world, &phone(digits)).await, claimant);
    let names = async |person| store(&world).person(person).await.unwrap().unwrap().aliases;
    assert_eq!(names(holder).await, [Alias::BusinessScoped(user_id("IN.61"))]);
    assert_eq!(names(claimant).await, [Alias::BusinessScoped(user_id("IN.62")), phone(digits)]);
    let otherwise = review_contacts::decide(&boot::moment(), &store(&world), owner, review.id, ReviewVerdict::KeepSeparate).await;
    assert!(matches!(otherwise, Err(Error::Store(StoreError::Conflict))));
    assert!(store(&world).open_reviews(PageSize::DEFAULT, None).await.unwrap().items.is_empty());
}

#[tokio::test]
async fn two_known_people_in_one_message_stay_two() {
    let world = World::make().await;
    let now = boot::now();
    let digits = "919876500071";
    arrive(
        &world,
        &[
            from(&world, "wamid.1", now, Some(digits), None),
            from(&world, "wamid.2", after(now, 1), None, Some("IN.71")),
            from(&world, "wamid.3", after(now, 2), Some(digits), Some("IN.71")),
            from(&world, "wamid.4", after(now, 3), Some(digits), Some("IN.71")),
        ],
    )
    .await;
    let (by_phone, by_id) = (whose(&world, &phone(digits)).await, whose(&world, &Alias::BusinessScoped(user_id("IN.71"))).await);
    assert_ne!(by_phone, by_id);
    assert_eq!(world.thread(conversation_of(by_id, &world.shop.number)).await.len(), 3, "the lasting name decides");
    let asked = store(&world).open_reviews(PageSize::DEFAULT, None).await.unwrap().items;
    assert_eq!(asked.iter().map(|review| review.why).collect::<Vec<_>>(), [ReviewReason::TwoPeople]);
    let owner = signed_in(&world, Role::Owner).await;
    review_contacts::decide(&boot::moment(), &store(&world), owner, asked[0].id, ReviewVerdict::KeepSeparate).await.unwrap();
    arrive(&world, &[from(&world, "wamid.5", after(now, 4), Some(digits), Some("IN.71"))]).await;
    assert!(store(&world).open_reviews(PageSize::DEFAULT, None).await.unwrap().items.is_empty(), "what was decided is not asked again");
}

#[tokio::test]
async fn what_was_said_last_counts_in_whatever_order_it_comes() {
    let world = World::make().await;
    let now = boot::now();
    let stop = world.shop.says(1, "wamid.stop", now, "band karo");
    let start = world.shop.says(1, "wamid.start", after(now, 30), "START");
    arrive(&world, &[start.clone(), stop.clone(), start, stop.clone()]).await;
    let person = whose(&world, &phone("919876500001")).await;
    let standing = store(&world).consent(person).await.unwrap();
    assert_eq!(standing.permission, Permission::Given);
    let head = store(&world).conversation(world.conversation(&stop).await).await.unwrap().unwrap();
    assert!(!head.standing.marketing_opted_out);
    let ledger = store(&world).consent_entries(person, PageSize::DEFAULT, None).await.unwrap().items;
    let told: Vec<_> = ledger.iter().map(|entry| (entry.change, entry.language.as_ref().map(ToString::to_string))).collect();
    assert_eq!(told, [(ConsentChange::OptIn, Some("en".to_owned())), (ConsentChange::OptOut, Some("hi-Latn".to_owned()))]);
    assert_eq!(sends(world.queue.drain().await).len(), 2);
}

#[tokio::test]
async fn whatsapps_switch_and_its_refusal_end_in_the_ledger() {
    let world = World::make().await;
    let (now, memory, at) = (boot::now(), Memory::default(), boot::moment());
    let hello = world.shop.says(1, "wamid.1", now, "hello");
    arrive(&world, std::slice::from_ref(&hello)).await;
    let (store, conversation) = (store(&world), world.conversation(&hello).await);
    let chosen = |change, seconds| Preference {
        number: &world.shop.number,
        sender: &hello.sender,
        change,
        at: after(now, seconds),
        detail: Some("User requested to stop marketing messages"),
    };
    for _ in 0..2 {
        change_consent::by_preference(&at, &store, &memory, &chosen(ConsentChange::OptOut, 10)).await.unwrap();
    }
    assert!(store.conversation(conversation).await.unwrap().unwrap().standing.marketing_opted_out);
    change_consent::by_preference(&at, &store, &memory, &chosen(ConsentChange::OptIn, 20)).await.unwrap();
    assert!(!store.conversation(conversation).await.unwrap().unwrap().standing.marketing_opted_out);
    let person = whose(&world, &phone("919876500001")).await;
    let ledger = store.consent_entries(person, PageSize::DEFAULT, None).await.unwrap().items;
    assert_eq!(ledger.iter().map(|entry| &entry.source).collect::<Vec<_>>(), [&Source::WhatsAppPreference; 2]);

    let place = CallbackData { conversation, message: MessageKey::received(now, "wamid.1").reply(0) };
    for (code, seconds) in [(131_050, 30), (131_050, 30), (131_049, 40), (131_026, 50)] {
        let update = failed(code, after(now, seconds));
        change_consent::by_failure(&at, &store, place, &update).await.unwrap();
    }
    let standing = store.consent(person).await.unwrap();
    assert_eq!((standing.permission, standing.since.map(Timestamp::as_second)), (Permission::Refused, Some(after(now, 30).as_second())));
    let held = standing.held_until.unwrap().duration_since(after(now, 40));
    // The time of a status has whole seconds.
    assert_eq!((held + SignedDuration::from_secs(1)).as_hours(), 24);
    assert_eq!(store.consent_entries(person, PageSize::DEFAULT, None).await.unwrap().items.len(), 3);
}

/// A failed status with this code of Meta's.
fn failed(code: i64, at: Timestamp) -> shared::domain::messaging::status::StatusUpdate {
    let raw =
        json!({"object": "whatsapp_business_account", "entry": [{"id": "310000000000001", "changes": [{"field": "messages", "value": {
        "messaging_product": "whatsapp", "metadata": {"display_phone_number": "918047000123", "phone_number_id": "210000000000009"},
        "statuses": [{"id": format!("wamid.OUT{code}"), "status": "failed", "timestamp": at.as_second().to_string(),
            "recipient_id": "919876500001", "errors": [{"code": code, "title": "Not delivered"}]}]}}]}]})
        .to_string();
    let signature = testkit::sign(raw.as_bytes(), "secret");
    let body = shared::providers::signature::verify_meta(raw.as_bytes(), Some(&signature), "secret").unwrap();
    let webhook = shared::providers::whatsapp::inbound::read(body).unwrap();
    let shared::providers::whatsapp::inbound::Event::Status(status) = &webhook.parts[0].events[0] else { panic!("no status") };
    status.update.clone()
}

#[tokio::test]
async fn a_colleague_may_enter_a_no_and_a_yes_only_with_its_wording() {
    let world = World::make().await;
    let at = boot::moment();
    let hello = world.shop.says(1, "wamid.1", at.now - SignedDuration::from_secs(60), "hello");
    arrive(&world, std::slice::from_ref(&hello)).await;
    let (store, contact) = (store(&world), whose(&world, &phone("919876500001")).await);
    let agent = signed_in(&world, Role::Agent).await;
    let id: ClientMessageId = at.ids.next();
    let conversation = Some(world.conversation(&hello).await);
    let no = Told { contact, id, conversation, change: ConsentChange::OptOut, wording: None, language: None };
    for _ in 0..2 {
        assert_eq!(change_consent::by_colleague(&at, &store, agent, &no).await.unwrap().permission, Permission::Refused);
    }
    assert!(store.conversation(no.conversation.unwrap()).await.unwrap().unwrap().standing.marketing_opted_out);
    let later = boot::moment();
    let yes = Told { id: later.ids.next(), change: ConsentChange::OptIn, ..no };
    let refused = change_consent::by_colleague(&later, &store, agent, &yes).await;
    assert!(matches!(refused, Err(Error::Invalid { field: "wording", .. })));
    let yes = Told { wording: Some("haan offers bhejiye, said on the phone"), language: Some("hi-Latn"), ..yes };
    assert_eq!(change_consent::by_colleague(&later, &store, agent, &yes).await.unwrap().permission, Permission::Given);
    let ledger = store.consent_entries(contact, PageSize::DEFAULT, None).await.unwrap().items;
    assert_eq!(ledger.len(), 2);
    assert!(matches!(&ledger[0].source, Source::Colleague(_, name) if name.as_str() == "Priya Nair"));
}

#[tokio::test]
async fn the_api_tells_what_may_be_sent_and_what_was_agreed_to() {
    let stack = Stack::find().await;
    let client = Client::log_in(&stack).await;
    let found = conversation(&stack, &client, "919876544451").await;
    let (id, contact) = (found["id"].as_str().unwrap(), found["contact"]["id"].as_str().unwrap());
    let (status, told) = client.get(&format!("/v1/conversations/{id}/contract")).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    assert_eq!((&told["own_words"]["decision"], &told["own_words"]["reason"]), (&json!("allow"), &json!("window_open")));
    assert_eq!(told["templates"][1]["category"], "marketing");
    assert_eq!(told["templates"][1]["cost"]["paise"], 86);

    let path = format!("/v1/contacts/{contact}/consent");
    assert_eq!(client.get(&path).await.1["marketing"], "unasked");
    let key = Some(boot::moment().ids.next());
    let no = json!({"change": "opt_out", "conversation": id});
    let (status, now) = client.ask(Method::POST, &path, key, Some(no)).await;
    assert_eq!((status, &now["marketing"]), (StatusCode::OK, &json!("refused")), "{now}");
    let (_, ledger) = client.get(&path).await;
    assert_eq!((&ledger["entries"][0]["source"], &ledger["entries"][0]["change"]), (&json!("colleague"), &json!("opt_out")));
    let (_, told) = client.get(&format!("/v1/conversations/{id}/contract")).await;
    assert_eq!((&told["templates"][1]["decision"], &told["templates"][1]["reason"]), (&json!("deny"), &json!("opted_out")));
    assert_eq!(told["templates"][0]["decision"], "allow", "utility goes on");
    let (_, details) = client.get(&format!("/v1/contacts/{contact}")).await;
    assert!(details["names"].as_array().unwrap().contains(&json!({"kind": "phone", "value": "+919876544451"})), "{details}");
    for path in ["/v1/contacts/01930f5e-0000-7000-8000-000000000000", "/v1/contacts/01930f5e-0000-7000-8000-000000000000/consent"] {
        assert_eq!(client.get(path).await.0, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn whoever_came_by_an_advertisement_is_written_to_for_free() {
    let world = World::make().await;
    let (at, memory) = (boot::moment(), Memory::default());
    let hello = world.shop.says(1, "wamid.1", at.now, "hello");
    arrive(&world, std::slice::from_ref(&hello)).await;
    let (store, id) = (store(&world), world.conversation(&hello).await);
    let number = store.get::<Number>(&world.shop.number).await.unwrap().unwrap().body;
    let cost = || async {
        let conversation = store.conversation(id).await.unwrap().unwrap();
        let asked = Asked::of(&conversation, &number, Kind::Free(Form::Plain), Origin::Colleague);
        send_contract::run(&at, &store, &memory, &asked).await.unwrap().cost
    };
    assert_ne!(cost().await, Cost::Free(Free::EntryPoint));
    for hours in [48, 1] {
        store.note_free_until(id, at.now + SignedDuration::from_hours(hours)).await.unwrap();
    }
    assert_eq!(cost().await, Cost::Free(Free::EntryPoint));
    let head = store.conversation(id).await.unwrap().unwrap();
    assert!(head.free_until.unwrap().duration_since(at.now).as_hours() >= 47, "it never goes back");
}
