//! Words grouped into what a product is recognised by: words, model numbers and sizes.

use super::fold::fold;

/// How many terms of a name or a message are compared.
pub(super) const TERMS_MAX: usize = 16;

/// A unit of comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Term {
    /// What it is.
    pub kind: TermKind,
    /// The form that is compared.
    pub text: String,
    /// The form that was written.
    pub raw: String,
    /// Which group of words it stands in: between groups are words that name nothing.
    pub phrase: usize,
}

/// What a term is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum TermKind {
    /// A word in its loose spelling.
    Word,
    /// A number that stands alone: the 15 of an "iPhone 15".
    Number,
    /// A measure, in one form for all spellings: `1 kg` and `1000 gm` are the same.
    Size,
    /// A count or an amount of money, "2 packet" or "10 rs": says how much is wanted, not what.
    Count,
}

const KILOGRAM: &[&str] = &["kg", "kgs", "kilo", "kilos", "kilogram", "kilograms", "kilogm", "किलो", "किग्रा", "केजी", "किलोग्राम"];
const GRAM: &[&str] = &["g", "gm", "gms", "gr", "gram", "grams", "grm", "ग्राम", "ग्रा"];
const LITRE: &[&str] = &["l", "lt", "ltr", "ltrs", "litre", "litres", "liter", "liters", "लीटर", "लिटर"];
const MILLILITRE: &[&str] = &["ml", "mls", "मिली", "एमएल"];
/// Memory of phones and cards: tells models apart as packs do, but is no weight.
const GIGABYTE: &[&str] = &["gb", "gbs", "gigabyte", "gigabytes", "जीबी"];
const TERABYTE: &[&str] = &["tb", "terabyte", "टीबी"];
/// The end of a memory size in the form that is compared.
pub(super) const MEMORY: &str = "gb";
const COUNTED: &[&str] = &[
    "packet",
    "packets",
    "pkt",
    "pkts",
    "pack",
    "piece",
    "pieces",
    "pcs",
    "pc",
    "nos",
    "dozen",
    "darjan",
    "box",
    "boxes",
    "dabba",
    "dabbe",
    "bag",
    "bags",
    "bori",
    "katta",
    "bottle",
    "bottles",
    "botal",
    "rs",
    "rupee",
    "rupees",
    "rupaye",
    "rupay",
    "rupaiya",
    "rupya",
    "₹",
    "पैकेट",
    "पीस",
    "दर्जन",
    "डिब्बा",
    "डिब्बे",
    "बोरी",
    "बोतल",
    "रुपये",
    "रुपए",
    "रुपया",
    "रु",
];

/// Groups the words of a text.
pub(super) fn terms(words: &[String]) -> Vec<Term> {
    let mut terms = Vec::with_capacity(words.len());
    let mut index = 0;
    while let Some(word) = words.get(index) {
        let next = words.get(index + 1);
        let (term, taken) = if word.starts_with(|first: char| first.is_ascii_digit()) {
            number(word, next)
        } else {
            (Term { kind: TermKind::Word, text: fold(word), raw: word.clone(), phrase: 0 }, 1)
        };
        terms.push(term);
        index += taken;
    }
    terms
}

/// Whether a word alone names a way of counting or measuring.
pub(super) fn is_measure(word: &str) -> bool {
    [KILOGRAM, GRAM, LITRE, MILLILITRE, GIGABYTE, TERABYTE, COUNTED].iter().any(|unit| unit.contains(&word))
}

fn number(number: &str, next: Option<&String>) -> (Term, usize) {
    let Some(unit) = next else {
        return (bare(number), 1);
    };
    let measured = [
        (KILOGRAM, 1_000_000, "mg"),
        (GRAM, 1_000, "mg"),
        (LITRE, 1_000_000, "ul"),
        (MILLILITRE, 1_000, "ul"),
        (GIGABYTE, 1, MEMORY),
        (TERABYTE, 1_000, MEMORY),
    ];
    let raw = format!("{number} {unit}");
    if let Some((_, factor, base)) = measured.iter().find(|(unit_words, _, _)| unit_words.contains(&unit.as_str())) {
        let Some(thousandths) = thousandths(number) else {
            return (bare(number), 1);
        };
        return (Term { kind: TermKind::Size, text: format!("{}{base}", thousandths * factor / 1_000), raw, phrase: 0 }, 2);
    }
    if COUNTED.contains(&unit.as_str()) {
        return (Term { kind: TermKind::Count, text: number.to_owned(), raw, phrase: 0 }, 2);
    }
    (bare(number), 1)
}

fn bare(number: &str) -> Term {
    Term { kind: TermKind::Number, text: number.to_owned(), raw: number.to_owned(), phrase: 0 }
}

/// A decimal number of up to nine digits before and three after its point, in thousandths.
fn thousandths(number: &str) -> Option<u64> {
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    if whole.len() > 9 {
        return None;
    }
    let part: String = part.chars().chain("000".chars()).take(3).collect();
    Some(whole.parse::<u64>().ok()? * 1_000 + part.parse::<u64>().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::normal::words;

    #[test]
    fn sizes_have_one_form() {
        for same in [["1kg", "1000 gm"], ["0.5 litre", "500ml"], ["2.5 किलो", "2500 gram"], ["१ किलो", "1 KG"]] {
            let found: Vec<Term> = same.iter().flat_map(|text| terms(&words(text))).collect();
            assert_eq!((found.len(), found[0].kind), (2, TermKind::Size), "{same:?}");
            assert_eq!(found[0].text, found[1].text, "{same:?}");
        }
    }

    #[test]
    fn numbers_are_models_unless_something_is_counted() {
        let kinds = |text: &str| terms(&words(text)).iter().map(|term| term.kind).collect::<Vec<_>>();
        assert_eq!(kinds("iphone 15"), [TermKind::Word, TermKind::Number]);
        assert_eq!(kinds("2 packet parle g"), [TermKind::Count, TermKind::Word, TermKind::Word]);
        assert_eq!(kinds("10 rs"), [TermKind::Count]);
        assert_eq!(kinds("99999999999 kg"), [TermKind::Number, TermKind::Word]);
    }
}
