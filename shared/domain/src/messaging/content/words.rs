//! The words of a message: for threads, and in one line for lists of conversations. What kind of thing it is, is for the screen to
//! say, in the language of whoever looks.

use super::{Limited, OutboundContent};

/// How many characters of a message a conversation list shows.
const PREVIEW_MAX: usize = 80;

impl OutboundContent {
    /// The text a person reads, without header, footer and choices; empty when there is none.
    #[must_use]
    pub fn body(&self) -> &str {
        match self {
            Self::Text(text) => text.as_str(),
            Self::Preview(text) => text.as_str(),
            Self::Media(media) => media.caption().unwrap_or_default(),
            Self::Buttons(buttons) => buttons.body(),
            Self::List(list) => list.body(),
            Self::CtaUrl(message) => message.body.as_str(),
            Self::Flow(flow) => flow.body.as_str(),
            Self::Request(request) => request.body.as_str(),
            Self::VoiceCall(call) => call.parts().body.as_str(),
            Self::Address(address) => address.parts().body.as_str(),
            Self::Product(product) => product.body.as_ref().map(Limited::as_str).unwrap_or_default(),
            Self::ProductList(list) => list.parts().body.as_str(),
            Self::Catalog(catalog) => catalog.body.as_str(),
            Self::MediaCarousel(carousel) => carousel.parts().body.as_str(),
            Self::ProductCarousel(carousel) => carousel.parts().body.as_str(),
            Self::OrderDetails(order) => order.parts().body.as_str(),
            Self::OrderStatus(status) => status.body.as_str(),
            Self::Template(template) => &template.shown().body,
            Self::Location(_) | Self::Contacts(_) | Self::Reaction(_) => "",
        }
    }

    /// The words in it, our own or those of what is sent; `None` when it has none.
    #[must_use]
    pub fn words(&self) -> Option<String> {
        let words = match self {
            Self::Media(media) => media.caption().or(media.file_name()).unwrap_or_default().to_owned(),
            Self::Location(place) => {
                let parts: Vec<&str> = place.name.iter().chain(&place.address).map(Limited::as_str).collect();
                parts.join(", ")
            }
            Self::Contacts(cards) => {
                let names: Vec<&str> = cards.parts().cards.iter().map(|card| card.name.formatted.as_str()).collect();
                names.join(", ")
            }
            Self::Reaction(reaction) => reaction.emoji.as_ref().map(|emoji| emoji.as_str().to_owned()).unwrap_or_default(),
            Self::OrderDetails(order) => format!("{} ({})", order.parts().body.as_str(), order.totals().total.chat()),
            Self::Text(_)
            | Self::Preview(_)
            | Self::Buttons(_)
            | Self::List(_)
            | Self::CtaUrl(_)
            | Self::Flow(_)
            | Self::Request(_)
            | Self::VoiceCall(_)
            | Self::Address(_)
            | Self::Product(_)
            | Self::ProductList(_)
            | Self::Catalog(_)
            | Self::MediaCarousel(_)
            | Self::ProductCarousel(_)
            | Self::OrderStatus(_)
            | Self::Template(_) => self.body().to_owned(),
        };
        Some(words).filter(|words| !words.is_empty())
    }

    /// The first line of its words in at most 80 characters, for lists of conversations; empty when it has none.
    #[must_use]
    pub fn preview(&self) -> String {
        let words = self.words().unwrap_or_default();
        let line = words.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        Limited::<PREVIEW_MAX>::cut(line).map_or_else(String::new, |cut| cut.as_str().to_owned())
    }
}
