//! What must be there before anything starts: system packages, Python and Node packages, our own programs.

pub mod node;
pub mod python;
pub mod system;

use std::{path::PathBuf, thread};

use crate::{command, root, say};

/// What is built.
#[derive(Clone, Copy)]
pub enum Programs {
    /// The programs, quickly built.
    Dev,
    /// The programs as they go to the cloud.
    Release,
    /// The programs and their tests.
    DevWithTests,
}

/// What the stack is started from.
pub struct Prepared {
    /// The Python of the local AWS.
    pub python: PathBuf,
    /// The folder of our programs.
    pub binaries: PathBuf,
}

/// Prepares everything that the stack needs. While cargo builds before the user's eyes, the packages arrive behind it.
///
/// # Errors
/// When something is missing that only the user can install, or something does not build.
pub fn everything(programs: Programs, needs: &[system::Need]) -> anyhow::Result<Prepared> {
    system::install(needs)?;
    node::check()?;
    thread::scope(|scope| {
        let packages = scope.spawn(|| {
            let python = python::environment("venv", "infra/requirements.txt")?;
            node::packages()?;
            node::build()?;
            Ok::<PathBuf, anyhow::Error>(python)
        });
        let binaries = say::step("cargo build", || build(programs));
        let python = packages.join().unwrap_or_else(|_| anyhow::bail!("preparing the packages panicked"));
        Ok(Prepared { python: python?, binaries: binaries? })
    })
}

fn build(programs: Programs) -> anyhow::Result<PathBuf> {
    let flags: &[&str] = match programs {
        // There are no examples. To name them makes cargo choose features as it does for tests; without that, a test run after a
        // start would build everything a second time.
        Programs::Dev => &["--bins", "--examples"],
        Programs::Release => &["--bins", "--release"],
        Programs::DevWithTests => &["--all-targets"],
    };
    command::run(root::cargo().args(["build", "--workspace"]).args(flags))?;
    root::binaries(matches!(programs, Programs::Release))
}
