//! `cargo xtask layers`: who may depend on whom.

mod metadata;
mod rules;

use anyhow::Context as _;

use crate::{command, only_flags, root, say};

use self::metadata::Metadata;

/// Fails when a crate of the workspace depends on one that it must not know.
///
/// # Errors
/// Then; each wrong arrow is named with the reason.
pub fn run(arguments: &[String]) -> anyhow::Result<()> {
    only_flags(arguments, &[])?;
    // Without `--no-deps` cargo would resolve, and may ask the network; what a crate declares is all that is looked at.
    let text = command::capture(root::cargo().args(["metadata", "--format-version", "1", "--no-deps"]))?;
    let metadata: Metadata = serde_json::from_str(&text).context("cargo metadata is not understood")?;
    let wrong = rules::violations(&metadata);
    anyhow::ensure!(
        wrong.is_empty(),
        "{} of the workspace's arrows point where they must not:\n  {}\nMove the code to the layer it belongs to, or pass what is needed as an argument",
        wrong.len(),
        wrong.join("\n  ")
    );
    say::line(format!("  {} crates, every arrow allowed", metadata.packages.len()));
    Ok(())
}
