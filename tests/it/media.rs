//! A file that a person sent: fetched once, kept once, shown to its own business, tried again while WhatsApp has it.

use std::sync::Arc;

use shared::{
    boot,
    domain::{
        messaging::{
            inbound::{InboundContent, InboundMessage, MediaKind},
            media::{Media, Mime, ObjectKey, Reason, Sha256Hash, State, chunks::Whole},
        },
        ports::{MediaError, ObjectStore as _},
        task::{FetchMedia, Task},
        text::Text,
        time::{SignedDuration, Timestamp},
    },
    usecases::{Error, read_media, retry_media, session::token::Identity},
};
use testkit::{ScriptedFiles, Stack, Tap};

use crate::common::{World, delivery, http, receive};

pub const PHOTO: &[u8] = b"\xff\xd8\xff\xe0 a photo of an old packet";

/// A photo from a customer, sent `age` ago.
pub fn photo(world: &World, wamid: &str, age: SignedDuration) -> InboundMessage {
    let mut message = world.shop.says(1, wamid, boot::now() - age, "a file");
    message.content = InboundContent::Media {
        kind: MediaKind::Image,
        id: Text::new("501").unwrap(),
        mime_type: Text::new("image/jpeg").unwrap(),
        sha256: None,
        caption: Some(Text::new("sugar price").unwrap()),
        filename: None,
        voice: false,
        animated: false,
    };
    message
}

/// Receives a photo and gives the task that fetches it.
pub async fn announced(world: &World, message: &InboundMessage) -> FetchMedia {
    receive(&world.dispatch(), message).await.unwrap();
    let tasks = world.queue.drain().await;
    let mut fetches = tasks.into_iter().filter_map(|task| if let Task::FetchMediaV1(fetch) = task { Some(*fetch) } else { None });
    let fetch = fetches.next().expect("nothing is to be fetched");
    assert_eq!(fetches.next(), None);
    fetch
}

async fn fetch(world: &World, files: &Arc<ScriptedFiles>, task: &FetchMedia) -> Result<(), Error> {
    channel::handle(&world.channel(files), delivery(Task::FetchMediaV1(Box::new(task.clone())))).await
}

async fn row(world: &World, task: &FetchMedia) -> Option<Media> {
    let id = Media::received_id(task.conversation, task.key);
    world.table.tenant(world.shop.tenant).media_now(id).await.unwrap().map(|found| found.body)
}

fn identity(world: &World) -> Identity {
    Identity { tenant: world.shop.tenant, user: boot::moment().ids.next(), role: shared::domain::access::Role::Agent }
}

/// What lies in the store under the key of this file.
async fn kept(world: &World, task: &FetchMedia) -> Option<Vec<u8>> {
    let key = ObjectKey::media(world.shop.tenant, Media::received_id(task.conversation, task.key));
    let mut object = world.stack.objects(&Tap::default()).read(&key).await.unwrap()?;
    let mut bytes = Vec::new();
    while let Some(piece) = object.content.next().await.unwrap() {
        bytes.extend_from_slice(&piece);
    }
    Some(bytes)
}

#[tokio::test]
async fn a_photo_is_fetched_once_and_shown_to_its_own_business() {
    let world = World::make().await;
    let task = announced(&world, &photo(&world, "wamid.photo", SignedDuration::ZERO)).await;
    let files = Arc::new(ScriptedFiles::new(&Tap::default(), &[("501", PHOTO)]));
    for _ in 0..3 {
        fetch(&world, &files, &task).await.unwrap();
    }
    assert_eq!(files.fetched(), 1);
    let media = row(&world, &task).await.unwrap();
    assert!(media.is_stored());
    assert_eq!((media.size, media.sha256), (Some(PHOTO.len() as u64), Some(Sha256Hash::of(PHOTO))));
    assert_eq!(kept(&world, &task).await.unwrap(), PHOTO);

    let (at, objects) = (boot::moment(), world.stack.objects(&Tap::default()));
    let own = world.table.tenant(world.shop.tenant);
    let readable = read_media::run(&at, &own, &objects, identity(&world), media.id).await.unwrap();
    let (url, until) = readable.address.unwrap();
    assert_eq!(until.duration_since(at.now), SignedDuration::from_mins(5));
    let answer = http().get(&url).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["content-type"], "image/jpeg");
    assert_eq!(answer.headers()["content-disposition"], "inline");
    assert_eq!(answer.bytes().await.unwrap(), PHOTO);
    let altered = url.replace("inline", "attachment");
    assert_ne!(http().get(altered).send().await.unwrap().status(), 200, "what is signed cannot be changed");

    let stranger = world.table.tenant(World::on(&world.stack).await.shop.tenant);
    let foreign = read_media::run(&at, &stranger, &objects, identity(&world), media.id).await;
    assert!(matches!(foreign, Err(Error::NotFound("file"))));
    assert!(matches!(retry_media::run(&at, &stranger, &Nothing, identity(&world), media.id).await, Err(Error::NotFound("file"))));
}

