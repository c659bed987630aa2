//! Partners' webhooks: whoever cannot prove to be the partner of the number stores nothing; whoever can is heard, and the answer goes
//! back by the same partner.

use std::sync::Arc;

use lambda_http::{Body, Request, http};
use serde_json::{Value, json};
use shared::{
    boot,
    domain::{
        crm::Alias,
        messaging::{conversation::conversation_of, message::Message, status::State},
        page::PageSize,
        task::SendMessage,
        tenant::{Number, NumberId, ProviderKind},
        time::SignedDuration,
    },
    providers::{self, Channels, aisensy::AiSensy, dialog360::Dialog360, interakt::Interakt, whatsapp::CloudApi},
    secrets::Secret,
    store::Credentials,
    usecases::memory::Memory,
};
use testkit::{ScriptedFiles, Tap};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::common::{World, sends};

const SECRET: &str = "the partner's secret";

/// A shop with a number at a partner, and the partner.
struct Partner {
    world: World,
    kind: ProviderKind,
    number: NumberId,
    server: MockServer,
    webhook: webhook::App,
}

impl Partner {
    async fn make(kind: ProviderKind) -> Self {
        let world = World::make().await;
        let digits: String = boot::moment().ids.next::<shared::domain::id::UserKind>().to_string().replace('-', "");
        let number = NumberId::new(&digits).unwrap();
        let cloud = Number::cloud(number.clone(), NumberId::new("310").unwrap(), "918047000123".parse().unwrap());
        let row = Number { provider: kind, project_id: Some(NumberId::new("67e1").unwrap()), ..cloud };
        let credentials = Credentials { token: "the key".to_owned().into(), webhook_secret: Some(SECRET.to_owned().into()) };
        world.table.tenant(world.shop.tenant).create_number_with(&row, &credentials).await.unwrap();
        world.table.directory().add_number(&number, world.shop.tenant).await.unwrap();
        let webhook = webhook::App {
            table: world.stack.table(&Tap::default()),
            queue: Box::new(world.queue.through(&world.stack, &Tap::default())),
            app_secret: Secret::fixed("the app's secret".to_owned().into()),
            verify_token: Secret::fixed("verify".to_owned().into()),
            memory: Memory::default(),
        };
        Self { world, kind, number, server: MockServer::start().await, webhook }
    }

    async fn post(&self, body: &[u8], headers: &[(&str, String)]) -> u16 {
        let mut request = http::Request::post(format!("https://hooks.example/bsp/{}/{}", self.kind.name(), self.number));
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let request: Request = request.body(Body::Binary(body.to_vec())).unwrap();
        webhook::handle(&self.webhook, request).await.status().as_u16()
    }

    /// The header that proves a body.
    fn proof(&self, body: &[u8], secret: &str) -> (&'static str, String) {
        match self.kind {
            ProviderKind::Dialog360 => (providers::dialog360::SECRET_HEADER, secret.to_owned()),
            ProviderKind::Interakt => (providers::interakt::SIGNATURE_HEADER, testkit::sign(body, secret)),
            ProviderKind::AiSensy | ProviderKind::CloudApi => {
                (providers::aisensy::SIGNATURE_HEADER, testkit::sign(body, secret).replace("sha256=", ""))
            }
        }
    }

    fn outbound(&self) -> outbound::App {
        let http = providers::http::client().unwrap();
        let base = self.server.uri();
        let channels = Channels {
            cloud_api: Arc::new(CloudApi::new(http.clone(), "http://127.0.0.1:1")),
            dialog360: Arc::new(Dialog360::new(http.clone(), &base)),
            interakt: Arc::new(Interakt::new(http.clone(), &base)),
            aisensy: Arc::new(AiSensy::new(http, &base)),
        };
        let table = self.world.stack.table(&Tap::default());
        outbound::App {
            table,
            channel: Arc::new(channels),
            files: Arc::new(ScriptedFiles::new(&Tap::default(), &[])),
            objects: Box::new(self.world.stack.objects(&Tap::default())),
            outcome_wait: SignedDuration::ZERO,
            memory: Memory::default(),
        }
    }

    /// What a customer writes, in the partner's words.
    fn question(&self) -> Vec<u8> {
        let second = boot::now().as_second();
        let utc = boot::now().to_string();
        let question = match self.kind {
            ProviderKind::Dialog360 | ProviderKind::CloudApi => {
                json!({"object": "whatsapp_business_account", "entry": [{"id": "310", "changes": [{"field": "messages", "value": {
                "messaging_product": "whatsapp", "metadata": {"display_phone_number": "918047000123", "phone_number_id": self.number.as_str()},
                "contacts": [{"profile": {"name": "Asha"}, "wa_id": "919876500001"}],
                "messages": [{"from": "919876500001", "id": "wamid.partner", "timestamp": second.to_string(), "type": "text", "text": {"body": "sugar price"}}]}}]}]})
            }
            ProviderKind::Interakt => json!({"version": "1.0", "type": "message_received", "data": {
                "customer": {"channel_phone_number": "919876500001", "traits": {"name": "Asha"}},
                "message": {"id": "m-1", "chat_message_type": "CustomerMessage", "message_content_type": "Text", "message": "sugar price", "received_at_utc": utc}}}),
            ProviderKind::AiSensy => {
                json!({"id": "evt1", "topic": "message.created", "data": {"id": "m-1", "sender": "USER", "message_type": "TEXT",
                "phone_number": "919876500001", "message_content": {"text": "sugar price"}, "sent_at": second * 1000}})
            }
        };
        serde_json::to_vec(&question).unwrap()
    }

