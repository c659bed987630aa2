//! `cargo xtask check`: everything that is found without running the system, cheapest first.

use std::{path::Path, process::Command};

use crate::{
    command, faults, layers,
    prepare::{node, python, system},
    root,
    say::Costs,
};

/// A part of the check.
struct Part {
    name: &'static str,
    title: &'static str,
    work: fn() -> anyhow::Result<()>,
}

const PARTS: [Part; 8] = [
    Part { name: "fmt", title: "format", work: format },
    Part { name: "words", title: "spelling", work: words },
    Part { name: "layers", title: "layers", work: || layers::run(&[]) },
    Part { name: "faults", title: "the table of faults", work: || faults::run(&["--check".to_owned()]) },
    Part { name: "template", title: "template", work: template },
    Part { name: "dashboard", title: "dashboard: lint and types", work: dashboard },
    Part { name: "clippy", title: "clippy", work: clippy },
    Part { name: "deny", title: "dependencies", work: dependencies },
];

/// Runs all parts, or those named. A part that fails does not hide the next.
///
/// # Errors
/// When a part failed.
pub fn run(arguments: &[String]) -> anyhow::Result<()> {
    let parts = chosen(arguments)?;
    system::install(&[system::COMPILER, system::PYTHON])?;
    let mut costs = Costs::default();
    for part in parts {
        costs.part(part.title, part.work);
    }
    costs.print();
    let failed = costs.failed();
    anyhow::ensure!(failed.is_empty(), "{}", failed.join(", "));
    Ok(())
}

fn chosen(arguments: &[String]) -> anyhow::Result<Vec<&'static Part>> {
    let Some((flag, words)) = arguments.split_first() else {
        return Ok(PARTS.iter().collect());
    };
    let names = PARTS.map(|part| part.name).join("|");
    anyhow::ensure!(flag == "--only" && !words.is_empty(), "usage: cargo xtask check [--only {names} …]");
    let part = |word: &str| {
        PARTS.iter().find(|part| part.name == word).ok_or_else(|| anyhow::anyhow!("--only {word} is not understood; known: {names}"))
    };
    words.iter().flat_map(|words| words.split(',')).map(part).collect()
}

fn format() -> anyhow::Result<()> {
    command::run(root::cargo().args(["fmt", "--all", "--check"]))
}

fn words() -> anyhow::Result<()> {
    command::run(linter("typos")?.args(["--config", ".typos.toml"]))
}

fn template() -> anyhow::Result<()> {
    command::run(linter("cfn-lint")?.args(["--regions", "ap-south-1", "--template", "template.yaml"]))?;
    command::run(linter("sam")?.args(["validate", "--lint"]).env("SAM_CLI_TELEMETRY", "0"))?;
    // As it is written, the linter sees neither policies nor what the loops make; in the expansion it does.
    let expansion = root::path().join("target/local/template.json");
    let aws = python::environment("venv", "infra/requirements.txt")?;
    let mut expand = Command::new(aws);
    expand.current_dir(root::path()).args(["infra/local/expand.py", "--template", "template.yaml", "--output"]).arg(&expansion);
    command::run(&mut expand)?;
    command::run(linter("cfn-lint")?.args(["--regions", "ap-south-1", "--ignore-checks", "W1020", "W7001", "--template"]).arg(&expansion))
}

fn dashboard() -> anyhow::Result<()> {
    node::check()?;
    node::packages()?;
    command::run(node::npm().args(["run", "lint"]))?;
    command::run(node::npm().args(["run", "typecheck"]))
}

fn clippy() -> anyhow::Result<()> {
    command::run(root::cargo().args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
}

fn dependencies() -> anyhow::Result<()> {
    anyhow::ensure!(root::program("cargo-deny").is_some(), "cargo-deny is missing: cargo install cargo-deny --locked");
    // Advisories are left out: they need a database from the network that a build machine may not reach.
    command::run(root::cargo().args(["deny", "--all-features", "check", "bans", "licenses", "sources"]))
}

/// A linter from an environment of its own.
fn linter(name: &str) -> anyhow::Result<Command> {
    let python = python::environment("venv-lint", "infra/requirements-lint.txt")?;
    let mut command = Command::new(python.parent().unwrap_or(Path::new(".")).join(name));
    command.current_dir(root::path());
    Ok(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_chosen_by_name() {
        let names = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(ToString::to_string).collect();
            chosen(&words).map(|parts| parts.iter().map(|part| part.name).collect::<Vec<_>>())
        };
        assert_eq!(names(&[]).unwrap().len(), PARTS.len());
        assert_eq!(names(&["--only", "fmt,layers"]).unwrap(), ["fmt", "layers"]);
        assert!(names(&["--only", "paint"]).is_err());
        assert!(names(&["fmt"]).is_err());
    }
}
