//! Scenarios: what people write and what goes wrong meanwhile, as data, played from a seed. The same scenario, seed and lines are the same
//! play, each time and everywhere.
//!
//! A play needs somebody to play it: a test that steps through it and moves the clock ([`crate::Running::perform`]), or this simulator
//! itself against the address of its webhook (`POST /scenarios`).

mod chance;
mod data;
mod fate;
pub(crate) mod live;
mod play;
mod script;
mod stage;

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::Value;

pub use chance::Chance;
pub use data::{End, Killed, Line, Names, Outage, Platform, Scenario, Script, Somebody, Under};
pub(crate) use stage::Stage;

/// What a play is played with.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The seed.
    pub seed: u64,
    /// When it begins.
    pub start: Timestamp,
    /// Only these lines of the script; all when `None`.
    pub kept: Option<BTreeSet<usize>>,
    /// By what every time in it is divided; 1 where a week may take a week.
    pub pace: u64,
}

/// A webhook to be delivered.
#[derive(Clone, Debug)]
pub struct Letter {
    /// What `answered` wants to know it by.
    pub id: u64,
    /// The bytes.
    pub body: Vec<u8>,
    /// `X-Hub-Signature-256` for them.
    pub signature: String,
    /// What it is: the same in every play of this seed.
    pub label: String,
    /// Ids of the users' messages in it.
    pub messages: Vec<String>,
}

/// Something that somebody outside Meta has to do.
#[derive(Clone, Debug)]
pub enum Step {
    /// Bring a webhook to the platform, and say how it answered.
    Webhook(Letter),
    /// A colleague answers somebody.
    Colleague {
        /// Whom, by phone number.
        phone: String,
        /// From which number.
        number: String,
        /// What.
        said: Spoken,
        /// The line of the script.
        place: usize,
    },
    /// Meta no longer takes the token.
    TokenRevoked,
    /// The owner connects the number again, with this token.
    TokenRotated {
        /// The new one.
        token: String,
    },
    /// Somebody cannot reach the platform's own store and queues, or everybody can again.
    Outage(Outage),
    /// Something happened that the platform hears nothing of yet.
    Unheard,
}

/// What a colleague says.
#[derive(Clone, Debug)]
pub enum Spoken {
    /// This.
    Text(String),
    /// The template of this name, in English and without anything to fill.
    Template(String),
}

/// A message of the platform that Meta took.
#[derive(Clone, Debug)]
pub struct Taken {
    /// When.
    pub at: Timestamp,
    /// For whom.
    pub to: String,
    /// What the platform knows it by.
    pub callback_data: String,
    /// What it says: `{type, …}`.
    pub content: Value,
    /// Meta's id of it.
    pub wamid: String,
}
