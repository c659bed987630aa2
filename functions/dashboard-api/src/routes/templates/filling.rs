//! What fills a template, as the API takes it.

use serde::Deserialize;
use shared::domain::{
    id::MediaId,
    messaging::{
        content::{ContentError, Limited, Link, Location, MediaSource, Problem, ProductSection},
        template::{ButtonValue, FilledButton, FilledCard, Filling as DomainFilling, HeaderValue, Value as DomainValue, ValueKind},
    },
    time::Timestamp,
};
use utoipa::ToSchema;

/// A template, and what fills it.
// It has no `Debug`: nothing of it may reach a log.
#[derive(Deserialize, ToSchema)]
#[schema(as = TemplateFilling)]
#[serde(deny_unknown_fields)]
pub struct Filling {
    name: String,
    language: String,
    #[serde(default)]
    header: Option<HeaderFilling>,
    /// A value for each variable of the text.
    #[serde(default)]
    body: Vec<Value>,
    #[serde(default)]
    buttons: Vec<ButtonFilling>,
    /// When the offer ends.
    #[serde(default)]
    offer_ends_at: Option<Timestamp>,
    #[serde(default)]
    cards: Vec<CardFilling>,
}

/// What stands in the place of one variable.
#[derive(Deserialize, ToSchema)]
#[schema(as = TemplateValue)]
#[serde(deny_unknown_fields)]
struct Value {
    /// The variable: its number or its name.
    variable: String,
    /// What the person reads there.
    text: String,
    /// For money: the currency and a thousand times the amount, so that WhatsApp may write it as the person's phone does.
    #[serde(default)]
    currency: Option<Money>,
    /// Whether it is a time.
    #[serde(default)]
    date_time: bool,
}

/// An amount of money.
#[derive(Deserialize, ToSchema)]
#[schema(as = TemplateMoney)]
#[serde(deny_unknown_fields)]
struct Money {
    code: String,
    amount_1000: i64,
}

/// What fills a header.
#[derive(Deserialize, ToSchema)]
#[schema(as = TemplateHeaderFilling)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
enum HeaderFilling {
    Text { value: Value },
    Image { file: File },
    Video { file: File },
    Document { file: File, filename: Option<String> },
    Location { latitude: String, longitude: String, name: Option<String>, address: Option<String> },
    Product { catalog: String, product: String },
}

/// A file: one we keep, or one at a public address.
#[derive(Deserialize, ToSchema)]
#[schema(as = TemplateFile)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    media: Option<MediaId>,
    #[serde(default)]
    link: Option<String>,
}

/// What goes with one button.
#[derive(Deserialize, ToSchema)]
#[schema(as = TemplateButtonFilling)]
#[serde(deny_unknown_fields)]
struct ButtonFilling {
    /// Its place among the buttons, from 0.
    index: u8,
    value: ButtonInput,
}

/// What goes with a button.
#[derive(Deserialize, ToSchema)]
#[schema(as = TemplateButtonValue)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
enum ButtonInput {
    /// Comes back when a quick reply is tapped.
    Payload { payload: String },
    /// The end of an address.
    UrlSuffix { text: String },
    /// An offer code.
    Coupon { code: String },
    /// What a form gets; `data` is a JSON object as text.
    Flow { token: Option<String>, data: Option<String> },
    /// The product whose picture stands for the catalogue.
    Catalog { product: String },
    /// Some products.
    Products { thumbnail: String, sections: Vec<Products> },
    /// A call to the business.
    Call { ttl_minutes: Option<u32>, payload: Option<String> },
}

/// Products under a title.
#[derive(Deserialize, ToSchema)]
#[schema(as = TemplateProducts)]
#[serde(deny_unknown_fields)]
struct Products {
    title: Option<String>,
    products: Vec<String>,
}

/// What fills one card.
#[derive(Deserialize, ToSchema)]
#[schema(as = TemplateCardFilling)]
#[serde(deny_unknown_fields)]
struct CardFilling {
    header: HeaderFilling,
    #[serde(default)]
    body: Vec<Value>,
    #[serde(default)]
    buttons: Vec<ButtonFilling>,
}

/// What is wrong, with its place.
fn refused(place: &str, problem: Problem) -> ContentError {
    problem.at(place.to_owned())
}

fn limited<const MAX: usize>(place: &str, raw: &str) -> Result<Limited<MAX>, ContentError> {
    Limited::new(raw).map_err(|problem| refused(place, problem))
}

fn perhaps<const MAX: usize>(place: &str, raw: Option<String>) -> Result<Option<Limited<MAX>>, ContentError> {
    raw.filter(|raw| !raw.trim().is_empty()).map(|raw| limited(place, &raw)).transpose()
}

