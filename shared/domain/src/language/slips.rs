//! Words a slip of the finger explains.

use super::vocabulary::{Vocabulary, letters as mask_of};

/// Words this short, counted on the shorter side, have neighbours that are other words: slips are believed among vowels only.
const SHORT: usize = 5;

/// Tokens at a distance a slip of the finger explains: the longer the word, the more slips. With the likeness in hundredths.
pub(super) fn misspelt(text: &str, vocabulary: &Vocabulary) -> Vec<(usize, u32)> {
    let letters: Vec<char> = text.chars().collect();
    let length = letters.len();
    let slips = match length {
        0..=3 => return Vec::new(),
        4..=6 => 1,
        _ => 2,
    };
    let mask = mask_of(text);
    let mut found = Vec::new();
    for other_length in length - slips..=length + slips {
        for token in vocabulary.starting(letters[0], other_length) {
            let other = &vocabulary.tokens[*token];
            // A slip changes at most two letters of the mask: one goes, one comes.
            if (other.letters ^ mask).count_ones() as usize > 2 * slips {
                continue;
            }
            let other = &other.text;
            let distance = strsim::osa_distance(text, other);
            if distance <= slips && is_slip(&letters, other, distance) {
                found.push((*token, if distance == 1 { 88 } else { 76 }));
            }
        }
    }
    found
}

/// In short words another letter makes another word (soap, soup; pani, paneer; makhan, makhani); two slips are believed only
/// after a good beginning.
fn is_slip(letters: &[char], other: &str, distance: usize) -> bool {
    let other: Vec<char> = other.chars().collect();
    if distance > 1 {
        return other.len() >= 7 && letters[..3] == other[..3];
    }
    if letters.len().min(other.len()) > SHORT {
        return true;
    }
    let differing = letters.iter().zip(&other).filter(|(one, two)| one != two).count();
    // Two letters in the wrong order.
    if letters.len() == other.len() && differing == 2 {
        return true;
    }
    let substituted = letters.len() == other.len() && letters.len() < SHORT;
    let ends_alike = is_vowel(letters.last()) == is_vowel(other.last());
    !substituted && other.len() > 3 && ends_alike && consonants(letters).eq(consonants(&other))
}

fn consonants(letters: &[char]) -> impl Iterator<Item = &char> {
    letters.iter().filter(|letter| !is_vowel(Some(letter)))
}

fn is_vowel(letter: Option<&char>) -> bool {
    letter.is_some_and(|letter| "aeiou".contains(*letter))
}
