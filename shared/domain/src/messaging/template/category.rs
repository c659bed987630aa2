//! Where a template stands in Meta's eyes: its category, its status, its quality. Each has an arm for what Meta invents next, and
//! what is not known is treated as the strictest.

use serde::{Deserialize, Serialize};

use crate::text::Text;

/// Meta's name for something we do not know.
pub type Foreign = Text<64>;

/// What a template is for, which decides what it costs and whom it may reach.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Promotion: only for people who have not refused it.
    Marketing,
    /// About something the person asked for, ordered or uses.
    Utility,
    /// Codes to prove who somebody is.
    Authentication,
    /// One that Meta has added since: treated like marketing.
    Unknown(Foreign),
}

/// What Meta lets be done with a template.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Written here and not yet submitted.
    Draft,
    /// Meta looks at it.
    Pending,
    /// It may be sent.
    Approved,
    /// Meta refuses it; it may be changed and submitted again.
    Rejected,
    /// It may be sent, and people complain about it.
    Flagged,
    /// Too many people complained: not to be sent for some hours.
    Paused,
    /// Paused for good.
    Disabled,
    /// A refusal was appealed against.
    InAppeal,
    /// About to be deleted.
    PendingDeletion,
    /// No longer at Meta.
    Deleted,
    /// The account has too many templates.
    LimitExceeded,
    /// Put away after long disuse.
    Archived,
    /// Cannot be changed or sent for now.
    Locked,
    /// One that Meta has added since: not to be sent.
    Unknown(Foreign),
}

/// What people made of a template lately.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quality {
    /// Few complaints, or none.
    Green,
    /// Some.
    Yellow,
    /// Many: it will be paused.
    Red,
    /// Not enough messages to tell, or a word we do not know.
    Unknown,
}

impl Category {
    /// Reads Meta's word, in any case.
    #[must_use]
    pub fn of_provider(raw: &str) -> Self {
        match raw.to_ascii_uppercase().as_str() {
            "MARKETING" => Self::Marketing,
            "UTILITY" => Self::Utility,
            "AUTHENTICATION" => Self::Authentication,
            _ => Self::Unknown(foreign(raw)),
        }
    }

    /// Meta's word.
    #[must_use]
    pub fn provider_name(&self) -> &str {
        match self {
            Self::Marketing => "MARKETING",
            Self::Utility => "UTILITY",
            Self::Authentication => "AUTHENTICATION",
            Self::Unknown(raw) => raw.as_str(),
        }
    }

    /// The stable name in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Marketing => "marketing",
            Self::Utility => "utility",
            Self::Authentication => "authentication",
            Self::Unknown(_) => "unknown",
        }
    }

    /// Whether a person may refuse it: promotion, and whatever we do not know.
    #[must_use]
    pub const fn promotes(&self) -> bool {
        match self {
            Self::Marketing | Self::Unknown(_) => true,
            Self::Utility | Self::Authentication => false,
        }
    }
}

impl Status {
    /// Reads Meta's word, of a list or of a webhook.
    #[must_use]
    pub fn of_provider(raw: &str) -> Self {
        match raw.to_ascii_uppercase().as_str() {
            "APPROVED" | "REINSTATED" => Self::Approved,
            "PENDING" => Self::Pending,
            "REJECTED" => Self::Rejected,
            "FLAGGED" => Self::Flagged,
            "PAUSED" => Self::Paused,
            "DISABLED" => Self::Disabled,
            "IN_APPEAL" => Self::InAppeal,
            "PENDING_DELETION" => Self::PendingDeletion,
            "DELETED" => Self::Deleted,
            "LIMIT_EXCEEDED" => Self::LimitExceeded,
            "ARCHIVED" => Self::Archived,
            "LOCKED" => Self::Locked,
            _ => Self::Unknown(foreign(raw)),
        }
    }

