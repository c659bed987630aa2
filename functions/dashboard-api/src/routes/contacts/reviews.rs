//! Names that lead to two people, for somebody to look at.

use axum::Json;
use serde::Serialize;
use shared::{
    domain::{crm, id::ReviewId, time::Timestamp},
    usecases::review_contacts::{self, Question},
};
use utoipa::ToSchema;

use super::shown::{ContactCard, ContactName};
use crate::{
    extract::{Caller, Parameters},
    page::{self, List, Part},
    refusal::Refusal,
};

/// A question whether two contacts are one.
#[derive(Serialize, ToSchema)]
pub struct ContactReview {
    #[schema(value_type = String)]
    id: ReviewId,
    /// The name in question.
    name: ContactName,
    why: ReviewReason,
    found_at: Timestamp,
    /// Whom the name leads to; `null` when the contact is no longer kept.
    #[schema(required)]
    holder: Option<ContactCard>,
    /// With whose names it came.
    #[schema(required)]
    claimant: Option<ContactCard>,
}

/// What was noticed: one message had names of two people; a known phone came with another account of WhatsApp, so perhaps it has a new
/// owner; WhatsApp said that somebody moved to a name that leads to somebody else.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ReviewReason {
    TwoPeople,
    NewOwner,
    Moved,
}

/// One page of questions.
#[derive(Serialize, ToSchema)]
pub struct ReviewPage {
    items: Vec<ContactReview>,
    /// The cursor of the next page; `null` at the end.
    #[schema(required)]
    next: Option<String>,
}

/// Lists the questions whether two contacts are one that nobody has answered
#[utoipa::path(
    get, path = "/v1/contact-reviews", tag = "contacts", security(("access_token" = [])),
    params(Part),
    responses((status = 200, description = "One page.", body = ReviewPage), Refusal)
)]
pub async fn list_reviews(caller: Caller, Parameters(asked): Parameters<Part>) -> Result<Json<ReviewPage>, Refusal> {
    let (size, cursor) = asked.of(List::Reviews)?;
    let page = review_contacts::page(&caller.store, caller.identity, size, cursor.as_ref()).await?;
    Ok(Json(ReviewPage {
        items: page.items.into_iter().map(ContactReview::from).collect(),
        next: page.next.map(|next| page::seal(List::Reviews, &next)),
    }))
}

impl From<Question> for ContactReview {
    fn from(question: Question) -> Self {
        let Question { review, holder, claimant } = question;
        let why = match review.why {
            crm::ReviewReason::TwoPeople => ReviewReason::TwoPeople,
            crm::ReviewReason::NewOwner => ReviewReason::NewOwner,
            crm::ReviewReason::Moved => ReviewReason::Moved,
        };
        Self {
            id: review.id,
            name: (&review.alias).into(),
            why,
            found_at: review.found_at,
            holder: holder.as_ref().map(ContactCard::from),
            claimant: claimant.as_ref().map(ContactCard::from),
        }
    }
}
