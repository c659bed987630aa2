//! What we sent, kind by kind: facts, which the screen words in the language of whoever looks.

use serde::Serialize;
use shared::domain::{
    messaging::{
        content::{
            Above, Button, CardAction, CardHeader, ContactCard, Frame, Limited, LinkButton, ListRow, Location, MediaCard, MediaSource,
            OrderDetails, OrderStatus, OutboundContent, RetailerId,
        },
        template::{HeaderValue, ShownButton, ShownCard, TemplateMessage},
    },
    money::Paise,
    time::Timestamp,
};
use utoipa::ToSchema;

/// What a sent message is made of beside its words, its choices and its files; parts it does not have are `null` or empty.
#[derive(Default, Serialize, ToSchema)]
pub struct Sent {
    /// The line above the text.
    #[schema(required)]
    header: Option<String>,
    /// The small line below it.
    #[schema(required)]
    footer: Option<String>,
    /// The button that opens a list, an address, a form or a call.
    #[schema(required)]
    button: Option<SentButton>,
    /// The public address of the file it carries, when it is none we keep.
    #[schema(required)]
    link: Option<String>,
    #[schema(required)]
    location: Option<SentPlace>,
    contacts: Vec<SentContact>,
    /// The business's own ids of the things of the catalogue in it.
    products: Vec<String>,
    cards: Vec<SentCard>,
    #[schema(required)]
    order: Option<SentOrder>,
}

/// Something to tap.
#[derive(Serialize, ToSchema)]
pub struct MessageOption {
    id: String,
    title: String,
    #[schema(required)]
    description: Option<String>,
}

/// A button that opens something.
#[derive(Serialize, ToSchema)]
pub struct SentButton {
    title: String,
    /// The address it opens, when it opens one.
    #[schema(required)]
    url: Option<String>,
}

/// A place.
#[derive(Serialize, ToSchema)]
pub struct SentPlace {
    /// In degrees.
    latitude: String,
    /// In degrees.
    longitude: String,
    #[schema(required)]
    name: Option<String>,
    #[schema(required)]
    address: Option<String>,
}

/// A card of a person.
#[derive(Serialize, ToSchema)]
pub struct SentContact {
    name: String,
    phones: Vec<String>,
}

/// A card of a carousel.
#[derive(Serialize, ToSchema)]
pub struct SentCard {
    #[schema(required)]
    image: Option<String>,
    #[schema(required)]
    video: Option<String>,
    text: String,
    #[schema(required)]
    button: Option<SentButton>,
    options: Vec<MessageOption>,
}

/// An order: to be paid, or how far it is.
#[derive(Serialize, ToSchema)]
pub struct SentOrder {
    reference_id: String,
    /// `processing`, `partially_shipped`, `shipped`, `completed` or `canceled`; `null` for one to be paid.
    #[schema(required)]
    status: Option<&'static str>,
    #[schema(required)]
    description: Option<String>,
    lines: Vec<SentLine>,
    #[schema(value_type = i64)]
    tax_paise: Paise,
    #[schema(value_type = i64)]
    shipping_paise: Paise,
    #[schema(value_type = i64)]
    discount_paise: Paise,
    /// What is to be paid; `null` when it says only how far the order is.
    #[schema(value_type = Option<i64>, required)]
    total_paise: Option<Paise>,
    #[schema(required)]
    payable_until: Option<Timestamp>,
}

/// A line of an order.
#[derive(Serialize, ToSchema)]
pub struct SentLine {
    name: String,
    quantity: u32,
    /// The price of one.
    #[schema(value_type = i64)]
    amount_paise: Paise,
}

