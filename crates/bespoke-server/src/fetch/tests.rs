//! The fetcher against servers of this machine, and addresses that it must refuse.

use super::*;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// Answers each connection with the next of the replies, then with the last; returns its port.
async fn serve(replies: Vec<String>) -> (u16, Arc<AtomicUsize>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("its address").port();
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let n = count.fetch_add(1, Ordering::SeqCst);
            let reply = replies.get(n).or(replies.last()).cloned().unwrap_or_default();
            tokio::spawn(async move {
                let mut buffer = [0u8; 2048];
                let _ = stream.read(&mut buffer).await;
                let _ = stream.write_all(reply.as_bytes()).await;
                if reply.ends_with("HANG") {
                    tokio::time::sleep(Duration::from_secs(5)).await;
                }
            });
        }
    });
    (port, asked)
}

fn page(body: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
}

fn moved(to: &str) -> String {
    format!("HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
}

/// Gives each question the next of the answers, then the last.
struct Answers(Vec<Vec<IpAddr>>, AtomicUsize);

impl Lookup for Answers {
    fn addresses(&self, _: String) -> BoxFuture<'static, std::io::Result<Vec<IpAddr>>> {
        let n = self.1.fetch_add(1, Ordering::SeqCst);
        let answer = self.0.get(n).or(self.0.last()).cloned().unwrap_or_default();
        Box::pin(async move { Ok(answer) })
    }
}

fn answering(answers: Vec<Vec<&str>>) -> Fetcher {
    let parsed = answers
        .into_iter()
        .map(|l| l.into_iter().filter_map(|a| a.parse().ok()).collect())
        .collect();
    Fetcher {
        lookup: Arc::new(Answers(parsed, AtomicUsize::new(0))),
        // Of all private addresses only the one that the test's server listens on.
        reach: Reach::PublicAndThisMachine,
        max_bytes: 1000,
        timeout: Duration::from_secs(2),
    }
}

#[test]
fn only_global_addresses_are_public() {
    for ip in [
        "8.8.8.8",
        "93.184.216.34",
        "2606:4700::1111",
        "64:ff9b::808:808",
        "::ffff:8.8.8.8",
    ] {
        assert!(is_public(ip.parse().expect(ip)), "{ip}");
    }
    for ip in [
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "198.18.0.1",
        "192.0.0.8",
        "203.0.113.5",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::808:808",
        "fe80::1",
        "fc00::1",
        "fd12::1",
        "ff02::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:c0a8:101::",
        "2001:0:4136:e378:8000:63bf:80ff:fffe",
        "fec0::1",
    ] {
        assert!(!is_public(ip.parse().expect(ip)), "{ip}");
    }
}

#[tokio::test]
async fn a_page_is_fetched_and_redirects_are_followed() {
    let (port, _) = serve(vec![moved("/there"), page("<p>Line Cook</p>")]).await;
    let found = answering(vec![vec!["127.0.0.1"]])
        .fetch(&format!("http://jobs.example.org:{port}/here"))
        .await
        .expect("a page");
    assert_eq!(found.bytes, b"<p>Line Cook</p>");
    assert!(
        found.url.ends_with("/there") && found.content_type == "text/html",
        "{found:?}"
    );
}

