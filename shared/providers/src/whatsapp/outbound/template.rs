//! Filled templates as Meta wants them: a component for each part that has something to fill.

use domain::{
    messaging::{
        content::{Limited, ProductSection},
        template::{ButtonValue, FilledButton, FilledCard, HeaderValue, TemplateMessage, Value, ValueKind},
    },
    ports::{SendError, UploadedMedia},
};
use serde::Serialize;
use serde_json::value::RawValue;

use super::{
    Place,
    media::{self, Media},
    order, place,
};

/// The kind of button that carries a code.
const CODE_BUTTON: &str = "one_time_password";

/// A filled template.
#[derive(Serialize)]
pub(super) struct Template<'a> {
    name: &'a str,
    language: Language<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    components: Vec<Component<'a>>,
}

#[derive(Serialize)]
struct Language<'a> {
    code: &'a str,
}

#[derive(Serialize)]
struct Component<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    sub_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parameters: Vec<Parameter<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cards: Vec<Card<'a>>,
}

#[derive(Serialize)]
struct Card<'a> {
    card_index: usize,
    components: Vec<Component<'a>>,
}

#[derive(Serialize)]
struct Parameter<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    parameter_name: Option<&'a str>,
    #[serde(flatten)]
    value: Parameters<'a>,
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Parameters<'a> {
    Text { text: &'a str },
    Currency { currency: Currency<'a> },
    DateTime { date_time: Fallback<'a> },
    Image { image: Media<'a> },
    Video { video: Media<'a> },
    Document { document: Media<'a> },
    Location { location: Place<'a> },
    Product { product: Product<'a> },
    Payload { payload: &'a str },
    CouponCode { coupon_code: &'a str },
    Action { action: Box<Action<'a>> },
    LimitedTimeOffer { limited_time_offer: Ends },
    OrderStatus { order_status: order::Status<'a> },
    TtlMinutes { ttl_minutes: u32 },
}

#[derive(Serialize)]
struct Currency<'a> {
    fallback_value: &'a str,
    code: &'a str,
    amount_1000: i64,
}

#[derive(Serialize)]
struct Fallback<'a> {
    fallback_value: &'a str,
}

#[derive(Serialize)]
struct Product<'a> {
    product_retailer_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    catalog_id: Option<&'a str>,
}

#[derive(Serialize)]
struct Ends {
    expiration_time_ms: i64,
}

#[derive(Serialize, Default)]
struct Action<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    flow_token: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    flow_action_data: Option<&'a RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    thumbnail_product_retailer_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sections: Vec<Section<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    order_details: Option<order::Details<'a>>,
}

#[derive(Serialize)]
struct Section<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    product_items: Vec<Product<'a>>,
}

/// Writes a filled template.
///
/// # Errors
/// When a file of it has not been uploaded to this number.
#[expect(clippy::result_large_err, reason = "the failure is rare and goes straight to the row")]
pub(super) fn of<'a>(message: &'a TemplateMessage, uploaded: &'a UploadedMedia) -> Result<Template<'a>, SendError> {
    let filling = message.filling();
    let mut components = Vec::new();
    components.extend(filling.header.as_ref().map(|value| header(value, uploaded)).transpose()?);
    components.extend(body(&filling.body));
    if let Some(ends) = filling.offer_ends_at {
        let limited_time_offer = Ends { expiration_time_ms: ends.as_millisecond() };
        components.push(component("limited_time_offer", vec![unnamed(Parameters::LimitedTimeOffer { limited_time_offer })]));
    }
    if let Some(progress) = &filling.order_status {
        let order_status = order::progress(&progress.reference, progress.state, progress.description.as_ref());
        components.push(component("order_status", vec![unnamed(Parameters::OrderStatus { order_status })]));
    }
    if !filling.cards.is_empty() {
        let cards = filling.cards.iter().enumerate().map(|(index, value)| card(index, value, uploaded)).collect::<Result<_, _>>()?;
        components.push(Component { cards, ..component("carousel", Vec::new()) });
    }
    components.extend(filling.buttons.iter().map(button));
    components.extend(code(message));
    Ok(Template { name: filling.name.as_str(), language: Language { code: filling.language.as_str() }, components })
}

fn component<'a>(kind: &'static str, parameters: Vec<Parameter<'a>>) -> Component<'a> {
    Component { kind, sub_type: None, index: None, parameters, cards: Vec::new() }
}

const fn unnamed(value: Parameters<'_>) -> Parameter<'_> {
    Parameter { parameter_name: None, value }
}

#[expect(clippy::result_large_err, reason = "the failure is rare and goes straight to the row")]
fn header<'a>(value: &'a HeaderValue, uploaded: &'a UploadedMedia) -> Result<Component<'a>, SendError> {
    let parameter = match value {
        HeaderValue::Text(value) => text(value),
        HeaderValue::Image(file) => unnamed(Parameters::Image { image: media::source(file, uploaded)? }),
        HeaderValue::Video(file) => unnamed(Parameters::Video { video: media::source(file, uploaded)? }),
        HeaderValue::Document { source, name } => {
            let document = media::source(source, uploaded)?.named(name.as_ref().map(Limited::as_str));
            unnamed(Parameters::Document { document })
        }
        HeaderValue::Location(location) => unnamed(Parameters::Location { location: place(location) }),
        HeaderValue::Product { catalog, product } => {
            let product = Product { product_retailer_id: product.as_str(), catalog_id: Some(catalog.as_str()) };
            unnamed(Parameters::Product { product })
        }
    };
    Ok(component("header", vec![parameter]))
}

/// The values of a text: those of numbered variables in the order of their numbers, those of named ones with their names.
fn body(values: &[Value]) -> Option<Component<'_>> {
    let mut ordered: Vec<&Value> = values.iter().collect();
    ordered.sort_by_key(|value| value.variable.parse::<u32>().unwrap_or(0));
    (!ordered.is_empty()).then(|| component("body", ordered.into_iter().map(text).collect()))
}

fn text(value: &Value) -> Parameter<'_> {
    let numbered = value.variable.bytes().all(|byte| byte.is_ascii_digit());
    Parameter {
        parameter_name: (!numbered).then_some(value.variable.as_str()),
        value: match &value.words {
            ValueKind::Text(text) => Parameters::Text { text: text.as_str() },
            ValueKind::Currency { shown, code, amount_1000 } => Parameters::Currency {
                currency: Currency { fallback_value: shown.as_str(), code: code.as_str(), amount_1000: *amount_1000 },
            },
            ValueKind::DateTime { shown } => Parameters::DateTime { date_time: Fallback { fallback_value: shown.as_str() } },
        },
    }
}

#[expect(clippy::result_large_err, reason = "the failure is rare and goes straight to the row")]
fn card<'a>(card_index: usize, card: &'a FilledCard, uploaded: &'a UploadedMedia) -> Result<Card<'a>, SendError> {
    let mut components = vec![header(&card.header, uploaded)?];
    components.extend(body(&card.body));
    components.extend(card.buttons.iter().map(button));
    Ok(Card { card_index, components })
}

fn button(button: &FilledButton) -> Component<'_> {
    let (sub_type, parameters) = match &button.value {
        ButtonValue::Payload(payload) => ("quick_reply", vec![Parameters::Payload { payload: payload.as_str() }]),
        ButtonValue::UrlSuffix(suffix) => ("url", vec![Parameters::Text { text: suffix.as_str() }]),
        ButtonValue::Coupon(coupon) => ("copy_code", vec![Parameters::CouponCode { coupon_code: coupon.as_str() }]),
        ButtonValue::Flow { token, data } => {
            let flow_action_data = data.as_ref().and_then(|data| serde_json::from_str(data.as_str()).ok());
            let flow = Action { flow_token: token.as_ref().map(Limited::as_str), flow_action_data, ..Action::default() };
            ("flow", vec![action(flow)])
        }
        ButtonValue::Catalog(thumbnail) => {
            ("catalog", vec![action(Action { thumbnail_product_retailer_id: Some(thumbnail.as_str()), ..Action::default() })])
        }
        ButtonValue::Products { thumbnail, sections } => {
            let sections = sections.iter().map(section).collect();
            let products = Action { thumbnail_product_retailer_id: Some(thumbnail.as_str()), sections, ..Action::default() };
            ("mpm", vec![action(products)])
        }
        ButtonValue::Order(details) => {
            ("order_details", vec![action(Action { order_details: Some(order::details(details)), ..Action::default() })])
        }
        ButtonValue::Call { ttl_minutes, payload } => {
            let minutes = ttl_minutes.map(|ttl_minutes| Parameters::TtlMinutes { ttl_minutes });
            let payload = payload.as_ref().map(|payload| Parameters::Payload { payload: payload.as_str() });
            ("voice_call", minutes.into_iter().chain(payload).collect())
        }
    };
    at(usize::from(button.index), sub_type, parameters.into_iter().map(unnamed).collect())
}

fn at<'a>(index: usize, sub_type: &'static str, parameters: Vec<Parameter<'a>>) -> Component<'a> {
    Component { sub_type: Some(sub_type), index: Some(index.to_string()), ..component("button", parameters) }
}

fn action(action: Action<'_>) -> Parameters<'_> {
    Parameters::Action { action: Box::new(action) }
}

fn section(section: &ProductSection) -> Section<'_> {
    let items = section.products.iter().map(|id| Product { product_retailer_id: id.as_str(), catalog_id: None });
    Section { title: section.title.as_ref().map(Limited::as_str), product_items: items.collect() }
}

/// A code goes into its button too: the one that stands in the text.
fn code(message: &TemplateMessage) -> Option<Component<'_>> {
    let (index, button) = message.shown().buttons.iter().enumerate().find(|(_, button)| button.kind == CODE_BUTTON)?;
    let text = button.value.as_deref()?;
    Some(at(index, "url", vec![unnamed(Parameters::Text { text })]))
}
