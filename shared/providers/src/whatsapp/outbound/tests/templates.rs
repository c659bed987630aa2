//! The templates among Meta's samples, in our model.

use domain::{
    messaging::{
        content::{
            FlowToken, FormData, Limited, Location, OrderState, OrderText, OutboundContent, PaymentSettings, ProductSection, ReferenceId,
            UpiLink,
        },
        template::{
            Body, Button, ButtonValue, Card, Category, DefinitionParts, FilledButton, FilledCard, Filling, FlowStep, Header, HeaderValue,
            LimitedTimeOffer, OrderProgress, OtpKind, ParameterFormat, TemplateDefinition, TemplateLanguage, TemplateMessage, TemplateName,
            Value, ValueKind,
        },
    },
    text::Text,
    time::Timestamp,
};

use super::samples;

fn parts(name: &str, language: &str, body: &str) -> DefinitionParts {
    DefinitionParts {
        body: Some(Body::Text { text: body.to_owned(), examples: Vec::new() }),
        ..DefinitionParts::blank(TemplateName::new(name).unwrap(), TemplateLanguage::new(language).unwrap(), Category::Utility)
    }
}

fn filling(parts: &DefinitionParts) -> Filling {
    Filling::blank(parts.name.clone(), parts.language.clone())
}

fn value(variable: &str, words: &str) -> Value {
    Value { variable: variable.to_owned(), words: ValueKind::Text(Limited::new(words).unwrap()) }
}

fn filled(index: u8, value: ButtonValue) -> FilledButton {
    FilledButton { index, value }
}

fn sample(parts: DefinitionParts, filling: Filling) -> OutboundContent {
    let message = TemplateMessage::prepare(&TemplateDefinition::of_provider(parts), filling).unwrap();
    OutboundContent::Template(Box::new(message))
}

fn reply() -> Button {
    Button::QuickReply { text: "Confirm".to_owned() }
}

fn url() -> Button {
    Button::Url { text: "Open".to_owned(), url: "https://example.in/{{1}}".to_owned(), example: None }
}

fn payload(raw: &str) -> ButtonValue {
    ButtonValue::Payload(Limited::new(raw).unwrap())
}

fn suffix(raw: &str) -> ButtonValue {
    ButtonValue::UrlSuffix(Limited::new(raw).unwrap())
}

pub(super) fn all() -> Vec<(&'static str, OutboundContent)> {
    let mut all = vec![
        ("template_positional", positional()),
        ("template_named", named()),
        ("template_auth", auth()),
        ("template_carousel", carousel()),
        ("template_location_header", location()),
    ];
    all.extend(offers());
    all.extend(buttons());
    all.extend(orders());
    all
}

fn positional() -> OutboundContent {
    let parts = DefinitionParts {
        header: Some(Header::Image { sample: None }),
        buttons: vec![reply(), url()],
        ..parts("visit_reminder", "en", "Hi {{1}}, {{2}} until {{3}}")
    };
    let shown = |words: &str| Limited::new(words).unwrap();
    let money = ValueKind::Currency { shown: shown("₹499.00"), code: Limited::new("INR").unwrap(), amount_1000: 499_000 };
    // Given out of order: the numbers decide.
    let body = vec![
        Value { variable: "3".to_owned(), words: ValueKind::DateTime { shown: shown("30 Oct 2026") } },
        value("1", "Asha"),
        Value { variable: "2".to_owned(), words: money },
    ];
    let header = Some(HeaderValue::Image(samples::stored("9001")));
    let buttons = vec![filled(0, payload("CONFIRM_42")), filled(1, suffix("b/42"))];
    let filling = Filling { header, body, buttons, ..filling(&parts) };
    let content = sample(parts, filling);
    assert_eq!(content.body(), "Hi Asha, ₹499.00 until 30 Oct 2026");
    content
}

fn named() -> OutboundContent {
    let parts =
        DefinitionParts { format: ParameterFormat::Named, ..parts("visit_reminder_n", "hi", "{{name}} जी, {{slot}} बजे") };
    let filling = Filling { body: vec![value("name", "आशा"), value("slot", "10 AM")], ..filling(&parts) };
    let content = sample(parts, filling);
    assert_eq!(content.body(), "आशा जी, 10 AM बजे");
    content
}

fn auth() -> OutboundContent {
    let parts = DefinitionParts {
        category: Category::Authentication,
        body: Some(Body::Authentication { security_recommendation: true }),
        buttons: vec![Button::OneTimePassword { otp: OtpKind::CopyCode, text: None, autofill: None }],
        ..parts("otp_login", "en", "")
    };
    let filling = Filling { body: vec![value("1", "493027")], ..filling(&parts) };
    sample(parts, filling)
}

