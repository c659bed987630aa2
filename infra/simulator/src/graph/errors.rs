//! Meta's error answers: code, HTTP status, wording and shape.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::codes::wording;
use crate::clock;
use crate::faults::Rule;

const HREF: &str = "https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes";

/// An error as the Graph API answers it.
pub(crate) struct GraphError {
    status: StatusCode,
    code: u32,
    subcode: Option<u32>,
    kind: &'static str,
    message: String,
    details: Option<String>,
    retry_after_s: Option<u32>,
    user_message: Option<String>,
}

/// The result of anything the Graph API does.
pub(crate) type GraphResult<T> = Result<T, GraphError>;

impl GraphError {
    /// A parameter that is malformed or too long; `details` names it.
    pub(crate) fn invalid(details: impl Into<String>) -> Self {
        Self::known(100, Some(details.into()))
    }

    /// A parameter that is required and missing; `details` names it.
    pub(crate) fn missing(details: impl Into<String>) -> Self {
        Self::known(131_008, Some(details.into()))
    }

    /// A parameter whose value breaks a rule; `details` names it.
    pub(crate) fn value(details: impl Into<String>) -> Self {
        Self::known(131_009, Some(details.into()))
    }

    /// A token that is missing, wrong or revoked.
    pub(crate) fn token(message: &str, subcode: Option<u32>) -> Self {
        Self {
            status: StatusCode::UNAUTHORIZED,
            code: 190,
            subcode,
            kind: "OAuthException",
            message: message.to_owned(),
            details: None,
            retry_after_s: None,
            user_message: None,
        }
    }

    /// An id that is none of ours.
    pub(crate) fn unknown_object(method: &str, id: &str) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            code: 100,
            subcode: Some(33),
            kind: "GraphMethodException",
            message: format!(
                "Unsupported {method} request. Object with ID '{id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation."
            ),
            details: None,
            retry_after_s: None,
            user_message: None,
        }
    }

    /// A path or method the simulated API does not have.
    pub(crate) fn unknown_path(details: impl Into<String>) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            code: 2500,
            subcode: None,
            kind: "OAuthException",
            message: format!("Unknown path components: {}", details.into()),
            details: None,
            retry_after_s: None,
            user_message: None,
        }
    }

    /// The error with this code in Meta's own words.
    pub(crate) fn known(code: u32, details: Option<String>) -> Self {
        if code == 190 {
            return Self::token("Error validating access token: Session has expired", Some(463));
        }
        let (status, title, standard_details) = wording(code);
        Self {
            status,
            code,
            subcode: None,
            kind: "OAuthException",
            message: format!("(#{code}) {title}"),
            details: details.or_else(|| Some(standard_details.to_owned())),
            retry_after_s: None,
            user_message: None,
        }
    }

    /// The same error as a rule words it.
    pub(crate) fn ruled(mut self, rule: &Rule) -> Self {
        self.status = rule.http.and_then(|status| StatusCode::from_u16(status).ok()).unwrap_or(self.status);
        self.retry_after_s = rule.retry_after_s;
        self
    }

    /// A template that breaks a rule which has a finer code of its own.
    pub(crate) fn template(subcode: u32, says: &str) -> Self {
        Self { subcode: Some(subcode), user_message: Some(says.to_owned()), ..Self::invalid(says) }
    }

    /// An error with a message of its own and no details.
    pub(crate) fn plain(code: u32, message: &str) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            code,
            subcode: None,
            kind: "OAuthException",
            message: format!("(#{code}) {message}"),
            details: None,
            retry_after_s: None,
            user_message: None,
        }
    }

    /// The same error with another HTTP status.
    pub(crate) fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }
}

impl IntoResponse for GraphError {
    fn into_response(self) -> Response {
        let mut error = json!({
            "message": self.message,
            "type": self.kind,
            "code": self.code,
            "fbtrace_id": clock::trace_id(),
        });
        if let Some(subcode) = self.subcode {
            error["error_subcode"] = json!(subcode);
        }
        if let Some(says) = self.user_message {
            error["error_user_title"] = json!("The template cannot be taken");
            error["error_user_msg"] = json!(says);
        }
        if let Some(details) = self.details {
            error["error_data"] = json!({ "messaging_product": "whatsapp", "details": details });
        }
        let mut response = (self.status, Json(json!({ "error": error }))).into_response();
        if let Some(seconds) = self.retry_after_s {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            let challenge = HeaderValue::from_static("OAuth \"Facebook Platform\" \"invalid_token\"");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
        }
        response
    }
}

/// The element of `errors` in a failed status.
pub(crate) fn status_error(code: u32) -> Value {
    let (_, title, details) = wording(code);
    json!({ "code": code, "title": title, "message": title, "error_data": { "details": details }, "href": HREF })
}

/// The short text of an error code.
pub(crate) fn title(code: u32) -> &'static str {
    wording(code).1
}
