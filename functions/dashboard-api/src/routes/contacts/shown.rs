//! A contact and a consent ledger as the API shows them.

use serde::{Deserialize, Serialize};
use shared::{
    domain::{
        consent::{self, ConsentChange, Permission, Source},
        crm::{self, Alias},
        id::ContactId,
        time::Timestamp,
    },
    store::Person,
};
use utoipa::ToSchema;

/// A person who writes to the business.
#[derive(Serialize, ToSchema)]
pub struct ContactCard {
    #[schema(value_type = String)]
    id: ContactId,
    /// The name of the profile.
    #[schema(required)]
    name: Option<String>,
    /// In E.164 with its plus sign; `null` for people who show none.
    #[schema(required)]
    phone: Option<String>,
    /// The name the person goes by on WhatsApp.
    #[schema(required)]
    username: Option<String>,
    /// When the person first wrote.
    created_at: Timestamp,
}

/// A contact with every name that leads there.
#[derive(Serialize, ToSchema)]
pub struct ContactDetails {
    contact: ContactCard,
    names: Vec<ContactName>,
}

/// A name a person is known by.
#[derive(Serialize, ToSchema)]
pub struct ContactName {
    kind: NameKind,
    value: String,
}

/// What a name is.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum NameKind {
    Phone,
    WhatsappUserId,
}

/// What a person has said about marketing.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MarketingPermission {
    Unasked,
    Given,
    Refused,
}

/// What a person has agreed to, and how that is known.
#[derive(Serialize, ToSchema)]
pub struct Consent {
    marketing: MarketingPermission,
    /// Since when; `null` when nothing was ever said.
    #[schema(required)]
    since: Option<Timestamp>,
    /// Until when WhatsApp holds marketing to this person back, whatever the person wants.
    #[schema(required)]
    held_until: Option<Timestamp>,
    /// What happened last comes first.
    entries: Vec<ConsentEntry>,
    /// The cursor of the next page; `null` at the end.
    #[schema(required)]
    next: Option<String>,
}

/// One change of consent.
#[derive(Serialize, ToSchema)]
pub struct ConsentEntry {
    /// When it happened.
    at: Timestamp,
    change: ConsentChanged,
    /// How it is known: `word`, `button`, `whatsapp_preference`, `whatsapp_refusal`, `colleague`, `import` or `api`.
    source: &'static str,
    /// The colleague who entered it.
    #[schema(required)]
    colleague: Option<String>,
    /// What was said or agreed to, word for word.
    #[schema(required)]
    wording: Option<String>,
    /// The language of it.
    #[schema(required)]
    language: Option<String>,
    /// When it was entered.
    entered_at: Timestamp,
}

/// A change of consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConsentChanged {
    OptOut,
    OptIn,
}

impl From<&crm::Contact> for ContactCard {
    fn from(contact: &crm::Contact) -> Self {
        Self {
            id: contact.id,
            name: contact.name.as_ref().map(ToString::to_string),
            phone: contact.phone.map(|phone| phone.to_string()),
            username: contact.username.as_ref().map(ToString::to_string),
            created_at: contact.created_at,
        }
    }
}

impl From<&Person> for ContactDetails {
    fn from(person: &Person) -> Self {
        Self { contact: (&person.contact.body).into(), names: person.aliases.iter().map(ContactName::from).collect() }
    }
}

impl From<&Alias> for ContactName {
    fn from(alias: &Alias) -> Self {
        match alias {
            Alias::WhatsApp(phone) => Self { kind: NameKind::Phone, value: phone.to_string() },
            Alias::BusinessScoped(id) => Self { kind: NameKind::WhatsappUserId, value: id.as_str().to_owned() },
        }
    }
}

impl From<Permission> for MarketingPermission {
    fn from(permission: Permission) -> Self {
        match permission {
            Permission::Unasked => Self::Unasked,
            Permission::Given => Self::Given,
            Permission::Refused => Self::Refused,
        }
    }
}

impl From<ConsentChanged> for ConsentChange {
    fn from(changed: ConsentChanged) -> Self {
        match changed {
            ConsentChanged::OptOut => Self::OptOut,
            ConsentChanged::OptIn => Self::OptIn,
        }
    }
}

impl From<&consent::Entry> for ConsentEntry {
    fn from(entry: &consent::Entry) -> Self {
        let change = match entry.change {
            ConsentChange::OptOut => ConsentChanged::OptOut,
            ConsentChange::OptIn => ConsentChanged::OptIn,
        };
        let colleague = match &entry.source {
            Source::Colleague(_, name) => Some(name.to_string()),
            Source::Word | Source::Button | Source::WhatsAppPreference | Source::WhatsAppRefusal | Source::Import | Source::Api => None,
        };
        Self {
            at: entry.key.at(),
            change,
            source: entry.source.name(),
            colleague,
            wording: entry.wording.as_ref().map(ToString::to_string),
            language: entry.language.as_ref().map(ToString::to_string),
            entered_at: entry.entered_at,
        }
    }
}

impl Consent {
    /// What is known of a person's permission, with some of the ledger.
    pub fn of(standing: consent::Standing, entries: &[consent::Entry], next: Option<String>) -> Self {
        Self {
            marketing: standing.permission.into(),
            since: standing.since,
            held_until: standing.held_until,
            entries: entries.iter().map(ConsentEntry::from).collect(),
            next,
        }
    }
}
