//! Meta's JSON about files.

use serde::{Deserialize, Deserializer};

/// Where a file lies.
#[derive(Deserialize)]
pub(super) struct Found {
    pub(super) url: String,
    pub(super) mime_type: Option<String>,
    /// In hexadecimal digits here, in base64 in a webhook.
    pub(super) sha256: Option<String>,
    #[serde(default, deserialize_with = "size")]
    pub(super) file_size: Option<u64>,
}

/// A file Meta has taken.
#[derive(Deserialize)]
pub(super) struct Uploaded {
    pub(super) id: String,
}

/// An answer that refuses.
#[derive(Deserialize)]
pub(super) struct Refused {
    pub(super) error: Error,
}

#[derive(Deserialize)]
pub(super) struct Error {
    #[serde(default)]
    pub(super) code: i64,
    #[serde(rename = "error_subcode")]
    pub(super) subcode: Option<i64>,
}

/// A size is written as a number or in digits; what does not read is not known.
fn size<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        Number(u64),
        Digits(String),
        Other(serde::de::IgnoredAny),
    }
    Ok(match Option::<Either>::deserialize(deserializer)? {
        Some(Either::Number(size)) => Some(size),
        Some(Either::Digits(digits)) => digits.parse().ok(),
        Some(Either::Other(_)) | None => None,
    })
}
