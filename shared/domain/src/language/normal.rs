//! Text as a machine compares it: one form for letters that look or count the same, cut into words.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// How much of a message is looked at, in scalar values: the longest text WhatsApp carries.
pub const TEXT_MAX: usize = 4096;

/// First digit of each script Indians write numbers in.
const ZEROS: [char; 12] = ['०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦', '٠', '۰', '０'];

/// The words of a text in order: compatibility-composed, in lower case, digits in ASCII, without punctuation, emoji and joiners.
///
/// Words are cut where letters meet digits, so `iphone15` and `iPhone 15` are the same two words; `2.5` stays one.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let plain: Vec<char> =
        text.chars().take(TEXT_MAX).nfkc().filter(|letter| !is_invisible(*letter)).flat_map(char::to_lowercase).map(ascii_digit).collect();
    let mut words: Vec<String> = Vec::new();
    let mut kind = Kind::Gap;
    for (index, letter) in plain.iter().enumerate() {
        let next = match kind_of(*letter) {
            Kind::Gap if is_decimal_point(&plain, index) => Kind::Digits,
            found @ (Kind::Gap | Kind::Letters | Kind::Digits) => found,
        };
        match (next, words.last_mut()) {
            (Kind::Gap, _) => {}
            (same, Some(word)) if same == kind => word.push(*letter),
            (_, _) => words.push(letter.to_string()),
        }
        kind = next;
    }
    words
}

/// Whether the text has a letter of this script block.
#[must_use]
pub fn has_letter_between(text: &str, first: char, last: char) -> bool {
    text.chars().take(TEXT_MAX).any(|letter| (first..=last).contains(&letter) && letter.is_alphabetic())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Gap,
    Letters,
    Digits,
}

fn kind_of(letter: char) -> Kind {
    if letter.is_ascii_digit() {
        Kind::Digits
    } else if letter.is_alphanumeric() || is_combining_mark(letter) {
        // Vowel signs, virama and nukta are marks: splitting at them would break every second Indic word.
        Kind::Letters
    } else {
        Kind::Gap
    }
}

fn is_decimal_point(plain: &[char], index: usize) -> bool {
    let digit_at = |place: Option<usize>| place.and_then(|place| plain.get(place)).is_some_and(char::is_ascii_digit);
    plain[index] == '.' && digit_at(index.checked_sub(1)) && digit_at(index.checked_add(1))
}

/// Joiners, direction marks, variation selectors, the keycap and apostrophes: dropped without cutting the word.
fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{20e3}' | '\u{1f3fb}'..='\u{1f3ff}' | '\'' | '’' | '‘' | '`')
}

fn ascii_digit(letter: char) -> char {
    let value = ZEROS.iter().find_map(|zero| u32::from(letter).checked_sub(u32::from(*zero)).filter(|value| *value < 10));
    value.and_then(|value| char::from_digit(value, 10)).unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_into_words() {
        for (text, expected) in [
            ("Parle-G, hai kya?!", vec!["parle", "g", "hai", "kya"]),
            ("iPhone15 & SurfExcel 1KG", vec!["iphone", "15", "surfexcel", "1", "kg"]),
            ("2.5 किलो चीनी.", vec!["2.5", "किलो", "चीनी"]),
            ("what's up", vec!["whats", "up"]),
            ("५० ৫০ ૫૦ ௫௦ ౫౦ ೫೦ ൫൦ ੫੦ ５０", vec!["50"; 9]),
            ("क्या मुफ़्त", vec!["क्या", "मुफ\u{93c}्त"]),
            ("स्\u{200d}टॉक\u{200b}", vec!["स्टॉक"]),
            ("𝗦𝗧𝗢𝗣 🙏🏽❤️", vec!["stop"]),
            ("1️⃣", vec!["1"]),
            ("", vec![]),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn looks_at_no_more_than_its_limit() {
        let long = format!("{}needle", "a ".repeat(3_000));
        assert_eq!(words(&long).len(), TEXT_MAX / 2);
    }
}
