//! Messages with something to tap, as Meta wants them.

use std::collections::BTreeMap;

use domain::{
    messaging::content::{
        AddressField, AddressRequest, AddressText, Button as OurButton, Buttons, CardAction, CardHeader, Catalog, CtaUrl, Flow, FlowStart,
        Form, Limited, LinkButton, List, ListRow, ListSection, MediaCard, MediaCarousel, OrderDetails, OrderStatus, OutboundContent,
        Product, ProductCarousel, ProductList, Request, Requested, VoiceCall,
    },
    ports::{SendError, UploadedMedia},
};
use serde::Serialize;
use serde_json::value::RawValue;

use super::{
    media::{self, Header},
    order::{self, Details, Status},
};

/// `interactive`.
#[derive(Serialize)]
pub(super) struct Interactive<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    header: Option<Header<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<Words<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    footer: Option<Words<'a>>,
    action: Action<'a>,
}

#[derive(Serialize)]
struct Words<'a> {
    text: &'a str,
}

/// `action`: what can be tapped.
#[derive(Serialize)]
#[serde(untagged)]
enum Action<'a> {
    Buttons { buttons: Vec<Button<'a>> },
    List { button: &'a str, sections: Vec<Section<'a>> },
    Product { catalog_id: &'a str, product_retailer_id: &'a str },
    Products { catalog_id: &'a str, sections: Vec<Shelf<'a>> },
    Cards { cards: Vec<Card<'a>> },
    Named(Named<'a>),
}

/// An action that is known by its name.
#[derive(Serialize)]
struct Named<'a> {
    name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    parameters: Option<Parameters<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Parameters<'a> {
    Link(LinkParameters<'a>),
    Flow(Box<FlowParameters<'a>>),
    Call(CallParameters<'a>),
    Address(AddressParameters<'a>),
    Catalog { thumbnail_product_retailer_id: &'a str },
    Details(Box<Details<'a>>),
    Status(Status<'a>),
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Button<'a> {
    Reply { reply: Choice<'a> },
    QuickReply { quick_reply: Choice<'a> },
}

#[derive(Serialize)]
struct Choice<'a> {
    id: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
}

#[derive(Serialize)]
struct Section<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    rows: Vec<Choice<'a>>,
}

#[derive(Serialize)]
struct Shelf<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    product_items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    product_retailer_id: &'a str,
}

#[derive(Serialize)]
#[expect(clippy::struct_field_names, reason = "the names are the provider's")]
struct Card<'a> {
    card_index: usize,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    header: Option<Header<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<Words<'a>>,
    action: Action<'a>,
}

#[derive(Serialize)]
struct LinkParameters<'a> {
    display_text: &'a str,
    url: &'a str,
}

#[derive(Serialize)]
struct FlowParameters<'a> {
    flow_message_version: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    flow_token: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    flow_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    flow_name: Option<&'a str>,
    flow_cta: &'a str,
    mode: &'static str,
    flow_action: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    flow_action_payload: Option<FlowPayload<'a>>,
}

#[derive(Serialize)]
struct FlowPayload<'a> {
    screen: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a RawValue>,
}

#[derive(Serialize)]
struct CallParameters<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    display_text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ttl_minutes: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payload: Option<&'a str>,
}

#[derive(Serialize)]
struct AddressParameters<'a> {
    country: &'static str,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    values: BTreeMap<&'static str, &'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    saved_addresses: Vec<SavedAddress<'a>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    validation_errors: BTreeMap<&'static str, &'a str>,
}

#[derive(Serialize)]
struct SavedAddress<'a> {
    id: &'a str,
    value: BTreeMap<&'static str, &'a str>,
}

impl<'a> Interactive<'a> {
    const fn new(kind: &'static str, action: Action<'a>) -> Self {
        Self { kind, header: None, body: None, footer: None, action }
    }

