//! What handlers ask of a request: each part is read and checked before the handler begins.

mod asked;
mod body;
mod caller;

pub use asked::{ConversationPath, IdempotencyKey, Parameters};
pub use body::Input;
#[cfg(test)]
pub use body::parse;
pub use caller::{At, Caller};