struct Nothing;

#[async_trait::async_trait]
impl shared::domain::ports::TaskQueue for Nothing {
    async fn announce(&self, tasks: &[Task]) -> Result<(), shared::domain::ports::QueueError> {
        panic!("nothing is to be announced: {}", tasks.len());
    }
}

#[tokio::test]
async fn what_stands_in_the_way_is_seen_and_tried_again() {
    let world = World::make().await;
    let task = announced(&world, &photo(&world, "wamid.late", SignedDuration::ZERO)).await;
    let files = Arc::new(ScriptedFiles::new(&Tap::default(), &[("501", PHOTO)]));
    files.refuse([MediaError::Unreachable, MediaError::NumberBroken]);

    fetch(&world, &files, &task).await.unwrap();
    let State::Waiting { attempts: 1, reason: Reason::Unreachable, next } = row(&world, &task).await.unwrap().state else {
        panic!("it does not wait");
    };
    assert!(next > boot::now());
    // The timer lies where the scheduler finds it, and brings the next attempt.
    let due = due(&world, next).await;
    assert_eq!((due.attempt, &due.file), (1, &task.file));

    fetch(&world, &files, &due).await.unwrap();
    assert!(matches!(row(&world, &task).await.unwrap().state, State::Waiting { attempts: 2, reason: Reason::NumberBroken, .. }));
    // The first task again, late: that has been done.
    fetch(&world, &files, &task).await.unwrap();
    assert!(matches!(row(&world, &task).await.unwrap().state, State::Waiting { attempts: 2, .. }));

    // A person does not want to wait.
    let queue = world.queue.through(&world.stack, &Tap::default());
    let own = world.table.tenant(world.shop.tenant);
    let id = Media::received_id(task.conversation, task.key);
    retry_media::run(&boot::moment(), &own, &queue, identity(&world), id).await.unwrap();
    let Some(Task::FetchMediaV1(asked)) = world.queue.drain().await.pop() else { panic!("nothing was announced") };
    assert_eq!((asked.attempt, &asked.file), (2, &task.file));
    fetch(&world, &files, &asked).await.unwrap();
    assert!(row(&world, &task).await.unwrap().is_stored());
    retry_media::run(&boot::moment(), &own, &Nothing, identity(&world), id).await.unwrap();
}

/// The task that a timer of this time holds.
async fn due(world: &World, at: Timestamp) -> FetchMedia {
    let due = world.table.due();
    for shard in 0..shared::store::due::SHARDS {
        for entry in due.left(shared::domain::time::minute(at), shard, Timestamp::MAX, None).await.unwrap().entries {
            if let Ok(Task::FetchMediaV1(fetch)) = entry.task()
                && fetch.tenant == world.shop.tenant
            {
                return *fetch;
            }
        }
    }
    panic!("there is no timer");
}

#[tokio::test]
async fn after_seven_days_the_customer_has_to_send_it_again() {
    let world = World::make().await;
    let task = announced(&world, &photo(&world, "wamid.old", SignedDuration::from_hours(7 * 24 + 1))).await;
    let files = Arc::new(ScriptedFiles::new(&Tap::default(), &[]));
    fetch(&world, &files, &task).await.unwrap();
    let media = row(&world, &task).await.unwrap();
    assert!(matches!(media.state, State::Failed { attempts: 1, reason: Reason::Expired, .. }), "{:?}", media.state);
    let own = world.table.tenant(world.shop.tenant);
    let asked = retry_media::run(&boot::moment(), &own, &Nothing, identity(&world), media.id).await;
    assert!(matches!(asked, Err(Error::Invalid { field: "media", .. })));
}

