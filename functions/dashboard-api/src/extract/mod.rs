//! What handlers ask of a request: each part is read and checked before the handler begins.

mod asked;
mod body;
mod caller;
mod language;

pub use asked::{ContactPath, ConversationPath, IdempotencyKey, IfMatch, MediaPath, NumberPath, Parameters, ReviewPath};
pub use body::Input;
#[cfg(test)]
pub use body::parse;
pub use caller::{At, Caller};
pub use language::Language;
