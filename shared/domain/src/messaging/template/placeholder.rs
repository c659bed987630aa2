//! Texts with variables: `Hi {{1}}` and `Hi {{name}}`.

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Words.
    Text(&'a str),
    /// What stands between two pairs of braces, as it stands there.
    Variable(&'a str),
}

/// Takes a text apart. Braces that do not pair are words.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find("{{") {
        let Some(length) = rest[start + 2..].find("}}") else { break };
        if start > 0 {
            found.push(Piece::Text(&rest[..start]));
        }
        found.push(Piece::Variable(&rest[start + 2..start + 2 + length]));
        rest = &rest[start + length + 4..];
    }
    if !rest.is_empty() {
        found.push(Piece::Text(rest));
    }
    found
}

/// The variables of a text, each once, in the order in which they first stand there.
#[must_use]
pub fn variables(text: &str) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    for piece in pieces(text) {
        if let Piece::Variable(raw) = piece
            && !found.contains(&raw.trim())
        {
            found.push(raw.trim());
        }
    }
    found
}

/// Puts values in the places of variables; a variable without one stays as it stands.
pub(super) fn fill<'a>(text: &'a str, value: impl Fn(&str) -> Option<&'a str>) -> String {
    let mut filled = String::with_capacity(text.len());
    for piece in pieces(text) {
        match piece {
            Piece::Text(words) => filled.push_str(words),
            Piece::Variable(raw) => {
                if let Some(value) = value(raw.trim()) {
                    filled.push_str(value);
                } else {
                    filled.push_str("{{");
                    filled.push_str(raw);
                    filled.push_str("}}");
                }
            }
        }
    }
    filled
}

/// Whether the name of a variable is one of a positional template: a number from 1, without leading zeros.
pub(super) fn position(name: &str) -> Option<usize> {
    let shaped = !name.starts_with('0') && name.bytes().all(|byte| byte.is_ascii_digit());
    name.parse().ok().filter(|_| shaped)
}

/// Whether the name of a variable is one of a named template: a small letter, then small letters, digits and underscores.
pub(super) fn is_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_text_is_taken_apart_and_filled() {
        assert_eq!(
            pieces("Hi {{name}}, at {{ slot }}!"),
            [Piece::Text("Hi "), Piece::Variable("name"), Piece::Text(", at "), Piece::Variable(" slot "), Piece::Text("!")]
        );
        assert_eq!(variables("{{2}} {{1}} {{2}}"), ["2", "1"]);
        let value = |name: &str| (name == "name").then_some("आशा");
        assert_eq!(fill("Hi {{name}}, {{other}}, {{", value), "Hi आशा, {{other}}, {{");
    }

    #[test]
    fn numbers_and_names_are_told_apart() {
        assert_eq!(position("12"), Some(12));
        for bad in ["0", "01", "", "1a", "-1", "99999999999999999999999"] {
            assert_eq!(position(bad), None, "{bad}");
        }
        assert!(is_name("first_name2") && !is_name("1st") && !is_name("First") && !is_name("") && !is_name("a b"));
    }

    proptest! {
        #[test]
        fn nothing_is_lost(text in "[a{} 1\n]{0,30}") {
            let joined: String = pieces(&text)
                .into_iter()
                .map(|piece| match piece {
                    Piece::Text(words) => words.to_owned(),
                    Piece::Variable(raw) => format!("{{{{{raw}}}}}"),
                })
                .collect();
            prop_assert_eq!(&joined, &text);
            prop_assert_eq!(fill(&text, |_| None), text);
        }
    }
}