impl Sent {
    /// The parts of a message; `None` when there are none.
    pub fn of(content: &OutboundContent) -> Option<Self> {
        let framed = Self::framed(content.frame());
        Some(match content {
            OutboundContent::Text(_)
            | OutboundContent::Preview(_)
            | OutboundContent::Reaction(_)
            | OutboundContent::Request(_)
            | OutboundContent::Address(_) => return None,
            OutboundContent::Template(template) => Self::of_template(template),
            OutboundContent::Media(media) => Self { link: Some(link(media.source())?), ..framed },
            OutboundContent::Location(place) => Self { location: Some(SentPlace::of(place)), ..framed },
            OutboundContent::Contacts(cards) => Self { contacts: cards.parts().cards.iter().map(SentContact::of).collect(), ..framed },
            OutboundContent::Buttons(_) => framed,
            OutboundContent::List(list) => Self { button: Some(opens(list.parts().button.as_str())), ..framed },
            OutboundContent::CtaUrl(message) => Self { button: Some(SentButton::of(&message.button)), ..framed },
            OutboundContent::Flow(flow) => Self { button: Some(opens(flow.button.as_str())), ..framed },
            OutboundContent::VoiceCall(call) => Self { button: call.parts().button.as_ref().map(|title| opens(title.as_str())), ..framed },
            OutboundContent::Product(product) => Self { products: ids([&product.product]), ..framed },
            OutboundContent::ProductList(list) => {
                let products = ids(list.parts().sections.iter().flat_map(|section| &section.products));
                Self { products, ..framed }
            }
            OutboundContent::Catalog(catalog) => Self { products: ids(&catalog.thumbnail), ..framed },
            OutboundContent::ProductCarousel(carousel) => Self { products: ids(&carousel.parts().products), ..framed },
            OutboundContent::MediaCarousel(carousel) => Self { cards: carousel.parts().cards.iter().map(SentCard::of).collect(), ..framed },
            OutboundContent::OrderDetails(order) => Self { order: Some(SentOrder::to_pay(order)), ..framed },
            OutboundContent::OrderStatus(status) => Self { order: Some(SentOrder::told(status)), ..framed },
        })
    }

    fn framed(frame: Frame<'_>) -> Self {
        let header = frame.header.and_then(Above::text).map(ToOwned::to_owned);
        let link = frame.header.and_then(Above::source).and_then(link);
        Self { header, link, footer: words(frame.footer), ..Self::default() }
    }

    fn of_template(template: &TemplateMessage) -> Self {
        let shown = template.shown();
        let source = template.filling().header.as_ref().and_then(HeaderValue::source);
        Self {
            header: shown.header.as_ref().and_then(|header| header.text.clone()).or_else(|| shown.offer.clone()),
            footer: shown.footer.clone(),
            link: source.and_then(link),
            cards: shown.cards.iter().map(SentCard::of_template).collect(),
            ..Self::default()
        }
    }
}

impl SentPlace {
    fn of(place: &Location) -> Self {
        let (name, address) = (words(place.name.as_ref()), words(place.address.as_ref()));
        Self { latitude: place.latitude.to_string(), longitude: place.longitude.to_string(), name, address }
    }
}

impl SentContact {
    fn of(card: &ContactCard) -> Self {
        let phones = card.phones.iter().map(|line| line.phone.as_str().to_owned()).collect();
        Self { name: card.name.formatted.as_str().to_owned(), phones }
    }
}

impl SentButton {
    fn of(button: &LinkButton) -> Self {
        Self { title: button.title.as_str().to_owned(), url: Some(button.url.as_str().to_owned()) }
    }
}

impl SentCard {
    fn of(card: &MediaCard) -> Self {
        let (image, video) = match &card.header {
            CardHeader::Image(link) => (Some(link.as_str().to_owned()), None),
            CardHeader::Video(link) => (None, Some(link.as_str().to_owned())),
        };
        let (button, options) = match &card.action {
            CardAction::Link(button) => (Some(SentButton::of(button)), Vec::new()),
            CardAction::Replies(buttons) => (None, buttons.iter().map(MessageOption::of_button).collect()),
        };
        Self { image, video, text: words(card.body.as_ref()).unwrap_or_default(), button, options }
    }

