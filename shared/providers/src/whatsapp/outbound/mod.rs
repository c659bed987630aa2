//! Our messages as Meta wants them, and what to do about its refusals.

mod contacts;
mod interactive;
mod media;
mod order;
mod template;

use domain::{
    crm::Recipient,
    messaging::{
        content::{Location, OutboundContent, OutboundMedia, Problem},
        failure::{Failure, Ours},
    },
    ports::{SendError, SendRequest, UploadedMedia},
};
use serde::Serialize;

use self::{interactive::Interactive, media::Media};

/// The body of `POST /{number}/messages`.
#[derive(Serialize)]
pub(super) struct Body<'a> {
    messaging_product: &'static str,
    recipient_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recipient: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    context: Option<Context<'a>>,
    biz_opaque_callback_data: String,
    #[serde(flatten)]
    content: Content<'a>,
}

/// The message that is answered.
#[derive(Serialize)]
struct Context<'a> {
    message_id: &'a str,
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Content<'a> {
    Text { text: Words<'a> },
    Image { image: Media<'a> },
    Video { video: Media<'a> },
    Audio { audio: Media<'a> },
    Document { document: Media<'a> },
    Sticker { sticker: Media<'a> },
    Location { location: Place<'a> },
    Contacts { contacts: Vec<contacts::Card<'a>> },
    Reaction { reaction: Reaction<'a> },
    Interactive { interactive: Box<Interactive<'a>> },
    Template { template: Box<template::Template<'a>> },
}

#[derive(Serialize)]
struct Words<'a> {
    preview_url: bool,
    body: &'a str,
}

#[derive(Serialize)]
struct Place<'a> {
    latitude: String,
    longitude: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<&'a str>,
}

#[derive(Serialize)]
struct Reaction<'a> {
    message_id: &'a str,
    /// Empty to take the reaction back.
    emoji: &'a str,
}

/// The body that marks a message of a person's as read.
#[derive(Serialize)]
pub(super) struct Read<'a> {
    messaging_product: &'static str,
    status: &'static str,
    message_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    typing_indicator: Option<Typing>,
}

#[derive(Serialize)]
struct Typing {
    #[serde(rename = "type")]
    kind: &'static str,
}

/// Writes that a message was read, and that an answer is being written.
pub(super) fn read(wamid: &str, typing: bool) -> Read<'_> {
    let typing_indicator = typing.then_some(Typing { kind: "text" });
    Read { messaging_product: "whatsapp", status: "read", message_id: wamid, typing_indicator }
}

/// Writes a message in Meta's form.
///
/// # Errors
/// When a file of it has not been uploaded to this number.
#[expect(clippy::result_large_err, reason = "the failure is rare and goes straight to the row")]
pub(super) fn body<'a>(request: &'a SendRequest<'_>) -> Result<Body<'a>, SendError> {
    let (to, recipient) = match request.recipient {
        Recipient::Phone(phone) => (Some(phone.digits()), None),
        Recipient::User(id) => (None, Some(id.as_str())),
    };
    Ok(Body {
        messaging_product: "whatsapp",
        recipient_type: "individual",
        to,
        recipient,
        context: request.reply_to.map(|wamid| Context { message_id: wamid.as_str() }),
        biz_opaque_callback_data: request.callback.to_string(),
        content: content(request.content, request.media)?,
    })
}

#[expect(clippy::result_large_err, reason = "the failure is rare and goes straight to the row")]
fn content<'a>(content: &'a OutboundContent, uploaded: &'a UploadedMedia) -> Result<Content<'a>, SendError> {
    let interactive = match content {
        OutboundContent::Text(text) => return Ok(Content::Text { text: Words { preview_url: false, body: text.as_str() } }),
        OutboundContent::Preview(text) => return Ok(Content::Text { text: Words { preview_url: true, body: text.as_str() } }),
        OutboundContent::Media(media) => return file(media, uploaded),
        OutboundContent::Location(location) => return Ok(Content::Location { location: place(location) }),
        OutboundContent::Template(message) => return Ok(Content::Template { template: Box::new(template::of(message, uploaded)?) }),
        OutboundContent::Contacts(cards) => {
            return Ok(Content::Contacts { contacts: cards.parts().cards.iter().map(contacts::card).collect() });
        }
        OutboundContent::Reaction(reaction) => {
            let emoji = reaction.emoji.as_ref().map(domain::messaging::content::Emoji::as_str).unwrap_or_default();
            return Ok(Content::Reaction { reaction: Reaction { message_id: reaction.wamid.as_str(), emoji } });
        }
        OutboundContent::Buttons(buttons) => interactive::buttons(buttons),
        OutboundContent::List(list) => interactive::list(list),
        OutboundContent::CtaUrl(message) => interactive::cta_url(message),
        OutboundContent::Flow(flow) => interactive::flow(flow),
        OutboundContent::Request(request) => interactive::request(request),
        OutboundContent::VoiceCall(call) => interactive::voice_call(call),
        OutboundContent::Address(address) => interactive::address(address),
        OutboundContent::Product(product) => interactive::product(product),
        OutboundContent::ProductList(list) => interactive::product_list(list),
        OutboundContent::Catalog(catalog) => interactive::catalog(catalog),
        OutboundContent::MediaCarousel(carousel) => interactive::media_carousel(carousel),
        OutboundContent::ProductCarousel(carousel) => interactive::product_carousel(carousel),
        OutboundContent::OrderDetails(order) => interactive::order_details(order),
        OutboundContent::OrderStatus(status) => interactive::order_status(status),
    };
    Ok(Content::Interactive { interactive: Box::new(interactive.framed(content, uploaded)?) })
}

#[expect(clippy::result_large_err, reason = "the failure is rare and goes straight to the row")]
fn file<'a>(media: &'a OutboundMedia, uploaded: &'a UploadedMedia) -> Result<Content<'a>, SendError> {
    let written = media::of(media, uploaded)?;
    Ok(match media {
        OutboundMedia::Image(_) => Content::Image { image: written },
        OutboundMedia::Video(_) => Content::Video { video: written },
        OutboundMedia::Audio(_) => Content::Audio { audio: written },
        OutboundMedia::Document(_) => Content::Document { document: written },
        OutboundMedia::Sticker(_) => Content::Sticker { sticker: written },
    })
}

fn place(place: &Location) -> Place<'_> {
    Place {
        latitude: place.latitude.to_string(),
        longitude: place.longitude.to_string(),
        name: place.name.as_ref().map(domain::messaging::content::Limited::as_str),
        address: place.address.as_ref().map(domain::messaging::content::Limited::as_str),
    }
}

/// The error that we made something Meta cannot be sent.
fn unsendable(problem: &Problem) -> SendError {
    SendError::Refused(Failure::ours(Ours::Unsendable).with_details(&problem.to_string()))
}
