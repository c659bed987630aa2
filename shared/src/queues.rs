//! Tasks onto SQS FIFO queues: in batches, in order within a group, durable when it returns.

use std::collections::BTreeMap;

use async_trait::async_trait;
use aws_sdk_sqs::{Client, types::SendMessageBatchRequestEntry};
use domain::{
    messaging::inbound::Tier,
    ports::{QueueError, TaskQueue},
    task::{Destination, Task},
};

use crate::config::{self, ConfigError};

/// How many messages one batch may hold (SQS).
const BATCH_MAX: usize = 10;
/// How many bytes one batch may hold (SQS: 1 MiB); a task is far smaller, for every text in it is bounded.
const BATCH_BYTES_MAX: usize = 1_000_000;
/// How often entries that SQS refused are sent again.
const ATTEMPTS_MAX: usize = 3;

/// The addresses of the queues a function may announce on.
#[derive(Clone, Debug, Default)]
pub struct Addresses(pub BTreeMap<Destination, String>);

impl Addresses {
    /// Reads `INBOUND_P0_QUEUE_URL` to `INBOUND_P3_QUEUE_URL`.
    ///
    /// # Errors
    /// When one is missing.
    pub fn inbound(self) -> Result<Self, ConfigError> {
        self.tiers("INBOUND", Destination::Inbound)
    }

    /// Reads `OUTBOUND_P0_QUEUE_URL` to `OUTBOUND_P3_QUEUE_URL`.
    ///
    /// # Errors
    /// When one is missing.
    pub fn outbound(self) -> Result<Self, ConfigError> {
        self.tiers("OUTBOUND", Destination::Outbound)
    }

    /// Reads `CHANNEL_QUEUE_URL`.
    ///
    /// # Errors
    /// When it is missing.
    pub fn channel(mut self) -> Result<Self, ConfigError> {
        self.0.insert(Destination::Channel, config::required("CHANNEL_QUEUE_URL")?);
        Ok(self)
    }

    /// Reads `MEDIA_QUEUE_URL`.
    ///
    /// # Errors
    /// When it is missing.
    pub fn media(mut self) -> Result<Self, ConfigError> {
        self.0.insert(Destination::Media, config::required("MEDIA_QUEUE_URL")?);
        Ok(self)
    }

    fn tiers(mut self, side: &str, destination: fn(Tier) -> Destination) -> Result<Self, ConfigError> {
        for tier in Tier::ALL {
            self.0.insert(destination(tier), config::required(&format!("{side}_P{}_QUEUE_URL", tier.index()))?);
        }
        Ok(self)
    }
}

/// SQS.
#[derive(Clone, Debug)]
pub struct Queues {
    client: Client,
    addresses: Addresses,
}

impl Queues {
    /// The queues at these addresses.
    #[must_use]
    pub fn new(client: Client, addresses: Addresses) -> Self {
        Self { client, addresses }
    }

    async fn send(&self, address: &str, mut entries: Vec<SendMessageBatchRequestEntry>) -> Result<(), QueueError> {
        for _ in 0..ATTEMPTS_MAX {
            let sent = self.client.send_message_batch().queue_url(address).set_entries(Some(entries.clone())).send().await;
            let refused = sent.map_err(|error| QueueError(error.into()))?.failed;
            if refused.is_empty() {
                return Ok(());
            }
            if refused.iter().any(|entry| entry.sender_fault) {
                break;
            }
            entries.retain(|entry| refused.iter().any(|refused| refused.id == entry.id));
        }
        Err(QueueError("the queue refused part of a batch".into()))
    }
}

#[async_trait]
impl TaskQueue for Queues {
    async fn announce(&self, tasks: &[Task]) -> Result<(), QueueError> {
        let mut by_queue: BTreeMap<Destination, Vec<SendMessageBatchRequestEntry>> = BTreeMap::new();
        for task in tasks {
            let entries = by_queue.entry(task.destination()).or_default();
            entries.push(entry(entries.len(), task)?);
        }
        for (destination, entries) in by_queue {
            let address = self.addresses.0.get(&destination).ok_or_else(|| QueueError(format!("no queue for {destination:?}").into()))?;
            for batch in batches(entries) {
                self.send(address, batch).await?;
            }
        }
        Ok(())
    }
}

fn entry(position: usize, task: &Task) -> Result<SendMessageBatchRequestEntry, QueueError> {
    let body = serde_json::to_string(task).map_err(|error| QueueError(error.into()))?;
    // SQS takes no noncharacters; inside a JSON string, the only place they can stand, their escapes mean the same.
    let body = body.replace('\u{fffe}', "\\ufffe").replace('\u{ffff}', "\\uffff");
    SendMessageBatchRequestEntry::builder()
        .id(position.to_string())
        .message_body(body)
        .message_group_id(task.group())
        .message_deduplication_id(task.deduplication_id())
        .build()
        .map_err(|error| QueueError(error.into()))
}

/// Cuts entries into batches that SQS takes, in order.
fn batches(entries: Vec<SendMessageBatchRequestEntry>) -> Vec<Vec<SendMessageBatchRequestEntry>> {
    let mut batches: Vec<Vec<SendMessageBatchRequestEntry>> = Vec::new();
    let mut bytes = 0;
    for entry in entries {
        let size = entry.message_body.len();
        match batches.last_mut() {
            Some(batch) if batch.len() < BATCH_MAX && bytes + size <= BATCH_BYTES_MAX => {
                bytes += size;
                batch.push(entry);
            }
            Some(_) | None => {
                bytes = size;
                batches.push(vec![entry]);
            }
        }
    }
    batches
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(sizes: &[usize]) -> Vec<SendMessageBatchRequestEntry> {
        let of = |(id, size): (usize, &usize)| {
            SendMessageBatchRequestEntry::builder().id(id.to_string()).message_body("x".repeat(*size)).build()
        };
        sizes.iter().enumerate().map(|entry| of(entry).unwrap()).collect()
    }

    #[test]
    fn batches_keep_order_count_and_size() {
        let batches = batches(entries(&[400_000, 400_000, 400_000, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]));
        assert_eq!(batches.iter().map(Vec::len).collect::<Vec<_>>(), [2, 10, 2]);
        let ids: Vec<String> = batches.into_iter().flatten().map(|entry| entry.id).collect();
        assert_eq!(ids, (0..14).map(|id| id.to_string()).collect::<Vec<_>>());
    }
}
