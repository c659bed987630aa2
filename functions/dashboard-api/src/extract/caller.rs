//! Who is asking, and the data that person may see.

use std::{convert::Infallible, ops::Deref, sync::Arc};

use axum::{
    extract::FromRequestParts,
    http::{header::AUTHORIZATION, request::Parts},
};
use shared::{
    boot,
    domain::time::Moment,
    store::TenantStore,
    usecases::{
        Error,
        session::token::{Audience, Identity},
    },
};

use crate::{App, refusal::Refusal};

/// The moment of the request.
pub struct At(Arc<Moment>);

impl Deref for At {
    type Target = Moment;
    fn deref(&self) -> &Moment {
        &self.0
    }
}

impl<S: Send + Sync> FromRequestParts<S> for At {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(parts.extensions.get().cloned().unwrap_or_else(|| Arc::new(boot::moment()))))
    }
}

/// A colleague with a good access token. The business is the token's, so nobody can ask for another's.
pub struct Caller {
    /// Who it is.
    pub identity: Identity,
    /// The data of the business.
    pub store: TenantStore,
}

impl FromRequestParts<Arc<App>> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Refusal> {
        let Ok(at) = At::from_request_parts(parts, app).await;
        let token = bearer(parts).ok_or(Error::SessionExpired)?;
        let identity = app.tokens(&at).await?.read(token, Audience::Api, at.now)?;
        Ok(Self { identity, store: app.table.tenant(identity.tenant) })
    }
}

fn bearer(parts: &Parts) -> Option<&str> {
    let (scheme, token) = parts.headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
