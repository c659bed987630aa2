//! The names of everything a business sells, indexed so that a message is compared with a few of them only.

use std::collections::{HashMap, HashSet};

use super::{
    fold::skeleton,
    normal::words,
    terms::{MEMORY, TERMS_MAX, Term, TermKind, terms},
};
use crate::{
    erp::{Product, ProductName},
    id::ProductId,
};

/// How many products a vocabulary holds; those beyond are left out.
pub const PRODUCTS_MAX: usize = 10_000;
/// How many names of one product are indexed.
const NAMES_MAX: usize = 32;
/// Weight of a number in a name: it tells models apart.
const NUMBER_WEIGHT: u32 = 6;
/// Weight of a size in a name: packs of one thing are nearly the same thing.
const SIZE_WEIGHT: u32 = 3;

/// The names and other names of products, ready to be found in messages.
///
/// Build it once for many messages: building normalises every name, looking up touches a few of them.
#[derive(Debug, Default)]
pub struct Vocabulary {
    pub(super) products: Vec<ProductId>,
    pub(super) carries: Vec<Carries>,
    pub(super) names: Vec<Name>,
    pub(super) tokens: Vec<Token>,
    by_text: HashMap<String, usize>,
    by_skeleton: HashMap<String, Vec<usize>>,
    by_start: HashMap<(char, usize), Vec<usize>>,
    raw: HashSet<String>,
}

/// What the names of one product have in them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Carries {
    /// A number that tells models apart.
    pub number: bool,
    /// A size of memory.
    pub memory: bool,
    /// The pack size.
    pub pack: Option<Pack>,
    /// The token its first name begins with: the maker or the thing itself.
    pub leads: Option<usize>,
}

/// How much is in a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pack {
    /// In milligrams or microlitres.
    pub amount: u64,
    /// Whether it is weighed.
    pub weighed: bool,
}

impl Pack {
    /// The pack a size in its one form means.
    pub(super) fn of(size: &str) -> Self {
        let digits = size.trim_end_matches(|letter: char| !letter.is_ascii_digit());
        Self { amount: digits.parse().unwrap_or(0), weighed: size.ends_with("mg") }
    }

    /// Whether it is made up of so and so many whole packs.
    pub(super) const fn is_several(self, pack: Self) -> bool {
        self.weighed == pack.weighed && self.amount > pack.amount && pack.amount > 0 && self.amount.is_multiple_of(pack.amount)
    }
}

/// One name of one product.
#[derive(Debug)]
pub(super) struct Name {
    /// Place in [`Vocabulary::products`].
    pub product: usize,
    /// The token of each term.
    pub terms: Vec<usize>,
}

/// One word, number or size that occurs in names.
#[derive(Debug)]
pub(super) struct Token {
    pub text: String,
    pub kind: TermKind,
    /// Which letters it has: see [`letters`].
    pub letters: u32,
    /// Rare words weigh more than those in half the catalogue.
    pub weight: u32,
    /// Where it occurs: the name, and which of its terms it covers as a bit mask.
    pub places: Vec<(usize, u32)>,
}

impl Vocabulary {
    /// Indexes products by their names; each comes with its id and all that people call it, in any script.
    pub fn new<Names>(products: impl IntoIterator<Item = (ProductId, Names)>) -> Self
    where
        Names: IntoIterator,
        Names::Item: AsRef<str>,
    {
        let mut vocabulary = Self::default();
        for (id, names) in products.into_iter().take(PRODUCTS_MAX) {
            let product = vocabulary.products.len();
            vocabulary.products.push(id);
            vocabulary.carries.push(Carries::default());
            for name in names.into_iter().take(NAMES_MAX) {
                vocabulary.add(product, name.as_ref());
            }
        }
        vocabulary.weigh();
        vocabulary
    }

