//! Files: from and to the provider, and where they are kept.

use std::fmt;

use async_trait::async_trait;
use bytes::Bytes;

use crate::{
    messaging::media::{Chunks, Mime, ObjectKey, Reason, Sha256Hash, Shown},
    tenant::Number,
    text::Text,
    time::SignedDuration,
};

/// A file of the provider's.
#[derive(Clone, Copy)]
pub struct Wanted<'a> {
    /// The number it came in on.
    pub number: &'a Number,
    /// The provider's id of it.
    pub id: &'a Text<256>,
    /// Where it lies, while that is known and fresh. It opens the file, so it is shown nowhere.
    pub address: Option<&'a str>,
}

impl fmt::Debug for Wanted<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Wanted").field("number", &self.number.id).field("address", &self.address.is_some()).finish_non_exhaustive()
    }
}

/// A file on its way from the provider.
pub struct Fetched {
    /// Its type, when the provider says so again.
    pub mime: Option<Mime>,
    /// Its size in bytes, when the provider says so before.
    pub size: Option<u64>,
    /// Its checksum, when the provider says so.
    pub sha256: Option<Sha256Hash>,
    /// Its content.
    pub content: Box<dyn Chunks>,
}

impl fmt::Debug for Fetched {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Fetched").field("size", &self.size).finish_non_exhaustive()
    }
}

/// A file on its way to the provider.
pub struct Sending {
    /// Its type.
    pub mime: Mime,
    /// Its name.
    pub filename: Option<Text<256>>,
    /// Its size in bytes.
    pub size: u64,
    /// Its content.
    pub content: Box<dyn Chunks>,
}

/// Why a file did not pass between the provider and us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MediaError {
    /// The provider does not have it, or not any more.
    #[error("the provider does not have the file")]
    Gone,
    /// The provider is busy.
    #[error("the provider asks to come later")]
    Later(Option<SignedDuration>),
    /// The number or its token does not work.
    #[error("the number cannot be used")]
    NumberBroken,
    /// The provider did not answer.
    #[error("the provider could not be reached")]
    Unreachable,
    /// The provider refuses it, by its code, or leads us where we do not go.
    #[error("the provider refuses the file ({0})")]
    Refused(i64),
    /// This provider has no such call.
    #[error("the provider takes no files")]
    Unsupported,
}

impl MediaError {
    /// The same for a person.
    #[must_use]
    pub const fn reason(self) -> Reason {
        match self {
            Self::Gone => Reason::Gone,
            Self::Later(_) => Reason::Busy,
            Self::NumberBroken => Reason::NumberBroken,
            Self::Unreachable => Reason::Unreachable,
            Self::Refused(_) | Self::Unsupported => Reason::Refused,
        }
    }
}

/// The files of a way to reach people.
#[async_trait]
pub trait MediaChannel: Send + Sync {
    /// Begins to fetch a file that came in.
    ///
    /// # Errors
    /// Says why it does not come.
    async fn fetch(&self, token: &str, wanted: Wanted<'_>) -> Result<Fetched, MediaError>;

    /// Gives a file to the provider, which keeps it for thirty days and names it.
    ///
    /// # Errors
    /// Says why it was not taken.
    async fn upload(&self, token: &str, number: &Number, file: Sending) -> Result<Text<256>, MediaError>;
}

/// Why an object could not be kept or read.
#[derive(Debug, thiserror::Error)]
pub enum ObjectError {
    /// What was to be kept did not come whole; nothing was kept.
    #[error("the content did not come whole")]
    Content(#[from] crate::messaging::media::ChunkError),
    /// The service did not answer, or not in time.
    #[error("the object store did not answer")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// An object on its way out of the store.
pub struct Object {
    /// Its size in bytes.
    pub size: u64,
    /// Its content.
    pub content: Box<dyn Chunks>,
}

/// The beginning of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glance {
    /// The size of the whole, in bytes.
    pub size: u64,
    /// What names this very content.
    pub version: String,
    /// The first bytes.
    pub head: Bytes,
}

/// A file that a browser may send, exactly so.
#[derive(Clone, Copy, Debug)]
pub struct Announced<'a> {
    /// Its type.
    pub mime: &'a Mime,
    /// Its size in bytes.
    pub size: u64,
    /// Its checksum.
    pub sha256: Sha256Hash,
}

/// How a browser sends a file to the store by itself. The address opens one object for a few minutes, so it is shown to nobody else.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedUpload {
    /// Where to.
    pub url: String,
    /// Headers that are part of the signature.
    pub headers: Vec<(String, String)>,
}

impl fmt::Debug for SignedUpload {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SignedUpload(…)")
    }
}

/// Where files are kept, encrypted.
#[async_trait]
pub trait ObjectStore: Send + Sync {
    /// Keeps content, all of it or nothing. The same key again replaces what was there.
    ///
    /// # Errors
    /// When the content does not come whole or the store does not answer.
    async fn put(&self, key: &ObjectKey, mime: &Mime, content: &mut dyn Chunks) -> Result<(), ObjectError>;

    /// Reads an object; `None` when there is none.
    ///
    /// # Errors
    /// When the store does not answer.
    async fn read(&self, key: &ObjectKey) -> Result<Option<Object>, ObjectError>;

    /// Reads the first bytes of an object; `None` when there is none.
    ///
    /// # Errors
    /// When the store does not answer.
    async fn glance(&self, key: &ObjectKey, bytes: usize) -> Result<Option<Glance>, ObjectError>;

    /// Copies the very content that was looked at to its place; `false` when it is not that content any more.
    ///
    /// # Errors
    /// When the store does not answer.
    async fn adopt(&self, from: &ObjectKey, version: &str, to: &ObjectKey, mime: &Mime) -> Result<bool, ObjectError>;

    /// Removes an object. That there is none is no error.
    ///
    /// # Errors
    /// When the store does not answer.
    async fn remove(&self, key: &ObjectKey) -> Result<(), ObjectError>;

    /// An address under which a browser reads the object for a while. No call is made.
    ///
    /// # Errors
    /// When it cannot be signed.
    async fn sign_read(&self, key: &ObjectKey, shown: &Shown, life: SignedDuration) -> Result<String, ObjectError>;

    /// How a browser sends exactly the announced file, for a while. No call is made.
    ///
    /// # Errors
    /// When it cannot be signed.
    async fn sign_upload(&self, key: &ObjectKey, announced: Announced<'_>, life: SignedDuration) -> Result<SignedUpload, ObjectError>;
}
