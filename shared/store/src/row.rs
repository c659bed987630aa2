//! How a thing of the domain lies in the table: `Row { tenant, kind, shape, version, body }`, stamped on writing, checked on reading.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::id::TenantId;
use serde::{Serialize, de::DeserializeOwned};
use serde_dynamo::aws_sdk_dynamodb_1::{from_attribute_value, to_attribute_value};

use crate::{
    error::StoreError,
    expression::{Item, number, text},
    keys::{Indexed, Primary, Scope},
};

/// A thing of the domain that has a row of its own.
pub trait Stored: Serialize + DeserializeOwned + Send + Sync {
    /// What it is, in the row and in errors.
    const KIND: &'static str;
    /// The version of the body. Readers accept this one and the one before.
    const SHAPE: u16 = 1;
    /// What names it within its tenant.
    type Id: Clone + Send + Sync;
    /// Its name.
    fn id(&self) -> Self::Id;
    /// Where it lies.
    fn key(scope: Scope, id: &Self::Id) -> Primary;
    /// Its key in GSI1, when it is listed.
    fn listed(&self, _scope: Scope) -> Option<Indexed> {
        None
    }
}

/// A thing read from the table, with the version to write over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Versioned<T> {
    /// The version read.
    pub version: u64,
    /// The thing.
    pub body: T,
}

/// Makes the item of a thing.
pub(crate) fn to_item<T: Stored>(scope: Scope, body: &T, version: u64) -> Result<Item, StoreError> {
    let mut item = crate::table::key_item(&T::key(scope, &body.id()));
    stamp(&mut item, scope, T::KIND, T::SHAPE);
    item.insert("v".to_owned(), number(version));
    item.insert("b".to_owned(), value(T::KIND, body)?);
    if let Some(index) = body.listed(scope) {
        item.insert("GSI1PK".to_owned(), text(index.partition));
        item.insert("GSI1SK".to_owned(), text(index.sort));
    }
    Ok(item)
}

/// Reads a thing from its item.
pub(crate) fn from_item<T: Stored>(scope: Scope, item: &Item) -> Result<Versioned<T>, StoreError> {
    check(item, scope, T::KIND, T::SHAPE)?;
    Ok(Versioned { version: integer(item, "v").unwrap_or(0).unsigned_abs(), body: body(T::KIND, item, "b")? })
}

/// Writes tenant, kind and shape into an item.
pub(crate) fn stamp(item: &mut Item, scope: Scope, kind: &'static str, shape: u16) {
    item.insert("t".to_owned(), text(scope.tenant().to_string()));
    item.insert("k".to_owned(), text(kind));
    item.insert("s".to_owned(), number(shape));
}

/// Checks that an item is what its key says: the second of two walls, for the key was made from the same scope.
pub(crate) fn check(item: &Item, scope: Scope, kind: &'static str, shape: u16) -> Result<(), StoreError> {
    let tenant: Option<TenantId> = string(item, "t").and_then(|raw| raw.parse().ok());
    if tenant != Some(scope.tenant()) {
        return Err(StoreError::Foreign);
    }
    let found = integer(item, "s").unwrap_or(0);
    let readable = found == i64::from(shape) || found + 1 == i64::from(shape);
    if string(item, "k") != Some(kind) || !readable {
        return Err(StoreError::corrupt(kind, format!("kind or shape {found} is not known")));
    }
    Ok(())
}

/// A part of an item that serde wrote.
pub(crate) fn body<T: DeserializeOwned>(kind: &'static str, item: &Item, name: &str) -> Result<T, StoreError> {
    let found = item.get(name).cloned().ok_or_else(|| StoreError::corrupt(kind, format!("{name} is missing")))?;
    from_attribute_value(found).map_err(|error| StoreError::corrupt(kind, error))
}

/// A part of an item that may be missing.
pub(crate) fn optional<T: DeserializeOwned>(kind: &'static str, item: &Item, name: &str) -> Result<Option<T>, StoreError> {
    if item.contains_key(name) { body(kind, item, name).map(Some) } else { Ok(None) }
}

/// A value for an item, by serde.
pub(crate) fn value<T: Serialize>(kind: &'static str, body: &T) -> Result<AttributeValue, StoreError> {
    to_attribute_value(body).map_err(|error| StoreError::corrupt(kind, error))
}

/// A string of an item.
pub(crate) fn string<'a>(item: &'a Item, name: &str) -> Option<&'a str> {
    item.get(name).and_then(|found| found.as_s().ok()).map(String::as_str)
}

/// A whole number of an item.
pub(crate) fn integer(item: &Item, name: &str) -> Option<i64> {
    item.get(name).and_then(|found| found.as_n().ok()).and_then(|digits| digits.parse().ok())
}
