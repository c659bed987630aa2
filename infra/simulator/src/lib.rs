//! The outside world for development and tests: Meta's `WhatsApp` Cloud API, its signed webhooks, and the phones of
//! the people at the other end. It never runs in the cloud, keeps everything in memory, and listens on 127.0.0.1 only.

mod clock;
mod config;
mod control;
mod faults;
mod graph;
mod hangup;
mod inbound;
mod orders;
mod people;
mod phone;
mod recorded;
mod statuses;
mod sync;
mod webhook;
mod world;

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use anyhow::Context;
use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub use config::{Config, Number, Persona, Role};
use hangup::{Hangup, HangupListener};
use world::World;

/// Requests under way get this long when the simulator stops.
const GRACE: Duration = Duration::from_secs(3);

/// A simulator that answers.
pub struct Running {
    address: SocketAddr,
    closing: watch::Sender<bool>,
    server: JoinHandle<()>,
}

impl Running {
    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its base URL, for `GRAPH_BASE_URL` and the controls.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Stops accepting requests, lets those under way finish for a moment, and ends.
    pub async fn shutdown(mut self) {
        self.closing.send_replace(true);
        if tokio::time::timeout(GRACE, &mut self.server).await.is_err() {
            self.server.abort();
        }
    }
}

/// Starts a simulator.
///
/// # Errors
///
/// Fails if the configuration contradicts itself or the port is taken.
pub async fn start(config: Config) -> anyhow::Result<Running> {
    config.check()?;
    let port = config.port;
    let (closing, closed) = watch::channel(false);
    let world = World::new(config, closed.clone())?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .await
        .with_context(|| format!("port {port} on 127.0.0.1 cannot be used; give another one or 0"))?;
    let address = listener.local_addr()?;
    let app = Router::new()
        .merge(control::routes())
        .merge(phone::routes())
        .merge(graph::routes(&world))
        .with_state(world)
        .into_make_service_with_connect_info::<Hangup>();
    let server = tokio::spawn(async move {
        let mut closed = closed;
        let stop = async move {
            // An error means that the handle is gone, which is as good a reason to stop.
            let _ = closed.wait_for(|closing| *closing).await;
        };
        if let Err(error) = axum::serve(HangupListener(listener), app).with_graceful_shutdown(stop).await {
            tracing::error!(%error, "the simulator stopped");
        }
    });
    Ok(Running { address, closing, server })
}
