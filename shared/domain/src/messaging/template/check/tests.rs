use proptest::prelude::*;

use super::{
    super::{
        category::Category,
        definition::{
            Autofill, Body, Button, Card, CardBody, DefinitionParts, Example, FlowStep, Footer, Header, LimitedTimeOffer, OtpKind,
            ParameterFormat, TemplateDefinition,
        },
        naming::{TemplateLanguage, TemplateName},
    },
    all,
};
use crate::text::Text;

fn plain(body: &str) -> DefinitionParts {
    DefinitionParts {
        body: Some(Body::Text { text: body.to_owned(), examples: examples(body) }),
        ..DefinitionParts::blank(TemplateName::new("visit_reminder").unwrap(), TemplateLanguage::new("en").unwrap(), Category::Utility)
    }
}

fn examples(text: &str) -> Vec<Example> {
    let of = |variable: &str| Example { variable: variable.to_owned(), value: "Asha".to_owned() };
    super::super::placeholder::variables(text).into_iter().map(of).collect()
}

/// The faults, each as its place and its code.
fn told(parts: &DefinitionParts) -> Vec<(String, &'static str)> {
    let faults = all(parts);
    assert_eq!(TemplateDefinition::new(parts.clone()).is_ok(), faults.is_empty());
    faults.into_iter().map(|fault| (fault.place, fault.problem.code())).collect()
}

fn one(parts: &DefinitionParts) -> (String, &'static str) {
    let told = told(parts);
    assert_eq!(told.len(), 1, "{told:?}");
    told[0].clone()
}

fn reply(text: &str) -> Button {
    Button::QuickReply { text: text.to_owned() }
}

fn url(url: &str) -> Button {
    Button::Url { text: "Map".to_owned(), url: url.to_owned(), example: Some("https://example.in/x".to_owned()) }
}

fn image() -> Header {
    Header::Image { sample: Some(Text::new("4::aW").unwrap()) }
}

#[test]
fn a_template_of_everyday_is_legal() {
    let parts = DefinitionParts {
        format: ParameterFormat::Named,
        header: Some(Header::Text { text: "Visit on {{day}}".to_owned(), examples: examples("{{day}}") }),
        footer: Some(Footer::Text { text: "Reply STOP to opt out".to_owned() }),
        buttons: vec![
            reply("Confirm"),
            url("https://example.in/{{1}}"),
            Button::Phone { text: "Call".to_owned(), phone: "+918047000123".to_owned() },
        ],
        ..plain("Hi {{name}}, your visit is at {{slot}}.")
    };
    assert_eq!(told(&parts), []);
}

#[test]
fn bodies_are_measured_and_their_variables_kept_in_order() {
    for (body, code) in [
        ("", "missing"),
        (&*"x".repeat(1_025), "too_long"),
        ("a\tb", "spacing"),
        ("a     b", "spacing"),
        ("a\n\n\nb", "spacing"),
        ("{{1}} is what you asked us for", "variable_at_edge"),
        ("What you asked us for is {{1}}", "variable_at_edge"),
        ("Dear customer of ours, {{1}} {{2}} is what you asked us for", "variables_adjacent"),
        ("Dear customer of ours, {{1}}{{2}} is what you asked us for", "variables_adjacent"),
        ("Hi {{1}}, gate {{2}}.", "variables_dense"),
        ("Hi {{1}}, what you asked us for is {{3}}.", "variable_gap"),
        ("Hi {{name}}, we have it in the shop.", "variable_shape"),
        ("Hi {{ 1 }}, we have it in the shop.", "variable_shape"),
        ("Hi {{, we have it in the shop.", "variable_shape"),
    ] {
        assert_eq!(one(&plain(body)), ("body".to_owned(), code), "{body}");
    }
    // Meta counts letters with their signs as one.
    assert_eq!(told(&plain(&"की".repeat(1_024))), []);
    let named = DefinitionParts { format: ParameterFormat::Named, ..plain("Hi {{1}}, we have it in the shop.") };
    assert_eq!(one(&named).1, "variable_shape");
    let mut bare = plain("Hi {{1}}, we have it in the shop.");
    bare.body = Some(Body::Text { text: "Hi {{1}}, we have it in the shop.".to_owned(), examples: Vec::new() });
    assert_eq!(one(&bare).1, "example_missing");
}

