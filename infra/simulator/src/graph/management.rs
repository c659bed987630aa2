//! What Meta tells of tokens, numbers and accounts, and who hears of them: `debug_token`, a number, an account's numbers and its
//! subscriptions. Tests set each number's state with `PUT /management/{phone_number_id}`, and add numbers that nobody configured.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::Sha256;

use super::errors::{GraphError, GraphResult};
use crate::clock;
use crate::config::Config;
use crate::control::Problem;
use crate::sync::lock;
use crate::world::World;

/// How many numbers are looked after.
const MAX_NUMBERS: usize = 1_000;
/// The app of everything that is configured.
const APP_ID: &str = "610000000000001";

/// A number, its account and its token, as Meta sees them.
#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Managed {
    waba_id: String,
    display_phone_number: String,
    /// What opens it.
    token: String,
    /// Whether the token still does.
    token_valid: bool,
    /// What the token allows.
    scopes: Vec<String>,
    /// The app the token was made for.
    app_id: String,
    /// The secret of that app.
    app_secret: String,
    /// `CONNECTED`, `PENDING`, `BANNED` …
    status: String,
    /// Whether the app hears of the account.
    subscribed: bool,
    /// An address of the account's own, which goes before the app's.
    callback: Option<String>,
    is_on_biz_app: bool,
    throughput: String,
}

/// All numbers that are looked after, by id.
pub(crate) struct Management(Mutex<BTreeMap<String, Managed>>);

impl Management {
    /// Those that are configured: all is well with them.
    pub(crate) fn new(config: &Config) -> Self {
        let numbers = config.numbers.iter().map(|number| {
            let managed = Managed { display_phone_number: number.display_phone_number.clone(), ..fresh(config) };
            (number.phone_number_id.clone(), managed)
        });
        Self(Mutex::new(numbers.collect()))
    }

    fn find(&self, id: &str) -> Option<Managed> {
        lock(&self.0).get(id).cloned()
    }

    fn of_account(&self, account: &str) -> Vec<(String, Managed)> {
        lock(&self.0).iter().filter(|(_, number)| number.waba_id == account).map(|(id, number)| (id.clone(), number.clone())).collect()
    }

    fn by_token(&self, token: &str) -> Option<Managed> {
        lock(&self.0).values().find(|number| number.token == token).cloned()
    }

    /// Whether a token opens anything: `None` when it is nobody's.
    pub(crate) fn opens(&self, token: &str) -> Option<bool> {
        self.by_token(token).map(|number| number.token_valid)
    }

    /// Every number has this token from now on.
    pub(crate) fn rotate(&self, token: &str) {
        for number in lock(&self.0).values_mut() {
            token.clone_into(&mut number.token);
            number.token_valid = true;
        }
    }

    /// No number's token opens anything any more.
    pub(crate) fn revoke(&self) {
        lock(&self.0).values_mut().for_each(|number| number.token_valid = false);
    }

    fn change_account(&self, account: &str, change: impl Fn(&mut Managed)) {
        lock(&self.0).values_mut().filter(|number| number.waba_id == account).for_each(change);
    }
}

fn fresh(config: &Config) -> Managed {
    Managed {
        waba_id: config.waba_id.clone(),
        display_phone_number: "918047000123".to_owned(),
        token: config.access_token.clone(),
        token_valid: true,
        scopes: vec!["whatsapp_business_management".to_owned(), "whatsapp_business_messaging".to_owned()],
        app_id: APP_ID.to_owned(),
        app_secret: config.app_secret.clone(),
        status: "CONNECTED".to_owned(),
        subscribed: true,
        callback: None,
        is_on_biz_app: false,
        throughput: "STANDARD".to_owned(),
    }
}

/// The routes of the controls.
pub(crate) fn controls() -> axum::Router<Arc<World>> {
    axum::Router::new().route("/management/{id}", get(shown).put(set))
}

