//! Text from people: trimmed, in Unicode normal form C, and never longer than its type says.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;

/// Non-empty text of at most `MAX` Unicode scalar values. Its `Debug` shows the length only, for it may be what a person wrote.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Text<const MAX: usize>(String);

/// Why a string is no [`Text`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing is left after trimming.
    #[error("must not be empty")]
    Empty,
    /// Longer than allowed.
    #[error("must have at most {max} characters, has {length}")]
    TooLong {
        /// The limit, in Unicode scalar values.
        max: usize,
        /// The length found.
        length: usize,
    },
}

impl<const MAX: usize> Text<MAX> {
    /// Trims, normalises and measures.
    ///
    /// # Errors
    /// Refuses text that is empty or longer than `MAX` characters.
    pub fn new(raw: &str) -> Result<Self, TextError> {
        let text: String = raw.trim().nfc().collect();
        match text.chars().count() {
            0 => Err(TextError::Empty),
            length if length > MAX => Err(TextError::TooLong { max: MAX, length }),
            _ => Ok(Self(text)),
        }
    }

    /// Cuts what is too long at `MAX` characters, ending in an ellipsis; `None` when nothing is left.
    #[must_use]
    pub fn cut(raw: &str) -> Option<Self> {
        let text: String = raw.trim().nfc().collect();
        if text.chars().count() <= MAX {
            return Self::new(&text).ok();
        }
        let kept: String = text.chars().take(MAX.saturating_sub(1)).collect();
        Self::new(&format!("{}…", kept.trim_end())).ok()
    }

    /// A dash, for a place that must not stay empty.
    #[must_use]
    pub fn dash() -> Self {
        const { assert!(MAX > 0, "a text of no characters cannot hold a dash") };
        Self("–".to_owned())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize> TryFrom<String> for Text<MAX> {
    type Error = TextError;
    fn try_from(raw: String) -> Result<Self, TextError> {
        Self::new(&raw)
    }
}

impl<const MAX: usize> From<Text<MAX>> for String {
    fn from(text: Text<MAX>) -> Self {
        text.0
    }
}

impl<const MAX: usize> fmt::Display for Text<MAX> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl<const MAX: usize> fmt::Debug for Text<MAX> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Text({} characters)", self.0.chars().count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_in_characters_not_bytes() {
        assert_eq!(Text::<5>::new(" चीनी ").unwrap().as_str(), "चीनी");
        assert_eq!(Text::<3>::new("चीनी"), Err(TextError::TooLong { max: 3, length: 4 }));
        assert_eq!(Text::<3>::new("  "), Err(TextError::Empty));
        assert_eq!(Text::<4>::cut("abcdef").unwrap().as_str(), "abc…");
    }

    #[test]
    fn debug_shows_no_content() {
        assert_eq!(format!("{:?}", Text::<9>::new("secret").unwrap()), "Text(6 characters)");
    }
}