#[test]
fn headers_and_footers_are_short_and_plain() {
    let header =
        |text: &str| DefinitionParts { header: Some(Header::Text { text: text.to_owned(), examples: examples(text) }), ..plain("Hello") };
    assert_eq!(told(&header("{{1}}")), []);
    for (text, code) in
        [("", "missing"), (&*"x".repeat(61), "too_long"), ("a\nb", "not_plain"), ("*a*", "not_plain"), ("{{1}} {{2}}", "too_many")]
    {
        assert_eq!(one(&header(text)), ("header".to_owned(), code), "{text}");
    }
    let bare = DefinitionParts { header: Some(Header::Video { sample: None }), ..plain("Hello") };
    assert_eq!(one(&bare), ("header".to_owned(), "sample_missing"));
    let footer = |text: &str| DefinitionParts { footer: Some(Footer::Text { text: text.to_owned() }), ..plain("Hello") };
    for (text, code) in [("", "missing"), (&*"x".repeat(61), "too_long"), ("Hi {{1}}", "variable_forbidden")] {
        assert_eq!(one(&footer(text)), ("footer".to_owned(), code), "{text}");
    }
}

#[test]
fn buttons_are_counted_and_kept_together() {
    let with = |buttons: Vec<Button>| DefinitionParts { buttons, ..plain("Hello") };
    let replies = |count: usize| (0..count).map(|index| reply(&format!("Reply {index}"))).collect::<Vec<_>>();
    assert_eq!(told(&with(replies(10))), []);
    assert_eq!(one(&with(replies(11))), ("buttons".to_owned(), "too_many"));
    assert_eq!(one(&with(vec![reply("a"), url("https://a.in"), reply("b")])), ("buttons".to_owned(), "replies_apart"));
    assert_eq!(one(&with(vec![reply("a"), reply("a")])), ("buttons[1].text".to_owned(), "same_label"));
    assert_eq!(one(&with(vec![reply(&"x".repeat(26))])), ("buttons[0].text".to_owned(), "too_long"));
    assert_eq!(one(&with(vec![reply("{{1}}")])), ("buttons[0].text".to_owned(), "variable_forbidden"));
    let named = |text: &str| Button::Url { text: text.to_owned(), url: "https://a.in".to_owned(), example: None };
    assert_eq!(one(&with(vec![named("a"), named("b"), named("c")])), ("buttons[0]".to_owned(), "too_many"));
    let code = || Button::CopyCode { example: "DIWALI25".to_owned() };
    assert_eq!(one(&with(vec![Button::CopyCode { example: "x".repeat(21) }])), ("buttons[0].example".to_owned(), "too_long"));
    assert_eq!(told(&with(vec![code(), reply("a")])), []);
    let catalog = Button::Catalog { text: "View catalog".to_owned() };
    assert_eq!(one(&with(vec![catalog, reply("a")])), ("buttons[0]".to_owned(), "not_alone"));
}

