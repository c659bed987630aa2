//! The rules for orders in a chat (India): amounts with the offset 100, sums that add up, exactly one way to pay.

use serde_json::Value;

use super::check::{integer, list, object, one_of, only_keys, optional_text, required_text, web_address};
use super::interactive::{ACTION, PARAMETERS, named};
use crate::clock;
use crate::graph::errors::{GraphError, GraphResult};

/// An order must be payable for so long.
const MIN_SECONDS_TO_PAY: i64 = 300;
const GATEWAYS: [&str; 4] = ["razorpay", "payu", "billdesk", "zaakpay"];

/// Checks the action of an order to be paid.
pub(super) fn details(action: &Value) -> GraphResult<()> {
    let parameters = named(action, ACTION, "review_and_pay")?;
    let known = ["reference_id", "type", "payment_settings", "payment_type", "payment_configuration", "currency", "total_amount", "order"];
    only_keys(parameters, PARAMETERS, &known)?;
    reference(parameters)?;
    one_of(parameters, PARAMETERS, "type", &["digital-goods", "physical-goods"])?;
    one_of(parameters, PARAMETERS, "currency", &["INR"])?;
    payment(parameters)?;
    let order = &parameters["order"];
    let path = format!("{PARAMETERS}.order");
    only_keys(order, &path, &["status", "type", "catalog_id", "expiration", "items", "subtotal", "tax", "shipping", "discount"])?;
    one_of(order, &path, "status", &["pending"])?;
    if !order["type"].is_null() {
        one_of(order, &path, "type", &["quick_pay"])?;
    }
    expiration(order, &path)?;
    let items = items(order, &path)?;
    let subtotal = amount(order, &path, "subtotal", &[])?;
    if subtotal != items {
        return Err(GraphError::value(format!("{path}.subtotal: is {subtotal}, the items cost {items}")));
    }
    let tax = amount(order, &path, "tax", &["description"])?;
    let optional = |key: &str, more: &[&str]| if order[key].is_null() { Ok(0) } else { amount(order, &path, key, more) };
    let (shipping, discount) = (optional("shipping", &["description"])?, optional("discount", &["description", "discount_program_name"])?);
    let total = amount(parameters, PARAMETERS, "total_amount", &[])?;
    if total != subtotal + tax + shipping - discount {
        let sum = subtotal + tax + shipping - discount;
        return Err(GraphError::value(format!(
            "{PARAMETERS}.total_amount: is {total}, subtotal, tax and shipping less discount are {sum}"
        )));
    }
    if total <= 0 {
        return Err(GraphError::value(format!("{PARAMETERS}.total_amount: must be more than 0")));
    }
    Ok(())
}

/// Checks the action of how far an order is.
pub(super) fn status(action: &Value) -> GraphResult<()> {
    let parameters = named(action, ACTION, "review_order")?;
    only_keys(parameters, PARAMETERS, &["reference_id", "order"])?;
    reference(parameters)?;
    let path = format!("{PARAMETERS}.order");
    only_keys(&parameters["order"], &path, &["status", "description"])?;
    one_of(&parameters["order"], &path, "status", &["processing", "partially_shipped", "shipped", "completed", "canceled"])?;
    optional_text(&parameters["order"], &path, "description", 120)?;
    Ok(())
}

fn reference(parameters: &Value) -> GraphResult<()> {
    let reference = required_text(parameters, PARAMETERS, "reference_id", 35)?;
    if !reference.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte)) {
        return Err(GraphError::value(format!("{PARAMETERS}.reference_id: only letters, digits, _ . - allowed")));
    }
    Ok(())
}

