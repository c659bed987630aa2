//! Money: what the operation ledger counts, times the price list of `infra/prices.yaml`.

use std::collections::HashMap;

use serde::Deserialize;
use testkit::Cost;

/// The memory of the functions on the message path, in GB; `template.yaml` gives them this or less.
const MEMORY_GB: f64 = 0.25;

#[derive(Deserialize)]
struct List {
    prices: HashMap<String, Price>,
}

#[derive(Deserialize)]
struct Price {
    price: f64,
    per: f64,
}

/// The price list.
pub struct Prices(HashMap<String, Price>);

/// How one hop is run.
#[derive(Clone, Copy)]
pub struct Hop {
    /// How many messages share an invocation and the queue's receive and delete.
    pub batch: f64,
    /// How long an invocation works on one message, in seconds.
    pub seconds: f64,
    /// Whether it takes its work off a queue.
    pub queued: bool,
}

impl Prices {
    pub fn read() -> Self {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../infra/prices.yaml");
        let list: List = serde_saphyr::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        Self(list.prices)
    }

    fn of(&self, name: &str) -> f64 {
        let price = self.0.get(name).unwrap_or_else(|| panic!("infra/prices.yaml has no price {name}"));
        price.price / price.per
    }

    /// What a million of these cost, in dollars.
    pub fn million(&self, cost: &Cost, hop: Hop) -> f64 {
        let count = |call: &str| f64::from(u32::try_from(cost.calls.get(call).copied().unwrap_or(0)).unwrap());
        let units = |hundredths: u64| f64::from(u32::try_from(hundredths).unwrap()) / 100.0;
        let invocation = self.of("lambda_request") + hop.seconds * MEMORY_GB * self.of("lambda_duration_arm64");
        let queue = if hop.queued { 2.0 / hop.batch } else { 0.0 } + count("SQS.SendMessageBatch");
        let one = invocation / hop.batch
            + queue * self.of("sqs_fifo_request")
            + units(cost.write_units) * self.of("dynamodb_write_unit")
            + units(cost.read_units) * self.of("dynamodb_read_unit");
        one * 1e6
    }
}
