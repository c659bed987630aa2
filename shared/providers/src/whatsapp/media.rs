//! Files by Meta's Cloud API: the address of one, its bytes, and giving one to Meta.
//!
//! An address comes out of a webhook or an answer and is good for five minutes. It is asked with the token, so it is followed only to
//! hosts that are Meta's: whoever could name another host would be given the token.

mod wire;

use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use domain::{
    messaging::media::{ChunkError, Chunks, Mime, Sha256Hash},
    ports::{Fetched, MediaChannel, MediaError, Sending, Wanted},
    tenant::{Number, ProviderKind},
    text::Text,
};
use futures::stream;
use reqwest::{
    Response, StatusCode, Url,
    header::{CONTENT_TYPE, LOCATION},
    multipart::{Form, Part},
};

use super::{ANSWER_MAX, CloudApi, retry_after};

/// The hosts on which Meta keeps files.
pub(super) const MEDIA_HOSTS: [&str; 1] = ["lookaside.fbsbx.com"];
/// How long a file may take, to the last byte: a hundred megabytes at twenty megabits a second.
const FILE_TIMEOUT: Duration = Duration::from_secs(40);
/// How many redirections are followed.
const REDIRECTIONS_MAX: usize = 3;

#[async_trait]
impl MediaChannel for CloudApi {
    async fn fetch(&self, token: &str, wanted: Wanted<'_>) -> Result<Fetched, MediaError> {
        if wanted.number.provider != ProviderKind::CloudApi {
            return self.fetch_from_partner(wanted.address.ok_or(MediaError::Unsupported)?).await;
        }
        if let Some(address) = wanted.address {
            match self.download(token, address).await {
                // It was not good any more, or never was: Meta is asked for another one.
                Err(MediaError::Gone | MediaError::Refused(_)) => {}
                answered => return answered,
            }
        }
        let found = self.look_up(token, wanted).await?;
        let mut fetched = self.download(token, &found.url).await?;
        fetched.mime = found.mime_type.as_deref().and_then(|raw| Mime::new(raw).ok()).or(fetched.mime);
        fetched.size = found.file_size.or(fetched.size);
        fetched.sha256 = found.sha256.as_deref().and_then(|digits| Sha256Hash::from_hex(digits).ok());
        Ok(fetched)
    }

    async fn upload(&self, token: &str, number: &Number, file: Sending) -> Result<Text<256>, MediaError> {
        is_ours(number)?;
        let content =
            stream::try_unfold(file.content, async |mut content| Ok::<_, ChunkError>(content.next().await?.map(|piece| (piece, content))));
        let part = Part::stream_with_length(reqwest::Body::wrap_stream(content), file.size);
        // Its own name goes with the message; here it would only be one more place where it stands.
        let part = part.file_name("file").mime_str(file.mime.as_str()).map_err(|_| MediaError::Refused(0))?;
        let form = Form::new().text("messaging_product", "whatsapp").text("type", file.mime.as_str().to_owned()).part("file", part);
        let address = format!("{}/{}/media", self.base, number.id);
        let sent = self.http.post(address).bearer_auth(token).timeout(FILE_TIMEOUT).multipart(form).send().await;
        let answer = sent.map_err(|_| MediaError::Unreachable)?;
        let body = accepted(answer).await?;
        let uploaded: wire::Uploaded = serde_json::from_slice(&body).map_err(|_| MediaError::Unreachable)?;
        Text::new(&uploaded.id).map_err(|_| MediaError::Unreachable)
    }
}

/// Whether Meta knows the number by its token. The key of a partner's number is shown to nobody else.
fn is_ours(number: &Number) -> Result<(), MediaError> {
    if number.provider == ProviderKind::CloudApi { Ok(()) } else { Err(MediaError::Unsupported) }
}

