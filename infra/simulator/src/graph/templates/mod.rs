//! Message templates of the account: what the platform creates, lists, changes and deletes, and what Meta's reviewer, played by a
//! test, makes of them.

pub(crate) mod check;
pub(crate) mod review;
mod shelf;
mod show;

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{ConnectInfo, Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::{Json, http::HeaderMap};
use serde::Deserialize;
use serde_json::{Value, json};

use super::errors::{GraphError, GraphResult};
use super::messages::{refuse, spoil};
use crate::clock;
use crate::faults::Target;
use crate::hangup::Hangup;
use crate::world::World;

pub(crate) use self::shelf::{Template, Templates};
pub(crate) use self::show::shown;

/// The most a page may hold.
const PAGE_MAX: usize = 100;
/// A sample may have this many bytes.
const SAMPLE_MAX: usize = 16 * 1024 * 1024;

#[derive(Deserialize)]
pub(crate) struct Asked {
    limit: Option<usize>,
    after: Option<String>,
    name: Option<String>,
    status: Option<String>,
    hsm_id: Option<String>,
    file_length: Option<usize>,
}

/// `GET /{version}/{waba_id}/message_templates`.
pub(crate) async fn list(
    State(world): State<Arc<World>>,
    Path((_version, account)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> GraphResult<Json<Value>> {
    own(&world, &account, "get")?;
    refuse(world.faults.take_for_request(Target::Templates, None))?;
    let limit = asked.limit.unwrap_or(25).clamp(1, PAGE_MAX);
    let start: usize = match asked.after.as_deref() {
        None => 0,
        Some(cursor) => {
            cursor.strip_prefix("QV").and_then(|digits| digits.parse().ok()).ok_or_else(|| GraphError::invalid("after: is no cursor"))?
        }
    };
    let wanted = |template: &Template| {
        asked.name.as_deref().is_none_or(|name| template.name == name)
            && asked.status.as_deref().is_none_or(|status| template.status.eq_ignore_ascii_case(status))
    };
    let all: Vec<Template> = world.templates.list().into_iter().filter(wanted).collect();
    let page: Vec<Value> = all.iter().skip(start).take(limit).map(Template::listed).collect();
    let end = start + page.len();
    let mut paging = json!({ "cursors": { "before": format!("QV{start}"), "after": format!("QV{end}") } });
    if end < all.len() {
        paging["next"] = json!(format!("https://graph.example/{account}/message_templates?after=QV{end}"));
    }
    Ok(Json(json!({ "data": page, "paging": paging })))
}

/// `POST /{version}/{waba_id}/message_templates`.
pub(crate) async fn create(
    State(world): State<Arc<World>>,
    Path((_version, account)): Path<(String, String)>,
    ConnectInfo(hangup): ConnectInfo<Hangup>,
    body: Bytes,
) -> Response {
    let made = || {
        own(&world, &account, "post")?;
        let body = read(&body)?;
        let rule = refuse(world.faults.take_for_request(Target::Templates, None))?;
        let template = world.templates.create(&body)?;
        Ok((json!({ "id": template.id.to_string(), "status": template.status, "category": template.category }), rule))
    };
    match made() {
        Ok((answer, rule)) => spoil(rule, &hangup, Json(answer).into_response()).await,
        Err(error) => GraphError::into_response(error),
    }
}

/// `DELETE /{version}/{waba_id}/message_templates?name=&hsm_id=`.
pub(crate) async fn delete(
    State(world): State<Arc<World>>,
    Path((_version, account)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> GraphResult<Json<Value>> {
    own(&world, &account, "delete")?;
    refuse(world.faults.take_for_request(Target::Templates, None))?;
    let name = asked.name.ok_or_else(|| GraphError::missing("name: is required"))?;
    let id = asked.hsm_id.as_deref().map(|digits| digits.parse().map_err(|_| GraphError::invalid("hsm_id: is no id"))).transpose()?;
    if world.templates.delete(&name, id) == 0 {
        return Err(GraphError::template(2_593_002, "No message template with this name exists."));
    }
    Ok(Json(json!({ "success": true })))
}

/// `GET /{version}/{template_id}`, if it is one.
pub(crate) fn look_up(world: &World, id: &str) -> Option<Value> {
    world.templates.find(id.parse().ok()?).map(|template| template.listed())
}

/// `POST /{version}/{id}`: a change of a template, or the bytes of a sample.
pub(crate) async fn change(
    State(world): State<Arc<World>>,
    Path((_version, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> GraphResult<Json<Value>> {
    if id.starts_with("upload:") {
        return sample(&headers, &body);
    }
    let body = read(&body)?;
    refuse(world.faults.take_for_request(Target::Templates, None))?;
    let id = id.parse().map_err(|_| GraphError::unknown_object("post", &id))?;
    world.templates.change(id, &body)?;
    Ok(Json(json!({ "success": true })))
}

/// `POST /{version}/app/uploads`: begins the upload of a sample.
pub(crate) async fn begin_upload(Query(asked): Query<Asked>) -> GraphResult<Json<Value>> {
    match asked.file_length {
        Some(1..=SAMPLE_MAX) => Ok(Json(json!({ "id": format!("upload:{}?sig=AR", clock::media_id()) }))),
        Some(_) | None => Err(GraphError::invalid(format!("file_length: must be 1 to {SAMPLE_MAX}"))),
    }
}

fn sample(headers: &HeaderMap, body: &Bytes) -> GraphResult<Json<Value>> {
    if headers.get("file_offset").is_none_or(|offset| offset != "0") {
        return Err(GraphError::invalid("file_offset: must be 0"));
    }
    if body.is_empty() || body.len() > SAMPLE_MAX {
        return Err(GraphError::invalid("body: is empty or too large"));
    }
    Ok(Json(json!({ "h": format!("4::{}", clock::trace_id()) })))
}

fn own(world: &World, account: &str, method: &str) -> GraphResult<()> {
    if world.config.waba_id == account { Ok(()) } else { Err(GraphError::unknown_object(method, account)) }
}

fn read(body: &[u8]) -> GraphResult<Value> {
    serde_json::from_slice(body).map_err(|error| GraphError::invalid(format!("body: not valid JSON: {error}")))
}
