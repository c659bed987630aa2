//! Where files are kept: S3, encrypted under our key by the bucket's own setting. Large files pass in parts, so that none is ever held
//! whole.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use aws_config::{SdkConfig, timeout::TimeoutConfig};
use aws_sdk_s3::{
    Client,
    error::{ProvideErrorMetadata, SdkError},
    operation::get_object::{GetObjectError, GetObjectOutput},
    presigning::PresigningConfig,
    primitives::ByteStream,
    types::{ChecksumAlgorithm, CompletedMultipartUpload, CompletedPart, MetadataDirective},
};
use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use bytes::{Bytes, BytesMut};
use domain::{
    messaging::media::{ChunkError, Chunks, Mime, ObjectKey, Shown},
    ports::{Announced, Glance, Object, ObjectError, ObjectStore, SignedUpload},
    time::SignedDuration,
};

/// The size of a part: S3 wants at least 5 MiB. What fits in one part is one request.
const PART_BYTES: usize = 8 * 1024 * 1024;

/// How long one call about a file may take: a part of one is eight megabytes.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(20);

/// A client's settings: it is more patient than the others. A local store is addressed by path, for it has one name.
#[must_use]
pub fn settings(sdk: &SdkConfig) -> aws_sdk_s3::config::Builder {
    let timeouts = TimeoutConfig::builder().connect_timeout(Duration::from_secs(2)).operation_attempt_timeout(ATTEMPT_TIMEOUT).build();
    aws_sdk_s3::config::Builder::from(sdk).timeout_config(timeouts).force_path_style(sdk.endpoint_url().is_some())
}

/// A client with these settings.
#[must_use]
pub fn client(sdk: &SdkConfig) -> Client {
    Client::from_conf(settings(sdk).build())
}

/// A bucket.
#[derive(Clone, Debug)]
pub struct Objects {
    client: Client,
    bucket: Arc<str>,
}

impl Objects {
    /// The bucket of this name.
    #[must_use]
    pub fn new(client: Client, bucket: &str) -> Self {
        Self { client, bucket: bucket.into() }
    }

    /// Keeps a file that has more than one part. What was begun and not ended is removed, by us or by the bucket after a day.
    async fn put_in_parts(&self, key: &str, mime: &Mime, first: Bytes, content: &mut dyn Chunks) -> Result<(), ObjectError> {
        let create = self.client.create_multipart_upload().bucket(&*self.bucket).key(key).content_type(mime.as_str());
        let begun = create.send().await.map_err(unavailable)?;
        let id = begun.upload_id.ok_or_else(|| ObjectError::Unavailable("a multipart upload has no id".into()))?;
        match self.parts(key, &id, first, content).await {
            Ok(parts) => {
                let whole = CompletedMultipartUpload::builder().set_parts(Some(parts)).build();
                let complete =
                    self.client.complete_multipart_upload().bucket(&*self.bucket).key(key).upload_id(&id).multipart_upload(whole);
                complete.send().await.map(|_| ()).map_err(unavailable)
            }
            Err(error) => {
                // That it cannot even be removed changes nothing: the bucket removes what was never ended.
                let _ = self.client.abort_multipart_upload().bucket(&*self.bucket).key(key).upload_id(&id).send().await;
                Err(error)
            }
        }
    }

    async fn parts(&self, key: &str, id: &str, first: Bytes, content: &mut dyn Chunks) -> Result<Vec<CompletedPart>, ObjectError> {
        let (mut parts, mut next, mut number) = (Vec::new(), Some(first), 1);
        while let Some(part) = next {
            let sent = self.client.upload_part().bucket(&*self.bucket).key(key).upload_id(id).part_number(number);
            let sent = sent.body(ByteStream::from(part)).send().await.map_err(unavailable)?;
            parts.push(CompletedPart::builder().part_number(number).set_e_tag(sent.e_tag).build());
            number += 1;
            next = gather(content).await?;
        }
        Ok(parts)
    }

    async fn get(&self, key: &ObjectKey, range: Option<String>) -> Result<Option<GetObjectOutput>, ObjectError> {
        match self.client.get_object().bucket(&*self.bucket).key(key.as_str()).set_range(range).send().await {
            Ok(found) => Ok(Some(found)),
            Err(error) if error.as_service_error().is_some_and(GetObjectError::is_no_such_key) => Ok(None),
            Err(error) => Err(unavailable(error)),
        }
    }
}

#[async_trait]
impl ObjectStore for Objects {
    async fn put(&self, key: &ObjectKey, mime: &Mime, content: &mut dyn Chunks) -> Result<(), ObjectError> {
        let first = gather(content).await?.unwrap_or_default();
        if first.len() >= PART_BYTES {
            return self.put_in_parts(key.as_str(), mime, first, content).await;
        }
        let put = self.client.put_object().bucket(&*self.bucket).key(key.as_str()).content_type(mime.as_str());
        put.body(ByteStream::from(first)).send().await.map(|_| ()).map_err(unavailable)
    }

    async fn read(&self, key: &ObjectKey) -> Result<Option<Object>, ObjectError> {
        let Some(found) = self.get(key, None).await? else { return Ok(None) };
        let size = length(found.content_length)?;
        Ok(Some(Object { size, content: Box::new(Body(found.body)) }))
    }

