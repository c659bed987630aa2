//! From Meta's webhook to our words. What does not read becomes [`Event::Unreadable`] and is parked by the caller: one odd message
//! must not cost its neighbours.

use domain::{
    crm::{BusinessScopedId, Sender},
    id::TenantId,
    messaging::{
        inbound::{InboundContent, InboundMessage, MediaKind, Tapped},
        key::CallbackData,
        status::{Stage, StatusUpdate},
    },
    tenant::NumberId,
    text::Text,
    time::Timestamp,
};
use serde_json::value::RawValue;

use super::wire;
use crate::signature::Verified;

/// How many updates one webhook may hold (Meta: a thousand).
const UPDATES_MAX: usize = 1_000;

/// Why a verified body is no webhook.
#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    /// It is not JSON of the right shape.
    #[error("the body is not a WhatsApp webhook")]
    Malformed(#[source] serde_json::Error),
    /// It is about something else, or holds more than Meta ever sends.
    #[error("the body is not a WhatsApp webhook of at most {UPDATES_MAX} updates")]
    NotOurs,
}

/// One verified webhook, taken apart.
pub struct Webhook<'a> {
    /// Its parts, each of one number or account.
    pub parts: Vec<Part<'a>>,
}

/// What a webhook says of one number or account.
pub struct Part<'a> {
    /// The number, for messages and statuses; the account for everything else.
    pub about: About,
    /// Meta's name for what it is about.
    pub field: String,
    /// What it says.
    pub events: Vec<Event<'a>>,
}

/// What a part is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum About {
    /// A number (`phone_number_id`).
    Number(NumberId),
    /// A WhatsApp Business Account.
    Account(NumberId),
}

/// One thing a webhook says.
pub enum Event<'a> {
    /// A person wrote; the tenant is to be filled in by whoever knows the number.
    Message(Box<Received>),
    /// A message of ours got somewhere.
    Status(Status),
    /// Anything else, as it came.
    Other(&'a str),
    /// A message or status that does not read, as it came.
    Unreadable(&'a str),
}

/// A message before its tenant is known.
#[derive(Clone, Debug)]
pub struct Received {
    wamid: Text<512>,
    at: Timestamp,
    sender: Sender,
    content: InboundContent,
    reply_to: Option<Text<512>>,
}

impl Received {
    /// When it was written, by Meta's clock.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        self.at
    }

    /// The message, in the business of its number.
    #[must_use]
    pub fn of(self, tenant: TenantId, number: NumberId) -> InboundMessage {
        let Self { wamid, at, sender, content, reply_to } = self;
        InboundMessage { tenant, number, wamid, at, sender, content, reply_to }
    }
}

/// A status and where it belongs.
#[derive(Clone, Debug)]
pub struct Status {
    /// The message, if it was sent by us with callback data.
    pub message: Option<CallbackData>,
    /// What became of it.
    pub update: StatusUpdate,
}

/// Takes a verified body apart.
///
/// # Errors
/// When it is not a WhatsApp webhook at all.
pub fn read(body: Verified<'_>) -> Result<Webhook<'_>, WebhookError> {
    let envelope: wire::Envelope<'_> = serde_json::from_slice(body.bytes()).map_err(WebhookError::Malformed)?;
    if envelope.object != "whatsapp_business_account" {
        return Err(WebhookError::NotOurs);
    }
    let mut parts = Vec::new();
    let mut updates = 0;
    for entry in &envelope.entry {
        for change in &entry.changes {
            if let Some(part) = part(&entry.id, change)? {
                updates += part.events.len();
                parts.push(part);
            }
            if updates > UPDATES_MAX {
                return Err(WebhookError::NotOurs);
            }
        }
    }
    Ok(Webhook { parts })
}

fn part<'a>(account: &str, change: &wire::Change<'a>) -> Result<Option<Part<'a>>, WebhookError> {
    let field = change.field.to_string();
    if change.field != "messages" {
        let about = NumberId::new(account).ok().map(About::Account);
        return Ok(about.map(|about| Part { about, field, events: vec![Event::Other(change.value.get())] }));
    }
    let value: wire::Value<'_> = serde_json::from_str(change.value.get()).map_err(WebhookError::Malformed)?;
    let number = value.metadata.as_ref().and_then(|metadata| NumberId::new(&metadata.phone_number_id).ok());
    let Some(number) = number else {
        return Ok(None);
    };
    let messages = value.messages.iter().map(|raw| match message(raw, &value.contacts) {
        Some(received) => Event::Message(Box::new(received)),
        None => Event::Unreadable(raw.get()),
    });
    let statuses = value.statuses.iter().map(|raw| status(raw));
    let mut events: Vec<Event<'_>> = messages.chain(statuses).collect();
    if events.is_empty() {
        events.push(Event::Other(change.value.get()));
    }
    Ok(Some(Part { about: About::Number(number), field, events }))
}

