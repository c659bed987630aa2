//! Questions whether two people are one, until a person has answered them.

use domain::{
    crm::{Known, Review, ReviewState, ReviewVerdict},
    id::ReviewId,
    page::{Cursor, Page, PageSize},
};

use crate::{
    error::StoreError,
    expression::{Change, number},
    row::{Versioned, to_item, value},
    tenant::TenantStore,
};

const KIND: &str = "review";

impl TenantStore {
    /// Asks a question, once: what has been asked or answered before stays as it is.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn open_review(&self, review: &Review) -> Result<bool, StoreError> {
        let item = to_item(self.scope(), review, 1)?;
        self.once(item).await
    }

    /// A page of the questions nobody has answered.
    ///
    /// # Errors
    /// [`StoreError::Cursor`] when the cursor is none of this list.
    pub async fn open_reviews(&self, size: PageSize, cursor: Option<&Cursor>) -> Result<Page<Review>, StoreError> {
        let id = |sort: &str| sort.parse::<ReviewId>().ok();
        let key = |sort: &str| id(sort).map(|id| self.scope().review(id));
        let page = self.index_page(&self.scope().open_reviews(), size, cursor, false, key).await?;
        let ids: Vec<ReviewId> = page.items.iter().filter_map(|sort| id(sort)).collect();
        let mut items = self.get_many::<Review>(&ids).await?;
        // The index is a moment behind: what was just decided may still be in it.
        items.retain(|review| review.state == ReviewState::Open);
        items.sort_by_key(|review| (review.found_at, review.id));
        Ok(Page { items, next: page.next })
    }

    /// Writes what was decided over the open question; where both are one person, the name moves with it, together or not at all.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when somebody else decided first, or the name leads elsewhere by now.
    pub async fn decide_review(
        &self,
        read: &Versioned<Review>,
        decided: &Review,
        verdict: ReviewVerdict,
        known: Known,
    ) -> Result<(), StoreError> {
        let change = value(KIND, decided).map(|body| {
            Change::default()
                .set("b", body)
                .set("v", number(read.version + 1))
                .remove("GSI1PK")
                .remove("GSI1SK")
                .bind("seen", number(read.version))
                .when("#v = :seen")
        });
        let transaction = self.transact().change_item(&self.scope().review(decided.id), change);
        let transaction = match verdict {
            ReviewVerdict::KeepSeparate => transaction,
            ReviewVerdict::SamePerson => transaction.move_alias(&decided.alias, known, Known { contact: decided.claimant, ..known }),
        };
        transaction.commit().await.map(|_| ())
    }
}
