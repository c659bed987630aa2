//! The dead letters of the queues, read from SQS.

use async_trait::async_trait;
use aws_sdk_sqs::{
    Client,
    types::{Message, MessageSystemAttributeName},
};
use domain::{
    ports::{DeadLetters, GivenUp, QueueError},
    time::Timestamp,
};

/// How many are taken of one queue at a time (SQS).
const BATCH_MAX: i32 = 10;

/// The dead letters of some queues, by the queues' names.
#[derive(Clone, Debug)]
pub struct DeadLetterQueues {
    client: Client,
    queues: Vec<(String, String)>,
}

impl DeadLetterQueues {
    /// Those at these addresses, each written `name=address`.
    #[must_use]
    pub fn new(client: Client, addresses: &[String]) -> Self {
        let queues =
            addresses.iter().filter_map(|entry| entry.split_once('=')).map(|(name, address)| (name.to_owned(), address.to_owned()));
        Self { client, queues: queues.collect() }
    }

    fn read(queue: &str, message: Message) -> Option<GivenUp> {
        let sent_ms = message.attributes.as_ref().and_then(|all| all.get(&MessageSystemAttributeName::SentTimestamp)?.parse().ok());
        Some(GivenUp {
            queue: queue.to_owned(),
            id: message.message_id?,
            sent_at: sent_ms.and_then(|ms| Timestamp::from_millisecond(ms).ok()).unwrap_or(Timestamp::UNIX_EPOCH),
            body: message.body.unwrap_or_default(),
            handle: message.receipt_handle?,
        })
    }
}

#[async_trait]
impl DeadLetters for DeadLetterQueues {
    async fn take(&self) -> Result<Vec<GivenUp>, QueueError> {
        let mut taken = Vec::new();
        for (name, address) in &self.queues {
            let received = self
                .client
                .receive_message()
                .queue_url(address)
                .max_number_of_messages(BATCH_MAX)
                .message_system_attribute_names(MessageSystemAttributeName::SentTimestamp)
                .send()
                .await
                .map_err(|error| QueueError(error.into()))?;
            taken.extend(received.messages.unwrap_or_default().into_iter().filter_map(|message| Self::read(name, message)));
        }
        Ok(taken)
    }

    async fn done(&self, letter: &GivenUp) -> Result<(), QueueError> {
        let address = self.queues.iter().find(|(name, _)| *name == letter.queue).map(|(_, address)| address);
        let address = address.ok_or_else(|| QueueError(format!("no dead letters of {}", letter.queue).into()))?;
        let deleted = self.client.delete_message().queue_url(address).receipt_handle(&letter.handle).send().await;
        deleted.map(|_| ()).map_err(|error| QueueError(error.into()))
    }
}
