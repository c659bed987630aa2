//! A template and where it stands at Meta: what it says, its status, category and quality, and how it came to them.
//!
//! Webhooks may come twice, late and in any order, and a list may be read meanwhile; so every fact keeps the time for which it was
//! told, and the later telling wins. The same set of tellings always ends in the same standing.

use serde::{Deserialize, Serialize};

use super::{
    category::{Category, Quality, Status},
    definition::TemplateDefinition,
    event::{HistoryEntry, TemplateChange, TemplateEvent},
    naming::{ProviderTemplateId, TemplateKey},
};
use crate::{
    id::UserId,
    messaging::failure::Failure,
    tenant::NumberId,
    text::Text,
    time::{SignedDuration, Timestamp},
};

/// How far back an answer of Meta is dated: a webhook of the last minute knows better, for it may have overtaken the answer, and the
/// two clocks may differ.
const ANSWER_AGE: SignedDuration = SignedDuration::from_mins(1);
/// How many entries of the past are kept.
const HISTORY_MAX: usize = 40;
/// How often an approved template may be changed within which time (Meta).
const EDITS_MAX: usize = 10;
const EDITS_WITHIN: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How long after a change of an approved template the next may come (Meta).
const EDIT_PAUSE: SignedDuration = SignedDuration::from_hours(24);

/// How old a list may be before its use has it read again.
const SYNC_AGE: SignedDuration = SignedDuration::from_hours(24);
/// How long after an attempt the next is made by use alone.
const SYNC_PAUSE: SignedDuration = SignedDuration::from_mins(10);

/// Something that was told, and the time for which it was told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told<T> {
    /// What.
    #[serde(rename = "v")]
    pub value: T,
    /// When it was so.
    #[serde(rename = "a")]
    pub at: Timestamp,
}

/// A change of category that Meta has announced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Impending {
    /// The category to come.
    #[serde(rename = "c")]
    pub category: Category,
    /// When it comes.
    #[serde(rename = "e", default, skip_serializing_if = "Option::is_none")]
    pub effective_at: Option<Timestamp>,
}

/// A template of a business.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// What names it.
    #[serde(rename = "k")]
    pub key: TemplateKey,
    /// Meta's id, once Meta has it.
    #[serde(rename = "i", default, skip_serializing_if = "Option::is_none")]
    pub provider_id: Option<ProviderTemplateId>,
    /// What it says; unknown while only events have told of it.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub definition: Option<TemplateDefinition>,
    /// What Meta lets be done with it.
    #[serde(rename = "s")]
    pub status: Told<Status>,
    /// What Meta sorts it under: the authority on what it costs and whom it may reach.
    #[serde(rename = "c")]
    pub category: Told<Category>,
    /// What the business made it for: the category it was first known under, or was acknowledged under since.
    #[serde(rename = "n")]
    pub intended: Told<Category>,
    /// What people make of it.
    #[serde(rename = "q", default, skip_serializing_if = "Option::is_none")]
    pub quality: Option<Told<Quality>>,
    /// The last change of category that was announced.
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pub impending: Option<Told<Impending>>,
    /// Its past, the latest first.
    #[serde(rename = "h", default)]
    pub history: Vec<HistoryEntry>,
    /// When it was changed while approved, the latest last.
    #[serde(rename = "e", default, skip_serializing_if = "Vec::is_empty")]
    pub edits: Vec<Timestamp>,
    /// When all of it was last read from Meta.
    #[serde(rename = "r", default, skip_serializing_if = "Option::is_none")]
    pub synced_at: Option<Timestamp>,
}

/// A template as Meta lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// What names it.
    pub key: TemplateKey,
    /// Meta's id.
    pub provider_id: ProviderTemplateId,
    /// What it says.
    pub definition: TemplateDefinition,
    /// What may be done with it.
    pub status: Status,
    /// What it is sorted under.
    pub category: Category,
    /// What people make of it.
    pub quality: Quality,
    /// Why it was refused, in Meta's word.
    pub reason: Option<Text<64>>,
}

