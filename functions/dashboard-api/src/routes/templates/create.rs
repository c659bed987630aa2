//! A new template.

use axum::{Json, http::StatusCode};
use shared::usecases::templates::draft::{self, Drafted};

use super::{OfNumber, definition::Definition, shown::Template};
use crate::{
    extract::{At, Caller, Input},
    refusal::Refusal,
};

/// Keeps a draft of a new template
///
/// Name and language are its key: the same request again finds the same draft.
#[utoipa::path(
    post, path = "/v1/numbers/{number}/templates", tag = "templates", request_body = Definition, security(("access_token" = [])),
    params(("number" = String, Path, description = "The number.")),
    responses(
        (status = 201, description = "Kept; submit it next.", body = Template),
        (status = 200, description = "The same draft was there before.", body = Template),
        Refusal
    )
)]
pub async fn create_template(
    at: At,
    caller: Caller,
    OfNumber(number): OfNumber,
    Input(definition): Input<Definition>,
) -> Result<(StatusCode, Json<Template>), Refusal> {
    let (status, found) = match draft::run(&at, &caller.store, caller.identity, &number, definition.parts()?).await? {
        Drafted::New(found) => (StatusCode::CREATED, found),
        Drafted::Before(found) => (StatusCode::OK, found),
    };
    Ok((status, Json(Template::of(&found, at.now))))
}
