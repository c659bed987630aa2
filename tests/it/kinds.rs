//! Whatever the domain lets be made, the simulator takes: two sets of limits, written apart, that agree. No stack is needed.

use shared::{
    domain::{
        crm::Recipient,
        id,
        messaging::{
            content::{
                AddressField, AddressRequest, AddressRequestParts, Button, Buttons, ButtonsParts, CardAction, CardHeader, CardName,
                Catalog, Charge, ContactCard, ContactCards, ContactCardsParts, CtaUrl, Discount, Emoji, Expiration, Flow, FlowStart, Form,
                FormData, Gateway, GatewayProvider, Goods, Header, Limited, Link, LinkButton, List, ListParts, ListRow, ListSection,
                Location, MediaCard, MediaCarousel, MediaCarouselParts, MediaSource, OrderDetails, OrderDetailsParts, OrderItem,
                OrderState, OrderStatus, OutboundContent, OutboundMedia, PaymentSettings, Product, ProductCarousel, ProductCarouselParts,
                ProductList, ProductListParts, ProductSection, Reaction, ReferenceId, Request, Requested, UpiLink, VoiceCall,
                VoiceCallParts, WebLink,
            },
            key::{CallbackData, MessageKey},
        },
        money::Paise,
        ports::{MessageChannel as _, SendRequest, UploadedMedia},
        tenant::{Number, NumberId},
        text::Text,
        time::{SignedDuration, Timestamp},
    },
    providers::{http, whatsapp::CloudApi},
};

const ROUNDS: u64 = 400;
const TOKEN: &str = "token-of-the-platform";
const NUMBER: &str = "210000000000009";
/// What people see as one character each, of one to twenty-five bytes.
const CHARACTERS: [&str; 12] = ["a", "Z", "9", "ß", "₹", "क", "कि", "क्ष", "ज़", "🙂", "🇮🇳", "👨‍👩‍👧‍👦"];

/// Makes the same messages on every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }

    fn count(&mut self, min: usize, max: usize) -> usize {
        min + usize::try_from(self.roll(u64::try_from(max - min + 1).unwrap())).unwrap()
    }

    /// A text at its limit every other time.
    fn text<const MAX: usize>(&mut self) -> Limited<MAX> {
        let length = if self.roll(2) == 0 { MAX } else { self.count(1, MAX) };
        // One character throughout now and then, so that long ones are tried at every limit.
        let same = (self.roll(3) == 0).then(|| self.count(0, CHARACTERS.len() - 1));
        let text: String = (0..length).map(|_| CHARACTERS[same.unwrap_or_else(|| self.count(0, CHARACTERS.len() - 1))]).collect();
        // A long text of long characters is more than a message may hold in bytes.
        Limited::new(&text).unwrap_or_else(|_| Limited::new(&"क".repeat(length)).unwrap())
    }

    /// A text that differs from others by its number.
    fn named<const MAX: usize>(&mut self, number: usize) -> Limited<MAX> {
        let rest = self.count(0, MAX - 4);
        Limited::new(&format!("{number:03}{}", "क्ष".repeat(rest))).unwrap()
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (self.roll(2) == 0).then(|| make(self))
    }

    fn some<T>(&mut self, min: usize, max: usize, mut make: impl FnMut(&mut Self, usize) -> T) -> Vec<T> {
        (0..self.count(min, max)).map(|number| make(self, number)).collect()
    }

    fn paise(&mut self, max: u64) -> Paise {
        Paise::new(i64::try_from(self.roll(max)).unwrap())
    }
}

fn link() -> Link {
    Link::new("https://cdn.example.in/file").unwrap()
}

fn header(dice: &mut Dice) -> Header {
    let source = MediaSource::Link(link());
    match dice.roll(4) {
        0 => Header::Text(dice.text()),
        1 => Header::Image(source),
        2 => Header::Video(source),
        _ => Header::Document(source, dice.maybe(Dice::text)),
    }
}

