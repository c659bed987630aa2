//! A person of the business decides whether two contacts are one. Nothing else ever does.

use std::collections::{BTreeSet, HashMap};

use domain::{
    access::Action,
    consent::{ConsentChange, Entry, Permission, Source},
    crm::{Contact, Review, ReviewState, ReviewVerdict},
    id::{ContactId, ReviewId},
    messaging::key::MessageKey,
    page::{Cursor, Page, PageSize},
    text::Text,
    time::Moment,
};
use store::{TenantStore, Versioned};

use crate::{authorise, error::Error, read_conversations::named, session::token::Identity};

/// A question with the two people it is about.
#[derive(Debug)]
pub struct Question {
    /// The question.
    pub review: Review,
    /// Whom the name leads to.
    pub holder: Option<Contact>,
    /// With whose names it came.
    pub claimant: Option<Contact>,
}

/// A page of the questions nobody has answered.
///
/// # Errors
/// [`Error::Forbidden`] when the role may not decide, [`Error::Invalid`] when the cursor is not one of this list.
pub async fn page(tenant: &TenantStore, identity: Identity, size: PageSize, cursor: Option<&Cursor>) -> Result<Page<Question>, Error> {
    authorise::role(identity, Action::ReviewContacts)?;
    let page = tenant.open_reviews(size, cursor).await.map_err(named)?;
    let ids: BTreeSet<ContactId> = page.items.iter().flat_map(|review| [review.holder, review.claimant]).collect();
    let ids: Vec<ContactId> = ids.into_iter().collect();
    let people: HashMap<ContactId, Contact> =
        tenant.get_many::<Contact>(&ids).await?.into_iter().map(|contact| (contact.id, contact)).collect();
    let question =
        |review: Review| Question { holder: people.get(&review.holder).cloned(), claimant: people.get(&review.claimant).cloned(), review };
    Ok(Page { items: page.items.into_iter().map(question).collect(), next: page.next })
}

/// Decides. Where both are one person, the name leads to the other from now on, and a refusal of marketing goes with it; messages, debts
/// and everything else stay where they are. The same decision again changes nothing.
///
/// # Errors
/// [`Error::NotFound`] when this business has no such question, [`store::StoreError::Conflict`] when somebody decided otherwise, or the
/// name leads elsewhere by now.
pub async fn decide(at: &Moment, tenant: &TenantStore, identity: Identity, id: ReviewId, verdict: ReviewVerdict) -> Result<Review, Error> {
    let user = authorise::colleague(tenant, identity, Action::ReviewContacts).await?;
    let read = tenant.get::<Review>(&id).await?.ok_or(Error::NotFound("review"))?;
    if let ReviewState::Decided { verdict: before, .. } = &read.body.state {
        return if *before == verdict { finish(at, tenant, read.body).await } else { Err(store::StoreError::Conflict.into()) };
    }
    let known = tenant.named_now(&read.body.alias).await?.ok_or(Error::NotFound("name"))?.known;
    if verdict == ReviewVerdict::SamePerson && known.contact != read.body.holder {
        return Err(store::StoreError::Conflict.into());
    }
    let state = ReviewState::Decided { verdict, by: user.id, name: user.name, at: at.now };
    let Versioned { version, body } = read;
    let decided = Review { state, ..body.clone() };
    tenant.decide_review(&Versioned { version, body }, &decided, verdict, known).await?;
    finish(at, tenant, decided).await
}

/// Carries a refusal of marketing over to the one person both have turned out to be; again and again if need be.
async fn finish(at: &Moment, tenant: &TenantStore, decided: Review) -> Result<Review, Error> {
    let ReviewState::Decided { verdict: ReviewVerdict::SamePerson, by, name, .. } = &decided.state else {
        return Ok(decided);
    };
    let before = tenant.consent(decided.holder).await?;
    if let (Permission::Refused, Some(since)) = (before.permission, before.since) {
        let entry = Entry {
            key: MessageKey::received(since, &format!("review|{}", decided.id)),
            change: ConsentChange::OptOut,
            source: Source::Colleague(*by, name.clone()),
            wording: Text::cut("Refused under the name that was found to be the same person's"),
            language: None,
            entered_at: at.now,
        };
        tenant.enter_consent(decided.claimant, &entry).await?;
    }
    Ok(decided)
}
