//! The gate: a message passes its conversation's head. One write keeps the order of the person's messages and the rate between number
//! and person, shows the message as the last thing said, and brings back what the send contract asks about: window, consent, promotion.

use domain::{
    messaging::{
        contract::{Decision, Reason, Verdict},
        conversation::{Direction, LastMessage},
        failure::{Failure, Ours},
    },
    rate::{Pace, PaceAsk, Pass},
    tenant::Number,
    text::Text,
    time::Timestamp,
};
use store::{Counting, Head, Passage, Passing};

use super::{Sending, contract};
use crate::error::Error;

/// How often the head is written again because somebody else wrote it meanwhile.
const ATTEMPTS_MAX: usize = 5;
/// How many people are counted at once when a whole batch writes first.
const COUNTED_AT_ONCE: u32 = 10;

/// What the gate says.
pub(super) enum Gate {
    /// It may go.
    Open(Open),
    /// Another message of the conversation waits before it.
    Behind,
    /// Not before then, and why.
    Wait(Timestamp, &'static str),
    /// Never.
    Never(Box<Failure>, Open),
}

/// What is known of a message that has passed.
#[derive(Default)]
pub(super) struct Open {
    /// The head, if there is a conversation.
    pub(super) head: Option<Box<Head>>,
    /// What the contract says, if it could be asked.
    pub(super) verdict: Option<Verdict>,
}

/// Takes a message through the gate.
pub(super) async fn pass(sending: &Sending<'_>, number: &Number) -> Result<Gate, Error> {
    let (kind, unfit) = contract::look(sending, number).await?;
    let now = sending.now();
    // Whether a template begins something depends on the window, so here the head is read before it is written.
    let known = if contract::is_template(kind) { sending.tenant.head(sending.message.conversation).await?.map(Box::new) } else { None };
    let window_open = known.as_ref().is_some_and(|head| head.conversation.window().open(now));
    let ask = PaceAsk {
        message: sending.message.key,
        now,
        marketing: contract::is_marketing(kind),
        initiates: contract::is_template(kind) && !window_open,
        cap: contract::cap(sending, kind).await?,
    };
    let head = match through(sending, &ask, known).await? {
        Through::Passed(head, counts) => {
            if counts && let Some(until) = count(sending, number).await? {
                return Ok(Gate::Wait(until, Reason::PortfolioLimit.code()));
            }
            head
        }
        Through::Behind => return Ok(Gate::Behind),
        Through::Pair(until) => return Ok(Gate::Wait(until, Reason::PairRate.code())),
        Through::Enough(head) => {
            return Ok(Gate::Never(Box::new(Failure::ours(Ours::MarketingCap)), Open { head: Some(head), verdict: None }));
        }
    };
    let Some(head) = head else {
        return Ok(Gate::Open(Open { head: None, verdict: None }));
    };
    sending.means.memory.paces.put(sending.message.conversation, head.pace.clone(), ask.now);
    let verdict = contract::verdict(sending, kind, number, &head).await?;
    let open = Open { head: Some(head), verdict: Some(verdict) };
    if let Some(failure) = unfit {
        return Ok(Gate::Never(Box::new(failure), open));
    }
    Ok(match verdict.decision {
        Decision::Allow => Gate::Open(open),
        Decision::WaitUntil(until) => Gate::Wait(until, verdict.reason.code()),
        Decision::TemplateOnly => Gate::Never(Box::new(Failure::new(131_047, "Re-engagement message")), open),
        Decision::Deny => Gate::Never(Box::new(Failure::ours(Ours::Contract).with_details(verdict.reason.code())), open),
    })
}

enum Through {
    Passed(Option<Box<Head>>, bool),
    Behind,
    Pair(Timestamp),
    Enough(Box<Head>),
}

/// Writes the head until what it rests on is true: first on what is believed of it, then on what came back.
async fn through(sending: &Sending<'_>, ask: &PaceAsk, mut known: Option<Box<Head>>) -> Result<Through, Error> {
    let conversation = sending.message.conversation;
    let last = last_message(sending);
    let nobody = Pace::default();
    let mut believed = sending.means.memory.paces.get(&conversation, ask.now);
    for _ in 0..ATTEMPTS_MAX {
        let seen = known.as_ref().map(|head| &head.pace).or(believed.as_ref());
        let (next, counts) = match (seen.unwrap_or(&nobody).pass(ask), known.as_ref()) {
            (Pass::Go { next, counts }, _) => (next, counts),
            // What is only believed holds nothing back: the head itself is asked.
            (Pass::Behind | Pass::Pair(_) | Pass::Enough, None) => {
                believed = None;
                continue;
            }
            (Pass::Behind, Some(_)) => return Ok(Through::Behind),
            (Pass::Pair(until), Some(_)) => return Ok(Through::Pair(until)),
            (Pass::Enough, Some(head)) => return Ok(Through::Enough(head.clone())),
        };
        let shown = known.as_ref().and_then(|head| head.conversation.last_message.as_ref());
        let last = shown.is_none_or(|shown| shown.at <= last.at).then_some(&last);
        let passage = Passage { conversation, ask, next: &next, last, seen: seen.map(|pace| pace.version) };
        match sending.tenant.pass(&passage).await? {
            Passing::Passed(head) => return Ok(Through::Passed(Some(head), counts)),
            Passing::Missing => return Ok(Through::Passed(None, counts)),
            Passing::Refused(head) => {
                known = Some(head);
                believed = None;
            }
        }
    }
    Err(store::StoreError::Conflict.into())
}

/// Counts the person among those the business wrote to first today; a time when the day's number is used up.
async fn count(sending: &Sending<'_>, number: &Number) -> Result<Option<Timestamp>, Error> {
    let now = sending.now();
    let limit = contract::day_limit(sending, number).await?;
    let left = sending.means.memory.initiated(sending.tenant.id(), sending.at.now);
    let mut left = left.lock().await;
    if *left > 0 {
        *left -= 1;
        return Ok(None);
    }
    let wanted = sending.means.waiting.clamp(1, COUNTED_AT_ONCE);
    match sending.tenant.count_initiated(wanted, limit, now).await? {
        Counting::Counted(counted) => {
            *left = counted - 1;
            Ok(None)
        }
        Counting::FullUntil(until) => Ok(Some(until)),
    }
}

/// What the lists show of it.
fn last_message(sending: &Sending<'_>) -> LastMessage {
    LastMessage {
        preview: Text::cut(&sending.message.content.preview()),
        kind: Text::cut(sending.message.content.kind().name()).unwrap_or_else(Text::dash),
        direction: Direction::Outbound,
        at: sending.at.now,
    }
}
