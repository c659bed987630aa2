//! Two businesses: nothing of one is there for the other, whatever is asked and whatever is written.

use aws_sdk_dynamodb::types::AttributeValue;
use shared::{
    boot,
    domain::{
        crm::{Alias, Contact},
        erp::{Product, Stock},
        messaging::{
            conversation::Status,
            key::CallbackData,
            marks::Mark,
            status::{Stage, StatusUpdate},
        },
        page::PageSize,
        tenant::{Number, NumberHealth, Tenant, User, doctor::Report, silence::Pulse},
        text::Text,
    },
    store::StoreError,
    usecases::numbers::hear,
};
use testkit::Tap;

use crate::common::{World, receive};

#[tokio::test]
async fn nothing_of_one_business_is_there_for_another() {
    let world = World::make().await;
    let stranger = World::on(&world.stack).await.shop.tenant;
    let message = world.shop.says(1, "wamid.secret", boot::now(), "sugar price");
    receive(&world.dispatch(), &message).await.unwrap();
    let conversation = world.conversation(&message).await;
    let other = world.table.tenant(stranger);
    let own = world.table.tenant(world.shop.tenant);
    let known = own.known(&Alias::WhatsApp(message.sender.phone.unwrap())).await.unwrap().unwrap();

    assert!(own.get::<Contact>(&known.contact).await.unwrap().is_some());
    assert!(other.get::<Contact>(&known.contact).await.unwrap().is_none());
    assert!(other.get::<Product>(&world.shop.sugar).await.unwrap().is_none());
    assert!(other.get::<Stock>(&world.shop.sugar).await.unwrap().is_none());
    assert!(other.get::<Number>(&world.shop.number).await.unwrap().is_none());
    assert_eq!(other.get::<Tenant>(&()).await.unwrap().unwrap().body.id, stranger);
    assert!(other.get::<User>(&boot::moment().ids.next()).await.unwrap().is_none());
    assert!(other.number_with_token(&world.shop.number).await.unwrap().is_none());
    assert!(other.number_with_webhook_secret(&world.shop.number).await.unwrap().is_none());
    assert!(other.numbers().await.unwrap().iter().all(|read| read.body.id != world.shop.number));
    hear::run(&boot::moment(), &world.table, world.shop.tenant, &world.shop.number).await.unwrap();
    assert!(own.get::<Pulse>(&world.shop.number).await.unwrap().is_some());
    assert!(other.get::<Pulse>(&world.shop.number).await.unwrap().is_none());
    let report = Report { id: world.shop.number.clone(), at: boot::now(), findings: Vec::new() };
    own.keep_report(&report).await.unwrap();
    assert!(other.get::<Report>(&world.shop.number).await.unwrap().is_none());
    own.remember_wamid(&world.shop.number, "wamid.out", CallbackData { conversation, message: message.key() }, boot::now()).await.unwrap();
    assert!(own.place_of_wamid(&world.shop.number, "wamid.out").await.unwrap().is_some());
    assert!(other.place_of_wamid(&world.shop.number, "wamid.out").await.unwrap().is_none());
    // Another business can neither give the number up nor note that it was heard.
    let directory = world.table.directory();
    directory.release_number(&world.shop.number, stranger).await.unwrap();
    directory.note_heard(&world.shop.number, stranger, i64::MAX).await.unwrap();
    let owner = directory.owner_of_number(&world.shop.number).await.unwrap().unwrap();
    assert!(owner.tenant == world.shop.tenant && owner.heard < i64::MAX);
    assert!(other.product_with_stock(world.shop.sugar).await.unwrap().is_none());
    assert!(other.products().await.unwrap().iter().all(|product| product.id() != world.shop.sugar));
    assert!(other.known(&Alias::WhatsApp(message.sender.phone.unwrap())).await.unwrap().is_none());
    assert!(other.conversation(conversation).await.unwrap().is_none());
    assert!(other.message(conversation, message.key()).await.unwrap().is_none());
    assert!(other.messages(conversation, PageSize::DEFAULT, None).await.unwrap().items.is_empty());
    for status in Status::ALL {
        assert!(other.conversations(status, PageSize::DEFAULT, None).await.unwrap().items.is_empty());
    }
    assert!(other.message_of_wamid(conversation, &message.wamid).await.unwrap().is_none());
    assert!(other.raw_message(conversation, message.key()).await.unwrap().is_none());
    assert!(other.get::<NumberHealth>(&world.shop.number).await.unwrap().is_none());
    own.park(&world.shop.number, "call", "{}", boot::now()).await.unwrap();
    assert!(other.parked(PageSize::DEFAULT, None).await.unwrap().items.is_empty());
    let place = CallbackData { conversation, message: message.key() };
    let gone = Mark::Revoke(boot::now());
    assert!(!other.mark_message(place, &gone, message.key()).await.unwrap());
    assert!(own.message(conversation, message.key()).await.unwrap().unwrap().marks.revoked_at.is_none());
    let update = StatusUpdate::new(Text::new("wamid.x").unwrap(), Stage::Read, boot::now());
    assert!(!other.record_status(place, &update).await.unwrap());
    other.mark_read(conversation, boot::now()).await.unwrap();
    assert!(own.conversation(conversation).await.unwrap().unwrap().read_up_to.is_none());
}

#[tokio::test]
async fn a_row_that_says_it_is_another_tenants_is_never_read() {
    let world = World::make().await;
    let stranger = World::on(&world.stack).await.shop.tenant;
    let client = world.stack.dynamodb(&Tap::default());
    client
        .update_item()
        .table_name(&world.stack.endpoints.table)
        .key("PK", AttributeValue::S(format!("T#{}#P#{}", world.shop.tenant, world.shop.sugar)))
        .key("SK", AttributeValue::S("P".into()))
        .update_expression("SET t = :stranger")
        .expression_attribute_values(":stranger", AttributeValue::S(stranger.to_string()))
        .send()
        .await
        .unwrap();
    let read = world.table.tenant(world.shop.tenant).get::<Product>(&world.shop.sugar).await;
    assert!(matches!(read, Err(StoreError::Foreign)));
}
