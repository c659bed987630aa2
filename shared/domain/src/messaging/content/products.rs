//! Things of the catalogue, and carousels.

use serde::{Deserialize, Serialize};

use super::{
    Button, CardBody, ContentError, Edge, InteractiveBody, Link, LinkButton, Problem, RowTitle,
    error::{all_differ, checked, count},
    limited::Limited,
};

/// The most products of one message.
const PRODUCTS_MAX: usize = 30;
/// The most sections of one message.
const SECTIONS_MAX: usize = 10;
/// The most line breaks in the text of a card.
const CARD_BREAKS_MAX: usize = 2;

/// The most buttons of a card that reply: Meta names no number, but shows no card with more.
const CARD_BUTTONS_MAX: usize = 2;

/// WhatsApp's id of a catalogue.
pub type CatalogId = Limited<64>;
/// Our own id of a thing in a catalogue.
pub type RetailerId = Limited<100>;

/// One thing of the catalogue.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Product {
    /// The catalogue.
    #[serde(rename = "c")]
    pub catalog: CatalogId,
    /// The thing.
    #[serde(rename = "i")]
    pub product: RetailerId,
    /// The text.
    #[serde(rename = "b", default, skip_serializing_if = "Option::is_none")]
    pub body: Option<InteractiveBody>,
    /// Small line below.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub footer: Option<Edge>,
}

/// A door to the whole catalogue.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Catalog {
    /// The text.
    #[serde(rename = "b")]
    pub body: InteractiveBody,
    /// Small line below the text.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub footer: Option<Edge>,
    /// The thing whose picture is shown; the first of the catalogue when absent.
    #[serde(rename = "i", default, skip_serializing_if = "Option::is_none")]
    pub thumbnail: Option<RetailerId>,
}

checked!(
    /// Up to thirty things of the catalogue in sections.
    ProductList, ProductListParts, "ProductListParts"
);

/// The parts of a [`ProductList`].
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ProductListParts {
    /// Line above the text.
    #[serde(rename = "h")]
    pub header: Edge,
    /// The text.
    #[serde(rename = "b")]
    pub body: InteractiveBody,
    /// Small line below the text.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub footer: Option<Edge>,
    /// The catalogue.
    #[serde(rename = "c")]
    pub catalog: CatalogId,
    /// The sections in order.
    #[serde(rename = "s")]
    pub sections: Vec<ProductSection>,
}

/// Things under a common title.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ProductSection {
    /// The title, needed when there are several sections.
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub title: Option<RowTitle>,
    /// The things in order.
    #[serde(rename = "i")]
    pub products: Vec<RetailerId>,
}

checked!(
    /// Two to ten things of the catalogue side by side.
    ProductCarousel, ProductCarouselParts, "ProductCarouselParts"
);

/// The parts of a [`ProductCarousel`].
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ProductCarouselParts {
    /// The text above the cards.
    #[serde(rename = "b")]
    pub body: InteractiveBody,
    /// The catalogue.
    #[serde(rename = "c")]
    pub catalog: CatalogId,
    /// The things in order.
    #[serde(rename = "i")]
    pub products: Vec<RetailerId>,
}

checked!(
    /// Two to ten cards with a picture or film side by side.
    MediaCarousel, MediaCarouselParts, "MediaCarouselParts"
);

/// The parts of a [`MediaCarousel`].
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct MediaCarouselParts {
    /// The text above the cards.
    #[serde(rename = "b")]
    pub body: InteractiveBody,
    /// The cards in order.
    #[serde(rename = "k")]
    pub cards: Vec<MediaCard>,
}

/// A card of a [`MediaCarousel`].
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct MediaCard {
    /// What stands above the text.
    #[serde(rename = "h")]
    pub header: CardHeader,
    /// The text.
    #[serde(rename = "b", default, skip_serializing_if = "Option::is_none")]
    pub body: Option<CardBody>,
    /// What can be tapped.
    #[serde(rename = "a")]
    pub action: CardAction,
}

/// What stands above the text of a card: WhatsApp takes only addresses here.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum CardHeader {
    /// A picture.
    #[serde(rename = "i")]
    Image(Link),
    /// A film.
    #[serde(rename = "v")]
    Video(Link),
}

/// What can be tapped on a card.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum CardAction {
    /// A button that opens an address.
    #[serde(rename = "u")]
    Link(LinkButton),
    /// Buttons whose ids come back.
    #[serde(rename = "n")]
    Replies(Vec<Button>),
}

impl ProductListParts {
    fn check(&self) -> Result<(), ContentError> {
        count("sections", self.sections.len(), 1, SECTIONS_MAX)?;
        for (index, section) in self.sections.iter().enumerate() {
            if section.products.is_empty() {
                return Err(Problem::Count { min: 1, max: PRODUCTS_MAX, found: 0 }.at(format!("sections[{index}].product_ids")));
            }
            if self.sections.len() > 1 && section.title.is_none() {
                return Err(Problem::Missing("several sections need titles").at(format!("sections[{index}].title")));
            }
        }
        let products = || self.sections.iter().flat_map(|section| &section.products);
        count("sections", products().count(), 1, PRODUCTS_MAX)?;
        all_differ("sections", products().map(Limited::as_str))
    }
}

impl ProductCarouselParts {
    fn check(&self) -> Result<(), ContentError> {
        count("product_ids", self.products.len(), 2, 10)?;
        all_differ("product_ids", self.products.iter().map(Limited::as_str))
    }
}

