//! Which product a message means: the names that share the most telling words with it.

use std::collections::HashMap;

use super::{
    ProductMatch, SEVERAL_MAX,
    fold::skeleton,
    slips::misspelt,
    terms::{MEMORY, TERMS_MAX, Term, TermKind},
    vocabulary::{Carries, Pack, Vocabulary, joined},
};

/// Names that reach less than this are not meant.
const SCORE_MIN: u32 = 6_500;
/// Names this near to the best are meant as well.
const MARGIN: u32 = 800;
/// Names this near to a perfect one are meant as well.
const MARGIN_PERFECT: u32 = 200;
/// From here on a name counts as perfect.
const PERFECT: u32 = 9_700;
/// What a name loses when the message asks for another pack size.
const OTHER_SIZE: u32 = 600;
/// The hundredths of a name that make it whole: a slip of the finger is forgiven.
const WHOLE: u32 = 85;
/// The hundredths of a message that whole names must cover for it to be a basket.
const BASKET_SHARE: u32 = 60;
/// Weight of a word no product has.
const UNKNOWN_WEIGHT: u32 = 5;
/// Weight of a size no product has: it is said that there is none, not that there is no such thing.
const UNKNOWN_SIZE_WEIGHT: u32 = 1;
/// The hundredths of a name that one word has to cover to mean it: "gold" is no Marie Gold.
const TELLING: u32 = 70;
/// How much the message counts in a score, in hundredths.
const MESSAGE_SHARE: u32 = 55;
/// How much the name counts in a score, in hundredths.
const NAME_SHARE: u32 = 45;
/// Words that make another thing of the same name: an iPhone 15 Pro is no iPhone 15.
const OTHER_THING: &[&str] = &["pro", "max", "plus", "mini", "lite", "ultra", "free", "diet", "zero", "without", "bina"];

/// The products found and how well they fit, in basis points.
pub(super) struct Found {
    pub product: ProductMatch,
    pub score_bp: u32,
    /// Whether some word occurs in a name, be it not enough of it.
    pub near: bool,
    /// The size asked for, when the product has another.
    pub other_size: Option<OtherSize>,
}

/// A size no name of the product has.
pub(super) struct OtherSize {
    /// As it was written.
    pub raw: String,
    /// Whether so and so many whole packs make it up, two litres of the milk that comes by the litre.
    pub packs: bool,
}

