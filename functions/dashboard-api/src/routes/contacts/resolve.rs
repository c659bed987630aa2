//! Somebody decides whether two contacts are one.

use axum::http::StatusCode;
use serde::Deserialize;
use shared::{domain::crm, usecases::review_contacts};
use utoipa::ToSchema;

use crate::{
    extract::{At, Caller, Input, ReviewPath},
    refusal::Refusal,
};

/// The decision.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewDecision {
    verdict: ReviewVerdict,
}

/// `keep_separate`: they are two, and the name stays where it is. `same_person`: the name leads to the one it came with from now on;
/// what was written before stays where it is.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ReviewVerdict {
    KeepSeparate,
    SamePerson,
}

/// Decides whether two contacts are one
#[utoipa::path(
    post, path = "/v1/contact-reviews/{id}/resolve", tag = "contacts", request_body = ReviewDecision, security(("access_token" = [])),
    params(("id" = String, Path, description = "The question.")),
    responses((status = 204, description = "Decided; the same decision again changes nothing."), Refusal)
)]
pub async fn resolve_review(
    at: At,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    Input(asked): Input<ReviewDecision>,
) -> Result<StatusCode, Refusal> {
    let verdict = match asked.verdict {
        ReviewVerdict::KeepSeparate => crm::ReviewVerdict::KeepSeparate,
        ReviewVerdict::SamePerson => crm::ReviewVerdict::SamePerson,
    };
    review_contacts::decide(&at, &caller.store, caller.identity, id, verdict).await?;
    Ok(StatusCode::NO_CONTENT)
}
