//! A number is connected.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode};
use serde::Deserialize;
use shared::{
    domain::{
        phone::Phone,
        tenant::{NumberId, onboarding::Candidate},
    },
    secrets::SecretString,
    usecases::numbers::{
        connect::{self, NewNumber},
        list,
    },
};
use utoipa::ToSchema;

use super::{
    desk, keeper,
    shown::{Provider, WhatsAppNumber},
};
use crate::{
    App,
    extract::{At, Caller, Input},
    refusal::Refusal,
};

/// A number to be connected. Which fields it needs depends on its provider.
// It has no `Debug`: nothing of it may reach a log.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NumberToConnect {
    provider: Provider,
    /// What opens the number: the access token of Meta, the API key of 360dialog and Interakt, the project password of `AiSensy`.
    #[schema(min_length = 1, max_length = 1024)]
    token: String,
    /// Meta's id of the number; for `cloud_api`.
    #[serde(default)]
    phone_number_id: Option<String>,
    /// The WhatsApp Business Account; for `cloud_api`.
    #[serde(default)]
    waba_id: Option<String>,
    /// The number people see, in E.164; for the partners.
    #[serde(default)]
    phone: Option<String>,
    /// The project; for `aisensy`.
    #[serde(default)]
    project_id: Option<String>,
    /// The secret of the webhook; for `interakt` and `aisensy`.
    #[serde(default)]
    #[schema(min_length = 8, max_length = 256)]
    webhook_secret: Option<String>,
    /// Meta's business portfolio, when it is known.
    #[serde(default)]
    portfolio_id: Option<String>,
    /// Whether the phone's app uses the number too.
    #[serde(default)]
    coexistence: bool,
}

/// Connects a number
///
/// The provider is asked whether the token opens it before anything is stored. Connecting it again does no harm.
#[utoipa::path(
    post, path = "/v1/numbers", tag = "numbers", request_body = NumberToConnect, security(("access_token" = [])),
    responses((status = 201, description = "Connected.", body = WhatsAppNumber), Refusal)
)]
pub async fn connect_number(
    State(app): State<Arc<App>>,
    at: At,
    caller: Caller,
    Input(asked): Input<NumberToConnect>,
) -> Result<(StatusCode, Json<WhatsAppNumber>), Refusal> {
    keeper(&caller).await?;
    let desk = desk(&app, &at).await;
    let connected = connect::run(&at, &app.table, &caller.store, &desk, new_number(asked)?).await?;
    let listed = list::of(&caller.store, &connected.number.id).await?;
    Ok((StatusCode::CREATED, Json(WhatsAppNumber::of(listed, connected.callback))))
}

fn new_number(asked: NumberToConnect) -> Result<NewNumber, Refusal> {
    let candidate = match asked.provider {
        Provider::CloudApi => Candidate::CloudApi {
            phone_number_id: id("phone_number_id", asked.phone_number_id.as_deref())?,
            waba_id: id("waba_id", asked.waba_id.as_deref())?,
        },
        Provider::Dialog360 => Candidate::Dialog360 { phone: phone(asked.phone.as_deref())? },
        Provider::Interakt => Candidate::Interakt { phone: phone(asked.phone.as_deref())? },
        Provider::AiSensy => {
            Candidate::AiSensy { phone: phone(asked.phone.as_deref())?, project_id: id("project_id", asked.project_id.as_deref())? }
        }
    };
    let portfolio = asked.portfolio_id.as_deref().filter(|raw| !raw.trim().is_empty());
    Ok(NewNumber {
        candidate,
        token: SecretString::from(asked.token.trim()),
        webhook_secret: asked.webhook_secret.map(|secret| SecretString::from(secret.trim())),
        portfolio_id: portfolio.map(|raw| id("portfolio_id", Some(raw))).transpose()?,
        coexistence: asked.coexistence,
    })
}

fn id(field: &str, raw: Option<&str>) -> Result<NumberId, Refusal> {
    NumberId::new(raw.unwrap_or_default().trim()).map_err(|error| Refusal::field(field, error.to_string()))
}

fn phone(raw: Option<&str>) -> Result<Phone, Refusal> {
    let raw: String = raw.unwrap_or_default().chars().filter(|letter| !letter.is_whitespace() && *letter != '-').collect();
    raw.parse().map_err(|error: shared::domain::phone::PhoneError| Refusal::field("phone", error.to_string()))
}
