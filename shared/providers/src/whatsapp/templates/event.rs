//! From Meta's webhooks about templates to ours. Which of the four kinds one is shows from what is in it, not from the name of its
//! field alone: Meta has been seen to send a quality under the name of a status.

use domain::{
    messaging::template::{Category, ProviderTemplateId, Quality, Status, TemplateChange, TemplateEvent},
    tenant::NumberId,
    text::Text,
    time::Timestamp,
};

use super::{read::key, wire};

/// Whether webhooks of this field are about templates.
#[must_use]
pub fn is_about_templates(field: &str) -> bool {
    matches!(
        field,
        "message_template_status_update"
            | "message_template_quality_update"
            | "message_template_components_update"
            | "template_category_update"
    )
}

/// Reads a webhook's `value`; `None` when it is not about a template, or does not read.
#[must_use]
pub fn event(account: &NumberId, entry_time: Timestamp, field: &str, value: &str) -> Option<TemplateEvent> {
    if !is_about_templates(field) {
        return None;
    }
    let raw: wire::Event = serde_json::from_str(value).ok()?;
    let key = key(account, &raw.message_template_name, &raw.message_template_language)?;
    let provider_id = Some(ProviderTemplateId(raw.message_template_id));
    Some(TemplateEvent { key, provider_id, at: entry_time, told: told(field, &raw)? })
}

fn told(field: &str, raw: &wire::Event) -> Option<TemplateChange> {
    if let Some(now) = &raw.new_quality_score {
        let before = raw.previous_quality_score.as_deref().map(Quality::of_provider);
        return Some(TemplateChange::Quality { before, now: Quality::of_provider(now) });
    }
    if let Some(now) = &raw.new_category {
        let now = Category::of_provider(now);
        return Some(match &raw.correct_category {
            Some(then) => TemplateChange::CategoryImpending {
                now,
                then: Category::of_provider(then),
                effective_at: raw.category_update_timestamp.and_then(|seconds| Timestamp::from_second(seconds).ok()),
            },
            None => TemplateChange::Category { before: raw.previous_category.as_deref().map(Category::of_provider), now },
        });
    }
    if let Some(event) = &raw.event {
        return Some(status(event, raw));
    }
    (field == "message_template_components_update").then_some(TemplateChange::Components)
}

fn status(event: &str, raw: &wire::Event) -> TemplateChange {
    let (info, other) = (raw.rejection_info.as_ref(), raw.other_info.as_ref());
    let reason = raw.reason.as_deref().filter(|reason| *reason != "NONE");
    let reason = reason.or_else(|| other.and_then(|other| other.title.as_deref()));
    let explanation = info.and_then(|info| info.reason.as_deref()).or_else(|| other.and_then(|other| other.description.as_deref()));
    TemplateChange::Status {
        status: Status::of_provider(event),
        category: raw.message_template_category.as_deref().map(Category::of_provider),
        reason: reason.and_then(Text::cut),
        explanation: explanation.and_then(Text::cut),
        advice: info.and_then(|info| info.recommendation.as_deref()).and_then(Text::cut),
    }
}
