//! Typed identifiers: a `ContactId` cannot be passed where a `ConversationId` is meant.
//!
//! All are UUIDs of version 7 (RFC 9562), so they sort by the time they were made and serve as sort keys. Those that must come
//! out the same on every attempt (a conversation of one contact on one number) are of version 8, derived by hash.

use std::sync::atomic::{AtomicU32, Ordering};

use newtype_uuid::{GenericUuid, TypedUuid, TypedUuidKind, TypedUuidTag};
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

use crate::time::Timestamp;

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident, $id:ident, $tag:literal;)+) => {$(
        $(#[$doc])*
        pub enum $kind {}
        impl TypedUuidKind for $kind {
            fn tag() -> TypedUuidTag {
                const TAG: TypedUuidTag = TypedUuidTag::new($tag);
                TAG
            }
        }
        $(#[$doc])*
        pub type $id = TypedUuid<$kind>;
    )+};
}

kinds! {
    /// A business.
    TenantKind, TenantId, "tenant";
    /// A person who works in the dashboard or commands the business by chat.
    UserKind, UserId, "user";
    /// A person who writes to a business.
    ContactKind, ContactId, "contact";
    /// The running thread of one contact on one number.
    ConversationKind, ConversationId, "conversation";
    /// A thing a business sells.
    ProductKind, ProductId, "product";
    /// An entry of the task outbox.
    OutboxKind, OutboxId, "outbox";
    /// A question whether two people are one.
    ReviewKind, ReviewId, "review";
    /// A message made by a client of the API, before it has a key.
    ClientMessageKind, ClientMessageId, "client_message";
    /// A file a business keeps: a picture, a recording, a document.
    StoredMediaKind, MediaId, "media";
}

/// Makes an id from the time and ten random bytes, both of which the caller brings.
#[must_use]
pub fn v7<K: TypedUuidKind>(now: Timestamp, random: [u8; 10]) -> TypedUuid<K> {
    let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
    TypedUuid::from_untyped_uuid(Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
}

/// Makes the id that belongs to these parts: the same parts give the same id, on every machine and every attempt.
///
/// The parts are hashed with their lengths, so `["ab", "c"]` and `["a", "bc"]` differ.
#[must_use]
pub fn derived<K: TypedUuidKind>(parts: &[&[u8]]) -> TypedUuid<K> {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest(parts)[..16]);
    TypedUuid::from_untyped_uuid(Builder::from_custom_bytes(bytes).into_uuid())
}

/// The tenant of nobody: what is told to the operator of this program, and is about no business, is kept under it.
#[must_use]
pub fn platform() -> TenantId {
    TypedUuid::from_untyped_uuid(Uuid::nil())
}

/// SHA-256 over the parts, each with its length before it.
#[must_use]
pub fn digest(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

/// The time an id of version 7 was made, in milliseconds; `None` for any other version.
#[must_use]
pub fn made_at<K: TypedUuidKind>(id: TypedUuid<K>) -> Option<Timestamp> {
    let raw: Uuid = id.into_untyped_uuid();
    if raw.get_version_num() != 7 {
        return None;
    }
    let (seconds, nanoseconds) = raw.get_timestamp()?.to_unix();
    Timestamp::new(i64::try_from(seconds).ok()?, i32::try_from(nanoseconds).ok()?).ok()
}

/// Where fresh ids come from: the time of the invocation and a seed drawn once for it.
///
/// A use case gets one in its [`crate::time::Moment`]; two ids of one moment differ by a counter.
#[derive(Debug)]
pub struct IdSource {
    now: Timestamp,
    seed: [u8; 16],
    drawn: AtomicU32,
}

impl IdSource {
    /// Starts a source at `now` with sixteen random bytes.
    #[must_use]
    pub fn new(now: Timestamp, seed: [u8; 16]) -> Self {
        Self { now, seed, drawn: AtomicU32::new(0) }
    }

    /// The next fresh id.
    pub fn next<K: TypedUuidKind>(&self) -> TypedUuid<K> {
        let counter = self.drawn.fetch_add(1, Ordering::Relaxed);
        let hash = digest(&[&self.seed, &counter.to_be_bytes()]);
        let mut random = [0; 10];
        random.copy_from_slice(&hash[..10]);
        v7(self.now, random)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derived_ids_depend_on_every_part_and_its_length() {
        let one: ContactId = derived(&[b"ab", b"c"]);
        assert_eq!(one, derived(&[b"ab", b"c"]));
        assert_ne!(one, derived(&[b"a", b"bc"]));
    }

    #[test]
    fn fresh_ids_differ_and_keep_their_time() {
        let now = Timestamp::from_millisecond(1_793_500_000_123).unwrap();
        let source = IdSource::new(now, [7; 16]);
        let (a, b): (ContactId, ContactId) = (source.next(), source.next());
        assert_ne!(a, b);
        assert_eq!(made_at(a), Some(now));
        assert_eq!(made_at(derived::<ContactKind>(&[b"x"])), None);
    }
}
