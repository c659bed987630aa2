use std::fmt::Write as _;

use proptest::prelude::*;

use super::{
    super::{
        definition::{Card, CardBody, LimitedTimeOffer, ParameterFormat},
        message::{FilledCard, TemplateMessage},
        naming::{TemplateLanguage, TemplateName},
        preview::preview,
    },
    *,
};
use crate::{
    id,
    messaging::content::{Limited, MediaSource},
    time::Timestamp,
};

fn parts(body: &str) -> DefinitionParts {
    DefinitionParts {
        body: Some(Body::Text { text: body.to_owned(), examples: Vec::new() }),
        ..DefinitionParts::blank(TemplateName::new("visit").unwrap(), TemplateLanguage::new("en").unwrap(), Category::Utility)
    }
}

fn empty() -> Filling {
    Filling::blank(TemplateName::new("visit").unwrap(), TemplateLanguage::new("en").unwrap())
}

fn value(variable: &str, words: &str) -> Value {
    Value { variable: variable.to_owned(), words: ValueKind::Text(Limited::new(words).unwrap()) }
}

fn with(values: &[(&str, &str)]) -> Filling {
    Filling { body: values.iter().map(|(variable, words)| value(variable, words)).collect(), ..empty() }
}

fn told(parts: &DefinitionParts, filling: &Filling) -> Vec<(String, &'static str)> {
    let definition = TemplateDefinition::of_provider(parts.clone());
    let faults = preflight(&definition, filling).err().map_or_else(Vec::new, |faults| faults.0);
    assert_eq!(TemplateMessage::prepare(&definition, filling.clone()).is_err(), !faults.is_empty());
    faults.into_iter().map(|fault| (fault.place, fault.problem.code())).collect()
}

fn image() -> HeaderValue {
    HeaderValue::Image(MediaSource::Stored(id::derived(&[b"m"])))
}

fn filled(index: u8, value: ButtonValue) -> FilledButton {
    FilledButton { index, value }
}

#[test]
fn every_variable_has_one_value_and_no_other() {
    let hi = parts("Hi {{1}}, at {{2}}");
    assert_eq!(told(&hi, &with(&[("2", "noon"), ("1", "Asha")])), []);
    assert_eq!(told(&hi, &with(&[("1", "Asha")])), [("body".to_owned(), "parameter_missing")]);
    assert_eq!(told(&hi, &with(&[("1", "Asha"), ("2", "noon"), ("3", "x")])), [("body".to_owned(), "parameter_unexpected")]);
    assert_eq!(told(&hi, &with(&[("1", "Asha"), ("2", "noon"), ("1", "x")])), [("body".to_owned(), "parameter_unexpected")]);
    for odd in ["a\nb", "a\tb", "a     b"] {
        assert_eq!(told(&hi, &with(&[("1", odd), ("2", "noon")])), [("body[1]".to_owned(), "parameter_spacing")], "{odd:?}");
    }
    let other = Filling { name: TemplateName::new("other").unwrap(), ..with(&[("1", "Asha"), ("2", "noon")]) };
    assert_eq!(told(&hi, &other), [("template".to_owned(), "unfit")]);
}

#[test]
fn what_is_filled_may_not_grow_too_long() {
    let hi = parts("Hi {{1}}");
    let long = "x".repeat(2_000);
    assert_eq!(told(&hi, &with(&[("1", &long)])), [], "alone, a text may be long");
    let beside = DefinitionParts { header: Some(Header::Text { text: "Visit".to_owned(), examples: Vec::new() }), ..hi };
    assert_eq!(told(&beside, &with(&[("1", &long)])), [("body".to_owned(), "too_long")]);
}

#[test]
fn headers_get_what_they_want() {
    let wants = |header: Header| DefinitionParts { header: Some(header), ..parts("Hello") };
    let picture = wants(Header::Image { sample: None });
    assert_eq!(told(&picture, &empty()), [("header".to_owned(), "missing")]);
    assert_eq!(told(&picture, &Filling { header: Some(image()), ..empty() }), []);
    let film = wants(Header::Video { sample: None });
    assert_eq!(told(&film, &Filling { header: Some(image()), ..empty() }), [("header".to_owned(), "unfit")]);
    assert_eq!(told(&parts("Hello"), &Filling { header: Some(image()), ..empty() }), [("header".to_owned(), "unfit")]);
    let text = wants(Header::Text { text: "On {{1}}".to_owned(), examples: Vec::new() });
    assert_eq!(told(&text, &empty()), [("header".to_owned(), "parameter_missing")]);
    assert_eq!(told(&text, &Filling { header: Some(HeaderValue::Text(value("1", "Monday"))), ..empty() }), []);
    let long = "x".repeat(58);
    let long = Filling { header: Some(HeaderValue::Text(value("1", &long))), ..empty() };
    assert_eq!(told(&text, &long), [("header".to_owned(), "too_long")]);
}

