//! What the tests of all providers need: a number, a message to be sent from it, and what a webhook says in one word an event.

use domain::{
    crm::Recipient,
    id,
    messaging::{
        content::OutboundContent,
        key::{CallbackData, MessageKey},
    },
    ports::{SendRequest, UploadedMedia},
    tenant::{Number, NumberId, ProviderKind, onboarding::Ours},
    time::Timestamp,
};

use crate::whatsapp::inbound::{Event, Webhook};

pub(crate) fn number(provider: ProviderKind) -> Number {
    let id = |raw| NumberId::new(raw).unwrap();
    let cloud = Number::cloud(id("210000000000009"), id("310000000000001"), "918047000123".parse().unwrap());
    Number { provider, project_id: Some(id("67e109077c4b230bed2fb1ff")), ..cloud }
}

pub(crate) fn callback() -> CallbackData {
    let message = MessageKey::received(Timestamp::from_second(1_793_500_000).unwrap(), "wamid.A").reply(0);
    CallbackData { conversation: id::derived(&[b"c"]), message }
}

/// No file is known to the provider.
static NOTHING_UPLOADED: UploadedMedia = UploadedMedia::new();

pub(crate) fn request<'a>(number: &'a Number, recipient: &'a Recipient, content: &'a OutboundContent) -> SendRequest<'a> {
    SendRequest { number, recipient, content, callback: callback(), reply_to: None, media: &NOTHING_UPLOADED }
}

pub(crate) fn asha() -> Recipient {
    Recipient::Phone("919876500001".parse().unwrap())
}

pub(crate) fn ours() -> Ours<'static> {
    Ours { callback: "https://hooks.example/", verify_token: "verify", app_secret: "the app's secret", webhook_secret: Some("shown") }
}

/// What a webhook says, each event by one word.
pub(crate) fn words(webhook: Webhook<'_>) -> Vec<String> {
    let events = webhook.parts.into_iter().flat_map(|part| {
        part.events.into_iter().map(|event| match event {
            Event::Message(message) => {
                let message = message.of(id::derived(&[b"t"]), NumberId::new("1").unwrap());
                let by = message.sender.phone.map_or_else(String::new, domain::phone::Phone::digits);
                format!("{} {} {} {by}", message.content.kind(), message.wamid, message.at.as_second())
            }
            Event::Status(status) => {
                let code = status.update.failure.map_or(0, |failure| failure.code);
                format!("{:?} {} {} {code}", status.update.stage, status.update.wamid, status.update.at.as_second())
            }
            Event::News { .. } => "news".to_owned(),
            Event::Other(_) => "other".to_owned(),
            Event::Unreadable(_) => "unreadable".to_owned(),
        })
    });
    events.collect()
}