impl CloudApi {
    /// Asks where a file lies.
    async fn look_up(&self, token: &str, wanted: Wanted<'_>) -> Result<wire::Found, MediaError> {
        let digits = wanted.id.as_str();
        // It becomes part of a path.
        if !digits.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-') {
            return Err(MediaError::Refused(0));
        }
        let address = format!("{}/{digits}?phone_number_id={}", self.base, wanted.number.id);
        let sent = self.http.get(address).bearer_auth(token).send().await;
        let body = accepted(sent.map_err(|_| MediaError::Unreachable)?).await?;
        serde_json::from_slice(&body).map_err(|_| MediaError::Unreachable)
    }

    /// Follows an address to the bytes.
    async fn download(&self, token: &str, address: &str) -> Result<Fetched, MediaError> {
        let mut url = Url::parse(address).map_err(|_| MediaError::Refused(0))?;
        for _ in 0..=REDIRECTIONS_MAX {
            if !self.is_metas(&url) {
                return Err(MediaError::Refused(0));
            }
            let sent = self.http.get(url.clone()).bearer_auth(token).timeout(FILE_TIMEOUT).send().await;
            let answer = sent.map_err(|_| MediaError::Unreachable)?;
            if answer.status().is_redirection() {
                let next = answer.headers().get(LOCATION).and_then(|location| location.to_str().ok());
                url = next.and_then(|next| url.join(next).ok()).ok_or(MediaError::Refused(0))?;
                continue;
            }
            return match answer.status() {
                StatusCode::NOT_FOUND | StatusCode::GONE => Err(MediaError::Gone),
                status if status.is_success() => Ok(file_of(answer)),
                _ => Err(refusal(answer).await),
            };
        }
        Err(MediaError::Refused(0))
    }

    /// Takes a file from where a partner has laid it: a public address that its signed webhook named. It is shown no key, and it must
    /// be the name of a host in the world, so that it cannot lead to a neighbour of ours.
    async fn fetch_from_partner(&self, address: &str) -> Result<Fetched, MediaError> {
        let url = Url::parse(address).map_err(|_| MediaError::Refused(0))?;
        let public = url.scheme() == "https" && url.port().is_none() && url.domain().is_some_and(|host| host.contains('.'));
        if !public {
            return Err(MediaError::Refused(0));
        }
        let answer = self.http.get(url).timeout(FILE_TIMEOUT).send().await.map_err(|_| MediaError::Unreachable)?;
        match answer.status() {
            StatusCode::NOT_FOUND | StatusCode::GONE | StatusCode::FORBIDDEN => Err(MediaError::Gone),
            status if status.is_success() => Ok(file_of(answer)),
            status if status.is_server_error() => Err(MediaError::Unreachable),
            status => Err(MediaError::Refused(i64::from(status.as_u16()))),
        }
    }

    /// Whether an address is one of Meta's, so that the token may be shown there.
    fn is_metas(&self, url: &Url) -> bool {
        let same = Url::parse(&self.base).is_ok_and(|base| base.origin() == url.origin());
        let host = url.host_str().unwrap_or_default();
        same || (url.scheme() == "https" && url.port().is_none() && self.media_hosts.iter().any(|allowed| allowed == host))
    }
}

/// A file in an answer.
fn file_of(answer: Response) -> Fetched {
    let named = answer.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let (mime, size) = (named.and_then(|raw| Mime::new(raw).ok()), answer.content_length());
    Fetched { mime, size, sha256: None, content: Box::new(Download(answer)) }
}

/// The bytes of a file, as they come.
struct Download(Response);

#[async_trait]
impl Chunks for Download {
    async fn next(&mut self) -> Result<Option<Bytes>, ChunkError> {
        self.0.chunk().await.map_err(|_| ChunkError::Broken)
    }
}

/// The body of an answer that is no refusal, bounded.
async fn accepted(answer: Response) -> Result<Vec<u8>, MediaError> {
    if !answer.status().is_success() {
        return Err(refusal(answer).await);
    }
    bounded(answer).await.ok_or(MediaError::Unreachable)
}

/// What to do about a refusal, by Meta's code and not by the status.
async fn refusal(answer: Response) -> MediaError {
    let (status, after) = (answer.status(), retry_after(&answer));
    let body = bounded(answer).await.unwrap_or_default();
    let Ok(refused) = serde_json::from_slice::<wire::Refused>(&body) else {
        return match status {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => MediaError::NumberBroken,
            StatusCode::NOT_FOUND => MediaError::Gone,
            StatusCode::TOO_MANY_REQUESTS => MediaError::Later(after),
            status if status.is_server_error() => MediaError::Unreachable,
            status => MediaError::Refused(i64::from(status.as_u16())),
        };
    };
    match (refused.error.code, refused.error.subcode) {
        // The object does not exist, or not for this token.
        (100, Some(33)) => MediaError::Gone,
        (2 | 4 | 613 | 80007 | 80008 | 130_429 | 131_000 | 131_016 | 131_057, _) => MediaError::Later(after),
        (0 | 190 | 200..=299 | 368 | 131_005 | 131_031 | 133_010, _) => MediaError::NumberBroken,
        (code, _) => MediaError::Refused(code),
    }
}

/// A small answer; `None` when it breaks off or is not small.
async fn bounded(mut answer: Response) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(piece) = answer.chunk().await.ok()? {
        if body.len() + piece.len() > ANSWER_MAX {
            return None;
        }
        body.extend_from_slice(&piece);
    }
    Some(body)
}

#[cfg(test)]
mod tests;
