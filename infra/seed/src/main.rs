//! `seed --config FILE`: writes the demo shop into the table that the environment names, and finds it there the next time.

use std::{process::ExitCode, time::Instant};

use anyhow::{Context as _, anyhow, bail};
use seed::{Config, demo_shop};
use shared::boot::Boot;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("seed: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> anyhow::Result<()> {
    let shop = read_config()?.shop()?;
    let started = Instant::now();
    let boot = Boot::start("seed").await.map_err(|error| anyhow!(error))?;
    let table = boot.table_with_keys().map_err(|error| anyhow!(error))?;
    let seeded = demo_shop(&table, &shop).await?;
    eprintln!(
        "{}: {} products, {} colleagues, {} new rows, {} ms",
        shop.name,
        seeded.products.len(),
        seeded.users.len(),
        seeded.written,
        started.elapsed().as_millis()
    );
    Ok(())
}

fn read_config() -> anyhow::Result<Config> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [flag, path] = arguments.as_slice() else { bail!("usage: seed --config FILE") };
    if flag != "--config" {
        bail!("unknown argument {flag}; usage: seed --config FILE");
    }
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read the configuration {path}"))?;
    let config = serde_json::from_str(&text).with_context(|| format!("{path} is not a valid configuration"))?;
    Ok(config)
}
