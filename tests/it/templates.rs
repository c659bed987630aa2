//! A template from its draft to the phone, and what stops it on the way: made by the use cases, kept and reviewed by the simulator.

use std::sync::Arc;

use serde_json::{Value, json};
use shared::{
    boot,
    domain::{
        access::Role,
        id::ConversationId,
        messaging::{
            content::Limited,
            contract::Reason,
            failure::Ours,
            message::Message,
            template::{
                Body, Button, Category, DefinitionParts, Filling, Status, Template, TemplateKey, TemplateLanguage, TemplateName,
                Value as Filled, ValueKind,
            },
        },
        rate::MarketingCap,
        task::{Destination, SyncTemplates, Task},
        tenant::{NumberId, User},
        text::Text,
        time::{Moment, SignedDuration, Timestamp},
    },
    providers::{self, signature::verify_meta, whatsapp::CloudApi, whatsapp::inbound},
    store::{StoreError, TenantStore, Versioned},
    usecases::{
        Error,
        memory::Memory,
        receive_webhook,
        reply_to_conversation::{self, Reply, Said, Taken},
        sending_rules::{self, Rules},
        session::token::Identity,
        templates::{acknowledge, delete, draft, read, save, submit},
    },
};
use simulator::Running;
use testkit::{ScriptedChannel, Tap};

use crate::common::{World, colleague, delivery, receive, sends};

const SECRET: &str = "s3cret";
const NAME: &str = "visit_reminder";

/// A shop whose account is kept by a simulator of its own.
struct Shop {
    world: World,
    simulator: Running,
    meta: Arc<CloudApi>,
    account: NumberId,
    owner: User,
}

impl Shop {
    async fn open() -> Self {
        let world = World::make().await;
        let store = world.table.tenant(world.shop.tenant);
        let (number, _) = store.number_with_token(&world.shop.number).await.unwrap().unwrap();
        let account = number.waba_id.clone().unwrap();
        let config = json!({
            "app_secret": SECRET, "verify_token": "v", "access_token": "token", "waba_id": account.as_str(),
            "numbers": [{ "phone_number_id": "210000000000009", "display_phone_number": "918047000123", "name": "Shop" }],
        });
        let simulator = simulator::start(serde_json::from_value(config).unwrap()).await.unwrap();
        let meta = Arc::new(CloudApi::new(providers::http::client().unwrap(), &format!("{}/v24.0", simulator.url())));
        let owner = User { role: Role::Owner, ..colleague(&boot::moment()) };
        store.create(&owner).await.unwrap();
        world.table.directory().add_account(&account, world.shop.tenant).await.unwrap();
        Self { world, simulator, meta, account, owner }
    }

    fn store(&self) -> TenantStore {
        self.world.table.tenant(self.world.shop.tenant)
    }

    fn identity(&self, role: Role) -> Identity {
        Identity { tenant: self.world.shop.tenant, user: self.owner.id, role }
    }

    async fn template(&self) -> Versioned<Template> {
        self.store().template(&key(&self.account)).await.unwrap().expect("no template")
    }

    /// Drafts and submits the template.
    async fn submit(&self, at: &Moment) -> Versioned<Template> {
        let identity = self.identity(Role::Owner);
        let drafted =
            draft::run(at, &self.store(), identity, &self.world.shop.number, parts("Hi {{1}}, your visit is near, see you")).await;
        let draft::Drafted::New(drafted) = drafted.unwrap() else { panic!("not new") };
        let queue = self.world.queue.through(&self.world.stack, &Tap::default());
        let which = submit::Draft { number: &self.world.shop.number, name: NAME, language: "en", version: drafted.version };
        submit::run(at, &self.store(), &queue, &self.meta, identity, which).await.unwrap()
    }

    /// Meta tells of the template, through the webhook and the functions behind it; each event comes twice.
    async fn told(&self, at: Timestamp, field: &str, mut value: Value) {
        value["message_template_id"] = json!(self.template().await.body.provider_id.unwrap().0);
        value["message_template_name"] = json!(NAME);
        value["message_template_language"] = json!("en");
        let change = json!({ "field": field, "value": value });
        let entry = json!({ "id": self.account.as_str(), "time": at.as_second(), "changes": [change] });
        let body = serde_json::to_vec(&json!({ "object": "whatsapp_business_account", "entry": [entry] })).unwrap();
        let signature = testkit::sign(&body, SECRET);
        let webhook = inbound::read(verify_meta(&body, Some(&signature), SECRET).unwrap()).unwrap();
        let queue = self.world.queue.through(&self.world.stack, &Tap::default());
        receive_webhook::run(&boot::moment(), &self.world.table, &Memory::default(), &queue, &webhook).await.unwrap();
        let told = self.world.queue.drain().await.into_iter().filter(|task| task.destination() == Destination::Channel);
        for task in told {
            for _ in 0..2 {
                channel::handle(&self.channel(), delivery(task.clone())).await.unwrap();
            }
        }
    }

