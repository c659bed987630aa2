//! A message of a person.

use std::cell::Cell;

use domain::{
    crm::{BusinessScopedId, Sender},
    id::TenantId,
    messaging::{
        event::PhoneMessage,
        inbound::{Circumstances, Forwarded, InboundContent, InboundMessage, RawMessage, Referral, ReferralMedia, ReferredProduct},
        status::Failure,
    },
    tenant::NumberId,
    text::Text,
    time::Timestamp,
};
use serde_json::value::RawValue;

use super::content;
use crate::whatsapp::fields::{Fields, Loss};

/// A message before its tenant is known.
#[derive(Clone, Debug)]
pub struct Received<'a> {
    wamid: Text<512>,
    at: Timestamp,
    sender: Sender,
    content: InboundContent,
    reply_to: Option<Text<512>>,
    circumstances: Option<Box<Circumstances>>,
    media_url: Option<Text<2048>>,
    lost: Option<Lost<'a>>,
}

/// The parts of a value that our own words do not carry whole, as they came.
#[derive(Clone, Copy)]
struct Lost<'a> {
    message: &'a str,
    contact: Option<&'a str>,
    errors: Option<&'a str>,
}

impl std::fmt::Debug for Lost<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Lost({} bytes)", self.message.len())
    }
}

impl Lost<'_> {
    fn keep(self) -> RawMessage {
        let part = |name: &str, raw: Option<&str>| raw.map_or_else(String::new, |raw| format!(r#","{name}":{raw}"#));
        let rest = [part("contact", self.contact), part("errors", self.errors)].concat();
        RawMessage::new(format!(r#"{{"message":{}{rest}}}"#, self.message))
    }
}

impl Received<'_> {
    /// When it was written, by Meta's clock.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        self.at
    }

    /// The message, in the business of its number.
    #[must_use]
    pub fn of(&self, tenant: TenantId, number: NumberId) -> InboundMessage {
        let Self { wamid, at, sender, content, reply_to, circumstances, media_url, lost } = self.clone();
        let raw = lost.map(Lost::keep);
        InboundMessage { tenant, number, wamid, at, sender, content, reply_to, circumstances, media_url, raw }
    }
}

/// What the messages of one value have in common.
pub(super) struct Around<'a> {
    pub(super) contacts: Vec<Contact<'a>>,
    pub(super) errors: Option<&'a RawValue>,
}

/// A person of a value, with what it says as it came.
pub(super) struct Contact<'a> {
    raw: &'a RawValue,
    sender: Sender,
    lost: bool,
}

impl<'a> Contact<'a> {
    /// Reads a person; one that does not read is nobody.
    pub(super) fn read(raw: &'a RawValue) -> Self {
        let loss = Cell::new(false);
        let sender = Fields::read(raw.get(), &loss).map(|mut fields| {
            let mut sender = Sender { phone: phone(&mut fields, "wa_id"), ..scoped(&mut fields, "user_id", "parent_user_id") };
            if let Some(mut profile) = fields.object("profile") {
                sender.name = profile.text("name");
                sender.username = profile.text("username");
            }
            sender
        });
        Self { raw, sender: sender.unwrap_or_default(), lost: loss.get() }
    }
}

/// A person as a value names one.
pub(super) fn person(raw: &RawValue) -> Sender {
    Contact::read(raw).sender
}

/// Whether two names are of one person.
pub(super) fn same(one: &Sender, other: &Sender) -> bool {
    let by_phone = one.phone.is_some() && one.phone == other.phone;
    by_phone || (one.user_id.is_some() && one.user_id == other.user_id)
}

/// What a message says, whoever wrote it.
struct Said {
    wamid: Text<512>,
    at: Timestamp,
    content: InboundContent,
    reply_to: Option<Text<512>>,
    circumstances: Circumstances,
    media_url: Option<Text<2048>>,
}

fn said(fields: &mut Fields<'_, '_>, loss: &Loss) -> Option<Said> {
    let (wamid, at) = (fields.exact("id")?, fields.time("timestamp")?);
    let (reply_to, mut circumstances) = context(fields);
    circumstances.errors = failures(&fields.list("errors", 10));
    circumstances.group = fields.exact("group_id");
    circumstances.referral = fields.object("referral").map(|mut found| Box::new(referral(&mut found)));
    let (content, media_url) = content::read(fields, loss);
    Some(Said { wamid, at, content, reply_to, circumstances, media_url })
}

/// Reads a message; `None` when it has no id, time or sender, and so no place.
pub(super) fn message<'a>(raw: &'a RawValue, around: &Around<'a>) -> Option<Received<'a>> {
    let loss = Cell::new(false);
    let mut fields = Fields::read(raw.get(), &loss)?;
    let (sender, contact) = sender(&mut fields, around);
    sender.recipient()?;
    let Said { wamid, at, content, reply_to, mut circumstances, media_url } = said(&mut fields, &loss)?;
    let bodiless = matches!(content, InboundContent::Unsupported { .. } | InboundContent::Other { .. });
    let errors = around.errors.filter(|_| bodiless);
    if let Some(errors) = errors {
        circumstances.errors.extend(failures(&crate::whatsapp::fields::list(errors.get(), 10).0));
    }
    drop(fields);
    let partial = loss.get() || contact.is_some_and(|contact| contact.lost);
    let whole = Lost { message: raw.get(), contact: contact.map(|contact| contact.raw.get()), errors: errors.map(RawValue::get) };
    Some(Received { wamid, at, sender, content, reply_to, circumstances: circumstances.some(), media_url, lost: partial.then_some(whole) })
}

