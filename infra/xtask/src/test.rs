//! `cargo xtask test`: every test, against a stack of its own.

use std::{path::PathBuf, process::Command};

use crate::{
    command,
    prepare::{self, Programs, node, system},
    process::Folder,
    root, say,
    say::Costs,
    stack::{Endpoints, Plan, Ports, Secrets, Stack},
};

/// The variable that leads tests to `endpoints.json`.
pub const ENDPOINTS: &str = "TARUN_ENDPOINTS";

/// What to run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Dashboard,
    Browser,
    Doc,
    Rust,
}

impl Part {
    const ALL: [Self; 4] = [Self::Dashboard, Self::Browser, Self::Doc, Self::Rust];

    fn of(word: &str) -> anyhow::Result<Self> {
        match word {
            "dashboard" => Ok(Self::Dashboard),
            "browser" => Ok(Self::Browser),
            "doc" => Ok(Self::Doc),
            "rust" => Ok(Self::Rust),
            other => anyhow::bail!("--only {other} is not understood; known: rust, doc, dashboard, browser"),
        }
    }
}

/// Runs the tests. A part that fails does not hide the next; the Rust tests come last, so that their summary is what one reads.
///
/// # Errors
/// When a part failed.
pub fn run(arguments: &[String]) -> anyhow::Result<()> {
    let (ours, rust_arguments) = match arguments.iter().position(|argument| argument == "--") {
        Some(end) => (&arguments[..end], &arguments[end + 1..]),
        None => (arguments, &[][..]),
    };
    let parts = chosen(ours)?;
    let wants = |part| parts.contains(&part);
    let mut costs = Costs::default();
    let browser = wants(Part::Browser);
    let needs = if browser { &[system::COMPILER, system::PYTHON, system::BROWSER][..] } else { &[system::COMPILER, system::PYTHON] };
    let prepared = costs.part("set-up and build", || prepare::everything(Programs::DevWithTests, needs));
    let Some(prepared) = prepared else { anyhow::bail!("nothing could be tested") };

    if wants(Part::Dashboard) {
        costs.part("dashboard: unit tests", || command::run(node::npm().args(["test"])));
        costs.part("dashboard: budgets", || command::run(node::npm().args(["run", "budgets"])));
    }
    let mut summary = Vec::new();
    if browser {
        costs.part("dashboard: browser, a mock", || command::run(browser_tests().arg("mock")));
    }
    let needs_stack = browser || wants(Part::Rust);
    let stack = if needs_stack { costs.part("stack", || Stack::start(&plan()?, &prepared)) } else { None };
    if let Some(stack) = stack {
        if browser {
            costs.part("dashboard: browser, the whole stack", || command::run(&mut playwright(&stack.endpoints)));
        }
        if wants(Part::Rust) {
            costs.part("unit and integration", || rust(rust_arguments, &mut summary));
        }
        costs.part("stack stopped", || {
            stack.stop();
            Ok(())
        });
    }
    if wants(Part::Doc) {
        costs.part("examples in documentation", || command::run(root::cargo().args(["test", "--quiet", "--workspace", "--doc"])));
    }
    costs.print();
    for line in &summary {
        say::line(line);
    }
    let failed = costs.failed();
    anyhow::ensure!(failed.is_empty(), "{}", failed.join(", "));
    Ok(())
}

/// Where the stack of the tests lives.
pub fn folder() -> PathBuf {
    root::path().join("target/test-stack")
}

/// Prepares and starts a stack for tests.
///
/// # Errors
/// When it does not start.
pub fn start(programs: Programs, needs: &[system::Need]) -> anyhow::Result<Stack> {
    let prepared = prepare::everything(programs, needs)?;
    Stack::start(&plan()?, &prepared)
}

/// Free ports, roles enforced, and short waits.
fn plan() -> anyhow::Result<Plan> {
    Ok(Plan {
        folder: Folder::take(folder())?,
        stage: "test",
        enforce_iam: true,
        keep: None,
        ports: Ports::free()?,
        secrets: Secrets::fresh()?,
        parameters: vec![("VisibilityTimeoutSeconds", "5".to_owned()), ("UnknownOutcomeWaitSeconds", "1".to_owned())],
        status_delay_ms: 30,
    })
}

fn chosen(arguments: &[String]) -> anyhow::Result<Vec<Part>> {
    let Some((flag, words)) = arguments.split_first() else {
        return Ok(Part::ALL.to_vec());
    };
    anyhow::ensure!(flag == "--only" && !words.is_empty(), "usage: cargo xtask test [--only rust|doc|dashboard|browser …] [-- …]");
    words.iter().flat_map(|words| words.split(',')).map(Part::of).collect()
}

fn rust(arguments: &[String], summary: &mut Vec<String>) -> anyhow::Result<()> {
    let nextest = root::program("cargo-nextest").is_some();
    let mut cargo = root::cargo();
    if nextest {
        // Without the handler of keys it does not touch the terminal, which is not its own.
        cargo.args(["nextest", "run", "--workspace"]).env("NEXTEST_NO_INPUT_HANDLER", "1");
    } else {
        say::line(
            "  cargo-nextest is missing (cargo install cargo-nextest --locked), so cargo test runs them: slower, and no time per test",
        );
        cargo.args(["test", "--workspace", "--all-targets"]);
    }
    cargo.args(arguments).env(ENDPOINTS, folder().join("endpoints.json"));
    if !nextest {
        return command::run(&mut cargo);
    }
    let (status, lines) = command::watched(&mut cargo, |line| line.trim_start().starts_with("Summary ["))?;
    *summary = lines;
    anyhow::ensure!(status.success(), "tests failed: `cargo xtask test --only rust -- NAME` runs those whose name has NAME in it");
    Ok(())
}

/// Playwright with the browser of this machine.
fn browser_tests() -> Command {
    let mut npm = node::npm();
    npm.args(["run", "e2e", "--"]);
    if let Some(browser) = system::BROWSER.program() {
        npm.env("CHROMIUM", browser);
    }
    npm
}

fn playwright(at: &Endpoints) -> Command {
    let mut npm = browser_tests();
    npm.envs([
        ("BASE_URL", &at.dashboard_url),
        ("DASHBOARD_EMAIL", &at.dashboard_email),
        ("DASHBOARD_PASSWORD", &at.dashboard_password),
        ("SIMULATOR_URL", &at.simulator_url),
        ("CUSTOMER_PHONE", &at.customer_phone),
        ("PHONE_NUMBER_ID", &at.phone_number_id),
    ]);
    npm.env(ENDPOINTS, folder().join("endpoints.json"));
    npm
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_chosen_by_name() {
        let words = |text: &str| text.split_whitespace().map(ToOwned::to_owned).collect::<Vec<_>>();
        assert!(chosen(&[]).unwrap() == Part::ALL);
        assert!(chosen(&words("--only rust doc")).unwrap() == [Part::Rust, Part::Doc]);
        assert!(chosen(&words("--only browser,rust")).unwrap() == [Part::Browser, Part::Rust]);
        for bad in ["--only", "--only paint", "rust"] {
            assert!(chosen(&words(bad)).is_err(), "{bad}");
        }
    }
}
