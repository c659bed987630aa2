//! A colleague attaches a file: it is announced, sent by the browser to the object store itself, looked at, and kept.
//!
//! What arrives lies in a place of its own until it has been looked at; only then it is copied to where files are read from, and
//! exactly the content that was looked at.

use std::collections::BTreeSet;

use domain::{
    id::{ClientMessageId, MediaId},
    messaging::{
        content::{MediaSource, OutboundContent},
        inbound::MediaKind,
        media::{Media, Mime, ObjectKey, Origin, Reason, Sha256Hash, State, accept, sniff},
    },
    ports::{Announced, ObjectStore, SignedUpload},
    tenant::User,
    text::Text,
    time::{Moment, SignedDuration, Timestamp},
};
use newtype_uuid::GenericUuid as _;
use store::{DailyRoom, StoreError, TenantStore, Versioned};

use crate::error::Error;

/// How long a browser may take to begin sending.
const UPLOAD_LIFE: SignedDuration = SignedDuration::from_mins(15);
/// How much a business may send us in a day.
const DAILY_ROOM: DailyRoom = DailyRoom { files: 2_000, bytes: 5 * 1024 * 1024 * 1024 };

/// A file to come.
#[derive(Debug)]
pub struct NewFile {
    /// The id the client made: of version 7, the same on every attempt.
    pub id: ClientMessageId,
    /// What it is to be in a message.
    pub kind: MediaKind,
    /// Its type.
    pub mime: Mime,
    /// Its size in bytes.
    pub size: u64,
    /// Its checksum.
    pub sha256: Sha256Hash,
    /// Its name.
    pub filename: Option<Text<256>>,
}

/// What became of the announcement.
#[derive(Debug)]
pub struct Expected {
    /// The file.
    pub media: Media,
    /// How to send it and until when; nothing when it has been sent already.
    pub upload: Option<(SignedUpload, Timestamp)>,
}

/// Announces a file. Any number of times under the same id: it is one file.
///
/// # Errors
/// [`Error::Invalid`] when WhatsApp does not take such a file, or the id was used for another; [`Error::DailyRoomUsedUp`] when the
/// business has sent too much today.
pub async fn announce(
    at: &Moment,
    tenant: &TenantStore,
    objects: &dyn ObjectStore,
    user: &User,
    file: &NewFile,
) -> Result<Expected, Error> {
    accept(file.kind, &file.mime, file.size).map_err(|refusal| refused(&refusal))?;
    let id = MediaId::from_untyped_uuid(file.id.into_untyped_uuid());
    let media = Media {
        id,
        kind: file.kind,
        mime: file.mime.clone(),
        filename: file.filename.clone(),
        size: Some(file.size),
        sha256: Some(file.sha256),
        origin: Origin::Uploaded { by: user.id },
        state: State::Expected { since: at.now },
    };
    let media = match tenant.expect_media(&media, DAILY_ROOM, at.now).await {
        Ok(()) => media,
        Err(StoreError::Conflict) => {
            // Either it was announced before, or there is no room left today.
            let found = tenant.media_now(id).await?.ok_or(Error::DailyRoomUsedUp)?.body;
            same(&found, &media)?;
            found
        }
        Err(error) => return Err(error.into()),
    };
    if media.is_stored() {
        return Ok(Expected { media, upload: None });
    }
    let announced = Announced { mime: &file.mime, size: file.size, sha256: file.sha256 };
    let signed = objects.sign_upload(&ObjectKey::incoming(tenant.id(), id), announced, UPLOAD_LIFE).await?;
    let until = at.now.checked_add(UPLOAD_LIFE).unwrap_or(Timestamp::MAX);
    Ok(Expected { media, upload: Some((signed, until)) })
}

/// Looks at a file that has been sent, and keeps it if it is what was announced.
///
/// # Errors
/// [`Error::NotFound`] when this business expects no such file, [`Error::Invalid`] when it has not arrived or is something else.
pub async fn complete(at: &Moment, tenant: &TenantStore, objects: &dyn ObjectStore, id: MediaId) -> Result<Media, Error> {
    let Versioned { version, body: media } = tenant.media_now(id).await?.ok_or(Error::NotFound("file"))?;
    if !matches!(media.origin, Origin::Uploaded { .. }) {
        return Err(Error::NotFound("file"));
    }
    if media.is_stored() {
        return Ok(media);
    }
    let incoming = ObjectKey::incoming(tenant.id(), id);
    let glance = objects.glance(&incoming, sniff::HEAD_BYTES).await?;
    let glance = glance.ok_or_else(|| invalid("has not arrived; send it again"))?;
    let looked_at = if media.size == Some(glance.size) {
        sniff::check(media.kind, &media.mime, &glance.head, glance.size).map_err(|refusal| refused(&refusal))
    } else {
        Err(invalid("has another size than announced; send it again"))
    };
    if let Err(error) = looked_at {
        let state = State::Failed { attempts: 1, reason: Reason::WrongContent, at: at.now };
        tenant.keep_media(&Media { state, ..media }, Some(version)).await?;
        objects.remove(&incoming).await?;
        return Err(error);
    }
    if !objects.adopt(&incoming, &glance.version, &ObjectKey::media(tenant.id(), id), &media.mime).await? {
        return Err(StoreError::Conflict.into());
    }
    let media = Media { state: State::Stored { at: at.now }, ..media };
    tenant.keep_media(&media, Some(version)).await?;
    // What stays behind because we die here, the bucket removes after a day.
    objects.remove(&incoming).await?;
    Ok(media)
}

/// Checks that this business keeps every file a message names, and that each is what the message says it is.
///
/// # Errors
/// [`Error::Invalid`] when one is not.
pub async fn check(tenant: &TenantStore, content: &OutboundContent) -> Result<(), Error> {
    let named: BTreeSet<MediaId> = content.media().into_iter().filter_map(MediaSource::stored).collect();
    let kept = tenant.get_many::<Media>(&named.iter().copied().collect::<Vec<_>>()).await?;
    if kept.len() < named.len() || !kept.iter().all(Media::is_stored) {
        let problem = "names a file that is not here; announce it, send it and complete it first".to_owned();
        return Err(Error::Invalid { field: "media", problem });
    }
    if let OutboundContent::Media(message) = content
        && kept.iter().any(|media| media.kind != message.kind())
    {
        let problem = format!("is no {}: announce the file as what it is to be in the message", message.kind().name());
        return Err(Error::Invalid { field: "media", problem });
    }
    Ok(())
}

fn same(found: &Media, asked: &Media) -> Result<(), Error> {
    let facts = |media: &Media| (media.kind, media.mime.clone(), media.size, media.sha256);
    if facts(found) == facts(asked) && matches!(found.origin, Origin::Uploaded { .. }) {
        return Ok(());
    }
    let problem = "was used for another file before: make a new one for every file".to_owned();
    Err(Error::Invalid { field: "Idempotency-Key", problem })
}

fn invalid(problem: &str) -> Error {
    Error::Invalid { field: "file", problem: problem.to_owned() }
}

fn refused(refusal: &domain::messaging::media::Refusal) -> Error {
    use domain::messaging::media::Refusal;
    let field = match refusal {
        Refusal::Type { .. } => "mime_type",
        Refusal::TooLarge { .. } | Refusal::Empty => "size",
        Refusal::Content(_) => "file",
    };
    Error::Invalid { field, problem: refusal.to_string() }
}