/// Finds the products whose names fit the terms best. `optional` terms count only where they fit.
pub(super) fn find(needed: &[Term], optional: &[Term], vocabulary: &Vocabulary) -> Found {
    let mut asked: Vec<Asked> = needed.iter().take(TERMS_MAX).map(|term| Asked::new(term, true, vocabulary)).collect();
    asked.extend(optional.iter().take(TERMS_MAX).map(|term| Asked::new(term, false, vocabulary)));
    for (index, pair) in needed.windows(2).take(TERMS_MAX.saturating_sub(1)).enumerate() {
        join(&mut asked, index, pair, vocabulary);
    }
    let near = asked.iter().any(|one| one.needed && one.term.kind == TermKind::Word && !one.tokens.is_empty());
    // Everyday words alone mean a product only when two of them are its whole name: "good" in "good morning" never does.
    let least = match (needed.len(), optional.len()) {
        (0, 0 | 1) => {
            return Found { product: ProductMatch::None, score_bp: 0, near, other_size: None };
        }
        (0, _) => PERFECT,
        (_, _) => SCORE_MIN,
    };
    let fits = fits(&asked, vocabulary);
    let basket = basket(&fits, &asked);
    if basket.len() > 1 {
        let products = basket.into_iter().take(SEVERAL_MAX).map(|product| vocabulary.products[product]).collect();
        return Found { product: ProductMatch::Several(products), score_bp: PERFECT, near, other_size: None };
    }
    let mut ranked: Vec<(usize, u32)> =
        fits.iter().map(|(product, fit)| (*product, fit.score)).filter(|(_, score)| *score >= least).collect();
    ranked.sort_by_key(|(product, score)| (std::cmp::Reverse(*score), *product));
    let Some((_, best)) = ranked.first().copied() else {
        return Found { product: ProductMatch::None, score_bp: 0, near, other_size: None };
    };
    let margin = if best >= PERFECT { MARGIN_PERFECT } else { MARGIN };
    let best_ones: Vec<_> =
        ranked.iter().take_while(|(_, score)| score + margin >= best).take(SEVERAL_MAX).map(|(product, _)| *product).collect();
    let ids = |products: &[usize]| products.iter().take(SEVERAL_MAX).map(|product| vocabulary.products[*product]).collect();
    let [one] = best_ones.as_slice() else {
        return Found { product: ProductMatch::Several(ids(&best_ones)), score_bp: best, near, other_size: None };
    };
    let fit = fits.get(one).copied().unwrap_or_default();
    // A word beside it that no name explains makes another thing of it: an iPhone cover, Dettol soap. Elsewhere in the message it
    // may be anything: then the product is a guess.
    let known = |index: usize| fit.known & (1 << index) != 0;
    let mut strange = asked.iter().enumerate().filter(|(index, one)| one.distinguishes() && !known(*index)).map(|(_, one)| one).peekable();
    let guessed = strange.peek().is_some();
    if strange.any(|one| asked.iter().enumerate().any(|(index, beside)| known(index) && beside.term.phrase == one.term.phrase)) {
        return Found { product: ProductMatch::None, score_bp: 0, near: true, other_size: None };
    }
    if guessed {
        return Found { product: ProductMatch::Several(ids(&best_ones)), score_bp: SCORE_MIN, near, other_size: None };
    }
    if fit.covered < TELLING && is_vague(*one, &asked, vocabulary) {
        let sharing: Vec<usize> = ranked.iter().map(|(product, _)| *product).collect();
        return Found { product: ProductMatch::Several(ids(&sharing)), score_bp: SCORE_MIN, near, other_size: None };
    }
    let other_size = other_size(vocabulary.carries[*one], fit.known, &asked);
    Found { product: ProductMatch::One(vocabulary.products[*one]), score_bp: best, near, other_size }
}

/// Whether a single word is all there is, and neither the beginning of the product's name nor only its own.
fn is_vague(product: usize, asked: &[Asked], vocabulary: &Vocabulary) -> bool {
    let needed: Vec<&Asked> = asked.iter().filter(|one| one.needed).collect();
    let [only] = needed.as_slice() else { return false };
    let leads = |token: usize| vocabulary.carries[product].leads == Some(token);
    let own = |token: usize| vocabulary.tokens[token].places.iter().all(|(name, _)| vocabulary.names[*name].product == product);
    !only.tokens.iter().any(|(token, _)| leads(*token) && own(*token))
}

/// The size asked for that a product of known size does not have.
fn other_size(product: Carries, known: u64, asked: &[Asked]) -> Option<OtherSize> {
    let mut sizes = asked.iter().enumerate().filter(|(_, one)| one.term.kind == TermKind::Size).peekable();
    let first = sizes.peek().map(|(_, one)| &one.term)?;
    let comparable = if first.text.ends_with(MEMORY) { product.memory } else { product.pack.is_some() };
    let (text, raw) = (first.text.clone(), first.raw.clone());
    let missing = sizes.all(|(index, _)| known & (1 << index) == 0);
    let packs = product.pack.is_some_and(|pack| Pack::of(&text).is_several(pack));
    (comparable && missing).then_some(OtherSize { raw, packs })
}

/// A term of the message with the tokens it may stand for.
struct Asked {
    term: Term,
    needed: bool,
    weight: u32,
    /// Token and similarity in hundredths.
    tokens: Vec<(usize, u32)>,
}

impl Asked {
    fn new(term: &Term, needed: bool, vocabulary: &Vocabulary) -> Self {
        let tokens = if needed {
            candidates(term, vocabulary)
        } else {
            vocabulary.exactly(&term.text).map(|token| (token, 100)).into_iter().collect()
        };
        let known = tokens.iter().map(|(token, _)| vocabulary.tokens[*token].weight).max();
        let unknown = if term.kind == TermKind::Size { UNKNOWN_SIZE_WEIGHT } else { UNKNOWN_WEIGHT };
        Self { term: term.clone(), needed, weight: known.unwrap_or(unknown), tokens }
    }

