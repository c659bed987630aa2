//! The inbox.

mod contract;
mod get;
mod list;
mod read;
mod shown;

use std::sync::Arc;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::App;

pub use shown::{Direction, MessageKind, contact_name};

/// The routes of the inbox.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(list::list_conversations))
        .routes(routes!(get::read_conversation))
        .routes(routes!(read::mark_read))
        .routes(routes!(contract::read_contract))
}
