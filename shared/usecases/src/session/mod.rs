//! Logging in, and the tokens that say who is asking.

pub mod log_in;
pub mod password;
pub mod token;