    /// Whether it is a word that tells one thing from another; single letters are mostly typed in haste.
    fn distinguishes(&self) -> bool {
        self.needed && self.term.kind == TermKind::Word && self.term.raw.chars().nth(1).is_some()
    }
}

/// Two words that together are one word of a name: `i phone`, `sun flower`. Only where one of them alone means nothing here.
fn join(asked: &mut [Asked], index: usize, pair: &[Term], vocabulary: &Vocabulary) {
    let both_known = asked[index..=index + 1].iter().all(|asked| !asked.tokens.is_empty());
    let token = joined(pair).filter(|_| !both_known).and_then(|text| vocabulary.exactly(&text));
    if let Some(token) = token {
        for half in &mut asked[index..=index + 1] {
            half.tokens.push((token, 100));
            half.weight = (vocabulary.tokens[token].weight / 2).max(1);
        }
    }
}

fn candidates(term: &Term, vocabulary: &Vocabulary) -> Vec<(usize, u32)> {
    let exact = vocabulary.exactly(&term.text);
    if term.kind != TermKind::Word {
        // "iphone 128" is short for the 128 GB.
        let memory = || vocabulary.exactly(&format!("{}{MEMORY}", term.text)).filter(|_| term.kind == TermKind::Number);
        let exact = exact.or_else(memory);
        return exact.map(|token| (token, 100)).into_iter().collect();
    }
    let mut found: Vec<(usize, u32)> = exact.map(|token| (token, 100)).into_iter().collect();
    let bones = skeleton(&term.text);
    if bones.chars().count() >= 3 {
        found.extend(vocabulary.sounding_like(&bones).iter().filter(|token| Some(**token) != exact).map(|token| (*token, 96)));
    }
    if found.is_empty() {
        found = misspelt(&term.text, vocabulary);
    }
    found
}

/// How a product fits a message.
#[derive(Clone, Copy, Default)]
struct Fit {
    /// The best score of any of its names.
    score: u32,
    /// How much of the message occurs in its names, in hundredths.
    met: u32,
    /// The terms that occur in any of its names, as a bit mask.
    known: u64,
    /// How much of one of its names the message covers at most, in hundredths.
    covered: u32,
    /// The terms that make up a whole name of it, as a bit mask, and their weight; zero when no name is whole.
    whole: (u32, u64),
}

/// The products of which the message names each in full and one after the other: "sugar, salt and maggi".
fn basket(fits: &HashMap<usize, Fit>, asked: &[Asked]) -> Vec<usize> {
    if fits.values().any(|fit| fit.score > 0 && fit.met == 100) {
        return Vec::new();
    }
    let mut whole: Vec<(u32, u64, usize)> =
        fits.iter().filter(|(_, fit)| fit.whole.0 > 0).map(|(product, fit)| (fit.whole.0, fit.whole.1, *product)).collect();
    whole.sort_by_key(|(weight, mask, product)| (std::cmp::Reverse(*weight), *mask, *product));
    let mut masks: Vec<u64> = Vec::new();
    let mut products = Vec::new();
    for (_, mask, product) in whole {
        let overlaps = masks.iter().any(|taken| taken & mask != 0);
        if masks.contains(&mask) {
            products.push(product);
        } else if !overlaps {
            masks.push(mask);
            products.push(product);
        }
    }
    let named: u64 = masks.iter().fold(0, |all, mask| all | mask);
    // Only words count: the numbers of a list are its places and amounts.
    let words = asked.iter().enumerate().filter(|(_, one)| one.term.kind == TermKind::Word).fold(0, |all, (index, _)| all | 1 << index);
    let share = weight(asked, named & words) * 100 / weight(asked, words).max(1);
    if masks.len() > 1 && share >= BASKET_SHARE { products } else { Vec::new() }
}

