//! One batch of the table's stream.

use shared::{
    boot,
    changes::Batch,
    domain::ports::LivePush,
    event::Done,
    store::Table,
    usecases::{Error, push_changes},
};

/// What the function holds.
pub struct App {
    /// The table.
    pub table: Table,
    /// The live connections.
    pub live: Box<dyn LivePush>,
}

/// Handles one batch.
///
/// # Errors
/// When the store fails: then the batch comes again.
pub async fn handle(app: &App, batch: Batch) -> Result<Done, Error> {
    push_changes::run(&app.table, app.live.as_ref(), &batch.changes(boot::now())).await?;
    Ok(Done::default())
}
