//! The kinds of what we send, by the names of the API.

use super::{OutboundContent, Requested};
use crate::messaging::inbound::MediaKind;

/// The kind of a message, in the words of the dashboard's API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each name says it all: they are the variants of OutboundContent")]
pub enum ContentKind {
    Text,
    Media(MediaKind),
    Location,
    Contacts,
    Reaction,
    Buttons,
    List,
    CtaUrl,
    Flow,
    LocationRequest,
    ContactInfoRequest,
    CallPermissionRequest,
    VoiceCall,
    Address,
    Product,
    ProductList,
    Catalog,
    MediaCarousel,
    ProductCarousel,
    OrderDetails,
    OrderStatus,
    Template,
}

impl ContentKind {
    /// The stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Media(kind) => kind.name(),
            Self::Location => "location",
            Self::Contacts => "contacts",
            Self::Reaction => "reaction",
            Self::Buttons => "buttons",
            Self::List => "list",
            Self::CtaUrl => "cta_url",
            Self::Flow => "flow",
            Self::LocationRequest => "location_request",
            Self::ContactInfoRequest => "contact_info_request",
            Self::CallPermissionRequest => "call_permission_request",
            Self::VoiceCall => "voice_call",
            Self::Address => "address",
            Self::Product => "product",
            Self::ProductList => "product_list",
            Self::Catalog => "catalog",
            Self::MediaCarousel => "media_carousel",
            Self::ProductCarousel => "product_carousel",
            Self::OrderDetails => "order_details",
            Self::OrderStatus => "order_status",
            Self::Template => "template",
        }
    }
}

impl OutboundContent {
    /// The kind.
    #[must_use]
    pub const fn kind(&self) -> ContentKind {
        match self {
            Self::Text(_) | Self::Preview(_) => ContentKind::Text,
            Self::Media(media) => ContentKind::Media(media.kind()),
            Self::Location(_) => ContentKind::Location,
            Self::Contacts(_) => ContentKind::Contacts,
            Self::Reaction(_) => ContentKind::Reaction,
            Self::Buttons(_) => ContentKind::Buttons,
            Self::List(_) => ContentKind::List,
            Self::CtaUrl(_) => ContentKind::CtaUrl,
            Self::Flow(_) => ContentKind::Flow,
            Self::Request(request) => match request.what {
                Requested::Location => ContentKind::LocationRequest,
                Requested::ContactInfo => ContentKind::ContactInfoRequest,
                Requested::CallPermission => ContentKind::CallPermissionRequest,
            },
            Self::VoiceCall(_) => ContentKind::VoiceCall,
            Self::Address(_) => ContentKind::Address,
            Self::Product(_) => ContentKind::Product,
            Self::ProductList(_) => ContentKind::ProductList,
            Self::Catalog(_) => ContentKind::Catalog,
            Self::MediaCarousel(_) => ContentKind::MediaCarousel,
            Self::ProductCarousel(_) => ContentKind::ProductCarousel,
            Self::OrderDetails(_) => ContentKind::OrderDetails,
            Self::OrderStatus(_) => ContentKind::OrderStatus,
            Self::Template(_) => ContentKind::Template,
        }
    }
}
