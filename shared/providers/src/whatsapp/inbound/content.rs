//! What a person wrote or did, type by type. A body that does not read costs its message nothing but the body: it is shown as
//! unknown, and the value is kept as it came.

use domain::{
    messaging::inbound::{CallPermission, InboundContent, MediaKind, Order, OrderItem, Price, System, SystemChange, Tapped},
    text::Text,
};

use super::{cards, form, message};
use crate::whatsapp::fields::{Fields, Loss};

/// How many lines of a cart are kept.
const LINES_MAX: usize = 200;

/// The content, and where its file lies for five minutes.
pub(super) fn read(fields: &mut Fields<'_, '_>, loss: &Loss) -> (InboundContent, Option<Text<2048>>) {
    let kind = fields.word("type").unwrap_or_default();
    let mut url = None;
    let content = match &*kind {
        "text" => fields.object("text").and_then(|mut text| Some(InboundContent::Text { body: text.text("body")? })),
        "button" => fields.object("button").and_then(|mut button| template_button(&mut button)),
        "interactive" => fields.object("interactive").and_then(|mut found| interactive(&mut found)),
        "image" => media(MediaKind::Image, fields, &mut url),
        "audio" => media(MediaKind::Audio, fields, &mut url),
        "video" => media(MediaKind::Video, fields, &mut url),
        "document" => media(MediaKind::Document, fields, &mut url),
        "sticker" => media(MediaKind::Sticker, fields, &mut url),
        "location" => fields.object("location").and_then(|mut place| location(&mut place)),
        "contacts" => {
            let requested = fields.word("origin").is_some_and(|origin| origin == "contact_request");
            Some(InboundContent::Contacts { cards: cards::read(fields), requested })
        }
        "reaction" => fields.object("reaction").and_then(|mut reaction| {
            Some(InboundContent::Reaction { wamid: reaction.exact("message_id")?, emoji: reaction.exact("emoji") })
        }),
        "order" => fields.object("order").map(|mut cart| InboundContent::Order(order(&mut cart))),
        "system" => fields.object("system").map(|mut notice| InboundContent::System(system(&mut notice, fields))),
        "edit" => fields.object("edit").and_then(|mut edit| {
            let wamid = edit.exact("original_message_id")?;
            // An edit of an edit is none: what Meta might mean by it is kept as it came.
            let content = edit.take("message").and_then(|raw| message::nested(raw, loss)).filter(|content| content.target().is_none())?;
            Some(InboundContent::Edit { wamid, content: Box::new(content) })
        }),
        "revoke" => {
            fields.object("revoke").and_then(|mut revoke| Some(InboundContent::Revoke { wamid: revoke.exact("original_message_id")? }))
        }
        "request_welcome" => Some(InboundContent::Welcome),
        "unsupported" => Some(InboundContent::Unsupported { name: fields.object("unsupported").and_then(|mut found| found.text("type")) }),
        _ => None,
    };
    let content = content.unwrap_or_else(|| {
        loss.set(true);
        InboundContent::Other { name: Text::cut(&kind).unwrap_or_else(unnamed) }
    });
    (content, url)
}

fn unnamed() -> Text<64> {
    // The literal is neither empty nor long, so the second attempt is never made.
    Text::cut("unknown").unwrap_or_else(unnamed)
}

fn template_button(button: &mut Fields<'_, '_>) -> Option<InboundContent> {
    let (payload, text) = (button.text("payload"), button.text("text"));
    let title = text.or_else(|| payload.clone())?;
    Some(InboundContent::Tapped { id: payload.unwrap_or_else(|| title.clone()), title, what: Tapped::Button, description: None })
}

