//! Cards of people and businesses that we send.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    ContentError, Problem, WebLink,
    error::{checked, count},
    limited::Limited,
};
use crate::phone::Phone;

/// The most cards of one message (Meta: contacts messages).
const CARDS_MAX: usize = 257;
/// The most lines of one kind on a card: enough for any card, too few to fill the table.
const LINES_MAX: usize = 20;

/// A line of a card.
pub type CardText = Limited<256>;
/// What a line is about, such as `WORK`.
pub type CardLabel = Limited<32>;

checked!(
    /// One or more cards.
    ContactCards, ContactCardsParts, "ContactCardsParts"
);

/// The parts of [`ContactCards`].
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ContactCardsParts {
    /// The cards in order.
    #[serde(rename = "k")]
    pub cards: Vec<ContactCard>,
}

/// One card.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ContactCard {
    /// The name.
    #[serde(rename = "n")]
    pub name: CardName,
    /// Phone numbers.
    #[serde(rename = "p", default, skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<CardPhone>,
    /// E-mail addresses.
    #[serde(rename = "e", default, skip_serializing_if = "Vec::is_empty")]
    pub emails: Vec<CardEmail>,
    /// Postal addresses.
    #[serde(rename = "a", default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<CardAddress>,
    /// Addresses on the web.
    #[serde(rename = "u", default, skip_serializing_if = "Vec::is_empty")]
    pub urls: Vec<CardUrl>,
    /// Where the person works.
    #[serde(rename = "o", default, skip_serializing_if = "Option::is_none")]
    pub org: Option<CardOrg>,
    /// The birthday.
    #[serde(rename = "b", default, skip_serializing_if = "Option::is_none")]
    pub birthday: Option<Date>,
}

/// The name on a card.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CardName {
    /// The whole name as it is shown.
    #[serde(rename = "w")]
    pub formatted: CardText,
    /// First name.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub first: Option<CardText>,
    /// Middle name.
    #[serde(rename = "m", default, skip_serializing_if = "Option::is_none")]
    pub middle: Option<CardText>,
    /// Last name.
    #[serde(rename = "l", default, skip_serializing_if = "Option::is_none")]
    pub last: Option<CardText>,
    /// What stands before it, such as `Dr.`
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pub prefix: Option<CardText>,
    /// What stands after it, such as `Jr.`
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    pub suffix: Option<CardText>,
}

/// A phone number on a card.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CardPhone {
    /// The number as it is shown.
    #[serde(rename = "n")]
    pub phone: Limited<32>,
    /// What it is, such as `CELL`.
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<CardLabel>,
    /// The number on WhatsApp, so that the card gets a button to write.
    #[serde(rename = "w", default, skip_serializing_if = "Option::is_none")]
    pub wa_id: Option<Phone>,
}

/// An e-mail address on a card.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CardEmail {
    /// The address.
    #[serde(rename = "e")]
    pub email: CardText,
    /// What it is, such as `WORK`.
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<CardLabel>,
}

/// An address on the web on a card.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CardUrl {
    /// The address.
    #[serde(rename = "u")]
    pub url: WebLink,
    /// What it is, such as `WORK`.
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<CardLabel>,
}

/// A postal address on a card.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct CardAddress {
    /// Street and house.
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    pub street: Option<CardText>,
    /// Town.
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub city: Option<CardText>,
    /// State.
    #[serde(rename = "a", default, skip_serializing_if = "Option::is_none")]
    pub state: Option<CardText>,
    /// Postal code.
    #[serde(rename = "z", default, skip_serializing_if = "Option::is_none")]
    pub zip: Option<CardText>,
    /// Country.
    #[serde(rename = "l", default, skip_serializing_if = "Option::is_none")]
    pub country: Option<CardText>,
    /// Country in two letters.
    #[serde(rename = "i", default, skip_serializing_if = "Option::is_none")]
    pub country_code: Option<Limited<2>>,
    /// What it is, such as `HOME`.
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<CardLabel>,
}

/// Where the person on a card works.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct CardOrg {
    /// The business.
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub company: Option<CardText>,
    /// The part of it.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub department: Option<CardText>,
    /// The post.
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub title: Option<CardText>,
}

impl ContactCardsParts {
    /// One to 257 cards, each with a part of the name beside the whole (Meta asks for it), and no endless lists.
    fn check(&self) -> Result<(), ContentError> {
        count("contacts", self.cards.len(), 1, CARDS_MAX)?;
        for (index, card) in self.cards.iter().enumerate() {
            card.check().map_err(|error| error.within(&format!("contacts[{index}]")))?;
        }
        Ok(())
    }
}

impl ContactCard {
    fn check(&self) -> Result<(), ContentError> {
        let name = &self.name;
        if [&name.first, &name.middle, &name.last, &name.prefix, &name.suffix].iter().all(|part| part.is_none()) {
            return Err(Problem::Missing("give a first or last name beside the whole name").at("name.first_name"));
        }
        count("phones", self.phones.len(), 0, LINES_MAX)?;
        count("emails", self.emails.len(), 0, LINES_MAX)?;
        count("addresses", self.addresses.len(), 0, LINES_MAX)?;
        count("urls", self.urls.len(), 0, LINES_MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(first: Option<&str>) -> ContactCard {
        let name = CardName {
            formatted: CardText::new("Sales Desk").unwrap(),
            first: first.map(|first| CardText::new(first).unwrap()),
            middle: None,
            last: None,
            prefix: None,
            suffix: None,
        };
        let phone = CardPhone { phone: Limited::new("+91 80470 00123").unwrap(), kind: None, wa_id: Some("918047000123".parse().unwrap()) };
        ContactCard {
            name,
            phones: vec![phone],
            emails: vec![],
            addresses: vec![],
            urls: vec![],
            org: None,
            birthday: Some(Date::constant(1990, 1, 31)),
        }
    }

    fn cards(cards: Vec<ContactCard>) -> Result<ContactCards, ContentError> {
        ContactCards::new(ContactCardsParts { cards })
    }

    #[test]
    fn cards_are_one_to_257_and_have_names() {
        assert_eq!(cards(vec![]), Err(Problem::Count { min: 1, max: 257, found: 0 }.at("contacts")));
        assert!(cards(vec![card(Some("Sales")); 257]).is_ok());
        assert!(cards(vec![card(Some("Sales")); 258]).is_err());
        assert_eq!(cards(vec![card(Some("S")), card(None)]).unwrap_err().field, "contacts[1].name.first_name");
        let mut endless = card(Some("Sales"));
        endless.phones = vec![endless.phones[0].clone(); 21];
        assert_eq!(cards(vec![endless]).unwrap_err().field, "contacts[0].phones");
    }

    #[test]
    fn cards_read_back() {
        let one = cards(vec![card(Some("Sales"))]).unwrap();
        let json = serde_json::to_string(&one).unwrap();
        assert!(json.contains(r#""b":"1990-01-31""#), "{json}");
        assert_eq!(serde_json::from_str::<ContactCards>(&json).unwrap(), one);
        assert!(serde_json::from_str::<ContactCards>(r#"{"k":[]}"#).is_err());
    }
}
