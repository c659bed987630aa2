//! Metrics, as lines of CloudWatch's embedded metric format: no call, no agent, no cost but the line.

use std::io::Write as _;

use domain::time::Timestamp;
use serde_json::{Value, json};

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    /// A webhook named a number or account that no business has.
    UnknownNumber,
    /// A webhook of a number came for another account than the number's own.
    AccountMismatch,
    /// A webhook's signature was missing, malformed or wrong.
    SignatureRefused,
    /// An event was parked: nobody handles it yet, it did not read, or its message is not here.
    Parked,
    /// A task can never succeed and was set aside.
    TaskParked,
    /// A file that a person sent could not be fetched this time.
    MediaFailed,
    /// An outbox entry was relayed by the sweep: a function died before it could announce.
    Relayed,
    /// A number was stopped, because the provider refuses it: its messages wait for a person.
    NumberStopped,
    /// A queue gave a task up, and it lies in its business.
    DeadLetter,
    /// A queue gave something up that names no business: it stays on the queue.
    DeadLetterNameless,
    /// A number is silent for longer than its normal, or was never heard.
    NumberSilent,
}

impl Metric {
    const fn name(self) -> &'static str {
        match self {
            Self::UnknownNumber => "UnknownNumber",
            Self::AccountMismatch => "AccountMismatch",
            Self::SignatureRefused => "SignatureRefused",
            Self::Parked => "Parked",
            Self::TaskParked => "TaskParked",
            Self::MediaFailed => "MediaFailed",
            Self::Relayed => "Relayed",
            Self::NumberStopped => "NumberStopped",
            Self::DeadLetter => "DeadLetter",
            Self::DeadLetterNameless => "DeadLetterNameless",
            Self::NumberSilent => "NumberSilent",
        }
    }
}

/// Counts something; nothing is written for zero.
pub fn count(metric: Metric, count: usize, now: Timestamp) {
    count_with(metric, count, None, now);
}

/// Counts something and says why in the same line, so that a refusal costs one line of the log.
pub fn count_with(metric: Metric, count: usize, reason: Option<&str>, now: Timestamp) {
    if count == 0 {
        return;
    }
    let mut line = line(metric, &json!([[]]), count, now);
    if let Some(reason) = reason {
        line["reason"] = json!(reason);
    }
    write(&line);
}

/// Counts something by its kind, of which there must be few: each is a metric of its own.
pub fn count_of_kind(metric: Metric, kind: &str, count: usize, now: Timestamp) {
    if count == 0 {
        return;
    }
    let mut line = line(metric, &json!([[], ["Kind"]]), count, now);
    line["Kind"] = json!(kind);
    write(&line);
}

fn line(metric: Metric, dimensions: &Value, count: usize, now: Timestamp) -> Value {
    let name = metric.name();
    json!({
        "_aws": {
            "Timestamp": now.as_millisecond(),
            "CloudWatchMetrics": [{ "Namespace": "Tarun", "Dimensions": dimensions, "Metrics": [{ "Name": name, "Unit": "Count" }] }],
        },
        name: count,
    })
}

fn write(line: &Value) {
    // A metric that cannot be written must not fail the work it counts.
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}
