//! Virtual environments with pinned packages.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context as _;

use crate::{command, root, say, stamp::Stamp};

/// Makes the environment of these requirements, unless it is there already, and returns its Python.
///
/// # Errors
/// When Python is older than 3.11 or a package cannot be had.
pub fn environment(name: &str, requirements: &str) -> anyhow::Result<PathBuf> {
    let folder = root::local().join(name);
    let python = folder.join("bin/python");
    let version = command::capture(Command::new("python3").arg("--version")).context("Python 3.11 or newer is needed")?;
    anyhow::ensure!(is_new_enough(&version), "Python 3.11 or newer is needed, python3 is {}", version.trim());
    let file = root::path().join(requirements);
    // The folder is an input: an environment cannot be moved.
    let stamp = Stamp::of(folder.join("stamp"), std::slice::from_ref(&file), &[version.trim(), &folder.to_string_lossy()])?;
    stamp.unless_fresh(python.is_file(), || say::step(&format!("Python packages of {requirements}"), || make(&folder, &python, &file)))?;
    Ok(python)
}

fn make(folder: &Path, python: &Path, requirements: &Path) -> anyhow::Result<()> {
    let log = root::local().join("logs/pip.log");
    command::quiet(Command::new("python3").args(["-m", "venv", "--clear"]).arg(folder), &log)?;
    let mut pip = Command::new(python);
    pip.args(["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--requirement"]).arg(requirements);
    command::quiet(&mut pip, &log)
}

/// Whether `python3 --version` names 3.11 or newer.
fn is_new_enough(version: &str) -> bool {
    let mut numbers = version.trim().trim_start_matches("Python ").split('.').map(str::parse::<u32>);
    let (Some(Ok(major)), Some(Ok(minor))) = (numbers.next(), numbers.next()) else {
        return false;
    };
    (major, minor) >= (3, 11)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_versions_are_refused() {
        for good in ["Python 3.11.2\n", "Python 3.12.0rc1", "Python 4.0.0"] {
            assert!(is_new_enough(good), "{good}");
        }
        for bad in ["Python 3.9.18", "Python 2.7", "", "pypy"] {
            assert!(!is_new_enough(bad), "{bad}");
        }
    }
}
