//! What came in, kind by kind: facts, which the screen words in the language of whoever looks.

use serde::Serialize;
use shared::domain::{
    messaging::{
        inbound::{self, Answers, FormKind, InboundContent, Price, SystemChange},
        marks::Marks,
    },
    money::Paise,
    text::Text,
    time::Timestamp,
};
use utoipa::ToSchema;

/// What a message is made of beside its words, by kind. Kinds that are not listed have nothing beside their words.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Details {
    /// A row of a list that was tapped.
    ListReply {
        /// Its second line.
        #[schema(required)]
        description: Option<String>,
    },
    /// A file.
    Media {
        /// Its MIME type.
        mime_type: String,
        #[schema(required)]
        filename: Option<String>,
        /// Whether it was recorded in the chat.
        voice: bool,
        /// Whether a sticker moves.
        animated: bool,
    },
    /// A place.
    Location {
        /// In degrees.
        latitude: String,
        /// In degrees.
        longitude: String,
        #[schema(required)]
        name: Option<String>,
        #[schema(required)]
        address: Option<String>,
        /// A page about it.
        #[schema(required)]
        url: Option<String>,
    },
    /// Cards of people.
    Contacts {
        cards: Vec<Card>,
        /// Whether the customer answered a request for the number.
        requested: bool,
    },
    /// A cart.
    Order {
        lines: Vec<OrderLine>,
        /// What all of it costs, in paise; `null` when a price is not in whole paise or a line did not read.
        #[schema(required)]
        total_paise: Option<i64>,
        /// How many lines did not read.
        unread_lines: u32,
    },
    /// A form that was filled in.
    FormReply {
        /// `flow`, `address`, or WhatsApp's name of another kind.
        form: String,
        answers: Vec<FormAnswer>,
        /// The answer as it came, when it did not read.
        #[schema(required)]
        as_written: Option<String>,
    },
    /// The answer to whether the business may call.
    CallPermission {
        accepted: bool,
        permanent: bool,
        #[schema(required)]
        until: Option<Timestamp>,
        /// Whether WhatsApp gave it by itself, because the customer called.
        automatic: bool,
    },
    /// A notice of WhatsApp's own.
    System {
        change: ChangeKind,
        /// The new phone, in E.164 with its plus sign.
        #[schema(required)]
        phone: Option<String>,
    },
    /// An emoji put on a message; `null` when it was taken back.
    Reaction {
        #[schema(required)]
        emoji: Option<String>,
    },
    /// What WhatsApp does not hand over, or what is newer than this program.
    Unsupported {
        /// WhatsApp's name of what it is, when it says so.
        #[schema(required)]
        name: Option<String>,
    },
}

/// What changed about a customer.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    Number,
    UserId,
    /// The keys of the phone: somebody else may be writing.
    Identity,
    Other,
}

/// A card of a person.
#[derive(Debug, Serialize, ToSchema)]
pub struct Card {
    #[schema(required)]
    name: Option<String>,
    phones: Vec<CardPhone>,
    emails: Vec<String>,
    /// Company, department and title.
    #[schema(required)]
    work: Option<String>,
    addresses: Vec<String>,
    urls: Vec<String>,
    #[schema(required)]
    birthday: Option<String>,
}

/// A phone on a card.
#[derive(Debug, Serialize, ToSchema)]
struct CardPhone {
    phone: String,
    #[schema(required)]
    kind: Option<String>,
    on_whatsapp: bool,
}

/// A line of a cart.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrderLine {
    /// The product's own id in the catalogue.
    sku: String,
    quantity: u32,
    /// What one costs, in paise.
    #[schema(required)]
    price_paise: Option<i64>,
    /// What one costs, where it is not whole paise.
    #[schema(required)]
    price_as_written: Option<String>,
    #[schema(required)]
    total_paise: Option<i64>,
}

/// One answer of a form.
#[derive(Debug, Serialize, ToSchema)]
pub struct FormAnswer {
    field: String,
    #[schema(required)]
    value: Option<String>,
}

