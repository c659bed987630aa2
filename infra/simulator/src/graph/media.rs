//! Media: upload, look up, download from the media host, delete. Everything stays in memory, within limits.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::Json;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, Multipart, Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::errors::{GraphError, GraphResult};
use super::management;
use super::messages::{refuse, spoil};
use crate::clock;
use crate::faults::Target;
use crate::hangup::Hangup;
use crate::sync::lock;
use crate::world::World;

const MAX_MEDIA: usize = 500;
const MAX_MEDIA_BYTES: usize = 256 * 1024 * 1024;
/// How old a test may make a file.
const MAX_AGE_DAYS: i64 = 365;
/// A download address is good for this long.
const ADDRESS_SECONDS: i64 = 300;
const KIB: usize = 1024;
const MIB: usize = 1024 * 1024;

/// A file.
#[derive(Clone)]
pub(crate) struct Media {
    /// Its id at Meta.
    pub(crate) id: String,
    /// Its type.
    pub(crate) mime_type: String,
    /// Its content.
    pub(crate) bytes: Bytes,
    hash: [u8; 32],
    since: Timestamp,
    source: Source,
    told: Told,
}

/// Who a file comes from, and so how long Meta keeps it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    /// The platform uploaded it: thirty days.
    Platform,
    /// A person sent it: seven days.
    Person,
}

/// What Meta is to say of a file instead of the truth, for tests.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Told {
    /// The checksum, in hexadecimal digits.
    sha256: Option<String>,
    /// The size, in bytes.
    file_size: Option<u64>,
    /// How long ago it was sent, in days.
    #[serde(default)]
    age_days: i64,
}

/// All files, oldest first; the oldest go when there are too many.
#[derive(Default)]
pub(crate) struct MediaShelf {
    media: Mutex<VecDeque<Media>>,
}

impl MediaShelf {
    /// Keeps a file.
    pub(crate) fn add(&self, mime_type: &str, bytes: Bytes, source: Source, told: Told) -> Media {
        let since = clock::now() - SignedDuration::from_hours(24 * told.age_days.clamp(0, MAX_AGE_DAYS));
        let hash = Sha256::digest(&bytes).into();
        let media = Media { id: clock::media_id(), mime_type: mime_type.to_owned(), hash, bytes, since, source, told };
        let mut shelved = lock(&self.media);
        let mut total: usize = shelved.iter().map(|media| media.bytes.len()).sum();
        while !shelved.is_empty() && (shelved.len() >= MAX_MEDIA || total + media.bytes.len() > MAX_MEDIA_BYTES) {
            total -= shelved.pop_front().map_or(0, |oldest| oldest.bytes.len());
        }
        shelved.push_back(media.clone());
        media
    }

    /// The file with this id, while Meta keeps it.
    pub(crate) fn find(&self, id: &str) -> Option<Media> {
        self.on_phone(id).filter(|media| clock::now() < media.since + SignedDuration::from_hours(24 * media.source.days()))
    }

    /// The file with this id, however old: what is on a phone stays there.
    pub(crate) fn on_phone(&self, id: &str) -> Option<Media> {
        lock(&self.media).iter().find(|media| media.id == id).cloned()
    }

    fn remove(&self, id: &str) -> bool {
        let mut shelved = lock(&self.media);
        let before = shelved.len();
        shelved.retain(|media| media.id != id);
        shelved.len() < before
    }
}

impl Source {
    const fn days(self) -> i64 {
        match self {
            Self::Platform => 30,
            Self::Person => 7,
        }
    }
}

impl Media {
    /// The part of an inbound message that names this file.
    pub(crate) fn inbound(&self, base: &str) -> Value {
        let hash = hex::decode(self.checksum()).unwrap_or_default();
        json!({ "id": self.id, "mime_type": self.mime_type, "sha256": STANDARD.encode(hash), "url": self.address(base) })
    }

    fn checksum(&self) -> String {
        self.told.sha256.clone().unwrap_or_else(|| hex::encode(self.hash))
    }

    fn address(&self, base: &str) -> String {
        let expires = clock::now().as_second() + ADDRESS_SECONDS;
        format!("{base}/media-files/{}?ext={expires}&hash={}", self.id, &hex::encode(self.hash)[..16])
    }
}

/// The largest file of a type, or nothing if Meta does not take the type.
pub(crate) fn limit_of(mime_type: &str) -> Option<usize> {
    let essence = mime_type.split(';').next().unwrap_or_default().trim();
    match essence {
        "image/webp" => Some(500 * KIB),
        "image/jpeg" | "image/png" => Some(5 * MIB),
        "audio/aac" | "audio/amr" | "audio/mpeg" | "audio/mp4" | "audio/ogg" | "video/mp4" | "video/3gpp" => Some(16 * MIB),
        "text/plain" | "application/pdf" | "application/msword" | "application/vnd.ms-excel" | "application/vnd.ms-powerpoint" => {
            Some(100 * MIB)
        }
        _ if essence.starts_with("application/vnd.openxmlformats-officedocument.") => Some(100 * MIB),
        _ => None,
    }
}