fn button(dice: &mut Dice, number: usize) -> Button {
    Button { id: dice.named(number), title: dice.named(number) }
}

fn leads(dice: &mut Dice) -> LinkButton {
    LinkButton { title: dice.text(), url: WebLink::new("http://example.in/?a=b").unwrap() }
}

fn section(dice: &mut Dice, number: usize) -> ListSection {
    let row = |dice: &mut Dice, row: usize| ListRow {
        id: dice.named(number * 100 + row),
        title: dice.text(),
        description: dice.maybe(Dice::text),
    };
    ListSection { title: Some(dice.text()), rows: dice.some(1, 3, row) }
}

fn card(dice: &mut Dice, number: usize, replies: usize) -> MediaCard {
    let action = match replies {
        0 => CardAction::Link(leads(dice)),
        _ => CardAction::Replies((0..replies).map(|reply| button(dice, number * 10 + reply)).collect()),
    };
    MediaCard {
        header: if dice.roll(2) == 0 { CardHeader::Image(link()) } else { CardHeader::Video(link()) },
        body: dice.maybe(Dice::text),
        action,
    }
}

fn order(dice: &mut Dice, now: Timestamp) -> Option<OrderDetails> {
    let payment = match dice.roll(4) {
        0 => PaymentSettings::UpiIntent(UpiLink::new("upi://pay?pa=a@b&tr=1").unwrap()),
        1 => PaymentSettings::PaymentLink(link()),
        2 => PaymentSettings::StaticVpa(dice.text()),
        _ => {
            let provider = match dice.roll(4) {
                0 => GatewayProvider::PayU(dice.some(0, 4, |dice, _| dice.text())),
                1 => GatewayProvider::Billdesk(dice.some(0, 7, |dice, _| dice.text())),
                2 => GatewayProvider::Zaakpay(dice.some(0, 2, |dice, _| dice.text())),
                _ => GatewayProvider::Razorpay {
                    receipt: dice.maybe(Dice::text),
                    notes: dice.some(0, 15, |dice, n| (dice.named(n), dice.text())),
                },
            };
            PaymentSettings::Gateway(Gateway { configuration: dice.text(), provider, preferred: vec![], options: vec![] })
        }
    };
    let item = |dice: &mut Dice, number: usize| {
        let amount = Paise::new(1 + dice.paise(1_000_000).get());
        let sale_amount = dice.maybe(|dice| dice.paise(u64::try_from(amount.get()).unwrap()));
        let quantity = u32::try_from(1 + dice.roll(1_000)).unwrap();
        OrderItem { id: dice.named(number), name: dice.text(), amount, sale_amount, quantity, origin: None }
    };
    let end = |dice: &mut Dice| Expiration { at: now + SignedDuration::from_secs(400), description: dice.text() };
    OrderDetails::new(OrderDetailsParts {
        body: dice.text(),
        footer: dice.maybe(Dice::text),
        reference: ReferenceId::new(&format!("INV-{}", dice.roll(u64::MAX))).unwrap(),
        goods: if dice.roll(2) == 0 { Goods::Digital } else { Goods::Physical },
        payment,
        quick_pay: dice.roll(2) == 0,
        catalog: dice.maybe(Dice::text),
        items: dice.some(1, 20, item),
        tax: Charge { amount: dice.paise(100_000), description: dice.maybe(Dice::text) },
        shipping: dice.maybe(|dice| Charge { amount: dice.paise(100_000), description: None }),
        discount: dice.maybe(|dice| Discount {
            amount: dice.paise(100_000),
            description: dice.maybe(Dice::text),
            program: dice.maybe(Dice::text),
        }),
        expiration: dice.maybe(end),
    })
    .ok()
}

