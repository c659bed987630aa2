//! A number gets a new token.

use std::sync::Arc;

use axum::{Json, extract::State};
use serde::Deserialize;
use shared::{
    secrets::SecretString,
    usecases::numbers::{list, rotate_token},
};
use utoipa::ToSchema;

use super::{desk, keeper, shown::WhatsAppNumber};
use crate::{
    App,
    extract::{At, Caller, Input, NumberPath},
    refusal::Refusal,
};

/// A new token.
// It has no `Debug`: nothing of it may reach a log.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewToken {
    #[schema(min_length = 1, max_length = 1024)]
    token: String,
    /// A new secret of the webhook, for `interakt` and `aisensy`; the old one stays when it is left out.
    #[serde(default)]
    #[schema(min_length = 8, max_length = 256)]
    webhook_secret: Option<String>,
}

/// Replaces the token of a number
///
/// The provider is asked whether the new one opens the number; if not, the old one stays. A number whose token was refused is in use
/// again.
#[utoipa::path(
    post, path = "/v1/numbers/{id}/token", tag = "numbers", request_body = NewToken, security(("access_token" = [])),
    params(("id" = String, Path, description = "The number.")),
    responses((status = 200, description = "The number.", body = WhatsAppNumber), Refusal)
)]
pub async fn rotate_token(
    State(app): State<Arc<App>>,
    at: At,
    caller: Caller,
    NumberPath(id): NumberPath,
    Input(asked): Input<NewToken>,
) -> Result<Json<WhatsAppNumber>, Refusal> {
    keeper(&caller).await?;
    let desk = desk(&app, &at).await;
    let secret = asked.webhook_secret.map(|secret| SecretString::from(secret.trim()));
    let number = rotate_token::run(&at, &caller.store, &desk, &id, SecretString::from(asked.token.trim()), secret).await?;
    let listed = list::of(&caller.store, &id).await?;
    Ok(Json(WhatsAppNumber::of(listed, desk.callback(&number))))
}
