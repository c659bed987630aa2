//! Media types with their parameters: `audio/ogg; codecs=opus` is one type and one parameter, not a file ending.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The longest media type accepted, in bytes.
const MIME_MAX: usize = 128;

/// A media type as RFC 9110 has it: type and subtype in small letters, parameters as they came.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Mime {
    whole: String,
    essence: usize,
}

/// Why a string is no media type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be a media type such as image/jpeg")]
pub struct MimeError;

impl Mime {
    /// Reads a media type.
    ///
    /// # Errors
    /// Refuses what is no type and subtype, and what is longer than 128 bytes.
    pub fn new(raw: &str) -> Result<Self, MimeError> {
        let raw = raw.trim();
        let (essence, parameters) = raw.split_once(';').map_or((raw, ""), |(essence, rest)| (essence.trim_end(), rest.trim()));
        let (kind, subtype) = essence.split_once('/').ok_or(MimeError)?;
        let plain = raw.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic());
        if !plain || !is_token(kind) || !is_token(subtype) {
            return Err(MimeError);
        }
        let essence = essence.to_ascii_lowercase();
        let length = essence.len();
        let whole = if parameters.is_empty() { essence } else { format!("{essence}; {parameters}") };
        if whole.len() > MIME_MAX {
            return Err(MimeError);
        }
        Ok(Self { whole, essence: length })
    }

    /// The type of bytes of which nothing is known.
    #[must_use]
    pub fn unknown() -> Self {
        let whole = "application/octet-stream".to_owned();
        Self { essence: whole.len(), whole }
    }

    /// Type and subtype, without parameters.
    #[must_use]
    pub fn essence(&self) -> &str {
        &self.whole[..self.essence]
    }

    /// All of it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.whole
    }

    /// Whether it is Ogg with Opus, which `WhatsApp` plays as a voice note.
    #[must_use]
    pub fn is_voice(&self) -> bool {
        self.essence() == "audio/ogg" && self.parameter("codecs").is_none_or(|codecs| codecs.eq_ignore_ascii_case("opus"))
    }

    /// The parameter of this name, without quotes.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.whole[self.essence..].split(';').find_map(|part| {
            let (found, value) = part.split_once('=')?;
            found.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"'))
        })
    }
}

/// A token of RFC 9110.
fn is_token(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

impl TryFrom<String> for Mime {
    type Error = MimeError;
    fn try_from(raw: String) -> Result<Self, MimeError> {
        Self::new(&raw)
    }
}

impl From<Mime> for String {
    fn from(mime: Mime) -> Self {
        mime.whole
    }
}

impl fmt::Display for Mime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.whole)
    }
}

impl fmt::Debug for Mime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Mime({})", self.essence())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn parameters_are_no_part_of_the_type() {
        let voice = Mime::new("Audio/OGG; codecs=opus").unwrap();
        assert_eq!((voice.essence(), voice.as_str()), ("audio/ogg", "audio/ogg; codecs=opus"));
        assert_eq!((voice.parameter("Codecs"), voice.parameter("charset")), (Some("opus"), None));
        assert_eq!(Mime::new("text/plain;charset=\"utf-8\";x=1").unwrap().parameter("charset"), Some("utf-8"));
        assert_eq!(Mime::new("image/jpeg ; ").unwrap().as_str(), "image/jpeg");
        for wrong in ["", "image", "image/", "/jpeg", "image/jp eg", "image/jpeg\r\nx: y", "imáge/jpeg", "a/b/c"] {
            assert!(Mime::new(wrong).is_err(), "{wrong}");
        }
        assert!(Mime::new(&format!("a/{}", "b".repeat(200))).is_err());
        for length in 120..130 {
            let raw = format!("a/b;c={}", "d".repeat(length - 6));
            assert_eq!(Mime::new(&raw).ok().map(|mime| Mime::new(mime.as_str()).is_ok()), (length < 128).then_some(true), "{length}");
        }
    }

    proptest! {
        #[test]
        fn reading_never_panics_and_what_reads_reads_again(raw in any::<String>()) {
            if let Ok(mime) = Mime::new(&raw) {
                prop_assert_eq!(Mime::new(mime.as_str()), Ok(mime.clone()));
                prop_assert!(mime.as_str().starts_with(mime.essence()));
            }
        }
    }
}
