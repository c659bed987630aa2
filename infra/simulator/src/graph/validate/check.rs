//! The small checks every parameter goes through; each error names the parameter.

use std::collections::HashSet;

use serde_json::{Map, Value};
use unicode_segmentation::UnicodeSegmentation as _;

use crate::graph::errors::{GraphError, GraphResult};

/// `path.key`, or `key` at the top.
pub(super) fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// How many characters a person sees: Meta counts a letter with its vowel sign, an emoji of several and a flag as one.
pub(super) fn visible(text: &str) -> usize {
    text.graphemes(true).count()
}

/// The value as an object.
pub(super) fn object<'a>(value: &'a Value, path: &str) -> GraphResult<&'a Map<String, Value>> {
    match value {
        Value::Object(map) => Ok(map),
        Value::Null => Err(GraphError::missing(format!("{path}: is required"))),
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            Err(GraphError::invalid(format!("{path}: must be a JSON object")))
        }
    }
}

/// A list with at least `minimum` and at most `maximum` elements.
pub(super) fn list<'a>(parent: &'a Value, path: &str, key: &str, minimum: usize, maximum: usize) -> GraphResult<&'a [Value]> {
    let path = join(path, key);
    match &parent[key] {
        Value::Array(items) if items.len() < minimum => {
            Err(GraphError::value(format!("{path}: has {} elements, at least {minimum} needed", items.len())))
        }
        Value::Array(items) if items.len() > maximum => {
            Err(GraphError::value(format!("{path}: has {} elements, at most {maximum} allowed", items.len())))
        }
        Value::Array(items) => Ok(items),
        Value::Null => Err(GraphError::missing(format!("{path}: is required"))),
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
            Err(GraphError::invalid(format!("{path}: must be a list")))
        }
    }
}

/// A text that may be absent.
pub(super) fn optional_text<'a>(parent: &'a Value, path: &str, key: &str, maximum: usize) -> GraphResult<Option<&'a str>> {
    let path = join(path, key);
    match &parent[key] {
        Value::Null => Ok(None),
        Value::String(text) => {
            let length = visible(text);
            if length > maximum {
                return Err(GraphError::value(format!("{path}: {length} characters, at most {maximum} allowed")));
            }
            Ok(Some(text))
        }
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            Err(GraphError::invalid(format!("{path}: must be a string")))
        }
    }
}

/// A text that must be there and say something.
pub(super) fn required_text<'a>(parent: &'a Value, path: &str, key: &str, maximum: usize) -> GraphResult<&'a str> {
    match optional_text(parent, path, key, maximum)? {
        Some(text) if text.trim().is_empty() => Err(GraphError::value(format!("{}: is empty", join(path, key)))),
        Some(text) => Ok(text),
        None => Err(GraphError::missing(format!("{}: is required", join(path, key)))),
    }
}

/// Refuses keys Meta does not know: it does the same, and a misspelt limit would pass unseen.
pub(super) fn only_keys(value: &Value, path: &str, known: &[&str]) -> GraphResult<()> {
    for key in object(value, path)?.keys() {
        if !known.contains(&key.as_str()) {
            return Err(GraphError::invalid(format!("{path}: unexpected key \"{key}\"")));
        }
    }
    Ok(())
}

/// Refuses a text that was seen before.
pub(super) fn unique<'a>(seen: &mut HashSet<&'a str>, text: &'a str, path: &str) -> GraphResult<()> {
    if !seen.insert(text) {
        return Err(GraphError::value(format!("{path}: is used twice")));
    }
    Ok(())
}

/// A whole number that must be there.
pub(super) fn integer(parent: &Value, path: &str, key: &str, minimum: i64, maximum: i64) -> GraphResult<i64> {
    let path = join(path, key);
    match &parent[key] {
        Value::Null => Err(GraphError::missing(format!("{path}: is required"))),
        Value::Number(number) => match number.as_i64() {
            Some(number) if (minimum..=maximum).contains(&number) => Ok(number),
            Some(_) | None => Err(GraphError::value(format!("{path}: must be a whole number from {minimum} to {maximum}"))),
        },
        Value::Bool(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => {
            Err(GraphError::invalid(format!("{path}: must be a whole number")))
        }
    }
}

/// A text that is one of a few words.
pub(super) fn one_of<'a>(parent: &'a Value, path: &str, key: &str, words: &[&str]) -> GraphResult<&'a str> {
    let word = required_text(parent, path, key, 64)?;
    if words.contains(&word) {
        Ok(word)
    } else {
        Err(GraphError::value(format!("{}: must be one of {}", join(path, key), words.join(", "))))
    }
}

/// A text that starts like an address on the web.
pub(super) fn web_address<'a>(parent: &'a Value, path: &str, key: &str, maximum: usize) -> GraphResult<&'a str> {
    let text = required_text(parent, path, key, maximum)?;
    if text.starts_with("https://") || text.starts_with("http://") {
        return Ok(text);
    }
    Err(GraphError::value(format!("{}: must start with http:// or https://", join(path, key))))
}
