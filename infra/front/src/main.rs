//! `front --config FILE`: serves the dashboard and its API on one address until it is told to stop.

use std::{net::Ipv4Addr, process::ExitCode};

use anyhow::{Context as _, bail};
use front::Config;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
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
    let port = config.port;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .await
        .with_context(|| format!("port {port} on 127.0.0.1 cannot be used; give another one or 0"))?;
    tracing::info!(address = %listener.local_addr()?, "the dashboard is served");
    let app = front::app(&config)?;
    // Ends at once: nothing is half-written here, and an open page must not hold up the stop.
    tokio::select! {
        served = axum::serve(listener, app) => served?,
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
    Ok(())
}

fn read_config() -> anyhow::Result<Config> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [flag, path] = arguments.as_slice() else { bail!("usage: front --config FILE") };
    if flag != "--config" {
        bail!("unknown argument {flag}; usage: front --config FILE");
    }
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read the configuration {path}"))?;
    let config = serde_json::from_str(&text).with_context(|| format!("{path} is not a valid configuration"))?;
    Ok(config)
}
