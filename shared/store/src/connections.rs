//! Live connections of the dashboard.

use domain::{
    id::UserId,
    time::{SignedDuration, Timestamp},
};

use crate::{
    error::StoreError,
    expression::{number, text},
    row,
    table::{Range, Window, key_item},
    tenant::TenantStore,
};

/// API Gateway ends a connection after two hours; a little later its row goes too.
const CONNECTION_LIFE: SignedDuration = SignedDuration::from_mins(135);
/// How many connections of one business get live updates.
const CONNECTIONS_MAX: usize = 500;

impl TenantStore {
    /// Remembers a live connection and whose it is.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn add_connection(&self, connection: &str, user: UserId, now: Timestamp) -> Result<(), StoreError> {
        let until = now.as_second() + CONNECTION_LIFE.as_secs();
        let mut item = key_item(&self.scope().connection(connection));
        row::stamp(&mut item, self.scope(), "connection", 1);
        item.insert("u".to_owned(), text(user.to_string()));
        item.insert("ttl".to_owned(), number(until));
        self.table().directory().add_connection(connection, self.id(), until).await?;
        self.table().put(item).await
    }

    /// Forgets a live connection.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn remove_connection(&self, connection: &str) -> Result<(), StoreError> {
        self.table().delete(&self.scope().connection(connection)).await?;
        self.table().directory().remove_connection(connection).await
    }

    /// The live connections of this business, at most five hundred.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn connections(&self) -> Result<Vec<String>, StoreError> {
        let partition = self.scope().connections();
        let range = Range {
            index: None,
            partition: &partition,
            window: Window::Prefix("X#"),
            newest_first: false,
            limit: CONNECTIONS_MAX,
            start: None,
        };
        let (items, _) = self.table().query(range).await?;
        let id = |item| row::string(item, "SK").and_then(|sort| sort.strip_prefix("X#")).map(ToOwned::to_owned);
        Ok(items.iter().filter_map(id).collect())
    }
}
