//! Scenarios against a running platform: the simulator plays them itself, in real time, each pause shortened by the pace. The clock of the
//! platform cannot be moved, so this is for scenarios that need no hours (`live` in the data).

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Scenario, Setting, Step};
use crate::clock;
use crate::control::Problem;
use crate::webhook::deliver::post_signed;
use crate::world::World;

/// How often the player looks whether the platform has given it something new to tell.
const GLANCE: Duration = Duration::from_millis(20);
/// A play that found nothing to tell for this long is over.
const QUIET: u32 = 250;
const MAX_PACE: u64 = 100_000;

/// The routes of scenarios and of the clock.
pub(crate) fn routes() -> Router<Arc<World>> {
    Router::new()
        .route("/scenarios", get(list).post(play))
        .route("/scenarios/current", get(current).delete(stop))
        .route("/clock", get(clock_now).post(advance).delete(reset))
}

async fn list() -> Result<Json<Vec<Value>>, Problem> {
    let all = Scenario::all().map_err(|error| Problem::bad_request(format!("scenarios: {error}")))?;
    let shown =
        |scenario: &Scenario| json!({ "name": scenario.name, "about": scenario.about, "answer": scenario.answer, "live": scenario.live });
    Ok(Json(all.iter().map(shown).collect()))
}

/// What is to be played.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Order {
    name: String,
    #[serde(default)]
    seed: u64,
    #[serde(default = "quick")]
    pace: u64,
}

fn quick() -> u64 {
    100
}

async fn play(State(world): State<Arc<World>>, order: Result<Json<Order>, JsonRejection>) -> Result<(StatusCode, Json<Value>), Problem> {
    let Json(order) = order?;
    if order.pace == 0 || order.pace > MAX_PACE {
        return Err(Problem::bad_request(format!("pace: 1 to {MAX_PACE} allowed")));
    }
    if world.webhook_url().is_none() {
        return Err(Problem::bad_request("webhook_url: is not set; PUT /webhook-url gives one"));
    }
    let scenario = Scenario::named(&order.name).map_err(|error| Problem::bad_request(format!("name: {error}")))?;
    let setting = Setting { seed: order.seed, start: clock::now(), kept: None, pace: order.pace };
    world.stage.begin(&world, &scenario, &setting, false).map_err(|error| Problem::bad_request(format!("scenario: {error}")))?;
    clock::spawn(perform(Arc::clone(&world)));
    Ok((StatusCode::ACCEPTED, Json(world.stage.state().unwrap_or(Value::Null))))
}

/// Plays what is on until it is over or stopped. A play stays on after its end, so that what it took can still be asked for.
async fn perform(world: Arc<World>) {
    let mut quiet = 0;
    while world.stage.is_on() && quiet < QUIET {
        let due = world.stage.next_at().is_some_and(|at| at <= clock::now());
        if !due {
            quiet = if world.stage.next_at().is_some() { 0 } else { quiet + 1 };
            clock::pause(GLANCE).await;
            continue;
        }
        quiet = 0;
        // What only the platform's owner or colleagues can do is left out.
        if let Some((_, Step::Webhook(letter))) = world.stage.take(&world) {
            let status = post_signed(&world, letter.body, &letter.signature).await.ok();
            world.stage.answered(letter.id, status);
        }
    }
}

async fn current(State(world): State<Arc<World>>) -> Result<Json<Value>, Problem> {
    let mut state = world.stage.state().ok_or_else(|| Problem::not_found("no scenario is being played"))?;
    let taken = world.stage.taken();
    state["messages"] = taken
        .iter()
        .map(|taken| json!({ "at": taken.at.to_string(), "to": taken.to, "callback_data": taken.callback_data, "wamid": taken.wamid }))
        .collect();
    Ok(Json(state))
}

async fn stop(State(world): State<Arc<World>>) -> StatusCode {
    world.stage.end(&world);
    StatusCode::NO_CONTENT
}

async fn clock_now(State(world): State<Arc<World>>) -> Json<Value> {
    Json(json!({ "now": world.clock.now().to_string() }))
}

/// How the clock is to be moved.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Move {
    /// By so many seconds.
    advance_s: Option<u64>,
    /// To stand there.
    stand_at: Option<Timestamp>,
}

async fn advance(State(world): State<Arc<World>>, how: Result<Json<Move>, JsonRejection>) -> Result<Json<Value>, Problem> {
    let Json(how) = how?;
    match how {
        Move { advance_s: Some(seconds), stand_at: None } => world.clock.advance(Duration::from_secs(seconds)),
        Move { advance_s: None, stand_at: Some(at) } => world.clock.stand_at(at),
        Move { .. } => return Err(Problem::bad_request("give advance_s or stand_at, and not both")),
    }
    Ok(clock_now(State(world)).await)
}

async fn reset(State(world): State<Arc<World>>) -> StatusCode {
    world.clock.reset();
    StatusCode::NO_CONTENT
}
