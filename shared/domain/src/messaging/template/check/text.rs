//! Rules for texts and the variables in them.

use unicode_segmentation::UnicodeSegmentation as _;

use super::super::{
    definition::{Example, ParameterFormat},
    fault::{Fault, Problem},
    placeholder::{self, Piece, pieces},
};

/// How many blanks may stand in a row.
const BLANKS_MAX: usize = 4;

/// That there is something, and not too much of it.
pub(super) fn measured(place: &str, text: &str, max: usize, faults: &mut Vec<Fault>) {
    if text.trim().is_empty() {
        faults.push(Fault::new(place, Problem::Missing));
    }
    if let Some(problem) = too_long(text, max) {
        faults.push(Fault::new(place, problem));
    }
}

/// That a text is not too long.
pub(in super::super) fn too_long(text: &str, max: usize) -> Option<Problem> {
    let found = text.graphemes(true).count();
    (found > max).then_some(Problem::TooLong { max, found })
}

/// That a text is one line without formatting.
pub(super) fn one_line(place: &str, text: &str, faults: &mut Vec<Fault>) {
    if text.contains(['\n', '\r', '\t', '*', '~', '`']) {
        faults.push(Fault::new(place, Problem::NotPlain));
    }
}

/// That a text has no white space Meta refuses.
pub(super) fn spaced(place: &str, text: &str, faults: &mut Vec<Fault>) {
    if text.contains('\t') || text.contains("\n\n\n") || many_blanks(text) {
        faults.push(Fault::new(place, Problem::Spacing));
    }
}

/// Whether more blanks stand in a row than Meta takes.
pub(in super::super) fn many_blanks(text: &str) -> bool {
    text.contains(&" ".repeat(BLANKS_MAX + 1))
}

/// That a text has no variables.
pub(super) fn without_variables(place: &str, text: &str, faults: &mut Vec<Fault>) {
    if text.contains("{{") || text.contains("}}") {
        faults.push(Fault::new(place, Problem::VariableForbidden));
    }
}

/// Rules for the variable of a header: one at most, and it may stand anywhere.
pub(super) fn header_variables(text: &str, examples: &[Example], format: ParameterFormat, faults: &mut Vec<Fault>) {
    let found = placeholder::variables(text).len();
    if found > 1 {
        faults.push(Fault::new("header", Problem::TooMany { max: 1, found }));
    }
    shapes("header", text, format, faults);
    exemplified("header", text, examples, faults);
}

/// Rules for the variables of a body.
pub(super) fn variables(place: &str, text: &str, examples: &[Example], format: ParameterFormat, faults: &mut Vec<Fault>) {
    let found = pieces(text.trim());
    let is_variable = |piece: Option<&Piece<'_>>| piece.is_some_and(|piece| matches!(piece, Piece::Variable(_)));
    shapes(place, text, format, faults);
    if is_variable(found.first()) || is_variable(found.last()) {
        faults.push(Fault::new(place, Problem::VariableAtEdge));
    }
    let adjacent = found.windows(2).any(|pair| matches!(pair, [Piece::Variable(_), Piece::Variable(_)]));
    let apart_by_blanks =
        |run: &[Piece<'_>]| matches!(run, [Piece::Variable(_), Piece::Text(words), Piece::Variable(_)] if words.trim().is_empty());
    if adjacent || found.windows(3).any(apart_by_blanks) {
        faults.push(Fault::new(place, Problem::VariablesAdjacent));
    }
    let count = found.iter().filter(|piece| matches!(piece, Piece::Variable(_))).count();
    let needed = if count == 0 { 0 } else { 2 * count + 1 };
    if words(&found) < needed {
        faults.push(Fault::new(place, Problem::VariablesDense { words: needed }));
    }
    exemplified(place, text, examples, faults);
}

/// That every variable is one of the format, and that numbers have no gaps.
fn shapes(place: &str, text: &str, format: ParameterFormat, faults: &mut Vec<Fault>) {
    let found: Vec<&str> = pieces(text)
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Variable(raw) => Some(raw),
            Piece::Text(_) => None,
        })
        .collect();
    let shaped = |name: &str| match format {
        ParameterFormat::Positional => placeholder::position(name).is_some(),
        ParameterFormat::Named => placeholder::is_name(name),
    };
    if let Some(odd) = found.iter().find(|name| !shaped(name)) {
        faults.push(Fault::new(place, Problem::VariableShape { variable: (*odd).to_owned() }));
        return;
    }
    let broken = |piece: &Piece<'_>| matches!(piece, Piece::Text(words) if words.contains("{{") || words.contains("}}"));
    if pieces(text).iter().any(broken) {
        faults.push(Fault::new(place, Problem::VariableShape { variable: String::new() }));
    }
    let numbers: Vec<usize> = found.iter().filter_map(|name| placeholder::position(name)).collect();
    let distinct = placeholder::variables(text).len();
    if let Some(missing) = (1..=distinct).find(|number| !numbers.contains(number))
        && format == ParameterFormat::Positional
    {
        faults.push(Fault::new(place, Problem::VariableGap { missing }));
    }
}

/// That every variable has an example.
fn exemplified(place: &str, text: &str, examples: &[Example], faults: &mut Vec<Fault>) {
    for variable in placeholder::variables(text) {
        let found = examples.iter().any(|example| example.variable == variable && !example.value.trim().is_empty());
        if !found {
            faults.push(Fault::new(place, Problem::ExampleMissing { variable: variable.to_owned() }));
        }
    }
}

/// How many words stand beside the variables; a mark alone is none.
fn words(pieces: &[Piece<'_>]) -> usize {
    let of = |piece: &Piece<'_>| match piece {
        Piece::Text(words) => words.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count(),
        Piece::Variable(_) => 0,
    };
    pieces.iter().map(of).sum()
}