async fn shown(State(world): State<Arc<World>>, Path(id): Path<String>) -> Result<Json<Value>, Problem> {
    let number = world.management.find(&id).ok_or_else(|| Problem::not_found(format!("number {id} is not looked after")))?;
    let mut told = serde_json::to_value(number).unwrap_or_default();
    told["app_secret"] = json!(null);
    Ok(Json(told))
}

/// Sets what the body names; the rest stays, or is as it should be for a number that was not there.
async fn set(
    State(world): State<Arc<World>>,
    Path(id): Path<String>,
    body: Result<Json<Value>, JsonRejection>,
) -> Result<StatusCode, Problem> {
    let Json(changes) = body?;
    let number = world.management.find(&id).unwrap_or_else(|| fresh(&world.config));
    let mut told = serde_json::to_value(number).unwrap_or_default();
    for (field, value) in changes.as_object().into_iter().flatten() {
        told[field.as_str()] = value.clone();
    }
    let number = serde_json::from_value(told).map_err(|error| Problem::bad_request(error.to_string()))?;
    let mut numbers = lock(&world.management.0);
    if numbers.len() >= MAX_NUMBERS && !numbers.contains_key(&id) {
        return Err(Problem::bad_request(format!("id: at most {MAX_NUMBERS} numbers are looked after")));
    }
    numbers.insert(id, number);
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    input_token: Option<String>,
    appsecret_proof: Option<String>,
}

/// `GET /{version}/debug_token`.
pub(crate) async fn debug_token(State(world): State<Arc<World>>, Query(asked): Query<Asked>) -> GraphResult<Json<Value>> {
    let token = asked.input_token.ok_or_else(|| GraphError::missing("input_token is required"))?;
    let Some(number) = world.management.by_token(&token) else {
        let error = json!({ "code": 190, "message": "Invalid OAuth access token." });
        return Ok(Json(json!({ "data": { "is_valid": false, "scopes": [], "error": error } })));
    };
    Ok(Json(json!({ "data": {
        "app_id": number.app_id, "application": "Tarun", "type": "SYSTEM_USER", "expires_at": 0,
        "is_valid": number.token_valid, "scopes": number.scopes,
    } })))
}

/// `GET /{version}/{phone_number_id}`; `None` when the id names no number that is looked after.
pub(crate) fn number(world: &World, id: &str, asked: &Asked, headers: &HeaderMap) -> Option<GraphResult<Response>> {
    let number = world.management.find(id)?;
    Some(open(&number, headers).and_then(|()| proven(&number, asked)).map(|()| {
        let own = number.callback.as_ref().filter(|_| number.subscribed);
        Json(json!({
            "id": id, "display_phone_number": number.display_phone_number, "verified_name": "Tarun", "quality_rating": "GREEN",
            "status": number.status, "platform_type": if number.status == "PENDING" { "NOT_APPLICABLE" } else { "CLOUD_API" },
            "throughput": { "level": number.throughput }, "is_on_biz_app": number.is_on_biz_app,
            "webhook_configuration": { "application": world.webhook_url(), "whatsapp_business_account": own },
        }))
        .into_response()
    }))
}

/// The token of one number does not open another.
fn open(number: &Managed, headers: &HeaderMap) -> GraphResult<()> {
    let token = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(|value| value.strip_prefix("Bearer "));
    if token == Some(number.token.as_str()) && number.token_valid {
        return Ok(());
    }
    Err(GraphError::known(10, Some("The token has no access to this object.".to_owned())))
}

/// A proof, if one is given, is made from the token under the secret of its app.
fn proven(number: &Managed, asked: &Asked) -> GraphResult<()> {
    let Some(given) = &asked.appsecret_proof else { return Ok(()) };
    let mac = Hmac::<Sha256>::new_from_slice(number.app_secret.as_bytes()).map(|mac| mac.chain_update(number.token.as_bytes()));
    let expected = mac.map(|mac| hex::encode(mac.finalize().into_bytes())).unwrap_or_default();
    if *given == expected { Ok(()) } else { Err(GraphError::plain(100, "Invalid appsecret_proof provided in the API argument")) }
}

