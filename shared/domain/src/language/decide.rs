//! From what a person said or tapped to what is answered, in two steps: which facts are needed, and what they say.

use super::{
    CERTAIN_BP, Intent, ProductMatch, SEVERAL_MAX, Understanding,
    reply::{Ask, Choice, Level, Name, Reply},
};
use crate::{
    consent::ConsentChange,
    erp::{Product, Stock},
    id::ProductId,
    quantity::Quantity,
};

/// What came from a person.
#[derive(Clone, Copy, Debug)]
pub enum Heard<'a> {
    /// Words, understood.
    Said(&'a Understanding),
    /// A button or row, by its id.
    Tapped(&'a str),
}

/// Who asks: some figures are for the owner's eyes only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Speaker {
    /// The owner of the business, or one of the staff.
    Owner,
    /// Anybody else.
    Customer,
}

/// What has to be known or done before the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// Nothing: this is the answer.
    Reply(Reply),
    /// Product and stock: then [`answer`].
    Product {
        /// The product.
        id: ProductId,
        /// What is asked about it.
        ask: Ask,
    },
    /// The names of these products: then [`which`].
    Products {
        /// Two to ten products.
        ids: Vec<ProductId>,
        /// What is asked about them.
        ask: Ask,
    },
    /// Some products to show: then [`browse`].
    Browse,
    /// The permission to write is to be changed: then [`consent_changed`].
    Consent(ConsentChange),
    /// A person is to take over, and [`Reply::HumanSoon`] is the answer.
    Human,
}

/// Row that asks for stock.
pub const ROW_STOCK: &str = "menu:stock";
/// Row that asks for a price.
pub const ROW_PRICE: &str = "menu:price";
/// Row that asks for products.
pub const ROW_BROWSE: &str = "menu:browse";
/// Row that asks for a person.
pub const ROW_HUMAN: &str = "menu:human";
/// Button that stops messages.
pub const BUTTON_OPT_OUT: &str = "consent:out";
/// Button that leaves everything as it is.
pub const BUTTON_STAY: &str = "consent:stay";
/// Beginning of the ids of rows about one product. The number is their version: rows stay tappable in old messages for ever.
const ROW_PRODUCT: &str = "p1:";

/// The id of the row that asks this about a product.
#[must_use]
pub fn product_row(ask: Ask, product: ProductId) -> String {
    let ask = match ask {
        Ask::Stock => "stock",
        Ask::Price => "price",
    };
    format!("{ROW_PRODUCT}{ask}:{product}")
}

/// What has to be known to answer.
#[must_use]
pub fn question(heard: Heard) -> Question {
    match heard {
        Heard::Said(understanding) => said(understanding),
        Heard::Tapped(id) => tapped(id),
    }
}

/// The answer about one product.
#[must_use]
pub fn answer(ask: Ask, product: &Product, stock: &Stock, speaker: Speaker) -> Reply {
    let (name, unit, price) = (product.name().clone(), product.unit(), product.price());
    if !product.active() {
        return Reply::NotFound { words: name };
    }
    let (quantity, level) = (stock.available(), level(stock));
    match (ask, level) {
        (Ask::Price, _) => Reply::Price { name, unit, price, level },
        (Ask::Stock, Level::Out) => Reply::OutOfStock { name, unit, price },
        (Ask::Stock, Level::Enough | Level::Low) => {
            let value = match speaker {
                Speaker::Owner => stock.value(price).ok(),
                Speaker::Customer => None,
            };
            Reply::Stock { name, quantity, unit, price, low: level == Level::Low, value }
        }
    }
}

/// The answer when several products fit; those no longer for sale are left out.
#[must_use]
pub fn which(ask: Ask, products: &[Product]) -> Reply {
    let choices = choices(products);
    if choices.is_empty() { Reply::Menu } else { Reply::WhichProduct { ask, choices } }
}

/// The answer to whoever wants to see what there is: the first ten of the products handed in.
#[must_use]
pub fn browse(products: &[Product]) -> Reply {
    let choices = choices(products);
    if choices.is_empty() { Reply::NothingToShow } else { Reply::Browse { choices } }
}

