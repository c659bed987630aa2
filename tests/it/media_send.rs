//! A message with a file goes out: the file is given to the provider once, and its name is used again.

use std::sync::Arc;

use futures::future::join_all;
use shared::{
    boot,
    domain::{
        id::MediaId,
        messaging::{
            content::{Captioned, MediaSource, OutboundContent, OutboundMedia},
            failure::Failure,
            inbound::MediaKind,
            media::{Media, Mime, ObjectKey, Origin, Sha256Hash, State, chunks::Whole},
            status,
        },
        ports::{MediaError, ObjectStore as _, SendError},
        task::SendMessage,
        time::SignedDuration,
    },
};
use testkit::{ScriptedChannel, ScriptedFiles, Stack, Tap, channel::Act};

use crate::{
    common::World,
    media::PHOTO,
    send::{reply, task},
};

/// A photo that the shop keeps.
async fn kept(world: &World) -> MediaId {
    let at = boot::moment();
    let (id, mime) = (at.ids.next(), Mime::new("image/jpeg").unwrap());
    let media = Media {
        id,
        kind: MediaKind::Image,
        mime: mime.clone(),
        filename: None,
        size: Some(PHOTO.len() as u64),
        sha256: Some(Sha256Hash::of(PHOTO)),
        origin: Origin::Uploaded { by: at.ids.next() },
        state: State::Stored { at: at.now },
    };
    world.table.tenant(world.shop.tenant).keep_media(&media, None).await.unwrap();
    let objects = world.stack.objects(&Tap::default());
    objects.put(&ObjectKey::media(world.shop.tenant, id), &mime, &mut Whole::new(PHOTO)).await.unwrap();
    id
}

/// The n-th message to the same person that carries it.
fn carries(to: &SendMessage, media: MediaId, ordinal: u8) -> SendMessage {
    let content = OutboundContent::Media(OutboundMedia::Image(Captioned { source: MediaSource::Stored(media), caption: None }));
    SendMessage { content, key: to.key.reply(ordinal), ..to.clone() }
}

async fn found(world: &World, send: &SendMessage) -> shared::domain::messaging::message::Message {
    world.table.tenant(world.shop.tenant).message(send.conversation, send.key).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_file_is_given_to_meta_once_and_named_in_every_message() {
    let world = World::make().await;
    let to = reply(&world).await;
    let media = kept(&world).await;
    let (channel, files) = (Arc::new(ScriptedChannel::new(&world.tap, [])), Arc::new(ScriptedFiles::new(&world.tap, &[])));
    for ordinal in 10..12 {
        let send = carries(&to, media, ordinal);
        outbound::handle(&world.outbound_with(&channel, &files, SignedDuration::ZERO), task(&send)).await.unwrap();
    }
    assert_eq!(files.uploaded(), [("image/jpeg".to_owned(), PHOTO.to_vec())]);
    assert_eq!(channel.files(), ["up1", "up1"]);
}

#[tokio::test]
async fn a_name_that_meta_has_forgotten_is_made_anew_once() {
    let world = World::make().await;
    let to = reply(&world).await;
    let media = kept(&world).await;
    let forgotten = || Act::Refuse(SendError::Refused(Failure::new(131_009, "Parameter value is not valid")));
    let channel = Arc::new(ScriptedChannel::new(&world.tap, [Act::Accept, forgotten(), Act::Accept, forgotten(), forgotten()]));
    let files = Arc::new(ScriptedFiles::new(&world.tap, &[]));
    let mut last = None;
    for ordinal in 10..13 {
        let send = carries(&to, media, ordinal);
        outbound::handle(&world.outbound_with(&channel, &files, SignedDuration::ZERO), task(&send)).await.unwrap();
        last = Some(send);
    }
    assert_eq!(channel.files(), ["up1", "up2"]);
    assert_eq!(files.uploaded().len(), 3, "the third message is given up after one more attempt");
    let failed = found(&world, &last.unwrap()).await;
    assert_eq!(failed.failure.unwrap().code, 131_009);
}

#[tokio::test]
async fn two_who_give_it_at_the_same_time_end_up_with_one_name() {
    let world = World::make().await;
    let to = reply(&world).await;
    let media = kept(&world).await;
    let (channel, files) = (Arc::new(ScriptedChannel::new(&world.tap, [])), Arc::new(ScriptedFiles::new(&world.tap, &[])));
    let first = carries(&to, media, 10);
    let sends: Vec<SendMessage> = (10..14).map(|ordinal| SendMessage { key: first.key.reply(ordinal), ..first.clone() }).collect();
    let one = async |send: &SendMessage| {
        let app = world.outbound_with(&channel, &files, SignedDuration::ZERO);
        outbound::handle(&app, task(send)).await
    };
    join_all(sends.iter().map(one)).await;
    for send in &sends {
        one(send).await.unwrap();
    }
    let names = channel.files();
    assert!(!names.is_empty() && names.iter().all(|name| name == &names[0]), "{names:?}");
}

#[tokio::test]
async fn what_cannot_be_given_fails_with_a_reason_or_waits() {
    let world = World::make().await;
    let to = reply(&world).await;
    let channel = Arc::new(ScriptedChannel::new(&world.tap, []));
    let files = Arc::new(ScriptedFiles::new(&world.tap, &[]));
    let missing = carries(&to, boot::moment().ids.next(), 10);
    outbound::handle(&world.outbound_with(&channel, &files, SignedDuration::ZERO), task(&missing)).await.unwrap();
    assert_eq!(found(&world, &missing).await.state(), status::State::Failed);

    let media = kept(&world).await;
    files.refuse([MediaError::Refused(100)]);
    let refused = carries(&to, media, 11);
    outbound::handle(&world.outbound_with(&channel, &files, SignedDuration::ZERO), task(&refused)).await.unwrap();
    assert_eq!(found(&world, &refused).await.failure.unwrap().code, 131_053);
    assert!(channel.taken().is_empty());
}

#[tokio::test]
async fn a_kill_at_any_call_sends_the_file_once_or_says_that_it_may_be_twice() {
    let stack = Stack::find().await;
    let mut kills = 0;
    for n in 1.. {
        let world = World::on(&stack).await;
        let to = reply(&world).await;
        let media = kept(&world).await;
        let send = carries(&to, media, 10);
        let (channel, files) = (Arc::new(ScriptedChannel::new(&world.tap, [])), Arc::new(ScriptedFiles::new(&world.tap, &[])));
        let app = || world.outbound_with(&channel, &files, SignedDuration::ZERO);
        world.tap.kill_at(n);
        let died = outbound::handle(&app(), task(&send)).await.is_err();
        let cut = world.tap.killed();
        world.tap.heal();
        for _ in 0..3 {
            let _ = outbound::handle(&app(), task(&send)).await;
        }
        let message = found(&world, &send).await;
        let taken = channel.taken().len();
        assert!(
            taken == 1 || (taken == 2 && message.possibly_twice) || message.stages.waiting.is_some(),
            "killed at call {n}: sent {taken} times"
        );
        if !died && !cut {
            assert_eq!((taken, files.uploaded().len()), (1, 1));
            break;
        }
        kills = n;
    }
    assert!(kills >= 8, "only {kills} calls were cut");
}
