//! The outside world for development and tests: Meta's `WhatsApp` Cloud API, its signed webhooks, and the phones of
//! the people at the other end. It never runs in the cloud, keeps everything in memory, and listens on 127.0.0.1 only.

mod bsp;
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
mod scenario;
mod statuses;
mod sync;
mod webhook;
mod world;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use axum::Router;
use axum::middleware::from_fn_with_state;
use jiff::Timestamp;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub use config::{Config, Number, Persona, Role};
use hangup::{Hangup, HangupListener};
pub use scenario::{
    Chance, End, Killed, Letter, Line, Names, Outage, Platform, Scenario, Script, Setting, Somebody, Spoken, Step, Taken, Under,
};
use world::World;

/// Requests under way get this long when the simulator stops.
const GRACE: Duration = Duration::from_secs(3);

/// A simulator that answers.
pub struct Running {
    address: SocketAddr,
    world: Arc<World>,
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

    /// Begins a scenario that the caller plays: it takes the steps, and the clock of this simulator stands in between.
    ///
    /// # Errors
    /// When its script does not exist.
    pub fn perform(&self, scenario: &Scenario, setting: &Setting) -> anyhow::Result<()> {
        self.world.stage.begin(&self.world, scenario, setting, true)
    }

    /// When the next step of the scenario is; `None` when nothing lies ahead.
    #[must_use]
    pub fn next_at(&self) -> Option<Timestamp> {
        self.world.stage.next_at()
    }

    /// Takes the next step, at its time. The clock is moved there.
    #[must_use]
    pub fn step(&self) -> Option<(Timestamp, Step)> {
        if let Some(at) = self.next_at() {
            self.stand_at(at);
        }
        self.world.clock.clone().within(|| self.world.stage.take(&self.world))
    }

    /// Says how the platform answered a webhook: its HTTP status, or nothing when no answer came.
    pub fn answered(&self, letter: &Letter, status: Option<u16>) {
        self.world.stage.answered(letter.id, status);
    }

    /// Moves the clock, which never goes back.
    pub fn stand_at(&self, at: Timestamp) {
        self.world.clock.stand_at(self.world.clock.now().max(at));
    }

    /// What the platform sent and Meta took since the scenario began, oldest first.
    #[must_use]
    pub fn taken(&self) -> Vec<Taken> {
        self.world.stage.taken()
    }

    /// Webhooks that Meta gave up: the users' messages in each.
    #[must_use]
    pub fn given_up(&self) -> Vec<Vec<String>> {
        self.world.stage.given_up()
    }

    /// How far Meta's clock is ahead of the platform's in this play, in seconds.
    #[must_use]
    pub fn skew(&self) -> i64 {
        self.world.stage.skew()
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
        .merge(graph::management::controls())
        .merge(bsp::routes())
        .merge(phone::routes())
        .merge(graph::routes(&world))
        .layer(from_fn_with_state(world.clock.clone(), clock::for_request))
        .with_state(Arc::clone(&world))
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
    Ok(Running { address, world, closing, server })
}
