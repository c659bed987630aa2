//! What is wanted, read from the words around the product.

use super::{
    CERTAIN_BP, Intent,
    words::{Sense, known},
};
use crate::consent::{ConsentChange, consent_word};

/// The words of a message with what each does.
pub(super) struct Heard<'a> {
    /// The words in order.
    pub words: &'a [String],
    /// What each does; `None` for a word that is not in the table.
    pub senses: Vec<Option<Sense>>,
}

impl<'a> Heard<'a> {
    pub(super) fn new(words: &'a [String]) -> Self {
        Self { words, senses: words.iter().map(|word| known(word).map(|(sense, _)| sense)).collect() }
    }

    pub(super) fn has(&self, sense: Sense) -> bool {
        self.senses.contains(&Some(sense))
    }

    /// Whether nothing but these senses and fillers occurs, and at least one of them does.
    fn only(&self, senses: &[Sense]) -> bool {
        let among = |sense: &Sense| senses.contains(sense);
        self.senses.iter().flatten().any(among)
            && self.senses.iter().all(|sense| sense.is_some_and(|sense| among(&sense) || sense == Sense::Filler))
    }

    /// Whether it ends like "redmi hai?".
    fn ends_with_is(&self) -> bool {
        self.words.last().is_some_and(|last| ["hai", "hain", "h", "है", "हैं"].contains(&last.as_str()))
    }

    fn has_phrase(&self, phrase: &[&str]) -> bool {
        self.words.windows(phrase.len()).any(|window| window.iter().zip(phrase).all(|(word, wanted)| word == wanted))
    }

    fn has_any_phrase(&self, phrases: &[&[&str]]) -> bool {
        phrases.iter().any(|phrase| self.has_phrase(phrase))
    }
}

/// The change of consent a message asks for in whatever words, and how sure that is.
pub(super) fn consent(text: &str, heard: &Heard) -> Option<(Intent, u16)> {
    match consent_word(text) {
        Some(ConsentChange::OptOut) => return Some((Intent::OptOut, CERTAIN_BP)),
        Some(ConsentChange::OptIn) => return Some((Intent::OptIn, CERTAIN_BP)),
        None => {}
    }
    let about_messages = heard.has(Sense::Message);
    let word = |wanted: &[&str]| heard.words.iter().any(|word| wanted.contains(&word.as_str()));
    let off = word(&["stop", "band", "bandh", "mat", "roko", "unsubscribe", "dont", "बंद", "मत", "रोको"]);
    // "message nahi chahiye" is a wish, "message nahi aaya" a complaint.
    let off = off || heard.has(Sense::Want) && word(&["nahi", "nahin", "nhi", "no", "नहीं", "नही"]);
    let on = word(&["start", "resume", "chalu", "chaalu", "shuru", "चालू", "शुरू"]);
    match (about_messages, off, on) {
        (true, true, _) => Some((Intent::OptOut, 8_000)),
        (true, false, true) => Some((Intent::OptIn, 8_000)),
        (true, false, false) | (false, _, _) => None,
    }
}

/// What is wanted when a product is named.
pub(super) fn about_product(heard: &Heard) -> Intent {
    let (price, stock) = (asks_price(heard), heard.has(Sense::Stock));
    if heard.has(Sense::Change) || sets_number(heard) {
        return Intent::OutOfScope;
    }
    match (price, stock) {
        (true, false) => Intent::PriceCheck,
        (true, true) if !heard.has_any_phrase(ASKS_STOCK) => Intent::PriceCheck,
        (false, _) if heard.has(Sense::Elsewhere) => Intent::OutOfScope,
        (true, true) | (false, _) => Intent::StockCheck,
    }
}

/// What the words that are left name, when it is no product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Thing {
    /// No word is left.
    None,
    /// Words no product has.
    Unknown,
    /// Something like a product: an "iphone 14" where there is an iPhone 15.
    Near,
}

/// What is wanted when no product is named.
pub(super) fn without_product(heard: &Heard, left: Thing) -> Intent {
    let thing = left != Thing::None;
    if heard.words.is_empty() {
        return Intent::OutOfScope;
    }
    if asks_for_person(heard) {
        return Intent::TalkToHuman;
    }
    if heard.has(Sense::Change) || heard.has(Sense::Elsewhere) || sets_number(heard) {
        return Intent::OutOfScope;
    }
    if heard.has(Sense::Thanks) && !thing && !heard.has(Sense::Price) && !heard.has(Sense::Stock) {
        return Intent::Thanks;
    }
    if heard.only(&[Sense::Greeting]) || heard.has_any_phrase(HOW_ARE_YOU) && !thing {
        return Intent::Greeting;
    }
    if !thing && acknowledges(heard) {
        return Intent::Acknowledgement;
    }
    if heard.has_any_phrase(WHAT_CAN_YOU_DO) || heard.has(Sense::Help) {
        return Intent::Help;
    }
    if asks_for_list(heard, thing) {
        return Intent::CatalogBrowse;
    }
    if asks_price(heard) {
        return Intent::PriceCheck;
    }
    let asks_for_thing =
        heard.has(Sense::Want) || heard.has_any_phrase(IS_THERE) || heard.words.len() <= 4 && (left == Thing::Near || heard.ends_with_is());
    if heard.has(Sense::Stock) || heard.has(Sense::HowMuch) || thing && asks_for_thing {
        return Intent::StockCheck;
    }
    Intent::OutOfScope
}

