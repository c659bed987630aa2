//! The operation ledger's rows about files: what one that came in costs beside its message, and one that goes out.

use std::sync::Arc;

use shared::domain::{task::Task, time::SignedDuration};
use testkit::{Meter, ScriptedFiles, Tap};

use crate::{
    common::{World, delivery},
    media::{PHOTO, announced, photo},
};

#[tokio::test]
async fn a_file_that_came_in_costs_its_row_and_a_hint() {
    let world = World::make().await;
    let files = Arc::new(ScriptedFiles::new(&world.tap, &[("501", PHOTO)]));
    let app = world.channel(&files);
    let client = world.stack.dynamodb(&Tap::default());
    let table = &world.stack.endpoints.table;
    for (place, warm) in [("wamid.first", false), ("wamid.second", true)] {
        let task = announced(&world, &photo(&world, place, SignedDuration::ZERO)).await;
        world.tap.heal();
        channel::handle(&app, delivery(Task::FetchMediaV1(Box::new(task)))).await.unwrap();
        let cost = Meter::default().cost(&client, table, &world.tap.calls()).await;
        println!("channel, a photo, {:<45} {cost}", if warm { "the number known" } else { "cold sandbox" });
        if warm {
            assert_eq!((cost.write_units, cost.read_units), (200, 100), "{cost}");
            let calls: Vec<(&str, usize)> = cost.calls.iter().map(|(call, count)| (call.as_str(), *count)).collect();
            let expected =
                [("DynamoDB.GetItem", 1), ("DynamoDB.PutItem", 1), ("DynamoDB.UpdateItem", 1), ("Meta.Fetch", 1), ("S3.PutObject", 1)];
            assert_eq!(calls, expected);
        }
    }
}
