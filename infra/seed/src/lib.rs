//! A shop as it stands on its first day: its number, the people who work there, its products and what is on hand of them.
//! Every id is derived from the tenant's, so the same shop written twice is there once.

mod catalogue;
mod config;
mod shop;
mod write;

pub use self::{
    catalogue::{Entry, demo_catalogue},
    config::Config,
    shop::{Colleague, Shop},
    write::{Seeded, demo_shop},
};
