//! The first understanding of language: tables of words and the names of products, no model.

use super::{
    Intent, Language, Name, ProductMatch, Understanding, Vocabulary,
    context::in_context,
    detect::locale,
    intent::{self, Heard, Thing},
    matching::{Found, find},
    normal::words,
    terms::{Term, TermKind, is_measure, terms},
    words::{Sense, known},
};

/// How many characters of unknown words are handed back.
const WORDS_MAX: usize = 40;

/// Signs that say hello alone.
const FOLDED_HANDS: [char; 2] = ['🙏', '👋'];
/// Signs that say yes alone.
const THUMBS: [char; 4] = ['👍', '👌', '✅', '🆗'];
/// How long a size is handed back at most.
const SIZE_MAX: usize = 20;
/// Words that tie two nouns together: the cover of, for, with an iPhone.
const LINKS: &[&str] = &["ka", "ke", "ki", "wala", "wali", "wale", "of", "for", "with", "का", "के", "की", "वाला", "वाली", "वाले", "s"];

/// Understands by words: what is wanted from a table, which product by its names.
#[derive(Clone, Copy, Debug, Default)]
pub struct FirstMatcher;

impl Language for FirstMatcher {
    fn understand(&self, text: &str, vocabulary: &Vocabulary) -> Understanding {
        let words = in_context(words(text));
        let (locale, evidence) = locale(text, &words);
        let heard = Heard::new(&words);
        let understood = |intent, confidence_bp, product, words| Understanding {
            intent,
            confidence_bp,
            locale,
            evidence,
            product,
            words,
            other_size: None,
        };
        if let Some((intent, confidence_bp)) = intent::consent(text, &heard) {
            return understood(intent, confidence_bp, ProductMatch::None, None);
        }
        let shows = |signs: &[char]| words.is_empty() && text.chars().any(|sign| signs.contains(&sign));
        if shows(&FOLDED_HANDS) {
            return understood(Intent::Greeting, 7_000, ProductMatch::None, None);
        }
        if shows(&THUMBS) {
            return understood(Intent::Acknowledgement, 7_000, ProductMatch::None, None);
        }
        let (needed, optional) = split(&words, vocabulary);
        let Found { product, score_bp, near, other_size } = find(&needed, &optional, vocabulary);
        let named = named(&needed);
        match &product {
            ProductMatch::None => {
                let thing = match (named.is_none(), near) {
                    (true, _) => Thing::None,
                    (false, true) => Thing::Near,
                    (false, false) => Thing::Unknown,
                };
                let intent = intent::without_product(&heard, thing);
                understood(intent, alone_bp(intent), product, named)
            }
            ProductMatch::One(_) | ProductMatch::Several(_) => {
                let intent = intent::about_product(&heard);
                let confidence_bp = u16::try_from(score_bp.min(10_000) * 95 / 100).unwrap_or(u16::MAX);
                // Whoever wants two litres of the milk that comes by the litre names a quantity.
                let size = other_size.filter(|size| !(size.packs && heard.has(Sense::Want)) && size.raw.chars().count() <= SIZE_MAX);
                let other_size = size.and_then(|size| Name::cut(&size.raw));
                Understanding { other_size, ..understood(intent, confidence_bp, product, named) }
            }
        }
    }
}

/// Parts the terms into those that name something and those that usually do not but occur in names here ("Good Day").
fn split(words: &[String], vocabulary: &Vocabulary) -> (Vec<Term>, Vec<Term>) {
    let (mut needed, mut optional) = (Vec::new(), Vec::new());
    let mut phrase = 0;
    for mut term in terms(words) {
        term.phrase = phrase;
        let plain = known(&term.raw).is_some() || is_measure(&term.raw);
        match term.kind {
            TermKind::Count => {}
            TermKind::Word if plain && vocabulary.has_raw(&term.raw) => optional.push(term),
            TermKind::Word if plain => phrase += usize::from(!is_measure(&term.raw) && !LINKS.contains(&term.raw.as_str())),
            TermKind::Word | TermKind::Number | TermKind::Size => needed.push(term),
        }
    }
    (needed, optional)
}

/// The words that name something, short enough to be repeated to the person.
fn named(needed: &[Term]) -> Option<Name> {
    let mut named = String::new();
    for term in needed {
        if named.chars().count() + term.raw.chars().count() >= WORDS_MAX {
            break;
        }
        if !named.is_empty() {
            named.push(' ');
        }
        named.push_str(&term.raw);
    }
    Name::cut(&named)
}

fn alone_bp(intent: Intent) -> u16 {
    match intent {
        Intent::Greeting
        | Intent::Thanks
        | Intent::Acknowledgement
        | Intent::Help
        | Intent::TalkToHuman
        | Intent::OptIn
        | Intent::OptOut => 9_000,
        Intent::CatalogBrowse => 8_000,
        Intent::StockCheck | Intent::PriceCheck => 6_000,
        Intent::OutOfScope => 3_000,
    }
}
