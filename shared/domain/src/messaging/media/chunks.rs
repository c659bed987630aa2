//! Bytes on their way, piece by piece: a file of a hundred megabytes passes through a function that has less memory.

use std::fmt;

use async_trait::async_trait;
use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// A SHA-256 checksum.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Sha256Hash([u8; 32]);

/// Why a string is no checksum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be a SHA-256 checksum of 64 hexadecimal digits")]
pub struct HashError;

impl Sha256Hash {
    /// From its 32 bytes.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The checksum of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Its 32 bytes.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// From hexadecimal digits, as `GET /{media}` gives it.
    ///
    /// # Errors
    /// Refuses what is not 64 hexadecimal digits.
    pub fn from_hex(digits: &str) -> Result<Self, HashError> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(digits, &mut bytes).map_err(|_| HashError)?;
        Ok(Self(bytes))
    }

    /// From base64, as a webhook gives it.
    ///
    /// # Errors
    /// Refuses what is not 32 bytes.
    pub fn from_base64(raw: &str) -> Result<Self, HashError> {
        let bytes = BASE64.decode(raw).ok().and_then(|bytes| bytes.try_into().ok());
        bytes.map(Self).ok_or(HashError)
    }
}

impl fmt::Display for Sha256Hash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for Sha256Hash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Sha256({}…)", &hex::encode(self.0)[..8])
    }
}

impl TryFrom<String> for Sha256Hash {
    type Error = HashError;
    fn try_from(digits: String) -> Result<Self, HashError> {
        Self::from_hex(&digits)
    }
}

impl From<Sha256Hash> for String {
    fn from(hash: Sha256Hash) -> Self {
        hash.to_string()
    }
}

/// Why bytes stopped coming.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChunkError {
    /// The connection broke.
    #[error("the connection broke")]
    Broken,
    /// There were more bytes than are taken.
    #[error("there are more than {max} bytes")]
    TooLarge {
        /// The limit.
        max: u64,
    },
    /// All of them came, and they are not those that were announced.
    #[error("the checksum differs")]
    Altered,
}

/// Bytes, piece by piece, until there are none left.
#[async_trait]
pub trait Chunks: Send {
    /// The next piece; `None` at the end.
    ///
    /// # Errors
    /// When the rest does not come; then what came so far is not the whole.
    async fn next(&mut self) -> Result<Option<Bytes>, ChunkError>;
}

/// Counts and hashes what passes through, and lets nothing end well that is too large or not what was announced.
pub struct Measured {
    inner: Box<dyn Chunks>,
    max: u64,
    expected: Option<Sha256Hash>,
    size: u64,
    hash: Sha256,
    digest: Option<Sha256Hash>,
}

impl Measured {
    /// Lets at most `max` bytes through, which must have this checksum if one was announced.
    #[must_use]
    pub fn new(inner: Box<dyn Chunks>, max: u64, expected: Option<Sha256Hash>) -> Self {
        Self { inner, max, expected, size: 0, hash: Sha256::new(), digest: None }
    }

    /// Size and checksum, once all of it has come.
    #[must_use]
    pub fn finished(&self) -> Option<(u64, Sha256Hash)> {
        self.digest.map(|digest| (self.size, digest))
    }
}

#[async_trait]
impl Chunks for Measured {
    async fn next(&mut self) -> Result<Option<Bytes>, ChunkError> {
        if let Some(piece) = self.inner.next().await? {
            self.size = self.size.saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX));
            if self.size > self.max {
                return Err(ChunkError::TooLarge { max: self.max });
            }
            self.hash.update(&piece);
            return Ok(Some(piece));
        }
        let digest = Sha256Hash(self.hash.clone().finalize().into());
        if self.expected.is_some_and(|expected| expected != digest) {
            return Err(ChunkError::Altered);
        }
        self.digest = Some(digest);
        Ok(None)
    }
}

/// Bytes that are here already, as one piece.
#[derive(Debug)]
pub struct Whole(Option<Bytes>);

impl Whole {
    /// These bytes.
    #[must_use]
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        Self(Some(bytes.into()))
    }
}

#[async_trait]
impl Chunks for Whole {
    async fn next(&mut self) -> Result<Option<Bytes>, ChunkError> {
        Ok(self.0.take())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Pieces(Vec<Result<Option<Bytes>, ChunkError>>);

    #[async_trait]
    impl Chunks for Pieces {
        async fn next(&mut self) -> Result<Option<Bytes>, ChunkError> {
            self.0.pop().unwrap_or(Ok(None))
        }
    }

    fn pieces(parts: &[&'static str]) -> Box<dyn Chunks> {
        Box::new(Pieces(parts.iter().rev().map(|part| Ok(Some(Bytes::from_static(part.as_bytes())))).collect()))
    }

    /// Runs what never waits.
    fn now<F: Future>(future: F) -> F::Output {
        let mut future = Box::pin(future);
        match future.as_mut().poll(&mut std::task::Context::from_waker(std::task::Waker::noop())) {
            std::task::Poll::Ready(output) => output,
            std::task::Poll::Pending => panic!("it waits"),
        }
    }

    fn drain(mut measured: Measured) -> Result<(u64, Sha256Hash), ChunkError> {
        while now(measured.next())?.is_some() {}
        Ok(measured.finished().unwrap())
    }

    #[test]
    fn what_passes_is_counted_and_hashed() {
        let hash = Sha256Hash::of(b"photo");
        assert_eq!(drain(Measured::new(pieces(&["ph", "oto"]), 5, Some(hash))), Ok((5, hash)));
        assert_eq!(drain(Measured::new(pieces(&["ph", "oto"]), 5, None)), Ok((5, hash)));
    }

    #[test]
    fn what_is_too_large_or_altered_does_not_end_well() {
        assert_eq!(drain(Measured::new(pieces(&["ph", "oto"]), 4, None)), Err(ChunkError::TooLarge { max: 4 }));
        assert_eq!(drain(Measured::new(pieces(&["ph"]), 9, Some(Sha256Hash::of(b"photo")))), Err(ChunkError::Altered));
        let broken = Box::new(Pieces(vec![Err(ChunkError::Broken), Ok(Some(Bytes::from_static(b"ph")))]));
        assert_eq!(drain(Measured::new(broken, 9, None)), Err(ChunkError::Broken));
    }

    #[test]
    fn a_checksum_survives_writing() {
        let hash = Sha256Hash::of(b"x");
        assert_eq!(Sha256Hash::from_hex(&hash.to_string()), Ok(hash));
        assert!(Sha256Hash::from_hex("12").is_err());
        assert_eq!(Sha256Hash::from_base64("LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE="), Ok(hash));
        assert!(Sha256Hash::from_base64("LXEW").is_err());
        assert_eq!(serde_json::from_str::<Sha256Hash>(&serde_json::to_string(&hash).unwrap()).unwrap(), hash);
    }
}
