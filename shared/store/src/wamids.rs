//! From a provider's id of a message to its row, for messages whose statuses and references bring nothing of ours back: those sent by
//! a partner without callback data, and those written on the phone. Statuses that come before anybody has said which message an id
//! names lie under the id, and whoever says so gets them from the same write.

use domain::{
    messaging::{
        key::CallbackData,
        status::{Stage, StatusUpdate},
    },
    tenant::NumberId,
    time::Timestamp,
};

use crate::{
    error::StoreError,
    expression::{Change, Item, number, text},
    messages::attribute,
    row::{self, string},
    table::Written,
    tenant::TenantStore,
};

const KIND: &str = "wamid";
/// How long it leads there, in seconds: a status may come a month after its message, when the phone was off for that long.
const KEPT_SECONDS: i64 = 30 * 24 * 3600;
/// The stages of which a status may wait.
const STAGES: [Stage; 5] = [Stage::Sent, Stage::Delivered, Stage::Read, Stage::Played, Stage::Failed];

impl TenantStore {
    /// Remembers which of our messages a provider's id names, and returns the statuses that waited for that. The message that was
    /// named first stays; saying it again returns what still waits.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn remember_wamid(
        &self,
        on: &NumberId,
        wamid: &str,
        place: CallbackData,
        now: Timestamp,
    ) -> Result<Vec<StatusUpdate>, StoreError> {
        let change = self.of_wamid(now).set_once("p", text(place.to_string()));
        let Written::Done(Some(item)) = self.table().update_and_read(&self.scope().wamid(on, wamid), change).await? else {
            return Err(StoreError::Conflict);
        };
        let waiting = STAGES.iter().filter_map(|stage| string(&item, attribute(*stage)));
        waiting.map(|raw| serde_json::from_str(raw).map_err(|error| StoreError::corrupt(KIND, error))).collect()
    }

    /// The message that a provider's id names, if anybody has said so.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn place_of_wamid(&self, on: &NumberId, wamid: &str) -> Result<Option<CallbackData>, StoreError> {
        let Some(item) = self.table().get(&self.scope().wamid(on, wamid), false).await? else {
            return Ok(None);
        };
        self.place_in(&item)
    }

    /// Has a status wait until somebody says which message its id names. That may have been said a moment ago: then nothing is
    /// kept, and the answer is the message.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn wait_for_wamid(&self, on: &NumberId, status: &StatusUpdate, now: Timestamp) -> Result<Option<CallbackData>, StoreError> {
        let raw = serde_json::to_string(status).map_err(|error| StoreError::corrupt(KIND, error))?;
        let change = self.of_wamid(now).set_once(attribute(status.stage), text(raw)).when("attribute_not_exists(#p)");
        match self.table().update(&self.scope().wamid(on, status.wamid.as_str()), change).await? {
            Written::Refused(Some(item)) => self.place_in(&item),
            Written::Done(_) | Written::Refused(None) => Ok(None),
        }
    }

    /// Forgets statuses that waited for the name of their message: they have found it.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn wait_no_more_for_wamid(&self, on: &NumberId, wamid: &str, found: &[StatusUpdate]) -> Result<(), StoreError> {
        let change = found.iter().fold(Change::default(), |change, status| change.remove(attribute(status.stage)));
        self.table().update(&self.scope().wamid(on, wamid), change.when("attribute_exists(#PK)")).await.map(|_| ())
    }

    /// What every row of an id has, whoever writes it first.
    fn of_wamid(&self, now: Timestamp) -> Change {
        Change::default()
            .set("t", text(self.id().to_string()))
            .set("k", text(KIND))
            .set("s", number(1))
            .set("ttl", number(now.as_second() + KEPT_SECONDS))
    }

    fn place_in(&self, item: &Item) -> Result<Option<CallbackData>, StoreError> {
        row::check(item, self.scope(), KIND, 1)?;
        let Some(raw) = string(item, "p") else { return Ok(None) };
        raw.parse::<CallbackData>().map(Some).map_err(|error| StoreError::corrupt(KIND, error))
    }
}
