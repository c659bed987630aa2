use std::collections::HashSet;

use super::*;
use crate::{
    language::{Evidence, Name, demo},
    locale::Locale,
    money::Paise,
};

#[test]
fn words_lead_to_the_facts_they_need() {
    let one = demo::id_of("SUG-LS");
    for (intent, product, words, expected) in [
        (Intent::StockCheck, ProductMatch::One(one), "cheeni", Question::Product { id: one, ask: Ask::Stock }),
        (Intent::PriceCheck, ProductMatch::One(one), "cheeni", Question::Product { id: one, ask: Ask::Price }),
        (Intent::PriceCheck, ProductMatch::Several(vec![one; 12]), "dal", Question::Products { ids: vec![one; 10], ask: Ask::Price }),
        (Intent::StockCheck, ProductMatch::None, "", Question::Reply(Reply::AskName { ask: Ask::Stock })),
        (Intent::PriceCheck, ProductMatch::None, "gobhi", Question::Reply(Reply::NotFound { words: Name::new("gobhi").unwrap() })),
        (Intent::CatalogBrowse, ProductMatch::None, "", Question::Browse),
        (Intent::OutOfScope, ProductMatch::One(one), "cheeni", Question::Reply(Reply::Menu)),
        (Intent::OptOut, ProductMatch::None, "", Question::Reply(Reply::AskOptOut)),
        (Intent::OptIn, ProductMatch::None, "", Question::Reply(Reply::AskOptIn)),
        (Intent::TalkToHuman, ProductMatch::None, "", Question::Human),
    ] {
        assert_eq!(question(Heard::Said(&understood(intent, 9_000, product, words))), expected);
    }
    let stop = understood(Intent::OptOut, CERTAIN_BP, ProductMatch::None, "");
    assert_eq!(question(Heard::Said(&stop)), Question::Consent(ConsentChange::OptOut));
}

#[test]
fn every_row_we_send_is_understood_when_tapped() {
    let id = demo::id_of("SUG-LS");
    for ask in [Ask::Stock, Ask::Price] {
        assert_eq!(question(Heard::Tapped(&product_row(ask, id))), Question::Product { id, ask });
    }
    assert_eq!(question(Heard::Tapped(ROW_PRICE)), Question::Reply(Reply::AskName { ask: Ask::Price }));
    assert_eq!(question(Heard::Tapped(ROW_HUMAN)), Question::Human);
    assert_eq!(question(Heard::Tapped(BUTTON_OPT_OUT)), Question::Consent(ConsentChange::OptOut));
    assert_eq!(question(Heard::Tapped(BUTTON_OPT_IN)), Question::Consent(ConsentChange::OptIn));
    for odd in ["", "p1:", "p1:stock:", "p1:stock:nonsense", "p1:eat:00000000-0000-0000-0000-000000000000", "p9:stock:x", "consent:stay"] {
        assert_eq!(question(Heard::Tapped(odd)), Question::Reply(Reply::Menu), "{odd}");
    }
}

#[test]
fn only_the_owner_sees_what_the_stock_is_worth() {
    let (sugar, stock) = stocked("SUG-LS");
    let value = |speaker| {
        let Reply::Stock { value, .. } = answer(Ask::Stock, &sugar, &stock, speaker) else { panic!("no stock") };
        value
    };
    assert_eq!(value(SenderRole::Owner), Some(Paise::new(839_250)));
    assert_eq!(value(SenderRole::Customer), None);
}

#[test]
fn low_and_empty_shelves_are_said() {
    let said = |sku: &str, ask| {
        let (product, stock) = stocked(sku);
        answer(ask, &product, &stock, SenderRole::Customer)
    };
    assert!(matches!(said("PNR-AML-200", Ask::Stock), Reply::OutOfStock { .. }));
    assert!(matches!(said("PNR-AML-200", Ask::Price), Reply::Price { level: Level::Out, .. }));
    assert!(matches!(said("SNK-KUR-90", Ask::Stock), Reply::Stock { low: true, .. }));
    assert!(matches!(said("SNK-KUR-90", Ask::Price), Reply::Price { level: Level::Low, .. }));
    assert!(matches!(said("BIS-PRG-80", Ask::Stock), Reply::Stock { low: false, .. }));
}

#[test]
fn what_is_no_longer_sold_is_not_offered() {
    let (product, stock) = stocked("SUG-LS");
    let mut parts = crate::erp::NewProduct::from(product);
    parts.active = false;
    let gone = Product::new(parts).unwrap();
    assert!(matches!(answer(Ask::Stock, &gone, &stock, SenderRole::Owner), Reply::NotFound { .. }));
    assert_eq!(browse(std::slice::from_ref(&gone)), Reply::NothingToShow);
    assert_eq!(which(Ask::Stock, &[gone]), Reply::Menu);
}

#[test]
fn browsing_shows_something_of_every_category() {
    let all: Vec<Product> = demo::catalogue().into_iter().map(|(product, _)| product).collect();
    let Reply::Browse { choices } = browse(&all) else { panic!("nothing shown") };
    assert_eq!(choices.len(), 10);
    let shown: HashSet<&Category> =
        all.iter().filter(|one| choices.iter().any(|choice| choice.id == one.id())).map(Product::category).collect();
    let every: HashSet<&Category> = all.iter().map(Product::category).collect();
    assert_eq!(shown, every);
}

fn understood(intent: Intent, confidence_bp: u16, product: ProductMatch, words: &str) -> Understanding {
    Understanding {
        intent,
        confidence_bp,
        locale: Locale::English,
        evidence: Evidence::Seen,
        product,
        words: Name::cut(words),
        other_size: None,
    }
}

fn stocked(sku: &str) -> (Product, Stock) {
    demo::catalogue().into_iter().find(|(product, _)| product.sku().as_str() == sku).unwrap()
}
