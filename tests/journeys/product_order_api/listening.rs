//! Partners' listeners: each hears of each event once, is tried again while it fails, and hears nothing after it was forgotten.

use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use hyper::Method;
use local_harness::{DeadLetter, Options, Running, start};
use platform::mint;
use platform::store::Listener as Registered;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, sleep};

use super::{ALL, ORDERING, System, broadband, document, harness};
use crate::provisioning::{provisioning_of, taken, until};

/// What was heard at an address.
#[derive(Clone, Debug)]
struct Heard {
    path: String,
    event: Value,
    at: Instant,
}

/// A partner's listener, which answers as its path says: `/200/orders` with 200, and `/flaky` with 500 the first two times of each event.
#[derive(Clone, Default)]
struct Ear(Arc<Mutex<Vec<Heard>>>);

impl Ear {
    /// Listens, as long as the test goes on.
    async fn open() -> (Self, String) {
        let ear = Self::default();
        let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a socket");
        let origin = format!("http://{}", socket.local_addr().expect("an address"));
        let (hearing, own) = (ear.clone(), origin.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = socket.accept().await {
                let (hearing, own) = (hearing.clone(), own.clone());
                tokio::spawn(async move { hearing.hear(stream, &own).await });
            }
        });
        (ear, origin)
    }

    /// One request, and the end of the connection.
    async fn hear(&self, mut stream: TcpStream, origin: &str) -> Option<()> {
        let mut bytes = vec![];
        let (head, body) = loop {
            let mut part = [0; 4096];
            let count = stream.read(&mut part).await.ok().filter(|count| *count > 0)?;
            bytes.extend_from_slice(&part[..count]);
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
            let length = head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length:")?.trim().parse().ok());
            if body.len() >= length.unwrap_or(0) {
                break (head.to_owned(), body.to_owned());
            }
        };
        let path = head.split(' ').nth(1)?.to_owned();
        let event = serde_json::from_str(&body).unwrap_or(Value::Null);
        self.0.lock().expect("what was heard").push(Heard { path: path.clone(), event: event.clone(), at: Instant::now() });
        let tries = |heard: &&Heard| heard.event["eventId"] == event["eventId"];
        let status = match path.split('/').nth(1)? {
            "flaky" if self.at(&path).iter().filter(tries).count() < 3 => 500,
            status => status.parse().unwrap_or(200),
        };
        let answer =
            format!("HTTP/1.1 {status} X\r\nlocation: {origin}/200/elsewhere\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        stream.write_all(answer.as_bytes()).await.ok()
    }

    fn at(&self, path: &str) -> Vec<Heard> {
        self.0.lock().expect("what was heard").iter().filter(|heard| heard.path == path).cloned().collect()
    }
}

/// A site that may call a listener of the test's own.
async fn heard_site() -> (Running, Ear, String) {
    let (ear, origin) = Ear::open().await;
    let options = Options { listener: Some(origin.clone()), ..Options::default() };
    (start(options).await.expect("the harness starts"), ear, origin)
}

async fn register(system: &mut System, callback: &str, query: Option<&str>) -> String {
    let mut wanted = json!({ "callback": callback });
    if let Some(query) = query {
        wanted["query"] = json!(query);
    }
    let page = system.send(Method::POST, &format!("{ORDERING}/hub"), Some(&wanted)).await;
    assert_eq!(page.status, 201, "{}", page.html);
    let listener = document(&page);
    assert_eq!(page.headers["location"], listener["href"].as_str().expect("an address"));
    format!("{ORDERING}/hub/{}", listener["id"].as_str().expect("an id"))
}

/// An order of Sam's; its id.
async fn ordered(site: &Running, system: &mut System, external_id: &str) -> String {
    let page = system.send(Method::POST, &format!("{ORDERING}/productOrder"), Some(&broadband(site, external_id))).await;
    document(&page)["id"].as_str().expect("an id").to_owned()
}

