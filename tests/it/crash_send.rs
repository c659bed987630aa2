//! `outbound` is killed at every one of its calls in turn, before the provider is asked and after; then the message is delivered again.

use std::sync::Arc;

use shared::domain::{messaging::status::State, time::SignedDuration};
use testkit::{ScriptedChannel, Stack};

use crate::{
    common::World,
    send::{reply, task},
};

#[tokio::test]
async fn a_kill_at_any_call_sends_once_or_says_that_it_may_be_twice() {
    let stack = Stack::find().await;
    let mut kills = 0;
    for n in 1.. {
        let world = World::on(&stack).await;
        let send = reply(&world).await;
        let channel = Arc::new(ScriptedChannel::new(&world.tap, []));
        world.tap.kill_at(n);
        let died = outbound::handle(&world.outbound(&channel, SignedDuration::ZERO), task(&send)).await.is_err();
        world.tap.heal();
        for _ in 0..2 {
            outbound::handle(&world.outbound(&channel, SignedDuration::ZERO), task(&send)).await.unwrap();
        }
        let found = world.table.tenant(world.shop.tenant).message(send.conversation, send.key).await.unwrap().unwrap();
        assert_eq!(found.state(), State::Accepted, "killed at call {n}");
        let taken = channel.taken().len();
        assert!(taken == 1 || (taken == 2 && found.possibly_twice), "killed at call {n}: sent {taken} times");
        if !died {
            assert_eq!((taken, found.possibly_twice), (1, false));
            break;
        }
        kills = n;
    }
    assert!(kills >= 6, "only {kills} calls were cut");
}
