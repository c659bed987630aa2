//! A dead letter as the API shows it: what it is and whom it concerns, never what it says.

use serde::Serialize;
use shared::{
    domain::{
        id::{ConversationId, UserId},
        task::Task,
        time::Timestamp,
    },
    store::{self, Fate},
};
use utoipa::ToSchema;

/// Something a queue has given up.
#[derive(Serialize, ToSchema)]
pub struct DeadLetter {
    id: String,
    /// The queue that gave it up.
    queue: String,
    /// What was to be done; `unknown` when this release cannot read it.
    kind: String,
    /// The conversation it belongs to.
    #[schema(value_type = Option<String>, required)]
    conversation: Option<ConversationId>,
    /// Its size and form, without its words.
    summary: String,
    /// When it was put onto its queue.
    at: Timestamp,
    fate: DeadLetterFate,
    /// Who decided.
    #[schema(value_type = Option<String>, required)]
    decided_by: Option<UserId>,
    #[schema(required)]
    decided_at: Option<Timestamp>,
}

/// What was decided about a dead letter.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum DeadLetterFate {
    Waiting,
    Redriven,
    Discarded,
}

/// How many dead letters of a queue wait for a decision.
#[derive(Serialize, ToSchema)]
pub struct QueueCount {
    pub queue: String,
    pub waiting: u32,
}

impl From<&store::DeadLetter> for DeadLetter {
    fn from(letter: &store::DeadLetter) -> Self {
        let (conversation, summary) = letter.task.as_ref().map_or((None, String::new()), masked);
        Self {
            id: letter.id.clone(),
            queue: letter.queue.clone(),
            kind: letter.task.as_ref().map_or("unknown", Task::name).to_owned(),
            conversation,
            summary,
            at: letter.at,
            fate: match letter.fate {
                Fate::Waiting => DeadLetterFate::Waiting,
                Fate::Redriven => DeadLetterFate::Redriven,
                Fate::Discarded => DeadLetterFate::Discarded,
            },
            decided_by: letter.decided.map(|(user, _)| user),
            decided_at: letter.decided.map(|(_, at)| at),
        }
    }
}

/// What may be said of a task without quoting anybody.
fn masked(task: &Task) -> (Option<ConversationId>, String) {
    if let Task::SendMessageV1(message) = task {
        let length = message.content.preview().chars().count();
        return (Some(message.conversation), format!("{}, {length}", message.content.kind().name()));
    }
    (None, String::new())
}
