//! Files in messages: looking at one, attaching one, and trying again to get one.

mod attach;
mod complete;
mod get;
mod retry;
mod shown;

use std::sync::Arc;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::App;

pub use shown::MediaFile;

/// The routes of files.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(attach::attach_media))
        .routes(routes!(get::read_media))
        .routes(routes!(complete::complete_media))
        .routes(routes!(retry::retry_media))
}
