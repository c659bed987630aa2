//! A provider that does as the test says, and counts what it was asked.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use async_trait::async_trait;
use domain::{
    messaging::key::CallbackData,
    ports::{Accepted, MessageChannel, ReadRequest, SendError, SendRequest},
    text::Text,
};

use crate::tap::Tap;

/// What the provider does with one request.
#[derive(Clone, Debug)]
pub enum Act {
    /// Takes it and answers.
    Accept,
    /// Refuses it so.
    Refuse(SendError),
    /// Takes it, and the caller is killed before the answer arrives.
    AcceptAndKill,
}

/// A scripted provider; past its script it accepts.
#[derive(Debug, Default)]
pub struct ScriptedChannel {
    tap: Tap,
    script: Mutex<VecDeque<Act>>,
    taken: Mutex<Vec<CallbackData>>,
    read: Mutex<Vec<(String, bool)>>,
    files: Mutex<Vec<String>>,
}

impl ScriptedChannel {
    /// A provider behind this tap, with a script.
    #[must_use]
    pub fn new(tap: &Tap, script: impl IntoIterator<Item = Act>) -> Self {
        Self { tap: tap.clone(), script: Mutex::new(script.into_iter().collect()), ..Self::default() }
    }

    /// The messages it was told were read, each with whether an answer is being written.
    #[must_use]
    pub fn read(&self) -> Vec<(String, bool)> {
        self.read.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What the files in the messages it took were called, in order.
    #[must_use]
    pub fn files(&self) -> Vec<String> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The messages it took, in order.
    #[must_use]
    pub fn taken(&self) -> Vec<CallbackData> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

#[async_trait]
impl MessageChannel for ScriptedChannel {
    async fn send(&self, _token: &str, request: SendRequest<'_>) -> Result<Accepted, SendError> {
        // A kill before the request looks to nobody like anything; the caller is dead and cannot even note it down.
        self.tap.pass("Meta", "Send").map_err(|_| SendError::OutcomeUnknown)?;
        let act = self.script.lock().unwrap_or_else(PoisonError::into_inner).pop_front().unwrap_or(Act::Accept);
        match act {
            Act::Refuse(error) => Err(error),
            Act::Accept | Act::AcceptAndKill => {
                let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
                taken.push(request.callback);
                let named = request.media.values().map(ToString::to_string);
                self.files.lock().unwrap_or_else(PoisonError::into_inner).extend(named);
                if matches!(act, Act::AcceptAndKill) {
                    self.tap.kill_at(1);
                    return Err(SendError::OutcomeUnknown);
                }
                Ok(Accepted { wamid: Text::new(&format!("wamid.{}.{}", request.callback, taken.len())).expect("too long") })
            }
        }
    }

    async fn mark_read(&self, _token: &str, request: ReadRequest<'_>) -> Result<(), SendError> {
        self.tap.pass("Meta", "MarkRead").map_err(|_| SendError::OutcomeUnknown)?;
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        read.push((request.wamid.as_str().to_owned(), request.typing));
        Ok(())
    }
}

/// A real provider behind a tap: the caller can be killed before it asks, and after it asked and before it hears the answer.
pub struct TappedChannel {
    tap: Tap,
    channel: Arc<dyn MessageChannel>,
}

impl TappedChannel {
    /// The provider behind this tap.
    #[must_use]
    pub fn new(tap: &Tap, channel: Arc<dyn MessageChannel>) -> Self {
        Self { tap: tap.clone(), channel }
    }
}

#[async_trait]
impl MessageChannel for TappedChannel {
    async fn send(&self, token: &str, request: SendRequest<'_>) -> Result<Accepted, SendError> {
        self.tap.pass("Meta", "Send").map_err(|_| SendError::OutcomeUnknown)?;
        let answer = self.channel.send(token, request).await;
        self.tap.pass("Meta", "Answer").map_err(|_| SendError::OutcomeUnknown)?;
        answer
    }
    async fn mark_read(&self, token: &str, request: ReadRequest<'_>) -> Result<(), SendError> {
        self.tap.pass("Meta", "MarkRead").map_err(|_| SendError::OutcomeUnknown)?;
        let answer = self.channel.mark_read(token, request).await;
        self.tap.pass("Meta", "Answer").map_err(|_| SendError::OutcomeUnknown)?;
        answer
    }
}