/// What the needed terms in a bit mask weigh together.
fn weight(asked: &[Asked], mask: u64) -> u32 {
    asked.iter().enumerate().filter(|(index, one)| one.needed && mask & (1 << index) != 0).map(|(_, one)| one.weight).sum()
}

/// How each product fits that any term touches.
fn fits(asked: &[Asked], vocabulary: &Vocabulary) -> HashMap<usize, Fit> {
    let mut touched: HashMap<usize, Touch> = HashMap::new();
    for (index, one) in asked.iter().enumerate() {
        for (token, likeness) in &one.tokens {
            for (name, mask) in &vocabulary.tokens[*token].places {
                let touch = touched.entry(*name).or_default();
                touch.asked |= 1 << index;
                for place in (0..TERMS_MAX).filter(|place| mask & (1 << place) != 0) {
                    touch.likeness[place] = touch.likeness[place].max(*likeness);
                }
            }
        }
    }
    let known = known(&touched, vocabulary);
    let mut fits: HashMap<usize, Fit> = HashMap::new();
    let everyday = asked.iter().all(|one| !one.needed);
    for (name, touch) in &touched {
        // "good" sounds like "gud", jaggery: everyday words mean a name of several words or none.
        if everyday && vocabulary.names[*name].terms.len() < 2 {
            continue;
        }
        let product = vocabulary.names[*name].product;
        let covered = covered(*name, touch, vocabulary);
        let known = known.get(&product).copied().unwrap_or(0);
        let met = met(asked, known);
        let score = penalised(vocabulary.carries[product], known, MESSAGE_SHARE * met + NAME_SHARE * covered, asked);
        let fit = fits.entry(product).or_default();
        fit.score = score.max(fit.score);
        fit.met = met;
        fit.known = known;
        fit.covered = fit.covered.max(covered);
        if covered >= WHOLE && score > 0 {
            fit.whole = fit.whole.max((weight(asked, touch.asked), touch.asked));
        }
    }
    fits
}

#[derive(Default)]
struct Touch {
    /// Which terms of the message fit, as a bit mask.
    asked: u64,
    /// How well each term of the name is met.
    likeness: [u32; TERMS_MAX],
}

/// How much of the message occurs in the names of a product, in hundredths: people mix them, "parle g biskut".
fn met(asked: &[Asked], known: u64) -> u32 {
    match weight(asked, u64::MAX) {
        0 => 100,
        wanted => weight(asked, known) * 100 / wanted,
    }
}

/// How much of a name the message covers, in hundredths.
fn covered(name: usize, touch: &Touch, vocabulary: &Vocabulary) -> u32 {
    let (mut whole, mut covered) = (0, 0);
    for (place, token) in vocabulary.names[name].terms.iter().enumerate() {
        let weight = vocabulary.tokens[*token].weight;
        whole += weight * 100;
        covered += weight * touch.likeness[place];
    }
    covered * 100 / whole.max(1)
}

/// Which terms of the message occur in any name of a product, as bit masks.
fn known(touched: &HashMap<usize, Touch>, vocabulary: &Vocabulary) -> HashMap<usize, u64> {
    let mut known: HashMap<usize, u64> = HashMap::new();
    for (name, touch) in touched {
        *known.entry(vocabulary.names[*name].product).or_default() |= touch.asked;
    }
    known
}

/// Takes off what speaks against a product in all its names together: the alias "iphone" belongs to a product whose name has a 15.
fn penalised(product: Carries, known: u64, score: u32, asked: &[Asked]) -> u32 {
    let fits = |index: usize| known & (1 << index) != 0;
    let lacks = |kind: TermKind| {
        let mut of_kind = asked.iter().enumerate().filter(|(_, one)| one.term.kind == kind).peekable();
        of_kind.peek().is_some() && of_kind.all(|(index, _)| !fits(index))
    };
    let other_thing = asked.iter().enumerate().any(|(index, one)| OTHER_THING.contains(&one.term.raw.as_str()) && !fits(index));
    if other_thing || (product.number && lacks(TermKind::Number)) {
        return 0;
    }
    if (product.pack.is_some() || product.memory) && lacks(TermKind::Size) { score.saturating_sub(OTHER_SIZE) } else { score }
}
