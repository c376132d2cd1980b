//! Talks to a language model on this machine or network, if the person switched one on: one POST over plain HTTP, with
//! a deadline for the whole exchange and a limit to what is read. Endpoints behind TLS need a local proxy.

use std::fmt;
use std::io::{Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::{Duration, Instant};

/// Most bytes that are read.
const LONGEST: usize = 512 * 1024;

/// Why there is no answer; the built-in wording stands then.
#[derive(Debug)]
pub enum EndpointError {
    /// Not a URL of ours.
    Address,
    /// Nothing there, or it broke off.
    Io(std::io::Error),
    /// It took too long.
    Late,
    /// It answered otherwise.
    Status(u16),
    /// More than anybody asked for, or no HTTP.
    Unreadable,
}

impl fmt::Display for EndpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EndpointError::Address => f.write_str("the model's address must be http://host[:port]/path"),
            EndpointError::Io(error) => write!(f, "the model could not be reached: {error}"),
            EndpointError::Late => f.write_str("the model did not answer in time"),
            EndpointError::Status(status) => write!(f, "the model answered with status {status}"),
            EndpointError::Unreadable => f.write_str("the model's answer cannot be read"),
        }
    }
}

impl From<std::io::Error> for EndpointError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut => EndpointError::Late,
            _ => EndpointError::Io(error),
        }
    }
}

/// Posts JSON to `base` + `/chat/completions` and gives the body of the answer.
///
/// # Errors
/// [`EndpointError`]; never waits longer than `time`.
pub fn post(base: &str, key: Option<&str>, body: &str, time: Duration) -> Result<String, EndpointError> {
    let deadline = Instant::now() + time;
    let left = || {
        deadline
            .checked_duration_since(Instant::now())
            .filter(|d| !d.is_zero())
            .ok_or(EndpointError::Late)
    };
    let rest = base.strip_prefix("http://").ok_or(EndpointError::Address)?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let clean = |s: &str| !s.chars().any(|c| c.is_control() || c.is_whitespace() || c == '@');
    if host.is_empty() || !clean(host) || !clean(path) || key.is_some_and(|k| !clean(k)) {
        return Err(EndpointError::Address);
    }
    let with_port = if host.rsplit(']').next().is_some_and(|h| h.contains(':')) {
        host.to_owned()
    } else {
        format!("{host}:80")
    };
    let address = with_port.to_socket_addrs()?.next().ok_or(EndpointError::Address)?;
    let mut stream = TcpStream::connect_timeout(&address, left()?)?;
    stream.set_write_timeout(Some(left()?))?;
    let authorization = key.map_or(String::new(), |k| format!("Authorization: Bearer {k}\r\n"));
    let path = path.trim_end_matches('/');
    let slash = if path.is_empty() { "" } else { "/" };
    write!(
        stream,
        "POST {slash}{path}/chat/completions HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nAccept: application/json\r\n{authorization}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )?;
    let mut answer = Vec::new();
    let mut chunk = [0; 16 * 1024];
    loop {
        stream.set_read_timeout(Some(left()?))?;
        match stream.read(&mut chunk) {
            Ok(0) => break,
            Ok(n) => answer.extend_from_slice(&chunk[..n]),
            Err(e) => return Err(e.into()),
        }
        if answer.len() > LONGEST {
            return Err(EndpointError::Unreadable);
        }
        if complete(&answer) {
            break;
        }
    }
    read(&answer)
}

/// Head and body of an answer.
fn split(answer: &[u8]) -> Option<(String, &[u8])> {
    let end = answer.windows(4).position(|w| w == b"\r\n\r\n")?;
    Some((
        String::from_utf8_lossy(&answer[..end]).to_lowercase(),
        &answer[end + 4..],
    ))
}

/// True where the answer is as long as it says, for servers that keep the connection open.
fn complete(answer: &[u8]) -> bool {
    let Some((head, body)) = split(answer) else {
        return false;
    };
    let length = head
        .lines()
        .find_map(|l| l.strip_prefix("content-length:")?.trim().parse::<usize>().ok());
    let chunked = head.contains("transfer-encoding: chunked");
    length.is_some_and(|l| body.len() >= l) || chunked && body.ends_with(b"0\r\n\r\n")
}

fn read(answer: &[u8]) -> Result<String, EndpointError> {
    let (head, body) = split(answer).ok_or(EndpointError::Unreadable)?;
    let status: u16 = head
        .strip_prefix("http/1.")
        .and_then(|h| h.split(' ').nth(1)?.split("\r\n").next()?.parse().ok())
        .ok_or(EndpointError::Unreadable)?;
    if status != 200 {
        return Err(EndpointError::Status(status));
    }
    let body = if head.contains("transfer-encoding: chunked") {
        dechunked(body).ok_or(EndpointError::Unreadable)?
    } else {
        body.to_vec()
    };
    String::from_utf8(body).map_err(|_| EndpointError::Unreadable)
}

fn dechunked(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    loop {
        let end = body.windows(2).position(|w| w == b"\r\n")?;
        let size = std::str::from_utf8(&body[..end]).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        if size == 0 {
            return Some(out);
        }
        let data = body.get(end + 2..)?.get(..size)?;
        out.extend_from_slice(data);
        body = body.get(end + 2 + size + 2..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    /// A server of one answer; `None` reads the request and says nothing.
    fn server(answer: Option<Vec<u8>>) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/v1", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 4096];
            let _ = stream.read(&mut request);
            match answer {
                Some(answer) => {
                    let _ = stream.write_all(&answer);
                }
                None => std::thread::sleep(Duration::from_secs(5)),
            }
        });
        url
    }

    const TIME: Duration = Duration::from_millis(500);

    #[test]
    fn reads_whole_and_chunked_answers() {
        let whole = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".to_vec();
        assert_eq!(post(&server(Some(whole)), Some("k"), "{}", TIME).unwrap(), "{}");
        let chunked =
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\ndata:\r\n3\r\n {}\r\n0\r\n\r\n".to_vec();
        assert_eq!(post(&server(Some(chunked)), None, "{}", TIME).unwrap(), "data: {}");
    }

    #[test]
    fn gives_up_on_hanging_garbage_and_errors() {
        let start = Instant::now();
        assert!(matches!(
            post(&server(None), None, "{}", TIME),
            Err(EndpointError::Late)
        ));
        assert!(start.elapsed() < Duration::from_secs(2));
        for (answer, status) in [("HTTP/1.1 500 No\r\n\r\n", true), ("nonsense", false), ("", false)] {
            let found = post(&server(Some(answer.as_bytes().to_vec())), None, "{}", TIME);
            assert!(
                matches!(found, Err(EndpointError::Status(500))) == status && found.is_err(),
                "{answer}: {found:?}"
            );
        }
        let endless = server(Some(
            [b"HTTP/1.1 200 OK\r\n\r\n".to_vec(), vec![b'x'; LONGEST + 1]].concat(),
        ));
        assert!(matches!(
            post(&endless, None, "{}", TIME),
            Err(EndpointError::Unreadable)
        ));
        assert!(matches!(post("ftp://x", None, "{}", TIME), Err(EndpointError::Address)));
        assert!(matches!(
            post("http://h\r\nX: y/", None, "{}", TIME),
            Err(EndpointError::Address)
        ));
    }
}
