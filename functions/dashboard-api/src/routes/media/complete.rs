//! A colleague's browser has sent a file.

use std::sync::Arc;

use axum::{Json, extract::State};
use shared::{
    domain::access::Action,
    usecases::{attach_media, authorise},
};

use super::shown::MediaFile;
use crate::{
    App,
    extract::{At, Caller, MediaPath},
    refusal::Refusal,
};

/// Completes a file
///
/// Looks at what has arrived; after it the file can be sent in a message. Any number of times.
#[utoipa::path(
    post, path = "/v1/media/{id}/complete", tag = "media", security(("access_token" = [])),
    params(("id" = String, Path, description = "The file.")),
    responses((status = 200, description = "The file is kept.", body = MediaFile), Refusal)
)]
pub async fn complete_media(
    State(app): State<Arc<App>>,
    at: At,
    caller: Caller,
    MediaPath(id): MediaPath,
) -> Result<Json<MediaFile>, Refusal> {
    authorise::role(caller.identity, Action::ReplyToConversation)?;
    let media = attach_media::complete(&at, &caller.store, app.objects.as_ref(), id).await?;
    Ok(Json(MediaFile::of(&media, at.now)))
}
