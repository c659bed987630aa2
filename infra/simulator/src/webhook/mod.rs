//! Webhooks: what is in them, how they are signed, and how they reach the platform.

pub(crate) mod deliver;
pub(crate) mod envelope;
mod group;
pub(crate) mod sign;