impl MediaCarouselParts {
    /// Cards have the same kind and number of buttons (Meta: media carousels), and what comes back tells them apart.
    fn check(&self) -> Result<(), ContentError> {
        count("cards", self.cards.len(), 2, 10)?;
        let first = self.cards.first().map(MediaCard::buttons);
        for (index, card) in self.cards.iter().enumerate() {
            card.check().map_err(|error| error.within(&format!("cards[{index}]")))?;
            if Some(card.buttons()) != first {
                let problem = Problem::NotAllowed("every card must have the same kind and number of buttons");
                return Err(problem.at(format!("cards[{index}]")));
            }
        }
        let replies = self.cards.iter().flat_map(|card| match &card.action {
            CardAction::Replies(buttons) => buttons.as_slice(),
            CardAction::Link(_) => &[],
        });
        all_differ("cards", replies.map(|button| button.id.as_str()))
    }
}

impl MediaCard {
    /// The number of buttons that reply; `None` for a button that opens an address.
    const fn buttons(&self) -> Option<usize> {
        match &self.action {
            CardAction::Link(_) => None,
            CardAction::Replies(buttons) => Some(buttons.len()),
        }
    }

    fn check(&self) -> Result<(), ContentError> {
        let breaks = self.body.as_ref().map_or(0, |body| body.as_str().matches('\n').count());
        if breaks > CARD_BREAKS_MAX {
            return Err(Problem::NotAllowed("the text of a card has at most 2 line breaks").at("body"));
        }
        match &self.action {
            CardAction::Link(_) => Ok(()),
            CardAction::Replies(buttons) => {
                count("buttons", buttons.len(), 1, CARD_BUTTONS_MAX)?;
                all_differ("buttons", buttons.iter().map(|button| button.title.as_str()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messaging::content::{ButtonId, ButtonTitle, WebLink};

    fn replies(card: usize, count: usize) -> CardAction {
        let button = |index| Button {
            id: ButtonId::new(&format!("{card}:{index}")).unwrap(),
            title: ButtonTitle::new(&format!("Button {index}")).unwrap(),
        };
        CardAction::Replies((0..count).map(button).collect())
    }

    fn leads() -> CardAction {
        CardAction::Link(LinkButton { title: ButtonTitle::new("View").unwrap(), url: WebLink::new("https://example.in/t").unwrap() })
    }

    fn carousel(actions: Vec<CardAction>) -> Result<MediaCarousel, ContentError> {
        let header = CardHeader::Image(Link::new("https://cdn.example.in/0.jpg").unwrap());
        let cards =
            actions.into_iter().map(|action| MediaCard { header: header.clone(), body: Some(CardBody::new("Tower").unwrap()), action });
        MediaCarousel::new(MediaCarouselParts { body: InteractiveBody::new("New").unwrap(), cards: cards.collect() })
    }

    #[test]
    fn cards_are_two_to_ten_of_one_kind() {
        assert_eq!(carousel(vec![leads()]), Err(Problem::Count { min: 2, max: 10, found: 1 }.at("cards")));
        assert!(carousel(vec![leads(); 10]).is_ok() && carousel(vec![leads(); 11]).is_err());
        assert!(carousel(vec![replies(0, 2), replies(1, 2)]).is_ok());
        assert_eq!(carousel(vec![leads(), replies(1, 1)]).unwrap_err().field, "cards[1]");
        assert_eq!(carousel(vec![replies(0, 2), replies(1, 1)]).unwrap_err().field, "cards[1]");
        assert_eq!(carousel(vec![replies(0, 3), replies(1, 3)]).unwrap_err().field, "cards[0].buttons");
        assert_eq!(carousel(vec![replies(0, 1), replies(0, 1)]), Err(Problem::Same.at("cards")));
        let json = serde_json::to_string(&carousel(vec![leads(); 2]).unwrap()).unwrap();
        assert!(serde_json::from_str::<MediaCarousel>(&json).is_ok());
    }

    #[test]
    fn a_list_of_products_has_one_to_thirty() {
        let list = |sections: &[(Option<&str>, std::ops::Range<u8>)]| {
            let section = |(title, range): &(Option<&str>, std::ops::Range<u8>)| ProductSection {
                title: title.map(|title| RowTitle::new(title).unwrap()),
                products: range.clone().map(|sku| RetailerId::new(&format!("SKU-{sku}")).unwrap()).collect(),
            };
            ProductList::new(ProductListParts {
                header: Edge::new("Picks").unwrap(),
                body: InteractiveBody::new("For you").unwrap(),
                footer: None,
                catalog: CatalogId::new("880011").unwrap(),
                sections: sections.iter().map(section).collect(),
            })
        };
        assert!(list(&[(None, 0..30)]).is_ok() && list(&[(Some("A"), 0..15), (Some("B"), 15..30)]).is_ok());
        assert!(list(&[(None, 0..31)]).is_err() && list(&[]).is_err());
        assert_eq!(list(&[(None, 0..0)]).unwrap_err().field, "sections[0].product_ids");
        assert_eq!(list(&[(Some("A"), 0..1), (None, 1..2)]).unwrap_err().field, "sections[1].title");
        assert_eq!(list(&[(None, 0..2), (None, 1..2)]).unwrap_err().field, "sections[0].title");
        assert_eq!(list(&[(Some("A"), 0..2), (Some("B"), 1..2)]), Err(Problem::Same.at("sections")));
    }
}
