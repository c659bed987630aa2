//! The table, on the screen and in `docs/reliability.md`.

use std::fmt::Write as _;

use anyhow::Context as _;

use super::outcome::{INVARIANTS, Outcome, Scenario};
use crate::root;

const DOCUMENT: &str = "docs/reliability.md";
const BEGIN: &str = "<!-- written by `cargo xtask faults --write` -->";
const END: &str = "<!-- until here -->";

/// The table for the screen: scenarios by invariants, and what each play was like.
pub fn table(scenarios: &[&Scenario], outcomes: &[Option<Outcome>]) -> String {
    let mut table = format!("\n  {:<22}", "scenario");
    for (_, title) in INVARIANTS {
        let _ = write!(table, "{title:>18}");
    }
    table.push_str("    messages  webhooks  sends (twice)  kills  seeds      time\n");
    for (scenario, outcome) in scenarios.iter().zip(outcomes) {
        let _ = write!(table, "  {:<22}", scenario.name);
        let Some(outcome) = outcome else {
            table.push_str("  was not played to its end\n");
            continue;
        };
        for (invariant, _) in INVARIANTS {
            let _ = write!(table, "{:>18}", if outcome.holds(invariant) { mark(scenario, invariant) } else { "BROKEN" });
        }
        let sends = format!("{} ({})", outcome.sends, outcome.twice);
        let _ = writeln!(
            table,
            "{:>12}{:>10}{sends:>15}{:>7}{:>7}{:>6}.{} s",
            outcome.messages,
            outcome.webhooks,
            outcome.killed,
            outcome.seeds.len(),
            outcome.tenths() / 10,
            outcome.tenths() % 10
        );
    }
    table
}

/// How a thing that holds is marked: the end state is compared more or less exactly.
fn mark(scenario: &Scenario, invariant: &str) -> &'static str {
    match (invariant, scenario.end.as_str()) {
        ("end_state_equal", "outcomes") => "✓ ¹",
        ("end_state_equal", "marks") => "✓ ²",
        _ => "✓",
    }
}

/// Writes the table into the document.
///
/// # Errors
/// When something is broken, or the document has no place for it.
pub fn write(scenarios: &[&Scenario], outcomes: &[Option<Outcome>]) -> anyhow::Result<()> {
    let file = root::path().join(DOCUMENT);
    let text = std::fs::read_to_string(&file).with_context(|| format!("{DOCUMENT} cannot be read"))?;
    let (before, after) = around(&text)?;
    let mut body = String::from("\n| scenario | what goes wrong | what answers it |");
    for (_, title) in INVARIANTS {
        let _ = write!(body, " {title} |");
    }
    let _ = writeln!(body, "\n|---|---|---|{}", "---|".repeat(INVARIANTS.len()));
    for (scenario, outcome) in scenarios.iter().zip(outcomes) {
        body.push_str(&row(scenario));
        for (invariant, _) in INVARIANTS {
            let holds = outcome.as_ref().is_some_and(|outcome| outcome.holds(invariant));
            let _ = write!(body, " {} |", if holds { mark(scenario, invariant) } else { "✗" });
        }
        body.push('\n');
    }
    body.push('\n');
    std::fs::write(&file, format!("{before}{BEGIN}\n{body}{END}{after}")).with_context(|| format!("{DOCUMENT} cannot be written"))
}

/// The begin of a scenario's row.
fn row(scenario: &Scenario) -> String {
    format!("| `{}` | {} | {} |", scenario.name, scenario.about, scenario.answer)
}

/// Compares the document with the scenarios there are: each has its row, in order, with a mark for each invariant.
///
/// # Errors
/// When it does not.
pub fn check(scenarios: &[Scenario]) -> anyhow::Result<()> {
    let text = std::fs::read_to_string(root::path().join(DOCUMENT)).with_context(|| format!("{DOCUMENT} cannot be read"))?;
    let (before, after) = around(&text)?;
    let body = &text[before.len()..text.len() - after.len()];
    let rows: Vec<&str> = body.lines().filter(|line| line.starts_with("| `")).collect();
    anyhow::ensure!(
        rows.len() == scenarios.len(),
        "{DOCUMENT} has {} scenarios and there are {}: run `cargo xtask faults --write`",
        rows.len(),
        scenarios.len()
    );
    for (found, scenario) in rows.iter().zip(scenarios) {
        let marks = found.strip_prefix(&row(scenario)).map(|rest| rest.split('|').filter(|mark| !mark.trim().is_empty()).count());
        anyhow::ensure!(
            marks == Some(INVARIANTS.len()) && !found.contains('✗'),
            "{DOCUMENT} is not up to date at {}: run `cargo xtask faults --write`",
            scenario.name
        );
    }
    Ok(())
}

/// What stands before and after the table.
fn around(text: &str) -> anyhow::Result<(&str, &str)> {
    let missing = || format!("{DOCUMENT} has no place for the table: `{BEGIN}` and `{END}` belong round it");
    let begin = text.find(BEGIN).with_context(missing)?;
    let end = text.find(END).filter(|end| begin < *end).with_context(missing)?;
    Ok((&text[..begin], &text[end + END.len()..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_its_place() {
        let text = format!("a\n{BEGIN}\nold\n{END}\nz\n");
        assert_eq!(around(&text).unwrap(), ("a\n", "\nz\n"));
        assert!(around("nothing").is_err());
    }
}
