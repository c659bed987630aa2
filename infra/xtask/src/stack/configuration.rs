//! What our own programs are told at their start.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::{
    Endpoints, demo,
    plan::{Plan, write_private},
};
use crate::root;

/// The simulator's configuration.
pub fn simulator(plan: &Plan, endpoints: &Endpoints) -> Value {
    let number = json!({
        "phone_number_id": demo::PHONE_NUMBER_ID,
        "display_phone_number": demo::DISPLAY_PHONE.trim_start_matches('+'),
        "name": demo::SHOP,
    });
    let personas: Vec<Value> = [demo::OWNER, demo::CUSTOMER, demo::SECOND_CUSTOMER]
        .iter()
        .map(|person| {
            json!({
                "id": person.id,
                "name": person.name,
                "wa_id": person.phone.trim_start_matches('+'),
                "user_id": person.user_id,
                "role": person.role,
                "phone_number_id": demo::PHONE_NUMBER_ID,
            })
        })
        .collect();
    json!({
        "port": plan.ports.simulator,
        "webhook_url": endpoints.webhook_url,
        "app_secret": plan.secrets.app_secret,
        "verify_token": plan.secrets.verify_token,
        "access_token": plan.secrets.access_token,
        "waba_id": demo::WABA_ID,
        "numbers": [number],
        "personas": personas,
        "auto_read": false,
        "status_delay_ms": plan.status_delay_ms,
    })
}

/// The front's configuration.
pub fn front(plan: &Plan, endpoints: &Endpoints) -> Value {
    json!({
        "port": plan.ports.front,
        "dist": root::dashboard().join("dist"),
        "api_url": endpoints.api_url,
        "ws_url": endpoints.ws_url,
        "files_url": endpoints.aws_endpoint_url,
        "stage": plan.stage,
    })
}

/// The seed's configuration.
pub fn seed(plan: &Plan, endpoints: &Endpoints) -> Value {
    let colleagues: Vec<Value> = demo::COLLEAGUES
        .iter()
        .map(|colleague| {
            let phone = (colleague.role == "owner").then_some(demo::OWNER.phone);
            json!({ "name": colleague.name, "email": colleague.email, "role": colleague.role, "phone": phone, "password": plan.secrets.password })
        })
        .collect();
    json!({
        "tenant": demo::TENANT,
        "name": demo::SHOP,
        "phone_number_id": endpoints.phone_number_id,
        "waba_id": endpoints.waba_id,
        "display_phone": endpoints.display_phone,
        "access_token": plan.secrets.access_token,
        "colleagues": colleagues,
    })
}

/// Writes a program's configuration, which holds secrets.
///
/// # Errors
/// When it cannot be written.
pub fn write(folder: &Path, name: &str, configuration: &Value) -> anyhow::Result<PathBuf> {
    let file = folder.join(format!("{name}.json"));
    write_private(&file, &serde_json::to_string_pretty(configuration)?)?;
    Ok(file)
}
