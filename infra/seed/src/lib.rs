//! A shop as it stands on its first day: its number, the people who work there, its products and what is on hand of them.
//!
//! Every id is derived from the tenant's, so the same shop written twice is there once. Tests write shops of their own:
//!
//! ```no_run
//! # async fn example(table: &shared::store::Table) -> anyhow::Result<()> {
//! use seed::{Shop, claim_number, demo_shop};
//!
//! let tenant = shared::boot::moment().ids.next();
//! let number = claim_number(table, tenant, &["220000000000001".to_owned()]).await?;
//! let shop = Shop::of_test(tenant, number, "token of the simulator")?;
//! let seeded = demo_shop(table, &shop).await?;
//! # Ok(()) }
//! ```

mod catalogue;
mod config;
mod shop;
mod write;

pub use self::{
    catalogue::{Entry, demo_catalogue},
    config::Config,
    shop::{Colleague, Shop},
    write::{Seeded, claim_number, demo_shop, user_id},
};
