//! `cargo xtask sizes`: how large the functions are.

use std::path::Path;

use crate::{only_flags, root, say};

/// Prints the sizes of what has been built.
///
/// # Errors
/// When nothing has been built.
pub fn run(arguments: &[String]) -> anyhow::Result<()> {
    only_flags(arguments, &[])?;
    let mut shown = 0;
    for (title, folder) in
        [("for the cloud", root::path().join("target/lambda")), ("release", root::binaries(true)?), ("dev", root::binaries(false)?)]
    {
        let rows: Vec<(String, u64)> =
            functions()?.into_iter().filter_map(|name| size(&folder, &name).map(|bytes| (name, bytes))).collect();
        if rows.is_empty() {
            continue;
        }
        shown += rows.len();
        say::line(format!("{title} ({})", folder.display()));
        for (name, bytes) in &rows {
            say::line(format!("  {name:<16}{:>9}", megabytes(*bytes)));
        }
        say::line(format!("  {:<16}{:>9}", "in all", megabytes(rows.iter().map(|(_, bytes)| bytes).sum())));
    }
    anyhow::ensure!(shown > 0, "no function has been built: run `cargo xtask build` or `cargo build --workspace --release`");
    Ok(())
}

/// The functions' names: those of their folders.
pub fn functions() -> anyhow::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(root::path().join("functions"))? {
        let entry = entry?;
        if entry.path().join("Cargo.toml").is_file() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

fn size(folder: &Path, name: &str) -> Option<u64> {
    // cargo-lambda makes a folder per function, cargo a file.
    let file = [folder.join(name).join("bootstrap"), folder.join(name)].into_iter().find(|path| path.is_file())?;
    Some(std::fs::metadata(file).ok()?.len())
}

fn megabytes(bytes: u64) -> String {
    let tenths = bytes / 100_000;
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_layouts_are_found() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("webhook"), [0; 10]).unwrap();
        std::fs::create_dir(folder.path().join("stream")).unwrap();
        std::fs::write(folder.path().join("stream/bootstrap"), [0; 20]).unwrap();
        assert_eq!(size(folder.path(), "webhook"), Some(10));
        assert_eq!(size(folder.path(), "stream"), Some(20));
        assert_eq!(size(folder.path(), "outbound"), None);
        assert_eq!(megabytes(11_840_000), "11.8 MB");
    }

    #[test]
    fn the_functions_are_those_of_the_folder() {
        assert!(functions().unwrap().contains(&"webhook".to_owned()));
    }
}
