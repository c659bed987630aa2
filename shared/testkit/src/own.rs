//! A table of a test's own: like the stack's, without its stream, and read as a whole.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::{AttributeValue, BillingMode, GlobalSecondaryIndex};
use serde_json::{Map, Value};
use store::{Keyring, Table};

use crate::{stack::Stack, tap::Tap};

/// A row as the table has it.
pub type Item = HashMap<String, AttributeValue>;

/// A table nobody else writes to.
#[derive(Clone, Debug)]
pub struct OwnTable {
    stack: Stack,
    name: String,
}

impl OwnTable {
    /// Makes a table with the keys and indexes of the stack's.
    pub async fn make(stack: &Stack) -> Self {
        let client = stack.dynamodb(&Tap::default());
        let described = client.describe_table().table_name(&stack.endpoints.table).send().await.expect("the stack has no table");
        let like = described.table.expect("the table has no description");
        let indexes: Vec<GlobalSecondaryIndex> = like
            .global_secondary_indexes()
            .iter()
            .map(|index| {
                GlobalSecondaryIndex::builder()
                    .set_index_name(index.index_name.clone())
                    .set_key_schema(index.key_schema.clone())
                    .set_projection(index.projection.clone())
                    .build()
                    .expect("an index is incomplete")
            })
            .collect();
        let mut random = [0; 8];
        getrandom::fill(&mut random).expect("no randomness");
        let name = format!("{}-{:016x}", stack.endpoints.table, u64::from_be_bytes(random));
        client
            .create_table()
            .table_name(&name)
            .billing_mode(BillingMode::PayPerRequest)
            .set_key_schema(like.key_schema)
            .set_attribute_definitions(like.attribute_definitions)
            .set_global_secondary_indexes(Some(indexes).filter(|indexes| !indexes.is_empty()))
            .send()
            .await
            .expect("no table of one's own");
        Self { stack: stack.clone(), name }
    }

    /// The table, through a tap.
    #[must_use]
    pub fn through(&self, tap: &Tap) -> Table {
        let kms = aws_sdk_kms::Client::from_conf(aws_sdk_kms::config::Builder::from(self.stack.sdk()).interceptor(tap.clone()).build());
        Table::new(self.stack.dynamodb(tap), self.name.clone(), Keyring::new(kms, self.stack.endpoints.kms_key_id.clone()))
    }

    /// Everything in it. A test alone may ask that.
    pub async fn items(&self) -> Vec<Item> {
        let client = self.stack.dynamodb(&Tap::default());
        let pages = client.scan().table_name(&self.name).consistent_read(true).into_paginator().items().send();
        pages.collect::<Result<_, _>>().await.expect("the table does not answer")
    }

    /// Removes it.
    pub async fn remove(self) {
        let client = self.stack.dynamodb(&Tap::default());
        client.delete_table().table_name(&self.name).send().await.expect("the table stays");
    }
}

/// A row as JSON. What is sealed, and so different each time, is only said to be there.
#[must_use]
pub fn json(item: &Item) -> Map<String, Value> {
    item.iter().map(|(name, value)| (name.clone(), plain(value))).collect()
}

fn plain(value: &AttributeValue) -> Value {
    match value {
        AttributeValue::S(text) => Value::String(text.clone()),
        AttributeValue::N(digits) => Value::String(digits.clone()),
        AttributeValue::Bool(flag) => Value::Bool(*flag),
        AttributeValue::L(values) => values.iter().map(plain).collect(),
        AttributeValue::M(map) => Value::Object(json(map)),
        AttributeValue::Ss(values) | AttributeValue::Ns(values) => {
            let mut values = values.clone();
            values.sort();
            values.into()
        }
        AttributeValue::B(_) | AttributeValue::Bs(_) => "sealed".into(),
        AttributeValue::Null(_) | _ => Value::Null,
    }
}
