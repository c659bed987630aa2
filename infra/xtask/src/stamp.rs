//! Work that is done once for its inputs: a stamp keeps their fingerprint, and the same inputs are not worked on again.

use std::{
    hash::{DefaultHasher, Hash as _, Hasher as _},
    path::{Path, PathBuf},
};

use anyhow::Context as _;

/// A step's inputs, and where the fingerprint of those last worked on lies.
pub struct Stamp {
    file: PathBuf,
    fingerprint: String,
}

impl Stamp {
    /// Reads the inputs: files, folders with all in them, and words such as the version of a tool.
    ///
    /// # Errors
    /// When an input cannot be read.
    pub fn of(file: PathBuf, inputs: &[PathBuf], words: &[&str]) -> anyhow::Result<Self> {
        let mut hasher = DefaultHasher::new();
        words.hash(&mut hasher);
        for input in inputs {
            add(input, &mut hasher)?;
        }
        Ok(Self { file, fingerprint: format!("{:016x}\n", hasher.finish()) })
    }

    /// Whether these inputs have been worked on already.
    pub fn is_fresh(&self) -> bool {
        std::fs::read_to_string(&self.file).is_ok_and(|found| found == self.fingerprint)
    }

    /// Does the work unless it has been done; the stamp is set only after it has succeeded.
    ///
    /// # Errors
    /// As the work does.
    pub fn unless_fresh(&self, result_is_there: bool, work: impl FnOnce() -> anyhow::Result<()>) -> anyhow::Result<()> {
        if result_is_there && self.is_fresh() {
            return Ok(());
        }
        // Half-done work must not look finished.
        let _ = std::fs::remove_file(&self.file);
        work()?;
        if let Some(folder) = self.file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&self.file, &self.fingerprint).with_context(|| format!("{} cannot be written", self.file.display()))
    }
}

fn add(path: &Path, hasher: &mut DefaultHasher) -> anyhow::Result<()> {
    path.hash(hasher);
    if path.is_dir() {
        let mut entries: Vec<PathBuf> = std::fs::read_dir(path)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
        entries.sort();
        for entry in entries {
            add(&entry, hasher)?;
        }
        return Ok(());
    }
    std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?.hash(hasher);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_done_again_only_when_an_input_changed() {
        let folder = tempfile::tempdir().unwrap();
        let source = folder.path().join("source");
        std::fs::create_dir_all(source.join("deep")).unwrap();
        std::fs::write(source.join("deep/file"), "one").unwrap();
        let mut done = 0;
        let mut work = |words: &[&str], there: bool| {
            let stamp = Stamp::of(folder.path().join("stamp"), std::slice::from_ref(&source), words).unwrap();
            stamp
                .unless_fresh(there, || {
                    done += 1;
                    Ok(())
                })
                .unwrap();
            done
        };
        assert_eq!(work(&["v20"], true), 1);
        assert_eq!(work(&["v20"], true), 1);
        assert_eq!(work(&["v22"], true), 2);
        assert_eq!(work(&["v22"], false), 3);
        std::fs::write(source.join("deep/file"), "two").unwrap();
        assert_eq!(work(&["v22"], true), 4);
        std::fs::write(source.join("new"), "").unwrap();
        assert_eq!(work(&["v22"], true), 5);
    }

    #[test]
    fn failed_work_leaves_no_stamp() {
        let folder = tempfile::tempdir().unwrap();
        let stamp = || Stamp::of(folder.path().join("stamp"), &[], &["same"]).unwrap();
        stamp().unless_fresh(true, || Ok(())).unwrap();
        assert!(stamp().is_fresh());
        assert!(stamp().unless_fresh(false, || anyhow::bail!("broken")).is_err());
        assert!(!stamp().is_fresh());
    }
}
