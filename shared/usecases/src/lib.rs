//! The verbs of Tarun: each loads, lets the domain decide, commits, and announces. One file each.

mod answer;
pub mod apply_provider_event;
pub mod authorise;
pub mod change_consent;
pub mod clock;
mod error;
pub mod health;
mod identify;
pub mod issue_ticket;
mod keep_phone_messages;
pub mod listen;
pub mod mark_read;
pub mod memory;
pub mod push_changes;
pub mod read_contact;
pub mod read_conversations;
pub mod read_messages;
pub mod read_parked_events;
pub mod receive_message;
pub mod receive_webhook;
pub mod rename;
pub mod reply_to_conversation;
pub mod resolve_reference;
pub mod review_contacts;
pub mod send_contract;
pub mod send_message;
pub mod session;
pub mod set_aside;
mod shop;
pub mod sweep_outbox;
pub mod tell_read;
pub mod templates;

pub use error::Error;
