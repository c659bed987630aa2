//! The chats as the phones show them, and what changes in them.

use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;

use serde::Serialize;
use serde_json::{Value, json};
use tokio::sync::broadcast;

use crate::clock;
use crate::config::Persona;
use crate::graph::errors::{status_error, title};
use crate::statuses::Accepted;
use crate::sync::lock;
use crate::webhook::deliver::Delivery;
use crate::world::World;

const MAX_MESSAGES: usize = 500;
const MAX_WAITING_EVENTS: usize = 1_024;
/// Meta shows the typing bubble for so long at most.
const TYPING_MS: i64 = 25_000;

/// How far a message has come. Ordered: a message only moves forward.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Progress {
    /// The webhook was refused for good; the person may try again.
    Failed,
    /// Meta has it.
    Sent,
    /// The platform's webhook took it; or, of a message of the business, it is on the phone.
    Delivered,
    /// The other side has seen it.
    Read,
}

/// One bubble.
#[derive(Clone, Serialize)]
pub(crate) struct Bubble {
    /// The message id.
    pub(crate) id: String,
    /// Whether the persona wrote it.
    pub(crate) mine: bool,
    /// Milliseconds since 1970.
    pub(crate) at: i64,
    /// `{type, <type>: {…}}` as in the webhook or the request; `notice` for what only the simulator says.
    pub(crate) content: Value,
    /// The message it answers.
    pub(crate) context_id: Option<String>,
    /// How far it has come.
    pub(crate) progress: Progress,
    /// What stands in its way.
    pub(crate) note: Option<String>,
    /// The emoji of each side.
    pub(crate) reactions: Reactions,
    /// What the page called it before it had an id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) draft_id: Option<String>,
}

/// What both sides feel about a message.
#[derive(Clone, Default, Serialize)]
pub(crate) struct Reactions {
    /// The persona's emoji.
    pub(crate) mine: Option<String>,
    /// The business's emoji.
    pub(crate) theirs: Option<String>,
}

/// The personas' phones.
pub(crate) struct Phones {
    chats: Mutex<HashMap<String, VecDeque<Bubble>>>,
    events: broadcast::Sender<String>,
}

impl Phones {
    /// Empty chats for all personas.
    pub(crate) fn new(personas: &[Persona]) -> Self {
        let chats = personas.iter().map(|persona| (persona.id.clone(), VecDeque::new())).collect();
        Self { chats: Mutex::new(chats), events: broadcast::Sender::new(MAX_WAITING_EVENTS) }
    }

    /// What changes from now on, as JSON texts.
    pub(crate) fn subscribe(&self) -> broadcast::Receiver<String> {
        self.events.subscribe()
    }

    /// The bubbles of one chat, oldest first.
    pub(crate) fn chat(&self, persona: &str) -> Vec<Bubble> {
        lock(&self.chats).get(persona).map(|chat| chat.iter().cloned().collect()).unwrap_or_default()
    }

    /// Shows a bubble, once.
    pub(crate) fn show(&self, persona: &str, bubble: Bubble) {
        let mut chats = lock(&self.chats);
        let Some(chat) = chats.get_mut(persona) else {
            return;
        };
        if chat.iter().any(|known| known.id == bubble.id) {
            return;
        }
        self.announce(&json!({ "type": "message", "persona": persona, "message": bubble }));
        if chat.len() == MAX_MESSAGES {
            chat.pop_front();
        }
        chat.push_back(bubble);
    }

    /// Tells all pages that the webhook address was set or taken away.
    pub(crate) fn webhook_changed(&self, is_set: bool) {
        self.announce(&json!({ "type": "webhook", "set": is_set }));
    }

    /// A message of the business has reached a phone.
    pub(crate) fn arrived(&self, world: &World, accepted: &Accepted) {
        let Some(persona) = persona_of(world, accepted) else {
            return;
        };
        let context_id = accepted.outgoing.context_id.clone();
        let bubble = Bubble::new(accepted.wamid.clone(), false, accepted.outgoing.content.clone(), context_id);
        self.show(&persona.id, Bubble { progress: Progress::Delivered, ..bubble });
    }

    /// A message of the business will not reach a phone. Real phones show nothing; ours says so.
    pub(crate) fn failed(&self, world: &World, accepted: &Accepted, code: u32) {
        let Some(persona) = persona_of(world, accepted) else {
            return;
        };
        let details = status_error(code)["error_data"]["details"].clone();
        let notice = json!({ "type": "notice", "notice": { "code": code, "title": title(code), "details": details } });
        self.show(&persona.id, Bubble::new(accepted.wamid.clone(), false, notice, None));
    }

    /// The business reacted to a message.
    pub(crate) fn reacted(&self, world: &World, accepted: &Accepted) {
        let reaction = &accepted.outgoing.content["reaction"];
        let Some(persona) = persona_of(world, accepted) else {
            return;
        };
        self.react(&persona.id, reaction, |reactions, emoji| {
            reactions.theirs = emoji;
        });
    }

