//! Why the contract decides as it does: stable names, in one list.

use serde::{Deserialize, Serialize};

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)+) => {
        /// Why the contract decides as it does.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Reason {
            $($(#[$doc])* #[serde(rename = $code)] $name,)+
        }

        impl Reason {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Its stable name: in the API, in metrics, and as the key of its sentences.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)+
                }
            }
        }
    };
}

reasons! {
    /// Allowed: the person wrote within the last 24 hours.
    WindowOpen = "window_open";
    /// Allowed: an approved template needs no window.
    Template = "template";
    /// Template only: the person last wrote too long ago.
    WindowClosed = "window_closed";
    /// Template only: the person never wrote to this number.
    NeverWrote = "never_wrote";
    /// Wait: the business leaves people in peace at this hour.
    QuietHours = "quiet_hours";
    /// Wait: the number has used up its messages a second.
    Throughput = "throughput";
    /// Wait: too much went to this person at once.
    PairRate = "pair_rate";
    /// Wait: the business has begun as many conversations as it may in 24 hours.
    PortfolioLimit = "portfolio_limit";
    /// Wait: WhatsApp holds marketing to this person back for a day.
    MarketingHeld = "marketing_held";
    /// Wait or denied: Meta has restricted the number or its account.
    NumberRestricted = "number_restricted";
    /// Denied: the number has been stopped.
    NumberStopped = "number_stopped";
    /// Denied: Meta rates the number's quality low, and marketing would make it worse.
    QualityLow = "quality_low";
    /// Denied: the person has refused marketing.
    OptedOut = "opted_out";
    /// Denied: the business asks for a yes before marketing, and the person has given none.
    NotOptedIn = "not_opted_in";
    /// Denied: Meta made marketing of this template, and the person has not said yes to marketing.
    Recategorised = "recategorised";
    /// Denied: the template is not approved, or is paused or disabled.
    TemplateUnusable = "template_unusable";
    /// Denied: a code for logging in needs a phone, and this person has shown none (131062).
    NeedsPhone = "needs_phone";
    /// Denied: WhatsApp offers this kind of message in India alone.
    IndiaOnly = "india_only";
    /// Denied: WhatsApp delivers no marketing to numbers that begin with +1.
    NoMarketingThere = "no_marketing_there";
}

impl Reason {
    /// Why, in a sentence for colleagues, with what to do about it.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::WindowOpen => "The customer wrote within the last 24 hours.",
            Self::Template => "An approved template may be sent at any time.",
            Self::WindowClosed => "This person last wrote more than 24 hours ago, so only an approved template may be sent now.",
            Self::NeverWrote => "This person has never written to this number, so only an approved template may be sent.",
            Self::QuietHours => "The business leaves people in peace at this hour. It can be sent when the quiet hours are over.",
            Self::Throughput => "More is waiting than WhatsApp lets through. It goes out in a moment.",
            Self::PairRate => "Too many messages went to this customer in a short time. Wait a minute, then send it again.",
            Self::PortfolioLimit => "The business has reached its limit of customers for today. Answer those who write, or wait.",
            Self::MarketingHeld => "WhatsApp holds promotions to this customer back for now. Send it later.",
            Self::NumberRestricted => "WhatsApp has restricted this number. Ask the owner to look into WhatsApp Manager.",
            Self::NumberStopped => "This number has been stopped. Ask the owner to connect it again.",
            Self::QualityLow => {
                "Customers have complained about this number, so no promotions go out from it until WhatsApp rates it better."
            }
            Self::OptedOut => "The customer has refused promotions. Answers and news about orders may still be sent.",
            Self::NotOptedIn => "The customer has not agreed to promotions. Ask for START first.",
            Self::Recategorised => "WhatsApp counts this template as promotion now, and the customer has not agreed to promotions.",
            Self::TemplateUnusable => "This template is not approved, or WhatsApp has paused or disabled it. Choose another one.",
            Self::NeedsPhone => "Codes for logging in need a phone number, and this customer shows none. Ask for it first.",
            Self::IndiaOnly => "WhatsApp offers this kind of message in India alone. Send a text instead.",
            Self::NoMarketingThere => "WhatsApp delivers no promotions to numbers that begin with +1.",
        }
    }
}