#[tokio::test]
async fn what_is_altered_is_not_kept() {
    let world = World::make().await;
    let mut task = announced(&world, &photo(&world, "wamid.altered", SignedDuration::ZERO)).await;
    task.file.sha256 = Some(Sha256Hash::of(b"something else"));
    let files = Arc::new(ScriptedFiles::new(&Tap::default(), &[("501", PHOTO)]));
    fetch(&world, &files, &task).await.unwrap();
    assert!(matches!(row(&world, &task).await.unwrap().state, State::Waiting { reason: Reason::Altered, .. }));
    assert_eq!(kept(&world, &task).await, None);
}

#[tokio::test]
async fn a_large_file_passes_in_parts_and_an_altered_one_leaves_nothing() {
    let world = World::make().await;
    let large: Vec<u8> = (0..20_000_003_u32).map(|n| u8::try_from(n % 251).unwrap()).collect();
    let mut task = announced(&world, &photo(&world, "wamid.large", SignedDuration::ZERO)).await;
    let files = Arc::new(ScriptedFiles::new(&Tap::default(), &[("501", &large)]));
    let right = task.file.sha256.replace(Sha256Hash::of(b"something else"));
    fetch(&world, &files, &task).await.unwrap();
    assert_eq!(kept(&world, &task).await, None);
    task.file.sha256 = right;
    task.attempt = 1;
    fetch(&world, &files, &task).await.unwrap();
    let bytes = kept(&world, &task).await.unwrap();
    assert!(bytes == large, "{} bytes", bytes.len());
    assert_eq!(row(&world, &task).await.unwrap().sha256, Some(Sha256Hash::of(&large)));
}

#[tokio::test]
async fn a_kill_at_any_call_keeps_one_object_and_loses_no_file() {
    let stack = Stack::find().await;
    for refused in [None, Some(MediaError::Unreachable)] {
        let mut kills = 0;
        for n in 1.. {
            let world = World::on(&stack).await;
            let task = announced(&world, &photo(&world, "wamid.crash", SignedDuration::ZERO)).await;
            let files = Arc::new(ScriptedFiles::new(&world.tap, &[("501", PHOTO)]));
            files.refuse(refused);
            world.tap.kill_at(n);
            let died = fetch(&world, &files, &task).await.is_err();
            let cut = world.tap.killed();
            world.tap.heal();
            for _ in 0..2 {
                fetch(&world, &files, &task).await.unwrap();
            }
            let media = row(&world, &task).await.unwrap();
            match media.state {
                State::Stored { .. } => assert_eq!(kept(&world, &task).await.unwrap(), PHOTO, "killed at call {n}"),
                State::Waiting { next, .. } => assert_eq!(due(&world, next).await.attempt, 1, "killed at call {n}"),
                State::Expected { .. } | State::Failed { .. } => panic!("killed at call {n}: {:?}", media.state),
            }
            if !died && !cut {
                break;
            }
            kills = n;
        }
        assert!(kills >= 5, "only {kills} calls were cut");
    }
}

#[tokio::test]
async fn what_a_browser_could_run_is_never_given_as_such() {
    let world = World::make().await;
    let objects = world.stack.objects(&Tap::default());
    let key = ObjectKey::media(world.shop.tenant, boot::moment().ids.next());
    let mime = Mime::new("text/html").unwrap();
    objects.put(&key, &mime, &mut Whole::new(&b"<script>"[..])).await.unwrap();
    let shown = shared::domain::messaging::media::Shown::of(&mime, None);
    let url = objects.sign_read(&key, &shown, SignedDuration::from_mins(5)).await.unwrap();
    let answer = http().get(&url).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "application/octet-stream");
    assert_eq!(answer.headers()["content-disposition"], "attachment");
    let unsigned = url.split('?').next().unwrap();
    assert_eq!(http().get(unsigned).send().await.unwrap().status(), 403);
}
