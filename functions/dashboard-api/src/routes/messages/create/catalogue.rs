//! Things of the catalogue and carousels as the API takes them.

use serde::Deserialize;
use shared::domain::messaging::content::{
    CardAction, CardBody, CardHeader, Catalog, CatalogId, ContentError, Edge, InteractiveBody, Link, MediaCard, MediaCarousel,
    MediaCarouselParts, OutboundContent, Problem, Product, ProductCarousel, ProductCarouselParts, ProductList, ProductListParts,
    ProductSection, RetailerId, RowTitle,
};
use utoipa::ToSchema;

use super::interactive::{NewButton, NewLinkButton};

/// One thing of the catalogue.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewProduct {
    #[schema(value_type = String, max_length = 64)]
    catalog_id: CatalogId,
    /// The business's own id of the thing.
    #[schema(value_type = String, max_length = 100)]
    product_id: RetailerId,
    #[schema(value_type = Option<String>, max_length = 1024)]
    body: Option<InteractiveBody>,
    #[schema(value_type = Option<String>, max_length = 60)]
    footer: Option<Edge>,
}

/// Up to thirty things in up to ten sections.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewProductList {
    #[schema(value_type = String, max_length = 60)]
    header: Edge,
    #[schema(value_type = String, max_length = 1024)]
    body: InteractiveBody,
    #[schema(value_type = Option<String>, max_length = 60)]
    footer: Option<Edge>,
    #[schema(value_type = String, max_length = 64)]
    catalog_id: CatalogId,
    #[schema(min_items = 1, max_items = 10)]
    sections: Vec<NewProductSection>,
}

/// Things under a title, which is needed when there are several sections.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewProductSection {
    #[schema(value_type = Option<String>, max_length = 24)]
    title: Option<RowTitle>,
    #[schema(value_type = Vec<String>, min_items = 1, max_items = 30)]
    product_ids: Vec<RetailerId>,
}

/// A door to the whole catalogue.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewCatalog {
    #[schema(value_type = String, max_length = 1024)]
    body: InteractiveBody,
    #[schema(value_type = Option<String>, max_length = 60)]
    footer: Option<Edge>,
    /// The thing whose picture is shown.
    #[schema(value_type = Option<String>, max_length = 100)]
    thumbnail_product_id: Option<RetailerId>,
}

/// Things side by side.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewProductCarousel {
    #[schema(value_type = String, max_length = 1024)]
    body: InteractiveBody,
    #[schema(value_type = String, max_length = 64)]
    catalog_id: CatalogId,
    #[schema(value_type = Vec<String>, min_items = 2, max_items = 10)]
    product_ids: Vec<RetailerId>,
}

/// Cards side by side, all with the same kind and number of buttons.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewMediaCarousel {
    #[schema(value_type = String, max_length = 1024)]
    body: InteractiveBody,
    #[schema(min_items = 2, max_items = 10)]
    cards: Vec<NewMediaCard>,
}

/// A card: a picture or a film above, a link or buttons below.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewMediaCard {
    /// A public `https://` address.
    #[schema(value_type = Option<String>, max_length = 2000)]
    image: Option<Link>,
    /// A public `https://` address.
    #[schema(value_type = Option<String>, max_length = 2000)]
    video: Option<Link>,
    #[schema(value_type = Option<String>, max_length = 160)]
    body: Option<CardBody>,
    link: Option<NewLinkButton>,
    #[schema(min_items = 1, max_items = 2)]
    buttons: Option<Vec<NewButton>>,
}

impl NewProduct {
    pub(super) fn content(self) -> OutboundContent {
        OutboundContent::Product(Product { catalog: self.catalog_id, product: self.product_id, body: self.body, footer: self.footer })
    }
}

impl NewProductList {
    pub(super) fn content(self) -> Result<OutboundContent, ContentError> {
        let section = |section: NewProductSection| ProductSection { title: section.title, products: section.product_ids };
        let parts = ProductListParts {
            header: self.header,
            body: self.body,
            footer: self.footer,
            catalog: self.catalog_id,
            sections: self.sections.into_iter().map(section).collect(),
        };
        ProductList::new(parts).map(OutboundContent::ProductList)
    }
}

impl NewCatalog {
    pub(super) fn content(self) -> OutboundContent {
        OutboundContent::Catalog(Catalog { body: self.body, footer: self.footer, thumbnail: self.thumbnail_product_id })
    }
}

impl NewProductCarousel {
    pub(super) fn content(self) -> Result<OutboundContent, ContentError> {
        let parts = ProductCarouselParts { body: self.body, catalog: self.catalog_id, products: self.product_ids };
        ProductCarousel::new(parts).map(OutboundContent::ProductCarousel)
    }
}

impl NewMediaCarousel {
    pub(super) fn content(self) -> Result<OutboundContent, ContentError> {
        let card = |(index, card): (usize, NewMediaCard)| card.card().map_err(|error| error.within(&format!("cards[{index}]")));
        let cards = self.cards.into_iter().enumerate().map(card).collect::<Result<_, _>>()?;
        MediaCarousel::new(MediaCarouselParts { body: self.body, cards }).map(OutboundContent::MediaCarousel)
    }
}

impl NewMediaCard {
    fn card(self) -> Result<MediaCard, ContentError> {
        let header = match (self.image, self.video) {
            (Some(image), None) => CardHeader::Image(image),
            (None, Some(video)) => CardHeader::Video(video),
            (None, None) | (Some(_), Some(_)) => return Err(Problem::Shape("there, or video instead; one of them").at("image")),
        };
        let action = match (self.link, self.buttons) {
            (Some(link), None) => CardAction::Link(link.button()),
            (None, Some(buttons)) => CardAction::Replies(buttons.into_iter().map(NewButton::button).collect()),
            (None, None) | (Some(_), Some(_)) => return Err(Problem::Shape("there, or buttons instead; one of them").at("link")),
        };
        Ok(MediaCard { header, body: self.body, action })
    }
}
