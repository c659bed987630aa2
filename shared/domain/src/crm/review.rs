//! Two names that came together and lead to two people: for a person to look at, never to be settled by a program.

use serde::{Deserialize, Serialize};

use super::Alias;
use crate::{
    id::{self, ContactId, ReviewId, UserId},
    text::Text,
    time::Timestamp,
};

/// A name of one person that came together with names of another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Its id: the same name between the same two people is one review.
    pub id: ReviewId,
    /// The name in question.
    #[serde(rename = "a")]
    pub alias: Alias,
    /// Whom it leads to.
    #[serde(rename = "h")]
    pub holder: ContactId,
    /// With whose names it came.
    #[serde(rename = "c")]
    pub claimant: ContactId,
    /// What was noticed.
    #[serde(rename = "w")]
    pub why: Why,
    /// When it was first noticed.
    #[serde(rename = "f")]
    pub found_at: Timestamp,
    /// What became of it.
    #[serde(rename = "st")]
    pub state: State,
}

/// What was noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Why {
    /// One message came with names of two people.
    #[serde(rename = "t")]
    TwoPeople,
    /// A known phone came with another account of WhatsApp than before: perhaps the number has a new owner.
    #[serde(rename = "r")]
    NewOwner,
    /// WhatsApp said that a person has a new phone or id, and that one leads to somebody else.
    #[serde(rename = "n")]
    Moved,
}

impl Why {
    /// Its stable name in the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::TwoPeople => "two_people",
            Self::NewOwner => "new_owner",
            Self::Moved => "moved",
        }
    }
}

/// What became of a review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// Nobody has looked yet.
    #[serde(rename = "o")]
    Open,
    /// Somebody decided.
    #[serde(rename = "d")]
    Decided {
        /// What.
        #[serde(rename = "v")]
        verdict: Verdict,
        /// Who.
        #[serde(rename = "u")]
        by: UserId,
        /// The name shown at the time.
        #[serde(rename = "n")]
        name: Text<80>,
        /// When.
        #[serde(rename = "t")]
        at: Timestamp,
    },
}

/// What a person decides about two people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// They are two: the name stays where it is.
    KeepSeparate,
    /// They are one: the name leads to the person it came with from now on. What was written before stays where it is.
    SamePerson,
}

impl Review {
    /// An open review of this name between these two.
    #[must_use]
    pub fn open(alias: Alias, holder: ContactId, claimant: ContactId, why: Why, found_at: Timestamp) -> Self {
        let id = id::derived(&[b"review", alias.written().as_bytes(), holder.as_bytes(), claimant.as_bytes()]);
        Self { id, alias, holder, claimant, why, found_at, state: State::Open }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_question_is_asked_once() {
        let phone: Alias = Alias::WhatsApp("919876500001".parse().unwrap());
        let (a, b): (ContactId, ContactId) = (id::derived(&[b"a"]), id::derived(&[b"b"]));
        let at = |second| Timestamp::from_second(second).unwrap();
        let first = Review::open(phone.clone(), a, b, Why::TwoPeople, at(1));
        assert_eq!(first.id, Review::open(phone.clone(), a, b, Why::Moved, at(9)).id);
        assert_ne!(first.id, Review::open(phone, b, a, Why::TwoPeople, at(1)).id);
    }
}
