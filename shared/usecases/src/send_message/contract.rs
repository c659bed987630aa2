//! What the send contract and the gate ask about a message as it is sent.

use domain::{
    messaging::{
        content::OutboundContent,
        contract::{Kind, Verdict},
        pricing::Category,
    },
    tenant::Number,
};
use store::Head;

use super::Sending;
use crate::{
    error::Error,
    send_contract::{self, Asked},
};

/// What a message is to the contract.
pub(super) fn kind_of(content: &OutboundContent) -> Kind {
    Kind::Free(content.form())
}

/// Whether it is promotion.
pub(super) fn is_marketing(kind: Kind) -> bool {
    matches!(kind, Kind::Template { category: Category::Marketing, .. })
}

/// Whether it may go outside the window, and so may write to somebody first.
pub(super) fn is_template(kind: Kind) -> bool {
    matches!(kind, Kind::Template { .. })
}

/// How many people the business may write to first within a day; `None` when Meta has not told.
pub(super) fn day_limit(_number: &Number) -> Option<u32> {
    None
}

/// What the contract says now. The limits are kept by the gate and by the slots, which know more than a yes or no.
pub(super) async fn verdict(sending: &Sending<'_>, kind: Kind, number: &Number, head: &Head) -> Result<Verdict, Error> {
    let origin = send_contract::origin(&sending.message.author, sending.message.tier);
    let asked = Asked { recipient: &sending.message.recipient, ..Asked::of(&head.conversation, number, kind, origin) };
    send_contract::run(sending.at, sending.tenant, sending.means.memory, &asked).await
}