#[test]
fn what_buttons_lead_to_is_checked() {
    let with = |button: Button| DefinitionParts { buttons: vec![button], ..plain("Hello") };
    for (address, code) in [
        ("example.in", "shape"),
        ("https://{{1}}", "shape"),
        ("https://a b.in", "shape"),
        ("https://a.in/{{1}}/b", "url_variable"),
        ("https://a.in/{{2}}", "url_variable"),
    ] {
        assert_eq!(one(&with(url(address))), ("buttons[0].url".to_owned(), code), "{address}");
    }
    let bare = Button::Url { text: "Map".to_owned(), url: "https://a.in/{{1}}".to_owned(), example: None };
    assert_eq!(one(&with(bare)), ("buttons[0].example".to_owned(), "example_missing"));
    let phone = Button::Phone { text: "Call".to_owned(), phone: "0120".to_owned() };
    assert_eq!(one(&with(phone)), ("buttons[0].phone".to_owned(), "shape"));
    let flow = |flow_id: &str, screen: &str| Button::Flow {
        text: "Start".to_owned(),
        flow_id: flow_id.to_owned(),
        step: FlowStep::Navigate { screen: screen.to_owned() },
    };
    assert_eq!(told(&with(flow("7700", "LEAD"))), []);
    assert_eq!(one(&with(flow("x", "LEAD"))), ("buttons[0].flow_id".to_owned(), "shape"));
    assert_eq!(one(&with(flow("7700", ""))), ("buttons[0].screen".to_owned(), "missing"));
}

#[test]
fn codes_have_templates_of_their_own() {
    let code = DefinitionParts {
        category: Category::Authentication,
        body: Some(Body::Authentication { security_recommendation: true }),
        footer: Some(Footer::Expiry { minutes: 5 }),
        buttons: vec![Button::OneTimePassword { otp: OtpKind::CopyCode, text: None, autofill: None }],
        ttl_seconds: Some(300),
        ..plain("")
    };
    assert_eq!(told(&code), []);
    assert_eq!(one(&DefinitionParts { footer: Some(Footer::Expiry { minutes: 91 }), ..code.clone() }).1, "out_of_range");
    assert_eq!(one(&DefinitionParts { ttl_seconds: Some(901), ..code.clone() }).0, "ttl_seconds");
    assert_eq!(one(&DefinitionParts { ttl_seconds: Some(-1), buttons: Vec::new(), ..code.clone() }), ("buttons".to_owned(), "too_few"));
    assert_eq!(one(&DefinitionParts { header: Some(image()), ..code.clone() }), ("header".to_owned(), "not_allowed_here"));
    let tap = |autofill| vec![Button::OneTimePassword { otp: OtpKind::OneTap, text: None, autofill }];
    assert_eq!(one(&DefinitionParts { buttons: tap(None), ..code.clone() }), ("buttons[0].autofill".to_owned(), "missing"));
    let app = |package: &str, hash: &str| Some(Autofill { text: None, package_name: package.to_owned(), signature_hash: hash.to_owned() });
    assert_eq!(told(&DefinitionParts { buttons: tap(app("com.example.shop", "K8a/AINcGX7")), ..code.clone() }), []);
    assert_eq!(one(&DefinitionParts { buttons: tap(app("shop", "K8a/AINcGX7")), ..code.clone() }).0, "buttons[0].autofill.package_name");
    assert_eq!(one(&DefinitionParts { buttons: tap(app("com.shop", "K8a")), ..code.clone() }).0, "buttons[0].autofill.signature_hash");
    let elsewhere = DefinitionParts { category: Category::Utility, ttl_seconds: None, ..code };
    assert_eq!(told(&elsewhere).into_iter().map(|(_, code)| code).collect::<Vec<_>>(), ["only_elsewhere"; 3]);
}

