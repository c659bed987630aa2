//! Understanding what people write and answering in their language.
//!
//! Text goes in through the [`Language`] port and comes out as an [`Understanding`]; [`decide`] turns that, or a tapped row, into
//! a [`Reply`], and [`render()`] writes the reply in a [`Locale`].

mod context;
pub mod decide;
mod detect;
mod first;
mod fold;
mod intent;
mod matching;
mod normal;
mod render;
mod reply;
mod slips;
mod terms;
mod vocabulary;
mod words;

#[cfg(test)]
mod demo;
#[cfg(test)]
mod utterances;

use crate::{id::ProductId, locale::Locale};

pub(crate) use self::render::Texts;
pub use self::{
    first::FirstMatcher,
    normal::{TEXT_MAX, words},
    render::render,
    reply::{Ask, Choice, Level, Name, Reply},
    vocabulary::{PRODUCTS_MAX, Vocabulary},
};

/// The most products one message is taken to mean.
pub const SEVERAL_MAX: usize = 10;

/// The confidence of what cannot be otherwise: the agreed words of consent.
pub const CERTAIN_BP: u16 = 10_000;

/// Understands what people write.
pub trait Language: Send + Sync {
    /// What `text` asks for, given the names of what the business sells.
    fn understand(&self, text: &str, vocabulary: &Vocabulary) -> Understanding;
}

/// What a message asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Understanding {
    /// What is wanted.
    pub intent: Intent,
    /// How sure that is, in basis points.
    pub confidence_bp: u16,
    /// The language to answer in.
    pub locale: Locale,
    /// How the language is known.
    pub evidence: Evidence,
    /// The product that is meant.
    pub product: ProductMatch,
    /// The words that seem to name a thing, unless there are none.
    pub words: Option<Name>,
    /// The pack or memory size asked for, when the product that is meant has another: for [`Reply::instead_of`].
    pub other_size: Option<Name>,
}

impl Understanding {
    /// The language the message shows; `None` when it shows none, and the conversation's should stay.
    #[must_use]
    pub const fn shown_locale(&self) -> Option<Locale> {
        match self.evidence {
            Evidence::Seen => Some(self.locale),
            Evidence::Guessed => None,
        }
    }
}

/// How the language of a message is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// By its script or its words.
    Seen,
    /// Not at all: a bare product name is the same in every language, so the language of the conversation should stay.
    Guessed,
}

/// What a person wants, under the labels our training data uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Intent {
    /// Is there, or how much is there, of one product.
    StockCheck,
    /// What one product costs.
    PriceCheck,
    /// What is sold at all.
    CatalogBrowse,
    /// Hello.
    Greeting,
    /// Thank you.
    Thanks,
    /// Yes, no, all right: heard, and nothing asked.
    Acknowledgement,
    /// What can be asked here.
    Help,
    /// No more messages.
    OptOut,
    /// Messages again.
    OptIn,
    /// A person instead of a machine.
    TalkToHuman,
    /// Anything else.
    OutOfScope,
}

impl Intent {
    /// The label.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::StockCheck => "stock_check",
            Self::PriceCheck => "price_check",
            Self::CatalogBrowse => "catalog_browse",
            Self::Greeting => "greeting",
            Self::Thanks => "thanks",
            Self::Acknowledgement => "acknowledgement",
            Self::Help => "help",
            Self::OptOut => "opt_out",
            Self::OptIn => "opt_in",
            Self::TalkToHuman => "talk_to_human",
            Self::OutOfScope => "out_of_scope",
        }
    }
}

/// Which product a message means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProductMatch {
    /// None that is sold here.
    None,
    /// This one.
    One(ProductId),
    /// One of these, the likeliest first: one to ten. A single one is a guess to be confirmed.
    Several(Vec<ProductId>),
}
