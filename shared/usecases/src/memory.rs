//! What a function remembers between invocations: never the truth, only what saves a read. Everything in it has a short life and a
//! bound, and losing it changes nothing but the cost.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex, PoisonError},
};

use domain::{
    crm::{Alias, Known},
    erp::Product,
    id::{ConversationId, TenantId},
    language::Vocabulary,
    locale::Locale,
    messaging::{
        contract::Tally,
        conversation::Standing,
        template::{Template, TemplateKey},
    },
    rate::Pace,
    tenant::{Number, NumberHealth, NumberId, Tenant},
    time::{SignedDuration, Timestamp},
};
use secrecy::SecretString;
use store::Owner;

use crate::send_message::Slots;

/// How many things of one kind are remembered.
const ENTRIES_MAX: usize = 10_000;

/// Things remembered for a while.
#[derive(Debug)]
pub struct Cache<K, V> {
    life: SignedDuration,
    entries: Mutex<HashMap<K, (Timestamp, V)>>,
}

impl<K: Eq + Hash, V: Clone> Cache<K, V> {
    /// An empty cache whose entries live this long.
    #[must_use]
    pub fn new(life: SignedDuration) -> Self {
        Self { life, entries: Mutex::default() }
    }

    /// What is remembered under this key.
    pub fn get(&self, key: &K, now: Timestamp) -> Option<V> {
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.get(key).filter(|(until, _)| now < *until).map(|(_, value)| value.clone())
    }

    /// Remembers; when full, everything is forgotten, which costs some reads and no bookkeeping.
    pub fn put(&self, key: K, value: V, now: Timestamp) {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        if entries.len() >= ENTRIES_MAX {
            entries.clear();
        }
        if let Ok(until) = now.checked_add(self.life) {
            entries.insert(key, (until, value));
        }
    }

    /// What is remembered under this key; what is new is remembered from now on.
    pub fn get_or_put(&self, key: K, now: Timestamp) -> V
    where
        V: Default,
    {
        if let Some(known) = self.get(&key, now) {
            return known;
        }
        let made = V::default();
        self.put(key, made.clone(), now);
        made
    }

    /// Forgets.
    pub fn forget(&self, key: &K) {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }
}

/// What a business sells, ready to be recognised.
#[derive(Debug)]
pub struct Catalogue {
    /// The names.
    pub vocabulary: Vocabulary,
    /// The products, as they were when read; prices and stock are read again before they are told.
    pub products: Vec<Product>,
}

/// Everything a function remembers.
#[derive(Debug)]
pub struct Memory {
    /// Businesses of numbers, and of accounts; `None` for unknown ones, which would cost a read each time otherwise.
    pub owners: Cache<(bool, NumberId), Option<Owner>>,
    /// How numbers stand with their provider.
    pub health: Cache<(TenantId, NumberId), Arc<NumberHealth>>,
    /// Businesses.
    pub tenants: Cache<TenantId, Arc<Tenant>>,
    /// What they sell.
    pub catalogues: Cache<TenantId, Arc<Catalogue>>,
    /// Whom names lead to that came together.
    pub known: Cache<(TenantId, Vec<Alias>), Known>,
    /// What decisions depend on, and the language last used.
    pub standings: Cache<ConversationId, (Standing, Locale)>,
    /// Numbers with their tokens, opened.
    pub numbers: Cache<(TenantId, NumberId), (Arc<Number>, Arc<SecretString>)>,
    /// Templates to be sent; `None` for those nobody knows.
    pub templates: Cache<(TenantId, TemplateKey), Option<Arc<Template>>>,
    /// Numbers of partners with the secrets their webhooks are proven by, opened.
    pub webhook_secrets: Cache<NumberId, (Arc<Number>, Arc<SecretString>)>,
    /// How conversations stood when a message last passed them on its way out.
    pub paces: Cache<ConversationId, Pace>,
    /// What is held of numbers' rates.
    slots: Cache<(TenantId, NumberId), Arc<tokio::sync::Mutex<Slots>>>,
    /// People counted as written to first, ahead of being written to.
    initiated: Cache<TenantId, Arc<tokio::sync::Mutex<u32>>>,
    /// Service messages counted and not handed over, by number.
    tallies: Cache<(TenantId, NumberId), Arc<Mutex<Tally>>>,
}

impl Memory {
    /// What is held of a number's rate; shared by all messages of the sandbox.
    pub fn slots(&self, tenant: TenantId, number: &NumberId, now: Timestamp) -> Arc<tokio::sync::Mutex<Slots>> {
        self.slots.get_or_put((tenant, number.clone()), now)
    }

    /// How many more people may be written to first without counting anew.
    pub fn initiated(&self, tenant: TenantId, now: Timestamp) -> Arc<tokio::sync::Mutex<u32>> {
        self.initiated.get_or_put(tenant, now)
    }

    /// Works on the count of a number's service messages, as this sandbox keeps it.
    pub fn tally<T>(&self, tenant: TenantId, number: &NumberId, now: Timestamp, work: impl FnOnce(&mut Tally) -> T) -> T {
        let tally = self.tallies.get_or_put((tenant, number.clone()), now);
        let mut tally = tally.lock().unwrap_or_else(PoisonError::into_inner);
        work(&mut tally)
    }
}

impl Default for Memory {
    fn default() -> Self {
        let minutes = SignedDuration::from_mins;
        Self {
            owners: Cache::new(minutes(1)),
            health: Cache::new(minutes(1)),
            tenants: Cache::new(minutes(5)),
            catalogues: Cache::new(minutes(1)),
            known: Cache::new(minutes(15)),
            standings: Cache::new(minutes(15)),
            numbers: Cache::new(minutes(5)),
            templates: Cache::new(minutes(1)),
            webhook_secrets: Cache::new(minutes(5)),
            paces: Cache::new(minutes(15)),
            slots: Cache::new(minutes(15)),
            initiated: Cache::new(minutes(10)),
            // What is not handed over is lost with it, so it lives as long as a sandbox does.
            tallies: Cache::new(SignedDuration::from_hours(24)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_live_as_long_as_told() {
        let cache = Cache::new(SignedDuration::from_mins(1));
        let start = Timestamp::UNIX_EPOCH;
        cache.put("a", 1, start);
        assert_eq!(cache.get(&"a", start + SignedDuration::from_secs(59)), Some(1));
        assert_eq!(cache.get(&"a", start + SignedDuration::from_secs(60)), None);
        cache.put("a", 2, start);
        cache.forget(&"a");
        assert_eq!(cache.get(&"a", start), None);
    }
}
