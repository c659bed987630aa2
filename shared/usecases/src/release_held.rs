//! A number is started: what was held for it goes out.

use domain::{
    ports::TaskQueue,
    tenant::{Number, NumberId, NumberState},
};
use store::TenantStore;

use crate::error::Error;

/// How many pages one call lets go; the task comes again for the rest.
const PAGES_MAX: usize = 50;

/// Announces everything that is held for the number, the oldest first, each person's messages in their order. Doing it twice changes
/// nothing: a message goes out once.
///
/// # Errors
/// [`Error::Busy`] when more is held than one call lets go.
pub async fn run(tenant: &TenantStore, queue: &dyn TaskQueue, number: &NumberId) -> Result<usize, Error> {
    let running = tenant.get::<Number>(number).await?.is_some_and(|read| read.body.state == NumberState::Connected);
    if !running {
        return Ok(0);
    }
    let mut released = 0;
    for _ in 0..PAGES_MAX {
        let page = tenant.held(number).await?;
        if page.is_empty() {
            return Ok(released);
        }
        for held in page {
            if let Some(task) = &held.task {
                queue.announce(std::slice::from_ref(task)).await?;
                released += 1;
            }
            tenant.let_go(&held).await?;
        }
    }
    Err(Error::Busy)
}
