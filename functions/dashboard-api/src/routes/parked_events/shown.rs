//! A parked event as the API shows it, without what it says.

use serde::Serialize;
use shared::{
    domain::{id::UserId, time::Timestamp},
    store::{Fate, Parked},
    usecases::Error,
};
use utoipa::ToSchema;

/// The longest id of a parked event.
const ID_MAX: usize = 96;

/// An event that is kept until somebody can handle it. What it says is not told.
#[derive(Serialize, ToSchema)]
pub struct ParkedEvent {
    id: String,
    /// The number or account it is about, by WhatsApp's id.
    about: String,
    /// Which kind it is, such as `call` or `unreadable`.
    kind: String,
    at: Timestamp,
    /// How much it says, in bytes.
    bytes: usize,
    fate: ParkedEventFate,
    /// Who decided.
    #[schema(value_type = Option<String>, required)]
    decided_by: Option<UserId>,
    #[schema(required)]
    decided_at: Option<Timestamp>,
}

/// What became of a parked event.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ParkedEventFate {
    Waiting,
    Applied,
    Discarded,
}

impl From<Parked> for ParkedEvent {
    fn from(parked: Parked) -> Self {
        let Parked { id, about, kind, at, bytes, fate, decided } = parked;
        let fate = match fate {
            Fate::Waiting => ParkedEventFate::Waiting,
            Fate::Redriven => ParkedEventFate::Applied,
            Fate::Discarded => ParkedEventFate::Discarded,
        };
        let (decided_by, decided_at) = decided.unzip();
        Self { id, about: about.to_string(), kind, at, bytes, fate, decided_by, decided_at }
    }
}

/// What is no id names no event.
pub(super) fn checked(id: &str) -> Result<&str, Error> {
    let shaped = !id.is_empty() && id.len() <= ID_MAX && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if shaped { Ok(id) } else { Err(Error::NotFound("parked event")) }
}
