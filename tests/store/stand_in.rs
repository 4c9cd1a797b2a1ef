//! A stand-in between store and engine that loses answers and answers in the engine's place.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// What is done with the next call of an operation.
#[derive(Clone, Debug)]
pub(crate) enum Trick {
    /// It reaches the engine, which carries it out; the caller hears of a failure.
    LoseAnswer,
    /// It does not reach the engine; the caller gets this status and body.
    Answer(u16, String),
    /// It does not reach the engine; all keys it asks for, or rows it brings, are left unprocessed.
    LeaveUnprocessed,
}

/// The tricks still to be played, by operation (`PutItem`), and the operations that were called.
#[derive(Clone, Default)]
pub(crate) struct StandIn {
    tricks: Arc<Mutex<VecDeque<(&'static str, Trick)>>>,
    calls: Arc<Mutex<Vec<String>>>,
}

impl StandIn {
    /// Starts one before an engine; its end point comes with it.
    pub(crate) async fn before(engine: &str, tricks: impl IntoIterator<Item = (&'static str, Trick)>) -> (Self, String) {
        let stand_in = Self { tricks: Arc::new(Mutex::new(tricks.into_iter().collect())), calls: Arc::default() };
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let end_point = format!("http://{}", listener.local_addr().expect("an address"));
        let (engine, running) = (engine.trim_start_matches("http://").to_owned(), stand_in.clone());
        tokio::spawn(async move {
            while let Ok((caller, _)) = listener.accept().await {
                tokio::spawn(running.clone().serve(caller, engine.clone()));
            }
        });
        (stand_in, end_point)
    }

    /// How often an operation was called.
    pub(crate) fn calls_of(&self, operation: &str) -> usize {
        self.calls.lock().expect("the calls").iter().filter(|call| *call == operation).count()
    }

    /// Whether every trick was played.
    pub(crate) fn is_done(&self) -> bool {
        self.tricks.lock().expect("the tricks").is_empty()
    }

    /// One request a connection: simple, and nothing here is about speed.
    async fn serve(self, mut caller: TcpStream, engine: String) {
        let Some((head, body)) = read_message(&mut caller).await else { return };
        let operation = header(&head, "x-amz-target").and_then(|target| target.rsplit('.').next()).unwrap_or("").to_owned();
        let trick = {
            let mut tricks = self.tricks.lock().expect("the tricks");
            let position = tricks.iter().position(|(wanted, _)| *wanted == operation);
            position.and_then(|position| tricks.remove(position)).map(|(_, trick)| trick)
        };
        self.calls.lock().expect("the calls").push(operation);
        let answer = match trick {
            None => forward(&engine, &head, &body).await,
            Some(Trick::LoseAnswer) => {
                forward(&engine, &head, &body).await;
                answer(500, r#"{"__type":"com.amazonaws.dynamodb.v20120810#InternalServerError","message":"lost"}"#)
            }
            Some(Trick::Answer(status, body)) => answer(status, &body),
            Some(Trick::LeaveUnprocessed) => {
                let asked: serde_json::Value = serde_json::from_slice(&body).expect("a request in JSON");
                let left = asked["RequestItems"].clone();
                // A caller reads its own kind of the two.
                let left = serde_json::json!({"Responses": {}, "UnprocessedKeys": left, "UnprocessedItems": left});
                answer(200, &left.to_string())
            }
        };
        let _ = caller.write_all(&answer).await;
    }
}

fn answer(status: u16, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status} Said\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}").into()
}

async fn forward(engine: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let mut engine = TcpStream::connect(engine).await.expect("the engine");
    let head = head.replacen("\r\n", "\r\nConnection: close\r\n", 1);
    engine.write_all(format!("{head}\r\n\r\n").as_bytes()).await.expect("a request sent");
    engine.write_all(body).await.expect("a request sent");
    let mut answer = vec![];
    engine.read_to_end(&mut answer).await.expect("an answer");
    // The caller keeps connections and this stand-in does not.
    let text = String::from_utf8_lossy(&answer).into_owned();
    if header(&text, "connection").is_some() { answer } else { text.replacen("\r\n", "\r\nConnection: close\r\n", 1).into() }
}

/// A request's head without its last empty line, and its body.
async fn read_message(stream: &mut TcpStream) -> Option<(String, Vec<u8>)> {
    let mut bytes = vec![];
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut body = bytes.split_off(end + 4);
    let length: usize = header(&head, "content-length")?.parse().ok()?;
    while body.len() < length {
        if stream.read_buf(&mut body).await.ok()? == 0 {
            return None;
        }
    }
    Some((head, body))
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let lines = head.lines().take_while(|line| !line.is_empty());
    lines.filter_map(|line| line.split_once(':')).find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
}
