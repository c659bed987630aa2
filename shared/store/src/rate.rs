//! The rows behind [`domain::rate`]: one conditional update leases a block of slots; one counts people a business writes to first.

use domain::{
    messaging::contract::{Addition, Month},
    rate::{Ask, Budget, Form, Told},
    tenant::NumberId,
    time::{Timestamp, hour},
};

use crate::{
    error::StoreError,
    expression::{Change, Item, number, text},
    row,
    table::Written,
    tenant::TenantStore,
};

/// How often one question guesses where the clock stands.
const GUESSES: usize = 3;

/// What became of the wish to write to people first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Counting {
    /// So many are counted.
    Counted(u32),
    /// The day's number is used up until then.
    FullUntil(Timestamp),
}

/// What became of the wish for slots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leased {
    /// The slots, or when to ask again.
    pub told: Told,
    /// How the row was.
    pub form: Form,
    /// How many service messages of the month are counted now, when the row was written.
    pub counted: Option<i64>,
}

impl TenantStore {
    /// Asks for slots of a number. One write when the guess is right; it takes with it what is to be added to the month's count of
    /// service messages. The answer says how the row was.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn lease(&self, number_id: &NumberId, ask: &Ask, guess: Form, addition: &Addition) -> Result<Leased, StoreError> {
        let key = self.scope().rate(number_id);
        let mut form = guess;
        for _ in 0..GUESSES {
            let told = match self.table().update_and_read(&key, self.lease_change(ask, form, addition)).await? {
                Written::Done(item) => {
                    let item = item.unwrap_or_default();
                    let clock = row::integer(&item, "ck").ok_or_else(|| StoreError::corrupt("rate", "the clock is missing"))?;
                    let counted = Some(row::integer(&item, &count_of(addition.month)).unwrap_or(0));
                    return Ok(Leased { told: Told::From(clock - ask.cost_us), form, counted });
                }
                Written::Refused(item) => match ask.answer(item.and_then(|item| row::integer(&item, "ck")), form) {
                    // It was refused, so it is not ours, whatever the row would say now.
                    Told::From(_) => return Err(StoreError::Conflict),
                    told @ (Told::Guess(_) | Told::Wait(_)) => told,
                },
            };
            match told {
                Told::Guess(right) => form = right,
                Told::From(_) | Told::Wait(_) => return Ok(Leased { told, form, counted: None }),
            }
        }
        Err(StoreError::Conflict)
    }

    /// How many service messages of the month a number has been counted to have sent: nought where it has sent none.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn service_messages(&self, number_id: &NumberId, month: Month) -> Result<i64, StoreError> {
        let item = self.table().get(&self.scope().rate(number_id), false).await?;
        Ok(item.and_then(|item| row::integer(&item, &count_of(month))).unwrap_or(0))
    }

    fn lease_change(&self, ask: &Ask, form: Form, addition: &Addition) -> Change {
        let change = match form {
            Form::Idle => Change::default()
                .set("t", text(self.id().to_string()))
                .set("ck", number(ask.start_us + ask.cost_us))
                .bind("start", number(ask.start_us))
                .when("attribute_not_exists(#ck) OR #ck < :start"),
            Form::Busy => Change::default()
                .assign("ck", "#ck + :cost")
                .bind("cost", number(ask.cost_us))
                .bind("start", number(ask.start_us))
                .bind("latest", number(ask.latest_us))
                .when("#ck BETWEEN :start AND :latest"),
        };
        if addition.service_messages == 0 {
            return change;
        }
        let count = count_of(addition.month);
        change
            .assign(&count, &format!("if_not_exists(#{count}, :nought) + :more"))
            .bind("nought", number(0))
            .bind("more", number(addition.service_messages))
            .remove(&count_of(addition.month.before()))
    }

    /// Counts `wanted` more people the business writes to first. What goes beyond `limit` is taken back at once, so that it is never
    /// passed, whoever counts at the same time.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn count_initiated(&self, wanted: u32, limit: Option<u32>, now: Timestamp) -> Result<Counting, StoreError> {
        let this = format!("h{:08}", hour(now));
        let key = self.scope().initiated();
        let add = Change::default()
            .set("t", text(self.id().to_string()))
            .assign(&this, &format!("if_not_exists(#{this}, :zero) + :wanted"))
            .bind("zero", number(0))
            .bind("wanted", number(wanted));
        let Written::Done(Some(item)) = self.table().update_and_read(&key, add).await? else {
            return Err(StoreError::corrupt("budget", "the count is missing"));
        };
        let budget = read_budget(&item);
        let over = budget.over(now);
        if limit.is_none_or(|limit| budget.used(now) <= limit) {
            if !over.is_empty() {
                let tidy = over.iter().fold(Change::default(), |change, hour| change.remove(&format!("h{hour:08}")));
                self.table().update(&key, tidy).await?;
            }
            return Ok(Counting::Counted(wanted));
        }
        let back = Change::default().assign(&this, &format!("#{this} - :wanted")).bind("wanted", number(wanted));
        self.table().update(&key, back).await?;
        Ok(Counting::FullUntil(budget.frees_at(now)))
    }
}

/// The attribute of a month's count.
fn count_of(month: Month) -> String {
    format!("m{month}")
}

fn read_budget(item: &Item) -> Budget {
    let hours = item.keys().filter_map(|name| {
        let hour = name.strip_prefix('h')?.parse().ok()?;
        Some((hour, u32::try_from(row::integer(item, name)?).unwrap_or(0)))
    });
    Budget { hours: hours.collect() }
}
