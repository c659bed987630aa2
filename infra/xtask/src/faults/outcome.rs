//! What the scenarios are, and what came out of them.

use std::{collections::BTreeMap, path::Path};

use anyhow::Context as _;
use serde::Deserialize;

use crate::root;

/// What must hold, as the data name it and as people read it.
pub const INVARIANTS: [(&str, &str); 5] = [
    ("stored_once", "stored once"),
    ("answered_once", "answered once"),
    ("order_per_contact", "order per contact"),
    ("end_state_equal", "end state equal"),
    ("nothing_lost", "nothing lost"),
];

/// A scenario, as far as people are told of it.
#[derive(Debug, Deserialize)]
pub struct Scenario {
    /// Its name.
    pub name: String,
    /// What goes wrong.
    pub about: String,
    /// Which rule answers it.
    pub answer: String,
    /// What the end has in common with the same script without faults.
    #[serde(default = "equal")]
    pub end: String,
}

fn equal() -> String {
    "equal".to_owned()
}

/// What came out of a scenario.
#[derive(Debug, Default, Deserialize)]
pub struct Outcome {
    scenario: String,
    /// The seeds.
    pub seeds: Vec<u64>,
    /// Messages of people.
    pub messages: usize,
    /// Webhooks that were brought.
    pub webhooks: usize,
    /// Messages that Meta took.
    pub sends: usize,
    /// Those it took for the second time.
    pub twice: usize,
    /// Invocations that were killed.
    pub killed: usize,
    milliseconds: u64,
    broken: Vec<Failed>,
}

/// A seed with which something does not hold.
#[derive(Debug, Deserialize)]
struct Failed {
    seed: u64,
    broken: BTreeMap<String, Vec<String>>,
    lines: Vec<usize>,
}

/// All scenarios, in their order.
///
/// # Errors
/// When the data do not read.
pub fn scenarios() -> anyhow::Result<Vec<Scenario>> {
    let file = root::path().join("infra/simulator/scenarios/scenarios.json");
    let text = std::fs::read_to_string(&file).with_context(|| format!("{} cannot be read", file.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} does not read", file.display()))
}

/// Their names.
pub fn names(scenarios: &[Scenario]) -> String {
    scenarios.iter().map(|scenario| scenario.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// What the test of a scenario left, if it came to its end.
///
/// # Errors
/// When that does not read.
pub fn read(folder: &Path, name: &str) -> anyhow::Result<Option<Outcome>> {
    let file = folder.join(format!("{name}.json"));
    match std::fs::read_to_string(&file) {
        Ok(text) => serde_json::from_str(&text).with_context(|| format!("{} does not read", file.display())),
        Err(_) => Ok(None),
    }
}

impl Outcome {
    /// Whether an invariant held with every seed.
    pub fn holds(&self, invariant: &str) -> bool {
        self.broken.iter().all(|failed| !failed.broken.contains_key(invariant))
    }

    /// How long it took, in tenths of a second.
    pub fn tenths(&self) -> u64 {
        self.milliseconds / 100
    }

    /// What does not hold, with the seed and the shortest script that show it.
    pub fn told(&self) -> Vec<String> {
        let line = |failed: &Failed| {
            let found: Vec<String> = failed.broken.iter().map(|(invariant, found)| format!("{invariant}: {}", found.join("; "))).collect();
            format!(
                "\n{} breaks with seed {}; lines {:?} of its script are enough\n  {}\n  again: cargo xtask faults --scenario {} --seed {}",
                self.scenario,
                failed.seed,
                failed.lines,
                found.join("\n  "),
                self.scenario,
                failed.seed
            )
        };
        self.broken.iter().map(line).collect()
    }
}
