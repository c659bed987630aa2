//! A message to the provider, and before it the files it names: each is given to the provider, unless it is there already. When the
//! provider says that it does not know one any more, all are given once more and the request is made again.

use domain::{
    id::MediaId,
    messaging::{
        content::MediaSource,
        failure::{Failure, Ours},
    },
    ports::{Accepted, MediaError, MessageChannel, SendError, SendRequest, UploadedMedia},
    task::SendMessage,
    tenant::Number,
    time::Moment,
};
use store::TenantStore;

use crate::resolve_media::{self, Unresolved};

/// Meta's codes for a parameter that means nothing to it, such as a file it has forgotten, and for a file it cannot take on.
const UNKNOWN_FILE: [i64; 3] = [100, 131_009, 131_053];

/// Who sends, and with what.
pub(crate) struct Way<'a> {
    pub(crate) at: &'a Moment,
    pub(crate) tenant: &'a TenantStore,
    pub(crate) channel: &'a dyn MessageChannel,
    pub(crate) files: &'a resolve_media::Means<'a>,
    pub(crate) number: &'a Number,
    pub(crate) token: &'a str,
}

impl Way<'_> {
    /// Makes the request.
    async fn request(&self, message: &SendMessage, names: &UploadedMedia) -> Result<Accepted, SendError> {
        let request = SendRequest {
            number: self.number,
            recipient: &message.recipient,
            content: &message.content,
            callback: message.place(),
            reply_to: message.reply_to.as_ref(),
            media: names,
        };
        self.channel.send(self.token, request).await
    }
}

/// Sends a message.
pub(crate) async fn run(way: &Way<'_>, message: &SendMessage) -> Result<Accepted, SendError> {
    let files: Vec<MediaId> = message.content.media().into_iter().filter_map(MediaSource::stored).collect();
    let names = names(way, &files).await?;
    match way.request(message, &names).await {
        Err(SendError::Refused(failure)) if !files.is_empty() && UNKNOWN_FILE.contains(&failure.code) => {}
        answered => return answered,
    }
    resolve_media::forget(way.tenant, &way.number.id, &names).await.map_err(|_| SendError::NotSent)?;
    let names = self::names(way, &files).await?;
    way.request(message, &names).await
}

/// What the provider calls these files, of which there may be none.
async fn names(way: &Way<'_>, files: &[MediaId]) -> Result<UploadedMedia, SendError> {
    let named = resolve_media::run(way.at, way.tenant, way.files, way.number, way.token, files).await;
    named.map_err(|unresolved| {
        tracing::warn!(number = %way.number.id, error = &unresolved as &dyn std::error::Error, "a file could not be given to the provider");
        match unresolved {
            Unresolved::Missing(_) => unsendable("The file is not kept any more. Attach it again."),
            Unresolved::Provider(MediaError::Refused(_) | MediaError::Gone) => {
                SendError::Refused(Failure::new(131_053, "Media upload error"))
            }
            Unresolved::Provider(MediaError::Unsupported) => unsendable("Files cannot be sent from this number's provider."),
            Unresolved::Provider(MediaError::NumberBroken) => SendError::NumberBroken(Failure::new(0, "AuthException")),
            Unresolved::Provider(MediaError::Later(after)) => {
                SendError::Later { failure: Failure::new(131_016, "Service unavailable"), after }
            }
            Unresolved::Provider(MediaError::Unreachable) | Unresolved::Ours(_) => SendError::NotSent,
        }
    })
}

fn unsendable(details: &str) -> SendError {
    SendError::Refused(Failure::ours(Ours::Unsendable).with_details(details))
}
