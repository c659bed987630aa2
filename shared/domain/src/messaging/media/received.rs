//! What a message says of the file in it, which is what fetching it needs.

use serde::{Deserialize, Serialize};

use super::{Mime, Sha256Hash};
use crate::{
    messaging::inbound::{InboundContent, MediaKind},
    text::Text,
};

/// A file as the message that came in names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceivedFile {
    /// Which kind.
    #[serde(rename = "k")]
    pub kind: MediaKind,
    /// The provider's id, good for seven days.
    #[serde(rename = "i")]
    pub id: Text<256>,
    /// Its type.
    #[serde(rename = "m")]
    pub mime: Mime,
    /// Its checksum, when the message says so.
    #[serde(rename = "h", default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<Sha256Hash>,
    /// Its name.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub filename: Option<Text<256>>,
}

impl ReceivedFile {
    /// The file in what came in; `None` when there is none. A type that does not read is that of bytes of which nothing is known, and a
    /// checksum that does not read is none.
    #[must_use]
    pub fn of(content: &InboundContent) -> Option<Self> {
        let InboundContent::Media { kind, id, mime_type, sha256, filename, .. } = content else {
            return None;
        };
        Some(Self {
            kind: *kind,
            id: id.clone(),
            mime: Mime::new(mime_type.as_str()).unwrap_or_else(|_| Mime::unknown()),
            sha256: sha256.as_ref().and_then(|hash| Sha256Hash::from_base64(hash.as_str()).ok()),
            filename: filename.clone(),
        })
    }
}
