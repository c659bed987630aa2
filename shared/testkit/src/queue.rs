//! A FIFO queue of a test's own, on the local stack.

use std::collections::BTreeMap;

use domain::{
    messaging::inbound::Tier,
    task::{Destination, Task},
};
use shared::queues::{Addresses, Queues};

use crate::{stack::Stack, tap::Tap};

/// A queue that takes every kind of task and gives them back to the test.
#[derive(Clone, Debug)]
pub struct TestQueue {
    client: aws_sdk_sqs::Client,
    address: String,
}

impl TestQueue {
    /// Makes a queue.
    pub async fn make(stack: &Stack) -> Self {
        let client = aws_sdk_sqs::Client::new(stack.sdk());
        let mut random = [0; 8];
        getrandom::fill(&mut random).expect("no randomness");
        let name = format!("test-{:016x}.fifo", u64::from_be_bytes(random));
        let made = client
            .create_queue()
            .queue_name(name)
            .attributes(aws_sdk_sqs::types::QueueAttributeName::FifoQueue, "true")
            .send()
            .await
            .expect("no queue");
        Self { client, address: made.queue_url.expect("a queue without address") }
    }

    /// The way onto the queue, through a tap.
    #[must_use]
    pub fn through(&self, stack: &Stack, tap: &Tap) -> Queues {
        let mut addresses = BTreeMap::new();
        for tier in Tier::ALL {
            addresses.insert(Destination::Inbound(tier), self.address.clone());
            addresses.insert(Destination::Outbound(tier), self.address.clone());
        }
        for work in [Destination::Channel, Destination::Media] {
            addresses.insert(work, self.address.clone());
        }
        Queues::new(stack.sqs(tap), Addresses(addresses))
    }

    /// Takes everything off the queue, in order.
    pub async fn drain(&self) -> Vec<Task> {
        let mut tasks = Vec::new();
        loop {
            let received =
                self.client.receive_message().queue_url(&self.address).max_number_of_messages(10).send().await.expect("no answer");
            let messages = received.messages.unwrap_or_default();
            if messages.is_empty() {
                return tasks;
            }
            for message in messages {
                tasks.push(serde_json::from_str(&message.body.expect("no body")).expect("a task does not read"));
                let handle = message.receipt_handle.expect("no handle");
                self.client.delete_message().queue_url(&self.address).receipt_handle(handle).send().await.expect("not deleted");
            }
        }
    }
}