    /// With the text of the message, and what stands above and below it.
    #[expect(clippy::result_large_err, reason = "the failure is rare and goes straight to the row")]
    pub(super) fn framed(self, content: &'a OutboundContent, uploaded: &'a UploadedMedia) -> Result<Self, SendError> {
        let frame = content.frame();
        Ok(Self { header: media::header(frame.header, uploaded)?, body: words(content.body()), footer: edge(frame.footer), ..self })
    }
}

pub(super) fn buttons(buttons: &Buttons) -> Interactive<'_> {
    let buttons = buttons.buttons().iter().map(|button| Button::Reply { reply: choice(button) }).collect();
    Interactive::new("button", Action::Buttons { buttons })
}

pub(super) fn list(list: &List) -> Interactive<'_> {
    let parts = list.parts();
    let sections = parts.sections.iter().map(section).collect();
    Interactive::new("list", Action::List { button: parts.button.as_str(), sections })
}

pub(super) fn cta_url(message: &CtaUrl) -> Interactive<'_> {
    Interactive::new("cta_url", link(&message.button))
}

pub(super) fn flow(flow: &Flow) -> Interactive<'_> {
    Interactive::new("flow", named("flow", Some(Parameters::Flow(Box::new(flow_parameters(flow))))))
}

pub(super) fn request(request: &Request) -> Interactive<'_> {
    let (kind, name) = match request.what {
        Requested::Location => ("location_request_message", "send_location"),
        Requested::ContactInfo => ("request_contact_info", "request_contact_info"),
        Requested::CallPermission => ("call_permission_request", "call_permission_request"),
    };
    Interactive::new(kind, named(name, None))
}

pub(super) fn voice_call(call: &VoiceCall) -> Interactive<'_> {
    Interactive::new("voice_call", named("voice_call", call_parameters(call)))
}

pub(super) fn address(address: &AddressRequest) -> Interactive<'_> {
    Interactive::new("address_message", named("address_message", Some(Parameters::Address(address_parameters(address)))))
}

pub(super) fn product(product: &Product) -> Interactive<'_> {
    let action = Action::Product { catalog_id: product.catalog.as_str(), product_retailer_id: product.product.as_str() };
    Interactive::new("product", action)
}

pub(super) fn product_list(list: &ProductList) -> Interactive<'_> {
    let parts = list.parts();
    let sections = parts.sections.iter().map(|section| Shelf {
        title: section.title.as_ref().map(Limited::as_str),
        product_items: section.products.iter().map(|id| Item { product_retailer_id: id.as_str() }).collect(),
    });
    Interactive::new("product_list", Action::Products { catalog_id: parts.catalog.as_str(), sections: sections.collect() })
}

pub(super) fn catalog(catalog: &Catalog) -> Interactive<'_> {
    let thumbnail = catalog.thumbnail.as_ref().map(Limited::as_str);
    let parameters = thumbnail.map(|id| Parameters::Catalog { thumbnail_product_retailer_id: id });
    Interactive::new("catalog_message", named("catalog_message", parameters))
}

pub(super) fn media_carousel(carousel: &MediaCarousel) -> Interactive<'_> {
    let cards = carousel.parts().cards.iter().enumerate().map(|(index, card)| media_card(index, card)).collect();
    Interactive::new("carousel", Action::Cards { cards })
}

pub(super) fn product_carousel(carousel: &ProductCarousel) -> Interactive<'_> {
    let parts = carousel.parts();
    let cards = parts.products.iter().enumerate().map(|(card_index, id)| {
        let action = Action::Product { catalog_id: parts.catalog.as_str(), product_retailer_id: id.as_str() };
        Card { card_index, kind: "product", header: None, body: None, action }
    });
    Interactive::new("carousel", Action::Cards { cards: cards.collect() })
}

pub(super) fn order_details(details: &OrderDetails) -> Interactive<'_> {
    let parameters = Parameters::Details(Box::new(order::details(details)));
    Interactive::new("order_details", named("review_and_pay", Some(parameters)))
}

pub(super) fn order_status(status: &OrderStatus) -> Interactive<'_> {
    Interactive::new("order_status", named("review_order", Some(Parameters::Status(order::status(status)))))
}

