//! What became of a message after it was written, on its own row: each mark under a condition of its time, so that any order of
//! applying them ends the same.

use domain::{
    messaging::{
        key::{CallbackData, MessageKey},
        marks::{Mark, Marks},
        status::Report,
    },
    time::Timestamp,
};

use crate::{
    error::StoreError,
    expression::{Change, Item, text},
    messages::KIND,
    row,
    table::Written,
    tenant::TenantStore,
};

impl TenantStore {
    /// Puts a mark on a message, unless a later one of its kind is there. `false` when there is no such message.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn mark_message(&self, place: CallbackData, mark: &Mark, cause: MessageKey) -> Result<bool, StoreError> {
        let (order, body) = match mark {
            Mark::Reaction(reacted) => ("xt", Some(("xr", row::value(KIND, reacted)?))),
            Mark::Edit(edited) => ("et", Some(("xe", row::value(KIND, edited)?))),
            Mark::Revoke(_) => ("xv", None),
        };
        let mut change = Change::default().set(order, text(order_of(mark, cause)));
        if let Some((name, body)) = body {
            change = change.set(name, body);
        }
        let change = change.when(&format!("attribute_exists(#PK) AND (attribute_not_exists(#{order}) OR #{order} < :{order})"));
        let written = self.table().update(&self.scope().message(place.conversation, place.message), change).await?;
        Ok(match written {
            Written::Done(_) | Written::Refused(Some(_)) => true,
            Written::Refused(None) => false,
        })
    }
}

/// What a mark is compared by: its time; of one second, what takes away is the later; of two alike, one and always the same.
fn order_of(mark: &Mark, cause: MessageKey) -> String {
    let takes_away = match mark {
        Mark::Reaction(reacted) => reacted.emoji.is_none(),
        Mark::Edit(_) => false,
        Mark::Revoke(_) => true,
    };
    format!("{:013}#{}#{:016x}", mark.at().as_millisecond().max(0), u8::from(takes_away), cause.cause())
}

/// Writes what is known at the beginning.
pub(crate) fn write(item: &mut Item, marks: &Marks) -> Result<(), StoreError> {
    if let Some(circumstances) = &marks.circumstances {
        item.insert("cx".to_owned(), row::value(KIND, circumstances)?);
    }
    if let Some(target) = &marks.applied_to {
        item.insert("ap".to_owned(), row::value(KIND, target)?);
    }
    if let Some(quoted) = &marks.quoted {
        item.insert("rt".to_owned(), row::value(KIND, quoted)?);
    }
    for (name, mark) in [("hi", marks.history), ("ph", marks.placeholder)] {
        if mark {
            item.insert(name.to_owned(), aws_sdk_dynamodb::types::AttributeValue::Bool(true));
        }
    }
    Ok(())
}

/// Reads what is known by now.
pub(crate) fn read(item: &Item) -> Result<Marks, StoreError> {
    Ok(Marks {
        circumstances: row::optional(KIND, item, "cx")?,
        reaction: row::optional(KIND, item, "xr")?,
        edited: row::optional(KIND, item, "xe")?,
        revoked_at: row::string(item, "xv").and_then(time_of),
        applied_to: row::optional(KIND, item, "ap")?,
        quoted: row::optional(KIND, item, "rt")?,
        history: row::optional(KIND, item, "hi")?.unwrap_or(false),
        placeholder: row::optional(KIND, item, "ph")?.unwrap_or(false),
        report: Report::default(),
    })
}

fn time_of(order: &str) -> Option<Timestamp> {
    let (milliseconds, _) = order.split_once('#')?;
    Timestamp::from_millisecond(milliseconds.parse().ok()?).ok()
}
