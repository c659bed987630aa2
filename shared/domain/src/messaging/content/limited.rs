//! Text that is neither empty nor longer than WhatsApp allows in its place.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation as _;

use super::{ContentError, Problem};

/// Bytes one visible character may take on average: enough for any script and most emoji, too few for an attack by stacked marks.
const BYTES_PER_CHARACTER: usize = 16;
/// Bytes a short text may take whatever it is made of: twenty families of four.
const BYTES_MIN: usize = 1_024;

/// Text of 1 to `MAX` characters as people count them. Its `Debug` shows the length only.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Limited<const MAX: usize>(String);

impl<const MAX: usize> Limited<MAX> {
    /// Trims and measures.
    ///
    /// # Errors
    /// Refuses text that is empty or longer than `MAX` characters.
    pub fn new(raw: &str) -> Result<Self, Problem> {
        let text = raw.trim();
        if text.is_empty() {
            return Err(Problem::Empty);
        }
        let length = text.graphemes(true).count();
        if length > MAX {
            return Err(Problem::TooLong { max: MAX, length });
        }
        if text.len() > (MAX * BYTES_PER_CHARACTER).max(BYTES_MIN) {
            return Err(Problem::TooLong { max: MAX, length: text.len().div_ceil(BYTES_PER_CHARACTER) });
        }
        Ok(Self(text.to_owned()))
    }

    /// Checks a part of a message, naming it.
    ///
    /// # Errors
    /// Refuses text that is empty or longer than `MAX` characters.
    pub fn part(field: &'static str, raw: &str) -> Result<Self, ContentError> {
        Self::new(raw).map_err(|problem| problem.at(field))
    }

    /// Cuts what is too long, ending in an ellipsis; `None` when nothing is left.
    ///
    /// It cuts between visible characters but counts scalar values, the stricter measure, because Meta does not say how it counts
    /// a letter with its vowel sign and a message that is refused answers nobody.
    #[must_use]
    pub fn cut(raw: &str) -> Option<Self> {
        let text = raw.trim();
        if text.chars().count() <= MAX {
            return Self::new(text).ok();
        }
        let mut kept = String::new();
        let mut length = 0;
        for grapheme in text.graphemes(true) {
            length += grapheme.chars().count();
            if length >= MAX {
                break;
            }
            kept.push_str(grapheme);
        }
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

impl<const MAX: usize> TryFrom<String> for Limited<MAX> {
    type Error = Problem;
    fn try_from(raw: String) -> Result<Self, Problem> {
        Self::new(&raw)
    }
}

impl<const MAX: usize> From<Limited<MAX>> for String {
    fn from(text: Limited<MAX>) -> Self {
        text.0
    }
}

impl<const MAX: usize> fmt::Debug for Limited<MAX> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Limited({} characters)", self.0.chars().count())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn counts_what_people_see() {
        // Five scalar values, three visible characters.
        assert_eq!(Limited::<3>::new("कीमत").map(|text| text.as_str().to_owned()), Ok("कीमत".to_owned()));
        assert_eq!(Limited::<2>::new("कीमत"), Err(Problem::TooLong { max: 2, length: 3 }));
        let stacked = format!("a{}", "\u{301}".repeat(600));
        assert!(Limited::<3>::new(&stacked).is_err(), "one visible character of 1201 bytes");
    }

    #[test]
    fn a_conjunct_an_emoji_of_several_and_a_flag_are_one_character_each() {
        for (text, length) in [("क्षत्रिय", 3), ("कर्म", 2), ("👨‍👩‍👧‍👦", 1), ("🇮🇳🇮🇳", 2), ("👍🏽", 1), ("ज़", 1), ("1️⃣", 1)]
        {
            assert!(Limited::<20>::new(&text.repeat(20 / length)).is_ok(), "{text}");
            let over = Limited::<20>::new(&text.repeat(20 / length + 1));
            assert_eq!(over, Err(Problem::TooLong { max: 20, length: (20 / length + 1) * length }), "{text}");
        }
    }

    #[test]
    fn debug_shows_no_content() {
        assert_eq!(format!("{:?}", Limited::<9>::new("secret").unwrap()), "Limited(6 characters)");
    }

    proptest! {
        #[test]
        fn what_is_cut_fits_in_both_measures(raw in any::<String>()) {
            if let Some(cut) = Limited::<24>::cut(&raw) {
                prop_assert!(cut.as_str().chars().count() <= 24);
                prop_assert!(Limited::<24>::new(cut.as_str()).is_ok());
            } else {
                prop_assert!(raw.trim().is_empty());
            }
        }
    }
}
