//! Server-sent events: every change in every chat, as it happens.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::Stream;
use futures::stream::unfold;
use tokio::sync::broadcast::error::RecvError;

use crate::world::World;

/// Sends changes until the page goes or the simulator stops.
pub(crate) async fn stream(State(world): State<Arc<World>>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let changes = world.phones.subscribe();
    let closing = world.closing.clone();
    let events = unfold((changes, closing), |(mut changes, mut closing)| async move {
        let data = tokio::select! {
            // An error means that the simulator is gone altogether.
            _ = closing.wait_for(|closing| *closing) => return None,
            change = changes.recv() => match change {
                Ok(data) => data,
                // The page was too slow to follow: it asks for everything again.
                Err(RecvError::Lagged(_)) => r#"{"type":"resync"}"#.to_owned(),
                Err(RecvError::Closed) => return None,
            },
        };
        Some((Ok(Event::default().data(data)), (changes, closing)))
    });
    Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}
