//! Which language a message is written in.

use super::{
    Evidence,
    normal::has_letter_between,
    words::{Tongue, known},
};
use crate::locale::Locale;

/// The locale of a text and its words: by script first, then by the little words that no other language has.
pub(super) fn locale(text: &str, words: &[String]) -> (Locale, Evidence) {
    if has_letter_between(text, '\u{900}', '\u{97f}') {
        return (Locale::Hindi, Evidence::Seen);
    }
    let (mut english, mut hinglish) = (0, 0);
    for word in words {
        match known(word) {
            Some((_, Tongue::English)) => english += 1,
            Some((_, Tongue::Hinglish)) => hinglish += 1,
            Some((_, Tongue::Shared | Tongue::Hindi)) | None => {}
        }
    }
    match (english, hinglish) {
        (0, 0) => (Locale::English, Evidence::Guessed),
        // Hinglish borrows English words all the time, English hardly ever Hindi ones.
        (_, 1..) if hinglish * 2 >= english => (Locale::Hinglish, Evidence::Seen),
        (_, _) => (Locale::English, Evidence::Seen),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::normal::words;

    #[test]
    fn sees_the_language() {
        for (text, expected) in [
            ("how much sugar do we have", Locale::English),
            ("price of surf excel", Locale::English),
            ("is parle g available?", Locale::English),
            ("kitna stock hai Parle-G ka", Locale::Hinglish),
            ("cheeni ka price kya hai", Locale::Hinglish),
            ("bhaiya surf excel milega", Locale::Hinglish),
            ("rate batao", Locale::Hinglish),
            ("namaste", Locale::Hinglish),
            ("चीनी का भाव?", Locale::Hindi),
            ("iPhone का stock कितना है", Locale::Hindi),
        ] {
            assert_eq!(locale(text, &words(text)), (expected, Evidence::Seen), "{text}");
        }
    }

    #[test]
    fn a_bare_name_tells_nothing() {
        for text in ["parle g?", "iphone 15", "15", "", "சர்க்கரை"] {
            assert_eq!(locale(text, &words(text)), (Locale::English, Evidence::Guessed), "{text}");
        }
    }
}