#[test]
fn buttons_get_what_they_want() {
    let url = Button::Url { text: "Map".to_owned(), url: "https://a.in/{{1}}".to_owned(), example: None };
    let still = Button::Url { text: "Home".to_owned(), url: "https://a.in".to_owned(), example: None };
    let code = Button::CopyCode { example: "X".to_owned() };
    let wants = DefinitionParts { buttons: vec![url, still, code], ..parts("Hello") };
    let suffix = || ButtonValue::UrlSuffix(Limited::new("42").unwrap());
    let coupon = || ButtonValue::Coupon(Limited::new("DIWALI25").unwrap());
    assert_eq!(told(&wants, &empty()), [("buttons[0]".to_owned(), "missing"), ("buttons[2]".to_owned(), "missing")]);
    assert_eq!(told(&wants, &Filling { buttons: vec![filled(0, suffix()), filled(2, coupon())], ..empty() }), []);
    let wrong = Filling { buttons: vec![filled(0, coupon()), filled(1, suffix()), filled(2, coupon()), filled(7, suffix())], ..empty() };
    let places: Vec<String> = told(&wants, &wrong).into_iter().map(|(place, _)| place).collect();
    assert_eq!(places, ["buttons[7]", "buttons[0]", "buttons[1]"]);
    let call = DefinitionParts { buttons: vec![Button::VoiceCall { text: "Call".to_owned() }], ..parts("Hello") };
    let minutes = |ttl_minutes| Filling { buttons: vec![filled(0, ButtonValue::Call { ttl_minutes, payload: None })], ..empty() };
    assert_eq!(told(&call, &minutes(Some(1_440))), []);
    assert_eq!(told(&call, &minutes(Some(0))), [("buttons[0]".to_owned(), "out_of_range")]);
}

#[test]
fn codes_offers_and_cards_are_complete() {
    let code = DefinitionParts { body: Some(Body::Authentication { security_recommendation: false }), ..parts("") };
    assert_eq!(told(&code, &with(&[("1", "493027")])), []);
    assert_eq!(told(&code, &with(&[("1", &"1".repeat(16))])), [("body".to_owned(), "too_long")]);
    let offer = DefinitionParts { offer: Some(LimitedTimeOffer { text: "Soon".to_owned(), has_expiration: true }), ..parts("Hello") };
    assert_eq!(told(&offer, &empty()), [("offer_ends_at".to_owned(), "missing")]);
    assert_eq!(told(&offer, &Filling { offer_ends_at: Some(Timestamp::UNIX_EPOCH), ..empty() }), []);
    let card = || Card {
        header: Header::Image { sample: None },
        body: Some(CardBody { text: "Tower {{1}}".to_owned(), examples: Vec::new() }),
        buttons: Vec::new(),
    };
    let cards = DefinitionParts { cards: vec![card(), card()], ..parts("Hello") };
    let given = |words: &[(&str, &str)]| FilledCard { header: image(), body: with(words).body, buttons: Vec::new() };
    assert_eq!(told(&cards, &Filling { cards: vec![given(&[("1", "A")])], ..empty() }), [("cards".to_owned(), "too_few")]);
    let half = Filling { cards: vec![given(&[("1", "A")]), given(&[])], ..empty() };
    assert_eq!(told(&cards, &half), [("cards[1].body".to_owned(), "parameter_missing")]);
    let unknown = DefinitionParts { unknown: vec![crate::text::Text::new("SPARKLES").unwrap()], ..parts("Hello") };
    assert_eq!(told(&unknown, &empty()), [("template".to_owned(), "unknown_part")]);
}

#[test]
fn a_template_that_changed_meanwhile_is_not_sent_unseen() {
    let before = TemplateDefinition::of_provider(parts("Hi {{1}}, see you"));
    let message = TemplateMessage::prepare(&before, with(&[("1", "Asha")])).unwrap();
    assert!(message.recheck(&before).is_ok());
    let after = TemplateDefinition::of_provider(parts("Hi {{1}}, pay now"));
    assert_eq!(message.recheck(&after).unwrap_err().0[0].problem.code(), "unfit");
    let more = TemplateDefinition::of_provider(parts("Hi {{1}}, at {{2}}"));
    assert_eq!(message.recheck(&more).unwrap_err().0[0].problem.code(), "parameter_missing");
}

proptest! {
    /// What a person reads holds every value in the place of its variable, in both formats, whatever the order they are given in.
    #[test]
    fn the_preview_is_the_payload(
        words in prop::collection::vec("[a-z]{1,6}", 2..8),
        values in prop::collection::vec("[A-Z0-9₹ अ-ह{}]{1,10}", 1..6),
        named in any::<bool>(),
        turn in any::<prop::sample::Index>(),
    ) {
        let values: Vec<String> = values.into_iter().map(|value| format!("<{}>", value.trim())).collect();
        let name = |index: usize| if named { format!("name_{index}") } else { (index + 1).to_string() };
        let mut text = words.join(" ");
        let mut expected = text.clone();
        for (index, value) in values.iter().enumerate() {
            write!(text, " {{{{{}}}}} then", name(index)).unwrap();
            write!(expected, " {value} then").unwrap();
        }
        let mut body: Vec<Value> = values.iter().enumerate().map(|(index, words)| value(&name(index), words)).collect();
        let middle = turn.index(body.len());
        body.rotate_left(middle);
        let filling = Filling { body, ..empty() };
        let format = if named { ParameterFormat::Named } else { ParameterFormat::Positional };
        let definition = TemplateDefinition::of_provider(DefinitionParts { format, ..parts(&text) });
        let message = TemplateMessage::prepare(&definition, filling.clone()).unwrap();
        prop_assert_eq!(&message.shown().body, &expected);
        prop_assert_eq!(message.shown(), &preview(&definition, &filling));
        let json = serde_json::to_string(&message).unwrap();
        prop_assert_eq!(serde_json::from_str::<TemplateMessage>(&json).unwrap(), message);
    }
}
