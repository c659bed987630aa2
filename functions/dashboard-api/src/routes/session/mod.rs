//! The session: a short access token for the page, and a cookie the page cannot read to get the next one with.

mod cookie;
mod create;
mod delete;
mod refresh;

use std::sync::Arc;

use serde::Serialize;
use shared::{
    domain::{
        access::Role,
        id::{TenantId, UserId},
        time::{Moment, Timestamp},
    },
    usecases::{
        Error,
        session::{
            log_in,
            token::{Audience, Tokens},
        },
    },
};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{App, time::seconds};

pub use cookie::CookieReach;

/// The routes of the session.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(create::log_in)).routes(routes!(delete::log_out)).routes(routes!(refresh::refresh_session))
}

/// An open session. The access token belongs in memory only; the refresh token is in the cookie.
#[derive(Serialize, ToSchema)]
pub struct Session {
    /// What to send as `Authorization: Bearer`.
    access_token: String,
    /// Until when it is good.
    expires_at: Timestamp,
    /// Who is logged in.
    user: User,
    /// Where.
    tenant: Tenant,
}

/// The colleague who is logged in.
#[derive(Serialize, ToSchema)]
struct User {
    #[schema(value_type = String)]
    id: UserId,
    name: String,
    email: String,
    /// `owner`, `admin` or `agent`.
    #[schema(value_type = String)]
    role: Role,
}

/// The business.
#[derive(Serialize, ToSchema)]
struct Tenant {
    #[schema(value_type = String)]
    id: TenantId,
    name: String,
}

impl Session {
    /// The session with a fresh access token.
    fn open(session: &log_in::Session, tokens: &Tokens, at: &Moment) -> Result<Self, Error> {
        let (access_token, expires_at) = tokens.issue(session.identity(), Audience::Api, at.now)?;
        let log_in::Session { tenant, user } = session;
        Ok(Self {
            access_token,
            expires_at: seconds(expires_at),
            user: User { id: user.id, name: user.name.to_string(), email: user.email.as_str().to_owned(), role: user.role },
            tenant: Tenant { id: tenant.id, name: tenant.name.to_string() },
        })
    }
}
