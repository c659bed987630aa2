//! The outside world over HTTP, one folder for each provider: the calls, its JSON, and samples of it.

pub mod http;
pub mod signature;
pub mod whatsapp;
