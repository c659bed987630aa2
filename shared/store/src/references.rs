//! Which message a provider's id means, and who waits for one that is not here yet.

use domain::{
    id::ConversationId,
    messaging::{key::MessageKey, marks::Quoted, message::Message},
    text::Text,
    time::Timestamp,
};

use crate::{
    error::StoreError,
    expression::{Change, Item, text},
    messages::KIND,
    row,
    table::{Range, Window},
    tenant::TenantStore,
};

/// Among how many messages of a conversation one is looked for.
pub const REFERENCES_MAX: usize = 200;

/// A reaction, a correction or a deletion that waits for its message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// What tells the message that is waited for.
    target: u64,
    /// Who waits.
    pub key: MessageKey,
}

impl Waiting {
    /// Whether this message is the one that is waited for.
    #[must_use]
    pub fn for_message(self, arrived: MessageKey) -> bool {
        !arrived.is_ours() && arrived.cause() == self.target
    }
}

impl TenantStore {
    /// The message of this id among the last of its conversation.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn message_of_wamid(&self, conversation: ConversationId, wamid: &Text<512>) -> Result<Option<MessageKey>, StoreError> {
        let items = self.last_messages(conversation).await?;
        Ok(items.iter().find_map(|item| key_of(item).filter(|key| has_wamid(item, *key, wamid))))
    }

    /// Those of the messages that are quoted which are among the last of their conversation.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn quoted_messages(&self, conversation: ConversationId, quoted: &[&Quoted]) -> Result<Vec<Message>, StoreError> {
        let items = self.last_messages(conversation).await?;
        let wanted = |item: &&Item| {
            key_of(item).is_some_and(|key| quoted.iter().any(|one| one.key == Some(key) || has_wamid(item, key, &one.wamid)))
        };
        items.iter().filter(wanted).map(|item| self.read_message(item)).collect()
    }

    async fn last_messages(&self, conversation: ConversationId) -> Result<Vec<Item>, StoreError> {
        let partition = self.scope().conversation(conversation).partition;
        let range = Range {
            index: None,
            partition: &partition,
            window: Window::Prefix("M#"),
            newest_first: true,
            limit: REFERENCES_MAX,
            start: None,
        };
        Ok(self.table().query(range).await?.0)
    }

    /// Has a message wait for another one: the head of the conversation remembers it.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn wait_for_message(&self, conversation: ConversationId, wamid: &Text<512>, key: MessageKey) -> Result<(), StoreError> {
        let change = Change::default().set(&attribute(hash(wamid.as_str()), key), text(key.to_string())).when("attribute_exists(#PK)");
        self.table().update(&self.scope().conversation(conversation), change).await.map(|_| ())
    }

    /// Forgets that a message waited for the one that has arrived.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn wait_no_more(&self, conversation: ConversationId, arrived: MessageKey, key: MessageKey) -> Result<(), StoreError> {
        let change = Change::default().remove(&attribute(arrived.cause(), key)).when("attribute_exists(#PK)");
        self.table().update(&self.scope().conversation(conversation), change).await.map(|_| ())
    }

    /// Remembers which message a reaction, a correction or a deletion has been applied to.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn reference_applied(&self, conversation: ConversationId, key: MessageKey, target: MessageKey) -> Result<(), StoreError> {
        let change = Change::default().set("ap", row::value(KIND, &target)?).when("attribute_exists(#PK)");
        self.table().update(&self.scope().message(conversation, key), change).await.map(|_| ())
    }
}

/// Who waits on this head.
pub(crate) fn waiting(head: &Item) -> Vec<Waiting> {
    let found = head.keys().filter_map(|name| {
        let hashes = name.strip_prefix('p').filter(|hashes| hashes.len() == 32)?;
        let target = u64::from_str_radix(hashes.get(..16)?, 16).ok()?;
        Some(Waiting { target, key: row::string(head, name)?.parse().ok()? })
    });
    found.collect()
}

fn attribute(target: u64, key: MessageKey) -> String {
    format!("p{target:016x}{:016x}", key.cause())
}

fn key_of(item: &Item) -> Option<MessageKey> {
    row::string(item, "SK")?.parse().ok()
}

fn has_wamid(item: &Item, key: MessageKey, wamid: &Text<512>) -> bool {
    let by_hash = !key.is_ours() && key.cause() == hash(wamid.as_str());
    by_hash || row::string(item, "w") == Some(wamid.as_str())
}

fn hash(wamid: &str) -> u64 {
    MessageKey::received(Timestamp::UNIX_EPOCH, wamid).cause()
}