fn interactive(found: &mut Fields<'_, '_>) -> Option<InboundContent> {
    let kind = found.word("type").unwrap_or_default();
    let (name, what) = match &*kind {
        "list_reply" => ("list_reply", Tapped::Row),
        "nfm_reply" => return found.object("nfm_reply").map(|mut reply| InboundContent::Form(form::read(&mut reply))),
        "call_permission_reply" => return found.object("call_permission_reply").map(|mut reply| call_permission(&mut reply)),
        "button_reply" => ("button_reply", Tapped::Button),
        _ => return None,
    };
    let mut choice = found.object(name)?;
    let (id, title) = (choice.exact("id")?, choice.text("title"));
    let title = title.or_else(|| Text::cut(id.as_str()))?;
    Some(InboundContent::Tapped { id, title, what, description: choice.text("description") })
}

fn call_permission(reply: &mut Fields<'_, '_>) -> InboundContent {
    InboundContent::CallPermission(CallPermission {
        // Only a clear yes is one.
        accepted: reply.word("response").is_some_and(|response| response == "accept"),
        permanent: reply.flag("is_permanent"),
        until: reply.time("expiration_timestamp"),
        automatic: reply.word("response_source").is_some_and(|source| source == "automatic"),
    })
}

fn media(kind: MediaKind, fields: &mut Fields<'_, '_>, url: &mut Option<Text<2048>>) -> Option<InboundContent> {
    let mut file = fields.object(kind.name())?;
    *url = file.exact("url");
    Some(InboundContent::Media {
        kind,
        id: file.exact("id")?,
        mime_type: file.text("mime_type").or_else(|| Text::cut("application/octet-stream"))?,
        sha256: file.exact("sha256"),
        caption: file.text("caption"),
        filename: file.text("filename"),
        voice: file.flag("voice"),
        animated: file.flag("animated"),
    })
}

fn location(place: &mut Fields<'_, '_>) -> Option<InboundContent> {
    let degrees = |word: &str| word.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    let mut coordinate = |name| place.word(name).filter(|word| degrees(word) && word.len() <= 30);
    let (latitude, longitude) = (coordinate("latitude")?, coordinate("longitude")?);
    Some(InboundContent::Location {
        coordinates: Text::new(&format!("{latitude},{longitude}")).ok()?,
        name: place.text("name"),
        address: place.text("address"),
        url: place.exact("url"),
    })
}

fn order(cart: &mut Fields<'_, '_>) -> Order {
    let lines = cart.list("product_items", LINES_MAX);
    let mut order = Order {
        lines: u32::try_from(lines.len()).unwrap_or(u32::MAX),
        items: Vec::with_capacity(lines.len()),
        catalog: cart.exact("catalog_id"),
        note: cart.text("text"),
    };
    for mut line in lines.iter().filter_map(|raw| cart.inside(raw)) {
        match item(&mut line) {
            Some(item) => order.items.push(item),
            None => line.lose(),
        }
    }
    order
}

fn item(line: &mut Fields<'_, '_>) -> Option<OrderItem> {
    let currency = line.word("currency");
    let amount = line.word("item_price")?;
    Some(OrderItem {
        sku: line.exact("product_retailer_id")?,
        quantity: u32::try_from(line.integer("quantity")?).ok()?,
        price: Price::read(&amount, currency.as_deref())?,
    })
}

fn system(notice: &mut Fields<'_, '_>, fields: &mut Fields<'_, '_>) -> System {
    let kind = notice.word("type").unwrap_or_default();
    let (phone, user_id) = (message::phone(notice, "wa_id"), message::scoped(notice, "user_id", "parent_user_id").user_id);
    let change = match &*kind {
        "user_changed_number" | "customer_changed_number" => Some(SystemChange::Number { phone, user_id }),
        "user_changed_user_id" => Some(SystemChange::UserId { user_id, phone }),
        "customer_identity_changed" | "user_identity_changed" => {
            let mut identity = fields.object("identity");
            Some(SystemChange::Identity {
                hash: identity.as_mut().and_then(|found| found.exact("hash")),
                acknowledged: identity.as_mut().is_some_and(|found| found.flag("acknowledged")),
                at: identity.as_mut().and_then(|found| found.time("created_timestamp")),
            })
        }
        name => {
            notice.lose();
            Text::cut(name).map(SystemChange::Other)
        }
    };
    System { body: notice.text("body"), change }
}
