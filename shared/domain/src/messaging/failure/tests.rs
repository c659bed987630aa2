use std::collections::{HashMap, HashSet};

use proptest::prelude::*;

use super::{
    catalogue::{ENTRIES, rows},
    *,
};

/// Every code the published lists have (messages, templates, registration, payments, flows, groups, calls).
const LISTED: &[i64] = &[
    0, 1, 2, 3, 4, 10, 33, 100, 190, 368, 613, 1026, 2046, 2047, 80_007, 80_008, 130_429, 130_472, 130_497, 131_000, 131_005, 131_008,
    131_009, 131_016, 131_020, 131_021, 131_026, 131_030, 131_031, 131_037, 131_041, 131_042, 131_044, 131_045, 131_047, 131_048, 131_049,
    131_050, 131_051, 131_052, 131_053, 131_055, 131_056, 131_057, 131_059, 131_062, 131_063, 131_064, 132_000, 132_001, 132_005, 132_007,
    132_008, 132_012, 132_015, 132_016, 132_018, 132_068, 132_069, 133_000, 133_004, 133_005, 133_006, 133_008, 133_009, 133_010, 133_015,
    133_016, 134_011, 134_100, 134_101, 134_102, 134_103, 135_000, 137_000, 139_100, 139_101, 139_102, 139_103, 200_005, 200_006, 200_007,
    1_752_041, 2_388_001, 2_388_012, 2_388_019, 2_388_023, 2_388_024, 2_388_040, 2_388_047, 2_388_072, 2_388_073, 2_388_091, 2_388_093,
    2_388_103, 2_388_293, 2_388_299, 2_494_100, 2_593_079, 2_593_085, 2_593_107, 2_593_108, 2_593_109,
];
/// And the ranges.
const RANGES: &[std::ops::RangeInclusive<i64>] =
    &[200..=299, 131_201..=131_215, 138_000..=138_023, 139_000..=139_004, 147_001..=147_005, 2_494_164..=2_494_179];

fn failure(code: i64) -> Failure {
    Failure::new(code, "Error")
}

#[test]
fn every_listed_code_has_an_entry_in_both_languages() {
    let codes = LISTED.iter().copied().chain(RANGES.iter().cloned().flatten()).chain(-7..=-1);
    for code in codes {
        let entry = failure(code).entry();
        assert_ne!(entry.text, "unknown", "{code}");
        let (english, hindi) = (failure(code).advice(Locale::English), failure(code).advice(Locale::Hindi));
        assert!(english.len() > 20 && english.ends_with('.'), "{code}: {english}");
        let devanagari = hindi.chars().filter(|c| ('\u{900}'..='\u{97f}').contains(c)).count();
        assert!(devanagari > 10 && hindi.ends_with('।'), "{code}: {hindi}");
    }
}

#[test]
fn the_tables_read_to_their_last_row() {
    let codes = include_str!("codes.tsv").lines().count() - 1;
    assert_eq!(ENTRIES.len(), codes, "a row of codes.tsv does not read");
    let used: HashSet<&str> = ENTRIES.iter().map(|entry| entry.text).chain(["unknown"]).collect();
    let written: Vec<&str> = rows::<3>(include_str!("advice.tsv")).filter_map(|[key, ..]| key).collect();
    assert_eq!(written.iter().copied().collect::<HashSet<_>>(), used, "a text is missing or unused");
    assert_eq!(written.len(), used.len(), "a text is there twice");
}

#[test]
fn what_differs_to_people_is_said_differently_and_in_each_language() {
    let mut told: HashMap<&str, &str> = HashMap::new();
    for [key, english, hindi] in rows::<3>(include_str!("advice.tsv")) {
        for text in [english.unwrap(), hindi.unwrap()] {
            assert_eq!(told.insert(text, key.unwrap()), None, "{text}");
        }
    }
    for (one, other) in [(131_047, 131_026), (131_049, 131_050), (130_429, 131_056), (132_000, 132_012), (132_015, 132_016)] {
        assert_ne!(failure(one).advice(Locale::Hindi), failure(other).advice(Locale::Hindi));
    }
    assert_eq!(failure(200).advice(Locale::English), failure(299).advice(Locale::English), "all permissions are one thing to people");
    assert_ne!(failure(299).advice(Locale::English), failure(300).advice(Locale::English));
}

