//! Why parts make no message: which part breaks which rule.

use std::borrow::Cow;

/// A part of a message that breaks a rule. It names the part, so that a person can mend it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {problem}")]
pub struct ContentError {
    /// The part, such as `buttons` or `sections[1].rows`.
    pub field: Cow<'static, str>,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What can be wrong with a part of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// A text with nothing in it.
    #[error("must not be empty")]
    Empty,
    /// A text beyond its limit.
    #[error("must have at most {max} characters, has {length}")]
    TooLong {
        /// The limit, in characters as people see them.
        max: usize,
        /// The length found.
        length: usize,
    },
    /// Too few or too many of something.
    #[error("must have {min} to {max} elements, has {found}")]
    Count {
        /// The fewest.
        min: usize,
        /// The most.
        max: usize,
        /// How many there are.
        found: usize,
    },
    /// A number out of its range.
    #[error("must be {min} to {max}")]
    Range {
        /// The least.
        min: i64,
        /// The most.
        max: i64,
    },
    /// Two things that a person, or we, could not tell apart.
    #[error("must all differ")]
    Same,
    /// A part that is needed here.
    #[error("is required: {0}")]
    Missing(&'static str),
    /// A part of another shape.
    #[error("must be {0}")]
    Shape(&'static str),
    /// A thing that may not be sent like this.
    #[error("{0}")]
    NotAllowed(&'static str),
}

impl Problem {
    /// The error that this part has this problem.
    pub fn at(self, field: impl Into<Cow<'static, str>>) -> ContentError {
        ContentError { field: field.into(), problem: self }
    }
}

impl ContentError {
    /// The same, of a part within another.
    #[must_use]
    pub fn within(self, outer: &str) -> Self {
        Self { field: Cow::Owned(format!("{outer}.{}", self.field)), problem: self.problem }
    }
}

/// A problem of a text whose place nobody named.
impl From<Problem> for ContentError {
    fn from(problem: Problem) -> Self {
        problem.at("text")
    }
}

/// Checks how many there are.
pub(super) fn count(field: &'static str, found: usize, min: usize, max: usize) -> Result<(), ContentError> {
    if (min..=max).contains(&found) { Ok(()) } else { Err(Problem::Count { min, max, found }.at(field)) }
}

/// Checks that no two are the same.
pub(super) fn all_differ<'a>(field: &'static str, mut texts: impl Iterator<Item = &'a str>) -> Result<(), ContentError> {
    let mut seen = std::collections::HashSet::new();
    if texts.all(|text| seen.insert(text)) { Ok(()) } else { Err(Problem::Same.at(field)) }
}

/// Makes `$name` a message part that is only ever made of `$parts` that were checked by `check`, also when it is read back.
macro_rules! checked {
    ($(#[$doc:meta])* $name:ident, $parts:ident, $parts_name:literal) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = $parts_name, into = $parts_name)]
        pub struct $name($parts);

        impl $name {
            /// Puts it together.
            ///
            /// # Errors
            /// Names the part that breaks a rule.
            pub fn new(parts: $parts) -> Result<Self, $crate::messaging::content::ContentError> {
                parts.check()?;
                Ok(Self(parts))
            }

            /// What it is made of.
            #[must_use]
            pub const fn parts(&self) -> &$parts {
                &self.0
            }
        }

        impl TryFrom<$parts> for $name {
            type Error = $crate::messaging::content::ContentError;
            fn try_from(parts: $parts) -> Result<Self, Self::Error> {
                Self::new(parts)
            }
        }

        impl From<$name> for $parts {
            fn from(whole: $name) -> Self {
                whole.0
            }
        }
    };
}
pub(super) use checked;
