//! Files on the deployed stack: a customer's photo is fetched through queue and function and read by the address the API gives; a
//! colleague's bill is sent to the object store and arrives at Meta once.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use shared::{
    boot,
    domain::{id::ClientMessageId, messaging::media::Sha256Hash},
};
use testkit::Stack;

use crate::{
    api::{Client, conversation},
    common::{http, until},
};

const PHONE: &str = "919876544451";

/// A photo from a customer's phone; the message of it as the API shows it once the file is here.
async fn photo_arrives(stack: &Stack, client: &Client, path: &str) -> Value {
    let simulator = &stack.endpoints.simulator_url;
    let file = http().post(format!("{simulator}/media")).header("content-type", "image/jpeg").body(crate::media::PHOTO.to_vec());
    let image: Value = file.send().await.unwrap().json().await.unwrap();
    let value = json!({"messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "918047000123", "phone_number_id": stack.endpoints.phone_number_id},
        "contacts": [{"profile": {"name": "Kavita"}, "wa_id": PHONE}],
        "messages": [{"from": PHONE, "type": "image", "image": image}]});
    // As often as Meta likes: it is one file.
    http().post(format!("{simulator}/inbound?times=3")).json(&value).send().await.unwrap();
    until("the photo", || async {
        let (_, page) = client.get(&format!("{path}/messages")).await;
        let stored = |item: &&Value| item["media"][0]["state"] == "stored";
        page["items"].as_array()?.iter().find(stored).cloned()
    })
    .await
}

#[tokio::test]
async fn a_photo_comes_in_and_a_bill_goes_out() {
    let stack = Stack::find().await;
    let client = Client::log_in(&stack).await;
    let conversation = conversation(&stack, &client, PHONE).await;
    let path = format!("/v1/conversations/{}", conversation["id"].as_str().unwrap());

    let photo = photo_arrives(&stack, &client, &path).await;
    let id = photo["media"][0]["id"].as_str().unwrap();
    let (status, readable) = client.get(&format!("/v1/media/{id}")).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(http().get(readable["url"].as_str().unwrap()).send().await.unwrap().bytes().await.unwrap(), crate::media::PHOTO);
    let (missing, _) = client.get("/v1/media/01930f5e-0000-7000-8000-000000000000").await;
    assert_eq!(missing, StatusCode::NOT_FOUND);

    let bill = b"%PDF-1.7\na bill for Kavita";
    let key: ClientMessageId = boot::moment().ids.next();
    let asked = json!({"kind": "document", "mime_type": "application/pdf", "size": bill.len(), "sha256": Sha256Hash::of(bill).to_string(),
        "filename": "bill.pdf"});
    let (status, expected) = client.ask(Method::POST, "/v1/media", Some(key), Some(asked)).await;
    assert_eq!(status, StatusCode::CREATED, "{expected}");
    let mut put = http().put(expected["upload"]["url"].as_str().unwrap());
    for (name, value) in expected["upload"]["headers"].as_object().unwrap() {
        // What the bucket lets a page set, as template.yaml says.
        assert!(["content-type", "x-amz-checksum-sha256", "x-amz-sdk-checksum-algorithm"].contains(&name.as_str()), "{name}");
        put = put.header(name, value.as_str().unwrap());
    }
    assert_eq!(put.body(bill.to_vec()).send().await.unwrap().status(), StatusCode::OK);
    let media = expected["media"]["id"].as_str().unwrap();
    let (status, kept) = client.ask(Method::POST, &format!("/v1/media/{media}/complete"), None, None).await;
    assert_eq!((status, &kept["state"]), (StatusCode::OK, &json!("stored")), "{kept}");

    for _ in 0..2 {
        let message = json!({"document": {"media": media, "caption": "Your bill", "filename": "bill.pdf"}});
        let id: ClientMessageId = boot::moment().ids.next();
        let (status, sent) = client.ask(Method::POST, &format!("{path}/messages"), Some(id), Some(message)).await;
        assert_eq!(status, StatusCode::ACCEPTED, "{sent}");
    }
    let sent = until("the bills", || async {
        let sent: Value = http().get(format!("{}/sent", stack.endpoints.simulator_url)).send().await.ok()?.json().await.ok()?;
        let to = |request: &&Value| request["body"]["to"] == PHONE && request["body"]["type"] == "document";
        let sent: Vec<Value> = sent.as_array()?.iter().filter(to).map(|request| request["body"]["document"].clone()).collect();
        (sent.len() == 2).then_some(sent)
    })
    .await;
    assert_eq!(sent[0], sent[1], "given to Meta once and named twice");
    assert_eq!(sent[0]["filename"], "bill.pdf");
    let given = http().get(format!("{}/phone/media/{}", stack.endpoints.simulator_url, sent[0]["id"].as_str().unwrap()));
    assert_eq!(given.send().await.unwrap().bytes().await.unwrap(), &bill[..]);
}
