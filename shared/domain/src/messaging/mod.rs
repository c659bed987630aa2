//! Messages and the conversations they make.

pub mod advice;
pub mod content;
pub mod contract;
pub mod conversation;
pub mod event;
pub mod inbound;
pub mod key;
pub mod marks;
pub mod message;
mod prices;
pub mod pricing;
pub mod status;
pub mod template;
