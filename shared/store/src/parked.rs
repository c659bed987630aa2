//! What nobody handles yet, or could not be applied: kept, counted, never dropped.

use domain::{id::digest, tenant::NumberId, time::Timestamp};

use crate::{
    error::StoreError,
    expression::{number, text},
    row,
    table::key_item,
    tenant::TenantStore,
};

/// How long it is kept, in seconds: a month, well over the seven days for which Meta repeats itself.
const KEPT_SECONDS: i64 = 30 * 24 * 3600;
/// How much of it is kept, in bytes; a row may hold 400 KB.
const RAW_MAX: usize = 300_000;

impl TenantStore {
    /// Parks an event as it came. The same event again changes nothing; the answer is whether it was new.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn park(&self, number_id: &NumberId, what: &str, raw: &str, now: Timestamp) -> Result<bool, StoreError> {
        let hash = hex(&digest(&[what.as_bytes(), raw.as_bytes()])[..16]);
        let mut item = key_item(&self.scope().parked(number_id, &hash));
        row::stamp(&mut item, self.scope(), "parked", 1);
        item.insert("w".to_owned(), text(what));
        item.insert("at".to_owned(), number(now.as_millisecond()));
        item.insert("ttl".to_owned(), number(now.as_second() + KEPT_SECONDS));
        let end = (0..=raw.len().min(RAW_MAX)).rev().find(|at| raw.is_char_boundary(*at)).unwrap_or(0);
        item.insert("b".to_owned(), text(&raw[..end]));
        self.once(item).await
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
