//! The matrix: every scenario with every seed, against the calm play of its script; what breaks is made small and told.

use std::{
    collections::BTreeSet,
    fmt::Write as _,
    path::PathBuf,
    time::{Duration, Instant},
};

use serde::{Deserialize, Serialize};
use simulator::Scenario;
use testkit::Stack;

use super::{
    invariants::{Broken, Reference, check, see},
    player::{Ended, Order, play},
};

/// The seeds every change is checked with.
const SEEDS: [u64; 1] = [1];
/// The variable that names other seeds, with commas.
const SEEDS_VARIABLE: &str = "TARUN_FAULT_SEEDS";
/// The variable that says in which folder the outcome is to be left.
const FOLDER_VARIABLE: &str = "TARUN_FAULT_FOLDER";
/// How many plays making a failure small may take, and how long.
const SHRINKS_MAX: usize = 60;
const SHRINKING_MAX: Duration = Duration::from_secs(40);

/// What came out of a scenario.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Outcome {
    pub scenario: String,
    pub seeds: Vec<u64>,
    pub messages: usize,
    pub webhooks: usize,
    pub sends: usize,
    pub killed: usize,
    pub redriven: usize,
    pub twice: usize,
    pub milliseconds: u64,
    pub broken: Vec<Failed>,
}

/// A seed with which something does not hold.
#[derive(Debug, Serialize, Deserialize)]
pub struct Failed {
    pub seed: u64,
    pub broken: Broken,
    /// The lines of the shortest script that shows it.
    pub lines: Vec<usize>,
}

/// Plays a scenario with all seeds.
pub async fn run(name: &str) {
    let stack = Stack::find().await;
    let scenario = Scenario::named(name).unwrap();
    let started = Instant::now();
    let mut outcome = Outcome { scenario: name.to_owned(), seeds: seeds(), ..Outcome::default() };
    for seed in outcome.seeds.clone() {
        let order = Order { seed, kept: None };
        let (broken, ended) = compare(&stack, &scenario, &order).await;
        outcome.messages += ended.acknowledged.len();
        outcome.webhooks += ended.webhooks;
        outcome.sends += ended.taken.len();
        outcome.killed += ended.platform.killed;
        outcome.redriven += ended.redriven;
        let sent: BTreeSet<&str> = ended.taken.iter().map(|taken| taken.callback_data.as_str()).collect();
        outcome.twice += ended.taken.len() - sent.len();
        ended.platform.own.remove().await;
        if !broken.is_empty() {
            // Making it small takes many plays: the command does it, the tests of every change only say that something broke.
            let whole = (0..scenario.script().unwrap().lines.len()).collect();
            let (lines, broken) = if folder().is_some() { shrink(&stack, &scenario, seed, broken).await } else { (whole, broken) };
            outcome.broken.push(Failed { seed, broken, lines });
        }
    }
    outcome.milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap();
    keep(&outcome);
    assert!(outcome.broken.is_empty(), "{}", told(&scenario, &outcome));
}

/// Plays both, and compares.
async fn compare(stack: &Stack, scenario: &Scenario, order: &Order) -> (Broken, Ended) {
    let calm = calm(stack, scenario, order).await;
    let ended = play(stack, scenario, order, false).await;
    let broken = check(&ended, &see(&ended, scenario.end).await, &calm);
    (broken, ended)
}

/// The end of the calm play. Scenarios share scripts, and tests run in processes of their own: the first leaves it beside the stack's
/// addresses for the others.
async fn calm(stack: &Stack, scenario: &Scenario, order: &Order) -> Reference {
    let name = format!("calm-{}-{}-{}.json", scenario.calm_name(), order.seed, made());
    let file = order.kept.is_none().then(|| stack.folder.join(name));
    let left = file.as_ref().and_then(|file| std::fs::read_to_string(file).ok());
    if let Some(reference) = left.and_then(|text| serde_json::from_str(&text).ok()) {
        return reference;
    }
    let ended = play(stack, scenario, order, true).await;
    let reference = see(&ended, scenario.end).await.reference();
    ended.platform.own.remove().await;
    if let Some(file) = file {
        // Whole or not at all: somebody may be reading.
        let mine = file.with_extension(std::process::id().to_string());
        std::fs::write(&mine, serde_json::to_string(&reference).unwrap()).unwrap();
        std::fs::rename(mine, file).unwrap();
    }
    reference
}

/// Which build of the tests this is: what another left is not what this one would.
fn made() -> u128 {
    let program = std::env::current_exe().and_then(std::fs::metadata).and_then(|found| found.modified()).unwrap();
    program.duration_since(std::time::UNIX_EPOCH).unwrap().as_millis()
}

/// Leaves lines out of the script as long as something that broke still breaks.
async fn shrink(stack: &Stack, scenario: &Scenario, seed: u64, broken: Broken) -> (Vec<usize>, Broken) {
    let mut kept: BTreeSet<usize> = (0..scenario.script().unwrap().lines.len()).collect();
    let (mut smallest, mut plays) = (broken, 0);
    let (mut size, started) = (kept.len().div_ceil(2), Instant::now());
    while size >= 1 {
        let mut dropped = false;
        for chunk in kept.iter().copied().collect::<Vec<_>>().chunks(size) {
            let fewer: BTreeSet<usize> = kept.iter().copied().filter(|line| !chunk.contains(line)).collect();
            if plays >= SHRINKS_MAX || started.elapsed() > SHRINKING_MAX || fewer.is_empty() {
                break;
            }
            plays += 1;
            let (broken, ended) = compare(stack, scenario, &Order { seed, kept: Some(fewer.clone()) }).await;
            ended.platform.own.remove().await;
            if broken.keys().any(|invariant| smallest.contains_key(invariant)) {
                (kept, smallest, dropped) = (fewer, broken, true);
            }
        }
        size = if dropped { size.min(kept.len()) } else { size / 2 };
        if plays >= SHRINKS_MAX || started.elapsed() > SHRINKING_MAX {
            break;
        }
    }
    (kept.into_iter().collect(), smallest)
}

fn told(scenario: &Scenario, outcome: &Outcome) -> String {
    let mut told = String::new();
    for failed in &outcome.broken {
        let _ =
            writeln!(told, "\n{} does not hold with seed {}; lines {:?} of its script show it:", scenario.name, failed.seed, failed.lines);
        for (invariant, found) in &failed.broken {
            let _ = writeln!(told, "  {invariant:?}:");
            for one in found.iter().take(8) {
                let _ = writeln!(told, "    {one}");
            }
        }
    }
    let seeds: Vec<String> = outcome.broken.iter().map(|failed| failed.seed.to_string()).collect();
    let _ = writeln!(told, "again: cargo xtask faults --scenario {} --seed {}", scenario.name, seeds.join(","));
    told
}

#[expect(clippy::disallowed_methods, reason = "this is how the command asks for more")]
fn seeds() -> Vec<u64> {
    let named = std::env::var(SEEDS_VARIABLE).unwrap_or_default();
    let seeds: Vec<u64> = named.split(',').filter_map(|seed| seed.trim().parse().ok()).collect();
    if seeds.is_empty() { SEEDS.to_vec() } else { seeds }
}

#[expect(clippy::disallowed_methods, reason = "this is how the command asks for the outcome")]
fn folder() -> Option<PathBuf> {
    std::env::var(FOLDER_VARIABLE).ok().map(PathBuf::from)
}

fn keep(outcome: &Outcome) {
    if let Some(folder) = folder() {
        let file = folder.join(format!("{}.json", outcome.scenario));
        std::fs::write(file, serde_json::to_string_pretty(outcome).unwrap()).unwrap();
    }
}
