//! What the send contract and the gate ask about a message as it is sent.

use domain::{
    messaging::{
        content::OutboundContent,
        contract::{Kind, Verdict},
        failure::Failure,
        pricing::Category,
    },
    rate::MarketingCap,
    tenant::{DailyLimit, Number},
};
use store::Head;

use super::Sending;
use crate::{
    error::Error,
    health,
    send_contract::{self, Asked},
    shop, templates,
};

/// What a message is to the contract, and why it does not fit its template any more, if it does not.
pub(super) async fn look(sending: &Sending<'_>, number: &Number) -> Result<(Kind, Option<Failure>), Error> {
    let content = &sending.message.content;
    if let OutboundContent::Template(message) = content {
        let (kind, fits) = templates::recheck(sending.at, sending.tenant, sending.means.memory, number, message).await?;
        return Ok((kind, fits.err()));
    }
    Ok((Kind::Free(content.form()), None))
}

/// Whether it is promotion.
pub(super) fn is_marketing(kind: Kind) -> bool {
    matches!(kind, Kind::Template { category: Category::Marketing, .. })
}

/// How much promotion the business sends to one person. Only promotion needs to know; the contract asks for the business a moment later
/// and finds it remembered.
pub(super) async fn cap(sending: &Sending<'_>, kind: Kind) -> Result<MarketingCap, Error> {
    if !is_marketing(kind) {
        return Ok(MarketingCap::default());
    }
    Ok(shop::run(sending.at, sending.tenant, sending.means.memory).await?.marketing_cap)
}

/// Whether it may go outside the window, and so may write to somebody first.
pub(super) fn is_template(kind: Kind) -> bool {
    matches!(kind, Kind::Template { .. })
}

/// How many people the business may write to first within a day; `None` when Meta has not told, or does not mind.
pub(super) async fn day_limit(sending: &Sending<'_>, number: &Number) -> Result<Option<u32>, Error> {
    let health = health::run(sending.at, sending.tenant, sending.means.memory, number).await?;
    Ok(match health.limit.as_ref().map(|limit| &limit.value) {
        Some(DailyLimit::People(people)) => Some(*people),
        Some(DailyLimit::Unlimited | DailyLimit::Unknown(_)) | None => None,
    })
}

/// What the contract says now. The limits are kept by the gate and by the slots, which know more than a yes or no.
pub(super) async fn verdict(sending: &Sending<'_>, kind: Kind, number: &Number, head: &Head) -> Result<Verdict, Error> {
    let origin = send_contract::origin(&sending.message.author, sending.message.tier);
    let asked = Asked { recipient: &sending.message.recipient, ..Asked::of(&head.conversation, number, kind, origin) };
    send_contract::run(sending.at, sending.tenant, sending.means.memory, &asked).await
}
