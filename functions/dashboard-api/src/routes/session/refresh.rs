//! A page whose access token runs out gets the next one.

use std::sync::Arc;

use axum::{Json, extract::State, http::HeaderMap};
use shared::usecases::{Error, session::log_in};

use super::{Session, cookie};
use crate::{App, extract::At, refusal::Refusal};

/// Renews the access token from the cookie
///
/// The cookie stays as it is: a session ends twelve hours after the log-in, however often it was renewed.
#[utoipa::path(
    post, path = "/v1/session/refresh", tag = "session",
    responses((status = 200, description = "The renewed session.", body = Session), Refusal)
)]
pub async fn refresh_session(State(app): State<Arc<App>>, at: At, headers: HeaderMap) -> Result<Json<Session>, Refusal> {
    let refresh = cookie::read(&headers).ok_or(Error::SessionExpired)?;
    let tokens = app.tokens(&at).await?;
    let session = log_in::again(&at, &app.table, &tokens, refresh).await?;
    Ok(Json(Session::open(&session, &tokens, &at)?))
}
