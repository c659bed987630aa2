//! Cards as Meta wants them.

use domain::messaging::content::{CardAddress, ContactCard, Limited};
use serde::Serialize;

/// One card.
#[derive(Serialize)]
pub(super) struct Card<'a> {
    name: Name<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    phones: Vec<Phone<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    emails: Vec<Email<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    addresses: Vec<Address<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    urls: Vec<Url<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    org: Option<Org<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    birthday: Option<String>,
}

#[derive(Serialize)]
#[expect(clippy::struct_field_names, reason = "the names are the provider's")]
struct Name<'a> {
    formatted_name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    middle_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    prefix: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suffix: Option<&'a str>,
}

#[derive(Serialize)]
#[expect(clippy::struct_field_names, reason = "the names are the provider's")]
struct Phone<'a> {
    phone: &'a str,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    wa_id: Option<String>,
}

#[derive(Serialize)]
struct Email<'a> {
    email: &'a str,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'a str>,
}

#[derive(Serialize)]
struct Url<'a> {
    url: &'a str,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'a str>,
}

#[derive(Serialize)]
struct Address<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    street: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    city: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    zip: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country_code: Option<&'a str>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'a str>,
}

#[derive(Serialize)]
struct Org<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    company: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    department: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
}

pub(super) fn card(card: &ContactCard) -> Card<'_> {
    let name = &card.name;
    Card {
        name: Name {
            formatted_name: name.formatted.as_str(),
            first_name: text(name.first.as_ref()),
            middle_name: text(name.middle.as_ref()),
            last_name: text(name.last.as_ref()),
            prefix: text(name.prefix.as_ref()),
            suffix: text(name.suffix.as_ref()),
        },
        phones: card
            .phones
            .iter()
            .map(|line| Phone {
                phone: line.phone.as_str(),
                kind: text(line.kind.as_ref()),
                wa_id: line.wa_id.map(domain::phone::Phone::digits),
            })
            .collect(),
        emails: card.emails.iter().map(|line| Email { email: line.email.as_str(), kind: text(line.kind.as_ref()) }).collect(),
        addresses: card.addresses.iter().map(address).collect(),
        urls: card.urls.iter().map(|line| Url { url: line.url.as_str(), kind: text(line.kind.as_ref()) }).collect(),
        org: card.org.as_ref().map(|org| Org {
            company: text(org.company.as_ref()),
            department: text(org.department.as_ref()),
            title: text(org.title.as_ref()),
        }),
        birthday: card.birthday.map(|date| date.to_string()),
    }
}

fn address(address: &CardAddress) -> Address<'_> {
    Address {
        street: text(address.street.as_ref()),
        city: text(address.city.as_ref()),
        state: text(address.state.as_ref()),
        zip: text(address.zip.as_ref()),
        country: text(address.country.as_ref()),
        country_code: text(address.country_code.as_ref()),
        kind: text(address.kind.as_ref()),
    }
}

fn text<const MAX: usize>(text: Option<&Limited<MAX>>) -> Option<&str> {
    text.map(Limited::as_str)
}
