//! The tables `codes.tsv` and `advice.tsv`, read once.

use std::{collections::HashMap, ops::RangeInclusive, sync::LazyLock};

use super::{FailureClass, Retry};

/// What the catalogue says of a code.
#[derive(Clone, Debug)]
pub struct Entry {
    codes: RangeInclusive<i64>,
    subcode: Option<i64>,
    /// What it is a failure of.
    pub class: FailureClass,
    /// When to try again.
    pub retry: Retry,
    /// Whether a person may be offered to send it once more.
    pub again: bool,
    /// The name of its text; codes that are the same to people share one.
    pub text: &'static str,
    /// What to do, in English.
    pub english: &'static str,
    /// What to do, in Hindi.
    pub hindi: &'static str,
}

/// What holds for a code nobody told us of: it is shown, a person may try again, nothing is repeated by itself.
static UNKNOWN: LazyLock<Entry> = LazyLock::new(|| {
    let (english, hindi) = TEXTS.get("unknown").copied().unwrap_or(("?", "?"));
    Entry {
        codes: i64::MAX..=i64::MAX,
        subcode: None,
        class: FailureClass::Fix,
        retry: Retry::Never,
        again: true,
        text: "unknown",
        english,
        hindi,
    }
});

static TEXTS: LazyLock<HashMap<&'static str, (&'static str, &'static str)>> =
    LazyLock::new(|| rows(include_str!("advice.tsv")).filter_map(|[key, english, hindi]| Some((key?, (english?, hindi?)))).collect());

/// Sorted by the first code of each row, a row with a subcode before its code's own.
pub(super) static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let mut entries: Vec<Entry> = rows(include_str!("codes.tsv")).filter_map(entry_of).collect();
    entries.sort_by_key(|entry| (*entry.codes.start(), entry.subcode.is_none()));
    entries
});

/// The entry of a code.
pub(super) fn entry(code: i64, subcode: Option<i64>) -> &'static Entry {
    let own = |entry: &&Entry| entry.codes.contains(&code) && (entry.subcode.is_none() || entry.subcode == subcode);
    ENTRIES.iter().find(own).unwrap_or_else(|| &UNKNOWN)
}

fn entry_of([codes, class, retry, again, text]: [Option<&'static str>; 5]) -> Option<Entry> {
    let (codes, subcode) = match codes?.split_once('.') {
        Some((code, subcode)) => (code, Some(subcode.parse().ok()?)),
        None => (codes?, None),
    };
    // A code of ours begins with a minus, which is no range.
    let (first, last) =
        codes.char_indices().skip(1).find(|(_, c)| *c == '-').map_or((codes, codes), |(at, _)| (&codes[..at], &codes[at + 1..]));
    let text = text?;
    let (english, hindi) = TEXTS.get(text).copied()?;
    Some(Entry {
        codes: first.parse().ok()?..=last.parse().ok()?,
        subcode,
        class: class_of(class?)?,
        retry: retry_of(retry?)?,
        again: again? == "y",
        text,
        english,
        hindi,
    })
}

fn class_of(letter: &str) -> Option<FailureClass> {
    match letter {
        "T" => Some(FailureClass::Transient),
        "W" => Some(FailureClass::Wait),
        "F" => Some(FailureClass::Fix),
        "S" => Some(FailureClass::Stop),
        "A" => Some(FailureClass::Halt),
        _ => None,
    }
}

fn retry_of(rule: &str) -> Option<Retry> {
    let mut words = rule.split(' ');
    let (name, first, second) = (words.next()?, words.next(), words.next());
    match (name, first, second) {
        ("never", None, None) => Some(Retry::Never),
        ("pair", None, None) => Some(Retry::Pair),
        ("pause", None, None) => Some(Retry::Pause),
        ("consent", None, None) => Some(Retry::Consent),
        ("halt", None, None) => Some(Retry::Halt),
        ("backoff", Some(base), Some(attempts)) => Some(Retry::Backoff { base: base.parse().ok()?, attempts: attempts.parse().ok()? }),
        ("wait", Some(base), Some(cap)) => Some(Retry::Wait { base: base.parse().ok()?, cap: cap.parse().ok()? }),
        _ => None,
    }
}

/// The rows of a table, cut at tabs. A comment begins with `#`.
pub(super) fn rows<const COLUMNS: usize>(table: &'static str) -> impl Iterator<Item = [Option<&'static str>; COLUMNS]> {
    table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(|line| {
        let mut cells = line.split('\t');
        std::array::from_fn(|_| cells.next())
    })
}
