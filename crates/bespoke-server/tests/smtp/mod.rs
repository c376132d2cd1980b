//! A mail server on this machine that keeps what it is given.

use base64::Engine;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Mutex, mpsc};

/// A message.
#[derive(Debug, Clone)]
pub struct Mail {
    pub from: String,
    pub to: String,
    /// The headers as they came.
    pub head: String,
    /// The text, decoded.
    pub text: String,
}

pub struct Smtp {
    pub port: u16,
    mails: Mutex<mpsc::UnboundedReceiver<Mail>>,
}

impl Smtp {
    pub async fn start() -> Smtp {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let (sender, mails) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let sender = sender.clone();
                tokio::spawn(async move { converse(stream, &sender).await });
            }
        });
        Smtp {
            port,
            mails: Mutex::new(mails),
        }
    }

    pub async fn next(&self) -> Mail {
        let mut mails = self.mails.lock().await;
        let mail = tokio::time::timeout(Duration::from_secs(10), mails.recv()).await;
        mail.expect("a message in time").expect("a message")
    }

    /// Whether no message comes for a while.
    pub async fn stays_empty(&self) -> bool {
        let mut mails = self.mails.lock().await;
        tokio::time::timeout(Duration::from_millis(300), mails.recv())
            .await
            .is_err()
    }
}

fn address(line: &str) -> String {
    let between = line.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    between.map_or_else(String::new, |(address, _)| address.to_owned())
}

async fn converse(stream: TcpStream, sender: &mpsc::UnboundedSender<Mail>) -> Option<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 here\r\n").await.ok()?;
    let (mut from, mut to) = (String::new(), String::new());
    while let Some(line) = lines.next_line().await.ok()? {
        let answer = match line.split([' ', ':']).next().unwrap_or_default() {
            "EHLO" => "250-here\r\n250 8BITMIME\r\n",
            "MAIL" => {
                from = address(&line);
                "250 ok\r\n"
            }
            "RCPT" => {
                to = address(&line);
                "250 ok\r\n"
            }
            "DATA" => {
                write.write_all(b"354 go on\r\n").await.ok()?;
                let mut whole = Vec::new();
                while let Some(line) = lines.next_line().await.ok()?.filter(|line| line != ".") {
                    whole.push(line.strip_prefix('.').unwrap_or(&line).to_owned());
                }
                sender.send(read_mail(&from, &to, &whole)).ok()?;
                "250 kept\r\n"
            }
            "QUIT" => {
                write.write_all(b"221 bye\r\n").await.ok()?;
                return Some(());
            }
            _ => "250 ok\r\n",
        };
        write.write_all(answer.as_bytes()).await.ok()?;
    }
    Some(())
}

fn read_mail(from: &str, to: &str, lines: &[String]) -> Mail {
    let end = lines.iter().position(String::is_empty).unwrap_or(lines.len());
    let head = lines[..end].join("\n");
    let body = lines[end..].join("\n");
    let text = if head.contains("base64") {
        let packed: String = body.split_whitespace().collect();
        let bytes = base64::engine::general_purpose::STANDARD
            .decode(packed)
            .expect("base64");
        String::from_utf8(bytes).expect("text")
    } else if head.contains("quoted-printable") {
        quoted(&body)
    } else {
        body
    };
    Mail {
        from: from.to_owned(),
        to: to.to_owned(),
        head,
        text,
    }
}

/// Quoted-printable (RFC 2045, 6.7).
fn quoted(body: &str) -> String {
    let joined = body.replace("=\n", "");
    let (mut bytes, mut rest) = (Vec::new(), joined.as_bytes());
    while let Some((first, more)) = rest.split_first() {
        let code = more.get(..2).and_then(|code| std::str::from_utf8(code).ok());
        match code
            .filter(|_| *first == b'=')
            .and_then(|code| u8::from_str_radix(code, 16).ok())
        {
            Some(byte) => {
                bytes.push(byte);
                rest = &more[2..];
            }
            None => {
                bytes.push(*first);
                rest = more;
            }
        }
    }
    String::from_utf8(bytes).expect("text")
}
