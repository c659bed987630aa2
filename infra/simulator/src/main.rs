//! `simulator --config FILE`: starts the outside world and runs it until it is told to stop.

use std::process::ExitCode;

use anyhow::{Context, bail};
use simulator::Config;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> anyhow::Result<()> {
    let config = read_config()?;
    let mut terminate = signal(SignalKind::terminate()).context("cannot listen for SIGTERM")?;
    let running = simulator::start(config).await?;
    tracing::info!(address = %running.address(), "the simulator answers; the phone is at http://{}/phone", running.address());
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
    running.shutdown().await;
    Ok(())
}

fn read_config() -> anyhow::Result<Config> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [flag, path] = arguments.as_slice() else {
        bail!("usage: simulator --config FILE");
    };
    if flag != "--config" {
        bail!("unknown argument {flag}; usage: simulator --config FILE");
    }
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read the configuration {path}"))?;
    let config = serde_json::from_str(&text).with_context(|| format!("{path} is not a valid configuration"))?;
    Ok(config)
}
