//! What tests stand on: the local stack, AWS clients that count and can fail at any call, a queue of one's own, a shop of one's own.
//! Never part of what is deployed.
#![expect(clippy::expect_used, clippy::missing_panics_doc, reason = "a test that cannot go on must stop")]

pub mod channel;
pub mod files;
pub mod meter;
pub mod own;
pub mod queue;
pub mod shop;
mod sign;
pub mod stack;
pub mod tap;
pub mod tiers;

pub use channel::{ScriptedChannel, TappedChannel};
pub use files::ScriptedFiles;
pub use meter::{Cost, Meter};
pub use own::{Item, OwnTable};
pub use queue::TestQueue;
pub use shop::TestShop;
pub use sign::sign;
pub use stack::Stack;
pub use tap::{Call, Tap};
pub use tiers::Tiers;
