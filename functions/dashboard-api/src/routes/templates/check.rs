//! Whether WhatsApp would take a template: by the same rules that decide when it is kept.

use axum::Json;
use serde::Serialize;
use shared::{
    domain::{
        access::Action,
        messaging::template::{self as domain, TemplateDefinition},
    },
    usecases::authorise,
};
use utoipa::ToSchema;

use super::definition::Definition;
use crate::{
    extract::{Caller, Input},
    refusal::Refusal,
};

/// What is wrong with a template, or with what is to fill it.
#[derive(Serialize, ToSchema)]
#[schema(as = TemplateFaults)]
pub struct Faults {
    /// In the order of the parts; empty when nothing is wrong.
    faults: Vec<Fault>,
}

/// One thing that is wrong.
#[derive(Serialize, ToSchema)]
#[schema(as = TemplateFault)]
pub struct Fault {
    /// The part, such as `body`, `buttons[1].url` or `cards[0].header`.
    place: String,
    /// A stable name of what is wrong.
    code: &'static str,
    /// What is wrong and what to do, in English.
    message: String,
    /// The number or the variable it speaks of.
    #[schema(required)]
    subject: Option<String>,
}

impl Fault {
    /// What is wrong, in the API's words.
    pub fn all(faults: Option<&domain::Faults>) -> Vec<Self> {
        let of = |fault: &domain::Fault| Self {
            place: fault.place.clone(),
            code: fault.problem.code(),
            message: fault.problem.to_string(),
            subject: fault.problem.subject(),
        };
        faults.map(|faults| faults.0.iter().map(of).collect()).unwrap_or_default()
    }
}

/// Checks a template without keeping it
#[utoipa::path(
    post, path = "/v1/templates/check", tag = "templates", request_body = Definition, security(("access_token" = [])),
    responses((status = 200, description = "What is wrong with it.", body = Faults), Refusal)
)]
pub async fn check_template(caller: Caller, Input(definition): Input<Definition>) -> Result<Json<Faults>, Refusal> {
    authorise::role(caller.identity, Action::ReadTemplates)?;
    let checked = TemplateDefinition::new(definition.parts()?);
    Ok(Json(Faults { faults: Fault::all(checked.err().as_ref()) }))
}
