//! The templates as Meta keeps them, and the rules it checks when one is created or changed.

use std::sync::Mutex;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::clock;
use crate::graph::errors::{GraphError, GraphResult};
use crate::sync::lock;

/// How many templates an account may have here.
const TEMPLATES_MAX: usize = 6_000;
/// The first id; Meta's are whole numbers.
const FIRST_ID: u64 = 700_000_000_000_001;

/// A template in one language.
#[derive(Clone)]
pub(crate) struct Template {
    /// Meta's id.
    pub(crate) id: u64,
    /// Its name.
    pub(crate) name: String,
    /// Its language.
    pub(crate) language: String,
    /// `MARKETING`, `UTILITY` or `AUTHENTICATION`.
    pub(crate) category: String,
    /// Its finer category, if it has one.
    pub(crate) sub_category: Value,
    /// What may be done with it.
    pub(crate) status: String,
    /// What people make of it.
    pub(crate) quality: String,
    /// Why it was refused.
    pub(crate) rejected_reason: String,
    /// `POSITIONAL` or `NAMED`.
    pub(crate) format: String,
    /// Its parts, as they were submitted.
    pub(crate) components: Vec<Value>,
    /// How long it is tried.
    pub(crate) ttl: Value,
}

/// All templates of the account.
#[derive(Default)]
pub(crate) struct Templates {
    all: Mutex<Shelf>,
}

#[derive(Default)]
struct Shelf {
    templates: Vec<Template>,
    made: u64,
    last_event: Option<Timestamp>,
}

impl Template {
    /// As a list shows it.
    pub(crate) fn listed(&self) -> Value {
        let mut listed = json!({
            "id": self.id.to_string(), "name": self.name, "language": self.language, "status": self.status, "category": self.category,
            "parameter_format": self.format, "components": self.components, "rejected_reason": self.rejected_reason,
            "quality_score": { "score": self.quality, "date": clock::now().as_second() },
        });
        if !self.sub_category.is_null() {
            listed["sub_category"] = self.sub_category.clone();
        }
        if !self.ttl.is_null() {
            listed["message_send_ttl_seconds"] = self.ttl.clone();
        }
        listed
    }

    /// A part by its type.
    pub(crate) fn component(&self, kind: &str) -> Option<&Value> {
        component(&self.components, kind)
    }
}

/// A part by its type, in any case.
pub(super) fn component<'a>(components: &'a [Value], kind: &str) -> Option<&'a Value> {
    components.iter().find(|component| component["type"].as_str().is_some_and(|found| found.eq_ignore_ascii_case(kind)))
}

impl Templates {
    /// All of them, oldest first.
    pub(crate) fn list(&self) -> Vec<Template> {
        lock(&self.all).templates.clone()
    }

    /// One by its id.
    pub(crate) fn find(&self, id: u64) -> Option<Template> {
        lock(&self.all).templates.iter().find(|template| template.id == id).cloned()
    }

    /// One by its name and language.
    pub(crate) fn named(&self, name: &str, language: &str) -> Option<Template> {
        lock(&self.all).templates.iter().find(|template| template.name == name && template.language == language).cloned()
    }

