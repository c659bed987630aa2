//! Messages and the conversations they make.

pub mod advice;
pub mod content;
pub mod conversation;
pub mod inbound;
pub mod key;
pub mod message;
pub mod status;
