//! The one DynamoDB table. Nothing else builds a key or an expression, and a tenant's data is reached through its
//! [`TenantStore`] alone.

mod catalogue;
mod changed;
mod connections;
mod consent;
mod contacts;
mod directory;
pub mod due;
mod entities;
mod error;
mod expression;
mod heads;
mod inbox;
mod keys;
mod marks;
mod messages;
mod numbers;
mod parked;
mod phone_chats;
mod rate;
mod references;
mod reviews;
mod row;
mod seal;
mod table;
mod templates;
mod tenant;

pub use changed::{Changed, changed};
pub use contacts::{Person, Taken};
pub use directory::{Directory, Login, Owner};
pub use due::Due;
pub use error::StoreError;
pub use heads::{Application, Arrival, Belief, Head};
pub use messages::Claim;
pub use parked::Parked;
pub use phone_chats::PhoneChat;
pub use rate::Leasing;
pub use references::{REFERENCES_MAX, Waiting};
pub use row::{Stored, Versioned};
pub use seal::Keyring;
pub use table::Table;
pub use tenant::{TenantStore, Transaction};