    /// The partner's answer to a message it takes.
    fn accepts(&self) -> Value {
        match self.kind {
            ProviderKind::Interakt => json!({"result": true, "message": "queued", "id": "sent-1"}),
            ProviderKind::CloudApi | ProviderKind::Dialog360 | ProviderKind::AiSensy => json!({"messages": [{"id": "sent-1"}]}),
        }
    }

    /// That the message was delivered, in the partner's words; `callback` is what was sent along with it.
    fn delivered(&self, callback: &Value) -> Vec<u8> {
        let second = boot::now().as_second();
        let status = match self.kind {
            ProviderKind::Dialog360 | ProviderKind::CloudApi => {
                json!({"object": "whatsapp_business_account", "entry": [{"id": "310", "changes": [{"field": "messages", "value": {
                "metadata": {"display_phone_number": "918047000123", "phone_number_id": self.number.as_str()},
                "statuses": [{"id": "sent-1", "status": "delivered", "timestamp": second.to_string(), "biz_opaque_callback_data": callback}]}}]}]})
            }
            ProviderKind::Interakt => json!({"type": "message_api_delivered", "data": {"message": {"id": "sent-1",
                "delivered_at_utc": boot::now().to_string(), "meta_data": {"source_data": {"callback_data": callback}}}}}),
            ProviderKind::AiSensy => {
                json!({"topic": "message.status.updated", "data": {"id": "sent-1", "status": "DELIVERED", "delivered_at": second * 1000}})
            }
        };
        serde_json::to_vec(&status).unwrap()
    }

    /// A customer asks, and the partner tells it twice; the answer, which the partner will take once.
    async fn is_asked(&self) -> SendMessage {
        let kind = self.kind;
        let body = self.question();
        let (name, proof) = self.proof(&body, SECRET);
        for _ in 0..2 {
            assert_eq!(self.post(&body, &[(name, proof.clone())]).await, 200, "{kind:?}");
        }
        let dispatching = self.world.dispatch();
        let tasks = self.world.queue.drain().await;
        assert!(!tasks.is_empty(), "{kind:?}");
        for task in tasks {
            dispatch::handle(&dispatching, crate::common::delivery(task)).await.unwrap();
        }
        let mut replies = sends(self.world.queue.drain().await);
        assert_eq!(replies.len(), 1, "{kind:?}: answered once");
        let taken = ResponseTemplate::new(200).set_body_json(self.accepts());
        Mock::given(wiremock::matchers::any()).respond_with(taken).expect(1).mount(&self.server).await;
        replies.remove(0)
    }

    /// The partner tells this of a message.
    async fn tells(&self, status: &[u8]) {
        let (name, proof) = self.proof(status, SECRET);
        assert_eq!(self.post(status, &[(name, proof)]).await, 200, "{:?}", self.kind);
    }

    /// How many statuses are parked.
    async fn parked(&self) -> usize {
        let parked = self.world.table.tenant(self.world.shop.tenant).parked(PageSize::DEFAULT, None).await.unwrap().items;
        assert!(parked.iter().all(|one| one.kind == "status"));
        parked.len()
    }

    async fn thread(&self) -> Vec<Message> {
        let store = self.world.table.tenant(self.world.shop.tenant);
        let known = store.known(&Alias::WhatsApp("919876500001".parse().unwrap())).await.unwrap().expect("nobody wrote");
        store.messages(conversation_of(known.contact, &self.number), PageSize::DEFAULT, None).await.unwrap().items
    }
}

async fn is_heard_and_answered_by_the_same_partner(kind: ProviderKind) {
    let partner = Partner::make(kind).await;
    let reply = partner.is_asked().await;
    outbound::handle(&partner.outbound(), crate::send::task(&reply)).await.unwrap();
    let sent: Value = partner.server.received_requests().await.unwrap()[0].body_json().unwrap();
    assert!(sent.to_string().contains("₹45"), "{kind:?}: {sent}");

    let callback = ["biz_opaque_callback_data", "callbackData"].into_iter().find_map(|field| sent.as_object()?.get(field));
    let callback = callback.cloned().unwrap_or(Value::Null);
    partner.tells(&partner.delivered(&callback)).await;
    let thread = partner.thread().await;
    assert_eq!(thread.iter().map(Message::state).collect::<Vec<_>>(), [State::Delivered, State::Received], "{kind:?}");
}