    /// The stable name in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Pending => "pending",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Flagged => "flagged",
            Self::Paused => "paused",
            Self::Disabled => "disabled",
            Self::InAppeal => "in_appeal",
            Self::PendingDeletion => "pending_deletion",
            Self::Deleted => "deleted",
            Self::LimitExceeded => "limit_exceeded",
            Self::Archived => "archived",
            Self::Locked => "locked",
            Self::Unknown(_) => "unknown",
        }
    }

    /// Whether Meta takes messages made from it.
    #[must_use]
    pub const fn sendable(&self) -> bool {
        match self {
            Self::Approved | Self::Flagged => true,
            Self::Draft
            | Self::Pending
            | Self::Rejected
            | Self::Paused
            | Self::Disabled
            | Self::InAppeal
            | Self::PendingDeletion
            | Self::Deleted
            | Self::LimitExceeded
            | Self::Archived
            | Self::Locked
            | Self::Unknown(_) => false,
        }
    }

    /// Whether Meta takes changes of it: of approved, rejected and paused ones only.
    #[must_use]
    pub const fn editable(&self) -> bool {
        match self {
            Self::Draft | Self::Approved | Self::Flagged | Self::Rejected | Self::Paused => true,
            Self::Pending
            | Self::Disabled
            | Self::InAppeal
            | Self::PendingDeletion
            | Self::Deleted
            | Self::LimitExceeded
            | Self::Archived
            | Self::Locked
            | Self::Unknown(_) => false,
        }
    }

    /// Its place among statuses told for the same second, so that the same set of tellings always ends in the same one: the later a
    /// stage in the life of a template and the less it allows, the more it weighs.
    #[must_use]
    pub const fn weight(&self) -> u8 {
        match self {
            Self::Draft => 0,
            Self::Pending => 1,
            Self::Unknown(_) => 2,
            Self::InAppeal => 3,
            Self::Approved => 4,
            Self::Flagged => 5,
            Self::LimitExceeded => 6,
            Self::Rejected => 7,
            Self::Archived => 8,
            Self::Locked => 9,
            Self::Paused => 10,
            Self::Disabled => 11,
            Self::PendingDeletion => 12,
            Self::Deleted => 13,
        }
    }
}

impl Quality {
    /// Reads Meta's word.
    #[must_use]
    pub fn of_provider(raw: &str) -> Self {
        match raw.to_ascii_uppercase().as_str() {
            "GREEN" => Self::Green,
            "YELLOW" => Self::Yellow,
            "RED" => Self::Red,
            _ => Self::Unknown,
        }
    }

    /// The stable name in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Yellow => "yellow",
            Self::Red => "red",
            Self::Unknown => "unknown",
        }
    }

    /// Its place among qualities told for the same second: the worse weighs more.
    #[must_use]
    pub const fn weight(&self) -> u8 {
        match self {
            Self::Unknown => 0,
            Self::Green => 1,
            Self::Yellow => 2,
            Self::Red => 3,
        }
    }
}

/// A word of Meta's that we do not know, cut to what is kept of it.
fn foreign(raw: &str) -> Foreign {
    // The literal is neither empty nor long, so the second attempt is never made.
    Text::cut(raw).unwrap_or_else(|| foreign("UNKNOWN"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_meta_are_read_in_any_case_and_new_ones_kept() {
        assert_eq!(Category::of_provider("utility"), Category::Utility);
        let invented = Category::of_provider("GENERAL_PURPOSE_AI");
        assert_eq!((invented.provider_name(), invented.name(), invented.promotes()), ("GENERAL_PURPOSE_AI", "unknown", true));
        assert_eq!(Status::of_provider("REINSTATED"), Status::Approved);
        let status = Status::of_provider("UNARCHIVED");
        assert!(!status.sendable() && !status.editable() && status.name() == "unknown");
        assert_eq!(Quality::of_provider("?"), Quality::Unknown);
        assert_eq!(Status::of_provider(""), Status::Unknown(Text::new("UNKNOWN").unwrap()));
    }

    #[test]
    fn every_status_of_meta_has_a_weight_of_its_own() {
        let words = [
            "PENDING",
            "APPROVED",
            "REJECTED",
            "FLAGGED",
            "PAUSED",
            "DISABLED",
            "IN_APPEAL",
            "PENDING_DELETION",
            "DELETED",
            "LIMIT_EXCEEDED",
            "ARCHIVED",
            "LOCKED",
            "SOMETHING",
        ];
        let weights: std::collections::HashSet<u8> = words.into_iter().map(|word| Status::of_provider(word).weight()).collect();
        assert_eq!(weights.len(), words.len());
    }
}
