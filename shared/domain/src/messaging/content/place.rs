//! A place we send.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::{PlaceText, Problem};

/// Decimals of a degree that are kept: a centimetre.
const DECIMALS: usize = 7;
/// The part of a degree that is counted.
const UNITS: u32 = 10_000_000;

/// An angle of at most `MAX` degrees either way, in whole ten-millionths of a degree: no fraction is ever computed with.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Degrees<const MAX: u16>(i32);

/// North is positive.
pub type Latitude = Degrees<90>;
/// East is positive.
pub type Longitude = Degrees<180>;

/// A place.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Location {
    /// How far north.
    #[serde(rename = "a")]
    pub latitude: Latitude,
    /// How far east.
    #[serde(rename = "o")]
    pub longitude: Longitude,
    /// What is there.
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
    pub name: Option<PlaceText>,
    /// Its postal address.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub address: Option<PlaceText>,
}

impl<const MAX: u16> FromStr for Degrees<MAX> {
    type Err = Problem;

    /// Reads `18.5204` or `-73`; decimals beyond the seventh are dropped.
    fn from_str(raw: &str) -> Result<Self, Problem> {
        read(raw.trim(), MAX).map(Self).ok_or(Problem::Shape(if MAX == 90 {
            "degrees from -90 to 90, such as 18.5204"
        } else {
            "degrees from -180 to 180, such as 73.8567"
        }))
    }
}

fn read(raw: &str, max: u16) -> Option<i32> {
    let (negative, digits) = raw.strip_prefix('-').map_or((false, raw), |rest| (true, rest));
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let digits_only = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let shaped = (1..=3).contains(&whole.len()) && decimals.len() <= 32 && digits_only(whole) && digits_only(decimals);
    if !shaped || digits.ends_with('.') {
        return None;
    }
    let kept: String = decimals.chars().chain(std::iter::repeat('0')).take(DECIMALS).collect();
    let units = whole.parse::<u32>().ok()?.checked_mul(UNITS)?.checked_add(kept.parse().ok()?)?;
    // Beyond the limit by less than is kept is beyond it too.
    let beyond = units > u32::from(max) * UNITS || (units == u32::from(max) * UNITS && decimals.bytes().any(|digit| digit != b'0'));
    let units = i32::try_from(units).ok().filter(|_| !beyond)?;
    Some(if negative { -units } else { units })
}

impl<const MAX: u16> TryFrom<String> for Degrees<MAX> {
    type Error = Problem;
    fn try_from(raw: String) -> Result<Self, Problem> {
        raw.parse()
    }
}

impl<const MAX: u16> From<Degrees<MAX>> for String {
    fn from(degrees: Degrees<MAX>) -> Self {
        degrees.to_string()
    }
}

impl<const MAX: u16> fmt::Display for Degrees<MAX> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, units) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        let decimals = format!("{:0DECIMALS$}", units % UNITS);
        match decimals.trim_end_matches('0') {
            "" => write!(formatter, "{sign}{}", units / UNITS),
            decimals => write!(formatter, "{sign}{}.{decimals}", units / UNITS),
        }
    }
}

/// Where somebody is concerns nobody who reads a log.
impl<const MAX: u16> fmt::Debug for Degrees<MAX> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Degrees(…)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn degrees_are_read_and_written_exactly() {
        for (raw, written) in
            [("18.5204", "18.5204"), ("-90", "-90"), ("90.000", "90"), ("0.00000001", "0"), ("-0.5", "-0.5"), ("007", "7")]
        {
            assert_eq!(raw.parse::<Latitude>().unwrap().to_string(), written, "{raw}");
        }
        for bad in ["", "-", ".5", "5.", "90.1", "90.00000001", "-91", "1e2", "१८", "+5", "1234", "18,5", "NaN"] {
            assert!(bad.parse::<Latitude>().is_err(), "{bad}");
        }
        assert!("180".parse::<Longitude>().is_ok() && "180.0001".parse::<Longitude>().is_err());
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(units in -1_800_000_000_i32..=1_800_000_000) {
            let degrees = Degrees::<180>(units);
            prop_assert_eq!(degrees.to_string().parse::<Longitude>(), Ok(degrees));
        }
    }
}