fn payment(parameters: &Value) -> GraphResult<()> {
    if parameters["payment_settings"].is_null() {
        one_of(parameters, PARAMETERS, "payment_type", &["upi"])?;
        required_text(parameters, PARAMETERS, "payment_configuration", 60)?;
        return Ok(());
    }
    let settings = &list(parameters, PARAMETERS, "payment_settings", 1, 1)?[0];
    let path = format!("{PARAMETERS}.payment_settings[0]");
    let kind = one_of(settings, &path, "type", &["payment_gateway", "upi_intent_link", "payment_link"])?;
    only_keys(settings, &path, &["type", kind])?;
    let (part, path) = (&settings[kind], format!("{path}.{kind}"));
    object(part, &path)?;
    match kind {
        "payment_gateway" => gateway(part, &path),
        "upi_intent_link" => {
            let link = required_text(part, &path, "link", 1_000)?;
            let query = link.strip_prefix("upi://pay?").unwrap_or_default();
            if !query.split('&').any(|pair| pair.starts_with("pa=")) || query.split('&').any(|pair| pair.starts_with("am=")) {
                return Err(GraphError::value(format!("{path}.link: must be upi://pay?pa=… without am=")));
            }
            Ok(())
        }
        _ => web_address(part, &path, "uri", 2_000).map(|_| ()),
    }
}

fn gateway(part: &Value, path: &str) -> GraphResult<()> {
    let name = one_of(part, path, "type", &GATEWAYS)?;
    only_keys(part, path, &["type", "configuration_name", name, "preferred_payment_methods", "enabled_payment_options"])?;
    required_text(part, path, "configuration_name", 60)?;
    let told = &part[name];
    if name == "razorpay" && !told.is_null() {
        let path = format!("{path}.razorpay");
        only_keys(told, &path, &["receipt", "notes"])?;
        optional_text(told, &path, "receipt", 40)?;
        if told["notes"].as_object().is_some_and(|notes| notes.len() > 15) {
            return Err(GraphError::value(format!("{path}.notes: more than 15 keys")));
        }
    }
    Ok(())
}

fn expiration(order: &Value, path: &str) -> GraphResult<()> {
    let expiration = &order["expiration"];
    if expiration.is_null() {
        return Ok(());
    }
    let path = format!("{path}.expiration");
    only_keys(expiration, &path, &["timestamp", "description"])?;
    required_text(expiration, &path, "description", 120)?;
    let end: Option<i64> = required_text(expiration, &path, "timestamp", 20)?.parse().ok();
    match end {
        Some(end) if end - clock::now().as_second() >= MIN_SECONDS_TO_PAY => Ok(()),
        Some(_) => Err(GraphError::value(format!("{path}.timestamp: must be at least {MIN_SECONDS_TO_PAY} seconds from now"))),
        None => Err(GraphError::value(format!("{path}.timestamp: must be seconds since 1970, as a string"))),
    }
}

/// Checks the lines and gives what they cost.
fn items(order: &Value, path: &str) -> GraphResult<i64> {
    let known = ["retailer_id", "name", "amount", "sale_amount", "quantity", "country_of_origin", "importer_name", "importer_address"];
    let mut sum = 0_i64;
    for (index, item) in list(order, path, "items", 1, 999)?.iter().enumerate() {
        let path = format!("{path}.items[{index}]");
        only_keys(item, &path, &known)?;
        required_text(item, &path, "retailer_id", 100)?;
        required_text(item, &path, "name", 60)?;
        let full = amount(item, &path, "amount", &[])?;
        let price = if item["sale_amount"].is_null() { full } else { amount(item, &path, "sale_amount", &[])? };
        if !item["sale_amount"].is_null() && price >= full {
            return Err(GraphError::value(format!("{path}.sale_amount: must be lower than the amount")));
        }
        let quantity = integer(item, &path, "quantity", 1, 1_000_000)?;
        let line = price.checked_mul(quantity).and_then(|line| sum.checked_add(line));
        sum = line.ok_or_else(|| GraphError::value(format!("{path}: the sum is too large")))?;
    }
    Ok(sum)
}

fn amount(parent: &Value, path: &str, key: &str, more: &[&str]) -> GraphResult<i64> {
    let part = &parent[key];
    let path = format!("{path}.{key}");
    only_keys(part, &path, &[&["value", "offset"], more].concat())?;
    for text in more {
        optional_text(part, &path, text, 60)?;
    }
    integer(part, &path, "offset", 100, 100)?;
    integer(part, &path, "value", 0, i64::MAX / 4)
}
