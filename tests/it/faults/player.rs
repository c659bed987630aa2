//! Plays a scenario from its beginning to the point where nothing lies ahead any more: one thing after the other, in simulated time.

use std::{collections::BTreeSet, sync::Arc};

use serde_json::{Value, json};
use shared::{
    domain::time::{SignedDuration, Timestamp},
    providers::whatsapp::CloudApi,
    usecases::clock::Simulated,
};
use simulator::{Outage, Running, Scenario, Setting, Step, Taken};
use testkit::Stack;

use super::platform::{Asked, Platform, SECRET, TOKEN, Ways};

/// The numbers of the business, as Meta calls them.
pub const NUMBERS: [&str; 2] = ["210000000000009", "210000000000010"];
/// When every play begins.
const START: i64 = 1_793_500_000;
/// A play that is not over after so many turns never ends.
const TURNS_MAX: usize = 20_000;
/// How long a browser waits before it makes a refused request again.
const BROWSER_WAITS: SignedDuration = SignedDuration::from_mins(2);
/// How often it does: longer than any fault of a scenario lasts, and then the colleague goes home.
const BROWSER_ASKS: u32 = 200;

/// What is to be played.
#[derive(Clone, Debug)]
pub struct Order {
    pub seed: u64,
    /// Only these lines of the script.
    pub kept: Option<BTreeSet<usize>>,
}

/// A play that is over.
pub struct Ended {
    pub platform: Platform,
    pub taken: Vec<Taken>,
    /// Ids of the users' messages in webhooks that were acknowledged.
    pub acknowledged: BTreeSet<String>,
    pub webhooks: usize,
    pub turns: usize,
    /// Those of them that were written to numbers of somebody else.
    pub of_strangers: BTreeSet<String>,
    pub given_up: usize,
    pub redriven: usize,
    /// Whether it came to its end by itself.
    pub over: bool,
}

/// Plays a scenario; `calm` plays the same script without faults, on a platform whose clock is Meta's.
pub async fn play(stack: &Stack, scenario: &Scenario, order: &Order, calm: bool) -> Ended {
    let simulator = simulator::start(serde_json::from_value(configuration()).unwrap()).await.unwrap();
    let start = Timestamp::from_second(START).unwrap();
    let played = if calm { scenario.calm() } else { scenario.clone() };
    let setting = Setting { seed: order.seed, start, kept: order.kept.clone(), pace: 1 };
    simulator.perform(&played, &setting).unwrap();
    let ahead = if calm { SignedDuration::from_secs(simulator.skew()) } else { SignedDuration::ZERO };
    let clock = Simulated::at(start + ahead);
    let scope = clock.clone();
    let ended = scope.run(async {
        let graph = format!("{}/v24.0", simulator.url());
        let meta = Arc::new(CloudApi::new(shared::providers::http::client().unwrap(), &graph));
        let ways = Ways { people: meta.clone(), meta };
        let platform = Platform::open(stack, &NUMBERS, ways, clock, order.seed, played.platform).await;
        if !played.templates.is_empty() {
            platform.sync_templates().await;
        }
        Player { simulator: &simulator, ahead, asked: Vec::new(), ended: Ended::of(platform) }.play().await
    });
    // It holds whole functions: not on the stack of whoever waits for it.
    let ended = Box::pin(ended).await;
    simulator.shutdown().await;
    ended
}

fn configuration() -> Value {
    let number =
        |id: &str, last: u8| json!({ "phone_number_id": id, "display_phone_number": format!("91804700012{last}"), "name": "Test Kirana" });
    json!({ "app_secret": SECRET, "verify_token": "token", "access_token": TOKEN, "waba_id": format!("w{}", NUMBERS[0]),
        "numbers": [number(NUMBERS[0], 3), number(NUMBERS[1], 4)] })
}

impl Ended {
    fn of(platform: Platform) -> Self {
        Self {
            platform,
            taken: Vec::new(),
            acknowledged: BTreeSet::new(),
            of_strangers: BTreeSet::new(),
            webhooks: 0,
            turns: 0,
            given_up: 0,
            redriven: 0,
            over: false,
        }
    }
}

