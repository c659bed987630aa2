//! Who may do what: one match, and nothing else in the system decides it.

use serde::{Deserialize, Serialize};

/// What a person is in a business.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Owns the business.
    Owner,
    /// Runs it for the owner.
    Admin,
    /// Answers customers.
    Agent,
}

/// What can be done in the dashboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// See the list of conversations and what was said in them.
    ReadConversations,
    /// Write to a customer.
    ReplyToConversation,
    /// Mark a conversation as read.
    MarkConversationRead,
    /// Receive live updates.
    Listen,
}

impl Action {
    /// Every action, for the matrix and its test.
    pub const ALL: [Self; 4] = [Self::ReadConversations, Self::ReplyToConversation, Self::MarkConversationRead, Self::Listen];
}

/// Whether a person of this role may do this in the business the person belongs to. In another business nobody may do anything:
/// there the thing is not found, because a [`TenantId`](crate::id::TenantId) comes from the person's session alone.
#[must_use]
pub const fn may(role: Role, action: Action) -> bool {
    match (role, action) {
        (
            Role::Owner | Role::Admin | Role::Agent,
            Action::ReadConversations | Action::ReplyToConversation | Action::MarkConversationRead | Action::Listen,
        ) => true,
    }
}
