//! A file that a colleague attaches: announced, sent to the object store by the browser itself, looked at, kept.

use reqwest::{Response, StatusCode};
use shared::{
    boot,
    domain::{
        id::MediaId,
        messaging::{
            inbound::MediaKind,
            media::{Media, Mime, ObjectKey, Sha256Hash},
        },
        ports::{ObjectStore as _, SignedUpload},
        tenant::User,
        text::Text,
    },
    usecases::{
        Error,
        attach_media::{self, Expected, NewFile},
    },
};
use testkit::{Stack, Tap};

use crate::common::{World, colleague, http};

const BILL: &[u8] = b"%PDF-1.7\na bill of 45 rupees";

fn bill(content: &[u8]) -> NewFile {
    NewFile {
        id: boot::moment().ids.next(),
        kind: MediaKind::Document,
        mime: Mime::new("application/pdf").unwrap(),
        size: content.len() as u64,
        sha256: Sha256Hash::of(content),
        filename: Some(Text::new("bill.pdf").unwrap()),
    }
}

async fn announce(world: &World, user: &User, file: &NewFile) -> Result<Expected, Error> {
    let tenant = world.stack.table(&world.tap).tenant(world.shop.tenant);
    attach_media::announce(&boot::moment(), &tenant, &world.stack.objects(&world.tap), user, file).await
}

async fn complete(world: &World, id: MediaId) -> Result<Media, Error> {
    let tenant = world.stack.table(&world.tap).tenant(world.shop.tenant);
    attach_media::complete(&boot::moment(), &tenant, &world.stack.objects(&world.tap), id).await
}

async fn put(upload: &SignedUpload, content: &[u8]) -> Response {
    let request = upload.headers.iter().fold(http().put(&upload.url), |request, (name, value)| request.header(name, value));
    request.body(content.to_vec()).send().await.unwrap()
}

#[tokio::test]
async fn a_file_is_announced_sent_looked_at_and_kept() {
    let world = World::make().await;
    let user = colleague(&boot::moment());
    let file = bill(BILL);
    let expected = announce(&world, &user, &file).await.unwrap();
    let (upload, _) = expected.upload.unwrap();
    let again = announce(&world, &user, &file).await.unwrap();
    assert_eq!(again.media, expected.media, "the same key is the same file");
    assert!(matches!(complete(&world, expected.media.id).await, Err(Error::Invalid { field: "file", .. })), "nothing has arrived");

    assert_ne!(put(&upload, b"%PDF-1.7\nsomething else of that size").await.status(), StatusCode::OK);
    assert_eq!(put(&upload, BILL).await.status(), StatusCode::OK);
    for _ in 0..2 {
        assert!(complete(&world, expected.media.id).await.unwrap().is_stored());
    }
    let objects = world.stack.objects(&Tap::default());
    let kept = objects.glance(&ObjectKey::media(world.shop.tenant, expected.media.id), 100).await.unwrap().unwrap();
    assert_eq!(kept.head, BILL);
    assert_eq!(objects.glance(&ObjectKey::incoming(world.shop.tenant, expected.media.id), 1).await.unwrap(), None);

    // What the address still opens is not what is kept.
    put(&upload, BILL).await;
    assert!(announce(&world, &user, &file).await.unwrap().upload.is_none());
    let other = NewFile { id: file.id, ..bill(b"%PDF-1.7\nanother bill") };
    assert!(matches!(announce(&world, &user, &other).await, Err(Error::Invalid { field: "Idempotency-Key", .. })));

    let stranger = World::on(&world.stack).await;
    assert!(matches!(complete(&stranger, expected.media.id).await, Err(Error::NotFound("file"))));
}

#[tokio::test]
async fn what_is_not_what_it_says_is_refused_and_removed() {
    let world = World::make().await;
    let user = colleague(&boot::moment());
    let file = bill(b"<html><script>alert(1)</script>");
    let expected = announce(&world, &user, &file).await.unwrap();
    assert_eq!(put(&expected.upload.unwrap().0, b"<html><script>alert(1)</script>").await.status(), StatusCode::OK);
    let refused = complete(&world, expected.media.id).await;
    assert!(matches!(refused, Err(Error::Invalid { field: "file", .. })));
    let objects = world.stack.objects(&Tap::default());
    for key in [ObjectKey::media(world.shop.tenant, expected.media.id), ObjectKey::incoming(world.shop.tenant, expected.media.id)] {
        assert_eq!(objects.glance(&key, 1).await.unwrap(), None);
    }
}

#[tokio::test]
async fn limits_are_told_before_anything_is_sent() {
    let world = World::make().await;
    let user = colleague(&boot::moment());
    let photo = |mime: &str, size: u64| NewFile { kind: MediaKind::Image, mime: Mime::new(mime).unwrap(), size, ..bill(b"x") };
    for (file, field) in
        [(photo("image/heic", 10), "mime_type"), (photo("image/jpeg", 5 * 1024 * 1024 + 1), "size"), (photo("image/jpeg", 0), "size")]
    {
        let Err(Error::Invalid { field: named, problem }) = announce(&world, &user, &file).await else { panic!("it is taken") };
        assert_eq!(named, field, "{problem}");
    }
    // Fifty films of a hundred megabytes are the room of a day, and a bit.
    let large = || NewFile { size: 100 * 1024 * 1024, ..bill(b"x") };
    for _ in 0..51 {
        announce(&world, &user, &large()).await.unwrap();
    }
    let over = announce(&world, &user, &large()).await;
    assert!(matches!(over, Err(Error::DailyRoomUsedUp)), "{over:?}");
    let next_door = World::on(&world.stack).await;
    announce(&next_door, &user, &large()).await.unwrap();
}

#[tokio::test]
async fn a_kill_at_any_call_keeps_the_file_once_it_is_completed_again() {
    let stack = Stack::find().await;
    let mut kills = 0;
    for n in 1.. {
        let world = World::on(&stack).await;
        let user = colleague(&boot::moment());
        let expected = announce(&world, &user, &bill(BILL)).await.unwrap();
        put(&expected.upload.unwrap().0, BILL).await;
        world.tap.kill_at(n);
        let died = complete(&world, expected.media.id).await.is_err();
        world.tap.heal();
        assert!(complete(&world, expected.media.id).await.unwrap().is_stored(), "killed at call {n}");
        if !died {
            break;
        }
        kills = n;
    }
    assert!(kills >= 5, "only {kills} calls were cut");
}