#[test]
fn cards_are_two_to_ten_of_one_build() {
    let card = |text: &str| Card {
        header: image(),
        body: Some(CardBody { text: text.to_owned(), examples: examples(text) }),
        buttons: vec![reply("More"), url("https://a.in/{{1}}")],
    };
    let with = |cards: Vec<Card>| DefinitionParts { category: Category::Marketing, cards, ..plain("New launches") };
    assert_eq!(told(&with(vec![card("Tower A"), card("Tower B")])), []);
    assert_eq!(one(&with(vec![card("Tower A")])), ("cards".to_owned(), "too_few"));
    assert_eq!(one(&with(vec![card("Tower"); 11])), ("cards".to_owned(), "too_many"));
    assert_eq!(one(&with(vec![card("A"), card(&"x".repeat(161))])), ("cards[1].body".to_owned(), "too_long"));
    let other = Card { buttons: vec![reply("More")], ..card("B") };
    assert_eq!(one(&with(vec![card("A"), other])), ("cards[1]".to_owned(), "card_differs"));
    let product = Card { header: Header::Product, body: None, buttons: vec![Button::SingleProduct { text: "View".to_owned() }] };
    assert_eq!(told(&with(vec![product.clone(), product])), []);
    let outside = DefinitionParts { footer: Some(Footer::Text { text: "f".to_owned() }), ..with(vec![card("A"), card("B")]) };
    assert_eq!(one(&outside), ("footer".to_owned(), "not_allowed_here"));
}

#[test]
fn offers_and_requests_to_call_have_rules_of_their_own() {
    let offer = DefinitionParts {
        category: Category::Marketing,
        offer: Some(LimitedTimeOffer { text: "Ends soon!".to_owned(), has_expiration: true }),
        buttons: vec![Button::CopyCode { example: "DIWALI25".to_owned() }, url("https://a.in/{{1}}")],
        ..plain("Hello, the sale is on.")
    };
    assert_eq!(told(&offer), []);
    assert_eq!(one(&DefinitionParts { category: Category::Utility, ..offer.clone() }).0, "category");
    let mut turned = offer.clone();
    turned.buttons.reverse();
    assert_eq!(one(&turned), ("buttons[1]".to_owned(), "not_first"));
    let long = DefinitionParts { offer: Some(LimitedTimeOffer { text: "x".repeat(17), has_expiration: false }), ..offer.clone() };
    assert_eq!(one(&long), ("offer.text".to_owned(), "too_long"));
    let wordy = Some(Body::Text { text: "x".repeat(601), examples: Vec::new() });
    assert_eq!(one(&DefinitionParts { body: wordy, ..offer }), ("body".to_owned(), "too_long"));
    let call = DefinitionParts { call_permission_request: true, ..plain("May we call you?") };
    assert_eq!(told(&call), []);
    assert_eq!(one(&DefinitionParts { buttons: vec![reply("Yes")], ..call }), ("buttons".to_owned(), "not_allowed_here"));
    let status = DefinitionParts { sub_category: Some(Text::new("ORDER_STATUS").unwrap()), ..plain("Your order is on its way") };
    assert_eq!(told(&status), []);
    assert_eq!(one(&DefinitionParts { category: Category::Marketing, ..status }).0, "category");
}

proptest! {
    /// Whatever people type, the checks answer, and every fault says what to do.
    #[test]
    fn any_text_is_judged(body in "\\PC{0,40}|[{}1-3a \n]{0,40}", label in "\\PC{0,30}", address in "[htps:/{}1.a]{0,30}") {
        let mut parts = plain(&body);
        parts.buttons = vec![reply(&label), url(&address)];
        for fault in all(&parts) {
            prop_assert!(!fault.place.is_empty() && fault.to_string().len() > fault.place.len() + 5);
        }
    }

    /// What is legal reads back as it was.
    #[test]
    fn a_definition_survives_its_row(words in proptest::collection::vec("[a-z]{1,8}", 3..20), named in any::<bool>()) {
        let variable = if named { "{{name}}" } else { "{{1}}" };
        let body = format!("{} {variable} {}", words.join(" "), words[0]);
        let parts = DefinitionParts { format: if named { ParameterFormat::Named } else { ParameterFormat::Positional }, ..plain(&body) };
        let definition = TemplateDefinition::new(parts).unwrap();
        let json = serde_json::to_string(&definition).unwrap();
        prop_assert_eq!(serde_json::from_str::<TemplateDefinition>(&json).unwrap(), definition);
    }
}
