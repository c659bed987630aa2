//! Permission to write to people, and the words by which they give and take it.

mod ledger;
mod words;

use std::{collections::HashMap, sync::LazyLock};

use serde::{Deserialize, Serialize};

pub use self::ledger::{Entry, Rank, Source, Standing, fold, held_until};
use crate::language;

/// The table by the words of its phrases, normalised once.
static KNOWN: LazyLock<HashMap<Vec<String>, (ConsentChange, &'static str)>> = LazyLock::new(|| {
    // Where two languages share a phrase, the first row names the language.
    words::TABLE.iter().rev().flat_map(|row| row.phrases().map(|phrase| (language::words(phrase), (row.change, row.language)))).collect()
});

/// What a person's word does to their permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ConsentChange {
    /// No more messages that were not asked for.
    #[serde(rename = "out")]
    OptOut,
    /// Messages again.
    #[serde(rename = "in")]
    OptIn,
}

/// What a person has said about marketing so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// Nothing.
    #[default]
    Unasked,
    /// Yes.
    Given,
    /// No.
    Refused,
}

impl Permission {
    /// Its stable name in the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unasked => "unasked",
            Self::Given => "given",
            Self::Refused => "refused",
        }
    }
}

/// The change a message makes when it is, as a whole, one of the words agreed for it: "STOP", "Stop!! 🙏", "बंद करो".
///
/// A longer sentence that merely has such a word in it ("stop the order") changes nothing: permission must not be lost by accident.
#[must_use]
pub fn consent_word(text: &str) -> Option<ConsentChange> {
    known(text).map(|(change, _)| change)
}

/// The language of a word of consent, by its BCP 47 code; `None` when the text is none.
#[must_use]
pub fn consent_language(text: &str) -> Option<&'static str> {
    known(text).map(|(_, language)| language)
}

fn known(text: &str) -> Option<(ConsentChange, &'static str)> {
    // No phrase in the table comes near this length, in bytes.
    if text.len() > 400 {
        return None;
    }
    KNOWN.get(&language::words(text)).copied()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_phrase_of_the_table_is_heard() {
        for row in words::TABLE {
            for phrase in row.phrases() {
                assert_eq!(consent_word(phrase), Some(row.change), "{}: {phrase}", row.language);
                assert_eq!(consent_word(&format!("  {}!! 🙏", phrase.to_uppercase())), Some(row.change), "{}: {phrase}", row.language);
            }
        }
    }

    #[test]
    fn every_language_has_both_changes() {
        for language in [
            "en", "hi", "ta", "te", "bn", "mr", "gu", "kn", "ml", "pa", "or", "hi-Latn", "ta-Latn", "te-Latn", "bn-Latn", "mr-Latn",
            "gu-Latn", "kn-Latn", "ml-Latn", "pa-Latn", "or-Latn",
        ] {
            for change in [ConsentChange::OptOut, ConsentChange::OptIn] {
                let found = words::TABLE.iter().any(|row| row.language == language && row.change == change && row.phrases().count() > 2);
                assert!(found, "{language} lacks {change:?}");
            }
        }
    }

    #[test]
    fn a_word_shows_its_language() {
        for (text, language) in [("STOP", "en"), ("बंद करो", "hi"), ("band karo", "hi-Latn"), ("നിർത്തുക", "ml"), ("ਬੰਦ ਕਰੋ", "pa")]
        {
            assert_eq!(consent_language(text), Some(language), "{text}");
        }
        assert_eq!(consent_language("stop the order"), None);
    }

    #[test]
    fn no_phrase_means_both() {
        for row in words::TABLE {
            for other in words::TABLE.iter().filter(|other| other.change != row.change) {
                assert!(
                    row.phrases().all(|phrase| other.phrases().all(|opposite| opposite != phrase)),
                    "{} {}",
                    row.language,
                    other.language
                );
            }
        }
    }

    #[test]
    fn people_write_it_their_way() {
        for (text, change) in [
            ("stop", ConsentChange::OptOut),
            ("Stop.", ConsentChange::OptOut),
            ("STOP!!!", ConsentChange::OptOut),
            ("*STOP*", ConsentChange::OptOut),
            ("stop 😡😡", ConsentChange::OptOut),
            ("ＳＴＯＰ", ConsentChange::OptOut),
            ("𝐒𝐓𝐎𝐏", ConsentChange::OptOut),
            ("un-subscribe", ConsentChange::OptOut),
            ("S\u{200b}TOP", ConsentChange::OptOut),
            ("\"stop\"\n", ConsentChange::OptOut),
            ("बंद करो।", ConsentChange::OptOut),
            ("Start 👍", ConsentChange::OptIn),
            ("शुरू करो", ConsentChange::OptIn),
        ] {
            assert_eq!(consent_word(text), Some(change), "{text}");
        }
    }

    #[test]
    fn longer_sentences_change_nothing() {
        for text in [
            "",
            "🛑",
            "stop the order",
            "please stop the delivery",
            "start my order",
            "don't stop",
            "do not stop sending offers",
            "non stop",
            "bus stop ke paas",
            "stop karo order",
            "dukan kab band hoti hai",
            "dukan band hai kya",
            "दुकान बंद है क्या",
            "order cancel",
            "cancel",
            "end",
            "no",
            "नहीं",
            "start kab hoga",
            "ok start the delivery",
            "kitna stock hai",
            "stopp the order now",
        ] {
            assert_eq!(consent_word(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_safe(text in any::<String>()) {
            let _heard = consent_word(&text);
        }

        #[test]
        fn more_words_are_no_consent(word in "[a-z]{2,9}", place in 0..2_usize) {
            prop_assume!(!["please", "pls", "karo", "kar", "do", "all", "messages", "message", "msg", "sending", "kare"].contains(&word.as_str()));
            let text = if place == 0 { format!("stop {word} order") } else { format!("order {word} start") };
            prop_assert_eq!(consent_word(&text), None);
        }
    }
}
