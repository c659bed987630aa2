//! The part of `cargo metadata` that is looked at.

use std::path::{Path, PathBuf};

use serde::Deserialize;

/// What cargo knows of the workspace.
#[derive(Deserialize)]
pub struct Metadata {
    /// Its packages.
    pub packages: Vec<Package>,
    /// Its folder.
    pub workspace_root: PathBuf,
}

/// A package and what it declares.
#[derive(Deserialize)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Its manifest.
    pub manifest_path: PathBuf,
    /// What it depends on.
    pub dependencies: Vec<Dependency>,
}

/// A declared dependency.
#[derive(Deserialize)]
pub struct Dependency {
    /// The name of the package, whatever it is renamed to.
    pub name: String,
    /// Nothing for an ordinary one, else `dev` or `build`.
    pub kind: Option<String>,
    /// Where it lies, when it lies in the workspace.
    pub path: Option<PathBuf>,
}

impl Package {
    /// Its folder, from the workspace's.
    pub fn folder(&self, workspace: &Path) -> String {
        let folder = self.manifest_path.parent().unwrap_or(&self.manifest_path);
        folder.strip_prefix(workspace).unwrap_or(folder).to_string_lossy().into_owned()
    }
}

impl Dependency {
    /// Whether only tests see it.
    pub fn is_for_tests(&self) -> bool {
        self.kind.as_deref() == Some("dev")
    }
}
