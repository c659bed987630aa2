//! Messages and the conversations they make.

pub mod content;
pub mod contract;
pub mod conversation;
pub mod event;
pub mod failure;
pub mod inbound;
pub mod key;
pub mod marks;
pub mod media;
pub mod message;
mod prices;
pub mod pricing;
pub mod status;
pub mod template;