/// The ids and kinds of what was heard of an order.
fn of_order(heard: &[Heard], id: &str) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let is_of = |event: &Value| {
        event["event"]["productOrder"]["id"] == id || event["event"]["cancelProductOrder"]["productOrder"]["id"] == id
    };
    let events = heard.iter().map(|heard| &heard.event).filter(|event| is_of(event));
    events.map(|event| (text(&event["eventId"]), text(&event["eventType"]))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_event_is_heard_once_by_whom_it_is_for_until_the_listener_is_forgotten() {
    let (site, ear, origin) = heard_site().await;
    let mut system = System::with(&site, ALL).await;
    let all = register(&mut system, &format!("{origin}/200/all"), None).await;
    let cancelled = "eventType=CancelProductOrderCreateEvent,CancelProductOrderStateChangeEvent";
    register(&mut system, &format!("{origin}/200/cancelled"), Some(cancelled)).await;
    let id = ordered(&site, &mut system, "HEAR-1").await;
    taken(&site, id.parse().expect("an id"), 1).await;
    let ask = json!({ "productOrder": { "id": id } });
    let asked = system.send(Method::POST, &format!("{ORDERING}/cancelProductOrder"), Some(&ask)).await;
    assert_eq!(asked.status, 201, "{}", asked.html);
    let task = document(&asked)["id"].clone();
    until("the system looks into it", || async {
        site.provisioning().service_orders().last().is_some_and(|one| one.state == "assessingCancellation")
    })
    .await;
    provisioning_of(&site, id.parse().expect("an id"), &[json!({ "do": "finish" })]).await;
    let kinds = |path: &str| of_order(&ear.at(path), &id).into_iter().map(|(_, kind)| kind).collect::<Vec<_>>();
    let done = "CancelProductOrderStateChangeEvent";
    until("the cancellation is heard to be done", || async {
        let last = ear.at("/200/cancelled").into_iter().last().map(|heard| heard.event);
        last.is_some_and(|event| event["event"]["cancelProductOrder"]["state"] == "done")
    })
    .await;
    until("all of it is heard", || async { kinds("/200/all").iter().filter(|kind| *kind == done).count() > 1 }).await;
    let cancellation = system.get(&format!("{ORDERING}/cancelProductOrder/{}", task.as_str().expect("an id"))).await;
    assert_eq!(cancellation["state"], "done");
    assert!(cancellation["effectiveCancellationDate"].is_string(), "{cancellation}");
    let heard = kinds("/200/all");
    for kind in ["ProductOrderCreateEvent", "ProductOrderStateChangeEvent", "CancelProductOrderCreateEvent", done] {
        assert!(heard.iter().any(|heard| heard == kind), "{kind}: {heard:?}");
    }
    assert!(kinds("/200/cancelled").iter().all(|kind| cancelled.contains(kind)), "{:?}", kinds("/200/cancelled"));
    for path in ["/200/all", "/200/cancelled"] {
        let ids: Vec<_> = of_order(&ear.at(path), &id).into_iter().map(|(id, _)| id).collect();
        let mut once = ids.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), ids.len(), "each once at {path}");
    }
    assert!(ear.at("/200/all").iter().all(|heard| heard.event["partner"].is_null()), "whose it is, the partner knows");

    assert_eq!(system.send(Method::DELETE, &all, None).await.status, 204);
    let before = ear.at("/200/all").len();
    let next = ordered(&site, &mut system, "HEAR-2").await;
    until("the next order is published", || async {
        site.events().all().iter().any(|event| event.event["detail"]["event"]["productOrder"]["id"] == *next)
    })
    .await;
    sleep(Duration::from_millis(500)).await;
    assert_eq!(ear.at("/200/all").len(), before, "nothing after it was forgotten");
    assert!(site.dead_letters().all().is_empty());
    site.stop().await;
}

/// The dead letter of an order's event, once there is one.
async fn letter(site: &Running, id: &str) -> DeadLetter {
    for _ in 0..400 {
        let of_it = |letter: &&DeadLetter| letter.records[0]["detail"]["event"]["productOrder"]["id"] == id;
        if let Some(letter) = site.dead_letters().all().iter().find(of_it) {
            return letter.clone();
        }
        sleep(Duration::from_millis(50)).await;
    }
    panic!("nothing was kept: {:?}", site.events().all());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_listener_does_not_take_is_tried_again_with_growing_pauses_and_kept_and_no_redirect_is_followed() {
    let (site, ear, origin) = heard_site().await;
    let mut system = System::with(&site, ALL).await;
    let created = Some("eventType=ProductOrderCreateEvent");
    for path in ["/200/steady", "/flaky/twice", "/503/never", "/302/moved"] {
        register(&mut system, &format!("{origin}{path}"), created).await;
    }
    let id = ordered(&site, &mut system, "HEAR-3").await;
    let letter = letter(&site, &id).await;
    assert_eq!((letter.function.as_str(), letter.queue.as_deref()), ("deliver", Some("DeliverLetters")));
    let tries = |path: &str| of_order(&ear.at(path), &id).len();
    assert_eq!((tries("/200/steady"), tries("/flaky/twice")), (1, 3), "who has it is not told again");
    assert_eq!((tries("/503/never"), tries("/302/moved"), tries("/200/elsewhere")), (3, 3, 0));
    let never = ear.at("/503/never").into_iter().filter(|heard| heard.event["event"]["productOrder"]["id"] == id);
    let times: Vec<_> = never.map(|heard| heard.at).collect();
    assert!(times[2] - times[1] > times[1] - times[0], "the second pause is the longer one: {times:?}");
    let ids: Vec<_> = ["/flaky/twice", "/503/never"].iter().flat_map(|path| of_order(&ear.at(path), &id)).collect();
    assert!(ids.iter().all(|(event, _)| *event == ids[0].0), "it is the same event each time");
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_address_of_ours_is_called_wherever_a_name_leads_later() {
    let site = harness().await;
    let app = platform::App::new(site.whole_environment(), site.clock().for_functions()).expect("an application");
    let partner = site.app_client("TryOutPartnerClient").expect("a partner").id.parse().expect("an id");
    let (ear, origin) = Ear::open().await;
    let port = origin.rsplit(':').next().expect("a port");
    // As if names had led elsewhere when they were registered: `localhost` is one that leads here.
    for (name, callback) in [
        ("address", format!("https://127.0.0.1:{port}/")),
        ("mapped", format!("https://[::ffff:127.0.0.1]:{port}/")),
        ("name", format!("https://localhost:{port}/")),
        ("plain", format!("{origin}/200/plain")),
    ] {
        let listener = Registered {
            id: mint::of_content("listener", name.as_bytes()),
            callback: callback.into(),
            query: None,
            registered: app.clock.now(),
        };
        app.store.put_listener(&partner, &listener).await.expect("the store");
    }
    let mut system = System::with(&site, ALL).await;
    let id = ordered(&site, &mut system, "HEAR-4").await;
    assert_eq!(letter(&site, &id).await.queue.as_deref(), Some("DeliverLetters"));
    assert!(ear.0.lock().expect("what was heard").is_empty(), "nothing has come through");
    site.stop().await;
}