    fn of_template(card: &ShownCard) -> Self {
        let options = card.buttons.iter().map(MessageOption::of_template).collect();
        Self { image: None, video: None, text: card.body.clone(), button: None, options }
    }
}

impl SentOrder {
    fn told(status: &OrderStatus) -> Self {
        let (state, description) = (Some(status.state.name()), words(status.description.as_ref()));
        Self { status: state, description, ..Self::named(status.reference.as_str()) }
    }

    fn named(reference_id: &str) -> Self {
        let nothing = Paise::ZERO;
        Self {
            reference_id: reference_id.to_owned(),
            status: None,
            description: None,
            lines: Vec::new(),
            tax_paise: nothing,
            shipping_paise: nothing,
            discount_paise: nothing,
            total_paise: None,
            payable_until: None,
        }
    }

    fn to_pay(order: &OrderDetails) -> Self {
        let parts = order.parts();
        let lines = parts.items.iter().map(|item| SentLine {
            name: item.name.as_str().to_owned(),
            quantity: item.quantity,
            amount_paise: item.sale_amount.unwrap_or(item.amount),
        });
        Self {
            lines: lines.collect(),
            tax_paise: parts.tax.amount,
            shipping_paise: parts.shipping.as_ref().map_or(Paise::ZERO, |shipping| shipping.amount),
            discount_paise: parts.discount.as_ref().map_or(Paise::ZERO, |discount| discount.amount),
            total_paise: Some(order.totals().total),
            payable_until: parts.expiration.as_ref().map(|end| end.at),
            ..Self::named(parts.reference.as_str())
        }
    }
}

impl MessageOption {
    /// The buttons or rows of a message.
    pub fn of(content: &OutboundContent) -> Vec<Self> {
        match content {
            OutboundContent::Buttons(buttons) => buttons.buttons().iter().map(Self::of_button).collect(),
            OutboundContent::List(list) => list.rows().map(Self::of_row).collect(),
            OutboundContent::Template(template) => template.shown().buttons.iter().map(Self::of_template).collect(),
            OutboundContent::Text(_)
            | OutboundContent::Preview(_)
            | OutboundContent::Media(_)
            | OutboundContent::Location(_)
            | OutboundContent::Contacts(_)
            | OutboundContent::Reaction(_)
            | OutboundContent::CtaUrl(_)
            | OutboundContent::Flow(_)
            | OutboundContent::Request(_)
            | OutboundContent::VoiceCall(_)
            | OutboundContent::Address(_)
            | OutboundContent::Product(_)
            | OutboundContent::ProductList(_)
            | OutboundContent::Catalog(_)
            | OutboundContent::MediaCarousel(_)
            | OutboundContent::ProductCarousel(_)
            | OutboundContent::OrderDetails(_)
            | OutboundContent::OrderStatus(_) => Vec::new(),
        }
    }

    fn of_template(button: &ShownButton) -> Self {
        Self { id: button.kind.clone(), title: button.text.clone(), description: button.value.clone() }
    }

    fn of_button(button: &Button) -> Self {
        Self { id: button.id.as_str().to_owned(), title: button.title.as_str().to_owned(), description: None }
    }

    fn of_row(row: &ListRow) -> Self {
        Self { id: row.id.as_str().to_owned(), title: row.title.as_str().to_owned(), description: words(row.description.as_ref()) }
    }
}

fn words<const MAX: usize>(text: Option<&Limited<MAX>>) -> Option<String> {
    text.map(|text| text.as_str().to_owned())
}

fn ids<'a>(products: impl IntoIterator<Item = &'a RetailerId>) -> Vec<String> {
    products.into_iter().map(|id| id.as_str().to_owned()).collect()
}

fn opens(title: &str) -> SentButton {
    SentButton { title: title.to_owned(), url: None }
}

fn link(source: &MediaSource) -> Option<String> {
    match source {
        MediaSource::Link(link) => Some(link.as_str().to_owned()),
        MediaSource::Stored(_) => None,
    }
}
