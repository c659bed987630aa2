//! A real `kill -9` of each function of the message path while it works, on the deployed stack: every acknowledged message is stored
//! and answered all the same.

use serde_json::json;
use shared::domain::{crm::Alias, messaging::conversation::conversation_of, page::PageSize, phone::Phone, tenant::NumberId};
use testkit::{Stack, Tap};

use crate::common::{http, until};

/// How many messages are sent, and kills made, for each function.
const MESSAGES: usize = 3;

/// The processes of a function of this stack.
fn processes(stack: &Stack, function: &str) -> Vec<u32> {
    let name = format!("AWS_LAMBDA_FUNCTION_NAME=tarun-{function}\0");
    let endpoint = format!("AWS_ENDPOINT_URL={}\0", stack.endpoints.aws_endpoint_url);
    let ids = std::fs::read_dir("/proc").unwrap().filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<u32>().ok());
    ids.filter(|id| {
        let environment = std::fs::read(format!("/proc/{id}/environ")).unwrap_or_default();
        let environment = String::from_utf8_lossy(&environment);
        environment.contains(&name) && environment.contains(&endpoint)
    })
    .collect()
}

async fn kill(id: u32) {
    tokio::process::Command::new("kill").args(["-9", &id.to_string()]).status().await.unwrap();
}

#[tokio::test]
async fn every_function_of_the_path_may_be_killed_while_it_works() {
    let stack = Stack::find().await;
    let table = stack.table(&Tap::default());
    let number = NumberId::new(&stack.endpoints.phone_number_id).unwrap();
    let tenant = table.directory().owner_of_number(&number).await.unwrap().expect("the demo shop is not there").tenant;
    let store = table.tenant(tenant);
    for (place, function) in (0..).zip(["dispatch", "outbound", "stream", "webhook"]) {
        let phone: Phone = (919_876_522_220_u64 + place).to_string().parse().unwrap();
        for message in 0..MESSAGES {
            // The simulator sends again, as Meta does, until the webhook has acknowledged.
            says(&stack, phone, &format!("wamid.kill.{function}.{message}")).await;
            for id in processes(&stack, function) {
                kill(id).await;
            }
        }
        let sent = until(&format!("{function} killed"), || async {
            let known = store.known(&Alias::WhatsApp(phone)).await.unwrap()?;
            let thread = store.messages(conversation_of(known.contact, &number), PageSize::DEFAULT, None).await.unwrap().items;
            let (inbound, sent): (Vec<_>, Vec<_>) = thread.into_iter().partition(|message| message.lane.is_some());
            let done = inbound.len() == MESSAGES
                && sent.len() == MESSAGES
                && sent.iter().all(|message| message.stages.accepted.is_some() || message.stages.sent.is_some());
            done.then_some(sent)
        })
        .await;
        let twice = sent.iter().filter(|message| message.possibly_twice).count();
        assert_eq!(sent.iter().filter(|message| message.stages.failed.is_some()).count(), 0);
        assert!(twice == 0 || function == "outbound", "{function}: {twice} perhaps twice");
    }
}

async fn says(stack: &Stack, phone: Phone, wamid: &str) {
    let from = phone.digits();
    let value = json!({"messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "918047000123", "phone_number_id": stack.endpoints.phone_number_id},
        "contacts": [{"profile": {"name": "Asha Verma"}, "wa_id": from}],
        "messages": [{"from": from, "id": wamid, "type": "text", "text": {"body": "sugar price"}}]});
    let answer = http().post(format!("{}/inbound", stack.endpoints.simulator_url)).json(&value).send().await.unwrap();
    let answer: serde_json::Value = answer.json().await.unwrap();
    assert_eq!(answer["status"], 200, "{answer}");
}