    /// Puts an emoji on a bubble or takes it away.
    pub(crate) fn react(&self, persona: &str, reaction: &Value, set: impl FnOnce(&mut Reactions, Option<String>)) {
        let target = reaction["message_id"].as_str().unwrap_or_default();
        let emoji = reaction["emoji"].as_str().filter(|emoji| !emoji.is_empty()).map(str::to_owned);
        self.change(target, |owner, bubble| {
            if owner == persona {
                set(&mut bubble.reactions, emoji);
            }
        });
    }

    /// The business has read a message, and with it all before it.
    pub(crate) fn business_read(&self, wamid: &str, typing: bool) {
        let mut chats = lock(&self.chats);
        let found = chats.iter_mut().find(|(_, chat)| chat.iter().any(|bubble| bubble.id == wamid));
        let Some((persona, chat)) = found else {
            return;
        };
        let position = chat.iter().position(|bubble| bubble.id == wamid).unwrap_or_default();
        for bubble in chat.iter_mut().take(position + 1).filter(|bubble| bubble.mine) {
            if bubble.progress != Progress::Read && (bubble.progress != Progress::Failed || bubble.id == wamid) {
                bubble.progress = Progress::Read;
                bubble.note = None;
                self.announce_change(persona, bubble);
            }
        }
        if typing {
            let until = clock::now().as_millisecond() + TYPING_MS;
            self.announce(&json!({ "type": "typing", "persona": persona, "until": until }));
        }
    }

    /// The persona has seen this message of the business.
    pub(crate) fn mark_read(&self, wamid: &str) {
        self.change(wamid, |_, bubble| {
            bubble.progress = bubble.progress.max(Progress::Read);
        });
    }

    /// The order of this message is paid.
    pub(crate) fn paid(&self, wamid: &str) {
        self.change(wamid, |_, bubble| bubble.content["paid"] = json!(true));
    }

    /// Marks all messages of the business in a chat as read and gives their ids.
    pub(crate) fn open_chat(&self, persona: &str) -> Vec<String> {
        let mut chats = lock(&self.chats);
        let Some(chat) = chats.get_mut(persona) else {
            return Vec::new();
        };
        let unread = |bubble: &&mut Bubble| !bubble.mine && bubble.progress < Progress::Read;
        let mut ids = Vec::new();
        for bubble in chat.iter_mut().filter(unread) {
            bubble.progress = Progress::Read;
            self.announce_change(persona, bubble);
            ids.push(bubble.id.clone());
        }
        ids
    }

    /// A webhook with these messages was taken or given up.
    pub(crate) fn webhook_ended(&self, wamids: &[String], delivery: &Delivery) {
        for wamid in wamids {
            self.change(wamid, |_, bubble| {
                if delivery.delivered {
                    bubble.progress = bubble.progress.max(Progress::Delivered);
                    bubble.note = None;
                } else if bubble.progress < Progress::Delivered {
                    bubble.progress = Progress::Failed;
                    bubble.note = Some(refusal(delivery));
                }
            });
        }
    }

    /// A webhook with these messages was refused and is tried again.
    pub(crate) fn webhook_refused(&self, wamids: &[String], delivery: &Delivery, attempts: u32) {
        let note = format!("{}; trying again ({} of {attempts})", refusal(delivery), delivery.attempts);
        for wamid in wamids {
            self.change(wamid, |_, bubble| bubble.note = Some(note.clone()));
        }
    }

    /// Takes a failed message back to the beginning, and gives it.
    pub(crate) fn restart(&self, persona: &str, wamid: &str) -> Option<Bubble> {
        let mut restarted = None;
        self.change(wamid, |owner, bubble| {
            if owner == persona && bubble.mine && bubble.progress == Progress::Failed {
                bubble.progress = Progress::Sent;
                bubble.note = None;
                restarted = Some(bubble.clone());
            }
        });
        restarted
    }

    fn change(&self, wamid: &str, change: impl FnOnce(&str, &mut Bubble)) {
        let mut chats = lock(&self.chats);
        for (persona, chat) in chats.iter_mut() {
            if let Some(bubble) = chat.iter_mut().rev().find(|bubble| bubble.id == wamid) {
                change(persona, bubble);
                self.announce_change(persona, bubble);
                return;
            }
        }
    }

    fn announce_change(&self, persona: &str, bubble: &Bubble) {
        self.announce(&json!({ "type": "change", "persona": persona, "message": bubble }));
    }

    fn announce(&self, event: &Value) {
        // Fails only when no page is open, and then nobody misses it.
        let _ = self.events.send(event.to_string());
    }
}

impl Bubble {
    /// A bubble that Meta has just got.
    pub(crate) fn new(id: String, mine: bool, content: Value, context_id: Option<String>) -> Self {
        let at = clock::now().as_millisecond();
        Self { id, mine, at, content, context_id, progress: Progress::Sent, note: None, reactions: Reactions::default(), draft_id: None }
    }
}

fn persona_of<'a>(world: &'a World, accepted: &Accepted) -> Option<&'a Persona> {
    let person = &accepted.recipient;
    world.config.persona_of(&accepted.number.phone_number_id, person.wa_id.as_deref(), person.user_id.as_deref())
}

fn refusal(delivery: &Delivery) -> String {
    match (&delivery.error, delivery.status) {
        (Some(error), _) => error.clone(),
        (None, Some(status)) => format!("the webhook answered {status}"),
        (None, None) => "the webhook was not called".to_owned(),
    }
}
