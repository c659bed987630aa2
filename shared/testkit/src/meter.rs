//! The meter: what calls cost, by DynamoDB's own rules (a write unit for each KB of the larger image, twice that in a transaction; a
//! read unit for each 4 KB, half when a stale answer will do; index writes when an index key moves), and by the price list.

use std::collections::{BTreeMap, HashMap};

use aws_sdk_dynamodb::{
    operation::{
        batch_get_item::BatchGetItemInput, delete_item::DeleteItemInput, get_item::GetItemInput, put_item::PutItemInput, query::QueryInput,
        transact_write_items::TransactWriteItemsInput, update_item::UpdateItemInput,
    },
    types::AttributeValue,
};
use aws_smithy_runtime_api::client::interceptors::context::Input;

use crate::tap::Call;

type Item = HashMap<String, AttributeValue>;

/// What a call touches.
#[derive(Clone, Debug, PartialEq)]
pub enum Touched {
    /// Nothing of the table.
    Nothing,
    /// Writes one item.
    Writes(Key),
    /// Writes items together.
    Transacts(Vec<Key>),
    /// Reads items.
    Reads(Vec<Key>, Consistency),
    /// Reads a range.
    Queries,
}

/// Whether a read may be stale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consistency {
    /// It may.
    Eventual,
    /// It may not.
    Strong,
}

/// A primary key.
pub type Key = (String, String);

/// Finds out what a call touches, from its input.
pub(crate) fn touched(input: &Input) -> Touched {
    if let Some(put) = input.downcast_ref::<PutItemInput>() {
        return put.item().map_or(Touched::Nothing, |item| Touched::Writes(key(item)));
    }
    if let Some(update) = input.downcast_ref::<UpdateItemInput>() {
        return update.key().map_or(Touched::Nothing, |item| Touched::Writes(key(item)));
    }
    if let Some(delete) = input.downcast_ref::<DeleteItemInput>() {
        return delete.key().map_or(Touched::Nothing, |item| Touched::Writes(key(item)));
    }
    if let Some(transaction) = input.downcast_ref::<TransactWriteItemsInput>() {
        let puts = transaction.transact_items().iter().filter_map(|item| item.put());
        return Touched::Transacts(puts.map(|put| key(put.item())).collect());
    }
    if let Some(get) = input.downcast_ref::<GetItemInput>() {
        let consistency = if get.consistent_read() == Some(true) { Consistency::Strong } else { Consistency::Eventual };
        return get.key().map_or(Touched::Nothing, |item| Touched::Reads(vec![key(item)], consistency));
    }
    if let Some(batch) = input.downcast_ref::<BatchGetItemInput>() {
        let keys = batch.request_items().into_iter().flat_map(|tables| tables.values());
        return Touched::Reads(keys.flat_map(|asked| asked.keys().iter().map(key)).collect(), Consistency::Eventual);
    }
    if input.downcast_ref::<QueryInput>().is_some() {
        return Touched::Queries;
    }
    Touched::Nothing
}

fn key(item: &Item) -> Key {
    let part = |name: &str| item.get(name).and_then(|value| value.as_s().ok()).cloned().unwrap_or_default();
    (part("PK"), part("SK"))
}

/// What some calls cost.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cost {
    /// Calls, by service and operation.
    pub calls: BTreeMap<String, usize>,
    /// Write units, in hundredths.
    pub write_units: u64,
    /// Read units, in hundredths.
    pub read_units: u64,
}

impl std::fmt::Display for Cost {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let calls: Vec<String> = self.calls.iter().map(|(call, count)| format!("{count} {call}")).collect();
        let units = |hundredths: u64| format!("{}.{:02}", hundredths / 100, hundredths % 100);
        write!(formatter, "{} WRU, {} RRU; {}", units(self.write_units), units(self.read_units), calls.join(", "))
    }
}

/// Items before the calls, to see which index keys moved.
#[derive(Debug, Default)]
pub struct Meter {
    before: HashMap<Key, Item>,
}

impl Meter {
    /// Looks at the items some calls are about to write; made from an earlier run of the same calls, or empty for new items.
    pub async fn look(client: &aws_sdk_dynamodb::Client, table: &str, keys: &[Key]) -> Self {
        let mut before = HashMap::new();
        for key in keys {
            if let Some(item) = read(client, table, key).await {
                before.insert(key.clone(), item);
            }
        }
        Self { before }
    }

    /// What the calls cost, given the items as they are now.
    pub async fn cost(&self, client: &aws_sdk_dynamodb::Client, table: &str, calls: &[Call]) -> Cost {
        let mut cost = Cost::default();
        let mut indexed = Vec::new();
        for call in calls {
            *cost.calls.entry(format!("{}.{}", call.service, call.operation)).or_default() += 1;
            match &call.touched {
                Touched::Nothing => {}
                Touched::Queries => cost.read_units += 50,
                Touched::Reads(keys, consistency) => {
                    for key in keys {
                        let size = read(client, table, key).await.map_or(0, |item| size(&item));
                        let units = size.div_ceil(4096).max(1) * 100;
                        cost.read_units += if *consistency == Consistency::Strong { units } else { units / 2 };
                    }
                }
                Touched::Writes(key) => cost.write_units += self.write(client, table, key, &mut indexed).await,
                Touched::Transacts(keys) => {
                    for key in keys {
                        cost.write_units += 2 * self.write(client, table, key, &mut indexed).await;
                    }
                }
            }
        }
        cost
    }

    async fn write(&self, client: &aws_sdk_dynamodb::Client, table: &str, key: &Key, indexed: &mut Vec<Key>) -> u64 {
        let after = read(client, table, key).await.unwrap_or_default();
        let before = self.before.get(key);
        let larger = size(&after).max(before.map_or(0, size));
        let mut units = larger.div_ceil(1024).max(1) * 100;
        let place = |item: &Item| (item.get("GSI1PK").cloned(), item.get("GSI1SK").cloned());
        let (old, new) = (before.map(place).filter(|place| place.0.is_some()), Some(place(&after)).filter(|place| place.0.is_some()));
        if old != new && !indexed.contains(key) {
            units += 100 * (u64::from(old.is_some()) + u64::from(new.is_some()));
            indexed.push(key.clone());
        }
        units
    }
}

async fn read(client: &aws_sdk_dynamodb::Client, table: &str, (partition, sort): &Key) -> Option<Item> {
    let get = client.get_item().table_name(table).consistent_read(true);
    let get = get.key("PK", AttributeValue::S(partition.clone())).key("SK", AttributeValue::S(sort.clone()));
    get.send().await.expect("the table does not answer").item
}

/// The size of an item in bytes, by DynamoDB's rules.
fn size(item: &Item) -> u64 {
    item.iter().map(|(name, value)| bytes(name.len()) + value_size(value)).sum()
}

fn value_size(value: &AttributeValue) -> u64 {
    match value {
        AttributeValue::S(text) => bytes(text.len()),
        AttributeValue::N(digits) => bytes(digits.len().div_ceil(2) + 1),
        AttributeValue::B(blob) => bytes(blob.as_ref().len()),
        AttributeValue::L(list) => 3 + list.iter().map(|value| 1 + value_size(value)).sum::<u64>(),
        AttributeValue::M(map) => 3 + map.iter().map(|(name, value)| 1 + bytes(name.len()) + value_size(value)).sum::<u64>(),
        AttributeValue::Ss(set) | AttributeValue::Ns(set) => set.iter().map(|text| bytes(text.len())).sum(),
        AttributeValue::Bool(_) | AttributeValue::Bs(_) | AttributeValue::Null(_) | _ => 1,
    }
}

fn bytes(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