impl Filling {
    /// The filling; whether it fits is for the template to say.
    ///
    /// # Errors
    /// Names the part that has not the shape of what it should be.
    pub fn read(self) -> Result<DomainFilling, ContentError> {
        Ok(DomainFilling {
            name: self.name.parse().map_err(|_| refused("name", Problem::Shape("the name of a template, like visit_reminder")))?,
            language: self.language.parse().map_err(|_| refused("language", Problem::Shape("a language code like en or hi")))?,
            header: self.header.map(|header| header.read("header")).transpose()?,
            body: values("body", self.body)?,
            buttons: buttons("buttons", self.buttons)?,
            offer_ends_at: self.offer_ends_at,
            cards: self
                .cards
                .into_iter()
                .enumerate()
                .map(|(index, card)| card.read(&format!("cards[{index}]")))
                .collect::<Result<_, _>>()?,
            order_status: None,
        })
    }
}

fn values(place: &str, given: Vec<Value>) -> Result<Vec<DomainValue>, ContentError> {
    given.into_iter().filter(|value| !value.text.trim().is_empty()).map(|value| value.read(place)).collect()
}

fn buttons(place: &str, given: Vec<ButtonFilling>) -> Result<Vec<FilledButton>, ContentError> {
    given.into_iter().map(|button| button.read(place)).collect()
}

impl Value {
    fn read(self, place: &str) -> Result<DomainValue, ContentError> {
        let at = format!("{place}[{}]", self.variable);
        let shown = limited(&at, &self.text)?;
        let words = match self.currency {
            Some(money) => ValueKind::Currency { shown, code: limited(&at, &money.code)?, amount_1000: money.amount_1000 },
            None if self.date_time => ValueKind::DateTime { shown },
            None => ValueKind::Text(shown),
        };
        Ok(DomainValue { variable: self.variable, words })
    }
}

impl File {
    fn read(self, place: &str) -> Result<MediaSource, ContentError> {
        match (self.media, self.link) {
            (Some(media), None) => Ok(MediaSource::Stored(media)),
            (None, Some(link)) => Link::new(&link).map(MediaSource::Link).map_err(|problem: Problem| refused(place, problem)),
            (Some(_), Some(_)) | (None, None) => Err(refused(place, Problem::Missing("give the media id of the file, or its link"))),
        }
    }
}

impl HeaderFilling {
    fn read(self, place: &str) -> Result<HeaderValue, ContentError> {
        Ok(match self {
            Self::Text { value } => HeaderValue::Text(value.read(place)?),
            Self::Image { file } => HeaderValue::Image(file.read(place)?),
            Self::Video { file } => HeaderValue::Video(file.read(place)?),
            Self::Document { file, filename } => HeaderValue::Document { source: file.read(place)?, name: perhaps(place, filename)? },
            Self::Location { latitude, longitude, name, address } => HeaderValue::Location(Location {
                latitude: latitude.parse().map_err(|problem: Problem| refused(place, problem))?,
                longitude: longitude.parse().map_err(|problem: Problem| refused(place, problem))?,
                name: perhaps(place, name)?,
                address: perhaps(place, address)?,
            }),
            Self::Product { catalog, product } => {
                HeaderValue::Product { catalog: limited(place, &catalog)?, product: limited(place, &product)? }
            }
        })
    }
}

impl ButtonFilling {
    fn read(self, place: &str) -> Result<FilledButton, ContentError> {
        let at = format!("{place}[{}]", self.index);
        let value = match self.value {
            ButtonInput::Payload { payload } => ButtonValue::Payload(limited(&at, &payload)?),
            ButtonInput::UrlSuffix { text } => ButtonValue::UrlSuffix(limited(&at, &text)?),
            ButtonInput::Coupon { code } => ButtonValue::Coupon(limited(&at, &code)?),
            ButtonInput::Flow { token, data } => ButtonValue::Flow {
                token: perhaps(&at, token)?,
                data: data.map(TryInto::try_into).transpose().map_err(|problem: Problem| refused(&at, problem))?,
            },
            ButtonInput::Catalog { product } => ButtonValue::Catalog(limited(&at, &product)?),
            ButtonInput::Products { thumbnail, sections } => ButtonValue::Products {
                thumbnail: limited(&at, &thumbnail)?,
                sections: sections.into_iter().map(|section| section.read(&at)).collect::<Result<_, _>>()?,
            },
            ButtonInput::Call { ttl_minutes, payload } => ButtonValue::Call { ttl_minutes, payload: perhaps(&at, payload)? },
        };
        Ok(FilledButton { index: self.index, value })
    }
}

impl Products {
    fn read(self, place: &str) -> Result<ProductSection, ContentError> {
        let products = self.products.iter().map(|id| limited(place, id)).collect::<Result<_, _>>()?;
        Ok(ProductSection { title: perhaps(place, self.title)?, products })
    }
}

impl CardFilling {
    fn read(self, place: &str) -> Result<FilledCard, ContentError> {
        Ok(FilledCard {
            header: self.header.read(&format!("{place}.header"))?,
            body: values(&format!("{place}.body"), self.body)?,
            buttons: buttons(&format!("{place}.buttons"), self.buttons)?,
        })
    }
}
