//! A colleague logs out.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{StatusCode, header::SET_COOKIE},
    response::{AppendHeaders, IntoResponse},
};
use shared::usecases::Error;

use super::cookie;
use crate::{App, refusal::Refusal};

/// Ends the session
#[utoipa::path(
    delete, path = "/v1/session", tag = "session",
    responses((status = 204, description = "The cookie is cleared."), Refusal)
)]
pub async fn log_out(State(app): State<Arc<App>>) -> Result<impl IntoResponse, Refusal> {
    let cookie = cookie::clear(app.cookies).map_err(|_| Error::Bug("an empty cookie does not fit a header"))?;
    Ok((StatusCode::NO_CONTENT, AppendHeaders([(SET_COOKIE, cookie)])))
}