#[tokio::test]
async fn private_addresses_are_refused_before_a_byte_is_sent() {
    let (port, asked) = serve(vec![page("secret")]).await;
    let strict = Fetcher::default();
    for host in [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "0.0.0.0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[64:ff9b::7f00:1]",
        "localhost",
        "169.254.169.254",
    ] {
        let result = strict.fetch(&format!("http://{host}:{port}/")).await;
        assert!(matches!(result, Err(FetchError::Private(_))), "{host}: {result:?}");
    }
    for address in [
        "file:///etc/passwd",
        "ftp://example.org/",
        "http://",
        "gopher://x",
        "http://user:secret@example.org/",
        "example.org",
    ] {
        let result = strict.fetch(address).await;
        assert!(matches!(result, Err(FetchError::Address)), "{address}: {result:?}");
    }
    assert_eq!(asked.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn names_that_lead_inside_are_refused() {
    for answer in [
        vec!["10.0.0.1"],
        vec!["93.184.216.34", "192.168.0.1"],
        vec!["::ffff:10.0.0.1"],
        vec!["64:ff9b::a00:1"],
        vec!["fe80::1"],
        vec![],
    ] {
        let result = answering(vec![answer.clone()]).fetch("http://jobs.example.org/").await;
        assert!(matches!(result, Err(FetchError::Private(_))), "{answer:?}: {result:?}");
    }
}

#[tokio::test]
async fn redirects_and_rebinding_are_checked_again() {
    let (port, asked) = serve(vec![moved("http://169.254.169.254/latest/")]).await;
    let result = answering(vec![vec!["127.0.0.1"]])
        .fetch(&format!("http://jobs.example.org:{port}/"))
        .await;
    assert!(matches!(result, Err(FetchError::Private(_))), "{result:?}");
    // A name whose second answer lies inside, asked again for the redirect.
    let (port, _) = serve(vec![moved("http://other.example.org/")]).await;
    let result = answering(vec![vec!["127.0.0.1"], vec!["10.0.0.7"]])
        .fetch(&format!("http://jobs.example.org:{port}/"))
        .await;
    assert!(matches!(result, Err(FetchError::Private(_))), "{result:?}");
    let (port, _) = serve(vec![moved("file:///etc/passwd")]).await;
    let result = answering(vec![vec!["127.0.0.1"]])
        .fetch(&format!("http://jobs.example.org:{port}/"))
        .await;
    assert!(matches!(result, Err(FetchError::Address)), "{result:?}");
    let (port, loops) = serve(vec![moved("/again")]).await;
    let result = answering(vec![vec!["127.0.0.1"]])
        .fetch(&format!("http://jobs.example.org:{port}/"))
        .await;
    assert!(matches!(result, Err(FetchError::Redirects)), "{result:?}");
    assert_eq!(
        (asked.load(Ordering::SeqCst), loops.load(Ordering::SeqCst)),
        (1, MAX_REDIRECTS + 1)
    );
}

#[tokio::test]
async fn size_and_time_are_capped() {
    let (port, _) = serve(vec![page(&"x".repeat(5000))]).await;
    let result = answering(vec![vec!["127.0.0.1"]])
        .fetch(&format!("http://jobs.example.org:{port}/"))
        .await;
    assert!(matches!(result, Err(FetchError::Large(1000))), "{result:?}");
    let (port, _) = serve(vec!["HTTP/1.1 200 OK\r\n\r\nHANG".to_owned()]).await;
    let fetcher = Fetcher {
        timeout: Duration::from_millis(300),
        ..answering(vec![vec!["127.0.0.1"]])
    };
    let result = fetcher.fetch(&format!("http://jobs.example.org:{port}/")).await;
    assert!(matches!(result, Err(FetchError::Time)), "{result:?}");
    let (port, _) = serve(vec!["HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n".to_owned()]).await;
    let result = answering(vec![vec!["127.0.0.1"]])
        .fetch(&format!("http://jobs.example.org:{port}/"))
        .await;
    assert!(matches!(result, Err(FetchError::Status(404))), "{result:?}");
}

#[tokio::test]
async fn a_key_is_not_carried_to_where_a_server_redirects() {
    let (there, reached) = serve(vec![page("not for you")]).await;
    let (port, _) = serve(vec![moved(&format!("http://jobs.example.org:{there}/"))]).await;
    let fetcher = answering(vec![vec!["127.0.0.1"]]);
    let address = format!("http://jobs.example.org:{port}/");
    let keyed = Request::new(&address).with("authorization-key", "s3cret".into());
    assert!(matches!(fetcher.ask(&keyed).await, Err(FetchError::Redirects)));
    assert!(matches!(
        fetcher.ask(&Request::keyed(format!("{address}?key=s3cret"))).await,
        Err(FetchError::Redirects)
    ));
    assert_eq!(reached.load(Ordering::SeqCst), 0);
    // Without a key it is an ordinary redirect, so the test can fail.
    fetcher.fetch(&address).await.expect("a page");
}

#[tokio::test]
async fn what_is_sent_is_sent_once() {
    let fetcher = answering(vec![vec!["127.0.0.1"]]);
    let body = || Body {
        media_type: "text/plain".into(),
        bytes: b"hello".to_vec(),
    };
    let to = |port: u16| Request::new(&format!("http://jobs.example.org:{port}/"));
    // Two answers on one connection: the first counts.
    let twice = format!("{}{}", page("taken"), page("taken again"));
    let (port, asked) = serve(vec![twice]).await;
    let reply = fetcher.send(&to(port), body()).await.expect("an answer");
    assert_eq!((reply.status, reply.bytes.as_slice()), (200, b"taken".as_slice()));
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    // A redirect is an answer like any other.
    let (port, asked) = serve(vec![moved("/elsewhere")]).await;
    assert_eq!(fetcher.send(&to(port), body()).await.expect("an answer").status, 302);
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    // Lost after it went out: nobody knows.
    let (port, asked) = serve(vec!["HTTP/1.1 200 OK\r\n\r\nHANG".to_owned()]).await;
    let fetcher_in_haste = Fetcher {
        timeout: Duration::from_millis(300),
        ..answering(vec![vec!["127.0.0.1"]])
    };
    let lost = fetcher_in_haste.send(&to(port), body()).await;
    assert!(matches!(lost, Err(SendError::Unsure(FetchError::Time))), "{lost:?}");
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    let (port, _) = serve(vec![String::new()]).await;
    let lost = fetcher.send(&to(port), body()).await;
    assert!(matches!(lost, Err(SendError::Unsure(_))), "{lost:?}");
    // Never out of the door.
    let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = closed.local_addr().expect("its address").port();
    drop(closed);
    let refused = fetcher.send(&to(port), body()).await;
    assert!(matches!(refused, Err(SendError::NotSent(_))), "{refused:?}");
    let inside = Fetcher::default().send(&to(port), body()).await;
    assert!(matches!(inside, Err(SendError::NotSent(_))), "{inside:?}");
}