/// How the templates of an account were last read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateAccount {
    /// The account.
    #[serde(rename = "a")]
    pub account: NumberId,
    /// A number of it, whose token is used.
    #[serde(rename = "n")]
    pub number: NumberId,
    /// When the last reading of all of them began.
    #[serde(rename = "r", default, skip_serializing_if = "Option::is_none")]
    pub synced_at: Option<Timestamp>,
    /// When the last attempt was made.
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub tried_at: Option<Timestamp>,
    /// How many there were.
    #[serde(rename = "c", default)]
    pub count: u32,
    /// Why the last attempt failed.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
}

impl TemplateAccount {
    /// Whether the list is to be read again: it never was, or not for a day; and not while somebody is at it.
    #[must_use]
    pub fn is_stale(&self, now: Timestamp) -> bool {
        let older = |at: Option<Timestamp>, age: SignedDuration| at.is_none_or(|at| now.duration_since(at) >= age);
        older(self.synced_at, SYNC_AGE) && older(self.tried_at, SYNC_PAUSE)
    }
}

/// Why a template may not be changed now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditRefusal {
    /// Its status does not allow it.
    #[error("a template can be changed only while it is a draft, approved, rejected or paused: wait until Meta has looked at it")]
    Status,
    /// It was changed within the last day.
    #[error("an approved template can be changed once in 24 hours: wait until {0}, or make a new template")]
    TooSoon(Timestamp),
    /// It was changed ten times within thirty days.
    #[error("an approved template can be changed ten times in 30 days: wait until {0}, or make a new template")]
    TooOften(Timestamp),
}

impl<T> Told<T> {
    /// Takes what was told for `at`, unless something later is known. Of two tellings for the same time the weightier wins.
    fn learn(&mut self, value: T, at: Timestamp, weight: impl Fn(&T) -> u8) {
        if (at, weight(&value)) > (self.at, weight(&self.value)) {
            *self = Self { value, at };
        }
    }

    /// Takes what we have just brought about, whatever was known before.
    fn bring_about(&mut self, value: T, at: Timestamp) {
        let after = self.at.checked_add(SignedDuration::from_secs(1)).unwrap_or(at);
        *self = Self { value, at: at.max(after) };
    }
}

/// The time for which Meta's answer to a request made at `at` is good.
fn answered(at: Timestamp) -> Timestamp {
    at.checked_sub(ANSWER_AGE).unwrap_or(at)
}

/// Of two categories told for the same time the one that promotes weighs more, for it allows less.
fn weight(category: &Category) -> u8 {
    u8::from(category.promotes())
}

impl Template {
    /// A draft of ours.
    #[must_use]
    pub fn draft(key: TemplateKey, definition: TemplateDefinition, now: Timestamp) -> Self {
        let category = Told { value: definition.parts().category.clone(), at: answered(now) };
        Self {
            key,
            provider_id: None,
            definition: Some(definition),
            status: Told { value: Status::Draft, at: answered(now) },
            intended: category.clone(),
            category,
            quality: None,
            impending: None,
            history: Vec::new(),
            edits: Vec::new(),
            synced_at: None,
        }
    }

    /// A template of which a list read at `now` told first.
    #[must_use]
    pub fn listed(listed: &Listed, now: Timestamp) -> Self {
        let at = answered(now);
        let category = Told { value: listed.category.clone(), at };
        let mut template = Self {
            provider_id: Some(listed.provider_id),
            status: Told { value: listed.status.clone(), at },
            intended: category.clone(),
            category,
            ..Self::draft(listed.key.clone(), listed.definition.clone(), now)
        };
        template.sync(listed, now);
        template
    }

