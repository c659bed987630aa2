//! What Meta tells of a template, apart from what it says.

use serde::{Deserialize, Serialize};

use super::{
    category::{Category, Quality, Status},
    naming::{ProviderTemplateId, TemplateKey},
};
use crate::{id::UserId, text::Text, time::Timestamp};

/// One thing Meta told of a template by a webhook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateEvent {
    /// The template.
    #[serde(rename = "k")]
    pub key: TemplateKey,
    /// Meta's id of it.
    #[serde(rename = "i", default, skip_serializing_if = "Option::is_none")]
    pub provider_id: Option<ProviderTemplateId>,
    /// When, by Meta's clock, in whole seconds.
    #[serde(rename = "a")]
    pub at: Timestamp,
    /// What.
    #[serde(rename = "w")]
    pub told: TemplateChange,
}

/// What became of a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "y", rename_all = "snake_case")]
pub enum TemplateChange {
    /// It has another status.
    Status {
        /// The status.
        status: Status,
        /// The category it has at that time.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        category: Option<Category>,
        /// Why, in Meta's word.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text<64>>,
        /// Why, in Meta's sentence.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        explanation: Option<Text<1_024>>,
        /// What Meta recommends.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        advice: Option<Text<1_024>>,
    },
    /// People think better or worse of it.
    Quality {
        /// What they thought before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<Quality>,
        /// What they think now.
        now: Quality,
    },
    /// Meta has moved it to another category.
    Category {
        /// The category it had.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<Category>,
        /// The category it has.
        now: Category,
    },
    /// Meta will move it to another category.
    CategoryImpending {
        /// The category it has.
        now: Category,
        /// The category it will have.
        then: Category,
        /// When.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        effective_at: Option<Timestamp>,
    },
    /// Its words were changed somewhere: they are to be read again.
    Components,
    /// A colleague has taken note that it is marketing now.
    Acknowledged {
        /// The colleague.
        by: UserId,
    },
    /// A colleague has changed or submitted it.
    Submitted {
        /// The colleague.
        by: UserId,
    },
}

/// Something in the past of a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryEntry {
    /// When.
    #[serde(rename = "a")]
    pub at: Timestamp,
    /// What.
    #[serde(rename = "w")]
    pub told: TemplateChange,
}

impl TemplateChange {
    /// The stable name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Status { .. } => "status",
            Self::Quality { .. } => "quality",
            Self::Category { .. } => "category",
            Self::CategoryImpending { .. } => "category_impending",
            Self::Components => "components",
            Self::Acknowledged { .. } => "acknowledged",
            Self::Submitted { .. } => "submitted",
        }
    }
}