const ASKS_STOCK: &[&[&str]] = &[
    &["stock"],
    &["stok"],
    &["स्टॉक"],
    &["स्टाक"],
    &["available"],
    &["bacha"],
    &["bachi"],
    &["bache"],
    &["बचा"],
    &["बची"],
    &["बचे"],
    &["left"],
    &["inventory"],
];
const IS_THERE: &[&[&str]] = &[&["hai", "kya"], &["hain", "kya"], &["h", "kya"], &["है", "क्या"], &["हैं", "क्या"]];
const HOW_ARE_YOU: &[&[&str]] =
    &[&["how", "are", "you"], &["kaise", "ho"], &["kaise", "hain"], &["कैसे", "हो"], &["कैसे", "हैं"], &["kya", "haal"], &["whats", "up"]];
const WHAT_CAN_YOU_DO: &[&[&str]] = &[
    &["what", "can", "you", "do"],
    &["what", "can", "i", "ask"],
    &["how", "does", "this", "work"],
    &["how", "to", "use"],
    &["how", "does", "it", "work"],
    &["kya", "kya", "kar", "sakte"],
    &["kya", "kar", "sakte"],
    &["kaise", "kaam"],
    &["bot", "kya"],
    &["क्या", "कर", "सकते"],
    &["कैसे", "काम"],
    &["who", "are", "you"],
    &["kaun", "ho"],
];
const WHAT_IS_THERE: &[&[&str]] = &[
    &["kya", "kya"],
    &["क्या", "क्या"],
    &["kaun", "kaun"],
    &["कौन", "कौन"],
    &["what", "do", "you", "have"],
    &["what", "all"],
    &["what", "do", "we", "have"],
    &["what", "is", "available"],
    &["whats", "available"],
    &["what", "else"],
    &["aur", "kya"],
    &["और", "क्या"],
];

/// Words that answer yes, no or all right.
const ACKNOWLEDGING: &str = "ok okay okey k kk oky okk yes yeah yep ya no nope nah hmm hm fine great nice cool alright sure \
    haan han haa ha nahi nahin nhi naa theek thik tik thk acha achha accha sahi badhiya bas \
    हाँ हां हा नहीं नही ठीक अच्छा सही बढ़िया बस ओके जी";
/// What may stand beside them.
const COURTEOUS: &str = "ji bhai bhaiya bhaiyya sir sirji madam maam bro dear uncle aunty didi yaar hai h he got it chahiye chaiye \
    है भाई भैया सर मैडम चाहिए very good bahut to kuch aur thats all abhi";

/// Whether nothing but yes, no or all right is said, be it politely.
fn acknowledges(heard: &Heard) -> bool {
    let among = |table: &str, word: &String| table.split_whitespace().any(|known| known == word);
    let yes = |word: &String| among(ACKNOWLEDGING, word);
    heard.words.len() <= 6 && heard.words.iter().any(yes) && heard.words.iter().all(|word| yes(word) || among(COURTEOUS, word))
}

/// A price is asked for by its own words, or by "how much" next to the words of paying.
fn asks_price(heard: &Heard) -> bool {
    if heard.has(Sense::Price) {
        return true;
    }
    let words = heard.words;
    let beside = |index: usize| words.get(index + 1).map(String::as_str);
    let last = |index: usize| index + 1 == words.len();
    words.iter().enumerate().any(|(index, word)| match word.as_str() {
        "kitne" | "कितने" if last(index) => true,
        "kitne" | "kitna" | "kitni" | "कितने" | "कितना" | "कितनी" => {
            beside(index).is_some_and(|next| PAYING.contains(&next))
        }
        "much" if heard.has(Sense::Stock) => false,
        "much" if last(index) && index > 1 => true,
        "much" => beside(index).is_some_and(|next| ["is", "are", "does", "for", "s", "the"].contains(&next)),
        _ => false,
    })
}

const PAYING: &[&str] = &[
    "ka",
    "ki",
    "ke",
    "mein",
    "me",
    "main",
    "rs",
    "lagega",
    "lagegi",
    "lagenge",
    "padega",
    "padegi",
    "rupaye",
    "rupay",
    "rupees",
    "paise",
    "paisa",
    "रुपये",
    "रुपए",
    "पैसे",
    "का",
    "की",
    "के",
    "में",
    "मे",
    "लगेगा",
    "लगेंगे",
    "पड़ेगा",
    "पड़ेगी",
];

/// "… 35 kar do": a number and an order to make it so.
fn sets_number(heard: &Heard) -> bool {
    heard.words.windows(2).any(|pair| {
        pair[0].starts_with(|first: char| first.is_ascii_digit()) && ["kar", "karo", "kardo", "कर", "करो"].contains(&pair[1].as_str())
    })
}

fn asks_for_person(heard: &Heard) -> bool {
    let calls = heard.has_any_phrase(&[
        &["call", "me"],
        &["call", "karo"],
        &["phone", "karo"],
        &["कॉल", "करो"],
        &["फोन", "करो"],
        &["call", "back"],
        &["customer", "care"],
        &["customer", "support"],
        &["baat", "karni"],
        &["baat", "karna"],
        &["बात", "करनी"],
        &["baat", "karwa"],
        &["baat", "kara"],
        &["बात", "करवा"],
        &["बात", "करा"],
    ]);
    calls
        || heard.has(Sense::Person)
            && (heard.has(Sense::Talk) || heard.only(&[Sense::Person, Sense::Want, Sense::Talk, Sense::Greeting, Sense::Stock]))
}

/// A list is asked for when showing, or goods in general, are all that is named.
fn asks_for_list(heard: &Heard, thing: bool) -> bool {
    if heard.has_any_phrase(WHAT_IS_THERE) && !asks_price(heard) && !thing {
        return true;
    }
    let catalogue = heard.words.iter().any(|word| ["catalog", "catalogue", "catlog", "कैटलॉग"].contains(&word.as_str()));
    catalogue || heard.has(Sense::Show) || heard.has(Sense::Goods)
}
