//! A play: one scenario with one seed, in simulated time. It holds what Meta will tell and when; whoever plays it takes one step after
//! the other, says how the platform answered, and lets the platform send in between.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::chance::Chance;
use super::data::{Event, Line, Scenario, Script, TokenChange};
use super::fate::{Attempt, Fates, pause};
use super::script::Cast;
use super::{Letter, Spoken, Step, Taken};
use crate::config::Config;
use crate::faults::Faults;
use crate::graph::messages::cause_of;
use crate::graph::templates::Templates;
use crate::people::People;
use crate::statuses::{Accepted, Step as Stage, status_value};
use crate::webhook::envelope::Webhook;
use crate::webhook::sign::{signature, wire_bytes};

/// How long after it was accepted each status of a message is told, in microseconds.
const STATUSES: [(Stage, u64); 3] = [(Stage::Sent, 1_000_000), (Stage::Delivered, 3_000_000), (Stage::Read, 90_000_000)];

/// What lies ahead.
enum Due {
    Line(usize),
    Event(usize),
    Webhook(Parcel),
}

/// A webhook on its way.
struct Parcel {
    webhook: Webhook,
    label: String,
    attempt: u32,
    first: i64,
}

/// A scenario that is being played.
pub(crate) struct Play {
    scenario: Scenario,
    script: Script,
    chance: Chance,
    cast: Cast,
    config: Config,
    start: Timestamp,
    /// Every time of the scenario is divided by this.
    pace: u64,
    skew: i64,
    agenda: BTreeMap<(i64, u64), Due>,
    serial: u64,
    open: HashMap<u64, Parcel>,
    sent: HashMap<String, u32>,
    taken: Vec<Taken>,
    given_up: Vec<Vec<String>>,
    /// Ids of what was written to numbers of the business so far.
    said: Vec<String>,
    now: i64,
}

impl Play {
    /// A play of the lines that `kept` names (all, if it names none).
    pub(crate) fn new(scenario: Scenario, config: &Config, setting: &super::Setting) -> anyhow::Result<Self> {
        let script = scenario.script()?;
        let chance = Chance::seeded(setting.seed);
        let [from, to] = scenario.skew_s;
        let skew = from + i64::try_from(chance.within("skew", [0, (to - from).unsigned_abs()])).unwrap_or(0);
        let cast = Cast::new(&script, config.numbers.clone(), chance);
        let mut play = Self {
            chance,
            cast,
            config: config.clone(),
            start: setting.start,
            pace: setting.pace.max(1),
            skew,
            agenda: BTreeMap::new(),
            serial: 0,
            open: HashMap::new(),
            sent: HashMap::new(),
            taken: Vec::new(),
            given_up: Vec::new(),
            said: Vec::new(),
            now: setting.start.as_microsecond(),
            script,
            scenario,
        };
        for place in 0..play.scenario.events.len() {
            play.put(play.at(play.scenario.events[place].at_s), Due::Event(place));
        }
        for place in 0..play.script.lines.len() {
            if setting.kept.as_ref().is_none_or(|kept| kept.contains(&place)) {
                play.put(play.at(play.script.lines[place].at_s), Due::Line(place));
            }
        }
        Ok(play)
    }

    fn at(&self, seconds: u64) -> i64 {
        self.start.as_microsecond() + self.paced(seconds * 1_000_000)
    }

    fn paced(&self, micros: u64) -> i64 {
        i64::try_from(micros / self.pace).unwrap_or(i64::MAX / 4)
    }

    fn put(&mut self, at: i64, due: Due) {
        self.serial += 1;
        self.agenda.insert((at, self.serial), due);
    }

