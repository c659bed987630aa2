//! Everything a webhook tells beside messages and their statuses. What is read is typed; what is not read whole goes on as it came, so
//! that somebody can look at it.

use std::cell::Cell;

use domain::{
    consent::ConsentChange,
    crm::Sender,
    messaging::{
        event::{EventBody, Preference, SavedContact, Unhandled, UnhandledKind},
        template::TemplateEvent,
    },
    phone::Phone,
    tenant::{Alert, Ban, DailyLimit, NameDecision, News, NumberId, PaymentConfiguration, Restriction, Username},
    text::Text,
    time::Timestamp,
};
use serde_json::value::RawValue;

use super::{
    event::Event,
    message::{phone, same, scoped},
    phone as chat,
};
use crate::whatsapp::{
    fields::{Fields, Loss},
    templates,
};

/// How many things of one kind one value may hold.
const THINGS_MAX: usize = 1_000;

/// What a value says that is neither message nor status.
pub(super) struct Told<'a> {
    pub(super) events: Vec<Event<'a>>,
    /// The account it is about, where the envelope names the partner's.
    pub(super) account: Option<NumberId>,
    /// Whether it is about the partner who runs this program.
    pub(super) platform: bool,
}

/// Reads the value of a field.
pub(super) fn read<'a>(account_id: Option<&NumberId>, field: &str, raw: &'a str, at: Option<Timestamp>) -> Told<'a> {
    let loss = Cell::new(false);
    let mut told = Told { events: Vec::new(), account: None, platform: false };
    let Some(mut value) = Fields::read(raw, &loss) else {
        told.events.push(Event::Unreadable(raw));
        return told;
    };
    let bodies = match field {
        "phone_number_quality_update" => health(&mut value, quality),
        "business_capability_update" => health(&mut value, capability),
        "phone_number_name_update" => health(&mut value, name),
        "account_review_update" => health(&mut value, |value| Some(vec![News::Review(value.text("decision")?)])),
        "account_alerts" => health(&mut value, alert),
        "security" => health(&mut value, |value| Some(vec![News::Security(value.text("event")?)])),
        "payment_configuration_update" => health(&mut value, payment),
        "business_username_update" | "business_username_updates" => {
            health(&mut value, |value| Some(vec![News::Username(Username { name: value.text("username"), status: value.text("status")? })]))
        }
        "account_update" => {
            told.account = value.object("waba_info").and_then(|mut account| account.parsed("waba_id", |id| NumberId::new(id).ok()));
            account(&mut value, &mut told.platform)
        }
        "user_preferences" => preferences(&mut value),
        "smb_message_echoes" | "message_echoes" => chat::echoes(&mut value),
        "history" => chat::history(&mut value),
        "smb_app_state_sync" => saved(&mut value),
        other => {
            told.platform = other == "partner_solutions";
            let kind = kind(other, &value);
            if let Some(event) = template(kind, account_id, other, raw, at) {
                value.skip_all();
                told.events.push(Event::News { body: Box::new(EventBody::Template(Box::new(event))), at });
                return told;
            }
            let (what, subject) = (value.text("event"), subject(&mut value));
            value.skip_all();
            told.events.push(unhandled(kind, what.or_else(|| Text::cut(other)), subject, raw, at));
            return told;
        }
    };
    value.skip(&["messaging_product", "metadata", "contacts"]);
    drop(value);
    // What was not read whole is looked at by a person, whatever of it was read.
    let partial = bodies.is_empty() || loss.get();
    told.events.extend(bodies.into_iter().map(|body| Event::News { body: Box::new(body), at }));
    if partial {
        let kind = if told.platform { UnhandledKind::Partner } else { UnhandledKind::Unknown };
        told.events.push(unhandled(kind, Text::cut(field), None, raw, at));
    }
    told
}

/// What belongs to the messages of a value and is no message: errors alone, or fields we do not know.
pub(super) fn left_over(raw: &str, errors_only: bool) -> Event<'_> {
    let kind = if errors_only { UnhandledKind::Errors } else { UnhandledKind::Unknown };
    unhandled(kind, None, None, raw, None)
}