fn message(dice: &mut Dice, now: Timestamp) -> OutboundContent {
    let source = MediaSource::Link(link());
    match dice.roll(20) {
        0 => OutboundContent::Text(dice.text()),
        1 => OutboundContent::preview_text("https://example.in").unwrap(),
        2 => OutboundContent::Media(OutboundMedia::Sticker(source)),
        3 => OutboundContent::Location(Location {
            latitude: format!("-{}.{}", dice.roll(90), dice.roll(10_000_000)).parse().unwrap(),
            longitude: format!("{}.{}", dice.roll(180), dice.roll(10_000_000)).parse().unwrap(),
            name: dice.maybe(Dice::text),
            address: dice.maybe(Dice::text),
        }),
        4 => OutboundContent::Contacts(contacts(dice)),
        5 => {
            let emoji = ["👍", "❤️", "👨‍👩‍👧‍👦", "🇮🇳", "👍🏽"][dice.count(0, 4)];
            let emoji = dice.maybe(|_| Emoji::new(emoji).unwrap());
            OutboundContent::Reaction(Reaction::new(Text::new("wamid.A").unwrap(), now, now, emoji).unwrap())
        }
        6 => {
            let (header, buttons) = (dice.maybe(header), dice.some(1, 3, button));
            let parts = ButtonsParts { header, body: dice.text(), footer: dice.maybe(Dice::text), buttons };
            OutboundContent::Buttons(Buttons::new(parts).unwrap())
        }
        7 => {
            let sections = dice.some(1, 3, section);
            let parts = ListParts {
                header: dice.maybe(Dice::text),
                body: dice.text(),
                footer: dice.maybe(Dice::text),
                button: dice.text(),
                sections,
            };
            OutboundContent::List(List::new(parts).unwrap())
        }
        8 => OutboundContent::CtaUrl(CtaUrl {
            header: dice.maybe(header),
            body: dice.text(),
            footer: dice.maybe(Dice::text),
            button: leads(dice),
        }),
        9 => OutboundContent::Flow(Box::new(flow(dice))),
        10 => {
            let what = [Requested::Location, Requested::ContactInfo, Requested::CallPermission][dice.count(0, 2)];
            OutboundContent::Request(Request { what, body: dice.text() })
        }
        11 => {
            let minutes = dice.maybe(|dice| u16::try_from(1 + dice.roll(43_200)).unwrap());
            let parts = VoiceCallParts { body: dice.text(), button: dice.maybe(Dice::text), minutes, payload: dice.maybe(Dice::text) };
            OutboundContent::VoiceCall(VoiceCall::new(parts).unwrap())
        }
        12 => {
            let values = vec![(AddressField::Name, dice.text()), (AddressField::InPinCode, Limited::new("411001").unwrap())];
            let parts = AddressRequestParts { body: dice.text(), values, saved: vec![], problems: vec![(AddressField::City, dice.text())] };
            OutboundContent::Address(AddressRequest::new(parts).unwrap())
        }
        kind => goods(kind, dice, now),
    }
}

/// Of the kinds from the 13th on, most of which are about goods.
fn goods(kind: u64, dice: &mut Dice, now: Timestamp) -> OutboundContent {
    match kind {
        13 => OutboundContent::Product(Product {
            catalog: dice.text(),
            product: dice.text(),
            body: dice.maybe(Dice::text),
            footer: dice.maybe(Dice::text),
        }),
        14 => {
            let section = |dice: &mut Dice, number: usize| ProductSection {
                title: Some(dice.text()),
                products: dice.some(1, 3, |dice, product| dice.named(number * 10 + product)),
            };
            let sections = dice.some(1, 10, section);
            let parts =
                ProductListParts { header: dice.text(), body: dice.text(), footer: dice.maybe(Dice::text), catalog: dice.text(), sections };
            OutboundContent::ProductList(ProductList::new(parts).unwrap())
        }
        15 => OutboundContent::Catalog(Catalog { body: dice.text(), footer: dice.maybe(Dice::text), thumbnail: dice.maybe(Dice::text) }),
        16 => {
            let replies = dice.count(0, 2);
            let parts = MediaCarouselParts { body: dice.text(), cards: dice.some(2, 10, |dice, number| card(dice, number, replies)) };
            OutboundContent::MediaCarousel(MediaCarousel::new(parts).unwrap())
        }
        17 => {
            let parts = ProductCarouselParts { body: dice.text(), catalog: dice.text(), products: dice.some(2, 10, Dice::named) };
            OutboundContent::ProductCarousel(ProductCarousel::new(parts).unwrap())
        }
        18 => order(dice, now).map_or_else(|| OutboundContent::Text(dice.text()), |order| OutboundContent::OrderDetails(Box::new(order))),
        _ => OutboundContent::OrderStatus(OrderStatus {
            body: dice.text(),
            footer: dice.maybe(Dice::text),
            reference: ReferenceId::new(&format!("INV-{}", dice.roll(u64::MAX))).unwrap(),
            state: OrderState::ALL[dice.count(0, 4)],
            description: dice.maybe(Dice::text),
        }),
    }
}