fn words(text: &str) -> Option<Words<'_>> {
    (!text.is_empty()).then_some(Words { text })
}

fn edge<const MAX: usize>(text: Option<&Limited<MAX>>) -> Option<Words<'_>> {
    text.map(|text| Words { text: text.as_str() })
}

const fn named<'a>(name: &'static str, parameters: Option<Parameters<'a>>) -> Action<'a> {
    Action::Named(Named { name, parameters })
}

fn link(button: &LinkButton) -> Action<'_> {
    named("cta_url", Some(Parameters::Link(LinkParameters { display_text: button.title.as_str(), url: button.url.as_str() })))
}

fn choice(button: &OurButton) -> Choice<'_> {
    Choice { id: button.id.as_str(), title: button.title.as_str(), description: None }
}

fn section(section: &ListSection) -> Section<'_> {
    Section { title: section.title.as_ref().map(Limited::as_str), rows: section.rows.iter().map(row).collect() }
}

fn row(row: &ListRow) -> Choice<'_> {
    Choice { id: row.id.as_str(), title: row.title.as_str(), description: row.description.as_ref().map(Limited::as_str) }
}

fn media_card(card_index: usize, card: &MediaCard) -> Card<'_> {
    let header = match &card.header {
        CardHeader::Image(link) => Header::Image { image: media::at(link.as_str()) },
        CardHeader::Video(link) => Header::Video { video: media::at(link.as_str()) },
    };
    let action = match &card.action {
        CardAction::Link(button) => link(button),
        CardAction::Replies(buttons) => {
            Action::Buttons { buttons: buttons.iter().map(|button| Button::QuickReply { quick_reply: choice(button) }).collect() }
        }
    };
    // Meta names the card like this whatever can be tapped on it.
    Card { card_index, kind: "cta_url", header: Some(header), body: edge(card.body.as_ref()), action }
}

fn flow_parameters(flow: &Flow) -> FlowParameters<'_> {
    let (flow_id, flow_name) = match &flow.form {
        Form::Id(id) => (Some(id.as_str()), None),
        Form::Name(name) => (None, Some(name.as_str())),
    };
    let (flow_action, flow_action_payload) = match &flow.start {
        FlowStart::Screen(screen, data) => {
            // It was checked to be JSON when it was made.
            let data = data.as_ref().and_then(|data| serde_json::from_str(data.as_str()).ok());
            ("navigate", Some(FlowPayload { screen: screen.as_str(), data }))
        }
        FlowStart::Exchange => ("data_exchange", None),
    };
    FlowParameters {
        flow_message_version: "3",
        flow_token: flow.token.as_ref().map(Limited::as_str),
        flow_id,
        flow_name,
        flow_cta: flow.button.as_str(),
        mode: if flow.draft { "draft" } else { "published" },
        flow_action,
        flow_action_payload,
    }
}

fn call_parameters(call: &VoiceCall) -> Option<Parameters<'_>> {
    let parts = call.parts();
    let given = parts.button.is_some() || parts.minutes.is_some() || parts.payload.is_some();
    given.then(|| {
        Parameters::Call(CallParameters {
            display_text: parts.button.as_ref().map(Limited::as_str),
            ttl_minutes: parts.minutes,
            payload: parts.payload.as_ref().map(Limited::as_str),
        })
    })
}

fn address_parameters(address: &AddressRequest) -> AddressParameters<'_> {
    let parts = address.parts();
    let saved = parts.saved.iter().map(|saved| SavedAddress { id: saved.id.as_str(), value: fields(&saved.value) });
    AddressParameters {
        country: "IN",
        values: fields(&parts.values),
        saved_addresses: saved.collect(),
        validation_errors: fields(&parts.problems),
    }
}

fn fields(values: &[(AddressField, AddressText)]) -> BTreeMap<&'static str, &str> {
    values.iter().map(|(field, text)| (field.name(), text.as_str())).collect()
}
