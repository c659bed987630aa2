//! Message templates of a number's account.

mod check;
mod create;
mod definition;
mod filling;
mod list;
mod manage;
mod preview;
mod sample;
mod shown;

use std::sync::Arc;

use axum::{
    extract::{DefaultBodyLimit, FromRequestParts, Path},
    http::request::Parts,
};
use shared::{domain::tenant::NumberId, usecases::Error};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{App, refusal::Refusal};

pub use filling::Filling;

/// The largest sample accepted, in bytes: what fits through a function, with room for its encoding.
const SAMPLE_MAX: usize = 4 * 1024 * 1024;

/// The routes of templates.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(list::list_templates, create::create_template))
        .routes(routes!(list::read_template, manage::save_template, manage::delete_template))
        .routes(routes!(manage::submit_template))
        .routes(routes!(manage::acknowledge_template))
        .routes(routes!(manage::sync_templates))
        .routes(routes!(check::check_template))
        .routes(routes!(preview::preview_template))
        .merge(OpenApiRouter::new().routes(routes!(sample::upload_sample)).layer(DefaultBodyLimit::max(SAMPLE_MAX)))
}

/// The number the path names. What is no id names none.
struct OfNumber(NumberId);

impl<S: Send + Sync> FromRequestParts<S> for OfNumber {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let raw = Path::<String>::from_request_parts(parts, state).await.map_or_else(|_| String::new(), |Path(raw)| raw);
        Ok(Self(NumberId::new(&raw).map_err(|_| Error::NotFound("number"))?))
    }
}

/// The template the path names, by number, name and language.
struct Named {
    number: NumberId,
    name: String,
    language: String,
}

impl<S: Send + Sync> FromRequestParts<S> for Named {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let Ok(Path((number, name, language))) = Path::<(String, String, String)>::from_request_parts(parts, state).await else {
            return Err(Error::NotFound("template").into());
        };
        Ok(Self { number: NumberId::new(&number).map_err(|_| Error::NotFound("number"))?, name, language })
    }
}
