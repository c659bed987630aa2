//! The business of Tarun: values, rules and decisions. No input or output, no clock, no randomness, no AWS.
#![deny(clippy::float_arithmetic)]

pub mod access;
pub mod class;
pub mod consent;
pub mod crm;
pub mod erp;
pub mod id;
pub mod language;
pub mod locale;
pub mod messaging;
pub mod money;
pub mod page;
pub mod phone;
pub mod ports;
pub mod quantity;
pub mod rate;
pub mod task;
pub mod tenant;
pub mod text;
pub mod time;
