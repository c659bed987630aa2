//! A colleague attaches a file.

use std::{collections::BTreeMap, sync::Arc};

use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use shared::{
    domain::{
        access::Action,
        messaging::media::{Mime, Sha256Hash},
        text::Text,
        time::Timestamp,
    },
    usecases::{
        attach_media::{self, NewFile},
        authorise,
    },
};
use utoipa::ToSchema;

use super::shown::{FileKind, MediaFile};
use crate::{
    App,
    extract::{At, Caller, IdempotencyKey, Input},
    refusal::Refusal,
    time::milliseconds,
};

/// A file to come.
// It has no `Debug`: a name of a file may be a person's.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMedia {
    /// What it is to be in a message; the type and the size it may have follow from it.
    kind: FileKind,
    /// Its type, with parameters: a voice note is `audio/ogg; codecs=opus`.
    #[schema(max_length = 128)]
    mime_type: String,
    /// In bytes.
    #[schema(value_type = i64, minimum = 1, maximum = 104_857_600)]
    size: u64,
    /// SHA-256 of its content, in hexadecimal digits.
    #[schema(min_length = 64, max_length = 64)]
    sha256: String,
    #[serde(default)]
    #[schema(max_length = 256)]
    filename: Option<String>,
}

/// A file that is expected, and how to send it.
#[derive(Serialize, ToSchema)]
pub struct ExpectedMedia {
    media: MediaFile,
    /// `null` when it has been sent already.
    #[schema(required)]
    upload: Option<Upload>,
}

/// The request that sends the content: a `PUT` to the address, with these headers and exactly the announced bytes.
#[derive(Serialize, ToSchema)]
pub struct Upload {
    url: String,
    headers: BTreeMap<String, String>,
    expires_at: Timestamp,
}

/// Announces a file
///
/// Send the content to `upload.url`, then complete the file. Repeat the request with the same key until it is answered: it is one file.
#[utoipa::path(
    post, path = "/v1/media", tag = "media", request_body = NewMedia, security(("access_token" = [])),
    params(("Idempotency-Key" = String, Header, format = Uuid, description = "A UUID of version 7, made once for this file; it becomes the file's id.")),
    responses((status = 201, description = "The file is expected.", body = ExpectedMedia), Refusal)
)]
pub async fn attach_media(
    State(app): State<Arc<App>>,
    at: At,
    caller: Caller,
    IdempotencyKey(id): IdempotencyKey,
    Input(asked): Input<NewMedia>,
) -> Result<(StatusCode, Json<ExpectedMedia>), Refusal> {
    let user = authorise::colleague(&caller.store, caller.identity, Action::ReplyToConversation).await?;
    let file = NewFile {
        id,
        kind: asked.kind.into(),
        mime: Mime::new(&asked.mime_type).map_err(|error| Refusal::field("mime_type", error.to_string()))?,
        size: asked.size,
        sha256: Sha256Hash::from_hex(&asked.sha256).map_err(|error| Refusal::field("sha256", error.to_string()))?,
        filename: asked.filename.as_deref().and_then(Text::cut),
    };
    let expected = attach_media::announce(&at, &caller.store, app.objects.as_ref(), &user, &file).await?;
    let upload = expected.upload.map(|(signed, until)| Upload {
        url: signed.url,
        headers: signed.headers.into_iter().collect(),
        expires_at: milliseconds(until),
    });
    Ok((StatusCode::CREATED, Json(ExpectedMedia { media: MediaFile::of(&expected.media, at.now), upload })))
}
