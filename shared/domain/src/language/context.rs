//! Words that are something else beside their neighbours: "gud" is jaggery, but not before "morning".

/// Words any of which may stand in one place; the empty word is the beginning or the end of the message.
type Place = &'static [&'static str];

/// A word that gives way to another where its neighbours say so.
struct Turn {
    /// What is written.
    word: Place,
    /// What stands before it, in order.
    before: &'static [Place],
    /// What stands after it, in order.
    after: &'static [Place],
    /// What has to be elsewhere in the message; empty for nothing.
    along: Place,
    /// What is meant.
    meant: &'static str,
}

const DAY_PARTS: Place =
    &["morning", "mrng", "mornin", "morng", "afternoon", "aftrnoon", "evening", "evng", "eve", "noon", "night", "nite", "nyt"];
const GOOD: Place = &["good", "nice", "great", "lovely", "gud", "wonderful", "blessed"];
const HAVE: Place = &["have", "hv", "wish"];
const CALLING: Place = &["call", "baat", "phone", "contact", "talk"];
const ADDRESS: Place = &["sir", "madam", "maam", "sirji", "everyone", "all", "to"];
/// What comes before an English request or wish.
const POLITE: Place = &[
    "", "please", "pls", "plz", "plss", "kindly", "can", "could", "hi", "hello", "hey", "sir", "bhaiya", "bhai", "ji", "and", "thanks",
    "ok", "okay", "bye",
];
/// "you" asks as well, but wishes nothing: "do you have a Good Day".
const ASKING: Place =
    &["", "please", "pls", "plz", "plss", "kindly", "can", "you", "u", "hi", "hello", "hey", "sir", "bhaiya", "bhai", "ji", "and"];

const TURNS: &[Turn] = &[
    Turn { word: &["gud", "gd", "goood"], before: &[], after: &[DAY_PARTS], along: &[], meant: "good" },
    Turn { word: &["shubh", "subh", "शुभ"], before: &[], after: &[], along: &[], meant: "good" },
    // "tel" is oil wherever it is said in Hindi: "sarson ka tel me …" stays what it is.
    Turn { word: &["tel"], before: &[ASKING], after: &[&["me", "us"]], along: &[], meant: "tell" },
    Turn { word: &["tel"], before: &[], after: &[&["pe", "par", "no", "number"]], along: CALLING, meant: "phone" },
    Turn { word: &["day"], before: &[POLITE, HAVE, &["a"], GOOD], after: &[], along: &[], meant: "morning" },
    Turn { word: HAVE, before: &[POLITE], after: &[&["a"], GOOD, &["day"]], along: &[], meant: "hello" },
    Turn { word: &["day"], before: &[&["good", "gud"]], after: &[ADDRESS], along: &[], meant: "morning" },
];

/// The words with those replaced that their neighbours make something else.
pub(super) fn in_context(words: Vec<String>) -> Vec<String> {
    let turned: Vec<Option<&str>> = (0..words.len()).map(|index| turned(&words, index)).collect();
    words.into_iter().zip(turned).map(|(word, meant)| meant.map_or(word, str::to_owned)).collect()
}

fn turned(words: &[String], index: usize) -> Option<&'static str> {
    let fits = |place: Place, index: Option<usize>| place.contains(&index.and_then(|index| words.get(index)).map_or("", String::as_str));
    let turn = TURNS.iter().find(|turn| {
        turn.word.contains(&words[index].as_str())
            && turn.before.iter().rev().enumerate().all(|(back, place)| fits(place, index.checked_sub(back + 1)))
            && turn.after.iter().enumerate().all(|(ahead, place)| fits(place, Some(index + ahead + 1)))
            && (turn.along.is_empty() || words.iter().any(|word| turn.along.contains(&word.as_str())))
    })?;
    Some(turn.meant)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::normal::words;

    #[test]
    fn neighbours_decide() {
        for (text, meant) in [
            ("gud mrng", "good mrng"),
            ("gud hai kya", "gud hai kya"),
            ("tel me the rate", "tell me the rate"),
            ("pls tel me", "pls tell me"),
            ("sarson ka tel me kya rate", "sarson ka tel me kya rate"),
            ("mustard tel me offer", "mustard tel me offer"),
            ("call karo tel pe", "call karo phone pe"),
            ("tel par kitna lagega", "tel par kitna lagega"),
            ("have a nice day", "hello a nice morning"),
            ("thanks, have a good day", "thanks hello a good morning"),
            ("do you have a good day", "do you have a good day"),
            ("do you have good day biscuit", "do you have good day biscuit"),
            ("good day hai kya", "good day hai kya"),
        ] {
            assert_eq!(in_context(words(text)), words(meant), "{text}");
        }
    }
}
