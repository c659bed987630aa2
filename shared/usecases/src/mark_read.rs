//! A colleague has read a conversation up to a moment, and perhaps begun to answer. The person is told, as a courtesy: on a queue of the
//! lowest tier, once for a message, and never on the way of a message itself.

use domain::{
    access::Action,
    id::ConversationId,
    messaging::{conversation::Conversation, message::Content},
    page::PageSize,
    ports::TaskQueue,
    task::{MarkRead, Task},
    time::{Moment, SignedDuration, Timestamp},
};
use store::TenantStore;

use crate::{authorise, error::Error, session::token::Identity};

/// How far a client's clock may be ahead of ours.
const CLOCK_ERROR_MAX: SignedDuration = SignedDuration::from_mins(1);
/// How many messages are looked at for the newest that came in: behind more answers than this, nobody waits for ticks.
const LOOK_BACK: u32 = 10;

/// What was read.
#[derive(Clone, Copy, Debug)]
pub struct Read {
    /// The conversation.
    pub conversation: ConversationId,
    /// Up to when.
    pub up_to: Timestamp,
    /// Whether an answer is being written.
    pub typing: bool,
}

/// Remembers it, and has the person told; the mark never goes back, and never past what has been said.
///
/// # Errors
/// [`Error::Forbidden`] when the role may not, [`Error::NotFound`] when this business has no such conversation,
/// [`Error::Invalid`] when the moment is yet to come.
pub async fn run(at: &Moment, tenant: &TenantStore, queue: &dyn TaskQueue, identity: Identity, read: Read) -> Result<(), Error> {
    authorise::role(identity, Action::MarkConversationRead)?;
    if read.up_to.duration_since(at.now) > CLOCK_ERROR_MAX {
        return Err(Error::Invalid { field: "up_to", problem: "must not be in the future".to_owned() });
    }
    let conversation = tenant.conversation(read.conversation).await?.ok_or(Error::NotFound("conversation"))?;
    let mark = mark(&conversation, read.up_to);
    if let Some(mark) = mark {
        tenant.mark_read(read.conversation, mark).await?;
    }
    let news = mark.is_some() && conversation.unread();
    if (news || read.typing) && conversation.window().open(at.now) {
        tell(at, tenant, queue, &conversation, read).await?;
    }
    Ok(())
}

/// Has the person told about the newest message that was read.
async fn tell(at: &Moment, tenant: &TenantStore, queue: &dyn TaskQueue, conversation: &Conversation, read: Read) -> Result<(), Error> {
    let size = PageSize::new(LOOK_BACK).unwrap_or(PageSize::DEFAULT);
    let page = tenant.messages(conversation.id, size, None).await?;
    let newest = page.items.into_iter().find(|message| matches!(message.content, Content::Inbound(_)) && message.key.at() <= read.up_to);
    let Some(wamid) = newest.and_then(|message| message.wamid) else {
        return Ok(());
    };
    let task = MarkRead {
        tenant: tenant.id(),
        number: conversation.number.clone(),
        conversation: conversation.id,
        wamid,
        typing: read.typing,
        at: at.now,
    };
    queue.announce(&[Task::MarkReadV1(Box::new(task))]).await?;
    Ok(())
}

/// Where the mark is to stand; `None` when nothing changes. A mark past the last message would hide one that is still to come in.
fn mark(conversation: &Conversation, up_to: Timestamp) -> Option<Timestamp> {
    let shown = conversation.last_message.as_ref().map(|last| last.at);
    let last = conversation.last_inbound_at.max(shown)?;
    let mark = up_to.min(last);
    conversation.read_up_to.is_none_or(|read| read < mark).then_some(mark)
}

#[cfg(test)]
mod tests {
    use domain::{
        crm::{Recipient, SenderRole},
        id,
        locale::Locale,
        messaging::conversation::Standing,
        tenant::NumberId,
    };

    use super::*;

    fn conversation(last_inbound: Option<i64>, read: Option<i64>) -> Conversation {
        Conversation {
            id: id::derived(&[b"v"]),
            contact: id::derived(&[b"c"]),
            role: SenderRole::Customer,
            number: NumberId::new("210000000000009").unwrap(),
            recipient: Recipient::Phone("+919876500001".parse().unwrap()),
            contact_name: None,
            standing: Standing::default(),
            lane: 1,
            locale: Locale::English,
            assignee: None,
            last_inbound_at: last_inbound.map(second),
            window_opened_at: None,
            free_until: None,
            last_message: None,
            read_up_to: read.map(second),
            phone_app_at: None,
            last_failure: None,
        }
    }

    fn second(at: i64) -> Timestamp {
        Timestamp::from_second(at).unwrap()
    }

    #[test]
    fn the_mark_stays_between_the_last_mark_and_the_last_message() {
        assert_eq!(mark(&conversation(Some(10), None), second(12)), Some(second(10)), "not past what was said");
        assert_eq!(mark(&conversation(Some(10), Some(3)), second(7)), Some(second(7)));
        assert_eq!(mark(&conversation(Some(10), Some(7)), second(5)), None, "never back");
        assert_eq!(mark(&conversation(Some(10), Some(10)), second(12)), None, "nothing new to read");
        assert_eq!(mark(&conversation(None, None), second(12)), None, "nothing was said");
    }
}
