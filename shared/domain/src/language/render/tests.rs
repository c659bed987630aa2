use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::{
    id::{ProductId, derived},
    language::reply::Name,
    messaging::content::ContentKind,
    money::Paise,
    quantity::{Quantity, Unit},
};

const FILES: [(Locale, &str); 3] = [
    (Locale::English, include_str!("../../../locales/en.ftl")),
    (Locale::Hindi, include_str!("../../../locales/hi.ftl")),
    (Locale::Hinglish, include_str!("../../../locales/hi-Latn.ftl")),
];

#[test]
fn every_locale_parses_and_has_every_key_and_argument() {
    let english: Vec<(String, BTreeSet<String>)> = keys(FILES[0].1).map(|key| (key.to_owned(), arguments(FILES[0].1, key))).collect();
    assert!(english.len() > 30);
    for (locale, source) in FILES {
        assert!(FluentResource::try_new(source.to_owned()).is_ok(), "{locale} does not parse");
        assert_eq!(keys(source).count(), english.len(), "{locale} has other keys than English");
        for (key, wanted) in &english {
            assert!(Texts::of(locale).text(key, &[]).is_some(), "{locale} lacks {key}");
            assert_eq!(&arguments(source, key), wanted, "{locale}: arguments of {key}");
        }
    }
}

#[test]
fn titles_fit_even_when_counted_strictly() {
    for (locale, _) in FILES {
        let length = |key: &str| Texts::of(locale).text(key, &[]).unwrap().chars().count();
        for key in ["row-stock", "row-price", "row-browse", "row-human"] {
            assert!(length(key) <= 24, "{locale} {key}");
            assert!(length(&format!("{key}-about")) <= 72, "{locale} {key}-about");
        }
        for key in ["menu-button", "choose-button", "button-opt-out", "button-stay", "button-opt-in", "button-stay-out"] {
            assert!(length(key) <= 20, "{locale} {key}");
        }
    }
}

#[test]
fn every_reply_is_said_in_every_locale_without_a_gap() {
    for (locale, _) in FILES {
        for reply in replies("Parle-G", Paise::new(1_000)) {
            let content = render(&reply, locale, "Sharma Kirana");
            let body = content.body();
            assert!(body.trim() != LAST_RESORT, "{locale} lacks a text of {reply:?}");
            assert!(!body.contains("{$"), "{locale} does not fill in an argument of {reply:?}: {body}");
        }
    }
}

#[test]
fn a_shop_speaks_like_this() {
    let stock = Reply::Stock {
        name: name("Parle-G"),
        quantity: Quantity::new(120_000),
        unit: Unit::Packet,
        price: Paise::new(1_000),
        low: false,
        value: Some(Paise::new(15_000_000)),
        other_size: None,
    };
    let said = |reply: &Reply, locale| render(reply, locale, "Sharma Kirana").body().to_owned();
    assert_eq!(said(&stock, Locale::English), "*Parle-G*: 120 packets in stock.\nPrice: ₹10 per packet\nStock value: ₹1,50,000");
    assert_eq!(said(&stock, Locale::Hindi), "*Parle-G*: 120 पैकेट स्टॉक में।\nदाम: ₹10 प्रति पैकेट\nस्टॉक की कीमत: ₹1,50,000");
    assert_eq!(said(&stock, Locale::Hinglish), "*Parle-G*: 120 packet stock mein.\nPrice: ₹10 per packet\nStock ki value: ₹1,50,000");
    let price = Reply::Price { name: name("Sugar"), unit: Unit::Kilogram, price: Paise::new(4_550), level: Level::Low, other_size: None };
    assert_eq!(said(&price, Locale::English), "*Sugar*: ₹45.50 per kg\nIn stock, but only a little left.");
    let other = Reply::OutOfStock { name: name("Amul Ghee 1 litre"), unit: Unit::Packet, price: Paise::new(65_000), other_size: None };
    let other = other.instead_of(Some(name("500 ml")));
    assert!(said(&other, Locale::English).starts_with("We do not keep 500 ml. What we keep:\n*Amul Ghee 1 litre* is out of stock"));
    assert!(said(&other, Locale::Hinglish).starts_with("500 ml hum nahi rakhte."));
    assert!(said(&other, Locale::Hindi).starts_with("500 ml हम नहीं रखते।"));
}

#[test]
fn the_menu_is_a_list_whose_rows_decide_knows() {
    for reply in [Reply::Menu, Reply::Greeting, Reply::NotFound { words: name("gobhi") }] {
        let OutboundContent::List(list) = render(&reply, Locale::Hindi, "Sharma Kirana") else { panic!("{reply:?} is no list") };
        let ids: Vec<&str> = list.rows().map(|row| row.id.as_str()).collect();
        assert_eq!(ids, [ROW_STOCK, ROW_PRICE, ROW_BROWSE, ROW_HUMAN]);
    }
    assert_eq!(render(&Reply::AskOptOut, Locale::Hindi, "S").kind(), ContentKind::Buttons);
}