/// Where a message came from, and what became of it afterwards.
#[derive(Debug, Serialize, ToSchema)]
pub struct Circumstances {
    /// Whether it was forwarded, and how often.
    #[schema(required)]
    forwarded: Option<Forwarded>,
    /// The product of the catalogue it asks about, by its own id there.
    #[schema(required)]
    product: Option<String>,
    /// The advertisement or post that brought the customer here.
    #[schema(required)]
    referral: Option<Referral>,
    /// Whether it was written in a group.
    in_group: bool,
    /// What WhatsApp says went wrong with it.
    problems: Vec<String>,
    /// What the customer put on it.
    #[schema(required)]
    reaction: Option<String>,
    /// When the customer changed it; its words are the new ones.
    #[schema(required)]
    edited_at: Option<Timestamp>,
    /// What it said before it was changed or deleted.
    #[schema(required)]
    words_before: Option<String>,
    /// When the customer deleted it.
    #[schema(required)]
    revoked_at: Option<Timestamp>,
    /// The message that it changes, for a reaction, a correction or a deletion; `null` when that message is not here.
    #[schema(required)]
    applied_to: Option<String>,
    /// Whether it was written before the number was connected.
    history: bool,
}

/// How often a message was forwarded.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Forwarded {
    Once,
    Often,
}

/// An advertisement or post.
#[derive(Debug, Serialize, ToSchema)]
struct Referral {
    /// `ad`, `post`, or what WhatsApp adds.
    #[schema(required)]
    kind: Option<String>,
    #[schema(required)]
    headline: Option<String>,
    #[schema(required)]
    body: Option<String>,
    #[schema(required)]
    url: Option<String>,
}

fn owned<const MAX: usize>(text: Option<&Text<MAX>>) -> Option<String> {
    text.map(|text| text.as_str().to_owned())
}

fn all<const MAX: usize>(texts: &[Text<MAX>]) -> Vec<String> {
    texts.iter().map(|text| text.as_str().to_owned()).collect()
}

impl Details {
    /// What a message of this content has beside its words.
    pub fn of(content: &InboundContent) -> Option<Self> {
        Some(match content {
            InboundContent::Text { .. }
            | InboundContent::Tapped { what: inbound::Tapped::Button, .. }
            | InboundContent::Revoke { .. }
            | InboundContent::Welcome => return None,
            InboundContent::Edit { content, .. } => return Self::of(content),
            InboundContent::Tapped { what: inbound::Tapped::Row, description, .. } => {
                Self::ListReply { description: owned(description.as_ref()) }
            }
            InboundContent::Media { mime_type, filename, voice, animated, .. } => {
                Self::Media { mime_type: mime_type.to_string(), filename: owned(filename.as_ref()), voice: *voice, animated: *animated }
            }
            InboundContent::Location { coordinates, name, address, url } => {
                let (latitude, longitude) = coordinates.as_str().split_once(',').unwrap_or((coordinates.as_str(), ""));
                let (name, address, url) = (owned(name.as_ref()), owned(address.as_ref()), owned(url.as_ref()));
                Self::Location { latitude: latitude.to_owned(), longitude: longitude.to_owned(), name, address, url }
            }
            InboundContent::Contacts { cards, requested } => {
                Self::Contacts { cards: cards.iter().map(Card::from).collect(), requested: *requested }
            }
            InboundContent::Order(order) => Self::Order {
                lines: order.items.iter().map(OrderLine::from).collect(),
                total_paise: order.total().map(Paise::get),
                unread_lines: order.lines.saturating_sub(u32::try_from(order.items.len()).unwrap_or(u32::MAX)),
            },
            InboundContent::Form(form) => form_reply(form),
            InboundContent::CallPermission(permission) => Self::CallPermission {
                accepted: permission.accepted,
                permanent: permission.permanent,
                until: permission.until,
                automatic: permission.automatic,
            },
            InboundContent::System(notice) => system(notice),
            InboundContent::Reaction { emoji, .. } => Self::Reaction { emoji: owned(emoji.as_ref()) },
            InboundContent::Unsupported { name } => Self::Unsupported { name: owned(name.as_ref()) },
            InboundContent::Other { name } => Self::Unsupported { name: Some(name.to_string()) },
        })
    }
}