/// The confirmation of a change of consent.
#[must_use]
pub const fn consent_changed(change: ConsentChange) -> Reply {
    match change {
        ConsentChange::OptOut => Reply::OptedOut,
        ConsentChange::OptIn => Reply::OptedIn,
    }
}

fn said(understanding: &Understanding) -> Question {
    match understanding.intent {
        Intent::StockCheck => product(understanding, Ask::Stock),
        Intent::PriceCheck => product(understanding, Ask::Price),
        Intent::CatalogBrowse => Question::Browse,
        Intent::Greeting => Question::Reply(Reply::Greeting),
        Intent::Thanks => Question::Reply(Reply::Welcome),
        Intent::Help | Intent::OutOfScope => Question::Reply(Reply::Menu),
        // The agreed words are obeyed at once; what only sounds like them needs a tap.
        Intent::OptOut if understanding.confidence_bp < CERTAIN_BP => Question::Reply(Reply::AskOptOut),
        Intent::OptOut => Question::Consent(ConsentChange::OptOut),
        Intent::OptIn => Question::Consent(ConsentChange::OptIn),
        Intent::TalkToHuman => Question::Human,
    }
}

fn product(understanding: &Understanding, ask: Ask) -> Question {
    match &understanding.product {
        ProductMatch::One(id) => Question::Product { id: *id, ask },
        ProductMatch::Several(ids) => Question::Products { ids: ids.iter().take(SEVERAL_MAX).copied().collect(), ask },
        ProductMatch::None => match Name::cut(&understanding.words) {
            Some(words) => Question::Reply(Reply::NotFound { words }),
            None => Question::Reply(Reply::AskName { ask }),
        },
    }
}

fn tapped(id: &str) -> Question {
    match id {
        ROW_STOCK => Question::Reply(Reply::AskName { ask: Ask::Stock }),
        ROW_PRICE => Question::Reply(Reply::AskName { ask: Ask::Price }),
        ROW_BROWSE => Question::Browse,
        ROW_HUMAN => Question::Human,
        BUTTON_OPT_OUT => Question::Consent(ConsentChange::OptOut),
        _ => tapped_product(id).unwrap_or(Question::Reply(Reply::Menu)),
    }
}

fn tapped_product(id: &str) -> Option<Question> {
    let (ask, product) = id.strip_prefix(ROW_PRODUCT)?.split_once(':')?;
    let ask = match ask {
        "stock" => Ask::Stock,
        "price" => Ask::Price,
        _ => return None,
    };
    Some(Question::Product { id: product.parse().ok()?, ask })
}

fn choices(products: &[Product]) -> Vec<Choice> {
    let active = products.iter().filter(|product| product.active());
    active.take(SEVERAL_MAX).map(|product| Choice { id: product.id(), name: product.name().clone() }).collect()
}

fn level(stock: &Stock) -> Level {
    if stock.available() == Quantity::ZERO {
        Level::Out
    } else if stock.low() {
        Level::Low
    } else {
        Level::Enough
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        language::{Evidence, demo},
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
        assert_eq!(value(Speaker::Owner), Some(Paise::new(839_250)));
        assert_eq!(value(Speaker::Customer), None);
    }

    #[test]
    fn low_and_empty_shelves_are_said() {
        let said = |sku: &str, ask| {
            let (product, stock) = stocked(sku);
            answer(ask, &product, &stock, Speaker::Customer)
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
        assert!(matches!(answer(Ask::Stock, &gone, &stock, Speaker::Owner), Reply::NotFound { .. }));
        assert_eq!(browse(std::slice::from_ref(&gone)), Reply::NothingToShow);
        assert_eq!(which(Ask::Stock, &[gone]), Reply::Menu);
        let all: Vec<Product> = demo::catalogue().into_iter().map(|(product, _)| product).collect();
        assert!(matches!(browse(&all), Reply::Browse { choices } if choices.len() == 10));
    }

    fn understood(intent: Intent, confidence_bp: u16, product: ProductMatch, words: &str) -> Understanding {
        Understanding { intent, confidence_bp, locale: Locale::English, evidence: Evidence::Seen, product, words: words.to_owned() }
    }

    fn stocked(sku: &str) -> (Product, Stock) {
        demo::catalogue().into_iter().find(|(product, _)| product.sku().as_str() == sku).unwrap()
    }
}
