//! Pages of a list: bounded, with a cursor for the next.

use serde::{Deserialize, Serialize};

/// How many items a page may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageSize(u8);

/// Why a number is no [`PageSize`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be between 1 and 100")]
pub struct PageSizeError;

impl PageSize {
    /// What a caller gets who does not ask for a size.
    pub const DEFAULT: Self = Self(50);
    /// The most anybody gets.
    pub const MAX: Self = Self(100);

    /// Takes a size between 1 and 100.
    ///
    /// # Errors
    /// Refuses any other number.
    pub fn new(size: u32) -> Result<Self, PageSizeError> {
        match u8::try_from(size) {
            Ok(size @ 1..=100) => Ok(Self(size)),
            Ok(_) | Err(_) => Err(PageSizeError),
        }
    }

    /// The number of items.
    #[must_use]
    pub fn get(self) -> usize {
        usize::from(self.0)
    }
}

/// Where a list goes on: opaque to whoever holds it. The store starts inside the tenant's own partition whatever it says; the API binds it to its query.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cursor(pub String);

/// Some items and, unless they were the last, where to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The items, in the order of the list.
    pub items: Vec<T>,
    /// The cursor of the next page; `None` at the end.
    pub next: Option<Cursor>,
}
