//! What can go wrong between us and the table.

use domain::class::{Class, Classify};

/// A failure of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The service did not answer, or not in time.
    #[error("the store did not answer")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Somebody else changed the item first, or it is there already.
    #[error("the item was changed by somebody else")]
    Conflict,
    /// An item does not read as what it should be.
    #[error("a stored {kind} cannot be read")]
    Corrupt {
        /// What it should be.
        kind: &'static str,
        /// What the reader said; never shown outside.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// An item lies under one tenant's key and says it is another's. This must never happen.
    #[error("a stored item belongs to another tenant")]
    Foreign,
    /// A sealed value does not open: it was moved, altered, or sealed under another key.
    #[error("a sealed value does not open")]
    Sealed,
    /// A cursor is not one of ours.
    #[error("the cursor is not valid; leave it out to start again")]
    Cursor,
}

impl Classify for StoreError {
    fn class(&self) -> Class {
        match self {
            Self::Unavailable(_) => Class::Unavailable,
            Self::Conflict => Class::Conflict,
            Self::Corrupt { .. } | Self::Foreign | Self::Sealed => Class::Bug,
            Self::Cursor => Class::Invalid,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Unavailable(_) => "store_unavailable",
            Self::Conflict => "conflict",
            Self::Corrupt { .. } => "stored_item_corrupt",
            Self::Foreign => "stored_item_foreign",
            Self::Sealed => "sealed_value_unreadable",
            Self::Cursor => "cursor_invalid",
        }
    }
}

impl StoreError {
    /// Wraps what the SDK said.
    pub(crate) fn unavailable(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Unavailable(source.into())
    }

    /// Says that a stored item of this kind does not read.
    pub(crate) fn corrupt(kind: &'static str, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Corrupt { kind, source: source.into() }
    }
}
