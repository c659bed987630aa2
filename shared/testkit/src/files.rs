//! A provider's files as the test says, behind the tap.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, PoisonError},
};

use async_trait::async_trait;
use domain::{
    messaging::media::{Sha256Hash, chunks::Whole},
    ports::{Fetched, MediaChannel, MediaError, Sending, Wanted},
    tenant::Number,
    text::Text,
};

use crate::tap::Tap;

/// A scripted provider of files.
#[derive(Debug, Default)]
pub struct ScriptedFiles {
    tap: Tap,
    files: Mutex<HashMap<String, Vec<u8>>>,
    refusals: Mutex<VecDeque<MediaError>>,
    fetched: Mutex<u32>,
    uploaded: Mutex<Vec<(String, Vec<u8>)>>,
}

impl ScriptedFiles {
    /// A provider behind this tap that has these files.
    #[must_use]
    pub fn new(tap: &Tap, files: &[(&str, &[u8])]) -> Self {
        let files = files.iter().map(|(id, bytes)| ((*id).to_owned(), bytes.to_vec())).collect();
        Self { tap: tap.clone(), files: Mutex::new(files), ..Self::default() }
    }

    /// The next calls are refused so.
    pub fn refuse(&self, refusals: impl IntoIterator<Item = MediaError>) {
        self.refusals.lock().unwrap_or_else(PoisonError::into_inner).extend(refusals);
    }

    /// How many files were given.
    #[must_use]
    pub fn fetched(&self) -> u32 {
        *self.fetched.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was taken: type and content, in order; the n-th is called `up<n>`, counted from one.
    #[must_use]
    pub fn uploaded(&self) -> Vec<(String, Vec<u8>)> {
        self.uploaded.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn pass(&self, operation: &str) -> Result<(), MediaError> {
        self.tap.pass("Meta", operation).map_err(|_| MediaError::Unreachable)?;
        match self.refusals.lock().unwrap_or_else(PoisonError::into_inner).pop_front() {
            Some(refusal) => Err(refusal),
            None => Ok(()),
        }
    }
}

#[async_trait]
impl MediaChannel for ScriptedFiles {
    async fn fetch(&self, _token: &str, wanted: Wanted<'_>) -> Result<Fetched, MediaError> {
        self.pass("Fetch")?;
        let bytes = self.files.lock().unwrap_or_else(PoisonError::into_inner).get(wanted.id.as_str()).cloned().ok_or(MediaError::Gone)?;
        *self.fetched.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        let size = u64::try_from(bytes.len()).ok();
        Ok(Fetched { mime: None, size, sha256: Some(Sha256Hash::of(&bytes)), content: Box::new(Whole::new(bytes)) })
    }

    async fn upload(&self, _token: &str, _number: &Number, mut file: Sending) -> Result<Text<256>, MediaError> {
        self.pass("Upload")?;
        let mut bytes = Vec::new();
        while let Some(piece) = file.content.next().await.map_err(|_| MediaError::Unreachable)? {
            bytes.extend_from_slice(&piece);
        }
        let mut uploaded = self.uploaded.lock().unwrap_or_else(PoisonError::into_inner);
        uploaded.push((file.mime.to_string(), bytes));
        Ok(Text::new(&format!("up{}", uploaded.len())).expect("a bad id"))
    }
}
