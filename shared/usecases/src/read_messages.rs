//! A colleague reads what was said in a conversation.

use domain::{
    access::Action,
    id::ConversationId,
    messaging::{conversation::Conversation, message::Message},
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
    Ok(Thread { conversation: conversation.ok_or(Error::NotFound("conversation"))?, messages })
}
