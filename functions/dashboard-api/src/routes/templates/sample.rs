//! The sample of a header.

use std::sync::Arc;

use axum::{
    Json,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header::CONTENT_TYPE},
};
use serde::Serialize;
use shared::usecases::templates::sample;
use utoipa::ToSchema;

use super::OfNumber;
use crate::{App, extract::Caller, refusal::Refusal};

/// A sample at WhatsApp.
#[derive(Serialize, ToSchema)]
pub struct UploadedSample {
    /// Give it as the `sample` of a header.
    sample: String,
}

/// Uploads a file that shows WhatsApp's reviewer what a header may hold
#[utoipa::path(
    post, path = "/v1/numbers/{number}/templates/samples", tag = "templates", security(("access_token" = [])),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "The file, at most 4 MiB, with its type as Content-Type."),
    params(("number" = String, Path, description = "The number.")),
    responses((status = 201, description = "Uploaded.", body = UploadedSample), Refusal)
)]
pub async fn upload_sample(
    State(app): State<Arc<App>>,
    caller: Caller,
    OfNumber(number): OfNumber,
    headers: HeaderMap,
    body: Bytes,
) -> Result<(StatusCode, Json<UploadedSample>), Refusal> {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let sample = sample::run(&caller.store, &app.meta, caller.identity, &number, kind, body.to_vec()).await?;
    Ok((StatusCode::CREATED, Json(UploadedSample { sample: sample.to_string() })))
}