fn form_reply(form: &inbound::Form) -> Details {
    let (answers, as_written) = match &form.answers {
        Answers::Fields(fields) => (fields.as_slice(), None),
        Answers::AsWritten(raw) => (&[][..], Some(raw.to_string())),
    };
    let answer = |answer: &inbound::Answer| FormAnswer { field: answer.field.to_string(), value: owned(answer.value.as_ref()) };
    let form = match &form.kind {
        FormKind::Flow => "flow".to_owned(),
        FormKind::Address => "address".to_owned(),
        FormKind::Other(name) => name.to_string(),
    };
    Details::FormReply { form, answers: answers.iter().map(answer).collect(), as_written }
}

fn system(notice: &inbound::System) -> Details {
    let (change, phone) = match &notice.change {
        Some(SystemChange::Number { phone, .. }) => (ChangeKind::Number, *phone),
        Some(SystemChange::UserId { phone, .. }) => (ChangeKind::UserId, *phone),
        Some(SystemChange::Identity { .. }) => (ChangeKind::Identity, None),
        Some(SystemChange::Other(_)) | None => (ChangeKind::Other, None),
    };
    Details::System { change, phone: phone.map(|phone| phone.to_string()) }
}

impl From<&inbound::Card> for Card {
    fn from(card: &inbound::Card) -> Self {
        let phone = |phone: &inbound::CardPhone| CardPhone {
            phone: phone.phone.to_string(),
            kind: owned(phone.kind.as_ref()),
            on_whatsapp: phone.whatsapp.is_some(),
        };
        Self {
            name: owned(card.name.as_ref()),
            phones: card.phones.iter().map(phone).collect(),
            emails: all(&card.emails),
            work: owned(card.work.as_ref()),
            addresses: all(&card.addresses),
            urls: all(&card.urls),
            birthday: owned(card.birthday.as_ref()),
        }
    }
}

impl From<&inbound::OrderItem> for OrderLine {
    fn from(item: &inbound::OrderItem) -> Self {
        let as_written = match &item.price {
            Price::Paise(_) => None,
            Price::AsWritten { amount, currency } => {
                let currency = currency.as_ref().map_or("", Text::as_str);
                Some(format!("{amount} {currency}").trim_end().to_owned())
            }
        };
        Self {
            sku: item.sku.to_string(),
            quantity: item.quantity,
            price_paise: item.price.paise().map(Paise::get),
            price_as_written: as_written,
            total_paise: item.total().map(Paise::get),
        }
    }
}

impl Circumstances {
    /// What is known of a message that said this before.
    pub fn of(marks: &Marks, words_before: Option<String>) -> Self {
        let known = marks.circumstances.as_deref().cloned().unwrap_or_default();
        Self {
            forwarded: known.forwarded.map(|forwarded| match forwarded {
                inbound::Forwarded::Once => Forwarded::Once,
                inbound::Forwarded::Often => Forwarded::Often,
            }),
            product: known.product.map(|product| product.sku.to_string()),
            referral: known.referral.map(|referral| Referral {
                kind: owned(referral.kind.as_ref()),
                headline: owned(referral.headline.as_ref()),
                body: owned(referral.body.as_ref()),
                url: owned(referral.url.as_ref()),
            }),
            in_group: known.group.is_some(),
            problems: known.errors.iter().map(|failure| failure.title().to_owned()).collect(),
            reaction: marks.reaction.as_ref().and_then(|reacted| owned(reacted.emoji.as_ref())),
            edited_at: marks.edited.as_ref().map(|edited| edited.at),
            words_before,
            revoked_at: marks.revoked_at,
            applied_to: marks.applied_to.map(|key| key.to_string()),
            history: marks.history,
        }
    }
}
