//! A colleague logs in.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::header::SET_COOKIE,
    response::{AppendHeaders, IntoResponse},
};
use serde::Deserialize;
use shared::usecases::{
    Error,
    session::{log_in, token::Audience},
};
use utoipa::ToSchema;

use super::{Session, cookie};
use crate::{
    App,
    extract::{At, Input},
    refusal::Refusal,
};

/// What a person types to log in.
// It has no `Debug`: nothing of it may reach a log.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LogIn {
    #[schema(max_length = 254)]
    email: String,
    #[schema(max_length = 256)]
    password: String,
}

/// Opens a session
#[utoipa::path(
    post, path = "/v1/session", tag = "session", request_body = LogIn,
    responses((status = 200, description = "The session; the refresh cookie is set.", body = Session), Refusal)
)]
pub async fn log_in(State(app): State<Arc<App>>, at: At, Input(asked): Input<LogIn>) -> Result<impl IntoResponse, Refusal> {
    let session = log_in::run(&app.table, &asked.email, &asked.password).await?;
    let tokens = app.tokens(&at).await?;
    let (refresh, _) = tokens.issue(session.identity(), Audience::Refresh, at.now)?;
    let cookie = cookie::set(&refresh, app.cookies).map_err(|_| Error::Bug("a token does not fit a header"))?;
    Ok((AppendHeaders([(SET_COOKIE, cookie)]), Json(Session::open(&session, &tokens, &at)?)))
}
