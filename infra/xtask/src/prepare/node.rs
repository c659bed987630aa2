//! The dashboard's packages and its build.

use std::{path::PathBuf, process::Command};

use anyhow::Context as _;

use crate::{command, root, say, stamp::Stamp};

/// What the build reads.
const SOURCES: [&str; 9] = [
    "src",
    "public",
    "index.html",
    "package.json",
    "package-lock.json",
    "vite.config.ts",
    "tsconfig.json",
    "tsconfig.app.json",
    "tsconfig.node.json",
];

/// Checks that Node is there and new enough.
///
/// # Errors
/// When it is not.
pub fn check() -> anyhow::Result<()> {
    let version = version()?;
    anyhow::ensure!(is_new_enough(&version), "Node 20.19 or newer is needed, node is {version}; see https://nodejs.org/en/download");
    anyhow::ensure!(root::program("npm").is_some(), "npm is missing: it comes with Node; on Debian: sudo apt-get install -y npm");
    Ok(())
}

/// `npm ci`, unless the packages of this lock file are there.
///
/// # Errors
/// When a package cannot be had.
pub fn packages() -> anyhow::Result<()> {
    let folder = root::dashboard();
    let stamp = Stamp::of(stamp_file("packages"), &[folder.join("package-lock.json"), folder.join("package.json")], &[&version()?])?;
    stamp.unless_fresh(folder.join("node_modules").is_dir(), || {
        say::step("dashboard: npm ci", || {
            command::quiet(npm().args(["ci", "--no-audit", "--no-fund"]), &root::local().join("logs/npm-ci.log"))
        })
    })
}

/// `npm run build`, unless this source is built.
///
/// # Errors
/// When it does not build.
pub fn build() -> anyhow::Result<()> {
    let folder = root::dashboard();
    let inputs: Vec<PathBuf> = SOURCES.iter().map(|name| folder.join(name)).filter(|path| path.exists()).collect();
    let stamp = Stamp::of(stamp_file("build"), &inputs, &[&version()?])?;
    stamp.unless_fresh(folder.join("dist/index.html").is_file(), || {
        say::step("dashboard: npm run build", || command::quiet(npm().args(["run", "build"]), &root::local().join("logs/npm-build.log")))
    })
}

/// An npm command in the dashboard.
pub fn npm() -> Command {
    let mut npm = Command::new("npm");
    npm.current_dir(root::dashboard()).env("NO_UPDATE_NOTIFIER", "1");
    npm
}

fn stamp_file(name: &str) -> PathBuf {
    root::local().join("stamps").join(format!("dashboard-{name}"))
}

fn version() -> anyhow::Result<String> {
    let version = command::capture(Command::new("node").arg("--version"))
        .context("Node 20.19 or newer is needed; see https://nodejs.org/en/download")?;
    Ok(version.trim().to_owned())
}

/// Whether `node --version` names 20.19 or newer.
fn is_new_enough(version: &str) -> bool {
    let mut numbers = version.trim_start_matches('v').split('.').map(str::parse::<u32>);
    let (Some(Ok(major)), Some(Ok(minor))) = (numbers.next(), numbers.next()) else {
        return false;
    };
    (major, minor) >= (20, 19)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_versions_are_refused() {
        for good in ["v20.19.0", "v20.20.2", "v24.1.0"] {
            assert!(is_new_enough(good), "{good}");
        }
        for bad in ["v18.20.4", "v20.9.0", ""] {
            assert!(!is_new_enough(bad), "{bad}");
        }
    }
}
