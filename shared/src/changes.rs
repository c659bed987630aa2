//! Records of the table's stream, as far as anybody needs them.

use std::borrow::Cow;

use domain::time::Timestamp;
use serde::Deserialize;
use store::Changed;
use usecases::push_changes::{Change, What};

/// A batch of the stream.
#[derive(Debug, Deserialize)]
pub struct Batch {
    #[serde(rename = "Records", default)]
    records: Vec<Record>,
}

#[derive(Debug, Deserialize)]
struct Record {
    dynamodb: Image,
}

#[derive(Debug, Deserialize)]
struct Image {
    #[serde(rename = "ApproximateCreationDateTime", default)]
    created_at: Option<serde_json::Number>,
    #[serde(rename = "Keys")]
    keys: Keys,
    #[serde(rename = "NewImage", default)]
    new: Option<New>,
}

#[derive(Debug, Deserialize)]
struct Keys {
    #[serde(rename = "PK")]
    partition: Text,
    #[serde(rename = "SK")]
    sort: Text,
}

#[derive(Debug, Deserialize)]
struct Text {
    #[serde(rename = "S")]
    value: Cow<'static, str>,
}

#[derive(Debug, Deserialize)]
struct New {
    #[serde(rename = "ln", default)]
    lane: Option<Number>,
}

#[derive(Debug, Deserialize)]
struct Number {
    #[serde(rename = "N")]
    value: String,
}

impl Batch {
    /// What changed in conversations; rows of other kinds, and rows that were removed, are left out.
    #[must_use]
    pub fn changes(&self, now: Timestamp) -> Vec<Change> {
        self.records.iter().filter_map(|record| record.dynamodb.change(now)).collect()
    }
}

impl Image {
    fn change(&self, now: Timestamp) -> Option<Change> {
        let new = self.new.as_ref()?;
        let Changed { tenant, conversation, message } = store::changed(&self.keys.partition.value, &self.keys.sort.value)?;
        let at = self.created_at.as_ref().and_then(seconds).unwrap_or(now);
        let lane = new.lane.as_ref().and_then(|lane| lane.value.parse().ok()).unwrap_or(0);
        let what = message.map_or(What::Conversation { lane, at }, What::Message);
        Some(Change { tenant, conversation, what })
    }
}

/// Seconds since 1970, whole or with a fraction that is dropped.
fn seconds(number: &serde_json::Number) -> Option<Timestamp> {
    let whole = number.to_string();
    let whole = whole.split('.').next()?;
    Timestamp::from_second(whole.parse().ok()?).ok()
}
