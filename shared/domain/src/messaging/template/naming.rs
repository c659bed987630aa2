//! What names a template: the account, its name there, and the language.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::tenant::NumberId;

/// The longest name of a template, in characters (Meta).
const NAME_MAX: usize = 512;

/// The name of a template: small letters, digits and underscores, as Meta has it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TemplateName(String);

/// The language of a template, as Meta writes it: `en`, `en_US`, `hi`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TemplateLanguage(String);

/// Meta's id of a template in one language: a whole number of up to 63 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ProviderTemplateId(pub u64);

/// What names one template of a business.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TemplateKey {
    /// The WhatsApp Business Account it belongs to.
    pub account: NumberId,
    /// Its name there.
    pub name: TemplateName,
    /// The language.
    pub language: TemplateLanguage,
}

/// Why a string names no template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NamingError {
    /// Not a name.
    #[error("must be 1 to 512 small letters, digits and underscores, like visit_reminder")]
    Name,
    /// Not a language.
    #[error("must be a language code like en, hi or en_US")]
    Language,
}

impl TemplateName {
    /// Checks the shape.
    ///
    /// # Errors
    /// Refuses what is empty, longer than 512 characters, or holds anything but small letters, digits and underscores.
    pub fn new(raw: &str) -> Result<Self, NamingError> {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        let shaped = (1..=NAME_MAX).contains(&raw.len()) && raw.bytes().all(plain);
        shaped.then(|| Self(raw.to_owned())).ok_or(NamingError::Name)
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TemplateLanguage {
    /// Checks the shape: two or three small letters, and perhaps an underscore with two to four letters behind it.
    ///
    /// # Errors
    /// Refuses anything else.
    pub fn new(raw: &str) -> Result<Self, NamingError> {
        let (language, region) = raw.split_once('_').map_or((raw, None), |(language, region)| (language, Some(region)));
        let language_ok = (2..=3).contains(&language.len()) && language.bytes().all(|byte| byte.is_ascii_lowercase());
        let region_ok =
            region.is_none_or(|region| (2..=4).contains(&region.len()) && region.bytes().all(|byte| byte.is_ascii_alphabetic()));
        (language_ok && region_ok).then(|| Self(raw.to_owned())).ok_or(NamingError::Language)
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

macro_rules! stringly {
    ($($kind:ident),+) => {$(
        impl TryFrom<String> for $kind {
            type Error = NamingError;
            fn try_from(raw: String) -> Result<Self, NamingError> {
                Self::new(&raw)
            }
        }
        impl FromStr for $kind {
            type Err = NamingError;
            fn from_str(raw: &str) -> Result<Self, NamingError> {
                Self::new(raw)
            }
        }
        impl From<$kind> for String {
            fn from(value: $kind) -> Self {
                value.0
            }
        }
        impl fmt::Display for $kind {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }
    )+};
}

stringly!(TemplateName, TemplateLanguage);

impl fmt::Display for ProviderTemplateId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_meta() {
        for good in ["visit_reminder", "a", "1", &"x".repeat(512)] {
            assert_eq!(TemplateName::new(good).unwrap().as_str(), good);
        }
        for bad in ["", "Visit", "visit-reminder", "visit reminder", "हिन्दी", &"x".repeat(513)] {
            assert_eq!(TemplateName::new(bad), Err(NamingError::Name), "{bad}");
        }
    }

    #[test]
    fn languages_are_those_of_meta() {
        for good in ["en", "hi", "fil", "en_US", "pt_BR", "zh_CN"] {
            assert!(TemplateLanguage::new(good).is_ok(), "{good}");
        }
        for bad in ["", "e", "EN", "en-US", "en_", "en_1", "english", "en_US_x"] {
            assert_eq!(TemplateLanguage::new(bad), Err(NamingError::Language), "{bad}");
        }
    }
}
