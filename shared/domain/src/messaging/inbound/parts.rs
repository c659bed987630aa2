//! Parts of what comes in: cards of people, answers to forms, permissions, notices.

use serde::{Deserialize, Serialize};

use crate::{crm::BusinessScopedId, phone::Phone, text::Text, time::Timestamp};

/// A card of a person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "CardWire")]
pub struct Card {
    /// The name.
    #[serde(rename = "n", skip_serializing_if = "Option::is_none")]
    pub name: Option<Text<128>>,
    /// The phones.
    #[serde(rename = "p", skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<CardPhone>,
    /// The e-mail addresses, as written.
    #[serde(rename = "e", skip_serializing_if = "Vec::is_empty")]
    pub emails: Vec<Text<254>>,
    /// Company, department and title, as far as they are there.
    #[serde(rename = "o", skip_serializing_if = "Option::is_none")]
    pub work: Option<Text<256>>,
    /// The postal addresses, each in one line.
    #[serde(rename = "a", skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<Text<512>>,
    /// The web addresses.
    #[serde(rename = "u", skip_serializing_if = "Vec::is_empty")]
    pub urls: Vec<Text<512>>,
    /// The birthday, as written.
    #[serde(rename = "b", skip_serializing_if = "Option::is_none")]
    pub birthday: Option<Text<32>>,
}

/// A card as it may lie in the table: earlier releases kept the name alone.
#[derive(Deserialize)]
#[serde(untagged)]
enum CardWire {
    Name(Text<128>),
    Card {
        #[serde(rename = "n", default)]
        name: Option<Text<128>>,
        #[serde(rename = "p", default)]
        phones: Vec<CardPhone>,
        #[serde(rename = "e", default)]
        emails: Vec<Text<254>>,
        #[serde(rename = "o", default)]
        work: Option<Text<256>>,
        #[serde(rename = "a", default)]
        addresses: Vec<Text<512>>,
        #[serde(rename = "u", default)]
        urls: Vec<Text<512>>,
        #[serde(rename = "b", default)]
        birthday: Option<Text<32>>,
    },
}

impl From<CardWire> for Card {
    fn from(wire: CardWire) -> Self {
        match wire {
            CardWire::Name(name) => Self { name: Some(name), ..Self::default() },
            CardWire::Card { name, phones, emails, work, addresses, urls, birthday } => {
                Self { name, phones, emails, work, addresses, urls, birthday }
            }
        }
    }
}

/// A phone on a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardPhone {
    /// As written.
    #[serde(rename = "p")]
    pub phone: Text<40>,
    /// `CELL`, `WORK`, or what Meta adds.
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Text<16>>,
    /// Under which number it is on WhatsApp, when it is.
    #[serde(rename = "w", default, skip_serializing_if = "Option::is_none")]
    pub whatsapp: Option<Phone>,
}

/// What a person filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// Which kind of form.
    #[serde(rename = "k")]
    pub kind: FormKind,
    /// What WhatsApp shows of the answer.
    #[serde(rename = "b", default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Text<1024>>,
    /// What we gave the form to be known by.
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub token: Option<Text<512>>,
    /// The answers.
    #[serde(rename = "a")]
    pub answers: Answers,
}

/// The kinds of forms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FormKind {
    /// A Flow.
    #[serde(rename = "f")]
    Flow,
    /// A postal address (India).
    #[serde(rename = "a")]
    Address,
    /// What Meta adds, by its name.
    #[serde(rename = "o")]
    Other(Text<64>),
}

/// The answers of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answers {
    /// Field by field, by their names.
    #[serde(rename = "f")]
    Fields(Vec<Answer>),
    /// They do not read: as they came.
    #[serde(rename = "r")]
    AsWritten(Text<4096>),
}

/// One answer of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The field, with its parents before it: `values.city`.
    #[serde(rename = "n")]
    pub field: Text<128>,
    /// What was filled in; absent when nothing was.
    #[serde(rename = "v", default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Text<1024>>,
}

/// Whether we may call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallPermission {
    /// Whether the person agreed.
    #[serde(rename = "a")]
    pub accepted: bool,
    /// Whether for good.
    #[serde(rename = "p", default)]
    pub permanent: bool,
    /// Until when, if not for good.
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// Whether WhatsApp gave it by itself, because the person called.
    #[serde(rename = "m", default)]
    pub automatic: bool,
}

/// A notice of WhatsApp's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct System {
    /// Meta's wording.
    #[serde(rename = "b", default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Text<1024>>,
    /// What changed; absent in rows of earlier releases.
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub change: Option<SystemChange>,
}

/// What changed about a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SystemChange {
    /// The number. The sender of the notice is the old one.
    #[serde(rename = "n")]
    Number {
        /// The new one.
        #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
        phone: Option<Phone>,
        /// The business-scoped id that goes with it.
        #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
        user_id: Option<BusinessScopedId>,
    },
    /// The business-scoped id. The sender of the notice is the old one.
    #[serde(rename = "u")]
    UserId {
        /// The new one.
        #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
        user_id: Option<BusinessScopedId>,
        /// The number that goes with it.
        #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
        phone: Option<Phone>,
    },
    /// The keys of the person's phone: somebody else may be writing.
    #[serde(rename = "i")]
    Identity {
        /// The hash of the new keys.
        #[serde(rename = "h", default, skip_serializing_if = "Option::is_none")]
        hash: Option<Text<128>>,
        /// Whether we have acknowledged them.
        #[serde(rename = "a", default)]
        acknowledged: bool,
        /// When they were made.
        #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
        at: Option<Timestamp>,
    },
    /// What Meta adds, by its name.
    #[serde(rename = "o")]
    Other(Text<64>),
}
