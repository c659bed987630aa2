//! A colleague looks at a file: an address that opens it for five minutes, in the colleague's own business only.

use std::collections::BTreeSet;

use domain::{
    access::Action,
    id::{ConversationId, MediaId},
    messaging::{
        media::{Media, ObjectKey, Shown},
        message::Message,
    },
    ports::ObjectStore,
    time::{Moment, SignedDuration, Timestamp},
};
use store::TenantStore;

use crate::{authorise, error::Error, session::token::Identity};

/// How long an address is good for.
pub const ADDRESS_LIFE: SignedDuration = SignedDuration::from_mins(5);

/// A file, and where it can be read while it is kept.
#[derive(Debug)]
pub struct Readable {
    /// The file.
    pub media: Media,
    /// The address and its end; nothing while the file is not kept.
    pub address: Option<(String, Timestamp)>,
}

/// The files of a message, as far as anything became of them.
///
/// # Errors
/// When the store does not answer.
pub async fn of(tenant: &TenantStore, message: &Message, conversation: ConversationId) -> Result<Vec<Media>, Error> {
    let files: BTreeSet<MediaId> = message.files(conversation).into_iter().collect();
    Ok(tenant.get_many(&files.into_iter().collect::<Vec<_>>()).await?)
}

/// The file with an address.
///
/// # Errors
/// [`Error::NotFound`] when this business has no such file.
pub async fn run(at: &Moment, tenant: &TenantStore, objects: &dyn ObjectStore, identity: Identity, id: MediaId) -> Result<Readable, Error> {
    authorise::role(identity, Action::ReadConversations)?;
    let media = tenant.media_now(id).await?.ok_or(Error::NotFound("file"))?.body;
    if !media.is_stored() {
        return Ok(Readable { media, address: None });
    }
    let shown = Shown::of(&media.mime, media.filename.as_ref());
    let url = objects.sign_read(&ObjectKey::media(tenant.id(), id), &shown, ADDRESS_LIFE).await?;
    let until = at.now.checked_add(ADDRESS_LIFE).unwrap_or(Timestamp::MAX);
    Ok(Readable { media, address: Some((url, until)) })
}
