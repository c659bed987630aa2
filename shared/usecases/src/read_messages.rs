//! A colleague reads what was said in a conversation.

use std::collections::BTreeSet;

use domain::{
    access::Action,
    id::{ConversationId, MediaId},
    messaging::{conversation::Conversation, marks::Quoted, media::Media, message::Message},
    page::{Cursor, Page, PageSize},
};
use futures::future::try_join;
use store::TenantStore;

use crate::{authorise, error::Error, read_conversations::named, session::token::Identity};

/// A piece of a thread, and whose it is.
#[derive(Debug)]
pub struct Thread {
    /// The conversation.
    pub conversation: Conversation,
    /// The messages, the newest first.
    pub messages: Page<Message>,
    /// The files in them, as far as anything became of them; in no order.
    pub media: Vec<Media>,
    /// Messages that those answer and that are not among them, as far as they are not long past.
    pub quoted: Vec<Message>,
}

impl Thread {
    /// The message that this one answers, if it is here.
    #[must_use]
    pub fn quoted_by(&self, message: &Message) -> Option<&Message> {
        let quoted = message.marks.quoted.as_ref()?;
        self.messages.items.iter().chain(&self.quoted).find(|other| is(other, quoted))
    }
}

fn is(message: &Message, quoted: &Quoted) -> bool {
    quoted.key == Some(message.key) || message.wamid.as_ref() == Some(&quoted.wamid)
}

/// A page of a thread.
///
/// # Errors
/// [`Error::Forbidden`] when the role may not look, [`Error::NotFound`] when this business has no such conversation,
/// [`Error::Invalid`] when the cursor is not one of this thread.
pub async fn page(
    tenant: &TenantStore,
    identity: Identity,
    id: ConversationId,
    size: PageSize,
    cursor: Option<&Cursor>,
) -> Result<Thread, Error> {
    authorise::role(identity, Action::ReadConversations)?;
    let (conversation, messages) = try_join(tenant.conversation(id), tenant.messages(id, size, cursor)).await.map_err(named)?;
    let conversation = conversation.ok_or(Error::NotFound("conversation"))?;
    let quoted = messages.items.iter().filter_map(|message| message.marks.quoted.as_ref());
    let elsewhere: Vec<_> = quoted.filter(|quoted| !messages.items.iter().any(|message| is(message, quoted))).collect();
    let quoted = if elsewhere.is_empty() { Vec::new() } else { tenant.quoted_messages(id, &elsewhere).await? };
    // A file may stand in several messages, and a batch may name it once.
    let files: BTreeSet<MediaId> = messages.items.iter().flat_map(|message| message.files(id)).collect();
    let media = tenant.get_many::<Media>(&files.into_iter().collect::<Vec<_>>()).await?;
    Ok(Thread { conversation, messages, media, quoted })
}
