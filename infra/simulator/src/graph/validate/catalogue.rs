//! The rules for things of a catalogue and for carousels.

use serde_json::Value;

use super::check::{join, list, object, one_of, only_keys, optional_text, required_text};
use super::content::media;
use super::interactive::{ACTION, PARAMETERS, buttons, named, url_button};
use crate::graph::errors::{GraphError, GraphResult};

const MAX_PRODUCTS: usize = 30;

/// Checks the action of one thing.
pub(super) fn product(action: &Value, path: &str) -> GraphResult<()> {
    only_keys(action, path, &["catalog_id", "product_retailer_id"])?;
    required_text(action, path, "catalog_id", 64)?;
    required_text(action, path, "product_retailer_id", 100)?;
    Ok(())
}

/// Checks the action of things in sections.
pub(super) fn product_list(action: &Value) -> GraphResult<()> {
    only_keys(action, ACTION, &["catalog_id", "sections"])?;
    required_text(action, ACTION, "catalog_id", 64)?;
    let sections = list(action, ACTION, "sections", 1, 10)?;
    let mut products = 0;
    for (index, section) in sections.iter().enumerate() {
        let path = format!("{ACTION}.sections[{index}]");
        only_keys(section, &path, &["title", "product_items"])?;
        let title = optional_text(section, &path, "title", 24)?;
        if sections.len() > 1 && title.is_none() {
            return Err(GraphError::missing(format!("{path}.title: is required when there are several sections")));
        }
        let items = list(section, &path, "product_items", 1, MAX_PRODUCTS)?;
        products += items.len();
        for (position, item) in items.iter().enumerate() {
            required_text(item, &format!("{path}.product_items[{position}]"), "product_retailer_id", 100)?;
        }
    }
    if products > MAX_PRODUCTS {
        return Err(GraphError::value(format!("{ACTION}.sections: {products} products in all, at most {MAX_PRODUCTS} allowed")));
    }
    Ok(())
}

/// Checks the action of a door to the catalogue.
pub(super) fn catalog(action: &Value) -> GraphResult<()> {
    let parameters = named(action, ACTION, "catalog_message")?;
    if !parameters.is_null() {
        only_keys(parameters, PARAMETERS, &["thumbnail_product_retailer_id"])?;
        required_text(parameters, PARAMETERS, "thumbnail_product_retailer_id", 100)?;
    }
    Ok(())
}

/// Checks cards: of one kind, numbered from 0, with the same number of buttons.
pub(super) fn carousel(action: &Value) -> GraphResult<()> {
    only_keys(action, ACTION, &["cards"])?;
    let cards = list(action, ACTION, "cards", 2, 10)?;
    let shape = |card: &Value| (card["type"].clone(), card["action"]["buttons"].as_array().map(Vec::len));
    let first = cards.first().map(shape);
    for (index, card) in cards.iter().enumerate() {
        let path = format!("{ACTION}.cards[{index}]");
        only_keys(card, &path, &["card_index", "type", "header", "body", "action"])?;
        if card["card_index"].as_u64() != u64::try_from(index).ok() {
            return Err(GraphError::value(format!("{path}.card_index: must be {index}")));
        }
        if Some(shape(card)) != first {
            return Err(GraphError::value(format!("{path}: cards must have the same type and number of buttons")));
        }
        match one_of(card, &path, "type", &["cta_url", "product"])? {
            "product" => product(&card["action"], &join(&path, "action"))?,
            _ => media_card(card, &path)?,
        }
    }
    Ok(())
}

fn media_card(card: &Value, path: &str) -> GraphResult<()> {
    let header = join(path, "header");
    object(&card["header"], &header)?;
    let kind = one_of(&card["header"], &header, "type", &["image", "video"])?;
    media(&card["header"][kind], &join(&header, kind), &["link"])?;
    if !card["body"].is_null() {
        let text = required_text(&card["body"], &join(path, "body"), "text", 160)?;
        if text.matches('\n').count() > 2 {
            return Err(GraphError::value(format!("{path}.body.text: at most 2 line breaks allowed")));
        }
    }
    let action = join(path, "action");
    object(&card["action"], &action)?;
    if card["action"]["buttons"].is_null() {
        url_button(&card["action"], &action)
    } else {
        buttons(&card["action"], &action, "quick_reply", 2)
    }
}
