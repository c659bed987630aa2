//! Live connections: each hears of its own business, and of nothing else.

use std::sync::{Mutex, PoisonError};

use shared::{
    boot,
    domain::{
        access::Role,
        id::{TenantId, derived},
        messaging::conversation::conversation_of,
        ports::{LivePush, Pushed},
    },
    secrets::Secret,
    usecases::{
        push_changes::{self, Change, What},
        session::token::{Audience, Identity, Tokens},
    },
};

use crate::common::World;

const KEY: &str = "a key of tests that has at least 32 bytes";

/// Remembers what was pushed to whom; the connections it is told of are gone.
#[derive(Default)]
pub struct Ear {
    gone: Vec<String>,
    heard: Mutex<Vec<(String, String)>>,
}

impl Ear {
    fn heard(&self) -> Vec<(String, String)> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

#[async_trait::async_trait]
impl LivePush for Ear {
    async fn push(&self, connection: &str, frame: &str) -> Pushed {
        if self.gone.iter().any(|gone| gone == connection) {
            return Pushed::Gone;
        }
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).push((connection.to_owned(), frame.to_owned()));
        Pushed::Delivered
    }
}

/// Opens a live connection of a colleague of this shop.
pub async fn open(world: &World, connection: &str) {
    assert_eq!(event(world, "$connect", connection, &ticket(world.shop.tenant, Audience::Live)).await, 200);
}

async fn event(world: &World, route: &str, connection: &str, ticket: &str) -> u16 {
    let app = websocket::App { table: world.table.clone(), key: Secret::fixed(KEY.to_owned().into()) };
    let event = serde_json::json!({"requestContext": {"routeKey": route, "connectionId": connection},
        "queryStringParameters": {"ticket": ticket}});
    websocket::handle(&app, serde_json::from_value(event).unwrap()).await.unwrap().status_code
}

fn ticket(tenant: TenantId, audience: Audience) -> String {
    let identity = Identity { tenant, user: derived(&[b"priya"]), role: Role::Agent };
    Tokens::new(&KEY.to_owned().into()).unwrap().issue(identity, audience, boot::now()).unwrap().0
}

/// A change of some conversation of this shop.
pub fn change(world: &World) -> Change {
    let conversation = conversation_of(derived(&[b"asha"]), &world.shop.number);
    Change { tenant: world.shop.tenant, conversation, what: What::Conversation { lane: 7, at: boot::now() } }
}

#[tokio::test]
async fn a_connection_hears_of_its_own_business_only() {
    let (world, other) = (World::make().await, World::make().await);
    let (mine, theirs) = (format!("c-{}", world.shop.tenant), format!("c-{}", other.shop.tenant));
    assert_eq!(event(&world, "$connect", &mine, &ticket(world.shop.tenant, Audience::Live)).await, 200);
    assert_eq!(event(&other, "$connect", &theirs, &ticket(other.shop.tenant, Audience::Live)).await, 200);

    let ear = Ear::default();
    push_changes::run(&world.table, &ear, &[change(&world), change(&world)]).await.unwrap();
    let heard = ear.heard();
    assert_eq!(heard.len(), 1, "the same change twice is one hint: {heard:?}");
    assert_eq!(heard[0].0, mine);
    let id = change(&world).conversation.to_string();
    assert!(heard[0].1.contains("conversation.changed") && heard[0].1.contains(&id), "{heard:?}");

    assert_eq!(event(&world, "$disconnect", &mine, "").await, 200);
    let ear = Ear::default();
    push_changes::run(&world.table, &ear, &[change(&world), change(&other)]).await.unwrap();
    assert_eq!(ear.heard().iter().map(|(connection, _)| connection.clone()).collect::<Vec<_>>(), [theirs]);
}

#[tokio::test]
async fn only_a_ticket_opens_a_connection() {
    let world = World::make().await;
    for wrong in ["", "garbage", &ticket(world.shop.tenant, Audience::Api), &ticket(world.shop.tenant, Audience::Refresh)] {
        assert_eq!(event(&world, "$connect", "c-wrong", wrong).await, 401);
    }
    assert!(world.table.tenant(world.shop.tenant).connections().await.unwrap().is_empty());
    assert_eq!(event(&world, "$disconnect", "c-never", "").await, 200, "ending what never was is no error");
}

#[tokio::test]
async fn a_connection_that_is_gone_is_forgotten_and_a_flood_is_one_hint() {
    let world = World::make().await;
    let connection = format!("c-{}", world.shop.tenant);
    assert_eq!(event(&world, "$connect", &connection, &ticket(world.shop.tenant, Audience::Live)).await, 200);
    let flood: Vec<Change> = (0..51_u8).map(|n| Change { conversation: derived(&[&[n]]), ..change(&world) }).collect();
    let ear = Ear::default();
    push_changes::run(&world.table, &ear, &flood).await.unwrap();
    assert_eq!(ear.heard(), [(connection.clone(), r#"{"type":"everything.changed"}"#.to_owned())]);

    let ear = Ear { gone: vec![connection], heard: Mutex::default() };
    push_changes::run(&world.table, &ear, &[change(&world)]).await.unwrap();
    assert!(world.table.tenant(world.shop.tenant).connections().await.unwrap().is_empty());
}
