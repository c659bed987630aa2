//! An object of Meta's JSON, field by field, so that nothing of it is lost unnoticed: whatever nobody takes, does not read or does not
//! fit is remembered as a loss, and then the caller keeps the value as it came.
//!
//! Every scalar may be a string or a number: Meta writes the same thing both ways.

use std::{borrow::Cow, cell::Cell};

use domain::{text::Text, time::Timestamp};
use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_json::value::RawValue;

/// How many fields of one object are looked at; no object of Meta's has half as many.
const FIELDS_MAX: usize = 64;

/// Whether anything was lost.
pub(super) type Loss = Cell<bool>;

/// The fields of an object that nobody has taken yet. What is left when it is dropped is a loss.
pub(super) struct Fields<'a, 'l> {
    left: Vec<(Cow<'a, str>, &'a RawValue)>,
    loss: &'l Loss,
}

impl<'a, 'l> Fields<'a, 'l> {
    /// Reads an object; `None` when it is none.
    pub(super) fn read(raw: &'a str, loss: &'l Loss) -> Option<Self> {
        let Ok(Object { fields, whole }) = serde_json::from_str(raw) else {
            loss.set(true);
            return None;
        };
        if !whole {
            loss.set(true);
        }
        Some(Self { left: fields, loss })
    }

    /// Takes a field as it is; `null` counts as absent.
    pub(super) fn take(&mut self, name: &str) -> Option<&'a RawValue> {
        let at = self.left.iter().position(|(found, _)| found == name)?;
        let (_, raw) = self.left.swap_remove(at);
        (raw.get() != "null").then_some(raw)
    }

    /// Passes over fields that say nothing new.
    pub(super) fn skip(&mut self, names: &[&str]) {
        self.left.retain(|(name, _)| !names.contains(&name.as_ref()));
    }

    /// Passes over all that is left: the value is kept as it came.
    pub(super) fn skip_all(&mut self) {
        self.left.clear();
    }

    /// A scalar as text.
    pub(super) fn word(&mut self, name: &str) -> Option<Cow<'a, str>> {
        let raw = self.take(name)?;
        let word = word(raw);
        self.unless_lost(word)
    }

    /// Text, cut if it is too long; the rest is a loss.
    pub(super) fn text<const MAX: usize>(&mut self, name: &str) -> Option<Text<MAX>> {
        let word = self.word(name)?;
        let text = Text::cut(&word)?;
        if word.len() > MAX && word.trim().chars().count() > MAX {
            self.loss.set(true);
        }
        Some(text)
    }

    /// Text that means nothing when it is cut, such as an id.
    pub(super) fn exact<const MAX: usize>(&mut self, name: &str) -> Option<Text<MAX>> {
        let word = self.word(name).filter(|word| !word.trim().is_empty())?;
        let text = Text::new(&word).ok();
        self.unless_lost(text)
    }

    /// A value that is made from a word.
    pub(super) fn parsed<T>(&mut self, name: &str, parse: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let word = self.word(name)?;
        let parsed = parse(&word);
        self.unless_lost(parsed)
    }

    /// A whole number.
    pub(super) fn integer(&mut self, name: &str) -> Option<i64> {
        self.parsed(name, integer)
    }

    /// Yes or no.
    pub(super) fn flag(&mut self, name: &str) -> bool {
        self.parsed(name, |word| word.parse().ok()).unwrap_or(false)
    }

    /// A time, in seconds since 1970.
    pub(super) fn time(&mut self, name: &str) -> Option<Timestamp> {
        self.parsed(name, |word| Timestamp::from_second(integer(word)?).ok())
    }

    /// An object in it.
    pub(super) fn object(&mut self, name: &str) -> Option<Self> {
        Self::read(self.take(name)?.get(), self.loss)
    }

    /// A list in it, up to so many; more are a loss.
    pub(super) fn list(&mut self, name: &str, max: usize) -> Vec<&'a RawValue> {
        let Some(raw) = self.take(name) else {
            return Vec::new();
        };
        let (found, whole) = list(raw.get(), max);
        if !whole {
            self.loss.set(true);
        }
        found
    }

    /// The objects of a list in it.
    pub(super) fn objects(&mut self, name: &str, max: usize) -> Vec<Self> {
        let loss = self.loss;
        self.list(name, max).into_iter().filter_map(|raw| Self::read(raw.get(), loss)).collect()
    }

    /// An object found in a list of it.
    pub(super) fn inside(&self, raw: &'a RawValue) -> Option<Self> {
        Self::read(raw.get(), self.loss)
    }

    /// The fields nobody has taken, in no particular order.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.left.iter().map(|(name, _)| name.as_ref())
    }

    /// Remembers a loss.
    pub(super) fn lose(&self) {
        self.loss.set(true);
    }

    fn unless_lost<T>(&self, found: Option<T>) -> Option<T> {
        if found.is_none() {
            self.loss.set(true);
        }
        found
    }
}

impl Drop for Fields<'_, '_> {
    fn drop(&mut self) {
        if !self.left.is_empty() {
            self.loss.set(true);
        }
    }
}

/// A whole number, also one written `2.0`.
fn integer(word: &str) -> Option<i64> {
    let whole = word.strip_suffix(".0").unwrap_or(word);
    whole.parse().ok()
}

/// A scalar as text: a string without its quotes and escapes, anything else as it is written.
pub(super) fn word(raw: &RawValue) -> Option<Cow<'_, str>> {
    match raw.get().as_bytes().first()? {
        b'"' => serde_json::from_str::<Key<'_>>(raw.get()).ok().map(|Key(word)| word),
        b'{' | b'[' | b'n' => None,
        _ => Some(Cow::Borrowed(raw.get())),
    }
}

/// The elements of a list, up to so many, and whether that was all; no elements when it is no list.
pub(super) fn list(raw: &str, max: usize) -> (Vec<&RawValue>, bool) {
    let mut reader = serde_json::Deserializer::from_str(raw);
    reader.deserialize_seq(ListVisitor { max }).unwrap_or_default()
}

#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

struct Object<'a> {
    fields: Vec<(Cow<'a, str>, &'a RawValue)>,
    whole: bool,
}

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor)
    }
}

struct ObjectVisitor;

impl<'de> Visitor<'de> for ObjectVisitor {
    type Value = Object<'de>;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object<'de>, A::Error> {
        let mut object = Object { fields: Vec::new(), whole: true };
        while object.fields.len() < FIELDS_MAX {
            let Some(Key(name)) = map.next_key()? else {
                return Ok(object);
            };
            object.fields.push((name, map.next_value()?));
        }
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {
            object.whole = false;
        }
        Ok(object)
    }
}

struct ListVisitor {
    max: usize,
}

impl<'de> Visitor<'de> for ListVisitor {
    type Value = (Vec<&'de RawValue>, bool);

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut found = Vec::new();
        while found.len() < self.max {
            let Some(raw) = seq.next_element()? else {
                return Ok((found, true));
            };
            found.push(raw);
        }
        let mut whole = true;
        while seq.next_element::<IgnoredAny>()?.is_some() {
            whole = false;
        }
        Ok((found, whole))
    }
}
