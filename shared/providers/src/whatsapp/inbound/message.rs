//! A message of a person.

use domain::{
    crm::{BusinessScopedId, Sender},
    id::TenantId,
    messaging::inbound::{InboundContent, InboundMessage, MediaKind, Tapped},
    tenant::NumberId,
    text::Text,
    time::Timestamp,
};
use serde_json::value::RawValue;

use crate::whatsapp::wire;

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

pub(super) fn message(raw: &RawValue, contacts: &[wire::Contact<'_>]) -> Option<Received> {
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
