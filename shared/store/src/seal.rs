//! Sealing: what must not be readable even to somebody who holds a copy of the table, such as a tenant's access tokens.
//!
//! Each tenant has a data key, wrapped by our KMS key under the encryption context `tenant`. Values are sealed with AES-256-GCM; the
//! associated data are the tenant and the item's key and attribute, so a sealed value opens nowhere but where it was sealed.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use aes_gcm::{
    Aes256Gcm, KeyInit as _, Nonce,
    aead::{Aead as _, Payload},
};
use aws_sdk_kms::{Client, primitives::Blob, types::DataKeySpec};
use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD as BASE64};
use domain::id::TenantId;
use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::{
    error::StoreError,
    expression::{Item, text},
    keys::{Primary, Scope},
    row,
    table::{Table, Written},
};

/// How many tenants' keys a function keeps open.
const OPEN_KEYS_MAX: usize = 1_000;
/// The length of a nonce, in bytes (AES-GCM).
const NONCE_LENGTH: usize = 12;

/// The open keys of tenants, and the way to open more. Functions that seal nothing carry an empty one.
#[derive(Clone, Debug, Default)]
pub struct Keyring(Option<Arc<Ring>>);

struct Ring {
    kms: Client,
    key_id: String,
    open: Mutex<HashMap<TenantId, Arc<DataKey>>>,
}

type DataKey = Zeroizing<[u8; 32]>;

impl std::fmt::Debug for Ring {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Ring(…)")
    }
}

impl Keyring {
    /// A ring that wraps and unwraps by this KMS key.
    #[must_use]
    pub fn new(kms: Client, key_id: String) -> Self {
        Self(Some(Arc::new(Ring { kms, key_id, open: Mutex::default() })))
    }

    fn ring(&self) -> Result<&Ring, StoreError> {
        self.0.as_deref().ok_or(StoreError::Sealed)
    }
}

impl Table {
    /// Seals a value for one attribute of one item.
    pub(crate) async fn seal(&self, scope: Scope, at: &Primary, attribute: &str, plain: &str) -> Result<String, StoreError> {
        let key = self.data_key(scope).await?;
        let mut nonce = [0; NONCE_LENGTH];
        getrandom::fill(&mut nonce).map_err(StoreError::unavailable)?;
        let associated = associated(scope, at, attribute);
        let payload = Payload { msg: plain.as_bytes(), aad: associated.as_bytes() };
        let sealed = cipher(&key).encrypt(&Nonce::from(nonce), payload).map_err(|_| StoreError::Sealed)?;
        Ok(BASE64.encode([&nonce[..], &sealed].concat()))
    }

    /// Opens what was sealed for this attribute of this item.
    pub(crate) async fn open(&self, scope: Scope, at: &Primary, attribute: &str, sealed: &str) -> Result<SecretString, StoreError> {
        let key = self.data_key(scope).await?;
        let bytes = BASE64.decode(sealed).map_err(|_| StoreError::Sealed)?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE_LENGTH>().ok_or(StoreError::Sealed)?;
        let associated = associated(scope, at, attribute);
        let payload = Payload { msg: sealed, aad: associated.as_bytes() };
        let plain = cipher(&key).decrypt(&Nonce::from(*nonce), payload).map_err(|_| StoreError::Sealed)?;
        String::from_utf8(plain).map(SecretString::from).map_err(|_| StoreError::Sealed)
    }

    /// The tenant's data key: from the ring, else unwrapped from its row, else made.
    async fn data_key(&self, scope: Scope) -> Result<Arc<DataKey>, StoreError> {
        let ring = self.keyring().ring()?;
        if let Some(key) = ring.open.lock().unwrap_or_else(PoisonError::into_inner).get(&scope.tenant()) {
            return Ok(Arc::clone(key));
        }
        let key = match self.get(&scope.data_key(), true).await? {
            Some(item) => unwrap(ring, scope, &item).await?,
            None => self.make_data_key(ring, scope).await?,
        };
        let mut open = ring.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.len() >= OPEN_KEYS_MAX {
            open.clear();
        }
        open.insert(scope.tenant(), Arc::clone(&key));
        Ok(key)
    }

    async fn make_data_key(&self, ring: &Ring, scope: Scope) -> Result<Arc<DataKey>, StoreError> {
        let made = ring
            .kms
            .generate_data_key()
            .key_id(&ring.key_id)
            .key_spec(DataKeySpec::Aes256)
            .encryption_context("tenant", scope.tenant().to_string())
            .send()
            .await
            .map_err(StoreError::unavailable)?;
        let (Some(plain), Some(wrapped)) = (made.plaintext, made.ciphertext_blob) else {
            return Err(StoreError::unavailable("the key service returned no key"));
        };
        let mut item = crate::table::key_item(&scope.data_key());
        row::stamp(&mut item, scope, "data_key", 1);
        item.insert("w".to_owned(), text(BASE64.encode(wrapped)));
        match self.create(item).await? {
            Written::Done(_) => key_of(plain),
            // Somebody made one at the same moment: theirs is the key.
            Written::Refused(Some(item)) => unwrap(ring, scope, &item).await,
            Written::Refused(None) => Err(StoreError::Conflict),
        }
    }
}

async fn unwrap(ring: &Ring, scope: Scope, item: &Item) -> Result<Arc<DataKey>, StoreError> {
    row::check(item, scope, "data_key", 1)?;
    let wrapped = row::string(item, "w").and_then(|raw| BASE64.decode(raw).ok()).ok_or(StoreError::Sealed)?;
    let opened = ring
        .kms
        .decrypt()
        .key_id(&ring.key_id)
        .ciphertext_blob(Blob::new(wrapped))
        .encryption_context("tenant", scope.tenant().to_string())
        .send()
        .await
        .map_err(StoreError::unavailable)?;
    key_of(opened.plaintext.ok_or(StoreError::Sealed)?)
}

fn key_of(plain: Blob) -> Result<Arc<DataKey>, StoreError> {
    let bytes = Zeroizing::new(plain.into_inner());
    let key: [u8; 32] = bytes.as_slice().try_into().map_err(|_| StoreError::Sealed)?;
    Ok(Arc::new(Zeroizing::new(key)))
}

fn cipher(key: &DataKey) -> Aes256Gcm {
    Aes256Gcm::new((&**key).into())
}

fn associated(scope: Scope, at: &Primary, attribute: &str) -> String {
    format!("{}|{}|{}|{attribute}", scope.tenant(), at.partition, at.sort)
}
