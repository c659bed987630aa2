//! Messages with something to tap, as Meta wants them.

use std::collections::BTreeMap;

use domain::{
    messaging::content::{
        AddressField, AddressRequest, AddressText, Button as OurButton, Buttons, CardAction, CardHeader, Flow, FlowStart, Form, Limited,
        LinkButton, List, ListRow, ListSection, MediaCard, OutboundContent, ProductCarousel, ProductList, Request, Requested, VoiceCall,
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

/// A message of one of these kinds; `content` writes the others itself.
#[expect(clippy::result_large_err, reason = "the failure is rare and goes straight to the row")]
pub(super) fn of<'a>(content: &'a OutboundContent, uploaded: &'a UploadedMedia) -> Result<Interactive<'a>, SendError> {
    let plain = |kind, action| Interactive { kind, header: None, body: words(content.body()), footer: None, action };
    Ok(match content {
        OutboundContent::Buttons(buttons) => of_buttons(buttons, uploaded)?,
        OutboundContent::List(list) => of_list(list),
        OutboundContent::CtaUrl(message) => Interactive {
            header: media::header(message.header.as_ref(), uploaded)?,
            footer: edge(message.footer.as_ref()),
            ..plain("cta_url", link(&message.button))
        },
        OutboundContent::Flow(flow) => Interactive {
            header: media::header(flow.header.as_ref(), uploaded)?,
            footer: edge(flow.footer.as_ref()),
            ..plain("flow", named("flow", Some(Parameters::Flow(Box::new(flow_parameters(flow))))))
        },
        OutboundContent::Request(request) => of_request(request),
        OutboundContent::VoiceCall(call) => plain("voice_call", named("voice_call", call_parameters(call))),
        OutboundContent::Address(address) => {
            plain("address_message", named("address_message", Some(Parameters::Address(address_parameters(address)))))
        }
        OutboundContent::Product(product) => {
            let action = Action::Product { catalog_id: product.catalog.as_str(), product_retailer_id: product.product.as_str() };
            Interactive { footer: edge(product.footer.as_ref()), ..plain("product", action) }
        }
        OutboundContent::ProductList(list) => of_products(list),
        OutboundContent::Catalog(catalog) => {
            let thumbnail = catalog.thumbnail.as_ref().map(Limited::as_str);
            let parameters = thumbnail.map(|id| Parameters::Catalog { thumbnail_product_retailer_id: id });
            Interactive { footer: edge(catalog.footer.as_ref()), ..plain("catalog_message", named("catalog_message", parameters)) }
        }
        OutboundContent::MediaCarousel(carousel) => {
            let cards = carousel.parts().cards.iter().enumerate().map(|(index, card)| media_card(index, card)).collect();
            plain("carousel", Action::Cards { cards })
        }
        OutboundContent::ProductCarousel(carousel) => plain("carousel", Action::Cards { cards: product_cards(carousel) }),
        OutboundContent::OrderDetails(order) => {
            let parameters = Parameters::Details(Box::new(order::details(order)));
            Interactive { footer: edge(order.parts().footer.as_ref()), ..plain("order_details", named("review_and_pay", Some(parameters))) }
        }
        OutboundContent::OrderStatus(status) => {
            let parameters = Parameters::Status(order::status(status));
            Interactive { footer: edge(status.footer.as_ref()), ..plain("order_status", named("review_order", Some(parameters))) }
        }
        OutboundContent::Text(_)
        | OutboundContent::Preview(_)
        | OutboundContent::Media(_)
        | OutboundContent::Location(_)
        | OutboundContent::Contacts(_)
        | OutboundContent::Reaction(_)
        | OutboundContent::Template(_) => {
            return Err(super::unsendable(&domain::messaging::content::Problem::NotAllowed("is no interactive message")));
        }
    })
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

#[expect(clippy::result_large_err, reason = "the failure is rare and goes straight to the row")]
fn of_buttons<'a>(buttons: &'a Buttons, uploaded: &'a UploadedMedia) -> Result<Interactive<'a>, SendError> {
    let parts = buttons.parts();
    Ok(Interactive {
        kind: "button",
        header: media::header(parts.header.as_ref(), uploaded)?,
        body: words(parts.body.as_str()),
        footer: edge(parts.footer.as_ref()),
        action: Action::Buttons { buttons: parts.buttons.iter().map(|button| Button::Reply { reply: choice(button) }).collect() },
    })
}

fn of_list(list: &List) -> Interactive<'_> {
    let parts = list.parts();
    Interactive {
        kind: "list",
        header: parts.header.as_ref().map(|text| Header::Text { text: text.as_str() }),
        body: words(parts.body.as_str()),
        footer: edge(parts.footer.as_ref()),
        action: Action::List { button: parts.button.as_str(), sections: parts.sections.iter().map(section).collect() },
    }
}

fn section(section: &ListSection) -> Section<'_> {
    Section { title: section.title.as_ref().map(Limited::as_str), rows: section.rows.iter().map(row).collect() }
}

fn row(row: &ListRow) -> Choice<'_> {
    Choice { id: row.id.as_str(), title: row.title.as_str(), description: row.description.as_ref().map(Limited::as_str) }
}

fn of_request(request: &Request) -> Interactive<'_> {
    let (kind, name) = match request.what {
        Requested::Location => ("location_request_message", "send_location"),
        Requested::ContactInfo => ("request_contact_info", "request_contact_info"),
        Requested::CallPermission => ("call_permission_request", "call_permission_request"),
    };
    Interactive { kind, header: None, body: words(request.body.as_str()), footer: None, action: named(name, None) }
}

fn of_products(list: &ProductList) -> Interactive<'_> {
    let parts = list.parts();
    let sections = parts.sections.iter().map(|section| Shelf {
        title: section.title.as_ref().map(Limited::as_str),
        product_items: section.products.iter().map(|id| Item { product_retailer_id: id.as_str() }).collect(),
    });
    Interactive {
        kind: "product_list",
        header: Some(Header::Text { text: parts.header.as_str() }),
        body: words(parts.body.as_str()),
        footer: edge(parts.footer.as_ref()),
        action: Action::Products { catalog_id: parts.catalog.as_str(), sections: sections.collect() },
    }
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

fn product_cards(carousel: &ProductCarousel) -> Vec<Card<'_>> {
    let parts = carousel.parts();
    let cards = parts.products.iter().enumerate().map(|(card_index, id)| {
        let action = Action::Product { catalog_id: parts.catalog.as_str(), product_retailer_id: id.as_str() };
        Card { card_index, kind: "product", header: None, body: None, action }
    });
    cards.collect()
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