    /// Indexes the products that are for sale.
    pub fn of<'a>(products: impl IntoIterator<Item = &'a Product>) -> Self {
        let active = products.into_iter().filter(|product| product.active());
        Self::new(active.map(|product| (product.id(), std::iter::once(product.name()).chain(product.aliases()).map(ProductName::as_str))))
    }

    /// How many products it knows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.products.len()
    }

    /// Whether it knows no product.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.products.is_empty()
    }

    /// Whether a name has this very word in it.
    pub(super) fn has_raw(&self, word: &str) -> bool {
        self.raw.contains(word)
    }

    pub(super) fn exactly(&self, text: &str) -> Option<usize> {
        self.by_text.get(text).copied()
    }

    pub(super) fn sounding_like(&self, skeleton: &str) -> &[usize] {
        self.by_skeleton.get(skeleton).map_or(&[], Vec::as_slice)
    }

    /// Tokens with this first letter and this many letters.
    pub(super) fn starting(&self, first: char, length: usize) -> &[usize] {
        self.by_start.get(&(first, length)).map_or(&[], Vec::as_slice)
    }

    fn add(&mut self, product: usize, name: &str) {
        let words = words(name);
        let mut terms = terms(&words);
        terms.retain(|term| term.kind != TermKind::Count);
        terms.truncate(TERMS_MAX);
        if terms.is_empty() {
            return;
        }
        self.raw.extend(words);
        let place = self.names.len();
        let mut found = Vec::with_capacity(terms.len());
        for (index, term) in terms.iter().enumerate() {
            let token = self.token(&term.text, term.kind);
            self.tokens[token].places.push((place, 1 << index));
            found.push(token);
            self.carries[product].number |= term.kind == TermKind::Number;
            let carries = &mut self.carries[product];
            carries.leads = carries.leads.or(Some(token));
            if term.kind == TermKind::Size {
                carries.memory |= term.text.ends_with(MEMORY);
                carries.pack = carries.pack.or((!term.text.ends_with(MEMORY)).then(|| Pack::of(&term.text)));
            }
        }
        for (index, pair) in terms.windows(2).enumerate() {
            if let Some(joined) = joined(pair) {
                let token = self.token(&joined, TermKind::Word);
                self.tokens[token].places.push((place, 3 << index));
            }
        }
        self.names.push(Name { product, terms: found });
    }

    fn token(&mut self, text: &str, kind: TermKind) -> usize {
        if let Some(token) = self.by_text.get(text) {
            return *token;
        }
        let token = self.tokens.len();
        self.tokens.push(Token { text: text.to_owned(), kind, letters: letters(text), weight: 0, places: Vec::new() });
        self.by_text.insert(text.to_owned(), token);
        if kind == TermKind::Word {
            self.by_skeleton.entry(skeleton(text)).or_default().push(token);
            if let Some(first) = text.chars().next() {
                self.by_start.entry((first, text.chars().count())).or_default().push(token);
            }
        }
        token
    }

    fn weigh(&mut self) {
        let names = self.names.len();
        for token in &mut self.tokens {
            token.weight = match token.kind {
                TermKind::Word => 2 + (names / token.places.len().max(1)).max(1).ilog2(),
                TermKind::Number | TermKind::Count => NUMBER_WEIGHT,
                TermKind::Size => SIZE_WEIGHT,
            };
        }
    }
}

/// Which letters a word has, as a bit mask. Two words that differ in many letters cannot be slips of one another, and comparing
/// two masks costs nothing.
pub(super) fn letters(word: &str) -> u32 {
    word.chars().fold(0, |mask, letter| mask | 1 << (u32::from(letter) % 32))
}

/// Two words of a name as people write them in one: `parleg`, `surfexcel`.
pub(super) fn joined(pair: &[Term]) -> Option<String> {
    let words = pair.iter().all(|term| term.kind == TermKind::Word);
    words.then(|| super::fold::fold(&pair.iter().map(|term| term.raw.as_str()).collect::<String>()))
}
