//! The simulator from the outside: over HTTP, with a small webhook of the test's own.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod faults;
mod graph;
mod kinds;
mod management;
mod media;
mod phone;
mod scenarios;
mod sent;
mod support;
mod templates;
mod webhooks;
