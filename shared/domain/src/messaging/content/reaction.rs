//! An emoji put on somebody's message.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation as _;

use super::{ContentError, Problem};
use crate::{
    text::Text,
    time::{SignedDuration, Timestamp},
};

/// How old a message may be to get a reaction (Meta: reaction messages, error 131009 afterwards).
pub const REACTION_AGE_MAX: SignedDuration = SignedDuration::from_hours(30 * 24);

/// The longest emoji, in bytes: a family of four with skin tones has 41.
const EMOJI_MAX: usize = 64;

/// One emoji.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Emoji(String);

/// A reaction to a message, or its withdrawal.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Reaction {
    /// WhatsApp's id of the message.
    #[serde(rename = "w")]
    pub wamid: Text<512>,
    /// The emoji; absent to take the reaction back.
    #[serde(rename = "e", default, skip_serializing_if = "Option::is_none")]
    pub emoji: Option<Emoji>,
}

impl Reaction {
    /// A reaction to a message of this time.
    ///
    /// # Errors
    /// Refuses messages older than thirty days.
    pub fn new(wamid: Text<512>, written_at: Timestamp, now: Timestamp, emoji: Option<Emoji>) -> Result<Self, ContentError> {
        if now.duration_since(written_at) >= REACTION_AGE_MAX {
            return Err(Problem::NotAllowed("WhatsApp takes reactions only to messages of the last 30 days").at("message"));
        }
        Ok(Self { wamid, emoji })
    }
}

impl Emoji {
    /// Checks that it is one emoji.
    ///
    /// # Errors
    /// Refuses letters, several emoji, and nothing.
    pub fn new(raw: &str) -> Result<Self, Problem> {
        let raw = raw.trim();
        let mut characters = raw.graphemes(true);
        let one = characters.next().is_some_and(is_emoji) && characters.next().is_none();
        if one && raw.len() <= EMOJI_MAX { Ok(Self(raw.to_owned())) } else { Err(Problem::Shape("one emoji")) }
    }

    /// The emoji.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a visible character is an emoji: a flag, a keycap, or one that begins with a pictograph.
fn is_emoji(character: &str) -> bool {
    let mut scalars = character.chars();
    let (first, second) = (scalars.next(), scalars.next());
    let indicator = |scalar: Option<char>| scalar.is_some_and(|scalar| matches!(scalar, '\u{1f1e6}'..='\u{1f1ff}'));
    let keycap = character.ends_with('\u{20e3}') && first.is_some_and(|first| matches!(first, '0'..='9' | '#' | '*'));
    keycap || (indicator(first) && indicator(second)) || (!indicator(first) && first.is_some_and(is_pictograph))
}

/// The blocks and single signs that Unicode shows as pictures.
const fn is_pictograph(scalar: char) -> bool {
    matches!(
        scalar,
        '\u{a9}' | '\u{ae}' | '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{2194}'..='\u{21aa}' | '\u{231a}'..='\u{23ff}'
            | '\u{24c2}' | '\u{25aa}'..='\u{25fe}' | '\u{2600}'..='\u{27bf}' | '\u{2934}' | '\u{2935}' | '\u{2b05}'..='\u{2b55}'
            | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}' | '\u{1f000}'..='\u{1faff}'
    )
}

impl TryFrom<String> for Emoji {
    type Error = Problem;
    fn try_from(raw: String) -> Result<Self, Problem> {
        Self::new(&raw)
    }
}

impl From<Emoji> for String {
    fn from(emoji: Emoji) -> Self {
        emoji.0
    }
}

impl fmt::Debug for Emoji {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Emoji(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_emoji_is_one_however_it_is_made() {
        for good in ["👍", "🙏", "❤️", "❤", "👍🏽", "👨‍👩‍👧‍👦", "🇮🇳", "1️⃣", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "☺️", "™️"]
        {
            assert!(Emoji::new(good).is_ok(), "{good}");
        }
        for bad in ["", " ", "a", "1", "क", "👍👍", "🇮🇳🇮🇳", "🇮", "👍a", ":)", "\u{200d}"] {
            assert!(Emoji::new(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn only_messages_of_thirty_days_get_a_reaction() {
        let now = Timestamp::from_second(1_793_500_000).unwrap();
        let on = |days: i64, second: i64| {
            let at = Timestamp::from_second(1_793_500_000 - days * 86_400 + second).unwrap();
            Reaction::new(Text::new("wamid.A").unwrap(), at, now, Some(Emoji::new("🙏").unwrap()))
        };
        assert!(on(0, 0).is_ok() && on(30, 1).is_ok());
        assert_eq!(on(30, 0).unwrap_err().field, "message");
    }
}