    fn channel(&self) -> channel::App {
        channel::App {
            table: self.world.stack.table(&self.world.tap),
            queue: Box::new(self.world.queue.through(&self.world.stack, &self.world.tap)),
            meta: self.meta.clone(),
            files: self.meta.clone(),
            objects: Box::new(self.world.stack.objects(&self.world.tap)),
            memory: Memory::default(),
        }
    }

    async fn approved(&self, at: &Moment) {
        self.submit(at).await;
        self.review(json!({ "name": NAME, "event": "APPROVED", "tell": false })).await;
        self.told(at.now, "message_template_status_update", json!({ "event": "APPROVED", "reason": "NONE" })).await;
    }

    /// Meta makes marketing of the template.
    async fn made_marketing(&self, at: &Moment) -> Versioned<Template> {
        let moved = json!({ "previous_category": "UTILITY", "new_category": "MARKETING" });
        self.told(at.now + SignedDuration::from_secs(5), "template_category_update", moved).await;
        self.template().await
    }

    /// The owner takes note of it.
    async fn acknowledged(&self, at: &Moment, template: &Versioned<Template>) {
        let (memory, number) = (Memory::default(), &self.world.shop.number);
        acknowledge::run(at, &self.store(), &memory, self.identity(Role::Owner), number, (NAME, "en"), template.version).await.unwrap();
    }

    /// The simulator's reviewer decides.
    async fn review(&self, review: Value) {
        let answer = crate::common::http().post(format!("{}/templates/review", self.simulator.url())).json(&review).send().await.unwrap();
        assert!(answer.status().is_success());
    }

    /// The list is read anew, as the function does it.
    async fn sync(&self, cause: &str) {
        let sync = SyncTemplates {
            tenant: self.world.shop.tenant,
            account: self.account.clone(),
            number: self.world.shop.number.clone(),
            cause: Text::new(cause).unwrap(),
            after: None,
            started_at: None,
        };
        channel::handle(&self.channel(), delivery(Task::SyncTemplatesV1(Box::new(sync)))).await.unwrap();
    }

    /// A person who wrote more than a day ago.
    async fn stranger(&self, at: &Moment, says: &str) -> ConversationId {
        let long_ago = at.now - SignedDuration::from_hours(30);
        let message = self.world.shop.says(1, &format!("wamid.{says}"), long_ago, says);
        receive(&self.world.dispatch(), &message).await.unwrap();
        self.world.queue.drain().await;
        self.world.conversation(&message).await
    }

    async fn send(&self, at: &Moment, conversation: ConversationId, filling: Filling) -> Result<Message, Error> {
        let queue = self.world.queue.through(&self.world.stack, &Tap::default());
        let reply = Reply { conversation, id: at.ids.next(), said: Said::Template(Box::new(filling)), reply_to: None };
        let memory = Memory::default();
        let taken = reply_to_conversation::run(at, &self.world.table, &self.store(), &memory, &queue, &self.owner, &reply).await?;
        let (Taken::New(message) | Taken::Before(message)) = taken;
        Ok(*message)
    }
}

fn key(account: &NumberId) -> TemplateKey {
    TemplateKey { account: account.clone(), name: TemplateName::new(NAME).unwrap(), language: TemplateLanguage::new("en").unwrap() }
}

fn parts(body: &str) -> DefinitionParts {
    let example = shared::domain::messaging::template::Example { variable: "1".to_owned(), value: "Asha".to_owned() };
    DefinitionParts {
        body: Some(Body::Text { text: body.to_owned(), examples: vec![example] }),
        buttons: vec![Button::QuickReply { text: "Confirm".to_owned() }],
        ..DefinitionParts::blank(TemplateName::new(NAME).unwrap(), TemplateLanguage::new("en").unwrap(), Category::Utility)
    }
}

fn filling(name: &str) -> Filling {
    let value = Filled { variable: "1".to_owned(), words: ValueKind::Text(Limited::new(name).unwrap()) };
    Filling { body: vec![value], ..Filling::blank(TemplateName::new(NAME).unwrap(), TemplateLanguage::new("en").unwrap()) }
}

