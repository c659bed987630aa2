//! Ports on this machine.

use std::net::{Ipv4Addr, TcpListener};

use anyhow::Context as _;

/// The port that is preferred when nobody has it, else a free one.
///
/// # Errors
/// When the machine has no free port.
pub fn prefer(port: u16, taken: &[u16]) -> anyhow::Result<u16> {
    if may_have(port, taken, is_free) { Ok(port) } else { free(taken) }
}

fn may_have(port: u16, taken: &[u16], is_free: impl Fn(u16) -> bool) -> bool {
    !taken.contains(&port) && is_free(port)
}

/// A free port that is not among those.
///
/// # Errors
/// When the machine has none.
pub fn free(taken: &[u16]) -> anyhow::Result<u16> {
    // All are held until one is chosen, so that none comes twice.
    let mut held = Vec::new();
    for _ in 0..=taken.len() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("there is no free port on 127.0.0.1")?;
        let port = listener.local_addr()?.port();
        if !taken.contains(&port) {
            return Ok(port);
        }
        held.push(listener);
    }
    anyhow::bail!("there is no free port on 127.0.0.1")
}

/// Whether nobody listens there.
pub fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_that_listens_is_left_alone() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        assert!(!is_free(port));
        assert_ne!(prefer(port, &[]).unwrap(), port);
    }

    #[test]
    fn the_preferred_port_is_taken_when_nobody_has_it() {
        assert!(may_have(5173, &[4566], |_| true));
        assert!(!may_have(5173, &[4566, 5173], |_| true));
        assert!(!may_have(5173, &[4566], |_| false));
    }
}
