//! A colleague looks at a file.

use std::sync::Arc;

use axum::{Json, extract::State};
use serde::Serialize;
use shared::{domain::time::Timestamp, usecases::read_media};
use utoipa::ToSchema;

use super::shown::MediaFile;
use crate::{
    App,
    extract::{At, Caller, MediaPath},
    refusal::Refusal,
    time::milliseconds,
};

/// A file, and where it can be read.
#[derive(Serialize, ToSchema)]
pub struct ReadableMedia {
    media: MediaFile,
    /// Opens the file for whoever has it, until `expires_at`; `null` while the file is not here.
    #[schema(required)]
    url: Option<String>,
    #[schema(required)]
    expires_at: Option<Timestamp>,
}

/// Reads a file
#[utoipa::path(
    get, path = "/v1/media/{id}", tag = "media", security(("access_token" = [])),
    params(("id" = String, Path, description = "The file.")),
    responses((status = 200, description = "The file, with an address for five minutes while it is here.", body = ReadableMedia), Refusal)
)]
pub async fn read_media(
    State(app): State<Arc<App>>,
    at: At,
    caller: Caller,
    MediaPath(id): MediaPath,
) -> Result<Json<ReadableMedia>, Refusal> {
    let found = read_media::run(&at, &caller.store, app.objects.as_ref(), caller.identity, id).await?;
    let (url, until) = found.address.unzip();
    Ok(Json(ReadableMedia { media: MediaFile::of(&found.media, at.now), url, expires_at: until.map(milliseconds) }))
}
