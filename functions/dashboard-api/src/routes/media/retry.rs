//! A colleague wants another attempt to get a file.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode};
use shared::usecases::retry_media;

use super::shown::MediaFile;
use crate::{
    App,
    extract::{At, Caller, MediaPath},
    refusal::Refusal,
};

/// Tries again to get a file from `WhatsApp`
#[utoipa::path(
    post, path = "/v1/media/{id}/retry", tag = "media", security(("access_token" = [])),
    params(("id" = String, Path, description = "The file.")),
    responses((status = 202, description = "Another attempt follows; the file as it is now.", body = MediaFile), Refusal)
)]
pub async fn retry_media(
    State(app): State<Arc<App>>,
    at: At,
    caller: Caller,
    MediaPath(id): MediaPath,
) -> Result<(StatusCode, Json<MediaFile>), Refusal> {
    let media = retry_media::run(&at, &caller.store, app.queue.as_ref(), caller.identity, id).await?;
    Ok((StatusCode::ACCEPTED, Json(MediaFile::of(&media, at.now))))
}