struct Player<'a> {
    simulator: &'a Running,
    /// How far the platform's clock is ahead of the simulator's.
    ahead: SignedDuration,
    /// What colleagues have not got through yet, and when they ask again.
    asked: Vec<(Timestamp, Asked)>,
    ended: Ended,
}

impl Player<'_> {
    async fn play(mut self) -> Ended {
        while self.ended.turns < TURNS_MAX {
            self.ended.turns += 1;
            self.ended.platform.work().await;
            let now = self.ended.platform.clock.now();
            self.simulator.stand_at(now - self.ahead);
            let Some(next) = self.next_at(now) else {
                // What is held for a number that stopped last goes out when its owner starts it.
                if self.ended.platform.restart().await {
                    continue;
                }
                self.ended.over = true;
                break;
            };
            self.ended.platform.clock.move_to(next);
            self.simulator.stand_at(next - self.ahead);
            self.turn(next).await;
        }
        self.ended.taken = self.simulator.taken();
        let given_up = self.simulator.given_up();
        let ours = |messages: &&Vec<String>| messages.is_empty() || messages.iter().any(|id| !self.ended.of_strangers.contains(id));
        self.ended.given_up = given_up.iter().filter(ours).count();
        self.ended
    }

    /// When something happens next.
    fn next_at(&self, now: Timestamp) -> Option<Timestamp> {
        let platform = &self.ended.platform;
        let told = self.simulator.next_at().map(|at| at + self.ahead);
        let asked = self.asked.iter().map(|(at, _)| *at).min();
        [told, platform.tiers.next_at(now), platform.next_timer(), asked].into_iter().flatten().min()
    }

    async fn turn(&mut self, now: Timestamp) {
        self.ended.platform.restart().await;
        if self.ended.platform.next_timer().is_some_and(|at| at <= now) {
            self.ended.platform.tick().await;
        }
        while let Some(place) = self.asked.iter().position(|(at, _)| *at <= now) {
            let (_, asked) = self.asked.remove(place);
            self.ask(asked, now).await;
        }
        while self.simulator.next_at().is_some_and(|at| at + self.ahead <= now) {
            let Some((_, step)) = self.simulator.step() else { return };
            self.step(step, now).await;
        }
    }

    async fn step(&mut self, step: Step, now: Timestamp) {
        match step {
            Step::Webhook(letter) => {
                self.ended.webhooks += 1;
                self.ended.of_strangers.extend(of_strangers(&letter.body));
                let status = self.ended.platform.bring(&letter).await;
                if status == Some(200) {
                    self.ended.acknowledged.extend(letter.messages.iter().cloned());
                }
                self.simulator.answered(&letter, status);
            }
            Step::Colleague { phone, number, said, place } => {
                self.ask(Asked { phone, number, said, place, written: now, attempt: 0 }, now).await;
            }
            Step::TokenRevoked | Step::Unheard => {}
            Step::TokenRotated { token } => self.ended.platform.reconnect(&token).await,
            Step::Outage(outage) => {
                self.ended.platform.outage = outage;
                if outage == Outage::Over {
                    self.ended.redriven += self.ended.platform.tiers.redrive();
                }
            }
        }
    }

    async fn ask(&mut self, asked: Asked, now: Timestamp) {
        if !self.ended.platform.answer(&asked).await && asked.attempt < BROWSER_ASKS {
            self.asked.push((now + BROWSER_WAITS, Asked { attempt: asked.attempt + 1, ..asked }));
        }
    }
}

/// Ids of messages to numbers that are not the business's.
fn of_strangers(body: &[u8]) -> Vec<String> {
    let body: Value = serde_json::from_slice(body).unwrap();
    let changes = body["entry"].as_array().into_iter().flatten().flat_map(|entry| entry["changes"].as_array().into_iter().flatten());
    let values = changes.map(|change| &change["value"]).filter(|value| {
        let number = value["metadata"]["phone_number_id"].as_str();
        number.is_some_and(|number| !NUMBERS.contains(&number))
    });
    values
        .flat_map(|value| value["messages"].as_array().into_iter().flatten())
        .filter_map(|message| message["id"].as_str().map(str::to_owned))
        .collect()
}