/// The numbers of an account that the token opens.
fn account(world: &World, id: &str, headers: &HeaderMap) -> GraphResult<Vec<(String, Managed)>> {
    let numbers = world.management.of_account(id);
    let open: Vec<_> = numbers.into_iter().filter(|(_, number)| open(number, headers).is_ok()).collect();
    if open.is_empty() { Err(GraphError::unknown_object("get", id)) } else { Ok(open) }
}

/// `GET /{version}/{waba_id}/phone_numbers`.
pub(crate) async fn phone_numbers(
    State(world): State<Arc<World>>,
    Path((_version, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> GraphResult<Json<Value>> {
    let numbers = account(&world, &id, &headers)?;
    let data: Vec<Value> =
        numbers.iter().map(|(id, number)| json!({ "id": id, "display_phone_number": number.display_phone_number })).collect();
    Ok(Json(json!({ "data": data })))
}

/// `GET /{version}/{waba_id}/subscribed_apps`.
pub(crate) async fn subscriptions(
    State(world): State<Arc<World>>,
    Path((_version, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> GraphResult<Json<Value>> {
    let numbers = account(&world, &id, &headers)?;
    let subscribed = numbers.iter().map(|(_, number)| number).find(|number| number.subscribed);
    let data: Vec<Value> = subscribed
        .map(|number| {
            json!({ "whatsapp_business_api_data": { "id": number.app_id, "name": "Tarun", "link": "https://tarun.example" },
                "override_callback_uri": number.callback })
        })
        .into_iter()
        .collect();
    Ok(Json(json!({ "data": data })))
}

#[derive(Default, Deserialize)]
struct Override {
    override_callback_uri: Option<String>,
    verify_token: Option<String>,
}

/// `POST /{version}/{waba_id}/subscribed_apps`: without an address the app hears of the account; with one, which is tried first, its
/// webhooks go there. An address without a subscription is refused, as Meta does.
pub(crate) async fn subscribe(
    State(world): State<Arc<World>>,
    Path((_version, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> GraphResult<Json<Value>> {
    let numbers = account(&world, &id, &headers)?;
    let asked: Override = if body.is_empty() { Override::default() } else { serde_json::from_slice(&body).unwrap_or_default() };
    let Some(address) = asked.override_callback_uri else {
        world.management.change_account(&id, |number| number.subscribed = true);
        return Ok(Json(json!({ "success": true })));
    };
    if !numbers.iter().any(|(_, number)| number.subscribed) {
        let message =
            "Before override the current callback uri, your app must be subscribed to receive messages for WhatsApp Business Account";
        return Err(GraphError::plain(100, message));
    }
    if !answers(&world, &address, asked.verify_token.as_deref().unwrap_or_default()).await {
        return Err(GraphError::plain(2200, "Callback verification failed"));
    }
    world.management.change_account(&id, |number| number.callback = Some(address.clone()));
    Ok(Json(json!({ "success": true })))
}

/// `DELETE /{version}/{waba_id}/subscribed_apps`.
pub(crate) async fn unsubscribe(
    State(world): State<Arc<World>>,
    Path((_version, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> GraphResult<Json<Value>> {
    account(&world, &id, &headers)?;
    world.management.change_account(&id, |number| {
        number.subscribed = false;
        number.callback = None;
    });
    Ok(Json(json!({ "success": true })))
}

/// Tries an address as Meta does: it must give the challenge back.
async fn answers(world: &World, address: &str, verify_token: &str) -> bool {
    let Ok(mut url) = reqwest::Url::parse(address) else { return false };
    let challenge = clock::media_id();
    url.query_pairs_mut()
        .append_pair("hub.mode", "subscribe")
        .append_pair("hub.challenge", &challenge)
        .append_pair("hub.verify_token", verify_token);
    match world.courier.client().get(url).send().await {
        Ok(answer) => answer.status() == 200 && answer.text().await.is_ok_and(|text| text == challenge),
        Err(_) => false,
    }
}