#[test]
fn a_lost_token_says_how_it_was_lost() {
    let said = |subcode| Failure { subcode, ..failure(190) }.advice(Locale::English);
    let all: HashSet<&str> = [None, Some(460), Some(463), Some(467)].into_iter().map(said).collect();
    assert_eq!(all.len(), 4);
    assert_eq!(said(Some(999)), said(None), "an unknown subcode is the code's own");
    assert_eq!(Failure { subcode: Some(463), ..failure(190) }.class(), FailureClass::Halt);
}

#[test]
fn classes_are_those_of_the_published_list() {
    let expected = [
        (FailureClass::Transient, &[1, 2, 131_000, 131_016, 131_057, 133_000, 133_004, 138_004, 138_021, 139_102, 2_494_100][..]),
        (FailureClass::Wait, &[4, 613, 80_007, 80_008, 130_429, 131_056, 131_064, 131_208, 132_069, 133_015, 133_016, 138_002, 138_012]),
        (FailureClass::Stop, &[1026, 130_472, 130_497, 131_026, 131_049, 131_050, 138_001]),
        (FailureClass::Halt, &[0, 33, 190, 210, 368, 131_005, 131_031, 131_037, 131_042, 131_045, 131_048, 133_010, 134_011, 138_000]),
        (FailureClass::Fix, &[3, 10, 100, 131_008, 131_021, 131_047, 131_051, 131_062, 132_001, 132_015, 134_100, 137_000, 999_999]),
    ];
    for (class, codes) in expected {
        for code in codes {
            assert_eq!(failure(*code).class(), class, "{code}");
        }
    }
    for entry in ENTRIES.iter() {
        let fits = match entry.class {
            FailureClass::Transient => matches!(entry.retry, Retry::Backoff { .. }),
            FailureClass::Wait => matches!(entry.retry, Retry::Wait { .. } | Retry::Pair),
            FailureClass::Fix => entry.retry == Retry::Never,
            FailureClass::Stop => matches!(entry.retry, Retry::Never | Retry::Pause | Retry::Consent),
            FailureClass::Halt => entry.retry == Retry::Halt,
        };
        assert!(fits, "{entry:?}");
    }
}

#[test]
fn an_unknown_code_is_shown_and_not_repeated() {
    let unknown = failure(424_242);
    assert_eq!((unknown.class(), unknown.retry(), unknown.send_again()), (FailureClass::Fix, Retry::Never, true));
    assert_eq!(pause(&unknown, 1, None, 0), None);
}

#[test]
fn attempts_are_few_and_the_pair_rate_waits_as_meta_advises() {
    let seconds = |code, attempt| pause(&failure(code), attempt, None, 0).map(|pause| pause.as_secs());
    assert_eq!((1..=4).map(|n| seconds(131_000, n)).collect::<Vec<_>>(), [Some(2), Some(4), Some(8), None]);
    assert_eq!((1..=3).map(|n| seconds(131_056, n)).collect::<Vec<_>>(), [Some(4), Some(16), Some(64)]);
    assert_eq!((seconds(130_429, 1), seconds(130_429, 99)), (Some(1), Some(60)));
    assert_eq!((seconds(131_047, 1), seconds(131_049, 1), seconds(190, 1)), (None, None, None));
}

proptest! {
    /// The jitter adds at most a quarter, and never undercuts what Meta asked for.
    #[test]
    fn a_pause_is_never_shorter_than_asked(code in prop_oneof![Just(2i64), Just(130_429), Just(131_056)], attempt in 1u32..4, asked in 0i64..100, random: u32) {
        let after = SignedDuration::from_secs(asked);
        let least = pause(&failure(code), attempt, Some(after), 0).unwrap();
        let drawn = pause(&failure(code), attempt, Some(after), random).unwrap();
        prop_assert!(least >= after && drawn >= least);
        prop_assert!(drawn.as_millis() - least.as_millis() <= least.as_millis() / 4);
    }
}
