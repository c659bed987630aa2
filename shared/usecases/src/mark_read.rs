//! A colleague has read a conversation up to a moment.

use domain::{
    access::Action,
    id::ConversationId,
    messaging::conversation::Conversation,
    time::{Moment, SignedDuration, Timestamp},
};
use store::TenantStore;

use crate::{authorise, error::Error, session::token::Identity};

/// How far a client's clock may be ahead of ours.
const CLOCK_ERROR_MAX: SignedDuration = SignedDuration::from_mins(1);

/// Remembers it; the mark never goes back, and never past what has been said.
///
/// # Errors
/// [`Error::Forbidden`] when the role may not, [`Error::NotFound`] when this business has no such conversation,
/// [`Error::Invalid`] when the moment is yet to come.
pub async fn run(at: &Moment, tenant: &TenantStore, identity: Identity, id: ConversationId, up_to: Timestamp) -> Result<(), Error> {
    authorise::role(identity, Action::MarkConversationRead)?;
    if up_to.duration_since(at.now) > CLOCK_ERROR_MAX {
        return Err(Error::Invalid { field: "up_to", problem: "must not be in the future".to_owned() });
    }
    let conversation = tenant.conversation(id).await?.ok_or(Error::NotFound("conversation"))?;
    if let Some(mark) = mark(&conversation, up_to) {
        tenant.mark_read(id, mark).await?;
    }
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
            last_message: None,
            read_up_to: read.map(second),
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
