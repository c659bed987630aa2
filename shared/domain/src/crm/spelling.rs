//! The other spelling of a phone number, in the three countries where WhatsApp itself uses two for one person.

use crate::phone::Phone;

/// This number, and the other way WhatsApp may write the same one; never more than two. What Meta sent stays as it is: spellings are
/// for finding a person who is known already, and are never written down.
///
/// - Brazil: mobile numbers gained a 9 after the area code, and older accounts go without it.
/// - Mexico: a 1 after the country code, for mobiles, was given up.
/// - Argentina: mobiles have a 9 after the country code. It is only ever left out here: adding it could make somebody else's number.
#[must_use]
pub fn spellings(phone: Phone) -> Vec<Phone> {
    let digits = phone.digits();
    let other = brazil(&digits).or_else(|| mexico(&digits)).or_else(|| argentina(&digits));
    let other = other.and_then(|digits| digits.parse().ok());
    std::iter::once(phone).chain(other).collect()
}

fn brazil(digits: &str) -> Option<String> {
    let national = digits.strip_prefix("55")?;
    let (area, local) = national.split_at_checked(2)?;
    // Of eight digits, mobiles begin with 6 to 9; what begins lower is a fixed line and has no other spelling.
    let mobile = |local: &str| local.len() == 8 && local.starts_with(['6', '7', '8', '9']);
    match local.strip_prefix('9').filter(|short| mobile(short)) {
        Some(short) => Some(format!("55{area}{short}")),
        None => mobile(local).then(|| format!("55{area}9{local}")),
    }
}

fn mexico(digits: &str) -> Option<String> {
    let national = digits.strip_prefix("52")?;
    match national.strip_prefix('1').filter(|short| short.len() == 10) {
        Some(short) => Some(format!("52{short}")),
        None => (national.len() == 10).then(|| format!("521{national}")),
    }
}

fn argentina(digits: &str) -> Option<String> {
    let short = digits.strip_prefix("549")?;
    // No area there begins with a 9.
    (short.len() == 10 && !short.starts_with('9')).then(|| format!("54{short}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(raw: &str) -> Vec<String> {
        spellings(raw.parse().unwrap()).into_iter().map(Phone::digits).collect()
    }

    #[test]
    fn one_person_is_found_under_both() {
        for (sent, known) in [
            ("5511987654321", "551187654321"),
            ("551187654321", "5511987654321"),
            ("5215512345678", "525512345678"),
            ("525512345678", "5215512345678"),
            ("5491123456789", "541123456789"),
        ] {
            assert_eq!(of(sent), [sent, known]);
        }
    }

    #[test]
    fn nobody_elses_number_is_made_up() {
        for alone in [
            "541123456789", // a 9 would make a mobile of what may be a fixed line
            "551133334444", // a fixed line in São Paulo
            "919876500001", // India has one spelling
            "5512345678",   // too short for any of them
            "12025550100",
            "529999999999999",
        ] {
            assert_eq!(of(alone), [alone], "{alone}");
        }
    }

    proptest! {
        #[test]
        fn a_number_is_its_own_first_spelling_and_at_most_one_more(digits in "[1-9][0-9]{7,14}") {
            let all = of(&digits);
            prop_assert_eq!(&all[0], &digits);
            prop_assert!(all.len() <= 2);
            let there = ["55", "52", "54"].iter().any(|code| digits.starts_with(code));
            prop_assert!(there || all.len() == 1);
        }

        /// The other spelling never gains the 9 of Argentina, and stays in its country.
        #[test]
        fn spellings_stay_in_their_country(code in prop_oneof![Just("55"), Just("52"), Just("54")], rest in "[0-9]{8,12}") {
            let digits = format!("{code}{rest}");
            for other in &of(&digits)[1..] {
                prop_assert!(other.starts_with(code));
                prop_assert!(!other.starts_with("549"), "{other}");
            }
        }
    }
}
