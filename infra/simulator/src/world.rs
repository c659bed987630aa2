//! Everything the simulator remembers while it runs.

use std::sync::{Arc, Mutex};

use tokio::sync::watch;

use crate::bsp::Partners;
use crate::clock::Clock;
use crate::config::Config;
use crate::faults::Faults;
use crate::graph::management::Management;
use crate::graph::media::MediaShelf;
use crate::graph::templates::Templates;
use crate::orders::Orders;
use crate::people::People;
use crate::phone::Phones;
use crate::recorded::Recorded;
use crate::scenario::Stage;
use crate::statuses::StatusLines;
use crate::sync::lock;
use crate::webhook::deliver::Courier;

/// The state all requests share.
pub(crate) struct World {
    /// What was configured at the start.
    pub(crate) config: Config,
    /// Requests of the platform.
    pub(crate) recorded: Recorded,
    /// Its clock.
    pub(crate) clock: Clock,
    /// The scenario that is played, if one is.
    pub(crate) stage: Stage,
    /// Rules for what goes wrong.
    pub(crate) faults: Faults,
    /// Who is on `WhatsApp`.
    pub(crate) people: People,
    /// What partners were told.
    pub(crate) partners: Partners,
    /// Numbers, accounts and tokens as Meta looks after them.
    pub(crate) management: Management,
    /// Uploaded and received media.
    pub(crate) media: MediaShelf,
    /// Message templates of the account.
    pub(crate) templates: Templates,
    /// The personas' phones.
    pub(crate) phones: Phones,
    /// Messages whose statuses are not complete.
    pub(crate) lines: StatusLines,
    /// Orders that were told in chats.
    pub(crate) orders: Orders,
    /// Delivers webhooks.
    pub(crate) courier: Courier,
    /// Turns true when the simulator stops; ends the event streams.
    pub(crate) closing: watch::Receiver<bool>,
    webhook_url: Mutex<Option<String>>,
}

impl World {
    /// Begins with nothing but the configuration.
    pub(crate) fn new(config: Config, closing: watch::Receiver<bool>) -> anyhow::Result<Arc<Self>> {
        Ok(Arc::new(Self {
            recorded: Recorded::default(),
            clock: Clock::default(),
            stage: Stage::default(),
            faults: Faults::default(),
            people: People::new(&config.personas),
            partners: Partners::default(),
            management: Management::new(&config),
            media: MediaShelf::default(),
            templates: Templates::default(),
            phones: Phones::new(&config.personas),
            lines: StatusLines::default(),
            orders: Orders::default(),
            courier: Courier::new()?,
            closing,
            webhook_url: Mutex::new(config.webhook_url.clone()),
            config,
        }))
    }

    /// Where webhooks go.
    pub(crate) fn webhook_url(&self) -> Option<String> {
        lock(&self.webhook_url).clone()
    }

    /// Sends webhooks to another address from now on.
    pub(crate) fn set_webhook_url(&self, url: Option<String>) {
        *lock(&self.webhook_url) = url;
    }
}