fn reason(refused: Result<Message, Error>) -> Reason {
    match refused {
        Err(Error::MayNotSend(verdict)) => verdict.reason,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_template_goes_from_its_draft_to_a_person_who_has_not_written_for_a_day() {
    let (shop, at) = (Shop::open().await, boot::moment());
    let conversation = shop.stranger(&at, "hello").await;
    let submitted = shop.submit(&at).await;
    assert_eq!(submitted.body.status.value, Status::Pending);
    assert_eq!(reason(shop.send(&at, conversation, filling("Asha")).await), Reason::TemplateUnusable, "not approved yet");
    shop.review(json!({ "name": NAME, "event": "APPROVED", "tell": false })).await;
    shop.told(at.now, "message_template_status_update", json!({ "event": "APPROVED", "reason": "NONE" })).await;
    let message = shop.send(&at, conversation, filling("Asha")).await.unwrap();
    assert_eq!(crate::common::words(&message), "Hi Asha, your visit is near, see you");
    // It goes out as one request, as Meta wants it.
    let tasks = sends(shop.world.queue.drain().await);
    assert_eq!(tasks.len(), 1);
    let channel = Arc::new(ScriptedChannel::default());
    let app = shop.world.outbound(&channel, SignedDuration::from_secs(60));
    for task in tasks {
        outbound::handle(&app, delivery(Task::SendMessageV1(Box::new(task)))).await.unwrap();
    }
    let sent = shop.world.thread(conversation).await.into_iter().find(|found| found.key == message.key).expect("no message");
    assert!(sent.stages.accepted.is_some(), "{:?}", sent.stages);
    let wrong = Filling { body: Vec::new(), ..filling("Asha") };
    let Err(Error::Template(faults)) = shop.send(&at, conversation, wrong).await else { panic!("a variable without a value") };
    assert_eq!(faults.to_string(), "body needs a value for {{1}}");
}

#[tokio::test]
async fn what_meta_makes_marketing_reaches_only_who_may_get_marketing() {
    let (shop, at) = (Shop::open().await, boot::moment());
    let conversation = shop.stranger(&at, "hello").await;
    shop.approved(&at).await;
    let template = shop.made_marketing(&at).await;
    assert!(template.body.recategorised());
    assert_eq!(reason(shop.send(&at, conversation, filling("Asha")).await), Reason::Recategorised);
    // An owner takes note: who has not refused marketing gets it again, who has refused does not.
    shop.acknowledged(&at, &template).await;
    assert!(shop.send(&at, conversation, filling("Asha")).await.is_ok());
    let refusing = shop.stranger(&at, "STOP").await;
    assert_eq!(refusing, conversation, "the same person");
    assert_eq!(reason(shop.send(&at, refusing, filling("Ravi")).await), Reason::OptedOut);
}

#[tokio::test]
async fn a_person_gets_as_much_promotion_as_the_business_lays_down() {
    let (shop, at) = (Shop::open().await, boot::moment());
    let owner = shop.identity(Role::Owner);
    let rules = sending_rules::read(&shop.store(), owner).await.unwrap();
    assert_eq!(rules.marketing_cap, MarketingCap::default());
    let rules = Rules { marketing_cap: MarketingCap::new(1, 48).unwrap(), ..rules };
    sending_rules::write(&at, &shop.store(), &Memory::default(), owner, rules).await.unwrap();
    assert_eq!(sending_rules::read(&shop.store(), owner).await.unwrap(), rules);

    let conversation = shop.stranger(&at, "hello").await;
    shop.approved(&at).await;
    let template = shop.made_marketing(&at).await;
    shop.acknowledged(&at, &template).await;
    let first = shop.send(&at, conversation, filling("Asha")).await.unwrap();
    let second = shop.send(&at, conversation, filling("Asha Verma")).await.unwrap();
    let channel = Arc::new(ScriptedChannel::default());
    let app = shop.world.outbound(&channel, SignedDuration::from_secs(60));
    for task in sends(shop.world.queue.drain().await) {
        outbound::handle(&app, delivery(Task::SendMessageV1(Box::new(task)))).await.unwrap();
    }
    let taken: Vec<_> = channel.taken().into_iter().map(|taken| taken.message).collect();
    assert_eq!(taken, [first.key]);
    let refused = shop.store().message(conversation, second.key).await.unwrap().unwrap();
    assert_eq!(refused.failure.unwrap().code, Ours::MarketingCap.code());
}

#[tokio::test]
async fn a_template_paused_meanwhile_is_refused_with_a_sentence() {
    let (shop, at) = (Shop::open().await, boot::moment());
    let conversation = shop.stranger(&at, "hello").await;
    shop.approved(&at).await;
    assert!(shop.send(&at, conversation, filling("Asha")).await.is_ok());
    let paused =
        json!({ "event": "PAUSED", "reason": "NONE", "other_info": { "title": "FIRST_PAUSE", "description": "paused for 3 hours" } });
    shop.told(at.now + SignedDuration::from_secs(5), "message_template_status_update", paused).await;
    // The approval once more, late: it does not win.
    shop.told(at.now, "message_template_status_update", json!({ "event": "APPROVED", "reason": "NONE" })).await;
    assert_eq!(shop.template().await.body.status.value, Status::Paused);
    let refused = reason(shop.send(&at, conversation, filling("Asha")).await);
    assert_eq!(refused, Reason::TemplateUnusable);
    assert!(!refused.sentence().is_empty());
}

#[tokio::test]
async fn a_list_is_read_whole_and_what_is_gone_is_marked() {
    let (shop, at) = (Shop::open().await, boot::moment());
    let client = crate::common::http();
    for index in 0..60 {
        let definition = json!({ "name": format!("made_elsewhere_{index}"), "language": "en", "category": "UTILITY",
            "components": [{ "type": "BODY", "text": "Hello there" }] });
        client.post(format!("{}/templates", shop.simulator.url())).json(&definition).send().await.unwrap();
    }
    shop.sync("first").await;
    let wanted = read::Wanted { status: Some("approved"), ..read::Wanted::default() };
    let queue = shop.world.queue.through(&shop.world.stack, &Tap::default());
    let page = shared::domain::page::PageSize::new(100).unwrap();
    let identity = shop.identity(Role::Agent);
    let listing = read::page(&at, &shop.store(), &queue, identity, &shop.world.shop.number, &wanted, (page, None)).await.unwrap();
    assert_eq!((listing.page.items.len(), listing.account.unwrap().count), (60, 60));
    // One is deleted in WhatsApp Manager; a later reading tells.
    let address = format!("{}/v24.0/{}/message_templates?name=made_elsewhere_7", shop.simulator.url(), shop.account);
    assert!(client.delete(address).bearer_auth("token").send().await.unwrap().status().is_success());
    let gone = TemplateKey { name: TemplateName::new("made_elsewhere_7").unwrap(), ..key(&shop.account) };
    let store = shop.store();
    let before = store.template(&gone).await.unwrap().unwrap();
    let aged = Template {
        status: shared::domain::messaging::template::Told { at: Timestamp::UNIX_EPOCH, ..before.body.status.clone() },
        ..before.body
    };
    store.save_template(&aged, Some(before.version), at.now).await.unwrap();
    shop.sync("second").await;
    assert_eq!(store.template(&gone).await.unwrap().unwrap().body.status.value, Status::Deleted);
}

#[tokio::test]
async fn of_two_who_change_a_template_the_second_is_told_and_agents_change_none() {
    let (shop, at) = (Shop::open().await, boot::moment());
    let submitted = shop.submit(&at).await;
    let (store, number) = (shop.store(), &shop.world.shop.number);
    let queue = shop.world.queue.through(&shop.world.stack, &Tap::default());
    // Meta refuses it; it is changed and looked at again.
    shop.review(json!({ "name": NAME, "event": "REJECTED", "reason": "INVALID_FORMAT", "tell": false })).await;
    let rejected = json!({ "event": "REJECTED", "reason": "INVALID_FORMAT", "rejection_info": { "reason": "too vague", "recommendation": "say more" } });
    shop.told(at.now, "message_template_status_update", rejected).await;
    let change = |version, body| save::Change { number, version, parts: parts(body) };
    let identity = shop.identity(Role::Owner);
    let stale =
        save::run(&at, &store, &queue, &shop.meta, identity, change(submitted.version, "Hi {{1}}, we see you soon in our shop")).await;
    assert!(matches!(stale, Err(Error::Store(StoreError::Conflict))), "{stale:?}");
    let current = shop.template().await;
    let saved = save::run(&at, &store, &queue, &shop.meta, identity, change(current.version, "Hi {{1}}, we see you soon in our shop"))
        .await
        .unwrap();
    assert_eq!(saved.body.status.value, Status::Pending);
    let illegal = save::run(&at, &store, &queue, &shop.meta, identity, change(saved.version, "{{1}}")).await;
    assert!(matches!(illegal, Err(Error::Template(_))), "{illegal:?}");
    // The owner's row says owner, but an agent's does not.
    let agent = User { role: Role::Agent, id: at.ids.next(), ..shop.owner.clone() };
    store.create(&agent).await.unwrap();
    let agent = Identity { user: agent.id, ..shop.identity(Role::Agent) };
    let refused = delete::run(&at, &store, &shop.meta, agent, number, (NAME, "en"), saved.version).await;
    assert!(matches!(refused, Err(Error::Forbidden)), "{refused:?}");
    delete::run(&at, &store, &shop.meta, identity, number, (NAME, "en"), saved.version).await.unwrap();
    assert_eq!(shop.template().await.body.status.value, Status::Deleted);
}
