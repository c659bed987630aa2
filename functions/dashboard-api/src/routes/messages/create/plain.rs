//! Text with a link, places and reactions as the API takes them.

use serde::Deserialize;
use shared::{
    domain::messaging::{
        content::{ContentError, Emoji, Location, OutboundContent, PlaceText},
        key::MessageKey,
    },
    usecases::reply_to_conversation::Said,
};
use utoipa::ToSchema;

/// Text with a link to be shown.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LinkedText {
    /// The text, with an `https://` or `http://` address in it.
    #[schema(min_length = 1, max_length = 4096)]
    text: String,
}

/// A place.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewLocation {
    /// Degrees north.
    #[schema(minimum = -90, maximum = 90)]
    latitude: f64,
    /// Degrees east.
    #[schema(minimum = -180, maximum = 180)]
    longitude: f64,
    /// What is there.
    #[schema(value_type = Option<String>, max_length = 1000)]
    name: Option<PlaceText>,
    /// Its postal address.
    #[schema(value_type = Option<String>, max_length = 1000)]
    address: Option<PlaceText>,
}

/// An emoji on a message of the last 30 days.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewReaction {
    /// The key of the message.
    #[schema(value_type = String)]
    message: MessageKey,
    /// One emoji; left out to take the reaction back.
    #[schema(value_type = Option<String>)]
    emoji: Option<Emoji>,
}

/// An earlier message that failed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAgain {
    /// The key of the message.
    #[schema(value_type = String)]
    message: MessageKey,
}

impl NewAgain {
    pub(super) fn said(self) -> Said {
        Said::Again(self.message)
    }
}

impl LinkedText {
    pub(super) fn content(self) -> Result<OutboundContent, ContentError> {
        OutboundContent::preview_text(&self.text).map_err(|error| error.within("link_preview"))
    }
}

impl NewLocation {
    pub(super) fn content(self) -> Result<OutboundContent, ContentError> {
        // Written out in full, a number of JSON is what the domain reads.
        let latitude =
            self.latitude.to_string().parse().map_err(|problem: shared::domain::messaging::content::Problem| problem.at("latitude"))?;
        let longitude =
            self.longitude.to_string().parse().map_err(|problem: shared::domain::messaging::content::Problem| problem.at("longitude"))?;
        Ok(OutboundContent::Location(Location { latitude, longitude, name: self.name, address: self.address }))
    }
}

impl NewReaction {
    pub(super) fn said(self) -> Said {
        Said::Reaction { message: self.message, emoji: self.emoji }
    }
}
