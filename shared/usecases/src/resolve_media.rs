//! Before a message with files is sent, each file is given to the provider once: what the provider calls it is remembered and used
//! again for as long as the provider keeps it. Two who do it at the same time end up with one name.
//!
//! Sending by the provider's name and not by an address keeps the order: a message by address would be overtaken by the text after it.

use std::collections::BTreeMap;

use domain::{
    id::MediaId,
    messaging::media::{Measured, Media, ObjectKey},
    ports::{MediaChannel, MediaError, ObjectStore, Sending},
    tenant::{Number, NumberId},
    text::Text,
    time::{Moment, SignedDuration, Timestamp},
};
use futures::future::try_join_all;
use store::{ProviderCopy, TenantStore};

use crate::error::Error;

/// How long what the provider calls a file is used: it forgets after thirty days (Cloud API: media), and we a day earlier.
const COPY_LIFE: SignedDuration = SignedDuration::from_hours(29 * 24);

/// What the provider calls our files.
pub type Names = BTreeMap<MediaId, Text<256>>;

/// What resolving needs.
pub struct Means<'a> {
    /// The provider's files.
    pub files: &'a dyn MediaChannel,
    /// Where files are kept.
    pub objects: &'a dyn ObjectStore,
}

/// Why a file cannot be sent.
#[derive(Debug, thiserror::Error)]
pub enum Unresolved {
    /// This business keeps no such file.
    #[error("there is no such file")]
    Missing(MediaId),
    /// The provider did not take it.
    #[error(transparent)]
    Provider(#[from] MediaError),
    /// We could not read it, or not remember its name.
    #[error(transparent)]
    Ours(#[from] Error),
}

impl From<store::StoreError> for Unresolved {
    fn from(error: store::StoreError) -> Self {
        Self::Ours(error.into())
    }
}

/// Finds what the provider calls these files on this number, giving it those it does not know.
///
/// # Errors
/// Says which of them cannot be sent, or who did not answer.
pub async fn run(
    at: &Moment,
    tenant: &TenantStore,
    means: &Means<'_>,
    number: &Number,
    token: &str,
    files: &[MediaId],
) -> Result<Names, Unresolved> {
    let named = files.iter().map(async |id| Ok::<_, Unresolved>((*id, one(at, tenant, means, number, token, *id).await?)));
    Ok(try_join_all(named).await?.into_iter().collect())
}

/// Forgets what the provider called these files: it has said that it does not know them.
///
/// # Errors
/// When the store does not answer.
pub async fn forget(tenant: &TenantStore, number: &NumberId, names: &Names) -> Result<(), Error> {
    for (id, name) in names {
        tenant.forget_provider_copy(*id, number, name).await?;
    }
    Ok(())
}

async fn one(
    at: &Moment,
    tenant: &TenantStore,
    means: &Means<'_>,
    number: &Number,
    token: &str,
    id: MediaId,
) -> Result<Text<256>, Unresolved> {
    if let Some(copy) = tenant.provider_copy(id, &number.id, at.now).await? {
        return Ok(copy.id);
    }
    let media = tenant.media_now(id).await?.map(|found| found.body).filter(Media::is_stored).ok_or(Unresolved::Missing(id))?;
    let object = means.objects.read(&ObjectKey::media(tenant.id(), id)).await.map_err(Error::from)?;
    let object = object.ok_or(Unresolved::Missing(id))?;
    // What the browser announced and the object store checked is checked once more on its way out.
    let content = Box::new(Measured::new(object.content, object.size, media.sha256));
    let sending = Sending { mime: media.mime, filename: media.filename, size: object.size, content };
    let name = means.files.upload(token, number, sending).await?;
    let until = at.now.checked_add(COPY_LIFE).unwrap_or(Timestamp::MAX);
    let kept = tenant.keep_provider_copy(id, &number.id, &ProviderCopy { id: name, until }, at.now).await?;
    Ok(kept.id)
}
