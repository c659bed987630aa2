//! A handful of scenarios on the deployed stack: real processes, real queues, real time, played by the simulator itself.

use std::collections::HashMap;

use serde_json::{Value, json};
use simulator::Scenario;
use testkit::Stack;

use crate::common::{http, until};

/// The people of the scripts, under other numbers than the demo shop's own: other tests look at those.
#[tokio::test]
async fn scenarios_that_need_no_hours_hold_on_the_deployed_stack() {
    let stack = Stack::find().await;
    let address = |path: &str| format!("{}{path}", stack.endpoints.simulator_url);
    for scenario in Scenario::all().unwrap().into_iter().filter(|scenario| scenario.live && scenario.platform.kill_percent == 0) {
        let order = json!({ "name": scenario.name, "seed": 1, "pace": 200 });
        let answer = http().post(address("/scenarios")).json(&order).send().await.unwrap();
        assert_eq!(answer.status(), 202, "{}", scenario.name);
        let ended = until(&scenario.name, || async {
            let state: Value = http().get(address("/scenarios/current")).send().await.unwrap().json().await.unwrap();
            (state["done"] == true && state["messages"].as_array().is_some_and(|taken| !taken.is_empty())).then_some(state)
        })
        .await;
        assert_eq!(ended["given_up"], 0, "{}", scenario.name);
        let mut times: HashMap<&str, usize> = HashMap::new();
        for taken in ended["messages"].as_array().unwrap() {
            *times.entry(taken["callback_data"].as_str().unwrap()).or_default() += 1;
        }
        assert!(times.values().all(|times| *times == 1), "{}: {times:?}", scenario.name);
    }
    http().delete(address("/scenarios/current")).send().await.unwrap();
}
