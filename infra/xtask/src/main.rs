//! `cargo xtask`: everything that is scripted in this repository, one file per command.

mod build;
mod check;
mod command;
mod faults;
mod http;
mod interrupt;
mod layers;
mod ledger;
mod openapi;
mod ports;
mod prepare;
mod process;
mod random;
mod root;
mod say;
mod sizes;
mod stack;
mod stamp;
mod test;
mod up;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask <command>

  up [--keep] [--release]       starts everything on this machine and says where; Ctrl-C stops it
  test [--only PART …] [-- …]   all tests; PART: rust, doc, dashboard, browser; what follows -- goes to the Rust tests
  check [--only PART …]         format, words, layers, template, dashboard, clippy, dependencies
  layers                        fails when a crate depends on one it must not know
  openapi [--check]             writes dashboard/openapi.json, or fails when it is out of date
  build [--arm64]               builds the functions as they go to the cloud, into target/lambda
  sizes                         how large the functions are
  faults [--seeds N] [--seed N] [--scenario NAME] [--write]
                                plays what can go wrong and prints what holds; --check compares the document
  ledger                        calls and capacity units that a message costs
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = interrupt::listen().and_then(|()| run(&arguments));
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) if interrupt::requested() => {
            say::line("stopped");
            ExitCode::from(130)
        }
        Err(error) => {
            say::failure(&error);
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> anyhow::Result<()> {
    let Some((command, rest)) = arguments.split_first() else {
        say::line(HELP);
        return Ok(());
    };
    match command.as_str() {
        "up" => up::run(rest),
        "test" => test::run(rest),
        "check" => check::run(rest),
        "layers" => layers::run(rest),
        "openapi" => openapi::run(rest),
        "build" => build::run(rest),
        "sizes" => sizes::run(rest),
        "faults" => faults::run(rest),
        "ledger" => ledger::run(rest),
        "help" | "--help" | "-h" => {
            say::line(HELP);
            Ok(())
        }
        other => anyhow::bail!("there is no command {other}; `cargo xtask help` lists them"),
    }
}

/// Refuses every argument that the command does not know.
fn only_flags(arguments: &[String], known: &[&str]) -> anyhow::Result<()> {
    match arguments.iter().find(|given| !known.contains(&given.as_str())) {
        None => Ok(()),
        Some(other) if known.is_empty() => {
            anyhow::bail!("{other} is not understood: this command takes no argument")
        }
        Some(other) => anyhow::bail!("{other} is not understood; known: {}", known.join(", ")),
    }
}
