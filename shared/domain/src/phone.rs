//! Phone numbers in E.164 (ITU-T recommendation): digits with the country code, at most fifteen.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// An E.164 number. `Display` gives `+919876500001`; `Debug` hides all but the ends.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(u64);

/// Why a string is no phone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be a phone number with its country code, like +919876500001: 8 to 15 digits, the first not 0")]
pub struct PhoneError;

impl Phone {
    /// The digits without the plus sign: the form of WhatsApp's `wa_id`.
    #[must_use]
    pub fn digits(self) -> String {
        self.0.to_string()
    }
}

impl FromStr for Phone {
    type Err = PhoneError;

    /// Accepts digits with or without a leading plus. National formats are parsed where a person typed them, not here.
    fn from_str(raw: &str) -> Result<Self, PhoneError> {
        let digits = raw.strip_prefix('+').unwrap_or(raw);
        let shaped = (8..=15).contains(&digits.len()) && !digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit());
        if !shaped {
            return Err(PhoneError);
        }
        digits.parse().map(Self).map_err(|_| PhoneError)
    }
}

impl TryFrom<String> for Phone {
    type Error = PhoneError;
    fn try_from(raw: String) -> Result<Self, PhoneError> {
        raw.parse()
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.to_string()
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "+{}", self.0)
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.digits();
        write!(formatter, "Phone(+{}…{})", &digits[..2], &digits[digits.len() - 2..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_e164_only() {
        assert_eq!("919876500001".parse::<Phone>().unwrap().to_string(), "+919876500001");
        for bad in ["", "+", "12345", "0919876500001", "+91 98765", "9198765000012345", "٩٨٧٦٥٤٣٢١"] {
            assert_eq!(bad.parse::<Phone>(), Err(PhoneError), "{bad}");
        }
    }

    #[test]
    fn debug_hides_the_number() {
        assert_eq!(format!("{:?}", "+919876500010".parse::<Phone>().unwrap()), "Phone(+91…10)");
    }
}