    /// Takes a new one.
    pub(crate) fn create(&self, body: &Value) -> GraphResult<Template> {
        let text = |key: &str| body[key].as_str().map(str::to_owned).ok_or_else(|| GraphError::missing(format!("{key}: is required")));
        let (name, language, category) = (text("name")?, text("language")?, text("category")?.to_ascii_uppercase());
        if !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_') || name.len() > 512 {
            return Err(GraphError::invalid("name: small letters, digits and underscores only"));
        }
        if !["MARKETING", "UTILITY", "AUTHENTICATION"].contains(&category.as_str()) {
            return Err(GraphError::invalid("category: must be MARKETING, UTILITY or AUTHENTICATION"));
        }
        let components = components(body)?;
        let mut kept = lock(&self.all);
        if kept.templates.iter().any(|template| template.name == name && template.language == language) {
            return Err(GraphError::template(2_388_024, "There is already content in this language for this template."));
        }
        if kept.templates.len() >= TEMPLATES_MAX {
            return Err(GraphError::template(2_388_019, "You've reached the limit of templates."));
        }
        let template = Template {
            id: FIRST_ID + kept.made,
            name,
            language,
            category,
            sub_category: body["sub_category"].clone(),
            status: "PENDING".to_owned(),
            quality: "UNKNOWN".to_owned(),
            rejected_reason: "NONE".to_owned(),
            format: body["parameter_format"].as_str().unwrap_or("POSITIONAL").to_ascii_uppercase(),
            components,
            ttl: body["message_send_ttl_seconds"].clone(),
        };
        kept.made += 1;
        kept.templates.push(template.clone());
        Ok(template)
    }

    /// Takes a change; what was approved is looked at again.
    pub(crate) fn change(&self, id: u64, body: &Value) -> GraphResult<()> {
        let components = if body["components"].is_null() { None } else { Some(components(body)?) };
        let mut kept = lock(&self.all);
        let found = kept.templates.iter_mut().find(|template| template.id == id);
        let template = found.ok_or_else(|| GraphError::unknown_object("post", &id.to_string()))?;
        if !["APPROVED", "REJECTED", "PAUSED"].contains(&template.status.as_str()) {
            return Err(GraphError::invalid("only templates with an approved, rejected or paused status can be edited"));
        }
        if let Some(category) = body["category"].as_str() {
            if template.status == "APPROVED" && category != template.category {
                return Err(GraphError::invalid("category: an approved template keeps its category"));
            }
            category.clone_into(&mut template.category);
        }
        if let Some(components) = components {
            template.components = components;
        }
        "PENDING".clone_into(&mut template.status);
        Ok(())
    }

    /// Deletes one by id, or all with the name; says how many.
    pub(crate) fn delete(&self, name: &str, id: Option<u64>) -> usize {
        let mut kept = lock(&self.all);
        let before = kept.templates.len();
        kept.templates.retain(|template| template.name != name || id.is_some_and(|id| template.id != id));
        before - kept.templates.len()
    }

    /// Changes one as Meta's reviewer does; gives it as it is then.
    pub(crate) fn review(&self, name: &str, language: &str, change: impl FnOnce(&mut Template)) -> Option<Template> {
        let mut kept = lock(&self.all);
        let template = kept.templates.iter_mut().find(|template| template.name == name && template.language == language)?;
        change(template);
        Some(template.clone())
    }

    /// When the next event is dated: two events never have the same second, as they have not with a reviewer who is a person.
    pub(super) fn next_event_time(&self) -> i64 {
        let mut kept = lock(&self.all);
        let after = kept.last_event.map_or(0, |last| last.as_second() + 1);
        let second = clock::now().as_second().max(after);
        kept.last_event = Timestamp::from_second(second).ok();
        second
    }
}

/// The parts of a body, checked by the rules Meta answers for with codes of their own.
fn components(body: &Value) -> GraphResult<Vec<Value>> {
    let components = body["components"].as_array().cloned().ok_or_else(|| GraphError::missing("components: is required"))?;
    for part in &components {
        let text = part["text"].as_str().unwrap_or_default();
        let kind = part["type"].as_str().unwrap_or_default().to_ascii_uppercase();
        let max = if kind == "BODY" { 1_024 } else { 60 };
        if text.chars().count() > max {
            return Err(GraphError::template(2_388_040, &format!("The {kind} is too long.")));
        }
        if kind == "BODY" && (text.trim_start().starts_with("{{") || text.trim_end().ends_with("}}")) {
            return Err(GraphError::template(2_388_299, "Variables can't be at the start or end of the template."));
        }
        let needs_sample = kind == "HEADER" && matches!(part["format"].as_str(), Some("IMAGE" | "VIDEO" | "DOCUMENT"));
        if needs_sample && !part["example"]["header_handle"].is_array() {
            return Err(GraphError::template(2_388_273, "A template with a media header needs an example."));
        }
        if text.contains("{{") && part["example"].is_null() {
            return Err(GraphError::template(2_388_043, "A template with variables needs examples of them."));
        }
    }
    if component(&components, "BODY").is_none() {
        return Err(GraphError::missing("components: a body is required"));
    }
    Ok(components)
}
