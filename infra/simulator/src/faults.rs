//! What goes wrong on purpose: rules set by `POST /faults`, each used up by the requests or webhooks it applies to.

use std::collections::HashMap;
use std::sync::Mutex;

use serde::{Deserialize, Serialize};

use crate::scenario::Chance;
use crate::sync::lock;

const MAX_RULES: usize = 100;
const MAX_DELAY_MS: u64 = 120_000;
const MAX_TIMES: u32 = 50;
const MAX_ASKED: usize = 100_000;

/// One rule, as it is posted and listed.
#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rule {
    /// What goes wrong.
    #[serde(default)]
    pub(crate) fault: Fault,
    /// How many requests (or webhooks, or groups of webhooks) it still applies to.
    #[serde(default = "once")]
    pub(crate) count: u32,
    /// Meta's error code, for `error` and `failed`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) code: Option<u32>,
    /// Meta's error codes, one after the other, instead of one `code`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) codes: Vec<u32>,
    /// The HTTP status of an `error` or a `gateway`, where it is not the usual one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) http: Option<u16>,
    /// `Retry-After` of an `error` or a `gateway`, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) retry_after_s: Option<u32>,
    /// Of a hundred requests it could apply to, how many it does apply to; which, the seed says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) percent: Option<u32>,
    /// Only messages of this type, such as `template`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) kind: Option<String>,
    /// How late a `slow` answer is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) delay_ms: Option<u64>,
    /// How often a duplicated webhook arrives in all, or how many webhooks are reordered or batched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) times: Option<u32>,
    /// How a response is lost: the connection closes, or a 500 without a body that says anything.
    #[serde(default)]
    pub(crate) how: Loss,
    /// Which requests an `error`, a loss or slowness applies to.
    #[serde(default)]
    pub(crate) on: Target,
    /// Only messages to this recipient, in digits or as a user id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) to: Option<String>,
    /// Only webhooks that carry these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) only: Option<Cargo>,
}

/// The things that can go wrong.
#[derive(Clone, Copy, Default, Deserialize, Serialize, PartialEq, Eq, Debug)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Fault {
    /// The request is refused with `code`.
    #[default]
    Error,
    /// The message is accepted and fails later with `code`.
    Failed,
    /// The message is accepted and delivered, statuses come, the answer does not.
    LostResponse,
    /// As `lost_response`, and no status ever comes.
    LostResponseNoStatus,
    /// The answer comes late.
    Slow,
    /// The message is not taken, and a gateway answers in Meta's place with 502 (or `http`).
    Gateway,
    /// A webhook arrives `times` times.
    WebhookDuplicate,
    /// The next `times` webhooks arrive in reverse order.
    WebhookReorder,
    /// The next `times` webhooks arrive as one.
    WebhookBatch,
}

/// How a response is lost.
#[derive(Clone, Copy, Default, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Loss {
    /// The connection closes without an answer.
    #[default]
    Close,
    /// A gateway answers 500 in Meta's place.
    #[serde(rename = "500")]
    InternalError,
}

/// Which of the platform's requests a rule applies to.
#[derive(Clone, Copy, Default, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Target {
    /// Sending a message.
    #[default]
    Send,
    /// Marking a message read, with or without typing.
    Read,
    /// Uploading, looking up, downloading or deleting media.
    Media,
    /// Listing, creating, changing or deleting templates.
    Templates,
}

/// What a webhook carries.
#[derive(Clone, Copy, Deserialize, Serialize, PartialEq, Eq, Debug)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Cargo {
    /// Messages of users.
    Messages,
    /// Statuses of our messages.
    Statuses,
    /// Anything else.
    Other,
}

/// The rules in force, oldest first.
#[derive(Default)]
pub(crate) struct Faults {
    rules: Mutex<Vec<Rule>>,
    dice: Mutex<Dice>,
}

/// What decides about rules that apply to some requests only.
struct Dice {
    chance: Chance,
    /// How often each message was asked for: every attempt has a chance of its own.
    asked: HashMap<String, u32>,
}

impl Default for Dice {
    fn default() -> Self {
        Self { chance: Chance::seeded(0), asked: HashMap::new() }
    }
}

/// A message the platform asks to send, as far as rules look at it.
pub(crate) struct Asked<'a> {
    /// For whom.
    pub(crate) to: Option<&'a str>,
    /// Its type.
    pub(crate) kind: &'a str,
    /// What tells it from others, the same in every play of a seed.
    pub(crate) name: &'a str,
}

impl Faults {
    /// Adds rules after checking all of them.
    pub(crate) fn add(&self, added: Vec<Rule>) -> Result<(), String> {
        for (index, rule) in added.iter().enumerate() {
            rule.check().map_err(|problem| format!("rule {index}: {problem}"))?;
        }
        let mut rules = lock(&self.rules);
        if rules.len() + added.len() > MAX_RULES {
            return Err(format!("more than {MAX_RULES} rules; DELETE /faults first"));
        }
        rules.extend(added);
        Ok(())
    }

    /// The rules with what is left of their counts.
    pub(crate) fn list(&self) -> Vec<Rule> {
        lock(&self.rules).clone()
    }

    /// Removes all rules.
    pub(crate) fn clear(&self) {
        lock(&self.rules).clear();
    }

    /// Begins the chances of a seed.
    pub(crate) fn seed(&self, seed: u64) {
        *lock(&self.dice) = Dice { chance: Chance::seeded(seed), ..Dice::default() };
    }

