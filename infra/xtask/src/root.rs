//! Where things are.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context as _;
use serde::Deserialize;

use crate::command;

/// The repository.
pub fn path() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_owned()
}

/// What `cargo xtask up` makes: environments, addresses, logs.
pub fn local() -> PathBuf {
    path().join("target/local")
}

/// The dashboard.
pub fn dashboard() -> PathBuf {
    path().join("dashboard")
}

/// A cargo command in the repository.
pub fn cargo() -> Command {
    // Set by cargo when it runs us: the cargo of the pinned toolchain.
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.current_dir(path());
    command
}

/// Where cargo puts what it builds with the profile `dev` or `release`.
///
/// # Errors
/// When cargo does not say.
pub fn binaries(release: bool) -> anyhow::Result<PathBuf> {
    #[derive(Deserialize)]
    struct Metadata {
        target_directory: PathBuf,
    }
    let text = command::capture(cargo().args(["metadata", "--format-version", "1", "--no-deps"]))?;
    let metadata: Metadata = serde_json::from_str(&text).context("cargo metadata is not understood")?;
    Ok(metadata.target_directory.join(if release { "release" } else { "debug" }))
}

/// The file of a program, looked for in the places where the shell would look.
pub fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}
