//! What is known of a message beside what it says.

use serde::{Deserialize, Serialize};

use crate::{messaging::status::Failure, text::Text};

/// Where a message came from and what Meta remarked on it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Circumstances {
    /// Whether it was forwarded.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub forwarded: Option<Forwarded>,
    /// The product of the catalogue it asks about.
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pub product: Option<ReferredProduct>,
    /// The advertisement or post that brought the person here.
    #[serde(rename = "r", default, skip_serializing_if = "Option::is_none")]
    pub referral: Option<Box<Referral>>,
    /// The group it was written in.
    #[serde(rename = "g", default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Text<256>>,
    /// What Meta says went wrong with it.
    #[serde(rename = "e", default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Failure>,
}

/// How far a message has travelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Forwarded {
    /// Forwarded.
    #[serde(rename = "o")]
    Once,
    /// Forwarded more than five times.
    #[serde(rename = "m")]
    Often,
}

/// A product of a catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReferredProduct {
    /// The catalogue.
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub catalog: Option<Text<64>>,
    /// The product's own id there.
    #[serde(rename = "s")]
    pub sku: Text<128>,
}

/// What a person clicked before writing for the first time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Referral {
    /// `ad`, `post`, or what Meta adds.
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Text<32>>,
    /// Meta's id of it.
    #[serde(rename = "i", default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Text<128>>,
    /// Its address.
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Text<2048>>,
    /// Its headline.
    #[serde(rename = "h", default, skip_serializing_if = "Option::is_none")]
    pub headline: Option<Text<512>>,
    /// Its text.
    #[serde(rename = "b", default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Text<1024>>,
    /// Its picture or film.
    #[serde(rename = "m", default, skip_serializing_if = "Option::is_none")]
    pub media: Option<ReferralMedia>,
    /// Meta's id of the click, which its conversions are reported under.
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub click: Option<Text<512>>,
    /// What the advertisement said the business says first.
    #[serde(rename = "w", default, skip_serializing_if = "Option::is_none")]
    pub welcome: Option<Text<1024>>,
}

/// The picture or film of an advertisement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReferralMedia {
    /// `image`, `video`, or what Meta adds.
    #[serde(rename = "k")]
    pub kind: Text<16>,
    /// Where it lies.
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Text<2048>>,
    /// A small picture of a film.
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub thumbnail: Option<Text<2048>>,
}

impl Circumstances {
    /// Itself, unless there is nothing in it.
    #[must_use]
    pub fn some(self) -> Option<Box<Self>> {
        (self != Self::default()).then(|| Box::new(self))
    }
}
