//! What the provider said goes onto the row.

use domain::{
    messaging::{
        failure::Failure,
        status::{Stage, StatusUpdate},
    },
    tenant::Number,
    text::Text,
};

use super::{Sending, Sent, attempt::Outcome, gate::Open, number, waiting, waiting::Keep};
use crate::{change_consent, enter_status, error::Error};

/// Writes down what became of the attempts.
pub(super) async fn settle(sending: &Sending<'_>, open: &Open, sender: &Number, outcome: Outcome) -> Result<Sent, Error> {
    match outcome {
        Outcome::Accepted(accepted) => {
            if !sender.provider.returns_callback_data() {
                // Before the acceptance is written: until it is, this is done again.
                enter_status::name(sending.at, sending.tenant, &sender.id, sending.place(), &accepted.wamid).await?;
            }
            sending.tenant.record_accepted(sending.place(), &accepted.wamid, sending.now()).await?;
            waiting::done(sending, open).await
        }
        Outcome::Failed(failure) => failed(sending, open, &failure).await,
        Outcome::NumberBroken(failure) => {
            let stopped = number::stop(sending, &failure).await?;
            let waits = waiting::hold(sending).await?;
            Ok(if stopped { Sent::NumberStopped(failure.code) } else { waits })
        }
        Outcome::Later(until, why, attempts) => waiting::until(sending, until, why, Keep::Nothing, attempts).await,
        // The claim stays: whoever finds it waits for a status.
        Outcome::Unknown => {
            let until = sending.at.now.checked_add(sending.means.outcome_wait).unwrap_or(sending.at.now);
            waiting::until(sending, until, "outcome", Keep::Claim, 0).await
        }
    }
}

/// Writes down that it will not be sent, and why.
pub(super) async fn failed(sending: &Sending<'_>, open: &Open, failure: &Failure) -> Result<Sent, Error> {
    let message = sending.message;
    tracing::warn!(code = failure.code, number = %message.number, "a message is not sent");
    sending.tenant.keep_failed(sending.place(), message, failure, open.verdict.as_ref(), sending.now()).await?;
    sending.tenant.show_failure(message.conversation, message.key, failure).await?;
    // Some refusals tell of the person and not of the message.
    if let Ok(id) = Text::new(&message.key.to_string()) {
        let told = StatusUpdate { failure: Some(failure.clone()), ..StatusUpdate::new(id, Stage::Failed, sending.now()) };
        change_consent::by_failure(sending.at, sending.tenant, sending.place(), &told).await?;
    }
    waiting::done(sending, open).await
}
