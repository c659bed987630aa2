//! Spellings that mean the same: Hinglish has no dictionary, so `cheeni`, `chini` and `chinee` are one word here, and so is `चीनी`.

/// A word in its [`sound`], without the plural of English words mixed in: what products are found by.
#[must_use]
pub fn fold(word: &str) -> String {
    let mut folded = sound(word);
    if folded.is_ascii() && folded.len() > 3 && folded.ends_with('s') && !folded.ends_with("us") && !folded.ends_with("as") {
        folded.pop();
    }
    folded
}

/// A word of [`super::normal::words`] in a loose spelling: Devanagari in Latin letters, long vowels short, doubled letters single.
///
/// Numbers and other scripts come back as they are.
#[must_use]
pub fn sound(word: &str) -> String {
    let latin = match word.chars().next() {
        Some(first) if is_devanagari(first) => romanised(word),
        Some(first) if first.is_ascii_alphabetic() => word.to_owned(),
        Some(_) | None => return word.to_owned(),
    };
    loose(&latin)
}

/// The folded word without its short vowels: Devanagari does not write the `a` of a consonant and people do not agree where it is.
#[must_use]
pub fn skeleton(folded: &str) -> String {
    folded.char_indices().filter(|(index, letter)| *index == 0 || *letter != 'a').map(|(_, letter)| letter).collect()
}

fn is_devanagari(letter: char) -> bool {
    ('\u{900}'..='\u{97f}').contains(&letter)
}

/// Devanagari as people type it in Latin letters. A consonant keeps its `a` unless it is the last of the word.
fn romanised(word: &str) -> String {
    let mut latin = String::with_capacity(word.len());
    let mut letters = word.chars().filter(|letter| *letter != '\u{93c}').peekable();
    while let Some(letter) = letters.next() {
        let Some(consonant) = consonant(letter) else {
            latin.push_str(vowel(letter));
            continue;
        };
        latin.push_str(consonant);
        match letters.peek() {
            Some('\u{94d}') => {
                letters.next();
            }
            Some(next) if consonant_takes_a(*next) => latin.push('a'),
            Some(_) | None => {}
        }
    }
    latin
}

/// Whether the letter after a consonant leaves it its own vowel.
fn consonant_takes_a(next: char) -> bool {
    !('\u{93e}'..='\u{94c}').contains(&next)
}

fn consonant(letter: char) -> Option<&'static str> {
    Some(match letter {
        'क' | '\u{958}' => "k",
        'ख' | '\u{959}' => "kh",
        'ग' | '\u{95a}' => "g",
        'घ' => "gh",
        'ङ' | 'ञ' | 'ण' | 'न' | 'ऩ' => "n",
        'च' => "ch",
        'छ' => "chh",
        'ज' => "j",
        '\u{95b}' => "z",
        'झ' => "jh",
        'ट' | 'त' => "t",
        'ठ' | 'थ' => "th",
        'ड' | 'द' | '\u{95c}' => "d",
        'ढ' | 'ध' | '\u{95d}' => "dh",
        'प' => "p",
        'फ' | '\u{95e}' => "f",
        'ब' => "b",
        'भ' => "bh",
        'म' => "m",
        'य' | '\u{95f}' => "y",
        'र' | 'ऱ' => "r",
        'ल' | 'ळ' | 'ऴ' => "l",
        'व' => "v",
        'श' | 'ष' => "sh",
        'स' => "s",
        'ह' => "h",
        _ => return None,
    })
}

fn vowel(letter: char) -> &'static str {
    match letter {
        'अ' => "a",
        'आ' | '\u{93e}' => "aa",
        'इ' | 'ई' | '\u{93f}' | '\u{940}' => "i",
        'उ' | 'ऊ' | '\u{941}' | '\u{942}' => "u",
        'ऋ' | '\u{943}' => "ri",
        'ए' | 'ऍ' | 'ऎ' | '\u{947}' | '\u{945}' | '\u{946}' => "e",
        'ऐ' | '\u{948}' => "ai",
        'ओ' | 'ऑ' | 'ऒ' | '\u{94b}' | '\u{949}' | '\u{94a}' => "o",
        'औ' | '\u{94c}' => "au",
        '\u{901}' | '\u{902}' => "n",
        _ => "",
    }
}

/// Replacements that make spellings of one sound equal, the longer before the shorter.
const SAME_SOUND: [(&str, &str); 23] = [
    ("chh", "c"),
    ("sch", "s"),
    ("xc", "ks"),
    ("ch", "c"),
    ("ck", "k"),
    ("ph", "f"),
    ("sh", "s"),
    ("aa", "a"),
    ("ee", "i"),
    ("ii", "i"),
    ("oo", "u"),
    ("uu", "u"),
    ("aw", "av"),
    ("ay", "ai"),
    ("ey", "e"),
    ("w", "v"),
    ("z", "j"),
    ("q", "k"),
    ("x", "ks"),
    ("kh", "k"),
    ("gh", "g"),
    ("th", "t"),
    ("dh", "d"),
];

fn loose(latin: &str) -> String {
    let mut out = String::with_capacity(latin.len());
    let mut rest = latin;
    while let Some(letter) = rest.chars().next() {
        let same = SAME_SOUND.iter().find(|(from, _)| rest.starts_with(from));
        let (taken, to) = match same {
            Some((from, to)) => (from.len(), *to),
            None => (letter.len_utf8(), &rest[..letter.len_utf8()]),
        };
        // A doubled letter is a single one: atta and ata, chakki and chaki.
        let doubled = to.len() == 1 && out.ends_with(to);
        if !doubled {
            out.push_str(to);
        }
        rest = &rest[taken..];
    }
    // A final y that others write as i.
    if out.len() > 2 && out.ends_with('y') {
        out.pop();
        out.push('i');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_word_are_one() {
        for same in [
            &["cheeni", "chini", "chinee", "chinni", "चीनी"][..],
            &["aata", "atta", "ata", "aataa", "आटा"],
            &["chawal", "chaawal", "chaval", "चावल"],
            &["doodh", "dudh", "dood", "दूध"],
            &["ghee", "ghi", "gee", "घी"],
            &["haldi", "hldi", "हल्दी"],
            &["namak", "nmak", "नमक"],
            &["masala", "masaala", "मसाला"],
            &["biscuit", "biscuits", "biscuit"],
            &["kitna", "kitnaa", "कितना"],
            &["bhav", "bhaav", "bhaw", "भाव"],
            &["basmati", "basmti", "basamati", "बासमती"],
            &["moong", "mung", "मूंग"],
            &["chai", "chaay", "chay"],
            &["stock", "stok", "स्टॉक"],
        ] {
            let skeletons: Vec<String> = same.iter().map(|word| skeleton(&fold(word))).collect();
            assert!(skeletons.iter().all(|one| *one == skeletons[0]), "{same:?}: {skeletons:?}");
        }
    }

    #[test]
    fn other_words_stay_apart() {
        for (one, other) in [("dal", "dil"), ("tel", "til"), ("sugar", "sagoo"), ("15", "14"), ("चना", "चीनी"), ("அரிசி", "சர்க்கரை")]
        {
            assert_ne!(skeleton(&fold(one)), skeleton(&fold(other)), "{one} {other}");
        }
    }
}
