//! A filled template as a person would read it, made from the very payload that would be sent.

use axum::Json;
use serde::Serialize;
use shared::{
    domain::{
        messaging::template::{ShownButton, ShownHeader},
        time::Timestamp,
    },
    usecases::templates::compose,
};
use utoipa::ToSchema;

use super::{OfNumber, check::Fault, definition::Category, filling::Filling};
use crate::{
    extract::{Caller, Input},
    refusal::Refusal,
};

/// A filled template as a person would read it.
#[derive(Serialize, ToSchema)]
#[schema(as = TemplatePreview)]
pub struct Preview {
    #[schema(required)]
    header: Option<PreviewHeader>,
    body: String,
    #[schema(required)]
    footer: Option<String>,
    #[schema(required)]
    offer: Option<String>,
    #[schema(required)]
    offer_ends_at: Option<Timestamp>,
    buttons: Vec<PreviewButton>,
    cards: Vec<PreviewCard>,
    /// What does not fit yet; empty when it may be sent.
    faults: Vec<Fault>,
    /// What it is charged as.
    category: Category,
    /// Whether WhatsApp would take it now.
    sendable: bool,
}

/// What stands above the text.
#[derive(Serialize, ToSchema)]
#[schema(as = TemplatePreviewHeader)]
struct PreviewHeader {
    kind: String,
    #[schema(required)]
    text: Option<String>,
}

/// Something that can be tapped.
#[derive(Serialize, ToSchema)]
#[schema(as = TemplatePreviewButton)]
struct PreviewButton {
    kind: String,
    text: String,
    /// What it opens, calls or copies.
    #[schema(required)]
    value: Option<String>,
}

/// One of several cards.
#[derive(Serialize, ToSchema)]
#[schema(as = TemplatePreviewCard)]
struct PreviewCard {
    header: PreviewHeader,
    body: String,
    buttons: Vec<PreviewButton>,
}

/// Shows a filled template as a person would read it
///
/// It need not be complete: what is missing comes back as faults.
#[utoipa::path(
    post, path = "/v1/numbers/{number}/templates/preview", tag = "templates", request_body = Filling, security(("access_token" = [])),
    params(("number" = String, Path, description = "The number.")),
    responses((status = 200, description = "What a person would read.", body = Preview), Refusal)
)]
pub async fn preview_template(
    caller: Caller,
    OfNumber(number): OfNumber,
    Input(filling): Input<Filling>,
) -> Result<Json<Preview>, Refusal> {
    let filling = filling.read().map_err(|error| Refusal::field(&error.field, error.problem.to_string()))?;
    let found = compose::look(&caller.store, caller.identity, &number, &filling).await?;
    let shown = found.shown;
    Ok(Json(Preview {
        header: shown.header.map(header),
        body: shown.body,
        footer: shown.footer,
        offer: shown.offer,
        offer_ends_at: shown.offer_ends_at,
        buttons: shown.buttons.into_iter().map(button).collect(),
        cards: shown
            .cards
            .into_iter()
            .map(|card| PreviewCard {
                header: header(card.header),
                body: card.body,
                buttons: card.buttons.into_iter().map(button).collect(),
            })
            .collect(),
        faults: Fault::all(found.faults.as_ref()),
        category: (&found.template.category.value).into(),
        sendable: found.template.usable(),
    }))
}

fn header(shown: ShownHeader) -> PreviewHeader {
    PreviewHeader { kind: shown.kind, text: shown.text }
}

fn button(shown: ShownButton) -> PreviewButton {
    PreviewButton { kind: shown.kind, text: shown.text, value: shown.value }
}
