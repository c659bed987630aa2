//! Programs that run beside us, each with a log, and what is left of those of a start that could not end properly.

use std::{
    fs::File,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus},
    time::Duration,
};

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use crate::{command, say};

/// A program that runs beside us. Dropped, it is killed.
pub struct Process {
    /// What it is.
    pub name: &'static str,
    /// What it writes.
    pub log: PathBuf,
    child: Child,
}

impl Process {
    /// Starts it; what it writes goes to a log.
    ///
    /// # Errors
    /// When it is not there or the log cannot be written.
    pub fn start(name: &'static str, program: &mut Command, log: &Path) -> anyhow::Result<Self> {
        let (output, errors) = command::log_file(log, false)?;
        let child = command::start(program.stdout(output).stderr(errors))?;
        Ok(Self { name, log: log.to_owned(), child })
    }

    /// Whether it has ended.
    ///
    /// # Errors
    /// When the system does not tell.
    pub fn ended(&mut self) -> anyhow::Result<Option<ExitStatus>> {
        Ok(self.child.try_wait()?)
    }

    /// Fails when it has ended, and shows what it wrote last.
    ///
    /// # Errors
    /// Then.
    pub fn must_run(&mut self) -> anyhow::Result<()> {
        if let Some(status) = self.ended()? {
            anyhow::bail!("{} ended with {status}; the end of {}:\n{}", self.name, self.log.display(), command::tail(&self.log));
        }
        Ok(())
    }

    /// Ends it with all that it started.
    pub fn stop(mut self, patience: Duration) {
        if let Err(error) = command::end(&mut self.child, patience) {
            say::line(format!("{}: {error}", self.name));
        }
    }

    fn mark(&self) -> Option<Mark> {
        let id = self.child.id();
        Some(Mark { name: self.name.to_owned(), id, since: since(id)? })
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            command::signal(self.child.id(), "KILL");
            let _ = self.child.wait();
        }
    }
}

/// A process as it is found again: its id, and its start in ticks since the machine's, because ids are used again.
#[derive(Serialize, Deserialize)]
struct Mark {
    name: String,
    id: u32,
    since: u64,
}

/// A folder of a running system. Only one start at a time may use it; the system frees it, however the process ends.
pub struct Folder {
    path: PathBuf,
    _lock: File,
}

impl Folder {
    /// Takes the folder, and ends what an earlier start left behind because it was killed.
    ///
    /// # Errors
    /// When another process has it.
    pub fn take(path: PathBuf) -> anyhow::Result<Self> {
        std::fs::create_dir_all(&path)?;
        let file = path.join("lock");
        let lock = File::options().create(true).append(true).open(&file).with_context(|| format!("{} cannot be opened", file.display()))?;
        if lock.try_lock().is_err() {
            anyhow::bail!("another cargo xtask uses {}: stop it first (Ctrl-C in its terminal)", path.display());
        }
        end_leftovers(&path);
        Ok(Self { path, _lock: lock })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// Writes down which programs run, for a next start that finds them orphaned.
///
/// # Errors
/// When the file cannot be written.
pub fn remember(folder: &Path, processes: &[Process]) -> anyhow::Result<()> {
    let marks: Vec<Mark> = processes.iter().filter_map(Process::mark).collect();
    std::fs::write(folder.join("processes.json"), serde_json::to_string_pretty(&marks)?)?;
    Ok(())
}

/// Ends what an earlier start left behind because it was killed.
fn end_leftovers(folder: &Path) {
    let text = std::fs::read_to_string(folder.join("processes.json")).unwrap_or_default();
    let marks: Vec<Mark> = serde_json::from_str(&text).unwrap_or_default();
    for mark in marks.iter().filter(|mark| since(mark.id) == Some(mark.since)) {
        say::line(format!("  {} of an earlier start still runs: ended", mark.name));
        command::signal(mark.id, "KILL");
    }
}

/// When a process started; nothing when there is none, or on a system without `/proc`.
fn since(id: u32) -> Option<u64> {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The second field is the program's name in parentheses, which may hold blanks; the start is the 22nd.
    stat.rsplit_once(") ")?.1.split(' ').nth(19)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orphans_are_found_and_strangers_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let sleeper = |name| Process::start(name, Command::new("sleep").arg("60"), &folder.path().join(name)).unwrap();
        let (mut orphan, mut stranger) = (sleeper("orphan"), sleeper("stranger"));
        let mut marks: Vec<Mark> = [&orphan, &stranger].into_iter().filter_map(Process::mark).collect();
        marks[1].since += 1;
        std::fs::write(folder.path().join("processes.json"), serde_json::to_string(&marks).unwrap()).unwrap();
        end_leftovers(folder.path());
        assert!(!orphan.child.wait().unwrap().success());
        assert!(orphan.must_run().unwrap_err().to_string().contains("orphan ended"));
        assert_eq!(stranger.ended().unwrap(), None);
    }

    #[test]
    fn a_folder_has_one_user() {
        let folder = tempfile::tempdir().unwrap();
        let take = || Folder::take(folder.path().to_owned());
        let held = take().unwrap();
        assert!(take().is_err());
        drop(held);
        assert!(take().is_ok());
    }
}
