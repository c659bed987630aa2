//! Secrets and passwords of a local start.

use std::{fmt::Write as _, fs::File, io::Read as _};

use anyhow::Context as _;

/// So many random bytes in hexadecimal digits.
///
/// # Errors
/// When the system has no randomness.
pub fn hex(bytes: usize) -> anyhow::Result<String> {
    let mut drawn = vec![0; bytes];
    File::open("/dev/urandom").and_then(|mut source| source.read_exact(&mut drawn)).context("the system has no randomness")?;
    let mut text = String::with_capacity(bytes * 2);
    for byte in drawn {
        write!(text, "{byte:02x}")?;
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn never_twice_the_same() {
        assert_eq!(hex(16).unwrap().len(), 32);
        assert_ne!(hex(16).unwrap(), hex(16).unwrap());
    }
}