fn message(raw: &RawValue, contacts: &[wire::Contact<'_>]) -> Option<Received> {
    let message: wire::Message<'_> = serde_json::from_str(raw.get()).ok()?;
    let sender = sender(&message, contacts);
    sender.recipient()?;
    Some(Received {
        wamid: Text::new(&message.id).ok()?,
        at: Timestamp::from_second(message.timestamp).ok()?,
        sender,
        content: content(&message),
        reply_to: message.context.as_ref().and_then(|context| context.id.as_deref()).and_then(|id| Text::new(id).ok()),
    })
}

fn sender(message: &wire::Message<'_>, contacts: &[wire::Contact<'_>]) -> Sender {
    let from = message.from.as_deref();
    let scoped = message.from_user_id.as_deref();
    let same = |contact: &&wire::Contact<'_>| {
        let by_phone = from.is_some() && contact.wa_id.as_deref() == from;
        by_phone || (scoped.is_some() && contact.user_id.as_deref() == scoped)
    };
    // A lone contact is the sender even where WhatsApp spells the two numbers differently (Brazil, Mexico, Argentina).
    let contact = contacts.iter().find(same).or_else(|| contacts.first().filter(|_| contacts.len() == 1));
    let scoped = scoped.or_else(|| contact.and_then(|contact| contact.user_id.as_deref()));
    Sender {
        phone: from.or_else(|| contact.and_then(|contact| contact.wa_id.as_deref())).and_then(|digits| digits.parse().ok()),
        user_id: scoped.and_then(|id| BusinessScopedId::new(id).ok()),
        name: contact.and_then(|contact| contact.profile.as_ref()).and_then(|profile| profile.name.as_deref()).and_then(Text::cut),
    }
}

fn content(message: &wire::Message<'_>) -> InboundContent {
    let other = || InboundContent::Other { name: Text::cut(&message.kind).unwrap_or_else(unnamed) };
    let read = match &*message.kind {
        "text" => message.text.as_ref().and_then(|text| Text::cut(&text.body)).map(|body| InboundContent::Text { body }),
        "button" => message.button.as_ref().and_then(template_button),
        "interactive" => message.interactive.as_ref().and_then(interactive),
        "image" => message.image.as_ref().and_then(|found| media(MediaKind::Image, found)),
        "audio" => message.audio.as_ref().and_then(|found| media(MediaKind::Audio, found)),
        "video" => message.video.as_ref().and_then(|found| media(MediaKind::Video, found)),
        "document" => message.document.as_ref().and_then(|found| media(MediaKind::Document, found)),
        "sticker" => message.sticker.as_ref().and_then(|found| media(MediaKind::Sticker, found)),
        "location" => message.location.as_ref().and_then(location),
        "contacts" => Some(InboundContent::Contacts { names: names(&message.contacts) }),
        "reaction" => message.reaction.as_ref().and_then(reaction),
        "order" => message.order.as_ref().map(order),
        "system" => message.system.as_ref().map(|found| InboundContent::System { body: found.body.as_deref().and_then(Text::cut) }),
        _ => None,
    };
    read.unwrap_or_else(other)
}

