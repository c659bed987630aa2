//! What Meta knows of orders in chats: how far each is, and whether it is paid.

use std::collections::HashMap;
use std::sync::Mutex;

use serde_json::Value;

use crate::sync::lock;

/// The state of an order may not become this one.
const INVALID_TRANSITION: u32 = 2046;
/// An order that is paid cannot be called off.
const CANNOT_CANCEL: u32 = 2047;
/// More orders than this are forgotten altogether: a simulator is not for years.
const MAX_ORDERS: usize = 10_000;

/// The orders by number and reference.
#[derive(Default)]
pub(crate) struct Orders {
    known: Mutex<HashMap<(String, String), Order>>,
}

#[derive(Default)]
struct Order {
    status: String,
    paid: bool,
}

impl Orders {
    /// Takes note of a message about an order, and says why it fails if it does.
    pub(crate) fn told(&self, phone_number_id: &str, content: &Value) -> Option<u32> {
        let interactive = &content["interactive"];
        let parameters = &interactive["action"]["parameters"];
        let key = (phone_number_id.to_owned(), parameters["reference_id"].as_str()?.to_owned());
        let mut known = lock(&self.known);
        if known.len() >= MAX_ORDERS {
            known.clear();
        }
        match interactive["type"].as_str() {
            Some("order_details") => {
                known.insert(key, Order { status: "pending".to_owned(), paid: false });
                None
            }
            Some("order_status") => {
                let next = parameters["order"]["status"].as_str().unwrap_or_default();
                let order = known.entry(key).or_default();
                if matches!(order.status.as_str(), "completed" | "canceled") && order.status != next {
                    return Some(INVALID_TRANSITION);
                }
                if next == "canceled" && order.paid {
                    return Some(CANNOT_CANCEL);
                }
                next.clone_into(&mut order.status);
                None
            }
            _ => None,
        }
    }

    /// Marks an order as paid; `false` when it is already, or called off.
    pub(crate) fn pay(&self, phone_number_id: &str, reference: &str) -> bool {
        let mut known = lock(&self.known);
        let order = known.entry((phone_number_id.to_owned(), reference.to_owned())).or_default();
        if order.paid || order.status == "canceled" {
            return false;
        }
        order.paid = true;
        true
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_order_that_is_done_stays_so_and_a_paid_one_is_not_called_off() {
        let orders = Orders::default();
        let say = |kind: &str, status: &str| {
            let parameters = json!({ "reference_id": "INV-1", "order": { "status": status } });
            orders.told("1", &json!({ "interactive": { "type": kind, "action": { "parameters": parameters } } }))
        };
        assert_eq!(say("order_details", "pending"), None);
        assert_eq!(say("order_status", "shipped"), None);
        assert_eq!(say("order_status", "processing"), None);
        assert!(orders.pay("1", "INV-1") && !orders.pay("1", "INV-1"));
        assert_eq!(say("order_status", "canceled"), Some(CANNOT_CANCEL));
        assert_eq!(say("order_status", "completed"), None);
        assert_eq!(say("order_status", "shipped"), Some(INVALID_TRANSITION));
        assert_eq!(orders.told("1", &json!({ "text": { "body": "hi" } })), None);
    }
}
