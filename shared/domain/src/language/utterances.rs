//! Real-looking messages to the demo shop and what each means: `utterances.tsv` has text, intent, product codes and locale.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::{
    FirstMatcher, Language as _, ProductMatch, SEVERAL_MAX, Vocabulary,
    demo::{id_of, vocabulary},
};
use crate::id::{ProductId, derived};

static DEMO: LazyLock<Vocabulary> = LazyLock::new(vocabulary);
const TABLE: &str = include_str!("utterances.tsv");

#[test]
fn every_message_means_what_the_table_says() {
    let rows: Vec<Vec<&str>> = TABLE.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect()).collect();
    assert!(rows.len() >= 150, "{} messages", rows.len());
    let wrong: Vec<String> = rows.iter().filter_map(|row| difference(row, &DEMO)).collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

fn difference(row: &[&str], vocabulary: &Vocabulary) -> Option<String> {
    let [text, intent, skus, locale] = row else {
        return Some(format!("not four columns: {row:?}"));
    };
    let found = FirstMatcher.understand(text, vocabulary);
    let product = match &found.product {
        ProductMatch::None => vec![],
        ProductMatch::One(id) => vec![*id],
        ProductMatch::Several(ids) => ids.clone(),
    };
    let mut expected: Vec<ProductId> = skus.split(',').filter(|sku| *sku != "-").map(id_of).collect();
    let mut sorted = product.clone();
    expected.sort();
    sorted.sort();
    let same = found.intent.label() == *intent && sorted == expected && (*locale == "-" || found.locale.code() == *locale);
    let named = || -> Vec<String> {
        let shop = super::demo::catalogue();
        shop.iter().filter(|(one, _)| product.contains(&one.id())).map(|(one, _)| one.sku().to_string()).collect()
    };
    (!same).then(|| {
        format!("{text}\n    wanted {intent} {skus} {locale}\n    found  {} {} {}", found.intent.label(), named().join(","), found.locale)
    })
}

/// What a newcomer to the shop tried: words that share something with a name and mean another thing, sizes, courtesies.
#[test]
fn nothing_is_claimed_that_was_not_asked() {
    let mut wrong = Vec::new();
    for line in include_str!("newcomers.tsv").lines().filter(|line| !line.starts_with('#')) {
        let row: Vec<&str> = line.split('\t').collect();
        let [text, intent, skus, size] = row[..] else { panic!("not four columns: {line}") };
        wrong.extend(difference(&[text, intent, skus, "-"], &DEMO));
        let found = FirstMatcher.understand(text, &DEMO).other_size;
        let found = found.as_ref().map_or("-", |size| size.as_str());
        if found != size {
            wrong.push(format!("{text}: other size {found} instead of {size}"));
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn ten_thousand_products_are_found_among_as_fast_as_forty() {
    let syllables = ["ba", "chi", "du", "ge", "ko", "la", "mi", "no", "pu", "ra", "si", "ta", "ve", "ya"];
    let word = |seed: usize| -> String { (0..4).map(|place| syllables[seed / 14_usize.pow(place) % 14]).collect() };
    let products = (0..10_000_usize).map(|seed| {
        (derived::<crate::id::ProductKind>(&[&seed.to_be_bytes()]), [format!("{} {} {}", word(seed), word(seed * 7), seed % 50)])
    });
    let vocabulary = Vocabulary::new(products);
    assert_eq!(vocabulary.len(), 10_000);
    let started = std::time::Instant::now();
    let long = "kitna stock hai bachidugf ka ".repeat(200);
    for _ in 0..3 {
        let _found = FirstMatcher.understand(&long, &vocabulary);
    }
    // Generous for a debug build on a busy machine; it is a few milliseconds in a release build.
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}

#[test]
fn many_fitting_products_are_cut_to_ten() {
    let vocabulary = Vocabulary::new((0..50_u8).map(|seed| (derived::<crate::id::ProductKind>(&[&[seed]]), ["Amul Thing"])));
    let ProductMatch::Several(ids) = FirstMatcher.understand("amul", &vocabulary).product else {
        panic!("several expected");
    };
    assert_eq!(ids.len(), SEVERAL_MAX);
}

proptest! {
    #[test]
    fn any_text_is_understood_somehow(text in any::<String>()) {
        let found = FirstMatcher.understand(&text, &DEMO);
        prop_assert!(found.confidence_bp <= 10_000);
        prop_assert!(found.words.is_none_or(|words| words.as_str().chars().count() <= 60));
    }

    #[test]
    fn any_name_can_be_indexed_and_its_own_words_never_panic(name in any::<String>(), text in "[a-z0-9 .अ-ह\u{93e}-\u{94d}]{0,60}") {
        let vocabulary = Vocabulary::new([(id_of("X"), [name.clone(), text.clone()])]);
        let _by_name = FirstMatcher.understand(&name, &vocabulary);
        let _by_text = FirstMatcher.understand(&text, &vocabulary);
    }
}
