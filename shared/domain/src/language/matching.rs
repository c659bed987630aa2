//! Which product a message means: the names that share the most telling words with it.

use std::collections::HashMap;

use super::{
    ProductMatch, SEVERAL_MAX,
    fold::skeleton,
    terms::{TERMS_MAX, Term, TermKind},
    vocabulary::{Carries, Vocabulary, joined, letters as mask_of},
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
const OTHER_SIZE: u32 = 1_500;
/// The hundredths of a name that make it whole: a slip of the finger is forgiven.
const WHOLE: u32 = 85;
/// The hundredths of a message that whole names must cover for it to be a basket.
const BASKET_SHARE: u32 = 60;
/// Weight of a word no product has.
const UNKNOWN_WEIGHT: u32 = 5;
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
            return Found { product: ProductMatch::None, score_bp: 0, near };
        }
        (0, _) => PERFECT,
        (_, _) => SCORE_MIN,
    };
    let fits = fits(&asked, vocabulary);
    let basket = basket(&fits, &asked);
    if basket.len() > 1 {
        let products = basket.into_iter().take(SEVERAL_MAX).map(|product| vocabulary.products[product]).collect();
        return Found { product: ProductMatch::Several(products), score_bp: PERFECT, near };
    }
    let mut ranked: Vec<(usize, u32)> =
        fits.into_iter().map(|(product, fit)| (product, fit.score)).filter(|(_, score)| *score >= least).collect();
    ranked.sort_by_key(|(product, score)| (std::cmp::Reverse(*score), *product));
    let Some((_, best)) = ranked.first().copied() else {
        return Found { product: ProductMatch::None, score_bp: 0, near };
    };
    let margin = if best >= PERFECT { MARGIN_PERFECT } else { MARGIN };
    let best_ones: Vec<_> = ranked
        .iter()
        .take_while(|(_, score)| score + margin >= best)
        .take(SEVERAL_MAX)
        .map(|(product, _)| vocabulary.products[*product])
        .collect();
    let product = match best_ones.as_slice() {
        [one] => ProductMatch::One(*one),
        _ => ProductMatch::Several(best_ones),
    };
    Found { product, score_bp: best, near }
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
        Self { term: term.clone(), needed, weight: known.unwrap_or(UNKNOWN_WEIGHT), tokens }
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

/// Tokens at a distance a slip of the finger explains: the longer the word, the more slips.
fn misspelt(text: &str, vocabulary: &Vocabulary) -> Vec<(usize, u32)> {
    let letters: Vec<char> = text.chars().collect();
    let length = letters.len();
    let slips = match length {
        0..=3 => return Vec::new(),
        4..=6 => 1,
        _ => 2,
    };
    let mask = mask_of(text);
    let mut found = Vec::new();
    for other_length in length - slips..=length + slips {
        for token in vocabulary.starting(letters[0], other_length) {
            let other = &vocabulary.tokens[*token];
            // A slip changes at most two letters of the mask: one goes, one comes.
            if (other.letters ^ mask).count_ones() as usize > 2 * slips {
                continue;
            }
            let other = &other.text;
            let distance = strsim::osa_distance(text, other);
            if distance <= slips && is_slip(&letters, other, distance) {
                found.push((*token, if distance == 1 { 88 } else { 76 }));
            }
        }
    }
    found
}

/// In short words another letter makes another word (soap, soup); two slips are believed only after a good beginning.
fn is_slip(letters: &[char], other: &str, distance: usize) -> bool {
    let other: Vec<char> = other.chars().collect();
    if distance > 1 {
        return other.len() >= 7 && letters[..3] == other[..3];
    }
    if letters.len() > 4 && other.len() > 4 {
        return true;
    }
    let differing = letters.iter().zip(&other).filter(|(one, two)| one != two).count();
    letters.len() != other.len() && other.len() > 3 || letters.len() == other.len() && differing == 2
}

/// How a product fits a message.
#[derive(Clone, Copy, Default)]
struct Fit {
    /// The best score of any of its names.
    score: u32,
    /// How much of the message occurs in its names, in hundredths.
    met: u32,
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
    if masks.len() > 1 && met(asked, named) >= BASKET_SHARE { products } else { Vec::new() }
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
    for (name, touch) in &touched {
        let product = vocabulary.names[*name].product;
        let covered = covered(*name, touch, vocabulary);
        let known = known.get(&product).copied().unwrap_or(0);
        let met = met(asked, known);
        let score = penalised(vocabulary.carries[product], known, MESSAGE_SHARE * met + NAME_SHARE * covered, asked);
        let fit = fits.entry(product).or_default();
        fit.score = score.max(fit.score);
        fit.met = met;
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
    if product.size && lacks(TermKind::Size) { score.saturating_sub(OTHER_SIZE) } else { score }
}