#[test]
fn a_long_name_is_cut_in_the_title_and_whole_below() {
    let long = "Everest Tikhalal Mirchi Powder 200 g";
    let reply = Reply::WhichProduct { ask: Ask::Price, choices: vec![choice(1, long), choice(2, "Sugar")] };
    let OutboundContent::List(list) = render(&reply, Locale::English, "S") else { panic!("no list") };
    let rows: Vec<&ListRow> = list.rows().collect();
    assert!(rows[0].title.as_str().ends_with('…'));
    assert_eq!(rows[0].description.as_ref().map(RowDescription::as_str), Some(long));
    assert_eq!(rows[1].description, None);
    assert!(rows[1].id.as_str().starts_with("p1:price:"));
}

#[test]
fn a_name_cannot_dress_up_the_message() {
    let reply = Reply::OutOfStock { name: name("*_Free_*\nmoney"), unit: Unit::Piece, price: Paise::ZERO, other_size: None };
    assert!(render(&reply, Locale::English, "S").body().starts_with("*Free money* is out of stock"));
}

proptest! {
    #[test]
    fn no_name_makes_an_illegal_message(raw in any::<String>(), shop in any::<String>(), paise in any::<i64>(), count in 1..12_u8) {
        let Some(cut) = Name::cut(&raw) else { return Ok(()) };
        let choices: Vec<Choice> = (0..count).map(|seed| choice(seed, cut.as_str())).collect();
        let mut all = replies(cut.as_str(), Paise::new(paise));
        all.push(Reply::WhichProduct { ask: Ask::Stock, choices: choices.clone() });
        all.push(Reply::Browse { choices });
        for (locale, _) in FILES {
            for reply in &all {
                let content = render(reply, locale, &shop);
                // Reading it back checks every limit again.
                let json = serde_json::to_string(&content).unwrap();
                prop_assert_eq!(&serde_json::from_str::<OutboundContent>(&json).unwrap(), &content);
                prop_assert!(content.preview().chars().count() <= 80);
            }
        }
    }
}

fn replies(product: &str, price: Paise) -> Vec<Reply> {
    let (unit, quantity) = (Unit::Packet, Quantity::new(2_500));
    let mut all = vec![
        Reply::Stock { name: name(product), quantity, unit, price, low: false, value: None, other_size: None },
        Reply::Stock { name: name(product), quantity, unit, price, low: true, value: None, other_size: Some(name(product)) },
        Reply::Stock { name: name(product), quantity, unit, price, low: true, value: Some(price), other_size: None },
        Reply::OutOfStock { name: name(product), unit, price, other_size: Some(name(product)) },
        Reply::NotFound { words: name(product) },
        Reply::WhichProduct { ask: Ask::Stock, choices: vec![choice(1, product)] },
        Reply::Browse { choices: vec![choice(1, product)] },
    ];
    all.extend([Level::Enough, Level::Low, Level::Out].map(|level| Reply::Price {
        name: name(product),
        unit,
        price,
        level,
        other_size: None,
    }));
    all.extend([Ask::Stock, Ask::Price].map(|ask| Reply::AskName { ask }));
    all.extend([
        Reply::NothingToShow,
        Reply::Greeting,
        Reply::Menu,
        Reply::Welcome,
        Reply::Noted,
        Reply::AskOptOut,
        Reply::AskOptIn,
        Reply::OptedOut,
        Reply::OptedIn,
        Reply::HumanSoon,
    ]);
    all
}

fn name(raw: &str) -> Name {
    Name::cut(raw).unwrap()
}

fn choice(seed: u8, raw: &str) -> Choice {
    let id: ProductId = derived(&[&[seed]]);
    Choice { id, name: name(raw) }
}

/// The keys of a file: what stands before `=` at the beginning of a line.
fn keys(source: &str) -> impl Iterator<Item = &str> {
    source
        .lines()
        .filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()))
        .filter_map(|line| line.split_once(" =").map(|(key, _)| key))
}

/// The arguments a text of a file names.
fn arguments(source: &str, key: &str) -> BTreeSet<String> {
    let start = source.find(&format!("\n{key} =")).unwrap_or_else(|| panic!("{key} is missing"));
    let text: String = source[start + 1..]
        .lines()
        .enumerate()
        .take_while(|(index, line)| *index == 0 || line.starts_with(' '))
        .map(|(_, line)| line)
        .collect();
    text.split("{ $").skip(1).filter_map(|part| part.split_once(" }").map(|(name, _)| name.to_owned())).collect()
}
