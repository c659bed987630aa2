//! Cards of people as the API takes them; the names are WhatsApp's.

use serde::Deserialize;
use shared::domain::{
    messaging::content::{
        CardAddress, CardEmail, CardLabel, CardName, CardOrg, CardPhone, CardText, CardUrl, ContactCard, ContactCards, ContactCardsParts,
        ContentError, Limited, OutboundContent, Problem, WebLink,
    },
    phone::Phone,
};
use utoipa::ToSchema;

/// A card.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewContact {
    name: NewName,
    #[serde(default)]
    phones: Vec<NewPhone>,
    #[serde(default)]
    emails: Vec<NewEmail>,
    #[serde(default)]
    addresses: Vec<NewCardAddress>,
    #[serde(default)]
    urls: Vec<NewUrl>,
    org: Option<NewOrg>,
    /// Year, month and day.
    #[schema(value_type = Option<String>, format = Date)]
    birthday: Option<String>,
}

/// The whole name, and at least one part of it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewName {
    #[schema(value_type = String, max_length = 256)]
    formatted_name: CardText,
    #[schema(value_type = Option<String>)]
    first_name: Option<CardText>,
    #[schema(value_type = Option<String>)]
    middle_name: Option<CardText>,
    #[schema(value_type = Option<String>)]
    last_name: Option<CardText>,
    #[schema(value_type = Option<String>)]
    prefix: Option<CardText>,
    #[schema(value_type = Option<String>)]
    suffix: Option<CardText>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewPhone {
    #[schema(value_type = String, max_length = 32)]
    phone: Limited<32>,
    #[serde(rename = "type")]
    #[schema(value_type = Option<String>)]
    kind: Option<CardLabel>,
    /// The number on WhatsApp, so that the card gets a button to write.
    #[schema(value_type = Option<String>)]
    wa_id: Option<Phone>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewEmail {
    #[schema(value_type = String, max_length = 256)]
    email: CardText,
    #[serde(rename = "type")]
    #[schema(value_type = Option<String>)]
    kind: Option<CardLabel>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewUrl {
    #[schema(value_type = String, max_length = 2000)]
    url: WebLink,
    #[serde(rename = "type")]
    #[schema(value_type = Option<String>)]
    kind: Option<CardLabel>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewCardAddress {
    #[schema(value_type = Option<String>)]
    street: Option<CardText>,
    #[schema(value_type = Option<String>)]
    city: Option<CardText>,
    #[schema(value_type = Option<String>)]
    state: Option<CardText>,
    #[schema(value_type = Option<String>)]
    zip: Option<CardText>,
    #[schema(value_type = Option<String>)]
    country: Option<CardText>,
    #[schema(value_type = Option<String>, max_length = 2)]
    country_code: Option<Limited<2>>,
    #[serde(rename = "type")]
    #[schema(value_type = Option<String>)]
    kind: Option<CardLabel>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewOrg {
    #[schema(value_type = Option<String>)]
    company: Option<CardText>,
    #[schema(value_type = Option<String>)]
    department: Option<CardText>,
    #[schema(value_type = Option<String>)]
    title: Option<CardText>,
}

impl NewContact {
    /// The cards of a message.
    pub(super) fn content(cards: Vec<Self>) -> Result<OutboundContent, ContentError> {
        let card = |(index, card): (usize, Self)| card.card().map_err(|error| error.within(&format!("contacts[{index}]")));
        let cards = cards.into_iter().enumerate().map(card).collect::<Result<_, _>>()?;
        ContactCards::new(ContactCardsParts { cards }).map(OutboundContent::Contacts)
    }

    fn card(self) -> Result<ContactCard, ContentError> {
        let date = self.birthday.map(|raw| raw.parse().map_err(|_| Problem::Shape("a date such as 1990-01-31").at("birthday")));
        let name = self.name;
        Ok(ContactCard {
            name: CardName {
                formatted: name.formatted_name,
                first: name.first_name,
                middle: name.middle_name,
                last: name.last_name,
                prefix: name.prefix,
                suffix: name.suffix,
            },
            phones: self.phones.into_iter().map(|line| CardPhone { phone: line.phone, kind: line.kind, wa_id: line.wa_id }).collect(),
            emails: self.emails.into_iter().map(|line| CardEmail { email: line.email, kind: line.kind }).collect(),
            addresses: self.addresses.into_iter().map(NewCardAddress::address).collect(),
            urls: self.urls.into_iter().map(|line| CardUrl { url: line.url, kind: line.kind }).collect(),
            org: self.org.map(|org| CardOrg { company: org.company, department: org.department, title: org.title }),
            birthday: date.transpose()?,
        })
    }
}

impl NewCardAddress {
    fn address(self) -> CardAddress {
        CardAddress {
            street: self.street,
            city: self.city,
            state: self.state,
            zip: self.zip,
            country: self.country,
            country_code: self.country_code,
            kind: self.kind,
        }
    }
}
