//! `cargo xtask build`: the functions as they go to the cloud.

use std::process::{Command, Stdio};

use crate::{command, only_flags, root, say, sizes};

/// Builds every function with cargo-lambda, into `target/lambda`, where template.yaml looks for them.
///
/// # Errors
/// When cargo-lambda is missing or something does not build.
pub fn run(arguments: &[String]) -> anyhow::Result<()> {
    only_flags(arguments, &["--arm64"])?;
    anyhow::ensure!(
        has_cargo_lambda(),
        "cargo-lambda is missing. It comes with its cross-linker from PyPI:\n  pip install cargo-lambda\n\
         then run this again. `sam deploy` needs what it builds; `cargo xtask up` does not"
    );
    let mut cargo = root::cargo();
    cargo.args(["lambda", "build", "--release", "--lambda-dir", "target/lambda"]);
    for name in sizes::functions()? {
        cargo.args(["--package", &name]);
    }
    if arguments.iter().any(|argument| argument == "--arm64") {
        cargo.arg("--arm64");
    }
    say::step("cargo lambda build", || command::run(&mut cargo))?;
    sizes::run(&[])
}

fn has_cargo_lambda() -> bool {
    let mut command = Command::new("cargo-lambda");
    command.args(["lambda", "--version"]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
