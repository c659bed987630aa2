//! Meta's reviewer, played by a test: `POST /templates/review` approves, refuses, pauses, disables and recategorises, and tells the
//! platform by a signed webhook.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Template;
use crate::control::Problem;
use crate::webhook::deliver::deliver;
use crate::webhook::envelope::Webhook;
use crate::world::World;

/// What the reviewer does.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Review {
    name: String,
    #[serde(default = "english")]
    language: String,
    /// A status event of Meta, such as `APPROVED`, `REJECTED`, `PAUSED`.
    event: Option<String>,
    /// Why, in Meta's word.
    reason: Option<String>,
    /// Why, in a sentence.
    explanation: Option<String>,
    /// The category it gets.
    category: Option<String>,
    /// The category it will get tomorrow.
    impending_category: Option<String>,
    /// What people make of it: `GREEN`, `YELLOW`, `RED`.
    quality: Option<String>,
    /// Whether the platform is told; `false` is a webhook that got lost.
    #[serde(default = "told")]
    tell: bool,
}

fn english() -> String {
    "en".to_owned()
}

fn told() -> bool {
    true
}

/// `GET /templates`: everything that is at Meta.
pub(crate) async fn list(State(world): State<Arc<World>>) -> Json<Vec<Value>> {
    Json(world.templates.list().iter().map(Template::listed).collect())
}

/// `POST /templates`: puts a template there as if it had been made in WhatsApp Manager; `status` and `quality` may be given.
pub(crate) async fn put(State(world): State<Arc<World>>, body: Result<Json<Value>, JsonRejection>) -> Result<Json<Value>, Problem> {
    let Json(body) = body?;
    let made = world.templates.create(&body).map_err(|_| Problem::bad_request("body: Meta would refuse this template"))?;
    let reviewed = world.templates.review(&made.name, &made.language, |template| {
        body["status"].as_str().unwrap_or("APPROVED").clone_into(&mut template.status);
        body["quality"].as_str().unwrap_or("GREEN").clone_into(&mut template.quality);
    });
    Ok(Json(reviewed.unwrap_or(made).listed()))
}

/// `POST /templates/review`.
pub(crate) async fn review(State(world): State<Arc<World>>, body: Result<Json<Review>, JsonRejection>) -> Result<Json<Value>, Problem> {
    let Json(review) = body?;
    let mut before = None;
    let template = world.templates.review(&review.name, &review.language, |template| {
        before = Some((template.category.clone(), template.quality.clone()));
        apply(template, &review);
    });
    let (Some(template), Some((category, quality))) = (template, before) else {
        return Err(Problem::not_found("name: there is no such template in this language"));
    };
    if review.tell {
        for (field, value) in webhooks(&template, &review, &category, &quality) {
            let mut webhook = Webhook::single(&world.config.waba_id, field, &value);
            webhook.entries[0]["time"] = json!(world.templates.next_event_time());
            deliver(&world, webhook).await;
        }
    }
    Ok(Json(template.listed()))
}

fn apply(template: &mut Template, review: &Review) {
    if let Some(event) = &review.event {
        event.clone_into(&mut template.status);
        if event == "REJECTED" {
            review.reason.as_deref().unwrap_or("INVALID_FORMAT").clone_into(&mut template.rejected_reason);
        }
    }
    if let Some(category) = &review.category {
        category.clone_into(&mut template.category);
    }
    if let Some(quality) = &review.quality {
        quality.clone_into(&mut template.quality);
    }
}

fn webhooks(template: &Template, review: &Review, category: &str, quality: &str) -> Vec<(&'static str, Value)> {
    let base = || json!({ "message_template_id": template.id, "message_template_name": template.name, "message_template_language": template.language });
    let mut told = Vec::new();
    if let Some(event) = &review.event {
        let mut value = base();
        value["event"] = json!(event);
        value["message_template_category"] = json!(template.category);
        value["reason"] = json!(review.reason.as_deref().unwrap_or("NONE"));
        match event.as_str() {
            "REJECTED" => {
                value["reason"] = json!(template.rejected_reason);
                value["rejection_info"] =
                    json!({ "reason": review.explanation, "recommendation": "Change the template and submit it again." });
            }
            "PAUSED" => value["other_info"] = json!({ "title": "FIRST_PAUSE", "description": "paused for 3 hours" }),
            _ => {}
        }
        told.push(("message_template_status_update", value));
    }
    if let Some(then) = &review.impending_category {
        let mut value = base();
        value["new_category"] = json!(category);
        value["correct_category"] = json!(then);
        value["category_update_timestamp"] = json!(crate::clock::now().as_second() + 86_400);
        told.push(("template_category_update", value));
    }
    if let Some(now) = &review.category {
        let mut value = base();
        value["previous_category"] = json!(category);
        value["new_category"] = json!(now);
        told.push(("template_category_update", value));
    }
    if let Some(now) = &review.quality {
        let mut value = base();
        value["previous_quality_score"] = json!(quality);
        value["new_quality_score"] = json!(now);
        told.push(("message_template_quality_update", value));
    }
    told
}
