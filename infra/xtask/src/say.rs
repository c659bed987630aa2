//! What the commands tell: lines, steps with their durations, and the table of what each part cost.

use std::{
    io::Write as _,
    time::{Duration, Instant},
};

/// Writes a line. A closed output is no reason to fail.
pub fn line(text: impl AsRef<str>) {
    let _ = writeln!(std::io::stdout().lock(), "{}", text.as_ref());
}

/// Writes why a command failed, cause by cause.
pub fn failure(error: &anyhow::Error) {
    let mut text = format!("\nfailed: {error}");
    for cause in error.chain().skip(1) {
        text.push_str("\n  because ");
        text.push_str(&cause.to_string());
    }
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Announces a step, does it, and says how long it took.
///
/// # Errors
/// As the step does; the step's name is added.
pub fn step<T>(name: &str, work: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    line(format!("· {name}"));
    let started = Instant::now();
    let result = work();
    let mark = if result.is_ok() { '✓' } else { '✗' };
    line(format!("{mark} {name}, {}", seconds(started.elapsed())));
    result.map_err(|error| error.context(format!("{name} did not succeed")))
}

/// A duration for people: `3.4 s`, `2 min 05 s`.
pub fn seconds(duration: Duration) -> String {
    let tenths = duration.as_millis() / 100;
    if tenths < 600 {
        return format!("{}.{} s", tenths / 10, tenths % 10);
    }
    format!("{} min {:02} s", tenths / 600, tenths / 10 % 60)
}

/// What the parts of a command cost, and which of them failed.
#[derive(Default)]
pub struct Costs {
    rows: Vec<(String, Duration, bool)>,
}

impl Costs {
    /// Does a part. A failure is told at once and kept; the parts after it still run unless they cannot.
    pub fn part<T>(&mut self, name: &str, work: impl FnOnce() -> anyhow::Result<T>) -> Option<T> {
        let started = Instant::now();
        let result = step(name, work);
        self.rows.push((name.to_owned(), started.elapsed(), result.is_ok()));
        result.inspect_err(failure).ok()
    }

    /// Names of the parts that failed.
    pub fn failed(&self) -> Vec<&str> {
        self.rows.iter().filter(|(_, _, good)| !good).map(|(name, _, _)| name.as_str()).collect()
    }

    /// Writes the table.
    pub fn print(&self) {
        line("\nwhat it cost");
        for (name, duration, good) in &self.rows {
            line(format!("  {name:<34}{:>14}{}", seconds(*duration), if *good { "" } else { "   failed" }));
        }
        let total: Duration = self.rows.iter().map(|(_, duration, _)| *duration).sum();
        line(format!("  {:<34}{:>14}", "in all", seconds(total)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_well() {
        assert_eq!(seconds(Duration::from_millis(3_449)), "3.4 s");
        assert_eq!(seconds(Duration::from_millis(59_999)), "59.9 s");
        assert_eq!(seconds(Duration::from_secs(125)), "2 min 05 s");
    }

    #[test]
    fn a_failed_part_does_not_hide_the_next() {
        let mut costs = Costs::default();
        assert_eq!(costs.part("first", || anyhow::bail!("broken")), None::<u8>);
        assert_eq!(costs.part("second", || Ok(2)), Some(2));
        assert_eq!(costs.failed(), ["first"]);
    }
}
