//! A file that a person sent is fetched from the provider while it is kept there, checked, and kept by us. Any number of times: it is
//! one object.
//!
//! Whatever stands in the way is written where people see it, and a timer brings the task again, for as long as the provider keeps the
//! file. The timer is set before its attempt is counted: whoever dies in between sets it once more, and loses nothing.

use domain::{
    messaging::media::{
        Media, ObjectKey, Origin, Reason, Sha256Hash, State,
        accept::LARGEST,
        chunks::{ChunkError, Measured},
        retry::after_failure,
    },
    ports::{MediaChannel, MediaError, ObjectError, ObjectStore, Wanted},
    task::{FetchMedia, Task},
    tenant::ProviderKind,
    time::{Moment, SignedDuration},
};
use secrecy::ExposeSecret as _;
use store::TenantStore;

use crate::{
    error::Error,
    memory::Memory,
    opened_number::{self, Opened},
};

/// How long the address in a webhook is good for (Cloud API: media), less what it takes to use it.
const ADDRESS_LIFE: SignedDuration = SignedDuration::from_secs(270);

/// What fetching needs.
pub struct Means<'a> {
    /// What the function remembers.
    pub memory: &'a Memory,
    /// The provider's files.
    pub files: &'a dyn MediaChannel,
    /// Where files are kept.
    pub objects: &'a dyn ObjectStore,
}

/// What became of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The file is kept.
    Stored,
    /// It is not, and why.
    Failed(Reason),
    /// It had been kept before, or tried again since.
    Before,
}

/// Fetches the file of a message.
///
/// # Errors
/// When the store fails; then the task is to be delivered again.
pub async fn run(at: &Moment, tenant: &TenantStore, means: &Means<'_>, task: &FetchMedia) -> Result<Outcome, Error> {
    let id = Media::received_id(task.conversation, task.key);
    let found = tenant.media_now(id).await?;
    if found.as_ref().is_some_and(|found| found.body.is_stored() || found.body.attempts() > task.attempt) {
        tenant.touch_message(task.conversation, task.key, at.now).await?;
        return Ok(Outcome::Before);
    }
    let number = opened_number::run(at, tenant, means.memory, &task.number).await?;
    let fetched = match &number {
        Some(number) => fetch(at, tenant, means, task, number, &ObjectKey::media(tenant.id(), id)).await,
        None => Err(Reason::NumberBroken),
    };
    let media = Media {
        id,
        kind: task.file.kind,
        mime: task.file.mime.clone(),
        filename: task.file.filename.clone(),
        size: fetched.ok().map(|(size, _)| size),
        sha256: fetched.ok().map(|(_, sha256)| sha256).or(task.file.sha256),
        origin: Origin::Received { conversation: task.conversation, message: task.key, number: task.number.clone() },
        state: match fetched {
            Ok(_) => State::Stored { at: at.now },
            Err(reason) => after_failure(task.key.at(), task.attempt + 1, reason, at.now),
        },
    };
    if let Err(reason) = fetched {
        tracing::warn!(number = %task.number, attempt = task.attempt, reason = reason.name(), "a file could not be fetched");
    }
    if let State::Waiting { attempts, next, .. } = media.state {
        // A partner has no other way to a file than its address; one of Meta's is over by then.
        let by_address = number.as_ref().is_some_and(|number| number.0.provider != ProviderKind::CloudApi);
        let again = FetchMedia { attempt: attempts, address: task.address.clone().filter(|_| by_address), ..task.clone() };
        tenant.schedule(&Task::FetchMediaV1(Box::new(again)), next).await?;
    }
    tenant.keep_media(&media, found.map(|found| found.version)).await?;
    tenant.touch_message(task.conversation, task.key, at.now).await?;
    Ok(fetched.map_or_else(Outcome::Failed, |_| Outcome::Stored))
}

/// Brings the bytes from the provider to their place.
async fn fetch(
    at: &Moment,
    tenant: &TenantStore,
    means: &Means<'_>,
    task: &FetchMedia,
    number: &Opened,
    place: &ObjectKey,
) -> Result<(u64, Sha256Hash), Reason> {
    let meta = number.0.provider == ProviderKind::CloudApi;
    let fresh = !meta || (task.attempt == 0 && at.now.duration_since(task.key.at()) < ADDRESS_LIFE);
    let address = task.address.as_ref().filter(|_| fresh).map(domain::text::Text::as_str);
    let wanted = Wanted { number: &number.0, id: &task.file.id, address };
    let fetched = match means.files.fetch(number.1.expose_secret(), wanted).await {
        Ok(fetched) => fetched,
        Err(error) => {
            if error == MediaError::NumberBroken {
                // The token may have been exchanged meanwhile.
                means.memory.numbers.forget(&(tenant.id(), task.number.clone()));
            }
            return Err(error.reason());
        }
    };
    if fetched.size.is_some_and(|size| size > LARGEST) {
        return Err(Reason::TooLarge);
    }
    let expected = task.file.sha256.or(fetched.sha256);
    let mut content = Measured::new(fetched.content, LARGEST, expected);
    let kept = means.objects.put(place, &task.file.mime, &mut content).await;
    match kept {
        Ok(()) => content.finished().ok_or(Reason::Unreachable),
        Err(ObjectError::Content(ChunkError::Altered)) => Err(Reason::Altered),
        Err(ObjectError::Content(ChunkError::TooLarge { .. })) => Err(Reason::TooLarge),
        Err(ObjectError::Content(ChunkError::Broken)) => Err(Reason::Unreachable),
        Err(error @ ObjectError::Unavailable(_)) => {
            tracing::error!(error = &error as &dyn std::error::Error, "a file could not be kept");
            Err(Reason::Unreachable)
        }
    }
}
