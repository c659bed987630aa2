//! Dead letters: tasks that a queue has given up. They are taken off the queues, which all businesses share, into the business they
//! belong to; there its owner looks at them, sends them on their way again or throws them away.

pub mod bury;
pub mod discard;
pub mod list;
pub mod redrive;

use domain::{
    messaging::key::CallbackData,
    task::{SendMessage, Task},
};

/// The message a task sends, if it sends one.
fn sends(task: &Task) -> Option<(CallbackData, &SendMessage)> {
    if let Task::SendMessageV1(message) = task { Some((message.place(), message)) } else { None }
}