fn unnamed() -> Text<64> {
    // The literal is neither empty nor long, so the second attempt is never made.
    Text::cut("unknown").unwrap_or_else(unnamed)
}

fn template_button(button: &wire::TemplateButton<'_>) -> Option<InboundContent> {
    let title = button.text.as_deref().or(button.payload.as_deref())?;
    let id = button.payload.as_deref().unwrap_or(title);
    Some(InboundContent::Tapped { id: Text::cut(id)?, title: Text::cut(title)?, what: Tapped::Button })
}

fn interactive(interactive: &wire::Interactive<'_>) -> Option<InboundContent> {
    let (choice, what) = match (&interactive.button_reply, &interactive.list_reply) {
        (Some(choice), _) => (choice, Tapped::Button),
        (None, Some(choice)) => (choice, Tapped::Row),
        (None, None) => return None,
    };
    let title = Text::cut(&choice.title).or_else(|| Text::cut(&choice.id))?;
    Some(InboundContent::Tapped { id: Text::cut(&choice.id)?, title, what })
}

fn media(kind: MediaKind, media: &wire::Media<'_>) -> Option<InboundContent> {
    Some(InboundContent::Media {
        kind,
        id: Text::cut(&media.id)?,
        mime_type: Text::cut(&media.mime_type)?,
        sha256: media.sha256.as_deref().and_then(|hash| Text::new(hash).ok()),
        caption: media.caption.as_deref().and_then(Text::cut),
        filename: media.filename.as_deref().and_then(Text::cut),
    })
}

fn location(location: &wire::Location<'_>) -> Option<InboundContent> {
    let (latitude, longitude) = (location.latitude?.get(), location.longitude?.get());
    let parts: Vec<&str> = [location.name.as_deref(), location.address.as_deref()].into_iter().flatten().collect();
    Some(InboundContent::Location { coordinates: Text::new(&format!("{latitude},{longitude}")).ok()?, name: Text::cut(&parts.join(", ")) })
}

fn names(cards: &[wire::Card<'_>]) -> Vec<Text<128>> {
    let name = |card: &wire::Card<'_>| card.name.as_ref()?.formatted_name.as_deref().and_then(Text::cut);
    cards.iter().take(20).filter_map(name).collect()
}

fn reaction(reaction: &wire::Reaction<'_>) -> Option<InboundContent> {
    let emoji = reaction.emoji.as_deref().and_then(|emoji| Text::new(emoji).ok());
    Some(InboundContent::Reaction { wamid: Text::new(&reaction.message_id).ok()?, emoji })
}

fn order(order: &wire::Order<'_>) -> InboundContent {
    let lines = u32::try_from(order.product_items.len()).unwrap_or(u32::MAX);
    InboundContent::Order { lines, note: order.text.as_deref().and_then(Text::cut) }
}

fn status(raw: &RawValue) -> Event<'_> {
    let Ok(status) = serde_json::from_str::<wire::Status<'_>>(raw.get()) else {
        return Event::Unreadable(raw.get());
    };
    let stage = match (status.kind.as_deref(), &*status.stage) {
        // Payment events share the field with statuses of messages.
        (Some("payment"), _) => None,
        (_, "sent") => Some(Stage::Sent),
        (_, "delivered") => Some(Stage::Delivered),
        (_, "read") => Some(Stage::Read),
        (_, "played") => Some(Stage::Played),
        (_, "failed") => Some(Stage::Failed),
        (_, _) => None,
    };
    let (Some(stage), Ok(wamid), Ok(at)) = (stage, Text::new(&status.id), Timestamp::from_second(status.timestamp)) else {
        return Event::Other(raw.get());
    };
    let message = status.biz_opaque_callback_data.as_deref().and_then(|data| data.parse().ok());
    let failure = status.errors.first().and_then(super::failure);
    Event::Status(Status { message, update: StatusUpdate { wamid, stage, at, failure } })
}
