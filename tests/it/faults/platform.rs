//! The platform in a box: the real functions on a table of their own, between queues in memory and a simulator of Meta, in simulated
//! time. Everything it does follows from a seed, a kill at any of its calls included.

use std::{
    collections::{BTreeSet, HashSet},
    sync::Arc,
};

use lambda_http::{Body, http};
use serde_json::{Value, json};
use shared::{
    boot,
    domain::{
        access::Role,
        crm::Alias,
        id::{ClientMessageId, v7},
        language::FirstMatcher,
        messaging::{content::OutboundContent, conversation::conversation_of, inbound::Tier},
        ports::{MessageChannel, NumberOffice, TaskQueue as _},
        task::{Destination, Task},
        tenant::{Number, NumberId, NumberState, User},
        time::{SignedDuration, Timestamp},
    },
    objects::Objects,
    providers::{Offices, whatsapp::CloudApi},
    secrets::Secret,
    sqs,
    store::Table,
    usecases::{
        clock::Simulated,
        memory::Memory,
        numbers::{Desk, rotate_token, set_state},
        reply_to_conversation::{self, Said},
        sweep_outbox,
    },
};
use simulator::{Chance, Killed, Letter, Outage, Spoken};
use testkit::{Call, OwnTable, Stack, Tap, TappedChannel, TestShop, Tiers, meter::Touched};

use crate::common::colleague;

/// What the simulator signs with.
pub const SECRET: &str = "a secret of plays";
/// What opens the Graph API at first.
pub const TOKEN: &str = "a token of plays";
/// How long a message given out by a queue stays hidden, as in the template.
const VISIBILITY: SignedDuration = SignedDuration::from_secs(60);
/// How long a lost answer waits for a status, as in the template.
const OUTCOME_WAIT: SignedDuration = SignedDuration::from_secs(60);
/// How often the scheduler looks what is due.
const SCHEDULER_LOOKS: SignedDuration = SignedDuration::from_secs(5);
/// A kill comes within so many calls.
const KILLED_WITHIN: u64 = 12;

/// The platform.
pub struct Platform {
    pub clock: Simulated,
    pub own: OwnTable,
    /// The table, not through the tap.
    pub table: Table,
    pub shop: TestShop,
    pub tiers: Tiers,
    pub killed: usize,
    pub outage: Outage,
    user: User,
    tap: Tap,
    dice: Chance,
    faults: simulator::Platform,
    ways: Ways,
    objects: Objects,
    webhook: Option<webhook::App>,
    dispatch: Option<dispatch::App>,
    outbound: Option<outbound::App>,
    seeing: Option<channel::App>,
    timers: BTreeSet<i64>,
    next_tick: Timestamp,
    tapped: Table,
}

/// The ways out of the platform.
pub struct Ways {
    /// To people.
    pub people: Arc<dyn MessageChannel>,
    /// To Meta, for everything else.
    pub meta: Arc<CloudApi>,
}

/// What a colleague is about to answer.
pub struct Asked {
    pub phone: String,
    pub number: String,
    pub said: Spoken,
    /// The line of the script.
    pub place: usize,
    /// When it was written: the id keeps it, however often the request is made.
    pub written: Timestamp,
    pub attempt: u32,
}

impl Platform {
    /// A shop with these numbers, and nobody has written yet. To be made under its clock.
    pub async fn open(stack: &Stack, numbers: &[&str], ways: Ways, clock: Simulated, seed: u64, faults: simulator::Platform) -> Self {
        let own = OwnTable::make(stack).await;
        let (tap, table) = (Tap::default(), own.through(&Tap::default()));
        let numbers: Vec<NumberId> = numbers.iter().map(|id| NumberId::new(id).unwrap()).collect();
        let shop = TestShop::with_numbers(&table, &numbers, TOKEN).await;
        let user = colleague(&boot::moment());
        assert_eq!(user.role, Role::Agent);
        table.tenant(shop.tenant).create(&user).await.unwrap();
        Self {
            clock,
            tapped: own.through(&tap),
            own,
            table,
            shop,
            tiers: Tiers::new(VISIBILITY),
            killed: 0,
            outage: Outage::Over,
            user,
            objects: stack.objects(&tap),
            tap,
            dice: Chance::seeded(seed),
            faults,
            ways,
            webhook: None,
            dispatch: None,
            outbound: None,
            seeing: None,
            timers: BTreeSet::new(),
            next_tick: Timestamp::UNIX_EPOCH,
        }
    }

