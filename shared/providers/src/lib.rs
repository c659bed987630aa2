//! The outside world over HTTP, one folder for each provider: the calls, its JSON, and samples of it.

pub mod aisensy;
mod channels;
pub mod dialog360;
pub mod http;
pub mod interakt;
mod offices;
mod partner;
pub mod signature;
#[cfg(test)]
mod testing;
mod translated;
pub mod whatsapp;

pub use channels::Channels;
pub use offices::Offices;
pub use translated::Translated;
