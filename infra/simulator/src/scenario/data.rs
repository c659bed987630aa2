//! Scenarios as data: what people write, and what goes wrong while they do. `scenarios/*.json` holds them.

use serde::Deserialize;
use serde_json::Value;

use crate::faults::{Cargo, Rule};

const SCENARIOS: &str = include_str!("../../scenarios/scenarios.json");
const SCRIPTS: &str = include_str!("../../scenarios/scripts.json");

/// A named mix of faults and the script it is played with.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Its name.
    pub name: String,
    /// What goes wrong, in a sentence.
    pub about: String,
    /// Which rule of the platform answers it, in a sentence.
    pub answer: String,
    /// The script.
    pub script: String,
    /// What happens to webhooks.
    #[serde(default)]
    pub(crate) webhooks: Vec<Mix>,
    /// What happens to the platform's requests from the start.
    #[serde(default)]
    pub(crate) requests: Vec<Rule>,
    /// What happens at some time.
    #[serde(default)]
    pub(crate) events: Vec<Event>,
    /// Templates that are approved at Meta from the start, as `POST /templates` takes them.
    #[serde(default)]
    pub templates: Vec<Value>,
    /// How far Meta's clock is ahead of the platform's, in seconds: from, to.
    #[serde(default)]
    pub skew_s: [i64; 2],
    /// What happens to the platform itself.
    #[serde(default)]
    pub platform: Platform,
    /// What the end must have in common with the same script played without faults.
    #[serde(default)]
    pub end: End,
    /// Whether it is also played against a deployed stack, whose clock cannot be moved.
    #[serde(default)]
    pub live: bool,
}

/// What happens to the platform's own functions and queues: whoever plays the scenario does it, for the simulator cannot.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Platform {
    /// Of a hundred invocations, how many are killed at one of their calls.
    pub kill_percent: u32,
    /// Of a hundred batches that were handled, how many come again because the queue never heard of it.
    pub redeliver_percent: u32,
    /// Whether the owner puts a number that has stopped in use again.
    pub restart: bool,
    /// Only this function is killed.
    pub kill_only: Option<Killed>,
}

/// A function of the message path.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Killed {
    /// Takes webhooks.
    Webhook,
    /// Takes messages in.
    Dispatch,
    /// Sends them.
    Outbound,
    /// Does what nobody waits for.
    Channel,
}

/// What the end of a play must have in common with the end of the same script without faults.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// Everything but the times of the platform's own clock, and the order in which messages were taken.
    #[default]
    Equal,
    /// The same, except what became of the messages the platform sent: they were refused, or too late.
    Outcomes,
    /// The same, except that a message may be marked as possibly sent twice.
    Marks,
}

/// What happens to webhooks on their way.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Mix {
    /// Only to webhooks that carry these.
    pub(crate) only: Option<Cargo>,
    /// Of a hundred webhooks, how many it happens to.
    pub(crate) percent: u32,
    /// How often they arrive: from, to.
    pub(crate) copies: [u64; 2],
    /// Within which time the copies come, in seconds.
    pub(crate) copies_within_s: u64,
    /// How late they are, in seconds: from, to. Differing delays change the order.
    pub(crate) delay_s: [u64; 2],
    /// Up to how many arrive as one.
    pub(crate) batch: u64,
    /// How long they wait for each other, in seconds.
    pub(crate) batch_within_s: u64,
    /// Whether what Meta would say at once comes one by one.
    pub(crate) split: bool,
    /// Of a hundred attempts, how many never arrive and are made again later.
    pub(crate) lost_percent: u32,
    /// Of a hundred attempts, how many arrive without Meta hearing the answer.
    pub(crate) unheard_percent: u32,
}

impl Default for Mix {
    fn default() -> Self {
        Self {
            only: None,
            percent: 100,
            copies: [1, 1],
            copies_within_s: 0,
            delay_s: [0, 0],
            batch: 1,
            batch_within_s: 0,
            split: false,
            lost_percent: 0,
            unheard_percent: 0,
        }
    }
}

/// Something that happens at some time.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Event {
    /// When, in seconds from the start.
    pub(crate) at_s: u64,
    /// Rules that are in force from now on.
    pub(crate) rules: Vec<Rule>,
    /// Whether the rules before are over.
    pub(crate) clear_rules: bool,
    /// What happens to the access token.
    pub(crate) token: Option<TokenChange>,
    /// What becomes of a template at Meta.
    pub(crate) template: Option<TemplateChange>,
    /// A webhook of the account: `{field, value}`.
    pub(crate) account: Option<Account>,
    /// Which of the platform's functions can no longer reach store and queues.
    pub(crate) outage: Option<Outage>,
}

/// Who cannot reach the platform's own store and queues.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Outage {
    /// Everybody can.
    #[default]
    Over,
    /// Nobody can.
    Everybody,
    /// Those who work on queues.
    Workers,
}

/// What happens to the access token.
#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TokenChange {
    /// Meta no longer takes it.
    Revoked,
    /// The owner connects the number again, with a new one.
    Rotated,
}

/// A template gets another status.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TemplateChange {
    pub(crate) name: String,
    pub(crate) status: String,
}

/// A webhook of the account.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Account {
    pub(crate) field: String,
    pub(crate) value: Value,
}

/// What people write, when.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Script {
    /// Its name.
    pub name: String,
    /// Who writes.
    #[serde(default)]
    pub people: Vec<Somebody>,
    /// What, in the order of time.
    #[serde(default)]
    pub lines: Vec<Line>,
    /// Many people who say the same, one after the other.
    #[serde(default)]
    pub(crate) crowd: Option<Crowd>,
}

