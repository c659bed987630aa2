//! `cargo xtask faults`: every scenario of the simulator, with so many seeds, on the real functions; and the table of what holds.

mod document;
mod outcome;

use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::{
    command,
    prepare::{Programs, system},
    root, say, test,
};
use outcome::{Outcome, Scenario};

/// The variables by which the tests are told what is wanted.
const SEEDS: &str = "TARUN_FAULT_SEEDS";
const FOLDER: &str = "TARUN_FAULT_FOLDER";
const USAGE: &str = "usage: cargo xtask faults [--seeds N | --seed N[,N …]] [--scenario NAME] [--write] | --check";

/// What is wanted.
#[derive(Debug, Default, PartialEq, Eq)]
struct Order {
    seeds: Option<String>,
    scenario: Option<String>,
    write: bool,
    check: bool,
}

/// Plays the scenarios and prints the table; `--write` puts it into `docs/reliability.md`, `--check` only compares that document with
/// the scenarios there are.
///
/// # Errors
/// When something does not hold; seed and shortest script are named.
pub fn run(arguments: &[String]) -> anyhow::Result<()> {
    let order = order(arguments)?;
    let scenarios = outcome::scenarios()?;
    if order.check {
        return document::check(&scenarios);
    }
    let names: Vec<&Scenario> =
        scenarios.iter().filter(|scenario| order.scenario.as_ref().is_none_or(|wanted| *wanted == scenario.name)).collect();
    anyhow::ensure!(!names.is_empty(), "there is no such scenario; known: {}", outcome::names(&scenarios));
    let folder = root::path().join("target/faults");
    empty(&folder)?;
    let stack = test::start(Programs::DevWithTests, &[system::COMPILER, system::PYTHON])?;
    let played = say::step("scenarios", || play(&order, &folder));
    stack.stop();
    let outcomes: Vec<Option<Outcome>> = names.iter().map(|scenario| outcome::read(&folder, &scenario.name)).collect::<Result<_, _>>()?;
    say::line(document::table(&names, &outcomes));
    if order.write {
        anyhow::ensure!(order.scenario.is_none(), "--write needs all scenarios: leave --scenario out");
        document::write(&names, &outcomes)?;
    }
    let told: Vec<String> = outcomes.iter().flatten().flat_map(Outcome::told).collect();
    for line in &told {
        say::line(line);
    }
    anyhow::ensure!(told.is_empty(), "{} plays end as they must not", told.len());
    anyhow::ensure!(outcomes.iter().all(Option::is_some), "some scenarios were not played to their end");
    played
}

fn order(arguments: &[String]) -> anyhow::Result<Order> {
    let mut order = Order::default();
    let mut rest = arguments.iter();
    while let Some(flag) = rest.next() {
        match flag.as_str() {
            "--write" => order.write = true,
            "--check" => order.check = true,
            "--seeds" => {
                let count: u64 = rest.next().context(USAGE)?.parse().context("--seeds wants a number")?;
                order.seeds = Some((1..=count.max(1)).map(|seed| seed.to_string()).collect::<Vec<_>>().join(","));
            }
            "--seed" => order.seeds = Some(rest.next().context(USAGE)?.clone()),
            "--scenario" => order.scenario = Some(rest.next().context(USAGE)?.clone()),
            other => anyhow::bail!("{other} is not understood; {USAGE}"),
        }
    }
    Ok(order)
}

fn empty(folder: &Path) -> anyhow::Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder).with_context(|| format!("{} cannot be emptied", folder.display()))?;
    }
    std::fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))
}

fn play(order: &Order, folder: &PathBuf) -> anyhow::Result<()> {
    let mut cargo = root::cargo();
    // The test's own name is `faults::scenario::<name>`; each leaves its outcome in the folder.
    let one = order.scenario.as_ref().map(|name| format!("faults::scenario::{name}"));
    cargo.args(["test", "--workspace", "--test", "it", one.as_deref().unwrap_or("faults::scenario"), "--", "--test-threads=4"]);
    if one.is_some() {
        cargo.arg("--exact");
    }
    cargo.env(test::ENDPOINTS, test::folder().join("endpoints.json")).env(FOLDER, folder);
    if let Some(seeds) = &order.seeds {
        cargo.env(SEEDS, seeds);
    }
    command::run(&mut cargo)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_are_read() {
        let words = |text: &str| text.split_whitespace().map(ToOwned::to_owned).collect::<Vec<_>>();
        let given = order(&words("--seeds 3 --scenario late")).unwrap();
        assert_eq!(given, Order { seeds: Some("1,2,3".to_owned()), scenario: Some("late".to_owned()), ..Order::default() });
        assert_eq!(order(&words("--seed 7,9 --write")).unwrap().seeds.as_deref(), Some("7,9"));
        assert!(order(&words("--check")).unwrap().check);
        for bad in ["--seeds", "--seeds many", "late"] {
            assert!(order(&words(bad)).is_err(), "{bad}");
        }
    }
}
