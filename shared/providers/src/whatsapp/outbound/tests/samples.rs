//! The messages of the samples, in our model.

use domain::{
    id,
    messaging::content::{
        AddressField, AddressRequest, AddressRequestParts, AddressText, Audio, Button, ButtonId, ButtonTitle, Buttons, ButtonsParts,
        Caption, Captioned, CardAction, CardBody, CardHeader, CardLabel, CardName, CardPhone, CardText, Catalog, CatalogId, Charge,
        ConfigurationName, ContactCard, ContactCards, ContactCardsParts, CtaUrl, Discount, Edge, Emoji, Expiration, File, FileName, Flow,
        FlowStart, FlowToken, Form, FormData, Gateway, GatewayProvider, GatewayText, Goods, Header, InteractiveBody, Limited, Link,
        LinkButton, List, ListParts, ListRow, ListSection, Location, MediaCard, MediaCarousel, MediaCarouselParts, MediaSource,
        OrderDetails, OrderDetailsParts, OrderItem, OrderState, OrderStatus, OrderText, Origin, OutboundContent, OutboundMedia, Payload,
        PaymentSettings, PlaceText, Product, ProductCarousel, ProductCarouselParts, ProductList, ProductListParts, ProductSection,
        Reaction, ReferenceId, Request, Requested, RetailerId, RowId, RowTitle, TextBody, UpiLink, VoiceCall, VoiceCallParts, WebLink,
    },
    money::Paise,
    text::Text,
    time::Timestamp,
};

pub(super) fn all() -> Vec<(&'static str, OutboundContent)> {
    [plain(), media(), choices(), asking(), catalogue(), orders()].concat()
}

/// A picture that Meta calls so.
pub(super) fn image(meta: &str) -> OutboundContent {
    OutboundContent::Media(OutboundMedia::Image(Captioned { source: stored(meta), caption: None }))
}

pub(super) fn stored(meta: &str) -> MediaSource {
    MediaSource::Stored(id::derived(&[meta.as_bytes()]))
}

fn link(link: &str) -> MediaSource {
    MediaSource::Link(Link::new(link).unwrap())
}

fn words(text: &str) -> InteractiveBody {
    InteractiveBody::new(text).unwrap()
}

fn edge(text: &str) -> Option<Edge> {
    Some(Edge::new(text).unwrap())
}

fn button(id: &str, title: &str) -> Button {
    Button { id: ButtonId::new(id).unwrap(), title: ButtonTitle::new(title).unwrap() }
}

fn plain() -> Vec<(&'static str, OutboundContent)> {
    let at = Timestamp::from_second(1_793_500_000).unwrap();
    let reaction = |emoji: Option<&str>| {
        let emoji = emoji.map(|emoji| Emoji::new(emoji).unwrap());
        OutboundContent::Reaction(Reaction::new(Text::new("wamid.HBgMIN01").unwrap(), at, at, emoji).unwrap())
    };
    let name = CardName {
        formatted: CardText::new("Sales Desk").unwrap(),
        first: Some(CardText::new("Sales").unwrap()),
        middle: None,
        last: None,
        prefix: None,
        suffix: None,
    };
    let phone = CardPhone {
        phone: Limited::new("+918047000123").unwrap(),
        kind: Some(CardLabel::new("WORK").unwrap()),
        wa_id: Some("918047000123".parse().unwrap()),
    };
    let card = ContactCard { name, phones: vec![phone], emails: vec![], addresses: vec![], urls: vec![], org: None, birthday: None };
    let place = Location {
        latitude: "18.5204".parse().unwrap(),
        longitude: "73.8567".parse().unwrap(),
        name: Some(PlaceText::new("Office").unwrap()),
        address: Some(PlaceText::new("Pune").unwrap()),
    };
    vec![
        ("text", OutboundContent::text("Namaste! Aapka appointment 10 AM par hai.").unwrap()),
        ("text_reply", OutboundContent::text("Ji haan").unwrap()),
        ("text_to_bsuid", OutboundContent::text("Hi").unwrap()),
        ("location", OutboundContent::Location(place)),
        ("contacts", OutboundContent::Contacts(ContactCards::new(ContactCardsParts { cards: vec![card] }).unwrap())),
        ("reaction", reaction(Some("🙏"))),
        ("reaction_remove", reaction(None)),
    ]
}

