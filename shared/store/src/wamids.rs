//! From a provider's id of a message to its row, for messages whose statuses and references bring nothing of ours back: those sent by
//! a partner without callback data, and those written on the phone.

use domain::{messaging::key::CallbackData, tenant::NumberId, time::Timestamp};

use crate::{
    error::StoreError,
    expression::{number, text},
    row::{self, string},
    table::key_item,
    tenant::TenantStore,
};

const KIND: &str = "wamid";
/// How long it leads there, in seconds: a status may come a month after its message, when the phone was off for that long.
const KEPT_SECONDS: i64 = 30 * 24 * 3600;

impl TenantStore {
    /// Remembers which of our messages a provider's id names. Saying it again changes nothing.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn remember_wamid(&self, on: &NumberId, wamid: &str, place: CallbackData, now: Timestamp) -> Result<(), StoreError> {
        let mut item = key_item(&self.scope().wamid(on, wamid));
        row::stamp(&mut item, self.scope(), KIND, 1);
        item.insert("p".to_owned(), text(place.to_string()));
        item.insert("ttl".to_owned(), number(now.as_second() + KEPT_SECONDS));
        self.once(item).await.map(|_| ())
    }

    /// The message that a provider's id names.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn place_of_wamid(&self, on: &NumberId, wamid: &str) -> Result<Option<CallbackData>, StoreError> {
        let Some(item) = self.table().get(&self.scope().wamid(on, wamid), false).await? else {
            return Ok(None);
        };
        row::check(&item, self.scope(), KIND, 1)?;
        let place = string(&item, "p").and_then(|raw| raw.parse().ok());
        place.map(Some).ok_or_else(|| StoreError::corrupt(KIND, "the place does not read"))
    }
}
