//! What a start is to be like.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use crate::{ports, process::Folder, random};

/// The name of the stack.
pub const STACK: &str = "tarun";

/// Everything that differs between one start and another.
pub struct Plan {
    /// Where configurations, logs and `endpoints.json` go.
    pub folder: Folder,
    /// The template's parameter `Stage`.
    pub stage: &'static str,
    /// Whether each function has the rights of its role only.
    pub enforce_iam: bool,
    /// Where the local AWS keeps its data, if it is to keep any.
    pub keep: Option<PathBuf>,
    /// The ports.
    pub ports: Ports,
    /// The secrets.
    pub secrets: Secrets,
    /// Further parameters of the template.
    pub parameters: Vec<(&'static str, String)>,
    /// How long the simulator pauses before each status.
    pub status_delay_ms: u64,
}

/// Where the servers listen on 127.0.0.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ports {
    /// The local AWS.
    pub aws: u16,
    /// The simulator.
    pub simulator: u16,
    /// The front.
    pub front: u16,
}

/// What the parts know each other by; made anew for each start.
#[derive(Clone, Serialize, Deserialize)]
pub struct Secrets {
    /// Signs Meta's webhooks.
    pub app_secret: String,
    /// Answers Meta's webhook challenge.
    pub verify_token: String,
    /// Opens Meta's Graph API.
    pub access_token: String,
    /// Signs the dashboard's tokens.
    pub jwt_key: String,
    /// Logs in to the dashboard.
    pub password: String,
}

impl Ports {
    /// The usual ports, or others where somebody has them.
    ///
    /// # Errors
    /// When the machine has no free port.
    pub fn usual() -> anyhow::Result<Self> {
        let aws = ports::prefer(4566, &[])?;
        let simulator = ports::prefer(4580, &[aws])?;
        let front = ports::prefer(5173, &[aws, simulator])?;
        Ok(Self { aws, simulator, front })
    }

    /// Ports that nobody has.
    ///
    /// # Errors
    /// When the machine has no free port.
    pub fn free() -> anyhow::Result<Self> {
        let aws = ports::free(&[])?;
        let simulator = ports::free(&[aws])?;
        let front = ports::free(&[aws, simulator])?;
        Ok(Self { aws, simulator, front })
    }
}

impl Secrets {
    /// Fresh ones.
    ///
    /// # Errors
    /// When the system has no randomness.
    pub fn fresh() -> anyhow::Result<Self> {
        Ok(Self {
            app_secret: random::hex(16)?,
            verify_token: random::hex(16)?,
            access_token: format!("EAAG{}", random::hex(24)?),
            jwt_key: random::hex(32)?,
            password: random::hex(8)?,
        })
    }
}

/// What must be the same at the next start for kept data to be of use: addresses stand in it, and hashes of passwords.
#[derive(Serialize, Deserialize)]
pub struct Kept {
    /// The ports.
    pub ports: Ports,
    /// The secrets.
    pub secrets: Secrets,
}

impl Kept {
    /// Reads what belongs to the data in this folder, or begins it.
    ///
    /// # Errors
    /// When a port is taken that the data need, or the folder cannot be used.
    pub fn open(folder: &Path) -> anyhow::Result<Self> {
        let file = folder.join("start.json");
        if let Ok(text) = std::fs::read_to_string(&file) {
            let kept: Self = serde_json::from_str(&text)
                .with_context(|| format!("{} is not understood: delete {} to begin anew", file.display(), folder.display()))?;
            for port in [kept.ports.aws, kept.ports.simulator, kept.ports.front] {
                anyhow::ensure!(
                    ports::is_free(port),
                    "port {port} is taken, and the kept data need it: stop what uses it, or delete {} to begin anew",
                    folder.display()
                );
            }
            return Ok(kept);
        }
        let kept = Self { ports: Ports::usual()?, secrets: Secrets::fresh()? };
        std::fs::create_dir_all(folder)?;
        write_private(&file, &serde_json::to_string_pretty(&kept)?)?;
        Ok(kept)
    }
}

/// Writes a file that only its owner reads.
///
/// # Errors
/// When it cannot be written.
pub fn write_private(path: &Path, text: &str) -> anyhow::Result<()> {
    use std::{fs::File, io::Write as _, os::unix::fs::OpenOptionsExt as _};

    let mut file = File::options()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)
        .with_context(|| format!("{} cannot be written", path.display()))?;
    file.write_all(text.as_bytes())?;
    Ok(())
}

impl Plan {
    /// The address of the local AWS.
    pub fn aws_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.ports.aws)
    }

    /// The address of the simulator.
    pub fn simulator_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.ports.simulator)
    }

    /// The address of the dashboard.
    pub fn dashboard_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.ports.front)
    }

    /// The template's parameters.
    pub fn parameters(&self) -> Vec<(&'static str, String)> {
        let mut all = vec![
            ("Stage", self.stage.to_owned()),
            ("GraphBaseUrl", format!("{}/v24.0", self.simulator_url())),
            ("Dialog360BaseUrl", format!("{}/bsp/dialog360", self.simulator_url())),
            ("InteraktBaseUrl", format!("{}/bsp/interakt", self.simulator_url())),
            ("AiSensyBaseUrl", format!("{}/bsp/aisensy", self.simulator_url())),
            ("MetaAppSecret", self.secrets.app_secret.clone()),
            ("MetaVerifyToken", self.secrets.verify_token.clone()),
            ("JwtKey", self.secrets.jwt_key.clone()),
        ];
        all.extend(self.parameters.iter().cloned());
        all
    }
}

#[cfg(test)]
mod tests {
    use std::{net::TcpListener, os::unix::fs::PermissionsExt as _};

    use super::*;

    #[test]
    fn kept_data_get_their_ports_and_secrets_back() {
        let folder = tempfile::tempdir().unwrap();
        let first = Kept::open(folder.path()).unwrap();
        let again = Kept::open(folder.path()).unwrap();
        assert_eq!((again.ports, &again.secrets.password), (first.ports, &first.secrets.password));
        let mode = std::fs::metadata(folder.path().join("start.json")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let _somebody = TcpListener::bind(("127.0.0.1", first.ports.front)).unwrap();
        let error = Kept::open(folder.path()).err().unwrap().to_string();
        assert!(error.contains(&first.ports.front.to_string()), "{error}");
    }

    #[test]
    fn ports_differ() {
        let Ports { aws, simulator, front } = Ports::free().unwrap();
        assert!(aws != simulator && simulator != front && aws != front);
    }
}
