//! A colleague's screen asks for a ticket to listen with: browsers send no headers when they open a WebSocket.

use domain::{
    access::Action,
    time::{Moment, Timestamp},
};

use crate::{
    authorise,
    error::Error,
    session::token::{Audience, Identity, Tokens},
};

/// Makes a ticket for one live connection and says until when it is good.
///
/// # Errors
/// [`Error::Forbidden`] when the role may not listen.
pub fn run(at: &Moment, tokens: &Tokens, identity: Identity) -> Result<(String, Timestamp), Error> {
    authorise::role(identity, Action::Listen)?;
    tokens.issue(identity, Audience::Live, at.now)
}
