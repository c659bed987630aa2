//! Scenarios are played from a seed, in simulated time.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::json;
use simulator::{Scenario, Setting, Step};

use crate::support::{NUMBER, Stage, stage, text};

fn setting(seed: u64) -> Setting {
    Setting { seed, start: Timestamp::from_second(1_793_500_000).unwrap(), kept: None, pace: 1 }
}

/// Plays to the end; a webhook is answered as `answer` says of its number. The answer is each webhook's time and bytes.
fn play(stage: &Stage, scenario: &str, setting: &Setting, answer: impl Fn(usize) -> Option<u16>) -> Vec<(Timestamp, Vec<u8>)> {
    stage.simulator.perform(&Scenario::named(scenario).unwrap(), setting).unwrap();
    let mut webhooks = Vec::new();
    while let Some((at, step)) = stage.simulator.step() {
        if let Step::Webhook(letter) = step {
            stage.simulator.answered(&letter, answer(webhooks.len()));
            webhooks.push((at, letter.body));
        }
    }
    webhooks
}

#[tokio::test]
async fn a_seed_is_a_play_and_another_seed_is_another() {
    let stage = stage(json!({})).await;
    for scenario in ["duplicate", "reorder", "batch", "late", "storm"] {
        let once = play(&stage, scenario, &setting(7), |_| Some(200));
        assert_eq!(once, play(&stage, scenario, &setting(7), |_| Some(200)), "{scenario}");
        assert_ne!(once, play(&stage, scenario, &setting(8), |_| Some(200)), "{scenario}");
        assert!(once.is_sorted_by_key(|(at, _)| *at), "{scenario}");
    }
}

#[tokio::test]
async fn a_line_left_out_changes_nothing_for_the_others() {
    let stage = stage(json!({})).await;
    let all = play(&stage, "late", &setting(3), |_| Some(200));
    let lines = Scenario::named("late").unwrap().script().unwrap().lines.len();
    // One that no other line is about.
    let fewer = Setting { kept: Some((0..lines).filter(|place| *place != 1).collect::<BTreeSet<_>>()), ..setting(3) };
    let rest = play(&stage, "late", &fewer, |_| Some(200));
    let told = |(at, body): &(Timestamp, Vec<u8>)| format!("{at} {}", String::from_utf8_lossy(body));
    let all: Vec<String> = all.iter().map(told).collect();
    let changed: Vec<String> = rest.iter().map(told).filter(|webhook| !all.contains(webhook)).collect();
    assert!(rest.len() < all.len() && changed.is_empty(), "{changed:#?} are not among {all:#?}");
}

#[tokio::test]
async fn meta_tries_a_refused_webhook_for_a_week_and_then_gives_up() {
    let stage = stage(json!({})).await;
    let first = Setting { kept: Some(BTreeSet::from([0])), ..setting(1) };
    let tries = play(&stage, "calm", &first, |place| if place == 3 { Some(200) } else { Some(503) });
    assert_eq!(tries.len(), 4, "the fourth try is taken");
    let tries = play(&stage, "calm", &first, |_| None);
    let (begin, end) = (tries[0].0, tries[tries.len() - 1].0);
    let days = end.duration_since(begin).as_hours() / 24;
    assert!((6..=7).contains(&days), "{days} days");
    assert_eq!(stage.simulator.given_up().len(), 1);
}

#[tokio::test]
async fn statuses_come_in_the_time_of_the_play() {
    let stage = stage(json!({})).await;
    let first = Setting { kept: Some(BTreeSet::from([0])), ..setting(1) };
    play(&stage, "calm", &first, |_| Some(200));
    let now = stage.simulator.next_at();
    assert_eq!(now, None);
    let response =
        stage.send(json!({ "to": "919876511001", "type": "text", "text": { "body": "₹45" }, "biz_opaque_callback_data": "1.x.M#1" }));
    assert_eq!(response.await.status(), 200);
    let mut stages = Vec::new();
    while let Some((_, step)) = stage.simulator.step() {
        let Step::Webhook(letter) = step else { panic!("{step:?}") };
        let body: serde_json::Value = serde_json::from_slice(&letter.body).unwrap();
        stages.push(crate::support::value_of(&body)["statuses"][0]["status"].as_str().unwrap().to_owned());
        stage.simulator.answered(&letter, Some(200));
    }
    assert_eq!(stages[..2], ["sent", "delivered"]);
    assert_eq!(stage.simulator.taken().len(), 1);
}

#[tokio::test]
async fn a_revoked_token_opens_nothing_until_there_is_a_new_one() {
    let stage = stage(json!({})).await;
    stage.simulator.perform(&Scenario::named("token_revoked").unwrap(), &setting(1)).unwrap();
    let mut answers = Vec::new();
    while let Some((_, step)) = stage.simulator.step() {
        match step {
            Step::Webhook(letter) => stage.simulator.answered(&letter, Some(200)),
            Step::TokenRevoked | Step::TokenRotated { .. } => answers.push(stage.send(text("Hi")).await.status().as_u16()),
            Step::Colleague { .. } | Step::Outage(_) | Step::Unheard => {}
        }
    }
    assert_eq!(answers, [401, 401], "the old one stays bad");
}

#[tokio::test]
async fn the_clock_can_be_moved() {
    let stage = stage(json!({})).await;
    let (status, shown) = stage.control("/clock", json!({ "stand_at": "2026-11-01T00:00:00Z" })).await;
    assert_eq!((status, &shown["now"]), (200, &json!("2026-11-01T00:00:00Z")));
    let (_, shown) = stage.control("/clock", json!({ "advance_s": 604_800 })).await;
    assert_eq!(shown["now"], "2026-11-08T00:00:00Z");
    assert_eq!(stage.control("/clock", json!({})).await.0, 400);
}

#[tokio::test]
async fn a_limit_says_when_to_come_back_and_a_gateway_is_not_meta() {
    let mut stage = stage(json!({})).await;
    stage.asha_writes().await;
    let rules = json!([{ "codes": [130_429, 4], "count": 2, "http": 429, "retry_after_s": 45 }, { "fault": "gateway", "http": 503 }]);
    assert_eq!(stage.control("/faults", rules).await.0, 201);
    for code in [130_429, 4] {
        let response = stage.send(text("Hi")).await;
        assert_eq!((response.status().as_u16(), response.headers()["retry-after"].to_str().unwrap()), (429, "45"));
        let error: serde_json::Value = response.json().await.unwrap();
        assert_eq!(error["error"]["code"], code);
    }
    let response = stage.send(text("Hi")).await;
    assert_eq!(response.status(), 503);
    assert!(response.text().await.unwrap().starts_with("<html>"));
    assert_eq!(stage.send(text(&format!("Hi {NUMBER}"))).await.status(), 200);
}
