//! A colleague wants a file of a customer's tried again now.

use domain::{
    access::Action,
    id::MediaId,
    messaging::{
        media::{Media, Origin, ReceivedFile, retry::may_retry},
        message::Content,
    },
    ports::TaskQueue,
    task::{FetchMedia, Task},
    time::Moment,
};
use store::TenantStore;

use crate::{authorise, error::Error, session::token::Identity};

/// Announces another attempt; the answer is the file as it is.
///
/// # Errors
/// [`Error::NotFound`] when this business has no such file of a customer's, [`Error::Invalid`] when another attempt cannot help.
pub async fn run(at: &Moment, tenant: &TenantStore, queue: &dyn TaskQueue, identity: Identity, id: MediaId) -> Result<Media, Error> {
    authorise::role(identity, Action::ReadConversations)?;
    let media = tenant.media_now(id).await?.ok_or(Error::NotFound("file"))?.body;
    let Origin::Received { conversation, message: key, number } = media.origin.clone() else {
        return Err(Error::NotFound("file"));
    };
    if media.is_stored() {
        return Ok(media);
    }
    if !may_retry(key.at(), Some(&media.state), at.now) {
        let problem = "cannot be fetched any more; ask the customer to send it again".to_owned();
        return Err(Error::Invalid { field: "media", problem });
    }
    let message = tenant.message(conversation, key).await?.ok_or(Error::NotFound("file"))?;
    let (Content::Inbound(content) | Content::Phone(content)) = &message.content else {
        return Err(Error::NotFound("file"));
    };
    let file = ReceivedFile::of(content).ok_or(Error::NotFound("file"))?;
    // The attempt that a timer waits for is the same: whichever comes first is made, and the other finds it done.
    let task = FetchMedia { tenant: tenant.id(), number, conversation, key, file, address: None, attempt: media.attempts() };
    queue.announce(&[Task::FetchMediaV1(Box::new(task))]).await?;
    Ok(media)
}
