//! What stands in the path, the query and the headers.

use std::str::FromStr;

use axum::{
    extract::{FromRequestParts, Path, Query},
    http::{header::IF_MATCH, request::Parts},
};
use serde::de::DeserializeOwned;
use shared::{
    domain::{
        id::{ClientMessageId, ContactId, ConversationId, MediaId, ReviewId},
        tenant::NumberId,
    },
    usecases::Error,
};
use uuid::{Uuid, Version};

use crate::refusal::Refusal;

/// The header that makes sending a message twice the same as sending it once.
const IDEMPOTENCY_KEY: &str = "Idempotency-Key";

/// The conversation the path names.
pub struct ConversationPath(pub ConversationId);

impl<S: Send + Sync> FromRequestParts<S> for ConversationPath {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        named(parts, state, "conversation").await.map(Self)
    }
}

/// The file the path names.
pub struct MediaPath(pub MediaId);

impl<S: Send + Sync> FromRequestParts<S> for MediaPath {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        named(parts, state, "file").await.map(Self)
    }
}

/// The contact the path names.
pub struct ContactPath(pub ContactId);

impl<S: Send + Sync> FromRequestParts<S> for ContactPath {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        named(parts, state, "contact").await.map(Self)
    }
}

/// The question about two contacts that the path names.
pub struct ReviewPath(pub ReviewId);

impl<S: Send + Sync> FromRequestParts<S> for ReviewPath {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        named(parts, state, "review").await.map(Self)
    }
}

/// The id in the path. What is no id names nothing: it is not found, like an id of another business.
async fn named<T: FromStr, S: Send + Sync>(parts: &mut Parts, state: &S, what: &'static str) -> Result<T, Refusal> {
    let raw = Path::<String>::from_request_parts(parts, state).await.map_or_else(|_| String::new(), |Path(raw)| raw);
    let id = raw.parse().map_err(|_| Error::NotFound(what))?;
    Ok(id)
}

/// The number the path names. What is no id names none.
pub struct NumberPath(pub NumberId);

impl<S: Send + Sync> FromRequestParts<S> for NumberPath {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let raw = Path::<String>::from_request_parts(parts, state).await.map_or_else(|_| String::new(), |Path(raw)| raw);
        Ok(Self(NumberId::new(&raw).map_err(|_| Error::NotFound("number"))?))
    }
}

/// The parameters of the query; one that is not known is refused, for it would be ignored in silence.
pub struct Parameters<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Parameters<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        let query = Query::<T>::try_from_uri(&parts.uri).map_err(|rejection| Refusal::field("query", rejection.body_text()))?;
        Ok(Self(query.0))
    }
}

/// The version of what is written over, as it was read: of two who change the same thing at once, the second is told.
pub struct IfMatch(pub u64);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        let raw = parts.headers.get(IF_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let version = raw.trim().trim_matches('"').parse();
        version.map(Self).map_err(|_| Refusal::field("If-Match", "must be the `version` that was read, in double quotes"))
    }
}

/// The id the client made for what it sends.
pub struct IdempotencyKey(pub ClientMessageId);

impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        let refused =
            || Refusal::field(IDEMPOTENCY_KEY, "must be a UUID of version 7, made once for each message and sent again on every attempt");
        let raw = parts.headers.get(IDEMPOTENCY_KEY).and_then(|value| value.to_str().ok()).ok_or_else(refused)?;
        // Other versions carry no time, or another one, and a message has its place by the time of its key.
        let versioned = Uuid::parse_str(raw).is_ok_and(|id| id.get_version() == Some(Version::SortRand));
        let id = raw.parse().map_err(|_| refused())?;
        if versioned { Ok(Self(id)) } else { Err(refused()) }
    }
}
