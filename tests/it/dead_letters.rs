//! What the queues give up lies in the business it belongs to; its owner tries again or discards it, once.

use std::sync::{Arc, Mutex};

use shared::{
    boot,
    domain::{
        access::Role,
        messaging::status::State,
        page::PageSize,
        ports::{DeadLetters, GivenUp, QueueError},
        task::{SendMessage, Task},
        tenant::User,
        time::{Moment, SignedDuration},
    },
    store::{Fate, TenantStore},
    usecases::{
        Error,
        dead_letters::{bury, discard, list, redrive},
        session::token::Identity,
    },
};
use testkit::{ScriptedChannel, Stack};

use crate::{
    common::{World, colleague},
    send::{reply, task},
};

/// Dead letters that come again until they are taken off.
#[derive(Default)]
struct Grave(Mutex<Vec<GivenUp>>);

#[async_trait::async_trait]
impl DeadLetters for Grave {
    async fn take(&self) -> Result<Vec<GivenUp>, QueueError> {
        Ok(self.0.lock().unwrap().clone())
    }

    async fn done(&self, letter: &GivenUp) -> Result<(), QueueError> {
        self.0.lock().unwrap().retain(|one| one.id != letter.id);
        Ok(())
    }
}

fn letter(id: &str, body: String) -> GivenUp {
    GivenUp { queue: "OutboundP2".to_owned(), id: id.to_owned(), sent_at: boot::now(), body, handle: id.to_owned() }
}

fn given_up(send: &SendMessage) -> GivenUp {
    letter("1", serde_json::to_string(&Task::SendMessageV1(Box::new(send.clone()))).unwrap())
}

/// An owner of the shop.
async fn owner(at: &Moment, world: &World, store: &TenantStore, role: Role) -> Identity {
    let user = User { role, ..colleague(at) };
    store.create(&user).await.unwrap();
    Identity { tenant: world.shop.tenant, user: user.id, role }
}

async fn state(store: &TenantStore, send: &SendMessage) -> State {
    store.message(send.conversation, send.key).await.unwrap().unwrap().state()
}

#[tokio::test]
async fn a_dead_letter_is_shown_to_its_business_and_goes_out_again_once() {
    let world = World::make().await;
    let at = boot::moment();
    let send = reply(&world).await;
    let store = world.table.tenant(world.shop.tenant);
    let owner = owner(&at, &world, &store, Role::Owner).await;
    // Taken twice, because the function died before it was taken off the queue.
    let grave = Grave(Mutex::new(vec![given_up(&send)]));
    let again = Grave(Mutex::new(grave.0.lock().unwrap().clone()));
    for grave in [&grave, &again] {
        assert_eq!(bury::run(&at, &world.table, grave).await.unwrap().buried, 1);
        assert!(grave.0.lock().unwrap().is_empty());
    }
    let page = list::page(&store, owner, PageSize::DEFAULT, None).await.unwrap();
    assert_eq!((page.items.len(), page.items[0].fate), (1, Fate::Waiting));
    assert_eq!(list::counts(&store, owner).await.unwrap()["OutboundP2"], 1);
    assert_eq!(state(&store, &send).await, State::Failed, "its bubble says that it was given up");

    let id = page.items[0].id.clone();
    let stranger = World::on(&world.stack).await;
    let elsewhere = world.table.tenant(stranger.shop.tenant);
    let boss = self::owner(&at, &stranger, &elsewhere, Role::Owner).await;
    assert!(matches!(redrive::run(&at, &elsewhere, boss, &id).await, Err(Error::NotFound(_))), "another business has no such letter");
    for _ in 0..2 {
        assert_eq!(redrive::run(&at, &store, owner, &id).await.unwrap().fate, Fate::Redriven);
    }
    assert!(matches!(discard::run(&at, &store, owner, &id).await, Err(Error::Invalid { .. })));
    assert_eq!(state(&store, &send).await, State::Queued, "it has forgotten that it failed");
    let channel = Arc::new(ScriptedChannel::new(&world.tap, []));
    outbound::handle(&world.outbound(&channel, SignedDuration::ZERO), task(&send)).await.unwrap();
    assert_eq!((channel.taken().len(), state(&store, &send).await), (1, State::Accepted));
}

#[tokio::test]
async fn a_discarded_letter_stays_discarded_and_agents_decide_nothing() {
    let stack = Stack::find().await;
    let world = World::on(&stack).await;
    let at = boot::moment();
    let send = reply(&world).await;
    let store = world.table.tenant(world.shop.tenant);
    let grave = Grave(Mutex::new(vec![given_up(&send)]));
    bury::run(&at, &world.table, &grave).await.unwrap();
    let agent = owner(&at, &world, &store, Role::Agent).await;
    assert!(matches!(list::page(&store, agent, PageSize::DEFAULT, None).await, Err(Error::Forbidden)));
    let admin = owner(&at, &world, &store, Role::Admin).await;
    let id = list::page(&store, admin, PageSize::DEFAULT, None).await.unwrap().items[0].id.clone();
    assert!(matches!(discard::run(&at, &store, agent, &id).await, Err(Error::Forbidden)));
    for _ in 0..2 {
        let decided = discard::run(&at, &store, admin, &id).await.unwrap();
        assert_eq!((decided.fate, decided.decided.unwrap().0), (Fate::Discarded, admin.user));
    }
    assert!(matches!(redrive::run(&at, &store, admin, &id).await, Err(Error::Invalid { .. })));
    let found = store.message(send.conversation, send.key).await.unwrap().unwrap();
    assert_eq!(found.failure.unwrap().code, -5, "its bubble says that it was discarded");
}

#[tokio::test]
async fn what_names_no_business_stays_where_it_is() {
    let world = World::make().await;
    let grave = Grave(Mutex::new(vec![letter("1", "{}".to_owned())]));
    let buried = bury::run(&boot::moment(), &world.table, &grave).await.unwrap();
    assert_eq!((buried.buried, grave.0.lock().unwrap().len()), (0, 1));
}