fn contacts(dice: &mut Dice) -> ContactCards {
    let card = |dice: &mut Dice, _| {
        let name = CardName {
            formatted: dice.text(),
            first: Some(dice.text()),
            middle: None,
            last: dice.maybe(Dice::text),
            prefix: None,
            suffix: None,
        };
        ContactCard { name, phones: vec![], emails: vec![], addresses: vec![], urls: vec![], org: None, birthday: None }
    };
    ContactCards::new(ContactCardsParts { cards: dice.some(1, 257, card) }).unwrap()
}

fn flow(dice: &mut Dice) -> Flow {
    let data = dice.maybe(|_| FormData::new(r#"{"name":"आशा","n":1.5}"#).unwrap());
    Flow {
        header: dice.maybe(header),
        body: dice.text(),
        footer: dice.maybe(Dice::text),
        form: if dice.roll(2) == 0 { Form::Id(dice.text()) } else { Form::Name(dice.text()) },
        button: dice.text(),
        token: dice.maybe(Dice::text),
        start: if dice.roll(2) == 0 { FlowStart::Screen(dice.text(), data) } else { FlowStart::Exchange },
        draft: dice.roll(2) == 0,
    }
}

#[tokio::test]
async fn whatever_can_be_made_is_taken_and_reads_back() {
    let config = serde_json::json!({
        "app_secret": "s", "verify_token": "v", "access_token": TOKEN, "waba_id": "310000000000001", "status_delay_ms": 0,
        "numbers": [{ "phone_number_id": NUMBER, "display_phone_number": "918047000123", "name": "Sharma Kirana" }],
    });
    let simulator = simulator::start(serde_json::from_value(config).unwrap()).await.unwrap();
    let api = CloudApi::new(http::client().unwrap(), &format!("{}/v24.0", simulator.url()));
    let id_of = |raw| NumberId::new(raw).unwrap();
    let number = Number::cloud(id_of(NUMBER), id_of("310000000000001"), "918047000123".parse().unwrap());
    let recipient = Recipient::Phone("919876500001".parse().unwrap());
    let (now, media, mut dice) = (shared::boot::now(), UploadedMedia::new(), Dice(0x7461_7275_6e21));
    let mut kinds = std::collections::BTreeSet::new();
    for round in 0..ROUNDS {
        let content = message(&mut dice, now);
        kinds.insert(content.kind().name());
        let stored = serde_json::to_string(&content).unwrap();
        assert_eq!(serde_json::from_str::<OutboundContent>(&stored).unwrap(), content, "{round}: {stored}");
        let callback = CallbackData { conversation: id::derived(&[b"c"]), message: MessageKey::received(now, &round.to_string()).reply(0) };
        let request = SendRequest { number: &number, recipient: &recipient, content: &content, callback, reply_to: None, media: &media };
        let sent = api.send(TOKEN, request).await;
        assert!(sent.is_ok(), "{round}: {sent:?}: {stored}");
    }
    assert_eq!(kinds.len(), 21, "{kinds:?}");
    simulator.shutdown().await;
}