fn carousel() -> OutboundContent {
    let card = || Card { header: Header::Image { sample: None }, body: None, buttons: vec![reply(), url()] };
    let parts = DefinitionParts { cards: vec![card(), card()], ..parts("car_v1", "en", "Hi {{1}}, new launches") };
    let given = |index: usize, media: &str| FilledCard {
        header: HeaderValue::Image(samples::stored(media)),
        body: Vec::new(),
        buttons: vec![filled(0, payload(&format!("more-{index}"))), filled(1, suffix(&format!("t{index}")))],
    };
    let filling = Filling { body: vec![value("1", "Asha")], cards: vec![given(0, "910"), given(1, "911")], ..filling(&parts) };
    sample(parts, filling)
}

fn location() -> OutboundContent {
    let parts = DefinitionParts { header: Some(Header::Location), ..parts("eta_v1", "en", "Order {{1}} is near") };
    let place = Location {
        latitude: "18.52".parse().unwrap(),
        longitude: "73.85".parse().unwrap(),
        name: Some(Limited::new("Store").unwrap()),
        address: Some(Limited::new("Pune").unwrap()),
    };
    let filling = Filling { header: Some(HeaderValue::Location(place)), body: vec![value("1", "42")], ..filling(&parts) };
    sample(parts, filling)
}

fn offers() -> Vec<(&'static str, OutboundContent)> {
    let code = || Button::CopyCode { example: "DIWALI25".to_owned() };
    let coupon = || ButtonValue::Coupon(Limited::new("DIWALI25").unwrap());
    let plain = DefinitionParts { buttons: vec![reply(), code()], ..parts("diwali_offer", "en", "Hi {{1}}, the sale is on") };
    let plain_filling = Filling { body: vec![value("1", "Asha")], buttons: vec![filled(1, coupon())], ..filling(&plain) };
    let limited = DefinitionParts {
        offer: Some(LimitedTimeOffer { text: "Ends soon".to_owned(), has_expiration: true }),
        buttons: vec![code(), url()],
        ..parts("lto_offer", "en", "Hi {{1}}, the sale is on")
    };
    let limited_filling = Filling {
        body: vec![value("1", "Asha")],
        buttons: vec![filled(0, coupon()), filled(1, suffix("42"))],
        offer_ends_at: Some(Timestamp::from_millisecond(1_793_586_400_000).unwrap()),
        ..filling(&limited)
    };
    vec![("template_coupon", sample(plain, plain_filling)), ("template_lto", sample(limited, limited_filling))]
}

fn buttons() -> Vec<(&'static str, OutboundContent)> {
    let one = |name: &str, button: Button, value: ButtonValue| {
        let parts = DefinitionParts { buttons: vec![button], ..parts(name, "en", "Hello") };
        let filling = Filling { buttons: vec![filled(0, value)], ..filling(&parts) };
        sample(parts, filling)
    };
    let text = || "Open".to_owned();
    let flow =
        ButtonValue::Flow { token: Some(FlowToken::new("lead-42").unwrap()), data: Some(FormData::new(r#"{"name":"Asha"}"#).unwrap()) };
    let step = FlowStep::Navigate { screen: "LEAD".to_owned() };
    let sku = || Limited::new("SKU-77").unwrap();
    let section = ProductSection { title: Some(Limited::new("Top").unwrap()), products: vec![sku()] };
    let products = ButtonValue::Products { thumbnail: sku(), sections: vec![section] };
    vec![
        ("template_flow_button", one("lead_flow", Button::Flow { text: text(), flow_id: "7700".to_owned(), step }, flow)),
        ("template_catalog", one("cat_v1", Button::Catalog { text: text() }, ButtonValue::Catalog(sku()))),
        ("template_mpm", one("mpm_v1", Button::MultiProduct { text: text() }, products)),
    ]
}

fn orders() -> Vec<(&'static str, OutboundContent)> {
    let upi = UpiLink::new("upi://pay?pa=examplehomes@okbank&pn=Example%20Homes&mc=5399&purpose=00&tr=INV20260042").unwrap();
    let OutboundContent::OrderDetails(order) = samples::order(PaymentSettings::UpiIntent(upi)) else { panic!("no order") };
    let pay =
        DefinitionParts { buttons: vec![Button::OrderDetails { text: "Review and Pay".to_owned() }], ..parts("pay_v1", "en", "Hello") };
    let paying = Filling { buttons: vec![filled(0, ButtonValue::Order(order))], ..filling(&pay) };
    let status = DefinitionParts { sub_category: Some(Text::new("ORDER_STATUS").unwrap()), ..parts("ostat_v1", "en", "Hello") };
    let progress = OrderProgress {
        reference: ReferenceId::new("INV-2026-0042").unwrap(),
        state: OrderState::Completed,
        description: Some(OrderText::new("Thanks").unwrap()),
    };
    let progressing = Filling { order_status: Some(progress), ..filling(&status) };
    vec![("template_order_details", sample(pay, paying)), ("template_order_status", sample(status, progressing))]
}