    /// Brings a webhook; the answer is its HTTP status, or nothing when the function was killed.
    pub async fn bring(&mut self, letter: &Letter) -> Option<u16> {
        let app = self.webhook.take().unwrap_or_else(|| webhook::App {
            table: self.tapped.clone(),
            queue: Box::new(self.tiers.through(&self.tap)),
            app_secret: Secret::fixed(SECRET.to_owned().into()),
            verify_token: Secret::fixed("token".to_owned().into()),
            memory: Memory::default(),
        });
        let request = http::Request::builder().method("POST").uri("/").header("x-hub-signature-256", &letter.signature);
        let request = request.body(Body::Binary(letter.body.clone())).unwrap();
        self.arm(Killed::Webhook, &letter.label);
        let status = webhook::handle(&app, request).await.status().as_u16();
        if self.died(Killed::Webhook) {
            return None;
        }
        self.webhook = Some(app);
        Some(status)
    }

    /// Works on the queues until nothing can be received at this time.
    pub async fn work(&mut self) {
        let tiers = Tier::ALL.into_iter();
        let mut queues: Vec<Destination> = tiers.flat_map(|tier| [Destination::Inbound(tier), Destination::Outbound(tier)]).collect();
        queues.extend([Destination::Channel, Destination::Media]);
        loop {
            let mut idle = true;
            for destination in &queues {
                idle &= !self.batch(*destination).await;
            }
            if idle {
                return;
            }
        }
    }

    /// One batch of a queue; whether there was one.
    async fn batch(&mut self, destination: Destination) -> bool {
        let Some(given) = self.tiers.receive(destination, self.clock.now()) else {
            return false;
        };
        let label = format!("{destination:?} {}", name_of(&given.messages[0].2));
        let label = format!("{label} {}", given.messages[0].3);
        let records: Vec<Value> = given
            .messages
            .iter()
            .map(|(id, group, body, received)| {
                json!({ "messageId": id.to_string(), "body": body,
                    "attributes": { "MessageGroupId": group, "ApproximateReceiveCount": received.to_string() } })
            })
            .collect();
        let event = json!({ "Records": records });
        let again = match destination {
            Destination::Inbound(_) => self.take_in(event, &label).await,
            Destination::Outbound(_) => self.send(event, &label).await,
            Destination::Channel | Destination::Media => self.see_to(event, &label).await,
        };
        // The queue hears nothing of a function that was killed, and sometimes nothing of one that was not.
        if let Some(again) = again
            && !self.dice.percent(&format!("{label} comes again"), self.faults.redeliver_percent)
        {
            self.tiers.handled(&given, &again);
        }
        true
    }

    async fn take_in(&mut self, event: Value, label: &str) -> Option<HashSet<u64>> {
        let app = self.dispatch.take().unwrap_or_else(|| dispatch::App {
            table: self.tapped.clone(),
            queue: Box::new(self.tiers.through(&self.tap)),
            language: Box::new(FirstMatcher),
            memory: Memory::default(),
        });
        self.arm(Killed::Dispatch, label);
        let event = serde_json::from_value(event).unwrap();
        let response = sqs::consume(&app, &dispatch::handle, event, Timestamp::MAX).await.unwrap();
        if self.died(Killed::Dispatch) {
            return None;
        }
        self.dispatch = Some(app);
        Some(response.batch_item_failures.iter().map(|failure| failure.item_identifier.parse().unwrap()).collect())
    }

