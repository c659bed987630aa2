//! What was said in a conversation.

mod create;
mod details;
mod list;
mod sent;
mod shown;

use std::sync::Arc;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::App;

/// The routes of messages.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(list::list_messages)).routes(routes!(create::send_message))
}