    async fn glance(&self, key: &ObjectKey, bytes: usize) -> Result<Option<Glance>, ObjectError> {
        let head = match self.client.head_object().bucket(&*self.bucket).key(key.as_str()).send().await {
            Ok(head) => head,
            // Who may not list a bucket is not told that an object is missing.
            Err(error) if matches!(error.raw_response().map(|answer| answer.status().as_u16()), Some(403 | 404)) => return Ok(None),
            Err(error) => return Err(unavailable(error)),
        };
        let (size, version) = (length(head.content_length)?, head.e_tag.unwrap_or_default());
        if size == 0 {
            return Ok(Some(Glance { size, version, head: Bytes::new() }));
        }
        let Some(found) = self.get(key, Some(format!("bytes=0-{}", bytes.saturating_sub(1)))).await? else { return Ok(None) };
        if found.e_tag.as_deref() != Some(&version) {
            return Err(ObjectError::Unavailable("the object changed while it was read".into()));
        }
        let mut body = Body(found.body);
        let mut head = BytesMut::new();
        while head.len() < bytes
            && let Some(piece) = body.next().await?
        {
            head.extend_from_slice(&piece[..piece.len().min(bytes - head.len())]);
        }
        Ok(Some(Glance { size, version, head: head.freeze() }))
    }

    async fn adopt(&self, from: &ObjectKey, version: &str, to: &ObjectKey, mime: &Mime) -> Result<bool, ObjectError> {
        let copy = self.client.copy_object().bucket(&*self.bucket).key(to.as_str());
        let copy = copy.copy_source(format!("{}/{}", self.bucket, from.as_str())).copy_source_if_match(version);
        let copy = copy.metadata_directive(MetadataDirective::Replace).content_type(mime.as_str());
        match copy.send().await {
            Ok(_) => Ok(true),
            Err(error) if is_gone_or_changed(&error) => Ok(false),
            Err(error) => Err(unavailable(error)),
        }
    }

    async fn remove(&self, key: &ObjectKey) -> Result<(), ObjectError> {
        self.client.delete_object().bucket(&*self.bucket).key(key.as_str()).send().await.map(|_| ()).map_err(unavailable)
    }

    async fn sign_read(&self, key: &ObjectKey, shown: &Shown, life: SignedDuration) -> Result<String, ObjectError> {
        let get = self.client.get_object().bucket(&*self.bucket).key(key.as_str());
        let get = get.response_content_type(&shown.content_type).response_content_disposition(&shown.disposition);
        // A browser may keep it as long as the address is good for, and nobody between may.
        let get = get.response_cache_control(format!("private, max-age={}", life.as_secs()));
        Ok(get.presigned(for_a_while(life)?).await.map_err(unavailable)?.uri().to_owned())
    }

    async fn sign_upload(&self, key: &ObjectKey, announced: Announced<'_>, life: SignedDuration) -> Result<SignedUpload, ObjectError> {
        let size = i64::try_from(announced.size).map_err(|error| ObjectError::Unavailable(error.into()))?;
        let put = self.client.put_object().bucket(&*self.bucket).key(key.as_str()).content_type(announced.mime.as_str());
        let put =
            put.content_length(size).checksum_algorithm(ChecksumAlgorithm::Sha256).checksum_sha256(BASE64.encode(announced.sha256.bytes()));
        let signed = put.presigned(for_a_while(life)?).await.map_err(unavailable)?;
        // A browser sets the length and the host by itself, and no page may; what is not signed, such as the trace that a function adds
        // to its own requests, is none of its business.
        let settable = signed.headers().filter(|(name, _)| !matches!(*name, "content-length" | "host") && is_signed(signed.uri(), name));
        let headers = settable.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Ok(SignedUpload { url: signed.uri().to_owned(), headers })
    }
}

/// Content of the store, piece by piece.
struct Body(ByteStream);

#[async_trait]
impl Chunks for Body {
    async fn next(&mut self) -> Result<Option<Bytes>, ChunkError> {
        self.0.try_next().await.map_err(|_| ChunkError::Broken)
    }
}

/// The next part: a full one, or what is left; `None` when nothing is.
async fn gather(content: &mut dyn Chunks) -> Result<Option<Bytes>, ObjectError> {
    let mut part = BytesMut::new();
    while part.len() < PART_BYTES {
        match content.next().await? {
            Some(piece) => part.extend_from_slice(&piece),
            None if part.is_empty() => return Ok(None),
            None => break,
        }
    }
    Ok(Some(part.freeze()))
}

fn length(found: Option<i64>) -> Result<u64, ObjectError> {
    found.and_then(|length| u64::try_from(length).ok()).ok_or_else(|| ObjectError::Unavailable("an object has no length".into()))
}

fn for_a_while(life: SignedDuration) -> Result<PresigningConfig, ObjectError> {
    let life = Duration::try_from(life).map_err(|error| ObjectError::Unavailable(error.into()))?;
    PresigningConfig::expires_in(life).map_err(|error| ObjectError::Unavailable(error.into()))
}

/// Whether a signed address holds only for requests with this header (AWS Signature Version 4, query parameters).
fn is_signed(address: &str, header: &str) -> bool {
    let names = address.split(['?', '&']).find_map(|pair| pair.strip_prefix("X-Amz-SignedHeaders="));
    names.is_some_and(|names| names.split("%3B").any(|name| name == header))
}

/// There is no such object, or it is another one by now.
fn is_gone_or_changed<E: ProvideErrorMetadata>(error: &SdkError<E>) -> bool {
    let code = error.as_service_error().and_then(ProvideErrorMetadata::code);
    matches!(code, Some("NoSuchKey" | "PreconditionFailed"))
}

fn unavailable<E: std::error::Error + Send + Sync + 'static>(error: SdkError<E>) -> ObjectError {
    ObjectError::Unavailable(error.into())
}
