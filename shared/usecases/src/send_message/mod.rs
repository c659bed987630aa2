//! A message goes out: in its turn, claimed on its row before the request is made, so that it is never lost, and sent twice only when
//! we were killed inside the request and no status shows that it arrived.
//!
//! Number → gate (order, contract, rate of the person) → claim → slot → request → outcome. What cannot go now waits: its row says so, a
//! timer brings it back, and what comes after it for the same person waits behind it.

mod attempt;
mod claim;
mod contract;
mod gate;
mod number;
mod outcome;
mod slot;
mod waiting;

use domain::{
    id::ClientMessageId,
    messaging::{contract::Verdict, key::CallbackData},
    ports::MessageChannel,
    task::{SendMessage, Task},
    time::{Moment, SignedDuration, Timestamp},
};
use store::TenantStore;

use self::{claim::Claimed, gate::Gate, waiting::Keep};
use crate::{clock::Stopwatch, error::Error, memory::Memory, resolve_media};

pub use slot::Slots;

/// What sending needs.
pub struct Means<'a> {
    /// What the function remembers.
    pub memory: &'a Memory,
    /// The way to people.
    pub channel: &'a dyn MessageChannel,
    /// The files that go with messages.
    pub files: resolve_media::Means<'a>,
    /// How long to wait for a status after an answer was lost.
    pub outcome_wait: SignedDuration,
    /// How many messages came with this one: a busy sender leases in blocks.
    pub waiting: u32,
}

/// What became of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    /// It is with the provider, or certainly never will be.
    Settled,
    /// It waits; a timer or a person brings it back.
    Waits,
    /// Its number was stopped just now, with the provider's code. It waits.
    NumberStopped(i64),
}

/// One message on its way.
struct Sending<'a> {
    at: &'a Moment,
    tenant: &'a TenantStore,
    means: &'a Means<'a>,
    message: &'a SendMessage,
    watch: Stopwatch,
}

impl Sending<'_> {
    /// The time now: it goes on while we wait.
    fn now(&self) -> Timestamp {
        self.watch.now()
    }

    fn place(&self) -> CallbackData {
        self.message.place()
    }

    /// The task that brings the message back.
    fn again(&self) -> Task {
        let attempt = self.message.attempt.saturating_add(1);
        Task::SendMessageV1(Box::new(SendMessage { attempt, ..self.message.clone() }))
    }

    /// Something drawn by chance.
    fn random(&self) -> u32 {
        let id: ClientMessageId = self.at.ids.next();
        id.as_bytes().iter().skip(10).fold(0, |word: u32, byte| word.wrapping_mul(257).wrapping_add(u32::from(*byte)))
    }
}

/// A message will not be sent by its task any more: what waits behind it goes on.
///
/// # Errors
/// When the store does not answer.
pub async fn leave(at: &Moment, tenant: &TenantStore, message: &SendMessage) -> Result<(), Error> {
    waiting::leave(tenant, message, at.now).await
}

/// Sends a message. Any number of times: it goes out once.
///
/// # Errors
/// When it is to be tried again later.
pub async fn run(at: &Moment, tenant: &TenantStore, means: &Means<'_>, message: &SendMessage) -> Result<Sent, Error> {
    let sending = Sending { at, tenant, means, message, watch: Stopwatch::start(at.now) };
    let (number, token) = number::read(&sending).await?;
    if number::stopped(&number) {
        return waiting::hold(&sending).await;
    }
    let open = match gate::pass(&sending, &number).await? {
        Gate::Open(open) => open,
        Gate::Behind => return waiting::behind(&sending).await,
        Gate::Wait(until, why) => return waiting::until(&sending, until, why, Keep::Nothing, 0).await,
        Gate::Never(failure, open) => return outcome::failed(&sending, &open, &failure).await,
    };
    match claim::claim(&sending, &open).await? {
        Claimed::Ours(attempts) => {
            let counts = open.verdict.is_some_and(Verdict::uses_allowance);
            let outcome = attempt::attempt(&sending, &number, &token, attempts, counts).await;
            outcome::settle(&sending, &open, &number, outcome).await
        }
        Claimed::Settled => waiting::done(&sending, &open).await,
        Claimed::Unresolved(until) => waiting::until(&sending, until, "outcome", Keep::Claim, 0).await,
    }
}
