//! The claim: the message's row says that the request is about to be made. Whoever finds a claim without an answer resolves it.

use domain::{
    messaging::{
        failure::{Failure, Ours},
        inbound::Tier,
        message::{Content, Message},
    },
    time::Timestamp,
};
use store::Claim;

use super::{Sending, gate::Open};
use crate::error::Error;

/// What became of the claim.
pub(super) enum Claimed {
    /// It is ours to send; so many attempts were refused before.
    Ours(u32),
    /// The provider has it, or it has failed.
    Settled,
    /// An earlier attempt left neither an answer nor a status: not before then.
    Unresolved(Timestamp),
}

/// Claims the message.
pub(super) async fn claim(sending: &Sending<'_>, open: &Open) -> Result<Claimed, Error> {
    let message = sending.message;
    let content = Content::Outbound(message.content.clone());
    let claimed = sending.tenant.claim_sending(sending.place(), &content, &message.author, open.verdict.as_ref(), sending.at.now).await?;
    match claimed {
        // The row is there now: statuses that came before it find it, and may say that it went out long ago.
        Claim::Ours { .. } if told(sending, open).await? => Ok(Claimed::Settled),
        Claim::Ours { attempts } => Ok(Claimed::Ours(attempts)),
        Claim::Earlier(found) if found.stages.taken() => Ok(Claimed::Settled),
        Claim::Earlier(found) => resolve(sending, &found).await,
    }
}

/// Whether a status of this message was kept, and is on its row now.
async fn told(sending: &Sending<'_>, open: &Open) -> Result<bool, Error> {
    if !open.head.as_ref().is_some_and(|head| head.statuses_kept) {
        return Ok(false);
    }
    Ok(sending.tenant.enter_kept(sending.message.conversation).await?.contains(&sending.message.key))
}

/// Decides about a message whose earlier attempt left neither an answer nor a status.
async fn resolve(sending: &Sending<'_>, found: &Message) -> Result<Claimed, Error> {
    let now = sending.at.now;
    let Some(first) = found.stages.sending else {
        return Err(Error::OutcomePending);
    };
    if now.duration_since(first) < sending.means.outcome_wait {
        return Ok(Claimed::Unresolved(first.checked_add(sending.means.outcome_wait).unwrap_or(now)));
    }
    if found.possibly_twice || sending.message.tier == Tier::P3 {
        sending.tenant.record_failed(sending.place(), &Failure::ours(Ours::OutcomeUnknown), now).await?;
        return Ok(Claimed::Settled);
    }
    match sending.tenant.claim_again(sending.place(), first, now).await? {
        Claim::Ours { attempts } => Ok(Claimed::Ours(attempts)),
        Claim::Earlier(found) if found.stages.taken() => Ok(Claimed::Settled),
        Claim::Earlier(_) => Err(Error::OutcomePending),
    }
}
