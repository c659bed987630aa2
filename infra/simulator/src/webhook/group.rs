//! Webhooks held back by a fault rule until enough of them are there to arrive reordered or as one.

use std::sync::Mutex;

use super::envelope::Webhook;
use crate::faults::{Cargo, Fault, Rule};
use crate::sync::lock;

/// Webhooks waiting for each other.
pub(crate) struct Group {
    serial: u64,
    fault: Fault,
    only: Option<Cargo>,
    wanted: usize,
    webhooks: Vec<Webhook>,
}

/// At most one open group at a time.
#[derive(Default)]
pub(crate) struct Groups {
    open: Mutex<(u64, Option<Group>)>,
}

/// What became of a webhook that was offered to the open group.
pub(crate) enum Offer {
    /// No group wants it.
    Declined(Webhook),
    /// It waits for others.
    Held,
    /// It was the last one: these are to be delivered now, in this order.
    Complete(Vec<Webhook>),
}

impl Groups {
    /// Adds the webhook to the open group, if there is one for it.
    pub(crate) fn offer(&self, webhook: Webhook) -> Offer {
        let mut open = lock(&self.open);
        let Some(group) = open.1.as_mut().filter(|group| group.only.is_none_or(|only| only == webhook.cargo)) else {
            return Offer::Declined(webhook);
        };
        group.webhooks.push(webhook);
        if group.webhooks.len() < group.wanted {
            return Offer::Held;
        }
        open.1.take().map_or(Offer::Held, |group| Offer::Complete(group.release()))
    }

    /// Opens a group with its first webhook and gives its serial number, or hands the webhook back if another is open.
    pub(crate) fn start(&self, rule: &Rule, webhook: Webhook) -> Result<u64, Webhook> {
        let mut open = lock(&self.open);
        if open.1.is_some() {
            return Err(webhook);
        }
        open.0 += 1;
        let serial = open.0;
        open.1 = Some(Group { serial, fault: rule.fault, only: rule.only, wanted: rule.times(), webhooks: vec![webhook] });
        Ok(serial)
    }

    /// Closes the group with this serial number, complete or not.
    pub(crate) fn expire(&self, serial: u64) -> Vec<Webhook> {
        let mut open = lock(&self.open);
        let expired = open.1.take_if(|group| group.serial == serial);
        expired.map(Group::release).unwrap_or_default()
    }
}

impl Group {
    fn release(mut self) -> Vec<Webhook> {
        if self.fault == Fault::WebhookBatch {
            return vec![Webhook::merged(self.webhooks)];
        }
        self.webhooks.reverse();
        self.webhooks
    }
}
