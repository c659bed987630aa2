//! The platform against the local stack.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a test that cannot go on must stop")]

mod again;
mod api;
mod common;
mod compose;
mod crash_receive;
mod crash_send;
mod crash_webhook;
mod dead_letters;
mod end_to_end;
mod events;
mod faults;
mod isolation;
mod killed;
mod kinds;
mod ledger;
mod ledger_media;
mod live;
mod logs;
mod media;
mod media_attach;
mod media_e2e;
mod media_send;
mod numbers;
mod partners;
mod people;
mod prices;
mod provider_events;
mod receive;
mod references;
mod seal;
mod send;
mod statuses;
mod sweep;
mod templates;
mod webhook_refusals;