async fn is_refused_without_a_proof(kind: ProviderKind) {
    let partner = Partner::make(kind).await;
    let body = partner.question();
    let (name, forged) = partner.proof(&body, "another secret");
    let good = partner.proof(&body, SECRET).1;
    assert_eq!(partner.post(&body, &[]).await, 401, "{kind:?}: missing");
    assert_eq!(partner.post(&body, &[(name, forged)]).await, 401, "{kind:?}: forged");
    assert_eq!(partner.post(&body, &[(name, String::new())]).await, 401, "{kind:?}: empty");
    if kind != ProviderKind::Dialog360 {
        assert_eq!(partner.post(&[&body[..], b" "].concat(), &[(name, good.clone())]).await, 401, "{kind:?}: altered");
    }
    // Meta's own signature proves nothing on a partner's address.
    assert_eq!(partner.post(&body, &[("x-hub-signature-256", testkit::sign(&body, "the app's secret"))]).await, 401, "{kind:?}: Meta's");
    let mut elsewhere = Partner { number: NumberId::new("0123456789abcdef").unwrap(), ..partner };
    assert_eq!(elsewhere.post(&body, &[(name, good.clone())]).await, 401, "{kind:?}: nobody's number");
    elsewhere.number = elsewhere.world.shop.number.clone();
    assert_eq!(elsewhere.post(&body, &[(name, good)]).await, 401, "{kind:?}: a number of Meta's");
    assert!(elsewhere.world.queue.drain().await.is_empty(), "{kind:?}: nothing was stored");
}

#[tokio::test]
async fn dialog360_is_heard_and_answered() {
    is_heard_and_answered_by_the_same_partner(ProviderKind::Dialog360).await;
}

#[tokio::test]
async fn interakt_is_heard_and_answered() {
    is_heard_and_answered_by_the_same_partner(ProviderKind::Interakt).await;
}

#[tokio::test]
async fn aisensy_is_heard_and_answered() {
    is_heard_and_answered_by_the_same_partner(ProviderKind::AiSensy).await;
}

#[tokio::test]
async fn a_status_that_overtakes_the_id_of_its_message_is_entered_when_the_id_is_known() {
    let partner = Partner::make(ProviderKind::AiSensy).await;
    let reply = partner.is_asked().await;
    let status = partner.delivered(&Value::Null);
    for _ in 0..2 {
        partner.tells(&status).await;
        assert_eq!(partner.parked().await, 1);
    }
    outbound::handle(&partner.outbound(), crate::send::task(&reply)).await.unwrap();
    assert_eq!(partner.thread().await[0].state(), State::Delivered);
    assert_eq!(partner.parked().await, 0, "it has found its message");
    partner.tells(&status).await;
    assert_eq!(partner.parked().await, 0);
}

#[tokio::test]
async fn whoever_proves_nothing_is_refused_and_nothing_is_stored() {
    for kind in [ProviderKind::Dialog360, ProviderKind::Interakt, ProviderKind::AiSensy] {
        is_refused_without_a_proof(kind).await;
    }
}

#[tokio::test]
async fn what_the_business_says_itself_starts_nothing() {
    let echoes = [
        (
            ProviderKind::Interakt,
            json!({"type": "message_received", "data": {"customer": {"channel_phone_number": "919876500001"},
            "message": {"id": "m-own", "chat_message_type": "AgentMessage", "message_content_type": "Text", "message": "Namaste"}}}),
        ),
        (
            ProviderKind::AiSensy,
            json!({"topic": "message.created", "data": {"id": "m-own", "sender": "API", "message_type": "TEXT",
            "phone_number": "919876500001", "message_content": {"text": "Namaste"}}}),
        ),
    ];
    for (kind, echo) in echoes {
        let partner = Partner::make(kind).await;
        let body = serde_json::to_vec(&echo).unwrap();
        let (name, proof) = partner.proof(&body, SECRET);
        assert_eq!(partner.post(&body, &[(name, proof)]).await, 200, "{kind:?}");
        assert!(partner.world.queue.drain().await.is_empty(), "{kind:?}");
    }
}

#[tokio::test]
async fn a_secret_that_was_changed_counts_at_once() {
    let partner = Partner::make(ProviderKind::Interakt).await;
    let body = partner.question();
    let (name, old) = partner.proof(&body, SECRET);
    assert_eq!(partner.post(&body, &[(name, old)]).await, 200);
    let store = partner.world.table.tenant(partner.world.shop.tenant);
    let read = store.get::<Number>(&partner.number).await.unwrap().unwrap();
    let credentials = Credentials { token: "new".to_owned().into(), webhook_secret: Some("rotated".to_owned().into()) };
    store.update_number_with(&read.body, &credentials, read.version).await.unwrap();
    assert_eq!(partner.post(&body, &[(name, partner.proof(&body, "rotated").1)]).await, 200, "the remembered secret is read again");
}
