//! The sample events: each reads as what its function takes, and no function is without one.

use std::{collections::BTreeSet, fs, path::Path};

use lambda_http::request::from_str as http_request;
use shared::{
    boot,
    changes::Batch,
    domain::task::{Destination, Task},
    event::Anything,
    providers::{signature::verify_meta, whatsapp::inbound},
    sqs::{Delivery, consume},
    usecases::Error,
};

/// What the sample webhooks are signed with.
const APP_SECRET: &str = "sample-app-secret";

/// The entries of a folder of this repository, in order.
fn names(folder: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn every_sample_reads_as_what_its_function_takes() {
    let mut sampled = BTreeSet::new();
    for function in names("events").into_iter().filter(|name| name != "README.md") {
        for file in names(&format!("events/{function}")) {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../events").join(&function).join(&file);
            let text = fs::read_to_string(path).unwrap();
            println!("{function}/{file}");
            match function.as_str() {
                "webhook" => webhook(&text),
                "dispatch" | "outbound" | "channel" => tasks(&function, &text).await,
                "stream" => assert_eq!(serde_json::from_str::<Batch>(&text).unwrap().changes(boot::now()).len(), 2),
                "websocket" => drop(serde_json::from_str::<websocket::Event>(&text).unwrap()),
                "dashboard-api" => assert!(http_request(&text).unwrap().uri().path().starts_with("/v1/")),
                "scheduler" => drop(serde_json::from_str::<Anything>(&text).unwrap()),
                other => panic!("{other} is no function"),
            }
        }
        sampled.insert(function);
    }
    assert_eq!(sampled, names("functions").into_iter().collect());
}

/// A challenge, or a body that is signed and reads.
fn webhook(text: &str) {
    let request = http_request(text).unwrap();
    if request.method() == "GET" {
        return assert!(request.uri().query().unwrap().contains("hub.challenge"));
    }
    let signature = request.headers()["x-hub-signature-256"].to_str().unwrap();
    let verified = verify_meta(request.body().as_ref(), Some(signature), APP_SECRET).unwrap();
    let webhook = inbound::read(verified).unwrap();
    let read = |event: &inbound::Event<'_>| matches!(event, inbound::Event::Message(_) | inbound::Event::Status(_));
    assert!(webhook.parts.iter().all(|part| part.events.iter().all(read)));
}

/// Tasks of this function's side, in the group and under the id they would have on the queue.
async fn tasks(function: &str, text: &str) {
    let event: serde_json::Value = serde_json::from_str(text).unwrap();
    for record in event["Records"].as_array().unwrap() {
        let task: Task = serde_json::from_str(record["body"].as_str().unwrap()).unwrap();
        assert_eq!(record["attributes"]["MessageGroupId"], task.group());
        assert_eq!(record["attributes"]["MessageDeduplicationId"], task.deduplication_id());
    }
    let side = function.to_owned();
    let again = consume(&side, &takes, serde_json::from_str(text).unwrap(), shared::domain::time::Timestamp::MAX).await.unwrap();
    assert!(again.batch_item_failures.is_empty());
}

async fn takes(side: &String, delivery: Delivery<Task>) -> Result<(), Error> {
    let of = match delivery.task.destination() {
        Destination::Inbound(_) => "dispatch",
        Destination::Outbound(_) => "outbound",
        Destination::Channel | Destination::Media => "channel",
    };
    // A panic is a message to be delivered again, which the test then sees.
    assert_eq!(of, side);
    Ok(())
}
