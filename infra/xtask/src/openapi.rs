//! `cargo xtask openapi`: the dashboard API's description, written by the function itself.

use std::process::Command;

use anyhow::Context as _;

use crate::{command, only_flags, root};

/// Writes `dashboard/openapi.json`; with `--check` fails when it is out of date.
///
/// # Errors
/// Then, and when the description cannot be made.
pub fn run(arguments: &[String]) -> anyhow::Result<()> {
    only_flags(arguments, &["--check"])?;
    let file = root::dashboard().join("openapi.json");
    // Not by `cargo run --package`: on its own the package has other features than in the workspace, and all of the SDK would be built
    // once more.
    command::run(root::cargo().args(["build", "--workspace", "--examples", "--bin", "openapi"]))?;
    let mut document = command::capture(&mut Command::new(root::binaries(false)?.join("openapi")))?;
    if !document.ends_with('\n') {
        document.push('\n');
    }
    if arguments.is_empty() {
        return std::fs::write(&file, document).with_context(|| format!("{} cannot be written", file.display()));
    }
    let found = std::fs::read_to_string(&file).unwrap_or_default();
    anyhow::ensure!(
        found == document,
        "dashboard/openapi.json is out of date: run `cargo xtask openapi`, then `npm run gen` in dashboard/"
    );
    Ok(())
}
