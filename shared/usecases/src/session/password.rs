//! Passwords, hashed with Argon2id (RFC 9106; OWASP's parameters: 19 MiB, two passes).

use std::sync::LazyLock;

use argon2::{
    Argon2,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc},
};
use domain::tenant::PasswordHash;

use crate::error::Error;

/// The longest password accepted, in bytes: hashing costs time, and nobody remembers more.
const PASSWORD_MAX: usize = 256;
/// The shortest, in bytes (NIST SP 800-63B asks for eight characters).
const PASSWORD_MIN: usize = 8;

/// What is compared with when there is no such colleague, so that the answer takes as long as with a wrong password.
static NOBODY: LazyLock<Option<PasswordHash>> = LazyLock::new(|| hash("nobody has this password", &[0; 16]).ok());

/// Makes what is compared with when there is no such colleague; done while a function starts, the first wrong address takes no longer
/// than the next.
pub fn prepare() {
    LazyLock::force(&NOBODY);
}

/// Hashes a password with sixteen random bytes of salt.
///
/// # Errors
/// Refuses passwords shorter than 8 or longer than 256 bytes.
pub fn hash(password: &str, salt: &[u8; 16]) -> Result<PasswordHash, Error> {
    if !(PASSWORD_MIN..=PASSWORD_MAX).contains(&password.len()) {
        return Err(Error::Invalid { field: "password", problem: "must have 8 to 256 characters".to_owned() });
    }
    let hashed: phc::PasswordHash =
        Argon2::default().hash_password_with_salt(password.as_bytes(), salt).map_err(|_| Error::Bug("a password cannot be hashed"))?;
    Ok(PasswordHash(hashed.to_string()))
}

/// Whether it is the password of this hash; with no hash the answer is no, after the same work.
#[must_use]
pub fn matches(password: &str, hash: Option<&PasswordHash>) -> bool {
    let known = hash.is_some();
    let Some(hash) = hash.or(NOBODY.as_ref()) else {
        return false;
    };
    let Ok(parsed) = phc::PasswordHash::new(&hash.0) else {
        return false;
    };
    let right = password.len() <= PASSWORD_MAX && Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok();
    right && known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_matches_its_hash_only() {
        let hashed = hash("diwali-2026", &[7; 16]).unwrap();
        assert!(hashed.0.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(matches("diwali-2026", Some(&hashed)));
        assert!(!matches("diwali-2027", Some(&hashed)));
        assert!(!matches("nobody has this password", None));
        assert!(hash("short", &[7; 16]).is_err());
    }
}
