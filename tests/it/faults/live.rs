//! A handful of scenarios on the deployed stack: real processes, real queues, real time, played by the simulator itself.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Value, json};
use shared::{
    domain::{
        crm::Alias,
        messaging::{
            conversation::{Direction, conversation_of},
            inbound::InboundContent,
            key::MessageKey,
            message::{Content, Message},
            status::State,
        },
        page::PageSize,
        tenant::NumberId,
    },
    store::TenantStore,
};
use simulator::Scenario;
use testkit::{Stack, Tap};

use crate::common::{http, until};

/// What was said to our numbers, once all lines are spoken.
async fn said(stack: &Stack) -> Option<(BTreeSet<String>, Value)> {
    let address = format!("{}/scenarios/current", stack.endpoints.simulator_url);
    let state: Value = http().get(address).send().await.unwrap().json().await.unwrap();
    let said = state["said"].as_array()?.iter().filter_map(|id| id.as_str().map(str::to_owned)).collect();
    (state["lines"] == 0).then_some((said, state))
}

/// The threads of the people of a script on the shop's number.
async fn threads(store: &TenantStore, number: &NumberId, scenario: &Scenario) -> Vec<Message> {
    let mut messages = Vec::new();
    for person in scenario.script().unwrap().people {
        let Some(known) = store.known(&Alias::WhatsApp(person.phone.parse().unwrap())).await.unwrap() else { continue };
        let thread = store.messages(conversation_of(known.contact, number), PageSize::DEFAULT, None).await.unwrap();
        messages.extend(thread.items);
    }
    messages
}

/// Whether everything said is there, whatever was written is answered, and the answers have come to an end.
fn settled(messages: &[Message], said: &BTreeSet<String>) -> bool {
    let (wamids, keys): (BTreeSet<&str>, BTreeSet<MessageKey>) =
        messages.iter().map(|message| (message.wamid.as_ref().map_or("", |wamid| wamid.as_str()), message.key)).unzip();
    let stored = messages.iter().filter(|message| message.wamid.as_ref().is_some_and(|wamid| said.contains(wamid.as_str())));
    let is_text = |message: &Message| matches!(&message.content, Content::Inbound(InboundContent::Text { .. }));
    let mut sent = messages.iter().filter(|message| message.direction() == Direction::Outbound);
    said.iter().all(|said| wamids.contains(said.as_str()))
        && stored.into_iter().all(|message| !is_text(message) || keys.contains(&message.key.reply(0)))
        && sent.all(|message| !matches!(message.state(), State::Queued | State::Sending))
}

#[tokio::test]
async fn scenarios_that_need_no_hours_hold_on_the_deployed_stack() {
    let stack = Stack::find().await;
    let number = NumberId::new(&stack.endpoints.phone_number_id).unwrap();
    let table = stack.table(&Tap::default());
    let tenant = table.directory().owner_of_number(&number).await.unwrap().expect("the demo shop is not there").tenant;
    let store = table.tenant(tenant);
    let address = |path: &str| format!("{}{path}", stack.endpoints.simulator_url);
    let live = Scenario::all().unwrap().into_iter().filter(|scenario| scenario.live && scenario.platform.kill_percent == 0);
    for (seed, scenario) in (1_u64..).zip(live) {
        // A seed of its own: the same script and seed say the same messages.
        let order = json!({ "name": scenario.name, "seed": seed, "pace": 200 });
        let answer = http().post(address("/scenarios")).json(&order).send().await.unwrap();
        assert_eq!(answer.status(), 202, "{}", scenario.name);
        let state = until(&scenario.name, || async {
            let (said, state) = said(&stack).await?;
            settled(&threads(&store, &number, &scenario).await, &said).then_some(state)
        })
        .await;
        let mut times: HashMap<&str, usize> = HashMap::new();
        for taken in state["messages"].as_array().unwrap() {
            *times.entry(taken["callback_data"].as_str().unwrap()).or_default() += 1;
        }
        assert!(!times.is_empty() && times.values().all(|times| *times == 1), "{}: {times:?}", scenario.name);
    }
    http().delete(address("/scenarios/current")).send().await.unwrap();
}