fn media() -> Vec<(&'static str, OutboundContent)> {
    let caption = |text: &str| Some(Caption::new(text).unwrap());
    let quote = File { source: stored("9002"), caption: caption("Quotation"), name: Some(FileName::new("quote.pdf").unwrap()) };
    let tour = Captioned { source: link("https://cdn.example.in/v.mp4"), caption: caption("Tour") };
    let all = [
        ("image_id", OutboundMedia::Image(Captioned { source: stored("9001"), caption: caption("Floor plan") })),
        ("image_link", OutboundMedia::Image(Captioned { source: link("https://cdn.example.in/p.jpg"), caption: None })),
        ("document", OutboundMedia::Document(quote)),
        ("audio", OutboundMedia::Audio(Audio { source: stored("9003"), voice: false })),
        ("voice", OutboundMedia::Audio(Audio { source: stored("9004"), voice: true })),
        ("video", OutboundMedia::Video(tour)),
        ("sticker", OutboundMedia::Sticker(stored("9005"))),
    ];
    all.map(|(name, media)| (name, OutboundContent::Media(media))).to_vec()
}

fn choices() -> Vec<(&'static str, OutboundContent)> {
    let buttons = ButtonsParts {
        header: Some(Header::Image(stored("9001"))),
        body: words("Choose a slot"),
        footer: edge("IST"),
        buttons: vec![button("slot_10am", "10 AM"), button("slot_4pm", "4 PM")],
    };
    let row = |id: &str, title: &str, description: Option<&str>| ListRow {
        id: RowId::new(id).unwrap(),
        title: RowTitle::new(title).unwrap(),
        description: description.map(|text| Limited::new(text).unwrap()),
    };
    let rows = vec![row("svc_1", "Basic clean", Some("2 hours")), row("svc_2", "Deep clean", None)];
    let list = ListParts {
        header: edge("Services"),
        body: TextBody::new("Which service?").unwrap(),
        footer: edge("Prices incl. GST"),
        button: ButtonTitle::new("See services").unwrap(),
        sections: vec![ListSection { title: Some(RowTitle::new("Home").unwrap()), rows }],
    };
    let card = |index: u8| MediaCard {
        header: CardHeader::Image(Link::new(&format!("https://cdn.example.in/{index}.jpg")).unwrap()),
        body: Some(CardBody::new(&format!("Tower {index}")).unwrap()),
        action: CardAction::Link(leads("View", &format!("https://example.in/t/{index}"))),
    };
    let carousel = MediaCarouselParts { body: words("New launches"), cards: vec![card(0), card(1)] };
    let book = CtaUrl {
        header: Some(Header::text("Book").unwrap()),
        body: words("Tap to book"),
        footer: edge("Secure"),
        button: leads("Book now", "https://example.in/b?l=42"),
    };
    vec![
        ("buttons", OutboundContent::Buttons(Buttons::new(buttons).unwrap())),
        ("list", OutboundContent::List(List::new(list).unwrap())),
        ("cta_url", OutboundContent::CtaUrl(book)),
        ("carousel_url", OutboundContent::MediaCarousel(MediaCarousel::new(carousel).unwrap())),
    ]
}

fn leads(title: &str, url: &str) -> LinkButton {
    LinkButton { title: ButtonTitle::new(title).unwrap(), url: WebLink::new(url).unwrap() }
}

