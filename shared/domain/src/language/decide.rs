//! From what a person said or tapped to what is answered, in two steps: which facts are needed, and what they say.

use std::collections::HashMap;

use super::{
    CERTAIN_BP, Intent, ProductMatch, SEVERAL_MAX, Understanding,
    reply::{Ask, Choice, Level, Reply},
};
use crate::{
    consent::ConsentChange,
    crm::SenderRole,
    erp::{Category, Product, Stock},
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
        /// One to ten products.
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
/// Button that starts messages again.
pub const BUTTON_OPT_IN: &str = "consent:in";
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
pub fn answer(ask: Ask, product: &Product, stock: &Stock, speaker: SenderRole) -> Reply {
    let (name, unit, price) = (product.name().clone(), product.unit(), product.price());
    if !product.active() {
        return Reply::NotFound { words: name };
    }
    let (quantity, level) = (stock.available(), level(stock));
    match (ask, level) {
        (Ask::Price, _) => Reply::Price { name, unit, price, level, other_size: None },
        (Ask::Stock, Level::Out) => Reply::OutOfStock { name, unit, price, other_size: None },
        (Ask::Stock, Level::Enough | Level::Low) => {
            let value = match speaker {
                SenderRole::Owner => stock.value(price).ok(),
                SenderRole::Customer => None,
            };
            Reply::Stock { name, quantity, unit, price, low: level == Level::Low, value, other_size: None }
        }
    }
}

/// The answer when several products fit; those no longer for sale are left out.
#[must_use]
pub fn which(ask: Ask, products: &[Product]) -> Reply {
    let choices = choices(products.iter());
    if choices.is_empty() { Reply::Menu } else { Reply::WhichProduct { ask, choices } }
}

/// The answer to whoever wants to see what there is: ten of the products handed in, from as many categories as possible.
#[must_use]
pub fn browse(products: &[Product]) -> Reply {
    let mut places: Vec<(usize, &Product)> = Vec::with_capacity(products.len());
    let mut seen: HashMap<&Category, usize> = HashMap::new();
    for product in products.iter().filter(|product| product.active()) {
        let place = seen.entry(product.category()).or_default();
        places.push((*place, product));
        *place += 1;
    }
    // First of each category, then the second of each: the sort is stable.
    places.sort_by_key(|(place, _)| *place);
    let choices = choices(places.into_iter().map(|(_, product)| product));
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
        Intent::Acknowledgement => Question::Reply(Reply::Noted),
        Intent::Help | Intent::OutOfScope => Question::Reply(Reply::Menu),
        // The agreed words are obeyed at once; what only sounds like them needs a tap.
        Intent::OptOut if understanding.confidence_bp < CERTAIN_BP => Question::Reply(Reply::AskOptOut),
        Intent::OptOut => Question::Consent(ConsentChange::OptOut),
        Intent::OptIn if understanding.confidence_bp < CERTAIN_BP => Question::Reply(Reply::AskOptIn),
        Intent::OptIn => Question::Consent(ConsentChange::OptIn),
        Intent::TalkToHuman => Question::Human,
    }
}

fn product(understanding: &Understanding, ask: Ask) -> Question {
    match &understanding.product {
        ProductMatch::One(id) => Question::Product { id: *id, ask },
        ProductMatch::Several(ids) => Question::Products { ids: ids.iter().take(SEVERAL_MAX).copied().collect(), ask },
        ProductMatch::None => match &understanding.words {
            Some(words) => Question::Reply(Reply::NotFound { words: words.clone() }),
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
        BUTTON_OPT_IN => Question::Consent(ConsentChange::OptIn),
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

fn choices<'a>(products: impl Iterator<Item = &'a Product>) -> Vec<Choice> {
    let active = products.filter(|product| product.active());
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
mod tests;
