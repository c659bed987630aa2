//! Which language a message is written in.

use super::{
    Evidence,
    normal::has_letter_between,
    words::{Tongue, known},
};
use crate::locale::Locale;

/// English words that Hindi has words of its own for, and that stand alone in English.
const ENGLISH: &str = "unsubscribe subscribe resubscribe";
/// What shops sell, in English: beside another word it shows the language, alone it is as good as a name.
const GOODS: &str = "sugar rice soap oil milk butter bread tea coffee salt flour powder biscuit biscuits cookies cheese noodles wheat \
    jaggery turmeric cumin chilli mustard sunflower toothpaste detergent water charger cover phone drink drinks juice eggs egg onion potato \
    tomato vegetables fruits shampoo ghee chips";
/// What shops sell, in Hindi: with one of these the English beside it is borrowed.
const HINDI_GOODS: &str = "cheeni chini shakkar namak chawal dal daal atta aata tel sabun doodh dudh makhan makkhan chai patti haldi mirch \
    mirchi jeera zeera besan gud poha maida sooji suji sarson sarso namkeen pani dahi anda ande aloo pyaz tamatar masala masale gehu arhar \
    toor moong chana rajma biskut bisket desi kapde bartan nahane manjan khula paneer roti";

/// The locale of a text and its words: by script first, then by the little words that no other language has.
pub(super) fn locale(text: &str, words: &[String]) -> (Locale, Evidence) {
    if has_letter_between(text, '\u{900}', '\u{97f}') {
        return (Locale::Hindi, Evidence::Seen);
    }
    let (mut english, mut hinglish) = (0, 0);
    for word in words {
        match known(word) {
            Some((_, Tongue::English)) => english += 1,
            Some((_, Tongue::Hinglish)) => hinglish += 1,
            Some((_, Tongue::Shared | Tongue::Hindi)) | None => {}
        }
    }
    let among = |table: &str, word: &String| table.split_whitespace().any(|known| known == word);
    let hindi_goods = words.iter().any(|word| among(HINDI_GOODS, word));
    let goods = words.len() > 1 && words.iter().any(|word| among(GOODS, word));
    if hinglish == 0 && !hindi_goods && (goods || words.iter().any(|word| among(ENGLISH, word))) {
        return (Locale::English, Evidence::Seen);
    }
    match (english, hinglish) {
        (0, 0) => (Locale::English, Evidence::Guessed),
        // Hinglish borrows English words all the time, English hardly ever Hindi ones.
        (_, 1..) if hinglish * 2 >= english => (Locale::Hinglish, Evidence::Seen),
        (_, _) => (Locale::English, Evidence::Seen),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::normal::words;

    #[test]
    fn sees_the_language() {
        for (text, expected) in [
            ("how much sugar do we have", Locale::English),
            ("price of surf excel", Locale::English),
            ("is parle g available?", Locale::English),
            ("kitna stock hai Parle-G ka", Locale::Hinglish),
            ("cheeni ka price kya hai", Locale::Hinglish),
            ("bhaiya surf excel milega", Locale::Hinglish),
            ("rate batao", Locale::Hinglish),
            ("unsubscribe", Locale::English),
            ("cheapest rice?", Locale::English),
            ("sugar price", Locale::English),
            ("dettol soap", Locale::English),
            ("tata salt stock", Locale::English),
            ("sugar chahiye", Locale::Hinglish),
            ("namaste", Locale::Hinglish),
            ("चीनी का भाव?", Locale::Hindi),
            ("iPhone का stock कितना है", Locale::Hindi),
        ] {
            assert_eq!(locale(text, &words(text)), (expected, Evidence::Seen), "{text}");
        }
    }

    #[test]
    fn a_bare_name_tells_nothing() {
        for text in ["parle g?", "iphone 15", "15", "", "sugar", "rin sabun", "cheeni price", "chai patti powder", "சர்க்கரை"]
        {
            assert_eq!(locale(text, &words(text)), (Locale::English, Evidence::Guessed), "{text}");
        }
    }
}
