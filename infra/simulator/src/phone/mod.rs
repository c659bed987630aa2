//! The phone: a chat page at `/phone` on which a person plays one of the personas.

mod chats;
mod compose;
mod events;

use std::sync::Arc;

use axum::Json;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};

use crate::control::Problem;
use crate::graph::media::limit_of;
use crate::world::World;

pub(crate) use chats::{Bubble, Phones};
pub(crate) use compose::attach;

const MAX_ATTACHMENT_BYTES: usize = 17 * 1024 * 1024;
const PAGE: &str = include_str!("assets/phone.html");
/// The page brings all it needs; nothing of a chat partner's may run in it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";

/// The files of the page, by name.
const ASSETS: [(&str, &str, &str); 14] = [
    ("phone.css", "text/css", include_str!("assets/phone.css")),
    ("chat.css", "text/css", include_str!("assets/chat.css")),
    ("phone.js", "text/javascript", include_str!("assets/phone.js")),
    ("server.js", "text/javascript", include_str!("assets/server.js")),
    ("bubble.js", "text/javascript", include_str!("assets/bubble.js")),
    ("interactive.js", "text/javascript", include_str!("assets/interactive.js")),
    ("form.js", "text/javascript", include_str!("assets/form.js")),
    ("format.js", "text/javascript", include_str!("assets/format.js")),
    ("dom.js", "text/javascript", include_str!("assets/dom.js")),
    ("sheet.js", "text/javascript", include_str!("assets/sheet.js")),
    ("composer.js", "text/javascript", include_str!("assets/composer.js")),
    ("theme.js", "text/javascript", include_str!("assets/theme.js")),
    ("voice.js", "text/javascript", include_str!("assets/voice.js")),
    ("icon.svg", "image/svg+xml", include_str!("assets/icon.svg")),
];

/// The routes of the page and of what it talks to.
pub(crate) fn routes() -> Router<Arc<World>> {
    Router::new()
        .route("/", get(|| async { Redirect::temporary("/phone") }))
        .route("/phone", get(page))
        .route("/phone/{asset}", get(asset))
        .route("/phone/state", get(state))
        .route("/phone/events", get(events::stream))
        .route("/phone/messages", post(compose::send))
        .route("/phone/retry", post(compose::retry))
        .route("/phone/pay", post(compose::pay))
        .route("/phone/read", post(compose::read))
        .route("/phone/media", post(compose::attach).layer(DefaultBodyLimit::max(MAX_ATTACHMENT_BYTES)))
        .route("/phone/media/{id}", get(media))
}

async fn page() -> Response {
    ([(header::CONTENT_SECURITY_POLICY, POLICY), (header::CACHE_CONTROL, "no-cache")], Html(PAGE)).into_response()
}

async fn asset(Path(name): Path<String>) -> Response {
    let Some((_, kind, text)) = ASSETS.iter().find(|(known, _, _)| *known == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let kind = format!("{kind}; charset=utf-8");
    ([(header::CONTENT_TYPE, kind.as_str()), (header::CACHE_CONTROL, "no-cache")], *text).into_response()
}

/// Everything the page shows when it opens.
async fn state(State(world): State<Arc<World>>) -> Json<Value> {
    let people: Vec<Value> = world
        .config
        .personas
        .iter()
        .filter_map(|persona| {
            let business = world.config.number(&persona.phone_number_id)?;
            let mut person = json!(persona);
            person["business"] = json!(business);
            person["messages"] = json!(world.phones.chat(&persona.id));
            Some(person)
        })
        .collect();
    Json(json!({ "personas": people, "webhook_set": world.webhook_url().is_some() }))
}

/// A file of the chat, without the token Meta asks the platform for.
async fn media(State(world): State<Arc<World>>, Path(id): Path<String>) -> Result<Response, Problem> {
    let Some(media) = world.media.on_phone(&id) else {
        return Err(Problem::not_found("id: no such media"));
    };
    // What the platform does not support is never shown inside the page, only saved.
    let disposition = if limit_of(&media.mime_type).is_some() { "inline" } else { "attachment" };
    let headers = [
        (header::CONTENT_TYPE, media.mime_type.as_str()),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    Ok((headers, media.bytes).into_response())
}
