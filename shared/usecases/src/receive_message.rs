//! A person has written: the message gets its place in the conversation, an answer is decided once, and what follows is announced.
//!
//! The head of the conversation is written first, under a condition: that nothing as new has come in (so a message that comes twice
//! is noticed without a read) and that what the decision depends on is as guessed. The message's own row comes last; that it is
//! there proves that all of it was done.

use domain::{
    consent::{ConsentChange, Entry, Source, consent_language},
    crm::{Known, NameChange, Recipient},
    id::ConversationId,
    locale::Locale,
    messaging::{
        conversation::{Applied, Direction, LastMessage, Outcome, Slot, Standing, conversation_of, opens_window, receive},
        inbound::{InboundContent, InboundMessage, System, SystemChange},
        key::MessageKey,
        marks::{Marks, Quoted},
        media::ReceivedFile,
        message::{Author, Content, Message},
        status::Stages,
    },
    ports::TaskQueue,
    task::{FetchMedia, SendMessage, Task},
    text::Text,
    time::Moment,
};
use store::{Application, Arrival, Belief, Head, TenantStore};

use crate::{
    answer::{Answer, Answering, consider},
    error::Error,
    identify,
    memory::Memory,
    rename,
    resolve_reference::{self, Reference},
    shop,
};

/// How often the head is written again because somebody else wrote it meanwhile.
const ATTEMPTS_MAX: usize = 5;

/// What a message needs to be answered.
pub struct Means<'a> {
    /// What the function remembers.
    pub memory: &'a Memory,
    /// Where tasks go.
    pub queue: &'a dyn TaskQueue,
    /// How language is understood.
    pub language: &'a dyn domain::language::Language,
}

/// Takes a message in and answers it. Any number of times: it is stored once and answered once.
///
/// # Errors
/// When the store or a queue fails; then the message is to be delivered again.
pub async fn run(at: &Moment, tenant: &TenantStore, means: &Means<'_>, message: &InboundMessage) -> Result<(), Error> {
    let known = identify::run(at, tenant, means.memory, &message.sender).await?;
    if let Some(change) = renamed(&message.content) {
        rename::run(at, tenant, known, &message.sender, &change, message.at).await?;
    }
    let shop = shop::run(at, tenant, means.memory).await?;
    let conversation = conversation_of(known.contact, &message.number);
    let guess = means.memory.standings.get(&conversation, at.now).unwrap_or((Standing::default(), shop.locale));
    let answering = Answering { role: known.role, memory: means.memory, language: means.language };
    let answer = if message.in_group() { Answer::silent() } else { consider(at, tenant, &answering, &message.content).await? };

    let Some((head, applied)) = apply(tenant, conversation, known, message, guess, &answer, means.memory, at).await? else {
        return Ok(());
    };

    carry_out(at, tenant, means.queue, &shop.name, conversation, known, message, &applied).await?;
    let reference = Reference { number: &message.number, conversation, key: message.key(), content: &message.content };
    let applied_to = resolve_reference::apply_or_wait(at, tenant, &reference, head.waiting.len()).await?;
    tenant.keep_inbound(conversation, &row(message, &applied, applied_to), message.raw.as_ref()).await?;
    resolve_reference::settle(tenant, conversation, message.key(), &head.waiting_for(message.key())).await
}

/// Stores the decision on the head; `None` when all of it was done before.
#[expect(clippy::too_many_arguments, reason = "each is one thing the decision rests on")]
async fn apply(
    tenant: &TenantStore,
    conversation: ConversationId,
    known: Known,
    message: &InboundMessage,
    guess: (Standing, Locale),
    answer: &Answer,
    memory: &Memory,
    at: &Moment,
) -> Result<Option<(Box<Head>, Applied)>, Error> {
    let (slot, key) = (Slot::of(message), message.key());
    let recipient = recipient(message)?;
    let last = last_message(message);
    let arrival = Arrival {
        conversation,
        contact: known.contact,
        role: known.role,
        number: &message.number,
        recipient: &recipient,
        contact_name: message.sender.name.as_ref(),
        key,
        slot: &slot,
        last: &last,
        // What is written in a group opens nothing between two.
        opens_window: opens_window(&message.content) && !message.in_group(),
    };
    let outcome = |standing, locale| -> Outcome {
        receive(standing, message.at, answer.locale.unwrap_or(locale), answer.replies.clone(), answer.consent)
    };
    let mut written = tenant
        .apply(&arrival, &outcome(guess.0, guess.1), Belief::Guess { epoch: guess.0.epoch, locale_guessed: answer.locale.is_none() })
        .await?;
    for _ in 0..ATTEMPTS_MAX {
        let head = match written {
            Application::Written(head) => {
                memory.standings.put(conversation, (head.conversation.standing, head.conversation.locale), at.now);
                let applied = applied(&head, &slot, message)?;
                return Ok(Some((head, applied)));
            }
            Application::Refused(head) => head,
        };
        if let Some(applied) = head.applied(&slot, key).cloned() {
            return Ok(Some((head, applied)));
        }
        if tenant.message(conversation, key).await?.is_some() {
            return Ok(None);
        }
        let truth = &head.conversation;
        written = tenant.apply(&arrival, &outcome(truth.standing, truth.locale), Belief::Read(&head)).await?;
    }
    Err(store::StoreError::Conflict.into())
}

