//! What is sealed opens where it was sealed, and nowhere else.

use aws_sdk_dynamodb::types::AttributeValue;
use shared::{
    domain::class::{Class, Classify as _},
    store::StoreError,
};
use testkit::Tap;

use crate::common::World;

#[tokio::test]
async fn a_token_opens_only_in_its_own_row() {
    let (one, other) = (World::make().await, World::make().await);
    assert!(one.table.tenant(one.shop.tenant).number_with_token(&one.shop.number).await.unwrap().is_some());

    let client = one.stack.dynamodb(&Tap::default());
    let key = |world: &World| AttributeValue::S(format!("T#{}#N#{}", world.shop.tenant, world.shop.number));
    let table = &one.stack.endpoints.table;
    let get = client.get_item().table_name(table).key("PK", key(&one)).key("SK", AttributeValue::S("N".into()));
    let stolen = get.send().await.unwrap().item.unwrap()["tk"].clone();
    assert!(!stolen.as_s().unwrap().contains("token"));
    client
        .update_item()
        .table_name(table)
        .key("PK", key(&other))
        .key("SK", AttributeValue::S("N".into()))
        .update_expression("SET tk = :stolen")
        .expression_attribute_values(":stolen", stolen)
        .send()
        .await
        .unwrap();
    let opened = other.table.tenant(other.shop.tenant).number_with_token(&other.shop.number).await;
    assert!(matches!(opened, Err(StoreError::Sealed)));
    assert_eq!(StoreError::Sealed.class(), Class::Bug);
}
