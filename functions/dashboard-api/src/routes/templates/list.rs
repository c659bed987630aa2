//! Looking at templates.

use std::sync::Arc;

use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use shared::{
    domain::time::Timestamp,
    usecases::templates::read::{self, Wanted},
};
use utoipa::{IntoParams, ToSchema};

use super::{Named, OfNumber, shown::Template};
use crate::{
    App,
    extract::{At, Caller, Parameters},
    page::{self, List},
    refusal::Refusal,
    time::milliseconds,
};

/// Which templates.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Only those of this status.
    #[param(value_type = String, required = false)]
    status: Option<String>,
    /// Only those of this category.
    #[param(value_type = String, required = false)]
    category: Option<String>,
    /// Only those in this language.
    #[param(value_type = String, required = false)]
    language: Option<String>,
    /// Only those whose name begins so.
    #[param(value_type = String, required = false)]
    name: Option<String>,
    /// How many at most; 50 when left out.
    #[param(value_type = i32, required = false, minimum = 1, maximum = 100)]
    limit: Option<String>,
    /// The `next` of the page before.
    #[param(value_type = String, required = false)]
    cursor: Option<String>,
}

/// One page of templates, by name and language.
#[derive(Serialize, ToSchema)]
pub struct TemplatePage {
    items: Vec<Template>,
    /// The cursor of the next page; `null` at the end. A page may be shorter than asked for and still have one.
    #[schema(required)]
    next: Option<String>,
    /// When the list was last read from WhatsApp; `null` when it never was.
    #[schema(required)]
    synced_at: Option<Timestamp>,
    /// Why the last attempt to read it failed.
    #[schema(required)]
    sync_failure: Option<String>,
}

/// Lists templates
///
/// Agents see those that can be sent. A list that is a day old is read from WhatsApp anew, meanwhile.
#[utoipa::path(
    get, path = "/v1/numbers/{number}/templates", tag = "templates", params(("number" = String, Path, description = "The number."), Filter),
    security(("access_token" = [])), responses((status = 200, description = "One page.", body = TemplatePage), Refusal)
)]
pub async fn list_templates(
    State(app): State<Arc<App>>,
    at: At,
    caller: Caller,
    OfNumber(number): OfNumber,
    Parameters(asked): Parameters<Filter>,
) -> Result<Json<TemplatePage>, Refusal> {
    let list = List::Templates(&number);
    let (size, cursor) = page::part(list, asked.limit.as_deref(), asked.cursor.as_deref())?;
    let wanted = Wanted {
        status: asked.status.as_deref(),
        category: asked.category.as_deref(),
        language: asked.language.as_deref(),
        name: asked.name.as_deref(),
    };
    let paging = (size, cursor.as_ref());
    let found = read::page(&at, &caller.store, app.queue.as_ref(), caller.identity, &number, &wanted, paging).await?;
    let account = found.account;
    Ok(Json(TemplatePage {
        next: found.page.next.map(|next| page::seal(list, &next)),
        items: found.page.items.iter().map(|template| Template::of(template, at.now)).collect(),
        synced_at: account.as_ref().and_then(|account| account.synced_at).map(milliseconds),
        sync_failure: account
            .and_then(|account| account.failure)
            .map(|failure| failure.title.map_or_else(|| failure.code.to_string(), |title| title.to_string())),
    }))
}

/// Reads one template
#[utoipa::path(
    get, path = "/v1/numbers/{number}/templates/{name}/{language}", tag = "templates", security(("access_token" = [])),
    params(
        ("number" = String, Path, description = "The number."),
        ("name" = String, Path, description = "The template's name."),
        ("language" = String, Path, description = "Its language."),
    ),
    responses((status = 200, description = "The template.", body = Template), Refusal)
)]
pub async fn read_template(at: At, caller: Caller, named: Named) -> Result<Json<Template>, Refusal> {
    let found = read::one(&caller.store, caller.identity, &named.number, &named.name, &named.language).await?;
    Ok(Json(Template::of(&found, at.now)))
}