    /// A template of which an event told first.
    #[must_use]
    pub fn announced(event: &TemplateEvent) -> Self {
        let unknown = || Category::of_provider("UNKNOWN");
        let mut template = Self {
            key: event.key.clone(),
            provider_id: event.provider_id,
            definition: None,
            status: Told { value: Status::of_provider("UNKNOWN"), at: Timestamp::MIN },
            category: Told { value: unknown(), at: Timestamp::MIN },
            intended: Told { value: unknown(), at: Timestamp::MAX },
            quality: None,
            impending: None,
            history: Vec::new(),
            edits: Vec::new(),
            synced_at: None,
        };
        template.apply(event);
        template
    }

    /// Takes what an event tells. Any number of times, in any order.
    pub fn apply(&mut self, event: &TemplateEvent) {
        self.provider_id = self.provider_id.max(event.provider_id);
        let at = event.at;
        match &event.told {
            TemplateChange::Status { status, category, .. } => {
                self.status.learn(status.clone(), at, Status::weight);
                if let Some(category) = category {
                    self.sorted(category, None, at);
                }
            }
            TemplateChange::Quality { now, .. } => self.thought(now.clone(), at),
            TemplateChange::Category { before, now } => self.sorted(now, before.as_ref(), at),
            TemplateChange::CategoryImpending { now, then, effective_at } => {
                self.sorted(now, None, at);
                let impending = Impending { category: then.clone(), effective_at: *effective_at };
                let known = self.impending.get_or_insert_with(|| Told { value: impending.clone(), at });
                known.learn(impending, at, |impending| weight(&impending.category));
            }
            TemplateChange::Components | TemplateChange::Acknowledged { .. } | TemplateChange::Submitted { .. } => {}
        }
        self.remember(HistoryEntry { at, told: event.told.clone() });
    }

    /// Takes what a list read at `now` says of it.
    pub fn sync(&mut self, listed: &Listed, now: Timestamp) {
        let at = answered(now);
        let before = (self.status.value.clone(), self.category.value.clone());
        self.provider_id = Some(listed.provider_id);
        self.status.learn(listed.status.clone(), at, Status::weight);
        self.sorted(&listed.category, None, at);
        self.thought(listed.quality.clone(), at);
        self.definition = Some(listed.definition.clone());
        self.synced_at = self.synced_at.max(Some(now));
        if before != (self.status.value.clone(), self.category.value.clone()) {
            let (status, category) = (self.status.value.clone(), Some(self.category.value.clone()));
            let told = TemplateChange::Status { status, category, reason: listed.reason.clone(), explanation: None, advice: None };
            self.remember(HistoryEntry { at: now, told });
        }
    }

    /// Takes that a whole list read at `now` does not have it any more.
    pub fn vanish(&mut self, now: Timestamp) {
        if self.provider_id.is_some() && self.status.value != Status::Deleted {
            self.status.learn(Status::Deleted, answered(now), Status::weight);
        }
    }

    /// Takes that we have submitted it, new or changed, at `now`.
    pub fn submitted(&mut self, id: Option<ProviderTemplateId>, status: Status, category: Option<Category>, by: UserId, now: Timestamp) {
        if matches!(self.status.value, Status::Approved | Status::Flagged) {
            self.edits.retain(|edit| now.duration_since(*edit) < EDITS_WITHIN);
            self.edits.push(now);
        }
        self.provider_id = id.or(self.provider_id);
        self.status.bring_about(status, answered(now));
        if let Some(category) = category {
            self.category.bring_about(category, answered(now));
        }
        self.remember(HistoryEntry { at: now, told: TemplateChange::Submitted { by } });
    }

    /// Takes that we have deleted it at Meta.
    pub fn deleted(&mut self, now: Timestamp) {
        self.status.bring_about(Status::Deleted, answered(now));
    }

    /// Takes that a colleague has taken note of the category it has now: from here on the business means it so.
    pub fn acknowledge(&mut self, by: UserId, now: Timestamp) {
        self.intended = Told { value: self.category.value.clone(), at: Timestamp::MIN };
        self.remember(HistoryEntry { at: now, told: TemplateChange::Acknowledged { by } });
    }

