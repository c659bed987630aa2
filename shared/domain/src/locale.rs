//! The languages replies are written in.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A language together with its script, named on the wire by its BCP 47 code.
///
/// A new language is a new variant: the compiler then points at every table that lacks it, for all of them match by name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub enum Locale {
    /// English as spoken in India.
    #[default]
    English,
    /// Hindi in Devanagari.
    Hindi,
    /// Hindi in Latin letters, with the English words people mix in.
    Hinglish,
}

/// Why a string is no [`Locale`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("locale must be one of en, hi, hi-Latn")]
pub struct LocaleError;

impl Locale {
    /// Every locale, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::English, Self::Hindi, Self::Hinglish];

    /// The BCP 47 code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Hindi => "hi",
            Self::Hinglish => "hi-Latn",
        }
    }
}

impl FromStr for Locale {
    type Err = LocaleError;
    fn from_str(code: &str) -> Result<Self, LocaleError> {
        Self::ALL.into_iter().find(|locale| locale.code().eq_ignore_ascii_case(code)).ok_or(LocaleError)
    }
}

impl TryFrom<String> for Locale {
    type Error = LocaleError;
    fn try_from(code: String) -> Result<Self, LocaleError> {
        code.parse()
    }
}

impl From<Locale> for &'static str {
    fn from(locale: Locale) -> Self {
        locale.code()
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_go_both_ways() {
        for locale in Locale::ALL {
            assert_eq!(locale.code().parse(), Ok(locale));
            let json = serde_json::to_string(&locale).unwrap();
            assert_eq!(json, format!("{:?}", locale.code()));
            assert_eq!(serde_json::from_str::<Locale>(&json).unwrap(), locale);
        }
        assert_eq!("HI-latn".parse(), Ok(Locale::Hinglish));
        assert_eq!("fr".parse::<Locale>(), Err(LocaleError));
    }
}