/// Many people, each of whom says one thing.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Crowd {
    count: usize,
    every_s: u64,
    says: String,
}

impl Script {
    /// The script with its crowd written out.
    fn expanded(mut self) -> Self {
        let Some(crowd) = self.crowd.take() else {
            return self;
        };
        for (place, at_s) in (0..crowd.count).zip((0..).step_by(usize::try_from(crowd.every_s.max(1)).unwrap_or(1))) {
            let id = format!("crowd {place}");
            let (phone, user_id) = (format!("91987700{place:04}"), Some(format!("IN.77{place:04}")));
            self.people.push(Somebody { id: id.clone(), name: format!("Person {place}"), phone, user_id, number: 0 });
            self.lines.push(Line { at_s, from: id, says: vec![crowd.says.clone()], ..Line::default() });
        }
        self.lines.sort_by_key(|line| line.at_s);
        self
    }
}

/// Somebody in a script.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Somebody {
    /// What the script calls them.
    pub id: String,
    /// The name in the profile.
    pub name: String,
    /// The phone number in digits.
    pub phone: String,
    /// The business-scoped id.
    #[serde(default)]
    pub user_id: Option<String>,
    /// Which of the business's numbers they write to, counted from 0; one that it does not have is a stranger's.
    #[serde(default)]
    pub number: usize,
}

/// One line of a script.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Line {
    /// When, in seconds from the start.
    pub at_s: u64,
    /// Who writes.
    pub from: String,
    /// A text; several are said at once, and Meta tells them in one webhook.
    pub says: Vec<String>,
    /// Another kind of message, in Meta's words: `{type, …}`.
    pub sends: Option<Value>,
    /// The message this one is about, by its place in the script; fills `context.id`, or the `message_id` of a reaction.
    pub about: Option<usize>,
    /// The names they write under.
    pub under: Under,
    /// The names they have from now on, told by Meta in a message of its own.
    pub becomes: Option<Names>,
    /// Something a colleague answers them in the dashboard.
    pub colleague: Option<String>,
    /// A template a colleague sends them.
    pub template: Option<String>,
}

/// The names somebody writes under.
#[derive(Clone, Copy, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Under {
    /// All they have.
    #[default]
    Both,
    /// The phone number alone.
    Phone,
    /// The business-scoped id alone.
    UserId,
}

/// New names.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// The phone number, if it changes.
    #[serde(default)]
    pub phone: Option<String>,
    /// The business-scoped id, if it changes.
    #[serde(default)]
    pub user_id: Option<String>,
}

impl Scenario {
    /// All scenarios, in the order in which they are told.
    ///
    /// # Errors
    /// When the data do not read.
    pub fn all() -> anyhow::Result<Vec<Self>> {
        Ok(serde_json::from_str(SCENARIOS)?)
    }

    /// The scenario of this name.
    ///
    /// # Errors
    /// When there is none.
    pub fn named(name: &str) -> anyhow::Result<Self> {
        let all = Self::all()?;
        let names: Vec<String> = all.iter().map(|scenario| scenario.name.clone()).collect();
        let found = all.into_iter().find(|scenario| scenario.name == name);
        found.ok_or_else(|| anyhow::anyhow!("there is no scenario {name}; known: {}", names.join(", ")))
    }

    /// The same script, and nothing goes wrong.
    #[must_use]
    pub fn calm(&self) -> Self {
        Self {
            webhooks: Vec::new(),
            requests: Vec::new(),
            events: self.events.iter().filter_map(Event::calm).collect(),
            platform: Platform::default(),
            ..self.clone()
        }
    }

    /// A name for the calm play, the same for all scenarios with which it ends alike.
    #[must_use]
    pub fn calm_name(&self) -> String {
        let told = self.events.iter().filter_map(|event| event.account.as_ref()).count();
        let [from, to] = self.skew_s;
        format!("{}-{:?}-{told}-{from}-{to}", self.script, self.end).to_lowercase()
    }

    /// The script.
    ///
    /// # Errors
    /// When there is none of that name.
    pub fn script(&self) -> anyhow::Result<Script> {
        let all: Vec<Script> = serde_json::from_str(SCRIPTS)?;
        let found = all.into_iter().find(|script| script.name == self.script);
        let found = found.ok_or_else(|| anyhow::anyhow!("scenario {}: there is no script {}", self.name, self.script))?;
        Ok(found.expanded())
    }
}

impl Event {
    /// What is left of it when nothing goes wrong: what Meta tells of the account is no fault.
    fn calm(&self) -> Option<Self> {
        let account = self.account.clone()?;
        Some(Self { at_s: self.at_s, account: Some(account), template: self.template.clone(), ..Self::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scenario_has_its_script_and_every_line_its_person() {
        let all = Scenario::all().unwrap();
        assert!(all.len() >= 15);
        for scenario in &all {
            let script = scenario.script().unwrap();
            assert!(!scenario.about.is_empty() && !scenario.answer.is_empty(), "{}", scenario.name);
            assert!(script.lines.is_sorted_by_key(|line| line.at_s), "{}", script.name);
            for line in &script.lines {
                assert!(script.people.iter().any(|person| person.id == line.from), "{}: {}", script.name, line.from);
                assert!(line.about.is_none_or(|place| place < script.lines.len()), "{}", script.name);
            }
            for rule in scenario.requests.iter().chain(scenario.events.iter().flat_map(|event| &event.rules)) {
                assert_eq!(rule.check(), Ok(()), "{}", scenario.name);
            }
        }
        let mut names: Vec<&str> = all.iter().map(|scenario| scenario.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all.len());
    }
}