/// `POST /{version}/{phone_number_id}/media`.
pub(crate) async fn upload(
    State(world): State<Arc<World>>,
    Path((_version, id)): Path<(String, String)>,
    ConnectInfo(hangup): ConnectInfo<Hangup>,
    form: Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> GraphResult<Response> {
    if world.config.number(&id).is_none() {
        return Err(GraphError::unknown_object("post", &id));
    }
    let form = form.map_err(|_| GraphError::invalid("body: must be multipart/form-data"))?;
    let (mime_type, bytes) = read_form(form).await?;
    let Some(limit) = limit_of(&mime_type) else {
        return Err(GraphError::invalid(format!("file: the type {mime_type} is not supported")));
    };
    if bytes.len() > limit {
        return Err(GraphError::invalid(format!("file: {} bytes, at most {limit} allowed for {mime_type}", bytes.len())));
    }
    let rule = refuse(world.faults.take_for_request(Target::Media, None))?;
    let media = world.media.add(&mime_type, bytes, Source::Platform, Told::default());
    Ok(spoil(rule, &hangup, Json(json!({ "id": media.id })).into_response()).await)
}

async fn read_form(mut form: Multipart) -> GraphResult<(String, Bytes)> {
    let broken = |_| GraphError::invalid("body: the multipart form is malformed");
    let (mut product, mut given_type, mut file) = (None, None, None);
    while let Some(field) = form.next_field().await.map_err(broken)? {
        match field.name().unwrap_or_default() {
            "messaging_product" => product = Some(field.text().await.map_err(broken)?),
            "type" => given_type = Some(field.text().await.map_err(broken)?),
            "file" => {
                let own_type = field.content_type().map(str::to_owned);
                file = Some((own_type, field.bytes().await.map_err(broken)?));
            }
            _ => {}
        }
    }
    if product.as_deref() != Some("whatsapp") {
        return Err(GraphError::invalid("messaging_product: must be \"whatsapp\""));
    }
    let Some((own_type, bytes)) = file else {
        return Err(GraphError::invalid("file: is required"));
    };
    if bytes.is_empty() {
        return Err(GraphError::invalid("file: is empty"));
    }
    let mime_type = own_type.or(given_type).unwrap_or_else(|| "application/octet-stream".to_owned());
    Ok((mime_type, bytes))
}

/// `GET /{version}/{media_id}`; also answers for business numbers.
pub(crate) async fn look_up(
    State(world): State<Arc<World>>,
    Path((_version, id)): Path<(String, String)>,
    Query(asked): Query<management::Asked>,
    ConnectInfo(hangup): ConnectInfo<Hangup>,
    headers: HeaderMap,
) -> GraphResult<Response> {
    if let Some(answer) = management::number(&world, &id, &asked, &headers) {
        return answer;
    }
    if let Some(template) = super::templates::look_up(&world, &id) {
        return Ok(Json(template).into_response());
    }
    let Some(media) = world.media.find(&id) else {
        return Err(GraphError::unknown_object("get", &id));
    };
    let rule = refuse(world.faults.take_for_request(Target::Media, None))?;
    let answer = json!({
        "messaging_product": "whatsapp",
        "url": media.address(&base_of(&headers)),
        "mime_type": media.mime_type,
        "sha256": media.checksum(),
        "file_size": media.told.file_size.unwrap_or(media.bytes.len() as u64).to_string(),
        "id": media.id,
    });
    Ok(spoil(rule, &hangup, Json(answer).into_response()).await)
}

/// `DELETE /{version}/{media_id}`.
pub(crate) async fn delete(State(world): State<Arc<World>>, Path((_version, id)): Path<(String, String)>) -> GraphResult<Json<Value>> {
    if !world.media.remove(&id) {
        return Err(GraphError::unknown_object("delete", &id));
    }
    Ok(Json(json!({ "success": true })))
}

/// The expiry in a download address.
#[derive(Deserialize)]
pub(crate) struct Address {
    #[serde(default)]
    ext: i64,
}

/// The media host: needs the token, a `User-Agent`, and an address that has not expired.
pub(crate) async fn download(
    State(world): State<Arc<World>>,
    Path(id): Path<String>,
    Query(address): Query<Address>,
    ConnectInfo(hangup): ConnectInfo<Hangup>,
    headers: HeaderMap,
) -> GraphResult<Response> {
    if headers.get(header::USER_AGENT).is_none_or(header::HeaderValue::is_empty) {
        return Ok((StatusCode::BAD_REQUEST, "a User-Agent header is required").into_response());
    }
    let fresh = address.ext >= clock::now().as_second();
    let Some(media) = world.media.find(&id).filter(|_| fresh) else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let rule = refuse(world.faults.take_for_request(Target::Media, None))?;
    let response = ([(header::CONTENT_TYPE, media.mime_type)], media.bytes).into_response();
    Ok(spoil(rule, &hangup, response).await)
}

/// Our own address as the caller wrote it.
pub(crate) fn base_of(headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("127.0.0.1");
    format!("http://{host}")
}
