//! A colleague looks at the inbox, or at one conversation of it.

use std::collections::{BTreeSet, HashMap};

use domain::{
    access::Action,
    id::{ConversationId, UserId},
    messaging::conversation::{Conversation, Status},
    page::{Cursor, Page, PageSize},
    tenant::{Number, NumberId, User},
};
use futures::future::try_join;
use store::{StoreError, TenantStore};

use crate::{authorise, error::Error, session::token::Identity};

/// A conversation with the names of what it only points at.
#[derive(Debug)]
pub struct Listed {
    /// The conversation.
    pub conversation: Conversation,
    /// Its number, unless the business has given it up.
    pub number: Option<Number>,
    /// Who answers it, unless nobody does or the colleague has left.
    pub assignee: Option<User>,
}

/// A page of the conversations of this status, the one with the latest message first.
///
/// # Errors
/// [`Error::Forbidden`] when the role may not look, [`Error::Invalid`] when the cursor is not one of this list.
pub async fn page(
    tenant: &TenantStore,
    identity: Identity,
    status: Status,
    size: PageSize,
    cursor: Option<&Cursor>,
) -> Result<Page<Listed>, Error> {
    authorise::role(identity, Action::ReadConversations)?;
    let page = tenant.conversations(status, size, cursor).await.map_err(named)?;
    Ok(Page { items: with_names(tenant, page.items).await?, next: page.next })
}

/// One conversation.
///
/// # Errors
/// [`Error::Forbidden`] when the role may not look, [`Error::NotFound`] when this business has no such conversation.
pub async fn one(tenant: &TenantStore, identity: Identity, id: ConversationId) -> Result<Listed, Error> {
    authorise::role(identity, Action::ReadConversations)?;
    let conversation = tenant.conversation(id).await?.ok_or(Error::NotFound("conversation"))?;
    with_names(tenant, vec![conversation]).await?.pop().ok_or(Error::Bug("a conversation was lost while its names were read"))
}

/// Names the field when the store refuses a cursor.
pub(crate) fn named(error: StoreError) -> Error {
    match error {
        StoreError::Cursor => Error::Invalid { field: "cursor", problem: error.to_string() },
        StoreError::Unavailable(_) | StoreError::Conflict | StoreError::Corrupt { .. } | StoreError::Foreign | StoreError::Sealed => {
            error.into()
        }
    }
}

/// Two reads for a whole page, however many conversations it holds: a business has few numbers and few colleagues.
async fn with_names(tenant: &TenantStore, conversations: Vec<Conversation>) -> Result<Vec<Listed>, Error> {
    let numbers: BTreeSet<NumberId> = conversations.iter().map(|conversation| conversation.number.clone()).collect();
    let users: BTreeSet<UserId> = conversations.iter().filter_map(|conversation| conversation.assignee).collect();
    let (numbers, users): (Vec<_>, Vec<_>) = (numbers.into_iter().collect(), users.into_iter().collect());
    let (numbers, users) = try_join(tenant.get_many::<Number>(&numbers), tenant.get_many::<User>(&users)).await?;
    let numbers: HashMap<NumberId, Number> = numbers.into_iter().map(|number| (number.id.clone(), number)).collect();
    let users: HashMap<UserId, User> = users.into_iter().map(|user| (user.id, user)).collect();
    let listed = conversations.into_iter().map(|conversation| Listed {
        number: numbers.get(&conversation.number).cloned(),
        assignee: conversation.assignee.and_then(|id| users.get(&id)).cloned(),
        conversation,
    });
    Ok(listed.collect())
}
