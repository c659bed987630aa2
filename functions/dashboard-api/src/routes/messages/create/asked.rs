//! What a message may be: one part of many.

use serde::Deserialize;
use shared::{
    domain::messaging::{
        content::{ContentError, OutboundContent, Problem},
        key::MessageKey,
    },
    usecases::reply_to_conversation::Said,
};
use utoipa::ToSchema;

use super::{
    catalogue::{NewCatalog, NewMediaCarousel, NewProduct, NewProductCarousel, NewProductList},
    contacts::NewContact,
    interactive::{NewAddress, NewButtons, NewCtaUrl, NewFlow, NewList, NewRequest, NewVoiceCall},
    media::{NewAudio, NewDocument, NewPicture, NewSticker},
    order::{NewOrderDetails, NewOrderStatus},
    plain::{LinkedText, NewAgain, NewLocation, NewReaction},
};
use crate::routes::templates::Filling;

/// Makes the body as it is read, with every part optional so that an error names its place, and the union it must turn out to be.
macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident, $name:ident: $part:ty;)+) => {
        /// The body of a request before it is known to say one thing.
        // It has no `Debug`: nothing of it may reach a log.
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Asked {
            /// The key of the message it answers.
            #[serde(default)]
            reply_to: Option<MessageKey>,
            $(#[serde(default)] $name: Option<$part>,)+
        }

        /// What to send: exactly one part, and perhaps the key of the message it answers.
        #[derive(ToSchema)]
        #[serde(untagged)]
        pub enum NewMessage {
            $(
                $(#[$doc])*
                $variant {
                    $name: $part,
                    /// The key of the message it answers.
                    #[schema(value_type = Option<String>)]
                    reply_to: Option<MessageKey>,
                },
            )+
        }

        impl NewMessage {
            /// The key of the message it answers.
            pub(super) fn reply_to(&self) -> Option<MessageKey> {
                match self {
                    $(Self::$variant { reply_to, .. } => *reply_to,)+
                }
            }
        }

        impl TryFrom<Asked> for NewMessage {
            type Error = ContentError;

            fn try_from(asked: Asked) -> Result<Self, ContentError> {
                let reply_to = asked.reply_to;
                let parts = [$(asked.$name.map(|$name| Self::$variant { $name, reply_to }),)+];
                let mut parts = parts.into_iter().flatten();
                match (parts.next(), parts.next()) {
                    (Some(part), None) => Ok(part),
                    (None, _) => Err(Problem::Missing("give one of text, image, buttons or another kind of message").at("text")),
                    (Some(_), Some(_)) => Err(Problem::NotAllowed("must say one thing only: send each in a request of its own").at("body")),
                }
            }
        }
    };
}

kinds! {
    /// Plain text.
    Text, text: String;
    /// Text whose first link is shown with its title and picture.
    Preview, link_preview: LinkedText;
    /// A picture.
    Image, image: NewPicture;
    /// A film.
    Video, video: NewPicture;
    /// A file.
    Document, document: NewDocument;
    /// A sound file or a voice note.
    Audio, audio: NewAudio;
    /// A sticker.
    Sticker, sticker: NewSticker;
    /// A place.
    Location, location: NewLocation;
    /// Cards of people.
    Contacts, contacts: Vec<NewContact>;
    /// An emoji on a message of the conversation.
    Reaction, reaction: NewReaction;
    /// Text with one to three buttons.
    Buttons, buttons: NewButtons;
    /// Text with a list to choose from.
    List, list: NewList;
    /// Text with a button that opens an address.
    CtaUrl, cta_url: NewCtaUrl;
    /// Text with a button that opens a form.
    Flow, flow: NewFlow;
    /// Asks where the person is.
    LocationRequest, location_request: NewRequest;
    /// Asks for the person's phone number.
    ContactInfoRequest, contact_info_request: NewRequest;
    /// Asks to be allowed to call.
    CallPermissionRequest, call_permission_request: NewRequest;
    /// Text with a button that calls us.
    VoiceCall, voice_call: NewVoiceCall;
    /// Asks for a postal address; India only.
    Address, address: NewAddress;
    /// One thing of the catalogue.
    Product, product: NewProduct;
    /// Things of the catalogue in sections.
    ProductList, product_list: NewProductList;
    /// A door to the whole catalogue.
    Catalog, catalog: NewCatalog;
    /// Cards with pictures or films side by side.
    MediaCarousel, media_carousel: NewMediaCarousel;
    /// Things of the catalogue side by side.
    ProductCarousel, product_carousel: NewProductCarousel;
    /// An order to be paid; India only.
    OrderDetails, order_details: NewOrderDetails;
    /// How far an order is; India only.
    OrderStatus, order_status: NewOrderStatus;
    /// An approved template, filled: what may be sent when the person has not written for a day.
    Template, template: Filling;
    /// What an earlier message of ours said that failed, of any kind.
    Again, again: NewAgain;
}

impl NewMessage {
    /// What is said, held to every limit.
    ///
    /// # Errors
    /// Names the part that breaks a rule.
    pub(super) fn said(self) -> Result<Said, ContentError> {
        use shared::domain::messaging::content::Requested::{CallPermission, ContactInfo, Location};

        let content = match self {
            Self::Text { text, .. } => OutboundContent::text(&text),
            Self::Preview { link_preview, .. } => link_preview.content(),
            Self::Image { image, .. } => image.image().map_err(|error| error.within("image")),
            Self::Video { video, .. } => video.video().map_err(|error| error.within("video")),
            Self::Document { document, .. } => document.content().map_err(|error| error.within("document")),
            Self::Audio { audio, .. } => audio.content().map_err(|error| error.within("audio")),
            Self::Sticker { sticker, .. } => sticker.content().map_err(|error| error.within("sticker")),
            Self::Location { location, .. } => location.content().map_err(|error| error.within("location")),
            Self::Contacts { contacts, .. } => NewContact::content(contacts),
            Self::Reaction { reaction, .. } => return Ok(reaction.said()),
            Self::Again { again, .. } => return Ok(again.said()),
            Self::Template { template, .. } => {
                return template.read().map(|filling| Said::Template(Box::new(filling))).map_err(|error| error.within("template"));
            }
            Self::Buttons { buttons, .. } => buttons.content().map_err(|error| error.within("buttons")),
            Self::List { list, .. } => list.content().map_err(|error| error.within("list")),
            Self::CtaUrl { cta_url, .. } => cta_url.content().map_err(|error| error.within("cta_url")),
            Self::Flow { flow, .. } => flow.content().map_err(|error| error.within("flow")),
            Self::LocationRequest { location_request, .. } => Ok(location_request.content(Location)),
            Self::ContactInfoRequest { contact_info_request, .. } => Ok(contact_info_request.content(ContactInfo)),
            Self::CallPermissionRequest { call_permission_request, .. } => Ok(call_permission_request.content(CallPermission)),
            Self::VoiceCall { voice_call, .. } => voice_call.content().map_err(|error| error.within("voice_call")),
            Self::Address { address, .. } => address.content().map_err(|error| error.within("address")),
            Self::Product { product, .. } => Ok(product.content()),
            Self::ProductList { product_list, .. } => product_list.content().map_err(|error| error.within("product_list")),
            Self::Catalog { catalog, .. } => Ok(catalog.content()),
            Self::MediaCarousel { media_carousel, .. } => media_carousel.content().map_err(|error| error.within("media_carousel")),
            Self::ProductCarousel { product_carousel, .. } => product_carousel.content().map_err(|error| error.within("product_carousel")),
            Self::OrderDetails { order_details, .. } => order_details.content().map_err(|error| error.within("order_details")),
            Self::OrderStatus { order_status, .. } => Ok(order_status.content()),
        };
        content.map(|content| Said::Content(Box::new(content)))
    }
}
