//! 360dialog's own JSON; everything else is the Cloud API's.

use serde::Deserialize;

/// Whether a number may send, with the ids of everything it depends on.
#[derive(Deserialize)]
pub(super) struct Health {
    health_status: Entities,
}

#[derive(Deserialize)]
struct Entities {
    #[serde(default)]
    entities: Vec<Entity>,
}

#[derive(Deserialize)]
#[expect(clippy::struct_field_names, reason = "the names are the provider's")]
pub(super) struct Entity {
    #[serde(default)]
    entity_type: String,
    pub(super) id: String,
    #[serde(default)]
    pub(super) can_send_message: String,
}

impl Health {
    pub(super) fn entity(&self, kind: &str) -> Option<&Entity> {
        self.health_status.entities.iter().find(|entity| entity.entity_type == kind)
    }
}

/// Where webhooks go.
#[derive(Deserialize)]
pub(super) struct Webhook {
    pub(super) url: Option<String>,
}