/// Reads a message of a chat on the phone, given who is told to have written it to whom.
pub(super) fn of_phone(raw: &RawValue, who: &mut impl FnMut(&mut Fields<'_, '_>) -> (Sender, bool)) -> Option<(Sender, PhoneMessage)> {
    let loss = Cell::new(false);
    let mut fields = Fields::read(raw.get(), &loss)?;
    let (person, ours) = who(&mut fields);
    let status = fields.object("history_context").and_then(|mut context| context.exact("status"));
    let Said { wamid, at, content, reply_to, circumstances, .. } = said(&mut fields, &loss)?;
    drop(fields);
    let raw = loss.get().then(|| Lost { message: raw.get(), contact: None, errors: None }.keep());
    Some((person, PhoneMessage { wamid, at, ours, content, reply_to, circumstances: circumstances.some(), status, raw }))
}

fn sender<'a, 'c>(fields: &mut Fields<'a, '_>, around: &'c Around<'a>) -> (Sender, Option<&'c Contact<'a>>) {
    let Sender { user_id, parent_id, .. } = scoped(fields, "from_user_id", "from_parent_user_id");
    let from = phone(fields, "from");
    let same = |contact: &&Contact<'_>| {
        let by_phone = from.is_some() && contact.sender.phone == from;
        by_phone || (user_id.is_some() && contact.sender.user_id == user_id)
    };
    // A lone contact is the sender even where WhatsApp spells the two numbers differently (Brazil, Mexico, Argentina).
    let lone = || around.contacts.first().filter(|_| around.contacts.len() == 1);
    let contact = around.contacts.iter().find(same).or_else(lone);
    let known = contact.map(|contact| contact.sender.clone()).unwrap_or_default();
    let sender =
        Sender { phone: from.or(known.phone), user_id: user_id.or(known.user_id), parent_id: parent_id.or(known.parent_id), ..known };
    (sender, contact)
}

pub(super) fn phone(fields: &mut Fields<'_, '_>, name: &str) -> Option<domain::phone::Phone> {
    fields.parsed(name, |digits| digits.parse().ok())
}

pub(super) fn scoped(fields: &mut Fields<'_, '_>, name: &str, parent: &str) -> Sender {
    let mut id = |name| fields.parsed(name, |id| BusinessScopedId::new(id).ok());
    Sender { user_id: id(name), parent_id: id(parent), ..Sender::default() }
}

/// The message it answers, and what else stands in its context.
fn context(fields: &mut Fields<'_, '_>) -> (Option<Text<512>>, Circumstances) {
    let mut circumstances = Circumstances::default();
    let Some(mut context) = fields.object("context") else {
        return (None, circumstances);
    };
    // Who wrote the message that is answered shows when it is found.
    context.skip(&["from", "from_user_id", "from_parent_user_id"]);
    let (once, often) = (context.flag("forwarded"), context.flag("frequently_forwarded"));
    circumstances.forwarded = if often { Some(Forwarded::Often) } else { once.then_some(Forwarded::Once) };
    circumstances.product = context
        .object("referred_product")
        .and_then(|mut product| Some(ReferredProduct { catalog: product.exact("catalog_id"), sku: product.exact("product_retailer_id")? }));
    (context.exact("id"), circumstances)
}

fn referral(found: &mut Fields<'_, '_>) -> Referral {
    let media = found.exact("media_type").map(|kind| {
        let (image, video) = (found.exact("image_url"), found.exact("video_url"));
        ReferralMedia { kind, url: image.or(video), thumbnail: found.exact("thumbnail_url") }
    });
    Referral {
        kind: found.exact("source_type"),
        id: found.exact("source_id"),
        url: found.exact("source_url"),
        headline: found.text("headline"),
        body: found.text("body"),
        media,
        click: found.exact("ctwa_clid"),
        welcome: found.object("welcome_message").and_then(|mut welcome| welcome.text("text")),
    }
}

fn failures(raw: &[&RawValue]) -> Vec<Failure> {
    raw.iter().filter_map(|raw| failure(raw)).collect()
}

/// What Meta says went wrong. Nothing of it is lost that a person could use: the address of the documentation is left out.
pub(super) fn failure(raw: &RawValue) -> Option<Failure> {
    serde_json::from_str(raw.get()).ok().as_ref().map(crate::whatsapp::failure)
}

/// Reads the content of an edit, which has no id, time or sender of its own.
pub(super) fn nested(raw: &RawValue, loss: &Loss) -> Option<InboundContent> {
    let mut fields = Fields::read(raw.get(), loss)?;
    fields.skip(&["context", "id", "timestamp", "from"]);
    Some(content::read(&mut fields, loss).0)
}