    fn fates(&self) -> Fates<'_> {
        Fates { mixes: &self.scenario.webhooks, chance: self.chance }
    }

    /// How far Meta's clock is ahead, in seconds.
    pub(crate) fn skew(&self) -> i64 {
        self.skew
    }

    /// When the next step is.
    pub(crate) fn next_at(&self) -> Option<Timestamp> {
        let ((at, _), _) = self.agenda.first_key_value()?;
        Timestamp::from_microsecond((*at).max(self.now)).ok()
    }

    /// Webhooks that Meta gave up: the users' messages in each.
    pub(crate) fn given_up(&self) -> &[Vec<String>] {
        &self.given_up
    }

    /// What the platform sent and Meta took.
    pub(crate) fn taken(&self) -> &[Taken] {
        &self.taken
    }

    /// The next step that somebody outside has to take, at its time.
    pub(crate) fn take(&mut self, faults: &Faults, people: &People, templates: &Templates) -> Option<(Timestamp, Step)> {
        let ((at, _), due) = self.agenda.pop_first()?;
        self.now = self.now.max(at);
        let step = match due {
            Due::Line(place) => self.line(place, at, people),
            Due::Event(place) => self.event(place, faults, templates),
            Due::Webhook(parcel) => self.carry(parcel),
        };
        Some((Timestamp::from_microsecond(self.now).ok()?, step.unwrap_or(Step::Unheard)))
    }

    fn line(&mut self, place: usize, at: i64, people: &People) -> Option<Step> {
        let line: Line = self.script.lines[place].clone();
        // Webhooks that waited for others may have moved the clock on; it was written when it was written.
        let written = Timestamp::from_microsecond(at).ok()?.checked_add(jiff::SignedDuration::from_secs(self.skew)).ok()?;
        let template = line.template.clone().map(Spoken::Template);
        if let Some(said) = line.colleague.clone().map(Spoken::Text).or(template) {
            let somebody = self.cast.somebody(&line.from)?.clone();
            let number = self.cast.number_of(&somebody).phone_number_id;
            return Some(Step::Colleague { phone: somebody.phone, number, said, place });
        }
        let said = self.cast.say(place, &line, written)?;
        let person = &said.somebody;
        let number = &said.number.phone_number_id;
        people.wrote(number, Some(&person.phone), person.user_id.as_deref(), Some(&person.name), at / 1_000_000);
        if self.config.number(number).is_some() {
            self.said.extend(said.messages.iter().filter_map(|message| message["id"].as_str().map(str::to_owned)));
        }
        let label = format!("line {place}");
        let parts: Vec<&[Value]> =
            if self.fates().splits(&label) { said.messages.chunks(1).collect() } else { vec![said.messages.as_slice()] };
        for (part, messages) in (0..).zip(parts) {
            let part: usize = part;
            let webhook = Webhook::single(&self.config.waba_id, "messages", &said.value(messages));
            self.post(&webhook, &format!("{label} {part}"));
        }
        None
    }

    fn event(&mut self, place: usize, faults: &Faults, templates: &Templates) -> Option<Step> {
        let Event { rules, clear_rules, token, template, account, outage, .. } = self.scenario.events[place].clone();
        if clear_rules {
            faults.clear();
        }
        // They were checked with the scenarios, and there are few of them.
        let _ = faults.add(rules);
        if let Some(change) = template {
            templates.review(&change.name, "en", |template| template.status.clone_from(&change.status));
        }
        if let Some(account) = account {
            let webhook = Webhook::single(&self.config.waba_id, &account.field, &account.value);
            self.post(&webhook, &format!("event {place}"));
        }
        match token {
            Some(TokenChange::Revoked) => Some(Step::TokenRevoked),
            Some(TokenChange::Rotated) => Some(Step::TokenRotated { token: format!("EAAG-rotated-{place}") }),
            None => outage.map(Step::Outage),
        }
    }

    fn post(&mut self, webhook: &Webhook, label: &str) {
        let arrivals = self.fates().arrivals(webhook.cargo, label);
        for (copy, late) in arrivals.into_iter().enumerate() {
            let label = format!("{label} {copy}");
            let parcel = Parcel { webhook: webhook.clone(), label, attempt: 0, first: self.now };
            self.put(self.now + self.paced(late), Due::Webhook(parcel));
        }
    }

    fn carry(&mut self, mut parcel: Parcel) -> Option<Step> {
        if parcel.attempt == 0 {
            parcel = self.batched(parcel);
        }
        if self.fates().attempt(parcel.webhook.cargo, &parcel.label, parcel.attempt) == Attempt::Lost {
            self.again(parcel);
            return None;
        }
        let body = wire_bytes(&parcel.webhook.body());
        self.serial += 1;
        let letter = Letter {
            id: self.serial,
            signature: signature(&self.config.app_secret, &body),
            body,
            label: format!("{} try {}", parcel.label, parcel.attempt),
            messages: parcel.webhook.wamids.clone(),
        };
        self.open.insert(self.serial, parcel);
        Some(Step::Webhook(letter))
    }

    /// The parcel together with those that come soon enough to go with it.
    fn batched(&mut self, parcel: Parcel) -> Parcel {
        let (size, within) = self.fates().batch(parcel.webhook.cargo, &parcel.label);
        let until = self.now + self.paced(within);
        let ahead = self.agenda.range(..=(until, u64::MAX));
        let fresh = |due: &Due| matches!(due, Due::Webhook(parcel) if parcel.attempt == 0);
        let keys: Vec<(i64, u64)> = ahead.filter(|(_, due)| fresh(due)).map(|(key, _)| *key).take(size - 1).collect();
        let mut webhooks = vec![parcel.webhook];
        for key in keys {
            if let Some(Due::Webhook(other)) = self.agenda.remove(&key) {
                self.now = self.now.max(key.0);
                webhooks.push(other.webhook);
            }
        }
        let webhook = if webhooks.len() == 1 { webhooks.remove(0) } else { Webhook::merged(webhooks) };
        Parcel { webhook, ..parcel }
    }

    /// Hears how the platform answered: nothing but 200 ends it.
    pub(crate) fn answered(&mut self, id: u64, status: Option<u16>) {
        let Some(parcel) = self.open.remove(&id) else {
            return;
        };
        let unheard = self.fates().attempt(parcel.webhook.cargo, &parcel.label, parcel.attempt) == Attempt::Unheard;
        if status != Some(200) || unheard {
            self.again(parcel);
        }
    }

    fn again(&mut self, parcel: Parcel) {
        match pause(parcel.attempt, (self.now - parcel.first).unsigned_abs()) {
            Some(pause) => {
                let at = self.now + self.paced(pause);
                self.put(at, Due::Webhook(Parcel { attempt: parcel.attempt + 1, ..parcel }));
            }
            None => self.given_up.push(parcel.webhook.wamids),
        }
    }

    /// Notes a message of the platform, and what Meta will tell of it.
    pub(crate) fn accepted(&mut self, accepted: &Accepted, billable: bool, now: Timestamp) {
        self.now = self.now.max(now.as_microsecond());
        let cause = self.taken_note(accepted, now);
        if !accepted.told {
            return;
        }
        let failed = accepted.failure.map(|code| (Stage::Failed(code), 1_000_000));
        let steps: Vec<(Stage, u64)> = match failed {
            Some(failed) => vec![failed],
            None => STATUSES.to_vec(),
        };
        for (stage, after) in steps {
            if stage == Stage::Read && !self.chance.percent(&format!("{cause} is read"), 60) {
                continue;
            }
            let at = now + Duration::from_micros(self.paced(after).unsigned_abs());
            let shown = at.checked_add(jiff::SignedDuration::from_secs(self.skew)).unwrap_or(at);
            let value = status_value(accepted, stage, billable, shown);
            let webhook = Webhook::single(&self.config.waba_id, "messages", &value);
            let label = format!("{cause} {}", stage.name());
            let arrivals = self.fates().arrivals(webhook.cargo, &label);
            for (copy, late) in arrivals.into_iter().enumerate() {
                let parcel = Parcel { webhook: webhook.clone(), label: format!("{label} {copy}"), attempt: 0, first: self.now };
                self.put(at.as_microsecond() + self.paced(late), Due::Webhook(parcel));
            }
        }
    }

    /// Keeps what was taken; answers with a name for it that is the same in every play.
    fn taken_note(&mut self, accepted: &Accepted, now: Timestamp) -> String {
        let data = accepted.outgoing.callback_data.clone().unwrap_or_default();
        let to = accepted.outgoing.wa_id.clone().or_else(|| accepted.outgoing.user_id.clone()).unwrap_or_default();
        let cause = cause_of(Some(&data)).map_or_else(|| to.clone(), str::to_owned);
        let times = self.sent.entry(cause.clone()).or_default();
        *times += 1;
        let name = format!("{cause} {times}");
        self.taken.push(Taken {
            at: now,
            to,
            callback_data: data,
            content: accepted.outgoing.content.clone(),
            wamid: accepted.wamid.clone(),
        });
        name
    }

    /// How it stands, for people who watch.
    pub(crate) fn state(&self) -> Value {
        let lines = self.agenda.values().filter(|due| matches!(due, Due::Line(_))).count();
        json!({ "scenario": self.scenario.name, "lines": lines, "said": self.said, "ahead": self.agenda.len(), "open": self.open.len(), "taken": self.taken.len(),
            "given_up": self.given_up.len(), "done": self.agenda.is_empty() && self.open.is_empty() })
    }
}
