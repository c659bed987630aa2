//! A person's permission changes otherwise than by a word: by WhatsApp's own switch, by a refusal of WhatsApp's, or because a colleague
//! was told. All of it ends in the same ledger.

use domain::{
    access::Action,
    consent::{ConsentChange, Entry, Source, Standing},
    crm::Sender,
    id::{ClientMessageId, ContactId, ConversationId, made_at},
    messaging::{
        conversation::conversation_of,
        key::{CallbackData, MessageKey},
        status::StatusUpdate,
    },
    tenant::NumberId,
    text::Text,
    time::{Moment, SignedDuration, Timestamp},
};
use store::TenantStore;

use crate::{authorise, error::Error, identify, memory::Memory, session::token::Identity};

/// Meta: the person has stopped marketing messages from this business.
const MARKETING_STOPPED: i64 = 131_050;
/// Meta: held back, because the person gets much marketing.
const MARKETING_HELD: i64 = 131_049;
/// How far the time in a client's id may lie from ours.
const CLOCK_ERROR_MAX: SignedDuration = SignedDuration::from_hours(24);

/// A person used WhatsApp's switch for marketing.
#[derive(Clone, Debug)]
pub struct Preference<'a> {
    /// The number of the business.
    pub number: &'a NumberId,
    /// Who it was.
    pub sender: &'a Sender,
    /// What was chosen.
    pub change: ConsentChange,
    /// When, by Meta's clock.
    pub at: Timestamp,
    /// Meta's words for it.
    pub detail: Option<&'a str>,
}

/// Enters what a person chose with WhatsApp's switch. The person need not have written before.
///
/// # Errors
/// When the store fails.
pub async fn by_preference(at: &Moment, tenant: &TenantStore, memory: &Memory, chosen: &Preference<'_>) -> Result<(), Error> {
    let known = identify::run(at, tenant, memory, chosen.sender).await?;
    let change = match chosen.change {
        ConsentChange::OptOut => "stop",
        ConsentChange::OptIn => "resume",
    };
    let cause = format!("preference|{}|{change}", chosen.sender.group());
    let entry = Entry {
        key: MessageKey::received(chosen.at, &cause),
        change: chosen.change,
        source: Source::WhatsAppPreference,
        wording: chosen.detail.and_then(Text::cut),
        language: None,
        entered_at: at.now,
    };
    tenant.enter_consent(known.contact, &entry).await?;
    tenant.show_consent(conversation_of(known.contact, chosen.number), &entry).await?;
    Ok(())
}

/// Draws the consequence from a message that failed because of what its recipient wants, or gets too much of. All other statuses are
/// none of its business, and cost nothing.
///
/// # Errors
/// When the store fails.
pub async fn by_failure(at: &Moment, tenant: &TenantStore, place: CallbackData, update: &StatusUpdate) -> Result<(), Error> {
    let Some(code @ (MARKETING_STOPPED | MARKETING_HELD)) = update.failure.as_ref().map(|failure| failure.code) else {
        return Ok(());
    };
    let Some(conversation) = tenant.conversation(place.conversation).await? else {
        return Ok(());
    };
    if code == MARKETING_HELD {
        tenant.hold_marketing(conversation.contact, update.at).await?;
        return Ok(());
    }
    let entry = Entry {
        key: MessageKey::received(update.at, &format!("{MARKETING_STOPPED}|{}", update.wamid)),
        change: ConsentChange::OptOut,
        source: Source::WhatsAppRefusal,
        wording: update.failure.as_ref().and_then(|failure| Text::cut(failure.title())),
        language: None,
        entered_at: at.now,
    };
    tenant.enter_consent(conversation.contact, &entry).await?;
    tenant.show_consent(conversation.id, &entry).await?;
    Ok(())
}

/// What a colleague enters.
#[derive(Debug)]
pub struct Told<'a> {
    /// Whose permission it is.
    pub contact: ContactId,
    /// The id the client made: of version 7, so it carries the time.
    pub id: ClientMessageId,
    /// The conversation in which the colleague was told, if it was one.
    pub conversation: Option<ConversationId>,
    /// What changed.
    pub change: ConsentChange,
    /// What the person said, word for word, and how: without it nobody can prove a yes.
    pub wording: Option<&'a str>,
    /// The language of it, by its BCP 47 code.
    pub language: Option<&'a str>,
}

/// Enters what a person told a colleague. A no needs no reason; a yes needs the wording of it.
///
/// # Errors
/// [`Error::NotFound`] when this business has no such contact, [`Error::Invalid`] when id or wording cannot be accepted.
pub async fn by_colleague(at: &Moment, tenant: &TenantStore, identity: Identity, told: &Told<'_>) -> Result<Standing, Error> {
    let user = authorise::colleague(tenant, identity, Action::RecordConsent).await?;
    let wording =
        told.wording.map(Text::new).transpose().map_err(|error| Error::Invalid { field: "wording", problem: error.to_string() })?;
    let language = told.language.map(language).transpose()?;
    if told.change == ConsentChange::OptIn && wording.is_none() {
        let problem = "must say what the customer agreed to, in the customer's words, and how you were told".to_owned();
        return Err(Error::Invalid { field: "wording", problem });
    }
    let made = made_at(told.id).filter(|made| made.duration_since(at.now).abs() <= CLOCK_ERROR_MAX);
    let made = made.ok_or_else(|| {
        let problem = "must be a UUID of version 7 made now: its time is more than a day off".to_owned();
        Error::Invalid { field: "Idempotency-Key", problem }
    })?;
    tenant.person(told.contact).await?.ok_or(Error::NotFound("contact"))?;
    let entry = Entry {
        // A clock that is ahead must not outrank what the person says next.
        key: MessageKey::received(made.min(at.now), &format!("colleague|{}", told.id)),
        change: told.change,
        source: Source::Colleague(user.id, user.name),
        wording,
        language,
        entered_at: at.now,
    };
    tenant.enter_consent(told.contact, &entry).await?;
    if let Some(id) = told.conversation {
        let conversation = tenant.conversation(id).await?.filter(|conversation| conversation.contact == told.contact);
        let problem = || "must be a conversation of this contact".to_owned();
        let conversation = conversation.ok_or_else(|| Error::Invalid { field: "conversation", problem: problem() })?;
        tenant.show_consent(conversation.id, &entry).await?;
    }
    Ok(tenant.consent(told.contact).await?)
}

/// A BCP 47 code as far as it matters here: letters, digits and hyphens.
fn language(raw: &str) -> Result<Text<16>, Error> {
    let shaped = raw.starts_with(|c: char| c.is_ascii_alphabetic()) && raw.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let code = Text::new(raw).ok().filter(|_| shaped);
    code.ok_or_else(|| Error::Invalid { field: "language", problem: "must be the code of a language, like `hi` or `ta-Latn`".to_owned() })
}