    /// Takes one use of the first rule for a request of the platform that sends nothing.
    pub(crate) fn take_for_request(&self, target: Target, to: Option<&str>) -> Option<Rule> {
        self.take_for(target, &Asked { to, kind: "", name: to.unwrap_or_default() })
    }

    /// Takes one use of the first rule for a message.
    pub(crate) fn take_for_message(&self, asked: &Asked<'_>) -> Option<Rule> {
        self.take_for(Target::Send, asked)
    }

    fn take_for(&self, target: Target, asked: &Asked<'_>) -> Option<Rule> {
        let (chance, label) = {
            let mut dice = lock(&self.dice);
            if dice.asked.len() >= MAX_ASKED {
                dice.asked.clear();
            }
            let times = dice.asked.entry(asked.name.to_owned()).or_default();
            *times += 1;
            let label = format!("{} {times}", asked.name);
            (dice.chance, label)
        };
        let mut place = 0;
        self.take(|rule| {
            place += 1;
            let matches_recipient = rule.to.is_none() || rule.to.as_deref() == asked.to;
            let matches_kind = rule.kind.as_deref().is_none_or(|kind| kind == asked.kind);
            let happens = rule.percent.is_none_or(|percent| chance.percent(&format!("rule {place} {label}"), percent));
            !rule.fault.is_about_webhooks() && rule.on == target && matches_recipient && matches_kind && happens
        })
    }

    /// Takes one use of the first rule for a webhook.
    pub(crate) fn take_for_webhook(&self, cargo: Cargo) -> Option<Rule> {
        self.take(|rule| rule.fault.is_about_webhooks() && rule.only.is_none_or(|only| only == cargo))
    }

    fn take(&self, applies: impl FnMut(&Rule) -> bool) -> Option<Rule> {
        let mut rules = lock(&self.rules);
        let index = rules.iter().position(applies)?;
        let mut rule = rules[index].clone();
        if !rules[index].codes.is_empty() {
            rule.code = Some(rules[index].codes.remove(0));
        }
        if rules[index].count <= 1 {
            rules.remove(index);
        } else {
            rules[index].count -= 1;
        }
        Some(rule)
    }
}

impl Rule {
    /// How late the answer is.
    pub(crate) fn delay_ms(&self) -> u64 {
        self.delay_ms.unwrap_or(0)
    }

    /// How many webhooks a duplicate, reorder or batch is about.
    pub(crate) fn times(&self) -> usize {
        self.times.unwrap_or(2) as usize
    }

    pub(crate) fn check(&self) -> Result<(), String> {
        if self.count == 0 {
            return Err("count is 0: give how often the rule applies".to_owned());
        }
        let needs_code = matches!(self.fault, Fault::Error | Fault::Failed);
        let enough = u32::try_from(self.codes.len()).is_ok_and(|codes| codes >= self.count);
        if !self.codes.is_empty() && !enough {
            return Err("codes are fewer than count: each use takes one".to_owned());
        }
        if self.percent.is_some_and(|percent| percent > 100) {
            return Err("percent must be 0 to 100".to_owned());
        }
        if self.http.is_some_and(|status| !(400..=599).contains(&status)) {
            return Err("http must be 400 to 599".to_owned());
        }
        if needs_code && self.code.is_none() && self.codes.is_empty() {
            return Err("code is missing: give one of Meta's error codes, e.g. 130429".to_owned());
        }
        if self.fault == Fault::Slow && self.delay_ms.is_none() {
            return Err("delay_ms is missing: give how late the answer is".to_owned());
        }
        if self.delay_ms() > MAX_DELAY_MS {
            return Err(format!("delay_ms is over {MAX_DELAY_MS}"));
        }
        if self.times.is_some_and(|times| !(2..=MAX_TIMES).contains(&times)) {
            return Err(format!("times must be 2 to {MAX_TIMES}"));
        }
        Ok(())
    }
}

impl Fault {
    fn is_about_webhooks(self) -> bool {
        matches!(self, Self::WebhookDuplicate | Self::WebhookReorder | Self::WebhookBatch)
    }
}

fn once() -> u32 {
    1
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn rule(value: serde_json::Value) -> Rule {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn a_rule_is_used_up_by_what_it_applies_to() {
        let faults = Faults::default();
        faults.add(vec![rule(json!({ "code": 130_429, "count": 2, "to": "919876500001" }))]).unwrap();
        assert!(faults.take_for_request(Target::Send, Some("919876500002")).is_none());
        assert!(faults.take_for_request(Target::Read, Some("919876500001")).is_none());
        assert!(faults.take_for_webhook(Cargo::Statuses).is_none());
        assert!(faults.take_for_request(Target::Send, Some("919876500001")).is_some());
        assert_eq!(faults.list()[0].count, 1);
        assert!(faults.take_for_request(Target::Send, Some("919876500001")).is_some());
        assert!(faults.list().is_empty());
    }

    #[test]
    fn incomplete_rules_say_what_is_missing() {
        let faults = Faults::default();
        let problem = faults.add(vec![rule(json!({ "fault": "error" }))]).unwrap_err();
        assert!(problem.contains("rule 0: code is missing"), "{problem}");
        let problem = faults.add(vec![rule(json!({ "fault": "slow" }))]).unwrap_err();
        assert!(problem.contains("delay_ms"), "{problem}");
        assert!(serde_json::from_value::<Rule>(json!({ "fault": "explode" })).is_err());
    }
}
