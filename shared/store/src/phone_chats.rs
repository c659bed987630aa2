//! The heads of conversations that the business itself has on its phone: made when there is none, and never opened again by what is
//! written there.

use domain::{
    crm::{Recipient, SenderRole},
    id::{ContactId, ConversationId},
    locale::Locale,
    messaging::conversation::{LastMessage, Status},
    tenant::NumberId,
    text::Text,
    time::Timestamp,
};

use crate::{
    error::StoreError,
    expression::{Change, number, text},
    heads::{Head, KIND, SHAPE, with_last_message},
    row,
    table::Written,
    tenant::TenantStore,
};

/// Something written on the phone, as its conversation sees it.
#[derive(Debug)]
pub struct PhoneChat<'a> {
    /// The conversation.
    pub conversation: ConversationId,
    /// The person.
    pub contact: ContactId,
    /// What the person is to the business.
    pub role: SenderRole,
    /// The number.
    pub number: &'a NumberId,
    /// Where to answer.
    pub recipient: &'a Recipient,
    /// The name of the person, as far as it is known.
    pub contact_name: Option<&'a Text<128>>,
    /// The language of the business.
    pub locale: Locale,
    /// What the lists show of it.
    pub last: &'a LastMessage,
    /// When a colleague wrote on the phone: what programs say automatically waits for a while after it.
    pub written_at: Option<Timestamp>,
}

impl TenantStore {
    /// Makes sure that there is a head, shows the newest as the last thing said, and returns the head as it is.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn keep_phone_chat(&self, chat: &PhoneChat<'_>) -> Result<Head, StoreError> {
        let place = self.scope().conversation(chat.conversation);
        let written = self.table().update_and_read(&place, self.new_head(chat)?).await?;
        let item = match written {
            Written::Done(Some(item)) => return self.read_head(chat.conversation, &item),
            Written::Refused(Some(item)) => item,
            Written::Done(None) | Written::Refused(None) => return Err(StoreError::Conflict),
        };
        let newer = "attribute_exists(#PK) AND (attribute_not_exists(#la) OR #la <= :la)";
        self.table().update(&place, with_last_message(Change::default(), chat.last)?.when(newer)).await?;
        if let Some(at) = chat.written_at {
            let newer = "attribute_exists(#PK) AND (attribute_not_exists(#pa) OR #pa < :pa)";
            self.table().update(&place, Change::default().set("pa", number(at.as_millisecond())).when(newer)).await?;
        }
        self.read_head(chat.conversation, &item)
    }

    /// Resolved from the beginning: nobody waits for an answer to what the business wrote, or to what is long past.
    fn new_head(&self, chat: &PhoneChat<'_>) -> Result<Change, StoreError> {
        let index = self.scope().inbox(Status::Resolved, chat.last.at, chat.conversation);
        let change = Change::default()
            .set("t", text(self.id().to_string()))
            .set("k", text(KIND))
            .set("s", number(SHAPE))
            .set("ct", text(chat.contact.to_string()))
            .set("ro", row::value(KIND, &chat.role)?)
            .set("nb", text(chat.number.as_str()))
            .set("rc", row::value(KIND, chat.recipient)?)
            .set_some("nm", chat.contact_name.map(|name| text(name.as_str())))
            .set("ln", number(0))
            .set("ep", number(0))
            .set("st", row::value(KIND, &Status::Resolved)?)
            .set("lo", row::value(KIND, &chat.locale)?)
            .set_some("pa", chat.written_at.map(|at| number(at.as_millisecond())))
            .set("GSI1PK", text(index.partition))
            .set("GSI1SK", text(index.sort));
        Ok(with_last_message(change, chat.last)?.when("attribute_not_exists(#PK)"))
    }
}
