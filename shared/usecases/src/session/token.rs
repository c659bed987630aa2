//! Tokens: JSON Web Tokens (RFC 7519) signed with HMAC-SHA256, one audience for each use, so that none serves for another.

use domain::{
    access::Role,
    id::{TenantId, UserId},
    time::{SignedDuration, Timestamp},
};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};

use crate::error::Error;

/// What a token is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Calling the API: fifteen minutes.
    Api,
    /// Getting a new token for the API: twelve hours.
    Refresh,
    /// Opening one live connection: one minute.
    Live,
}

impl Audience {
    const fn name(self) -> &'static str {
        match self {
            Self::Api => "tarun:api",
            Self::Refresh => "tarun:refresh",
            Self::Live => "tarun:live",
        }
    }

    /// How long a token of this kind is good.
    #[must_use]
    pub const fn life(self) -> SignedDuration {
        match self {
            Self::Api => SignedDuration::from_mins(15),
            Self::Refresh => SignedDuration::from_hours(12),
            Self::Live => SignedDuration::from_mins(1),
        }
    }
}

/// Who is asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The business.
    pub tenant: TenantId,
    /// The colleague.
    pub user: UserId,
    /// What the colleague may do.
    pub role: Role,
}

#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: UserId,
    ten: TenantId,
    rol: Role,
    iat: i64,
    exp: i64,
}

/// The issuer that stands in every token.
const ISSUER: &str = "tarun";
/// The shortest key accepted, in bytes: as long as the hash (RFC 7518 §3.2).
const KEY_MIN: usize = 32;

/// Makes tokens and reads them.
pub struct Tokens {
    encoding: EncodingKey,
    decoding: DecodingKey,
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Tokens(…)")
    }
}

impl Tokens {
    /// Tokens under this key.
    ///
    /// # Errors
    /// Refuses a key shorter than 32 bytes.
    pub fn new(key: &SecretString) -> Result<Self, Error> {
        let bytes = key.expose_secret().as_bytes();
        if bytes.len() < KEY_MIN {
            return Err(Error::Bug("the token key must have at least 32 bytes"));
        }
        Ok(Self { encoding: EncodingKey::from_secret(bytes), decoding: DecodingKey::from_secret(bytes) })
    }

    /// Makes a token and says until when it is good.
    ///
    /// # Errors
    /// When signing fails.
    pub fn issue(&self, identity: Identity, audience: Audience, now: Timestamp) -> Result<(String, Timestamp), Error> {
        let until = now.checked_add(audience.life()).map_err(|_| Error::Bug("the end of time"))?;
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: audience.name().to_owned(),
            sub: identity.user,
            ten: identity.tenant,
            rol: identity.role,
            iat: now.as_second(),
            exp: until.as_second(),
        };
        let token = encode(&Header::new(Algorithm::HS256), &claims, &self.encoding).map_err(|_| Error::Bug("a token cannot be signed"))?;
        Ok((token, until))
    }

    /// Who is asking, if the token is ours, for this use, and not over.
    ///
    /// # Errors
    /// [`Error::SessionExpired`] in every other case.
    pub fn read(&self, token: &str, audience: Audience, now: Timestamp) -> Result<Identity, Error> {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_audience(&[audience.name()]);
        validation.set_issuer(&[ISSUER]);
        validation.set_required_spec_claims(&["exp", "aud", "iss", "sub"]);
        // The time is an argument here as everywhere, so it is compared below and not by the library's clock.
        validation.validate_exp = false;
        let claims = decode::<Claims>(token, &self.decoding, &validation).map_err(|_| Error::SessionExpired)?.claims;
        if claims.exp <= now.as_second() {
            return Err(Error::SessionExpired);
        }
        Ok(Identity { tenant: claims.ten, user: claims.sub, role: claims.rol })
    }
}

#[cfg(test)]
mod tests {
    use domain::id;

    use super::*;

    #[test]
    fn a_token_serves_its_use_and_its_time_only() {
        let tokens = Tokens::new(&SecretString::from("k".repeat(32))).unwrap();
        let identity = Identity { tenant: id::derived(&[b"t"]), user: id::derived(&[b"u"]), role: Role::Agent };
        let now = Timestamp::from_second(1_793_500_000).unwrap();
        let (token, until) = tokens.issue(identity, Audience::Api, now).unwrap();
        assert_eq!(tokens.read(&token, Audience::Api, now).unwrap(), identity);
        assert!(tokens.read(&token, Audience::Refresh, now).is_err());
        assert!(tokens.read(&token, Audience::Api, until).is_err());
        assert!(tokens.read(&format!("{token}x"), Audience::Api, now).is_err());
        let other = Tokens::new(&SecretString::from("o".repeat(32))).unwrap();
        assert!(other.read(&token, Audience::Api, now).is_err());
        assert!(Tokens::new(&SecretString::from("short")).is_err());
    }
}