fn applied(head: &Head, slot: &Slot, message: &InboundMessage) -> Result<Applied, Error> {
    head.applied(slot, message.key()).cloned().ok_or(Error::Bug("a decision just written is not on the head"))
}

fn last_message(message: &InboundMessage) -> LastMessage {
    LastMessage {
        preview: message.content.words().as_deref().and_then(Text::cut),
        kind: Text::cut(message.content.kind()).unwrap_or_else(Text::dash),
        direction: Direction::Inbound,
        at: message.at,
    }
}

fn row(message: &InboundMessage, applied: &Applied, applied_to: Option<MessageKey>) -> Message {
    Message {
        key: message.key(),
        content: Content::Inbound(message.content.clone()),
        author: Author::Contact,
        lane: Some(applied.lane),
        wamid: Some(message.wamid.clone()),
        stages: Stages::default(),
        failure: None,
        possibly_twice: false,
        contract: None,
        marks: Marks {
            circumstances: message.circumstances.clone(),
            applied_to,
            quoted: message.reply_to.clone().map(|wamid| Quoted { wamid, key: None }),
            ..Marks::default()
        },
    }
}

/// What the ledger keeps of a word or a tap.
fn ledger_entry(at: &Moment, message: &InboundMessage, change: ConsentChange) -> Entry {
    let words = message.content.words().unwrap_or_default();
    Entry {
        key: message.key(),
        change,
        source: if matches!(message.content, InboundContent::Tapped { .. }) { Source::Button } else { Source::Word },
        language: consent_language(&words).and_then(Text::cut),
        wording: Text::cut(&words),
        entered_at: at.now,
    }
}

/// The task that fetches the file of a message, when there is one.
pub(crate) fn fetch_task(message: &InboundMessage, conversation: ConversationId) -> Option<Task> {
    let file = ReceivedFile::of(&message.content)?;
    Some(Task::FetchMediaV1(Box::new(FetchMedia {
        tenant: message.tenant,
        number: message.number.clone(),
        conversation,
        key: message.key(),
        file,
        address: message.media_url.clone(),
        attempt: 0,
    })))
}

/// Does what was decided; doing it again changes nothing.
#[expect(clippy::too_many_arguments, reason = "each is one thing a reply is made of")]
async fn carry_out(
    at: &Moment,
    tenant: &TenantStore,
    queue: &dyn TaskQueue,
    shop: &Text<80>,
    conversation: ConversationId,
    known: Known,
    message: &InboundMessage,
    applied: &Applied,
) -> Result<(), Error> {
    let decision = &applied.decision;
    if let Some(change) = decision.consent {
        tenant.enter_consent(known.contact, &ledger_entry(at, message, change)).await?;
    }
    if let Some(task) = fetch_task(message, conversation) {
        queue.announce(&[task]).await?;
    }
    let recipient = recipient(message)?;
    for (ordinal, reply) in (0_u8..).zip(&decision.replies) {
        let send = SendMessage {
            tenant: tenant.id(),
            number: message.number.clone(),
            conversation,
            key: message.key().reply(ordinal),
            recipient: recipient.clone(),
            content: domain::language::render(reply, decision.locale, shop.as_str()),
            author: Author::Bot,
            tier: message.tier(),
            reply_to: None,
            attempt: 0,
        };
        // One after the other: when the last lies on the queue, all do.
        queue.announce(&[Task::SendMessageV1(Box::new(send))]).await?;
    }
    Ok(())
}

/// Where answers to this message go: to the new phone, when the message says that there is one.
fn recipient(message: &InboundMessage) -> Result<Recipient, Error> {
    let moved = renamed(&message.content).and_then(|change| change.phone).map(Recipient::Phone);
    let recipient = moved.or_else(|| message.sender.recipient());
    recipient.ok_or(Error::Bug("a message without a sender passed the webhook"))
}

/// What the person is called from now on, if WhatsApp says so.
fn renamed(content: &InboundContent) -> Option<NameChange> {
    let InboundContent::System(System { change: Some(change), .. }) = content else {
        return None;
    };
    match change {
        SystemChange::Number { phone, user_id } | SystemChange::UserId { user_id, phone } => {
            Some(NameChange { phone: *phone, user_id: user_id.clone() })
        }
        SystemChange::Identity { .. } | SystemChange::Other(_) => None,
    }
}