    async fn send(&mut self, event: Value, label: &str) -> Option<HashSet<u64>> {
        let app = self.outbound.take().unwrap_or_else(|| outbound::App {
            table: self.tapped.clone(),
            channel: Arc::new(TappedChannel::new(&self.tap, self.ways.people.clone())),
            files: self.ways.meta.clone(),
            objects: Box::new(self.objects.clone()),
            outcome_wait: OUTCOME_WAIT,
            memory: Memory::default(),
        });
        self.arm(Killed::Outbound, label);
        let event = serde_json::from_value(event).unwrap();
        let response = sqs::consume(&app, &outbound::handle, event, Timestamp::MAX).await.unwrap();
        if self.died(Killed::Outbound) {
            return None;
        }
        self.outbound = Some(app);
        Some(response.batch_item_failures.iter().map(|failure| failure.item_identifier.parse().unwrap()).collect())
    }

    async fn see_to(&mut self, event: Value, label: &str) -> Option<HashSet<u64>> {
        let app = self.seeing.take().unwrap_or_else(|| channel::App {
            table: self.tapped.clone(),
            queue: Box::new(self.tiers.through(&self.tap)),
            meta: self.ways.meta.clone(),
            files: self.ways.meta.clone(),
            objects: Box::new(self.objects.clone()),
            memory: Memory::default(),
        });
        self.arm(Killed::Channel, label);
        let event = serde_json::from_value(event).unwrap();
        let response = sqs::consume(&app, &channel::handle, event, Timestamp::MAX).await.unwrap();
        if self.died(Killed::Channel) {
            return None;
        }
        self.seeing = Some(app);
        Some(response.batch_item_failures.iter().map(|failure| failure.item_identifier.parse().unwrap()).collect())
    }

    /// A colleague answers somebody; whether that was taken. The browser asks until it is.
    pub async fn answer(&mut self, asked: &Asked) -> bool {
        let store = self.table.tenant(self.shop.tenant);
        let Some(known) = store.known(&Alias::WhatsApp(asked.phone.parse().unwrap())).await.unwrap() else {
            return false;
        };
        let conversation = conversation_of(known.contact, &NumberId::new(&asked.number).unwrap());
        let mut random = [0; 10];
        random[..8].copy_from_slice(&self.dice.draw(&format!("colleague {}", asked.place)).to_be_bytes());
        let id: ClientMessageId = v7(asked.written, random);
        self.arm(Killed::Webhook, &format!("colleague {} {}", asked.place, asked.attempt));
        let tenant = self.tapped.tenant(self.shop.tenant);
        let queue = self.tiers.through(&self.tap);
        let said = match &asked.said {
            Spoken::Text(text) => Said::Content(Box::new(OutboundContent::text(text).unwrap())),
            Spoken::Template(name) => Said::Template(serde_json::from_value(json!({ "n": name, "l": "en" })).unwrap()),
        };
        let reply = reply_to_conversation::Reply { conversation, id, said, reply_to: None };
        let taken =
            reply_to_conversation::run(&boot::moment(), &self.tapped, &tenant, &Memory::default(), &queue, &self.user, &reply).await;
        let died = self.died(Killed::Webhook);
        taken.is_ok() && !died
    }

    /// The owner puts numbers in use again that have stopped, where the scenario has such an owner; whether there was one.
    pub async fn restart(&mut self) -> bool {
        if !self.faults.restart {
            return false;
        }
        let mut restarted = false;
        let tenant = self.tapped.tenant(self.shop.tenant);
        for number in self.shop.numbers.clone() {
            let stopped = tenant.get::<Number>(&number).await.unwrap().is_some_and(|read| read.body.state == NumberState::Stopped);
            if stopped {
                set_state::start(&boot::moment(), &tenant, &number).await.unwrap();
                restarted = true;
            }
        }
        self.died(Killed::Channel);
        restarted
    }

    /// The owner gives the first number a new token.
    pub async fn reconnect(&mut self, token: &str) {
        let meta: Arc<dyn NumberOffice> = self.ways.meta.clone();
        let offices = Offices { cloud_api: meta.clone(), dialog360: meta.clone(), interakt: meta.clone(), aisensy: meta };
        let (app_secret, verify_token) = (SECRET.to_owned().into(), "token".to_owned().into());
        let desk = Desk { offices: &offices, webhook_url: "https://hooks.example/", app_secret, verify_token };
        let tenant = self.tapped.tenant(self.shop.tenant);
        let rotated = rotate_token::run(&boot::moment(), &tenant, &desk, &self.shop.number, token.to_owned().into(), None).await;
        rotated.unwrap();
        self.died(Killed::Channel);
    }

