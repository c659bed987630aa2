//! What stands around the text of a message that has something to tap.

use super::{Edge, Header, MediaSource, OutboundContent};

/// What stands above and below the text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Frame<'a> {
    /// Above it.
    pub header: Option<Above<'a>>,
    /// The small line below it.
    pub footer: Option<&'a Edge>,
}

/// What stands above the text.
#[derive(Clone, Copy, Debug)]
pub enum Above<'a> {
    /// A line, where nothing else may stand.
    Line(&'a Edge),
    /// A line or a file.
    Header(&'a Header),
}

impl<'a> Above<'a> {
    /// The line, when it is one.
    #[must_use]
    pub fn text(self) -> Option<&'a str> {
        match self {
            Self::Line(line) => Some(line.as_str()),
            Self::Header(header) => header.as_text(),
        }
    }

    /// The file, when it is one.
    #[must_use]
    pub const fn source(self) -> Option<&'a MediaSource> {
        match self {
            Self::Line(_) => None,
            Self::Header(header) => header.source(),
        }
    }
}

impl<'a> Frame<'a> {
    fn of(header: Option<&'a Header>, footer: Option<&'a Edge>) -> Self {
        Self { header: header.map(Above::Header), footer }
    }

    fn lined(header: Option<&'a Edge>, footer: Option<&'a Edge>) -> Self {
        Self { header: header.map(Above::Line), footer }
    }
}

impl OutboundContent {
    /// What stands around its text; nothing around that of a template, which is approved as a whole.
    #[must_use]
    pub fn frame(&self) -> Frame<'_> {
        match self {
            Self::Buttons(buttons) => Frame::of(buttons.parts().header.as_ref(), buttons.parts().footer.as_ref()),
            Self::CtaUrl(message) => Frame::of(message.header.as_ref(), message.footer.as_ref()),
            Self::Flow(flow) => Frame::of(flow.header.as_ref(), flow.footer.as_ref()),
            Self::List(list) => Frame::lined(list.parts().header.as_ref(), list.parts().footer.as_ref()),
            Self::ProductList(list) => Frame::lined(Some(&list.parts().header), list.parts().footer.as_ref()),
            Self::Product(product) => Frame::lined(None, product.footer.as_ref()),
            Self::Catalog(catalog) => Frame::lined(None, catalog.footer.as_ref()),
            Self::OrderDetails(order) => Frame::lined(None, order.parts().footer.as_ref()),
            Self::OrderStatus(status) => Frame::lined(None, status.footer.as_ref()),
            Self::Text(_)
            | Self::Preview(_)
            | Self::Media(_)
            | Self::Location(_)
            | Self::Contacts(_)
            | Self::Reaction(_)
            | Self::Request(_)
            | Self::VoiceCall(_)
            | Self::Address(_)
            | Self::MediaCarousel(_)
            | Self::ProductCarousel(_)
            | Self::Template(_) => Frame::default(),
        }
    }
}
