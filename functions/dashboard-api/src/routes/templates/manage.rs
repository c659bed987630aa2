//! What is done with a template that is there: changed, submitted, deleted, taken note of, read anew.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode};
use shared::usecases::templates::{
    acknowledge, delete, read,
    save::{self, Change},
    submit::{self, Draft},
};

use super::{Named, OfNumber, definition::Definition, shown::Template};
use crate::{
    App,
    extract::{At, Caller, IfMatch, Input},
    refusal::Refusal,
};

/// Changes a template
///
/// A draft is kept; a change of what WhatsApp has goes there and is looked at again.
#[utoipa::path(
    put, path = "/v1/numbers/{number}/templates/{name}/{language}", tag = "templates", request_body = Definition,
    security(("access_token" = [])),
    params(
        ("number" = String, Path, description = "The number."),
        ("name" = String, Path, description = "The template's name."),
        ("language" = String, Path, description = "Its language."),
        ("If-Match" = String, Header, description = "The `version` that was read, in double quotes."),
    ),
    responses((status = 200, description = "Changed.", body = Template), Refusal)
)]
pub async fn save_template(
    State(app): State<Arc<App>>,
    at: At,
    caller: Caller,
    named: Named,
    IfMatch(version): IfMatch,
    Input(definition): Input<Definition>,
) -> Result<Json<Template>, Refusal> {
    if definition.name != named.name || definition.language != named.language {
        return Err(Refusal::field("name", "a template keeps its name and its language: make a new one for another"));
    }
    let change = Change { number: &named.number, version, parts: definition.parts()? };
    let found = save::run(&at, &caller.store, app.queue.as_ref(), &app.meta, caller.identity, change).await?;
    Ok(Json(Template::of(&found, at.now)))
}

/// Submits a draft to WhatsApp
///
/// One that was submitted before is answered as it is.
#[utoipa::path(
    post, path = "/v1/numbers/{number}/templates/{name}/{language}/submit", tag = "templates", security(("access_token" = [])),
    params(
        ("number" = String, Path, description = "The number."),
        ("name" = String, Path, description = "The template's name."),
        ("language" = String, Path, description = "Its language."),
        ("If-Match" = String, Header, description = "The `version` that was read, in double quotes."),
    ),
    responses((status = 200, description = "Submitted.", body = Template), Refusal)
)]
pub async fn submit_template(
    State(app): State<Arc<App>>,
    at: At,
    caller: Caller,
    named: Named,
    IfMatch(version): IfMatch,
) -> Result<Json<Template>, Refusal> {
    let draft = Draft { number: &named.number, name: &named.name, language: &named.language, version };
    let found = submit::run(&at, &caller.store, app.queue.as_ref(), &app.meta, caller.identity, draft).await?;
    Ok(Json(Template::of(&found, at.now)))
}

/// Takes note that WhatsApp has made marketing of a template
///
/// From then on it goes to everybody who has not refused marketing, and not only to those who said yes.
#[utoipa::path(
    post, path = "/v1/numbers/{number}/templates/{name}/{language}/acknowledge", tag = "templates", security(("access_token" = [])),
    params(
        ("number" = String, Path, description = "The number."),
        ("name" = String, Path, description = "The template's name."),
        ("language" = String, Path, description = "Its language."),
        ("If-Match" = String, Header, description = "The `version` that was read, in double quotes."),
    ),
    responses((status = 200, description = "Taken note of.", body = Template), Refusal)
)]
pub async fn acknowledge_template(
    State(app): State<Arc<App>>,
    at: At,
    caller: Caller,
    named: Named,
    IfMatch(version): IfMatch,
) -> Result<Json<Template>, Refusal> {
    let which = (named.name.as_str(), named.language.as_str());
    let found = acknowledge::run(&at, &caller.store, &app.memory, caller.identity, &named.number, which, version).await?;
    Ok(Json(Template::of(&found, at.now)))
}

/// Deletes a template, here and at WhatsApp
#[utoipa::path(
    delete, path = "/v1/numbers/{number}/templates/{name}/{language}", tag = "templates", security(("access_token" = [])),
    params(
        ("number" = String, Path, description = "The number."),
        ("name" = String, Path, description = "The template's name."),
        ("language" = String, Path, description = "Its language."),
        ("If-Match" = String, Header, description = "The `version` that was read, in double quotes."),
    ),
    responses((status = 204, description = "Deleted."), Refusal)
)]
pub async fn delete_template(
    State(app): State<Arc<App>>,
    at: At,
    caller: Caller,
    named: Named,
    IfMatch(version): IfMatch,
) -> Result<StatusCode, Refusal> {
    let which = (named.name.as_str(), named.language.as_str());
    delete::run(&at, &caller.store, &app.meta, caller.identity, &named.number, which, version).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Reads all templates of a number's account from WhatsApp anew
#[utoipa::path(
    post, path = "/v1/numbers/{number}/templates/sync", tag = "templates", security(("access_token" = [])),
    params(("number" = String, Path, description = "The number.")),
    responses((status = 202, description = "It is being read; the list shows when it is done."), Refusal)
)]
pub async fn sync_templates(
    State(app): State<Arc<App>>,
    at: At,
    caller: Caller,
    OfNumber(number): OfNumber,
) -> Result<StatusCode, Refusal> {
    read::refresh(&at, &caller.store, app.queue.as_ref(), caller.identity, &number).await?;
    Ok(StatusCode::ACCEPTED)
}
