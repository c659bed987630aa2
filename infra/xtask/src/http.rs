//! The little HTTP that waiting for a server takes.

use std::{
    io::{Read as _, Write as _},
    net::{Ipv4Addr, SocketAddr, TcpStream},
    time::{Duration, Instant},
};

use crate::{interrupt, process::Process};

const ANSWER_WITHIN: Duration = Duration::from_secs(2);
const ASK_EVERY: Duration = Duration::from_millis(25);

/// Waits until a program answers 200 at this path of its port.
///
/// # Errors
/// When it ends instead, is too slow, or a signal asks us to stop.
pub fn wait_ready(process: &mut Process, port: u16, path: &str, limit: Duration) -> anyhow::Result<()> {
    let started = Instant::now();
    loop {
        interrupt::check()?;
        process.must_run()?;
        if status(port, path) == Some(200) {
            return Ok(());
        }
        if started.elapsed() > limit {
            anyhow::bail!(
                "{} does not answer at http://127.0.0.1:{port}{path} after {} s; see {}",
                process.name,
                limit.as_secs(),
                process.log.display()
            );
        }
        std::thread::sleep(ASK_EVERY);
    }
}

/// The status that a server answers to a GET.
fn status(port: u16, path: &str) -> Option<u16> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let mut stream = TcpStream::connect_timeout(&address, ANSWER_WITHIN).ok()?;
    stream.set_read_timeout(Some(ANSWER_WITHIN)).ok()?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n").ok()?;
    let mut head = [0; 12];
    stream.read_exact(&mut head).ok()?;
    std::str::from_utf8(head.get(9..12)?).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use std::{net::TcpListener, thread};

    use super::*;

    #[test]
    fn reads_the_status_of_an_answer() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 17];
            stream.read_exact(&mut request).unwrap();
            stream.write_all(b"HTTP/1.1 503 Busy\r\n\r\n").unwrap();
            String::from_utf8(request.to_vec()).unwrap()
        });
        assert_eq!(status(port, "/health"), Some(503));
        assert!(server.join().unwrap().starts_with("GET /health HTTP"));
    }
}
