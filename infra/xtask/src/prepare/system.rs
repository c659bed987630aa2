//! Packages of the operating system.

use std::{
    path::PathBuf,
    process::{Command, Stdio},
};

use crate::{command, root, say};

/// Something the system must have.
pub struct Need {
    /// Its packages in Debian.
    packages: &'static [&'static str],
    /// Programs of which one is enough.
    any_of: &'static [&'static str],
    /// A program whose success shows that it is really there.
    probe: &'static [&'static str],
}

/// A C compiler and linker, for cargo.
pub const COMPILER: Need = Need { packages: &["build-essential"], any_of: &["cc"], probe: &[] };
/// Python with virtual environments.
pub const PYTHON: Need =
    Need { packages: &["python3", "python3-venv"], any_of: &["python3"], probe: &["python3", "-c", "import ensurepip, venv"] };
/// A browser, for the tests of the dashboard.
pub const BROWSER: Need = Need { packages: &["chromium"], any_of: &["chromium", "chromium-browser"], probe: &[] };

/// Installs what is missing when we are root; otherwise says what to run.
///
/// # Errors
/// When something is missing and we may not install it.
pub fn install(needs: &[Need]) -> anyhow::Result<()> {
    let missing: Vec<&str> = needs.iter().filter(|need| !need.is_met()).flat_map(|need| need.packages).copied().collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages = missing.join(" ");
    anyhow::ensure!(
        root::program("apt-get").is_some(),
        "missing on this machine: {packages} (as Debian calls them). Install them and start again"
    );
    anyhow::ensure!(
        is_root()?,
        "missing on this machine: {packages}. Run this line, then start again:\n  sudo apt-get install -y {packages}"
    );
    say::step(&format!("apt-get install {packages}"), || {
        let log = root::local().join("logs/apt.log");
        let apt = || {
            let mut apt = Command::new("apt-get");
            apt.env("DEBIAN_FRONTEND", "noninteractive");
            apt
        };
        command::quiet(apt().args(["update", "-q"]), &log)?;
        command::quiet(apt().args(["install", "-y", "-q", "--no-install-recommends"]).args(&missing), &log)
    })
}

impl Need {
    /// The first of its programs that is there.
    pub fn program(&self) -> Option<PathBuf> {
        self.any_of.iter().find_map(|name| root::program(name))
    }

    fn is_met(&self) -> bool {
        self.program().is_some() && self.probe.split_first().is_none_or(|(program, arguments)| succeeds(program, arguments))
    }
}

fn succeeds(program: &str, arguments: &[&str]) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

fn is_root() -> anyhow::Result<bool> {
    Ok(command::capture(Command::new("id").arg("-u"))?.trim() == "0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_need_is_met_by_a_program_that_works() {
        let need = |any_of, probe| Need { packages: &["x"], any_of, probe };
        assert!(need(&["no-such-program", "sh"], &[]).is_met());
        assert!(need(&["sh"], &["sh", "-c", "true"]).is_met());
        assert!(!need(&["sh"], &["sh", "-c", "false"]).is_met());
        assert!(!need(&["no-such-program"], &[]).is_met());
        assert!(install(&[need(&["sh"], &[])]).is_ok());
    }
}
