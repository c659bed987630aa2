//! Media: up, looked up, down, gone.

use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::support::{NUMBER, Stage, TOKEN, stage};

async fn upload(stage: &Stage, mime_type: &str, bytes: Vec<u8>) -> reqwest::Response {
    let file = Part::bytes(bytes).file_name("bill.png").mime_str(mime_type).unwrap();
    let form = Form::new().text("messaging_product", "whatsapp").part("file", file);
    stage.client.post(stage.at(&format!("/v24.0/{NUMBER}/media"))).bearer_auth(TOKEN).multipart(form).send().await.unwrap()
}

#[tokio::test]
async fn a_file_goes_up_and_comes_down() {
    let stage = stage(json!({})).await;
    let answer: Value = upload(&stage, "image/png", b"picture".to_vec()).await.json().await.unwrap();
    let id = answer["id"].as_str().unwrap();
    let path = format!("/v24.0/{id}?phone_number_id={NUMBER}");
    let looked_up: Value = stage.client.get(stage.at(&path)).bearer_auth(TOKEN).send().await.unwrap().json().await.unwrap();
    assert_eq!(looked_up["mime_type"], "image/png");
    assert_eq!(looked_up["file_size"], "7");
    assert_eq!(looked_up["sha256"].as_str().unwrap().len(), 64);

    let url = looked_up["url"].as_str().unwrap();
    let get = |token: &str, agent: &str| {
        let request = stage.client.get(url).bearer_auth(token);
        if agent.is_empty() { request } else { request.header("User-Agent", agent) }
    };
    assert_eq!(get("wrong", "platform/1").send().await.unwrap().status(), 401);
    assert_eq!(get(TOKEN, "").send().await.unwrap().status(), 400);
    let file = get(TOKEN, "platform/1").send().await.unwrap();
    assert_eq!(file.headers()["content-type"], "image/png");
    assert_eq!(file.bytes().await.unwrap().as_ref(), b"picture");
    let expired = url.replace("ext=1", "ext=0");
    assert_ne!(expired, url);
    let late = stage.client.get(expired).bearer_auth(TOKEN).header("User-Agent", "platform/1").send().await.unwrap();
    assert_eq!(late.status(), 404);

    let delete = || stage.client.delete(stage.at(&path)).bearer_auth(TOKEN).send();
    assert_eq!(delete().await.unwrap().json::<Value>().await.unwrap(), json!({ "success": true }));
    let gone: Value = delete().await.unwrap().json().await.unwrap();
    assert_eq!(gone["error"]["error_subcode"], 33);
}

#[tokio::test]
async fn what_meta_does_not_take_is_refused() {
    let stage = stage(json!({})).await;
    let cases = [("application/zip", 10, "application/zip"), ("image/png", 5 * 1024 * 1024 + 1, "at most"), ("image/png", 0, "empty")];
    for (mime_type, size, words) in cases {
        let response = upload(&stage, mime_type, vec![7; size]).await;
        assert_eq!(response.status(), 400);
        let error: Value = response.json().await.unwrap();
        let details = error["error"]["error_data"]["details"].as_str().unwrap();
        assert!(details.starts_with("file: ") && details.contains(words), "{details}");
    }
}

#[tokio::test]
async fn a_test_can_let_a_user_send_a_file() {
    let stage = stage(json!({})).await;
    let request = stage.client.post(stage.at("/media")).header("Content-Type", "image/jpeg").body("photo");
    let part: Value = request.send().await.unwrap().json().await.unwrap();
    assert_eq!(part["sha256"], "VcZND81vnV98goCThX4/39poR4u06b0k1IHvORx4BOg=");
    let looked_up = stage.client.get(stage.at(&format!("/v24.0/{}", part["id"].as_str().unwrap()))).bearer_auth(TOKEN);
    assert_eq!(looked_up.send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn files_go_when_their_time_is_over() {
    let stage = stage(json!({})).await;
    for (days, status) in [(6, 200), (7, 400)] {
        let request = stage.client.post(stage.at(&format!("/media?age_days={days}"))).header("Content-Type", "image/jpeg").body("photo");
        let part: Value = request.send().await.unwrap().json().await.unwrap();
        let path = format!("/v24.0/{}?phone_number_id={NUMBER}", part["id"].as_str().unwrap());
        let looked_up = stage.client.get(stage.at(&path)).bearer_auth(TOKEN).send().await.unwrap();
        assert_eq!(looked_up.status(), status, "after {days} days");
        let download = stage.client.get(part["url"].as_str().unwrap()).bearer_auth(TOKEN).header("User-Agent", "platform/1");
        assert_eq!(download.send().await.unwrap().status(), if status == 200 { 200 } else { 404 });
        let on_phone = stage.client.get(stage.at(&format!("/phone/media/{}", part["id"].as_str().unwrap())));
        assert_eq!(on_phone.send().await.unwrap().status(), 200, "a phone keeps what it has");
    }
}

#[tokio::test]
async fn a_test_can_let_meta_tell_another_checksum_and_size() {
    let stage = stage(json!({})).await;
    let told = format!("/media?sha256={}&file_size=209715200", "00".repeat(32));
    let request = stage.client.post(stage.at(&told)).header("Content-Type", "video/mp4").body("film");
    let part: Value = request.send().await.unwrap().json().await.unwrap();
    assert_eq!(part["sha256"], "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    let looked_up = stage.client.get(stage.at(&format!("/v24.0/{}", part["id"].as_str().unwrap()))).bearer_auth(TOKEN);
    let looked_up: Value = looked_up.send().await.unwrap().json().await.unwrap();
    assert_eq!((&looked_up["sha256"], &looked_up["file_size"]), (&json!("00".repeat(32)), &json!("209715200")));
}
