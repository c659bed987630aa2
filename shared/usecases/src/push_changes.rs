//! Colleagues who are looking see what changed. Frames are hints: the client asks for what it missed.

use std::collections::BTreeMap;

use domain::{
    id::{ConversationId, TenantId},
    messaging::key::MessageKey,
    ports::{LivePush, Pushed},
    time::Timestamp,
};
use futures::{StreamExt as _, stream};
use serde::Serialize;
use store::Table;

use crate::error::Error;

/// How many frames are on their way at a time.
const PUSHES_AT_ONCE: usize = 16;
/// How many hints one invocation sends to one connection; past that the client is told to ask for everything.
const HINTS_MAX: usize = 50;

/// A row that changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// The business.
    pub tenant: TenantId,
    /// The conversation.
    pub conversation: ConversationId,
    /// What changed of it.
    pub what: What,
}

/// What changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// The conversation itself: its place in the order, and when.
    Conversation {
        /// How many messages have come in.
        lane: u64,
        /// When it changed.
        at: Timestamp,
    },
    /// One of its messages.
    Message(MessageKey),
}

/// A conversation, or one of its messages.
type Thing = (ConversationId, Option<MessageKey>);
/// What last happened to each thing.
type Latest = BTreeMap<Thing, What>;

impl Change {
    fn message(&self) -> Option<MessageKey> {
        match self.what {
            What::Conversation { .. } => None,
            What::Message(key) => Some(key),
        }
    }
}

/// A frame to the client.
#[derive(Serialize)]
#[serde(tag = "type")]
enum Frame {
    #[serde(rename = "conversation.changed")]
    Conversation { conversation: ConversationId, lane: u64, at: Timestamp },
    #[serde(rename = "message.changed")]
    Message { conversation: ConversationId, message: MessageKey },
    #[serde(rename = "everything.changed")]
    Everything,
}

/// Tells the live connections of each business what changed there.
///
/// # Errors
/// When the store fails; then the same changes are to be told again, which does no harm.
pub async fn run(table: &Table, live: &dyn LivePush, changes: &[Change]) -> Result<usize, Error> {
    let mut by_tenant: BTreeMap<TenantId, Latest> = BTreeMap::new();
    for change in changes {
        // Of several changes of one thing only the last is told: the client asks for it as it is then.
        by_tenant.entry(change.tenant).or_default().insert((change.conversation, change.message()), change.what);
    }
    let mut delivered = 0;
    for (tenant, changes) in by_tenant {
        let store = table.tenant(tenant);
        let connections = store.connections().await?;
        if connections.is_empty() {
            continue;
        }
        let frames = frames(&changes)?;
        let told: Vec<(String, Pushed)> =
            stream::iter(connections).map(|connection| tell(live, connection, &frames)).buffer_unordered(PUSHES_AT_ONCE).collect().await;
        for (connection, pushed) in told {
            match pushed {
                Pushed::Gone => store.remove_connection(&connection).await?,
                Pushed::Delivered => delivered += 1,
                Pushed::Missed => {}
            }
        }
    }
    Ok(delivered)
}

async fn tell(live: &dyn LivePush, connection: String, frames: &[String]) -> (String, Pushed) {
    let mut last = Pushed::Delivered;
    for frame in frames {
        last = live.push(&connection, frame).await;
        if last == Pushed::Gone {
            break;
        }
    }
    (connection, last)
}

fn frames(changes: &Latest) -> Result<Vec<String>, Error> {
    let of = |((conversation, _), what): (&Thing, &What)| match *what {
        What::Conversation { lane, at } => Frame::Conversation { conversation: *conversation, lane, at },
        What::Message(message) => Frame::Message { conversation: *conversation, message },
    };
    let frames: Vec<Frame> = if changes.len() > HINTS_MAX { vec![Frame::Everything] } else { changes.iter().map(of).collect() };
    frames.iter().map(|frame| serde_json::to_string(frame).map_err(|_| Error::Bug("a frame does not serialise"))).collect()
}