fn asking() -> Vec<(&'static str, OutboundContent)> {
    let request = |what, text| OutboundContent::Request(Request { what, body: words(text) });
    let form = |header: Option<&str>, body, form, start| {
        OutboundContent::Flow(Box::new(Flow {
            header: header.map(|text| Header::text(text).unwrap()),
            body: words(body),
            footer: None,
            form,
            button: ButtonTitle::new("Start").unwrap(),
            token: Some(FlowToken::new("lead-42").unwrap()),
            start,
            draft: false,
        }))
    };
    let screen = FlowStart::Screen(Limited::new("LEAD").unwrap(), Some(FormData::new(r#"{"name":"Asha"}"#).unwrap()));
    let call = VoiceCallParts {
        body: words("Talk to us"),
        button: Some(ButtonTitle::new("Call now").unwrap()),
        minutes: Some(1440),
        payload: Some(Payload::new("lead-42").unwrap()),
    };
    let value = |field, text: &str| (field, AddressText::new(text).unwrap());
    let values = vec![value(AddressField::Name, "Asha"), value(AddressField::PhoneNumber, "+919876500001")];
    let address = AddressRequestParts { body: words("Delivery address?"), values, saved: vec![], problems: vec![] };
    vec![
        ("flow_navigate", form(Some("Details"), "Fill 2 fields", Form::Id(Limited::new("7700").unwrap()), screen)),
        ("flow_data_exchange", form(None, "Fill", Form::Name(Limited::new("lead_v1").unwrap()), FlowStart::Exchange)),
        ("location_request", request(Requested::Location, "Share your location")),
        ("contact_info_request", request(Requested::ContactInfo, "Share your number")),
        ("call_permission_request", request(Requested::CallPermission, "May we call you about INV-42?")),
        ("voice_call_button", OutboundContent::VoiceCall(VoiceCall::new(call).unwrap())),
        ("address_message", OutboundContent::Address(AddressRequest::new(address).unwrap())),
    ]
}

fn catalogue() -> Vec<(&'static str, OutboundContent)> {
    let catalog = CatalogId::new("880011").unwrap();
    let sku = |id: &str| RetailerId::new(id).unwrap();
    let both = vec![sku("SKU-77"), sku("SKU-78")];
    let list = ProductListParts {
        header: Edge::new("Picks").unwrap(),
        body: words("For you"),
        footer: None,
        catalog: catalog.clone(),
        sections: vec![ProductSection { title: Some(RowTitle::new("Top").unwrap()), products: both.clone() }],
    };
    let carousel = ProductCarouselParts { body: words("Deals"), catalog: catalog.clone(), products: both };
    let one = Product { catalog, product: sku("SKU-77"), body: Some(words("This one")), footer: edge("f") };
    vec![
        ("product", OutboundContent::Product(one)),
        ("product_list", OutboundContent::ProductList(ProductList::new(list).unwrap())),
        ("catalog_message", OutboundContent::Catalog(Catalog { body: words("Browse"), footer: None, thumbnail: Some(sku("SKU-77")) })),
        ("carousel_product", OutboundContent::ProductCarousel(ProductCarousel::new(carousel).unwrap())),
    ]
}

fn orders() -> Vec<(&'static str, OutboundContent)> {
    let gateway = |name: &str, provider| {
        let configuration = ConfigurationName::new(name).unwrap();
        PaymentSettings::Gateway(Gateway { configuration, provider, preferred: vec![], options: vec![] })
    };
    let text = |text: &str| GatewayText::new(text).unwrap();
    let razorpay = GatewayProvider::Razorpay { receipt: Some(Limited::new("rcpt-42").unwrap()), notes: vec![(text("lead"), text("42"))] };
    let upi = UpiLink::new("upi://pay?pa=examplehomes@okbank&pn=Example%20Homes&mc=5399&purpose=00&tr=INV20260042").unwrap();
    let status = OrderStatus {
        body: words("Your booking is confirmed"),
        footer: None,
        reference: ReferenceId::new("INV-2026-0042").unwrap(),
        state: OrderState::Processing,
        description: Some(OrderText::new("Confirmed").unwrap()),
    };
    vec![
        ("order_details_razorpay", order(gateway("razorpay-prod", razorpay))),
        ("order_details_payu", order(gateway("payu-prod", GatewayProvider::PayU(vec![text("42")])))),
        ("order_details_upi_intent", order(PaymentSettings::UpiIntent(upi))),
        ("order_details_payment_link", order(PaymentSettings::PaymentLink(Link::new("https://rzp.io/i/AbCdEf").unwrap()))),
        ("order_status", OutboundContent::OrderStatus(status)),
    ]
}

pub(super) fn order(payment: PaymentSettings) -> OutboundContent {
    let fee = OrderItem {
        id: RetailerId::new("SKU-77").unwrap(),
        name: Limited::new("Site visit fee").unwrap(),
        amount: Paise::new(100_000),
        sale_amount: None,
        quantity: 1,
        origin: Some(Origin { country: Limited::new("India").unwrap(), importer: None }),
    };
    let remark = |text: &str| Some(Limited::new(text).unwrap());
    let end = Expiration { at: Timestamp::from_second(1_793_586_400).unwrap(), description: OrderText::new("Link valid 24 h").unwrap() };
    let parts = OrderDetailsParts {
        body: words("Pay your booking fee"),
        footer: edge("Example Homes"),
        reference: ReferenceId::new("INV-2026-0042").unwrap(),
        goods: Goods::Digital,
        payment,
        quick_pay: false,
        catalog: None,
        items: vec![fee],
        tax: Charge { amount: Paise::new(18_000), description: remark("GST 18%") },
        shipping: Some(Charge { amount: Paise::ZERO, description: None }),
        discount: Some(Discount { amount: Paise::ZERO, description: remark("none"), program: None }),
        expiration: Some(end),
    };
    OutboundContent::OrderDetails(Box::new(OrderDetails::new(parts).unwrap()))
}