/// A status that is not about a message of ours.
pub(super) fn status(raw: &str) -> Event<'_> {
    let loss = Loss::default();
    let Some(mut fields) = Fields::read(raw, &loss) else {
        return Event::Unreadable(raw);
    };
    let kind = match fields.word("type").as_deref() {
        Some("payment") => UnhandledKind::Payment,
        Some("call") => UnhandledKind::Call,
        Some(_) | None => UnhandledKind::Status,
    };
    let at = fields.time("timestamp");
    let reference = fields.object("payment").and_then(|mut payment| payment.exact("reference_id"));
    unhandled(kind, fields.text("status"), reference.or_else(|| fields.exact("id")), raw, at)
}

fn unhandled<'a>(kind: UnhandledKind, what: Option<Text<64>>, subject: Option<Text<512>>, raw: &str, at: Option<Timestamp>) -> Event<'a> {
    let body = EventBody::Unhandled(Unhandled { kind, what, subject, raw: raw.to_owned() });
    Event::News { body: Box::new(body), at }
}

fn kind(field: &str, value: &Fields<'_, '_>) -> UnhandledKind {
    match field {
        "calls" => UnhandledKind::Call,
        "flows" => UnhandledKind::Flow,
        "partner_solutions" => UnhandledKind::Partner,
        "template_category_update" | "template_correct_category_detection" => UnhandledKind::Template,
        field if field.starts_with("message_template_") => UnhandledKind::Template,
        field if field.starts_with("group_") => UnhandledKind::Group,
        // Meta's own example has the quality of a template under another field's name.
        _ if value.names().any(|name| name == "message_template_id" || name == "new_quality_score") => UnhandledKind::Template,
        _ => UnhandledKind::Unknown,
    }
}

fn template(kind: UnhandledKind, account: Option<&NumberId>, field: &str, raw: &str, at: Option<Timestamp>) -> Option<TemplateEvent> {
    let (UnhandledKind::Template, Some(account), Some(at)) = (kind, account, at) else {
        return None;
    };
    templates::event(account, at, field, raw)
}

/// The id of the first thing it is about.
fn subject(value: &mut Fields<'_, '_>) -> Option<Text<512>> {
    for (list, id) in [("calls", "id"), ("statuses", "id"), ("groups", "group_id")] {
        if let Some(first) = value.objects(list, 1).first_mut() {
            return first.exact(id);
        }
    }
    ["message_template_id", "flow_id", "solution_id"].iter().find_map(|name| value.exact(name))
}

fn health<'a, 'l>(value: &mut Fields<'a, 'l>, read: impl FnOnce(&mut Fields<'a, 'l>) -> Option<Vec<News>>) -> Vec<EventBody> {
    let phone = display_phone(value);
    read(value).filter(|news| !news.is_empty()).map(|news| EventBody::Health { phone, news }).into_iter().collect()
}

/// The number as people see it, written with or without plus, blanks and hyphens.
pub(super) fn display_phone(value: &mut Fields<'_, '_>) -> Option<Phone> {
    value.parsed("display_phone_number", |shown| shown.chars().filter(char::is_ascii_digit).collect::<String>().parse().ok())
}

fn quality(value: &mut Fields<'_, '_>) -> Option<Vec<News>> {
    let event = value.word("event")?;
    let limit = value.word("max_daily_conversations_per_business");
    // Until February 2026 the tier stood here.
    let current = value.word("current_limit");
    value.skip(&["old_limit"]);
    let mut news: Vec<News> = limit.as_deref().or(current.as_deref()).and_then(DailyLimit::of_tier).map(News::Limit).into_iter().collect();
    match &*event {
        "FLAGGED" => news.push(News::Flagged(true)),
        "UNFLAGGED" => news.push(News::Flagged(false)),
        "THROUGHPUT_UPGRADE" => news.push(News::HighThroughput(true)),
        "ONBOARDING" | "UPGRADE" | "DOWNGRADE" => {}
        _ => value.lose(),
    }
    if news.is_empty() {
        news.push(News::Account(Text::cut(&event)?));
    }
    Some(news)
}

fn capability(value: &mut Fields<'_, '_>) -> Option<Vec<News>> {
    value.skip(&["max_phone_numbers_per_business", "max_phone_numbers_per_waba"]);
    let names = ["max_daily_conversations_per_business", "max_daily_conversation_per_phone", "max_daily_conversations_per_phone"];
    let limit = names.iter().find_map(|name| value.word(name))?;
    let limit = limit.parse().map_or_else(|_| DailyLimit::of_tier(&limit), |count| Some(DailyLimit::of_count(count)))?;
    Some(vec![News::Limit(limit)])
}

