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
        conversation::Standing,
        template::{Template, TemplateKey},
    },
    rate::Lease,
    tenant::{Number, NumberHealth, NumberId, Tenant},
    time::{SignedDuration, Timestamp},
};
use secrecy::SecretString;
use store::Owner;

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
    /// Rights to send that were leased and not used up.
    pub leases: Mutex<HashMap<(TenantId, NumberId), Lease>>,
    /// Whoever asks for a lease holds this, so that the messages of one batch share one instead of each asking for its own.
    pub leasing: tokio::sync::Mutex<()>,
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
            leases: Mutex::default(),
            leasing: tokio::sync::Mutex::default(),
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
