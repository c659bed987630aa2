//! What a row is, from its key alone: for the stream, which sees rows of every tenant.

use domain::{
    id::{ConversationId, TenantId},
    messaging::key::MessageKey,
};

/// A row of a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The business.
    pub tenant: TenantId,
    /// The conversation.
    pub conversation: ConversationId,
    /// The message; `None` for the head.
    pub message: Option<MessageKey>,
}

/// Reads the key of a conversation's row; `None` for rows of other kinds.
#[must_use]
pub fn changed(partition: &str, sort: &str) -> Option<Changed> {
    let (tenant, conversation) = partition.strip_prefix("T#")?.split_once("#V#")?;
    let message = match sort {
        "V" => None,
        sort => Some(sort.parse().ok()?),
    };
    Some(Changed { tenant: tenant.parse().ok()?, conversation: conversation.parse().ok()?, message })
}

#[cfg(test)]
mod tests {
    use domain::id;

    use super::*;
    use crate::keys::Scope;

    #[test]
    fn reads_the_keys_of_conversations_only() {
        let (tenant, conversation) = (id::derived(&[b"t"]), id::derived(&[b"v"]));
        let scope = Scope::of(tenant);
        let head = scope.conversation(conversation);
        assert_eq!(changed(&head.partition, &head.sort), Some(Changed { tenant, conversation, message: None }));
        let key: MessageKey = "M#1793500000000#0123456789abcdef#00".parse().unwrap();
        let row = scope.message(conversation, key);
        assert_eq!(changed(&row.partition, &row.sort), Some(Changed { tenant, conversation, message: Some(key) }));
        let product = scope.product(id::derived(&[b"p"]));
        assert_eq!(changed(&product.partition, &product.sort), None);
        assert_eq!(changed("D#E#priya@shop.example", "D"), None);
    }
}