fn name(value: &mut Fields<'_, '_>) -> Option<Vec<News>> {
    let (name, reason) = (value.text("requested_verified_name"), value.text("rejection_reason"));
    Some(vec![News::Name(NameDecision { decision: value.text("decision")?, name, reason })])
}

fn alert(value: &mut Fields<'_, '_>) -> Option<Vec<News>> {
    value.skip(&["entity_type", "entity_id"]);
    let mut alert = value.object("alert_info")?;
    Some(vec![News::Alert(Alert {
        severity: alert.text("alert_severity")?,
        kind: alert.text("alert_type")?,
        status: alert.text("alert_status"),
        description: alert.text("alert_description"),
    })])
}

fn payment(value: &mut Fields<'_, '_>) -> Option<Vec<News>> {
    value.skip(&["provider_mid", "created_timestamp", "updated_timestamp"]);
    let (name, provider) = (value.text("configuration_name")?, value.text("provider_name"));
    Some(vec![News::Payment(PaymentConfiguration { name, provider, status: value.text("status")? })])
}

fn account(value: &mut Fields<'_, '_>, platform: &mut bool) -> Vec<EventBody> {
    let phone = value.parsed("phone_number", |shown| shown.parse().ok());
    let Some(event) = value.word("event") else {
        return Vec::new();
    };
    *platform = event.starts_with("PARTNER_");
    let news = match &*event {
        "ACCOUNT_RESTRICTION" => Some(News::Restrictions(
            value
                .objects("restriction_info", 20)
                .iter_mut()
                .filter_map(|found| Some(Restriction { kind: found.text("restriction_type")?, until: found.time("expiration") }))
                .collect(),
        )),
        "ACCOUNT_VIOLATION" => value.object("violation_info").and_then(|mut found| found.text("violation_type")).map(News::Violation),
        "DISABLED_UPDATE" => value
            .object("ban_info")
            .and_then(|mut found| Some(News::Ban(Ban { state: found.text("waba_ban_state")?, date: found.text("waba_ban_date") }))),
        other => Text::cut(other).map(News::Account),
    };
    news.map(|news| EventBody::Health { phone, news: vec![news] }).into_iter().collect()
}

fn preferences(value: &mut Fields<'_, '_>) -> Vec<EventBody> {
    let contacts: Vec<Sender> = value.list("contacts", THINGS_MAX).into_iter().map(super::message::person).collect();
    let read = |raw: &&RawValue| {
        let loss = Loss::default();
        let mut wish = Fields::read(raw.get(), &loss)?;
        let said = Sender { phone: phone(&mut wish, "wa_id"), ..scoped(&mut wish, "user_id", "parent_user_id") };
        let known = contacts.iter().find(|person| same(person, &said));
        let person = Sender { name: known.and_then(|person| person.name.clone()), ..said };
        person.recipient()?;
        let change = match (&*wish.word("category")?, &*wish.word("value")?) {
            ("marketing_messages", "stop") => ConsentChange::OptOut,
            ("marketing_messages", "resume" | "signup") => ConsentChange::OptIn,
            _ => return None,
        };
        Some(EventBody::Preference(Preference { person, change, detail: wish.text("detail"), at: wish.time("timestamp")? }))
    };
    let wishes = value.list("user_preferences", THINGS_MAX);
    let bodies = wishes.iter().map(|raw| {
        read(raw).unwrap_or_else(|| {
            let raw = raw.get().to_owned();
            EventBody::Unhandled(Unhandled { kind: UnhandledKind::Preference, what: None, subject: None, raw })
        })
    });
    bodies.collect()
}

fn saved(value: &mut Fields<'_, '_>) -> Vec<EventBody> {
    let entries = value.objects("state_sync", THINGS_MAX);
    let read = |mut entry: Fields<'_, '_>| {
        entry.skip(&["metadata"]);
        let kind = entry.word("type");
        let removed = entry.word("action").is_some_and(|action| action == "remove");
        let Some(mut card) = entry.object("contact").filter(|_| kind.as_deref() == Some("contact")) else {
            entry.lose();
            return None;
        };
        let name = card.text("full_name");
        card.skip(&["first_name"]);
        let user = scoped(&mut card, "user_id", "parent_user_id");
        let person = Sender { name, phone: phone(&mut card, "phone_number"), username: card.text("username"), ..user };
        if person.recipient().is_none() {
            card.lose();
            return None;
        }
        Some(EventBody::SavedContact(SavedContact { person, removed }))
    };
    entries.into_iter().filter_map(read).collect()
}