    /// Changes what it says, as its author wants it.
    pub fn rewrite(&mut self, definition: TemplateDefinition) {
        self.intended.value = definition.parts().category.clone();
        if self.provider_id.is_none() {
            self.category.value = definition.parts().category.clone();
        }
        self.definition = Some(definition);
    }

    /// Whether Meta takes messages made from it and we know how to make them.
    #[must_use]
    pub fn usable(&self) -> bool {
        self.status.value.sendable() && self.definition.as_ref().is_some_and(|definition| definition.parts().unknown.is_empty())
    }

    /// Whether Meta has made marketing of what the business meant to be something else, and nobody has taken note yet.
    #[must_use]
    pub fn recategorised(&self) -> bool {
        self.category.value.promotes() && !self.intended.value.promotes()
    }

    /// The category that is announced and has not come yet.
    #[must_use]
    pub fn impending(&self) -> Option<&Impending> {
        self.impending.as_ref().map(|told| &told.value).filter(|impending| impending.category != self.category.value)
    }

    /// Whether it may be changed at `now`.
    ///
    /// # Errors
    /// Why not, and until when.
    pub fn may_edit(&self, now: Timestamp) -> Result<(), EditRefusal> {
        if !self.status.value.editable() {
            return Err(EditRefusal::Status);
        }
        if !matches!(self.status.value, Status::Approved | Status::Flagged) {
            return Ok(());
        }
        let until = |edit: &Timestamp, pause: SignedDuration| edit.checked_add(pause).unwrap_or(*edit);
        if let Some(last) = self.edits.last().filter(|edit| now < until(edit, EDIT_PAUSE)) {
            return Err(EditRefusal::TooSoon(until(last, EDIT_PAUSE)));
        }
        let recent: Vec<&Timestamp> = self.edits.iter().filter(|edit| now < until(edit, EDITS_WITHIN)).collect();
        let first = recent.first().filter(|_| recent.len() >= EDITS_MAX);
        first.map_or(Ok(()), |first| Err(EditRefusal::TooOften(until(first, EDITS_WITHIN))))
    }

    /// The last reason Meta gave for its status.
    #[must_use]
    pub fn last_reason(&self) -> Option<&TemplateChange> {
        let of_status = |told: &TemplateChange| matches!(told, TemplateChange::Status { status, .. } if *status == self.status.value);
        self.history.iter().map(|entry| &entry.told).find(|told| of_status(told))
    }

    fn sorted(&mut self, now: &Category, before: Option<&Category>, at: Timestamp) {
        self.category.learn(now.clone(), at, weight);
        // The first category it was known under is what it was made for; what it had before a change is older than the change.
        let first = before.map_or((now, at), |before| (before, at.checked_sub(SignedDuration::from_secs(1)).unwrap_or(at)));
        if (first.1, weight(first.0)) < (self.intended.at, weight(&self.intended.value)) {
            self.intended = Told { value: first.0.clone(), at: first.1 };
        }
    }

    fn thought(&mut self, quality: Quality, at: Timestamp) {
        let known = self.quality.get_or_insert_with(|| Told { value: quality.clone(), at });
        known.learn(quality, at, Quality::weight);
    }

    /// Keeps an entry of the past, in order, each once, as many as there is room for.
    fn remember(&mut self, entry: HistoryEntry) {
        if self.history.contains(&entry) {
            return;
        }
        self.history.push(entry);
        let words = |entry: &HistoryEntry| serde_json::to_string(&entry.told).unwrap_or_default();
        self.history.sort_by(|one, other| other.at.cmp(&one.at).then_with(|| words(one).cmp(&words(other))));
        self.history.truncate(HISTORY_MAX);
    }
}

#[cfg(test)]
mod tests;
