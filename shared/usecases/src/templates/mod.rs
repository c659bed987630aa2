//! Message templates: written and submitted here, decided about at Meta, read back from there, and filled to be sent.

mod account;
pub mod acknowledge;
pub mod apply_event;
pub mod compose;
pub mod delete;
pub mod draft;
pub mod read;
pub mod sample;
pub mod save;
pub mod submit;
pub mod sync;

pub use self::compose::recheck;

use domain::{
    messaging::{
        contract::Kind,
        pricing,
        status::Failure,
        template::{Category, Template},
    },
    ports::SendError,
};

use crate::error::Error;

/// What a template is to the send contract. One nobody knows is unusable, and marketing.
#[must_use]
pub fn kind(template: Option<&Template>) -> Kind {
    let Some(template) = template else {
        return Kind::Template { category: pricing::Category::Marketing, intended: pricing::Category::Marketing, usable: false };
    };
    Kind::Template { category: priced(&template.category.value), intended: priced(&template.intended.value), usable: template.usable() }
}

/// The category by which Meta charges. What we do not know is charged at most like marketing.
#[must_use]
pub const fn priced(category: &Category) -> pricing::Category {
    match category {
        Category::Marketing | Category::Unknown(_) => pricing::Category::Marketing,
        Category::Utility => pricing::Category::Utility,
        Category::Authentication => pricing::Category::Authentication,
    }
}

/// A failure of a message, in our own words.
fn failure(code: i64, title: &str, details: &str) -> Failure {
    Failure::new(code, title).with_details(details)
}

/// What a caller is told when Meta did not do what was asked.
fn refused(error: SendError) -> Error {
    match error {
        SendError::Refused(failure) | SendError::NumberBroken(failure) => Error::ProviderRefused(failure),
        SendError::Later { .. } => Error::Busy,
        SendError::NotSent | SendError::OutcomeUnknown => Error::ProviderUnavailable,
    }
}
