//! What a caller is told who does not get what was asked for, and what the log is told beside it.

use std::collections::BTreeMap;

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Serialize;
use shared::{
    domain::class::{Class, Classify as _},
    http,
    sqs::chain,
    usecases::Error,
};
use utoipa::{
    IntoResponses, ToSchema,
    openapi::{Content, Ref, RefOr, Response as Documented, ResponseBuilder},
};

/// What is said when the fault is ours: nothing about it, only what to do.
const OURS: &str = "The fault is on our side. Try again in a moment; if it stays, tell support the request id.";

/// A refusal on its way out. The envelope gives it a request id and writes it.
#[derive(Clone, Debug)]
pub struct Refusal {
    problem: Box<http::Problem>,
    /// The whole story of a fault of ours, for the log alone.
    cause: Option<String>,
}

/// What went wrong and what to do, as RFC 9457 has it.
#[derive(Serialize, ToSchema)]
pub struct Problem {
    /// A stable address for this kind of problem.
    #[serde(rename = "type")]
    kind: String,
    /// The kind of problem, in words.
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// The stable name of the problem.
    code: &'static str,
    /// What to do about it.
    detail: String,
    /// The field, parameter or header that cannot be accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    /// The request, for whoever looks into it.
    request_id: String,
}

impl Refusal {
    /// An input that cannot be accepted, by the name of its field, parameter or header.
    pub fn field(field: &str, problem: impl Into<String>) -> Self {
        let mut refused = http::Problem::new(Class::Invalid, "invalid", Some(problem.into()));
        refused.field = Some(field.to_owned());
        Self { problem: Box::new(refused), cause: None }
    }

    /// A body beyond the limit.
    pub fn too_large() -> Self {
        let detail = format!("The body must have at most {} KiB.", crate::BODY_MAX / 1024);
        Self::of_http(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", "The body is too large", &detail)
    }

    /// A body of another type than JSON.
    pub fn no_json() -> Self {
        let detail = "Send the body as JSON, with the header Content-Type: application/json.";
        Self::of_http(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", "The body is not JSON", detail)
    }

    /// Something in us fell over.
    pub fn panicked() -> Self {
        let problem = http::Problem::new(Class::Bug, "internal", None);
        // Where it happened was logged by the panic hook.
        Self { problem: Box::new(problem), cause: Some("a handler panicked".to_owned()) }
    }

    fn of_http(status: StatusCode, code: &'static str, title: &'static str, detail: &str) -> Self {
        let mut problem = http::Problem::new(Class::Invalid, code, Some(detail.to_owned()));
        problem.status = status.as_u16();
        problem.title = title;
        Self { problem: Box::new(problem), cause: None }
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.problem.status()
    }

    /// The stable name of the problem.
    pub fn code(&self) -> &'static str {
        self.problem.code
    }

    /// The whole story, when the fault is ours.
    pub fn cause(&self) -> Option<&str> {
        self.cause.as_deref()
    }

    /// What the caller reads.
    pub fn told(self, request_id: &str) -> Problem {
        let problem = *self.problem;
        Problem {
            kind: problem.kind,
            title: problem.title,
            status: problem.status,
            code: problem.code,
            detail: problem.detail.unwrap_or_else(|| OURS.to_owned()),
            field: problem.field,
            request_id: request_id.to_owned(),
        }
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        let cause = match error.class() {
            Class::Unavailable | Class::Bug => Some(chain(&error)),
            Class::Invalid | Class::Unauthenticated | Class::Forbidden | Class::NotFound | Class::Conflict | Class::RateLimited => None,
        };
        Self { problem: Box::new(http::Problem::from(&error)), cause }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// In the document every route may answer with a [`Problem`].
impl IntoResponses for Refusal {
    fn responses() -> BTreeMap<String, RefOr<Documented>> {
        let problem = Content::new(Some(Ref::from_schema_name("Problem")));
        let response = ResponseBuilder::new().description("What went wrong and what to do.").content(http::PROBLEM_JSON, problem);
        BTreeMap::from([("default".to_owned(), response.build().into())])
    }
}

/// Answers a path that leads nowhere.
pub async fn unknown_path() -> Refusal {
    Refusal::of_http(StatusCode::NOT_FOUND, "unknown_path", "Not found", "There is nothing at this address. The API begins with /v1/.")
}

/// Answers a method that a path does not know; the header `Allow` says which it does.
pub async fn wrong_method() -> Refusal {
    let detail = "This address does not know the method. The header Allow says which it knows.";
    Refusal::of_http(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "The method is not allowed", detail)
}
