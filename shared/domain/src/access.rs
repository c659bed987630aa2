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
    /// See a customer's names and what the customer has agreed to.
    ReadContacts,
    /// Enter what a customer has said about marketing.
    RecordConsent,
    /// Take out everything that is kept of a customer.
    ExportContacts,
    /// Decide whether two customers are one.
    ReviewContacts,
    /// Lay down when people are left in peace, and whether they are asked before they get marketing.
    ManageSendingRules,
    /// See what could not be handled, without what it says.
    ReadParkedEvents,
    /// Have it tried again, or discard it.
    ManageParkedEvents,
    /// See the templates that can be sent, and fill them.
    ReadTemplates,
    /// Write, submit, change and delete templates, and take note of their category.
    ManageTemplates,
    /// Look at dead letters and decide what becomes of them.
    ManageDeadLetters,
    /// Connect, check and give up numbers.
    ManageNumbers,
}

impl Action {
    /// Every action, for the matrix and its test.
    pub const ALL: [Self; 15] = [
        Self::ReadConversations,
        Self::ReplyToConversation,
        Self::MarkConversationRead,
        Self::Listen,
        Self::ReadContacts,
        Self::RecordConsent,
        Self::ExportContacts,
        Self::ReviewContacts,
        Self::ManageSendingRules,
        Self::ReadParkedEvents,
        Self::ManageParkedEvents,
        Self::ReadTemplates,
        Self::ManageTemplates,
        Self::ManageDeadLetters,
        Self::ManageNumbers,
    ];
}

/// Whether a person of this role may do this in the business the person belongs to. In another business nobody may do anything:
/// there the thing is not found, because a [`TenantId`](crate::id::TenantId) comes from the person's session alone.
#[must_use]
pub const fn may(role: Role, action: Action) -> bool {
    match (role, action) {
        (
            Role::Owner | Role::Admin | Role::Agent,
            Action::ReadConversations
            | Action::ReplyToConversation
            | Action::MarkConversationRead
            | Action::Listen
            | Action::ReadContacts
            | Action::RecordConsent
            | Action::ReadTemplates,
        )
        | (
            Role::Owner | Role::Admin,
            Action::ExportContacts
            | Action::ReviewContacts
            | Action::ManageSendingRules
            | Action::ReadParkedEvents
            | Action::ManageParkedEvents
            | Action::ManageTemplates
            | Action::ManageDeadLetters
            | Action::ManageNumbers,
        ) => true,
        (
            Role::Agent,
            Action::ExportContacts
            | Action::ReviewContacts
            | Action::ManageSendingRules
            | Action::ReadParkedEvents
            | Action::ManageParkedEvents
            | Action::ManageTemplates
            | Action::ManageDeadLetters
            | Action::ManageNumbers,
        ) => false,
    }
}
