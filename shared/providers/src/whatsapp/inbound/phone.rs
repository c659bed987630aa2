//! The chats of the app on the phone: what was written there (echoes), and what was written before the number was connected.

use domain::{
    crm::Sender,
    messaging::event::{EventBody, PhoneMessage, PhoneMessages},
    phone::Phone,
    tenant::{HistoryProgress, News},
};
use serde_json::value::RawValue;

use super::{
    message::{self, person, phone, same, scoped},
    news::display_phone,
};
use crate::whatsapp::fields::Fields;

/// How many messages one task carries; so many of the longest fit into it.
const MESSAGES_AT_ONCE: usize = 25;
/// How many messages, threads or chunks one value may hold.
const THINGS_MAX: usize = 10_000;

/// What was written in the app.
pub(super) fn echoes(value: &mut Fields<'_, '_>) -> Vec<EventBody> {
    let contacts: Vec<Sender> = value.list("contacts", THINGS_MAX).into_iter().map(person).collect();
    let lone = contacts.first().filter(|_| contacts.len() == 1);
    let messages = value.list("message_echoes", THINGS_MAX);
    each(value, &messages, |fields| {
        let to = Sender { phone: phone(fields, "to"), ..scoped(fields, "to_user_id", "to_parent_user_id") };
        fields.skip(&["from", "from_user_id"]);
        let known = contacts.iter().find(|person| same(person, &to));
        (whole(to, known.or(lone)), true)
    })
    .into_iter()
    .map(|(person, message)| EventBody::Phone(PhoneMessages { person, history: false, messages: vec![message] }))
    .collect()
}

/// What was written before the number was connected.
pub(super) fn history(value: &mut Fields<'_, '_>) -> Vec<EventBody> {
    let business = value.object("metadata").and_then(|mut metadata| {
        metadata.skip(&["phone_number_id"]);
        display_phone(&mut metadata)
    });
    let mut bodies = Vec::new();
    for mut chunk in value.objects("history", THINGS_MAX) {
        for mut error in chunk.objects("errors", 10) {
            let declined = error.integer("code");
            error.skip(&["title", "message", "error_data", "href"]);
            bodies.push(progress(HistoryProgress { percent: None, declined }));
        }
        for mut thread in chunk.objects("threads", THINGS_MAX) {
            let mut context = thread.object("context");
            let named = context.as_mut().map(|context| Sender {
                phone: phone(context, "wa_id"),
                username: context.text("username"),
                ..scoped(context, "user_id", "parent_user_id")
            });
            let person = whole(Sender { phone: phone(&mut thread, "id"), ..Sender::default() }, named.as_ref());
            let messages = thread.list("messages", THINGS_MAX);
            let read = each(&thread, &messages, |fields| (person.clone(), ours(fields, business).1));
            let read: Vec<PhoneMessage> = read.into_iter().map(|(_, message)| message).collect();
            let tasks =
                read.chunks(MESSAGES_AT_ONCE).map(|some| PhoneMessages { person: person.clone(), history: true, messages: some.to_vec() });
            bodies.extend(tasks.map(EventBody::Phone));
        }
        if let Some(mut metadata) = chunk.object("metadata") {
            metadata.skip(&["phase", "chunk_order"]);
            let percent = metadata.integer("progress").and_then(|percent| u8::try_from(percent).ok());
            bodies.push(progress(HistoryProgress { percent, declined: None }));
        }
    }
    // The files of old messages come by themselves.
    let messages = value.list("messages", THINGS_MAX);
    let files = each(value, &messages, |fields| ours(fields, business));
    bodies.extend(
        files.into_iter().map(|(person, message)| EventBody::Phone(PhoneMessages { person, history: true, messages: vec![message] })),
    );
    bodies
}

fn progress(progress: HistoryProgress) -> EventBody {
    EventBody::Health { phone: None, news: vec![News::History(progress)] }
}

/// The other person of a message, and whether the business wrote it.
fn ours(fields: &mut Fields<'_, '_>, business: Option<Phone>) -> (Sender, bool) {
    let from = Sender { phone: phone(fields, "from"), ..scoped(fields, "from_user_id", "from_parent_user_id") };
    let to = Sender { phone: phone(fields, "to"), ..scoped(fields, "to_user_id", "to_parent_user_id") };
    if business.is_some() && from.phone == business { (to, true) } else { (from, false) }
}

/// One name of a person, with whatever else is known.
fn whole(said: Sender, known: Option<&Sender>) -> Sender {
    let known = known.cloned().unwrap_or_default();
    Sender {
        phone: said.phone.or(known.phone),
        user_id: said.user_id.or(known.user_id),
        parent_id: said.parent_id.or(known.parent_id),
        ..known
    }
}

/// Reads messages; those that have no place or person are a loss of the value.
fn each<'a>(
    value: &Fields<'a, '_>,
    messages: &[&'a RawValue],
    mut who: impl FnMut(&mut Fields<'_, '_>) -> (Sender, bool),
) -> Vec<(Sender, PhoneMessage)> {
    let mut read = Vec::with_capacity(messages.len());
    for raw in messages {
        match message::of_phone(raw, &mut who).filter(|(person, _)| person.recipient().is_some()) {
            Some(found) => read.push(found),
            None => value.lose(),
        }
    }
    read
}
