//! A template as the API shows it: what it says, where it stands at WhatsApp, and what that means.

use serde::Serialize;
use shared::{
    domain::{
        messaging::{
            pricing::{Charge, Country, price},
            template::{self as domain, TemplateChange},
        },
        money::Paise,
        time::Timestamp,
    },
    store::Versioned,
    usecases::templates::priced,
};
use utoipa::ToSchema;

use super::definition::{Category, Definition};
use crate::time::milliseconds;

/// A template of a number's account.
#[derive(Serialize, ToSchema)]
pub struct Template {
    name: String,
    language: String,
    /// Give it back as `If-Match` when you change the template.
    version: u64,
    /// What it says; `null` while WhatsApp has told of it and it has not been read yet.
    #[schema(required)]
    definition: Option<Definition>,
    /// `draft`, `pending`, `approved`, `rejected`, `flagged`, `paused`, `disabled`, `in_appeal`, `pending_deletion`, `deleted`,
    /// `limit_exceeded`, `archived`, `locked`, or `unknown` for one that WhatsApp has added since.
    status: &'static str,
    /// Why it has this status, as WhatsApp says it.
    #[schema(required)]
    reason: Option<Reason>,
    /// What WhatsApp sorts it under: the authority.
    category: Category,
    /// What people make of it: `green`, `yellow`, `red` or `unknown`.
    quality: &'static str,
    /// Whether a message made from it would be taken.
    sendable: bool,
    /// Whether it may be changed now, and why not.
    #[schema(required)]
    locked_because: Option<String>,
    /// That WhatsApp has made marketing of it: until somebody takes note, only people who said yes to marketing get it.
    #[schema(required)]
    recategorised: Option<Recategorised>,
    /// That WhatsApp has announced another category.
    #[schema(required)]
    impending: Option<Impending>,
    /// Its past, the latest first.
    history: Vec<Event>,
}

/// Why a template has its status.
#[derive(Serialize, ToSchema)]
#[schema(as = TemplateReason)]
struct Reason {
    /// WhatsApp's word, such as `INVALID_FORMAT` or `FIRST_PAUSE`.
    #[schema(required)]
    code: Option<String>,
    #[schema(required)]
    explanation: Option<String>,
    #[schema(required)]
    advice: Option<String>,
}

/// What another category means for the purse.
#[derive(Serialize, ToSchema)]
#[schema(as = TemplateRecategorised)]
struct Recategorised {
    /// What it was made for.
    from: Category,
    /// What WhatsApp makes of it.
    to: Category,
    /// What a message to India cost before, in paise.
    #[schema(value_type = Option<i64>, required)]
    price_before: Option<Paise>,
    /// What it costs now.
    #[schema(value_type = Option<i64>, required)]
    price_after: Option<Paise>,
}

/// A category to come.
#[derive(Serialize, ToSchema)]
#[schema(as = TemplateImpending)]
struct Impending {
    #[serde(flatten)]
    change: Recategorised,
    #[schema(required)]
    effective_at: Option<Timestamp>,
}

/// Something in the past of a template.
#[derive(Serialize, ToSchema)]
#[schema(as = TemplateEvent)]
struct Event {
    at: Timestamp,
    /// `status`, `quality`, `category`, `category_impending`, `components`, `acknowledged` or `submitted`.
    what: &'static str,
    /// The status, quality or category it was told to have.
    #[schema(required)]
    value: Option<String>,
    #[schema(required)]
    reason: Option<String>,
}

impl Template {
    /// A template as it is at this time.
    pub fn of(found: &Versioned<domain::Template>, now: Timestamp) -> Self {
        let template = &found.body;
        let change = |to: &domain::Category| Recategorised::of(&template.intended.value, to, now);
        Self {
            name: template.key.name.to_string(),
            language: template.key.language.to_string(),
            version: found.version,
            definition: template.definition.as_ref().map(Into::into),
            status: template.status.value.name(),
            reason: template.last_reason().and_then(reason),
            category: (&template.category.value).into(),
            quality: template.quality.as_ref().map_or("unknown", |quality| quality.value.name()),
            sendable: template.usable(),
            locked_because: template.may_edit(now).err().map(|refusal| refusal.to_string()),
            recategorised: template.recategorised().then(|| change(&template.category.value)),
            impending: template
                .impending()
                .map(|impending| Impending { change: change(&impending.category), effective_at: impending.effective_at }),
            history: template.history.iter().map(event).collect(),
        }
    }
}

impl Recategorised {
    fn of(from: &domain::Category, to: &domain::Category, now: Timestamp) -> Self {
        Self { from: from.into(), to: to.into(), price_before: in_india(from, now), price_after: in_india(to, now) }
    }
}

/// What a message made from a template of this category costs in India.
fn in_india(category: &domain::Category, now: Timestamp) -> Option<Paise> {
    use shared::domain::messaging::pricing::Category as Priced;
    let charge = match priced(category) {
        Priced::Marketing => Charge::Marketing,
        Priced::Utility => Charge::Utility,
        Priced::Authentication => Charge::Authentication,
        Priced::AuthenticationInternational => Charge::AuthenticationInternational,
        Priced::Service => Charge::Service,
    };
    price(Some(Country::INDIA), charge, now).map(shared::domain::messaging::pricing::MicroRupees::to_paise)
}

fn reason(told: &TemplateChange) -> Option<Reason> {
    let TemplateChange::Status { reason, explanation, advice, .. } = told else { return None };
    let any = reason.is_some() || explanation.is_some() || advice.is_some();
    any.then(|| Reason {
        code: reason.as_ref().map(ToString::to_string),
        explanation: explanation.as_ref().map(ToString::to_string),
        advice: advice.as_ref().map(ToString::to_string),
    })
}

fn event(entry: &domain::HistoryEntry) -> Event {
    let (value, reason) = match &entry.told {
        TemplateChange::Status { status, reason, .. } => (Some(status.name()), reason.as_ref().map(ToString::to_string)),
        TemplateChange::Quality { now, .. } => (Some(now.name()), None),
        TemplateChange::Category { now, .. } => (Some(now.name()), None),
        TemplateChange::CategoryImpending { then, .. } => (Some(then.name()), None),
        TemplateChange::Components | TemplateChange::Acknowledged { .. } | TemplateChange::Submitted { .. } => (None, None),
    };
    Event { at: milliseconds(entry.at), what: entry.told.name(), value: value.map(ToOwned::to_owned), reason }
}
