//! A body in JSON, read into its type. What does not read is refused by the name of the field.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{StatusCode, header::CONTENT_TYPE},
};
use serde::de::DeserializeOwned;

use crate::refusal::Refusal;

/// What is refused when no field can be named.
const WHOLE: &str = "body";

/// A body of this type.
pub struct Input<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Input<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let essence = kind.split(';').next().unwrap_or_default().trim();
        if !essence.eq_ignore_ascii_case("application/json") {
            return Err(Refusal::no_json());
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| {
            let too_large = rejection.status() == StatusCode::PAYLOAD_TOO_LARGE;
            if too_large { Refusal::too_large() } else { Refusal::field(WHOLE, "could not be read to its end") }
        })?;
        Ok(Self(parse(&bytes)?))
    }
}

/// Reads a body into its type.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Refusal> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().to_string();
        let problem = told(&error.into_inner());
        Refusal::field(&field(&path, &problem), problem)
    })?;
    json.end().map_err(|error| Refusal::field(WHOLE, error.to_string()))?;
    Ok(value)
}

/// What is wrong. The place in the text says nothing to whoever fills in a form: the field says where.
fn told(error: &serde_json::Error) -> String {
    let mut problem = error.to_string();
    if error.is_data()
        && let Some(place) = problem.rfind(" at line ")
    {
        problem.truncate(place);
    }
    problem
}

/// The field a problem is about. One that is missing has no path of its own; serde names it in the problem.
fn field(path: &str, problem: &str) -> String {
    let named = problem.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
    match (named, path) {
        (Some(name), ".") => name.to_owned(),
        (Some(name), above) => format!("{above}.{name}"),
        // A question mark stands for a place that was never reached, as when the body ends too early.
        (None, "." | "?") => WHOLE.to_owned(),
        (None, path) => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Outer {
        #[serde(rename = "count")]
        _count: u8,
        #[serde(rename = "inner")]
        _inner: Option<Inner>,
    }

    #[derive(Debug, Deserialize)]
    struct Inner {
        #[serde(rename = "name")]
        _name: String,
    }

    #[test]
    fn a_refusal_names_the_field() {
        let cases = [
            (r"{}", "count"),
            (r#"{"count": "x"}"#, "count"),
            (r#"{"count": 300}"#, "count"),
            (r#"{"count": 1, "more": 2}"#, "more"),
            (r#"{"count": 1, "inner": {}}"#, "inner.name"),
            (r#"{"count": 1, "inner": {"name": 3}}"#, "inner.name"),
            (r#"{"count": 1} 2"#, "body"),
            ("", "body"),
            ("{", "body"),
            ("[]", "body"),
            ("\"x\"", "body"),
        ];
        for (json, expected) in cases {
            let told = parse::<Outer>(json.as_bytes()).unwrap_err().told("r");
            let told = serde_json::to_value(told).unwrap();
            assert_eq!((&told["status"], &told["field"]), (&422.into(), &expected.into()), "{json}");
            let is_read = expected != "body" || json == "[]" || json == "\"x\"";
            assert!(!is_read || !told["detail"].as_str().unwrap().contains("line"), "{told}");
        }
        assert!(parse::<Outer>(br#"{"count": 1, "inner": {"name": "a"}}"#).is_ok());
    }
}