    /// Has the list of templates read, as it is after a number was connected.
    pub async fn sync_templates(&self) {
        let (number, tenant) = (self.shop.number.as_str(), self.shop.tenant);
        let account = testkit::shop::account(&self.shop.number);
        let task =
            json!({ "type": "SyncTemplatesV1", "tenant": tenant, "account": account.as_str(), "number": number, "cause": "connected" });
        let task: Task = serde_json::from_value(task).unwrap();
        self.tiers.through(&self.tap).announce(&[task]).await.unwrap();
    }

    /// When the next timer is due, and the scheduler looks.
    pub fn next_timer(&self) -> Option<Timestamp> {
        let due = Timestamp::from_millisecond(*self.timers.first()?).ok()?;
        Some(due.max(self.next_tick))
    }

    /// Sweeps the timers that are due, as the scheduler does every few seconds.
    pub async fn tick(&mut self) {
        let now = self.clock.now();
        self.next_tick = now + SCHEDULER_LOOKS;
        let due: Vec<i64> = self.timers.iter().copied().take_while(|due| *due <= now.as_millisecond()).collect();
        let minutes: BTreeSet<i64> = due.iter().map(|due| due.div_euclid(60_000)).collect();
        for minute in minutes {
            let queue = self.tiers.through(&self.tap);
            let timers = self.tapped.due();
            self.arm(Killed::Dispatch, &format!("timers {minute} {now}"));
            let swept = sweep_outbox::sweep_minute(&timers, &queue, minute, now).await;
            if self.died(Killed::Dispatch) || swept.is_err() {
                return;
            }
            self.timers.retain(|timer| timer.div_euclid(60_000) != minute || *timer > now.as_millisecond());
        }
    }

    fn arm(&self, function: Killed, label: &str) {
        let chosen = self.faults.kill_only.is_none_or(|only| only == function);
        let label = format!("kill {function:?} {label}");
        if self.is_out(function) {
            self.tap.kill_at(1);
        } else if chosen && self.dice.percent(&label, self.faults.kill_percent) {
            self.tap.kill_at(1 + usize::try_from(self.dice.draw(&format!("{label} at")) % KILLED_WITHIN).unwrap());
        } else {
            self.tap.heal();
        }
    }

    fn is_out(&self, function: Killed) -> bool {
        match self.outage {
            Outage::Over => false,
            Outage::Everybody => true,
            Outage::Workers => function != Killed::Webhook,
        }
    }

    /// Ends an invocation: whether it was killed. In an outage it was not: it saw its calls fail.
    fn died(&mut self, function: Killed) -> bool {
        let calls = self.tap.calls();
        self.timers.extend(calls.iter().flat_map(timers_of));
        let died = self.tap.killed() && !self.is_out(function);
        self.killed += usize::from(died);
        self.tap.heal();
        died
    }
}

/// When timers are due that a call may have written.
fn timers_of(call: &Call) -> Vec<i64> {
    let due = |(partition, sort): &(String, String)| sort.split('#').next().filter(|_| partition.starts_with("W#"))?.parse().ok();
    match &call.touched {
        Touched::Writes(key) => due(key).into_iter().collect(),
        Touched::Transacts(keys) => keys.iter().filter_map(due).collect(),
        Touched::Nothing | Touched::Reads(..) | Touched::Queries => Vec::new(),
    }
}

/// A name for a task that is the same in every play: none of the platform's own ids has a part in it.
fn name_of(body: &str) -> String {
    let task: Value = serde_json::from_str(body).unwrap();
    ["wamid", "key", "cause"].iter().find_map(|name| task[name].as_str()).or(task["type"].as_str()).unwrap_or_default().to_owned()
}
