//! What is wrong with a template or with what is to fill it: which part, and what to do about it.

use std::fmt;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The part, such as `body`, `buttons[1].url` or `cards[0].header`.
    pub place: String,
    /// What is wrong with it.
    pub problem: Problem,
}

/// Everything that is wrong, in the order of the parts. Never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

/// A kind of template that has rules of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    /// A code to prove who somebody is.
    Authentication,
    /// Cards side by side.
    Carousel,
    /// An offer that ends.
    LimitedTimeOffer,
    /// A request to be allowed to call.
    CallPermission,
}

/// What is wrong with a part.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Nothing is there.
    #[error("is missing: fill it in")]
    Missing,
    /// A text beyond its limit.
    #[error("has {found} characters: use at most {max}")]
    TooLong {
        /// The limit, in characters as people see them.
        max: usize,
        /// The length found.
        found: usize,
    },
    /// Fewer than needed.
    #[error("has {found}: at least {min} are needed")]
    TooFew {
        /// How many are needed.
        min: usize,
        /// How many there are.
        found: usize,
    },
    /// More than allowed.
    #[error("has {found}: use at most {max}")]
    TooMany {
        /// How many are allowed.
        max: usize,
        /// How many there are.
        found: usize,
    },
    /// A number outside its range.
    #[error("must be between {min} and {max}")]
    OutOfRange {
        /// The least.
        min: i64,
        /// The most.
        max: i64,
    },
    /// A word of a fixed shape that has another.
    #[error("{0}")]
    Shape(&'static str),
    /// More than one line where one is allowed.
    #[error("must be one line, without formatting characters")]
    NotPlain,
    /// White space that Meta refuses.
    #[error("must not have tabs, more than four blanks or more than two line breaks in a row")]
    Spacing,
    /// A parameter with white space that Meta refuses.
    #[error("must not have line breaks, tabs or more than four blanks in a row")]
    ParameterSpacing,
    /// Braces that hold no variable of this format.
    #[error("{{{{{variable}}}}} is no variable: number them {{{{1}}}}, {{{{2}}}} …, or give all of them names like {{{{first_name}}}}")]
    VariableShape {
        /// What stands in the braces.
        variable: String,
    },
    /// Numbers with a hole.
    #[error("variables must be numbered without gaps: {{{{{missing}}}}} is missing")]
    VariableGap {
        /// The first that is missing.
        missing: usize,
    },
    /// A variable where none may be.
    #[error("must not have variables")]
    VariableForbidden,
    /// A variable at the start or the end.
    #[error("must not begin or end with a variable: add words before and after it")]
    VariableAtEdge,
    /// Two variables side by side.
    #[error("has two variables side by side: put words between them")]
    VariablesAdjacent,
    /// Too few words for so many variables.
    #[error("has too few words for its variables: use at least {words} words besides them, or fewer variables")]
    VariablesDense {
        /// How many words are needed.
        words: usize,
    },
    /// A variable without an example.
    #[error("needs an example for {{{{{variable}}}}}, for Meta's reviewer")]
    ExampleMissing {
        /// The variable.
        variable: String,
    },
    /// A media header without a sample.
    #[error("needs a sample file, for Meta's reviewer")]
    SampleMissing,
    /// Quick replies with other buttons in between.
    #[error("quick replies must stand together: move the other buttons before or behind them")]
    RepliesApart,
    /// Two buttons with the same label.
    #[error("two buttons have the same label")]
    SameLabel,
    /// A variable in an address elsewhere than at its end.
    #[error("may have one variable, {{{{1}}}}, at its very end")]
    UrlVariable,
    /// A button that stands alone or not at all.
    #[error("must be the only button")]
    NotAlone,
    /// The offer code behind other buttons.
    #[error("must be the first button")]
    NotFirst,
    /// A part that a kind of template cannot have.
    #[error("cannot stand in {0}: remove it")]
    NotAllowedIn(Context),
    /// A part that only a kind of template can have.
    #[error("can only stand in {0}")]
    OnlyIn(Context),
    /// A part for which the category is wrong.
    #[error("needs another category: {0}")]
    WrongCategory(&'static str),
    /// Cards of different build.
    #[error("must have the same kind of header and the same kinds of buttons as the first card")]
    CardDiffers,
    /// A part that we do not know, so that nobody can fill it here.
    #[error("has a part this version does not know: {0}")]
    Unknown(String),
    /// A variable of the template that nothing fills.
    #[error("needs a value for {{{{{variable}}}}}")]
    ParameterMissing {
        /// The variable.
        variable: String,
    },
    /// A value for a variable the template does not have, or one that is given twice.
    #[error("has a value for {{{{{variable}}}}}, which the template does not have or which was given already")]
    ParameterUnexpected {
        /// The variable.
        variable: String,
    },
    /// A value for a part the template does not have, or of another kind than it wants.
    #[error("does not fit the template: it wants {0} here")]
    Unfit(&'static str),
}

impl Problem {
    /// The stable name.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::TooLong { .. } => "too_long",
            Self::TooFew { .. } => "too_few",
            Self::TooMany { .. } => "too_many",
            Self::OutOfRange { .. } => "out_of_range",
            Self::Shape(_) => "shape",
            Self::NotPlain => "not_plain",
            Self::Spacing => "spacing",
            Self::ParameterSpacing => "parameter_spacing",
            Self::VariableShape { .. } => "variable_shape",
            Self::VariableGap { .. } => "variable_gap",
            Self::VariableForbidden => "variable_forbidden",
            Self::VariableAtEdge => "variable_at_edge",
            Self::VariablesAdjacent => "variables_adjacent",
            Self::VariablesDense { .. } => "variables_dense",
            Self::ExampleMissing { .. } => "example_missing",
            Self::SampleMissing => "sample_missing",
            Self::RepliesApart => "replies_apart",
            Self::SameLabel => "same_label",
            Self::UrlVariable => "url_variable",
            Self::NotAlone => "not_alone",
            Self::NotFirst => "not_first",
            Self::NotAllowedIn(_) => "not_allowed_here",
            Self::OnlyIn(_) => "only_elsewhere",
            Self::WrongCategory(_) => "wrong_category",
            Self::CardDiffers => "card_differs",
            Self::Unknown(_) => "unknown_part",
            Self::ParameterMissing { .. } => "parameter_missing",
            Self::ParameterUnexpected { .. } => "parameter_unexpected",
            Self::Unfit(_) => "unfit",
        }
    }

    /// The number or the variable it speaks of, for whoever says it in another language.
    #[must_use]
    pub fn subject(&self) -> Option<String> {
        match self {
            Self::TooLong { max, .. } | Self::TooMany { max, .. } => Some(max.to_string()),
            Self::TooFew { min, .. } => Some(min.to_string()),
            Self::OutOfRange { min, max } => Some(format!("{min}–{max}")),
            Self::VariablesDense { words } => Some(words.to_string()),
            Self::VariableGap { missing } => Some(missing.to_string()),
            Self::VariableShape { variable }
            | Self::ExampleMissing { variable }
            | Self::ParameterMissing { variable }
            | Self::ParameterUnexpected { variable } => Some(variable.clone()),
            Self::Unknown(part) => Some(part.clone()),
            Self::Missing
            | Self::Shape(_)
            | Self::NotPlain
            | Self::Spacing
            | Self::ParameterSpacing
            | Self::VariableForbidden
            | Self::VariableAtEdge
            | Self::VariablesAdjacent
            | Self::SampleMissing
            | Self::RepliesApart
            | Self::SameLabel
            | Self::UrlVariable
            | Self::NotAlone
            | Self::NotFirst
            | Self::NotAllowedIn(_)
            | Self::OnlyIn(_)
            | Self::WrongCategory(_)
            | Self::CardDiffers
            | Self::Unfit(_) => None,
        }
    }
}

impl Fault {
    /// A fault of a part.
    pub(super) fn new(place: impl Into<String>, problem: Problem) -> Self {
        Self { place: place.into(), problem }
    }
}

impl Faults {
    /// The first.
    #[must_use]
    pub fn first(&self) -> Option<&Fault> {
        self.0.first()
    }
}

impl fmt::Display for Context {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Authentication => "an authentication template",
            Self::Carousel => "a carousel",
            Self::LimitedTimeOffer => "a limited-time offer",
            Self::CallPermission => "a request for permission to call",
        })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.place, self.problem)
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        formatter.write_str(&said.join("; "))
    }
}

impl std::error::Error for Faults {}
