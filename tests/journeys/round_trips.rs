//! How often a page waits for the database: once to be shown, twice to be saved. Calls that are under way together are waited
//! for once.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use local_harness::{Options, Running, Storage, Streaming, start};
use serde_json::Value;
use tests::browser::{Browser, Page};
use tests::form::{Form, forms};
use tokio::net::{TcpListener, TcpStream};

use crate::agreements::{agreement, noor, with_prices};

/// What reads a table's stream.
const OF_STREAMS: [&str; 4] = ["ListStreams", "DescribeStream", "GetShardIterator", "GetRecords"];

/// How long each call takes longer than it would: calls that are made together are then under way together for certain.
const LONGER: Duration = Duration::from_millis(40);

/// A call to the database: its operation, and when it was under way.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) operation: String,
    /// The function that made it.
    pub(crate) caller: String,
    from: Instant,
    to: Instant,
    /// The capacity units that it is paid by, of tables and indexes together.
    pub(crate) units: f64,
}

/// Stands between the functions and the database, and notes each call.
#[derive(Clone, Default)]
pub(crate) struct Counter(Arc<Mutex<Vec<Call>>>);

impl Counter {
    /// Starts one before an engine; its address comes with it.
    async fn before(engine: SocketAddr) -> (Self, SocketAddr) {
        let counter = Self::default();
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let counting = counter.clone();
        tokio::spawn(async move {
            while let Ok((caller, _)) = listener.accept().await {
                let counting = counting.clone();
                let service = service_fn(move |request| counting.clone().pass_on(engine, request));
                tokio::spawn(hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(caller), service));
            }
        });
        (counter, address)
    }

    async fn pass_on(self, engine: SocketAddr, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
        let from = Instant::now();
        let target = request.headers().get("x-amz-target").and_then(|target| target.to_str().ok()).unwrap_or_default();
        let operation = target.rsplit('.').next().unwrap_or_default().to_owned();
        let agent = request.headers().get("x-amz-user-agent").and_then(|agent| agent.to_str().ok()).unwrap_or_default();
        let caller = agent.split(' ').find_map(|part| part.strip_prefix("app/")).unwrap_or_default().to_owned();
        tokio::time::sleep(LONGER).await;
        let (mut parts, body) = request.into_parts();
        let body = body.collect().await.expect("a request").to_bytes();
        let body = asking_for_units(&operation, &body);
        parts.headers.insert("content-length", body.len().into());
        let stream = TcpStream::connect(engine).await.expect("the engine listens");
        let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.expect("HTTP");
        tokio::spawn(connection);
        let answer = sender.send_request(Request::from_parts(parts, Full::new(body))).await.expect("an answer");
        let (parts, body) = answer.into_parts();
        let body = body.collect().await.expect("an answer").to_bytes();
        // Streams are read by what starts functions from them, and no page waits for that.
        if !OF_STREAMS.contains(&operation.as_str()) {
            self.0.lock().expect("the calls").push(Call { operation, caller, from, to: Instant::now(), units: units_of(&body) });
        }
        Ok(Response::from_parts(parts, Full::new(body)))
    }

    /// The calls since this was last asked.
    pub(crate) fn calls(&self) -> Vec<Call> {
        std::mem::take(&mut *self.0.lock().expect("the calls"))
    }
}

/// A call as it was made, with the question what it costs.
fn asking_for_units(operation: &str, body: &Bytes) -> Bytes {
    match serde_json::from_slice::<Value>(body) {
        Ok(mut call) if !OF_STREAMS.contains(&operation) && call.is_object() => {
            call["ReturnConsumedCapacity"] = "TOTAL".into();
            call.to_string().into()
        }
        _ => body.clone(),
    }
}

/// What an answer says the call cost. A write whose condition fails is paid by the row that is there, and no engine here says so: it is
/// taken for one unit.
fn units_of(answer: &Bytes) -> f64 {
    let answer: Value = serde_json::from_slice(answer).unwrap_or_default();
    if answer["__type"].as_str().is_some_and(|error| error.ends_with("ConditionalCheckFailedException")) {
        return 1.0;
    }
    let of_table = |table: &Value| table["CapacityUnits"].as_f64().unwrap_or_default();
    match &answer["ConsumedCapacity"] {
        Value::Array(tables) => tables.iter().map(of_table).sum(),
        table => of_table(table),
    }
}

/// The most calls of which each had to wait for the one before.
fn one_after_the_other(calls: &[Call]) -> usize {
    let mut calls: Vec<_> = calls.iter().collect();
    calls.sort_by_key(|call| call.to);
    let mut last: Option<Instant> = None;
    let mut count = 0;
    for call in calls {
        if last.is_none_or(|last| last <= call.from) {
            count += 1;
            last = Some(call.to);
        }
    }
    count
}

/// A site before whose database every call is counted. No page waits for what streams start.
async fn counted() -> (Running, Counter) {
    counted_with(Streaming::Off, &[]).await
}

/// The same, with or without what streams start, and with other parameters.
pub(crate) async fn counted_with(streams: Streaming, parameters: &[(&str, &str)]) -> (Running, Counter) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let engine = listener.local_addr().expect("an address");
    tokio::spawn(dynoxide::server::serve_on(listener, dynoxide::Database::memory().expect("a database")));
    let (counter, address) = Counter::before(engine).await;
    let storage = Storage::Url(format!("http://{address}"));
    let parameters = parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    (start(Options { storage, streams, parameters, ..Options::default() }).await.expect("the harness starts"), counter)
}

/// What a page is called in [`WAITS`].
fn page_of(path: &str) -> &str {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    match path.trim_start_matches('/').split('/').collect::<Vec<_>>().as_slice() {
        [""] => "start",
        ["customers", _] => "customer",
        ["customers", _, "orders"] => "orders",
        ["orders", _] => "order",
        ["orders", _, "items", _] => "item",
        ["orders", _, "items", _, _] => "dialog",
        ["orders", _, "authorisations", _] => "letter",
        ["orders", _, step] => step,
        _ => path,
    }
}

/// How often each page waits for the database: to be shown, and to be saved.
///
/// The rule is one and two. What it is not: pages without anything to read; signing in and out, which count what is
/// tried too often, list the session with its person and write down what was done; and pages on which
/// something is chosen that there is one of, which first have to know what is open (docs/adr/0004). A rate centre's first and
/// last number are asked for once in each process.
const WAITS: &[(&str, Option<usize>, Option<usize>)] = &[
    ("start", Some(1), None),
    ("/help", Some(0), None),
    ("/terms", Some(1), None),
    ("/check-address", Some(1), Some(2)),
    ("/sign-in", Some(0), Some(4)),
    ("/sign-out", None, Some(5)),
    ("customer", Some(1), None),
    ("orders", Some(1), Some(2)),
    ("order", Some(1), None),
    ("item", Some(1), Some(2)),
    ("item, numbers to choose from, first in its process", Some(3), None),
    ("item, numbers to choose from", Some(2), Some(3)),
    ("dialog", Some(1), Some(2)),
    ("dialog, numbers to choose from, first in its process", Some(3), None),
    ("dialog, numbers to choose from", Some(2), Some(3)),
    ("letter", Some(1), Some(2)),
    ("installation", Some(1), Some(2)),
    ("installation, technician comes", Some(2), Some(3)),
    ("billing", Some(1), Some(2)),
    ("review", Some(1), None),
    ("place", None, Some(2)),
    ("placed", Some(1), None),
    ("discard", None, Some(2)),
];

/// What is added to a page's name when it is the first of a process that reads the numbers of a rate centre.
const FIRST: &str = ", first in its process";

/// A person's way through the site, page by page, with what each waited for.
struct Walk {
    browser: Browser,
    counter: Counter,
    /// Whether the order needs a technician.
    visit: bool,
    /// Whether the page that is shown offers numbers to choose from.
    numbers: bool,
    /// The pages that have offered numbers.
    offering: BTreeSet<String>,
    /// By page and whether it was saved: the most it waited, and for what.
    waits: BTreeMap<(String, bool), (usize, Vec<String>)>,
}

impl Walk {
    /// Shows a page as it is, redirects included.
    async fn get(&mut self, path: &str) -> Page {
        self.counter.calls();
        let page = self.browser.send(Method::GET, path, None, &[]).await;
        assert!([200, 303].contains(&page.status), "{path}: {}\n{}", page.status, page.html);
        self.numbers = page.html.contains("name=\"new-number\"");
        let first = self.numbers && self.offering.insert(page_of(path).to_owned());
        let name = self.name_of(path) + if first { FIRST } else { "" };
        self.note(name, false);
        page
    }

    /// Sends a form, and shows what comes after.
    async fn submit(&mut self, form: &Form) -> Page {
        let mut page = self.send(form).await;
        while let Some(next) = page.location.clone() {
            page = self.get(&next).await;
        }
        page
    }

    /// Sends a form of the page that is shown.
    async fn send(&mut self, form: &Form) -> Page {
        self.counter.calls();
        let page = self.browser.post(form).await;
        assert!([200, 303].contains(&page.status), "{}: {}\n{}", form.action, page.status, page.html);
        self.note(self.name_of(&form.action), true);
        page
    }

    fn name_of(&self, path: &str) -> String {
        let more = match page_of(path) {
            "installation" if self.visit => ", technician comes",
            "item" | "dialog" if self.numbers => ", numbers to choose from",
            _ => "",
        };
        format!("{}{more}", page_of(path))
    }

    fn note(&mut self, name: String, saved: bool) {
        let calls = self.counter.calls();
        let waited = one_after_the_other(&calls);
        let most = self.waits.entry((name, saved)).or_default();
        if waited >= most.0 {
            *most = (waited, calls.into_iter().map(|call| call.operation).collect());
        }
    }

    /// Goes on, answering what is asked, until an address ending so.
    async fn on(&mut self, mut page: Page, answers: &[(&str, &str)], until: &str) -> Page {
        for _ in 0..60 {
            if page.path.ends_with(until) {
                return page;
            }
            let onward = |action: &str| !["/remove", "/discard", "/sign-out"].iter().any(|end| action.ends_with(end));
            let form = forms(&page.html).into_iter().find(|form| onward(&form.action)).expect("a form that leads on");
            let mut form = form.answered(answers);
            if form.asks("requested") {
                let day = page.html.split("year, like ").nth(1).and_then(|rest| rest.get(..10)).expect("a day to ask for");
                form = form.with("requested", day);
            }
            page = self.submit(&form).await;
        }
        panic!("never came to …{until}, but to {}", page.path);
    }
}

const ANSWERS: &[(&str, &str)] =
    &[("number-source", "new"), ("locks", "local"), ("signature", "Sam Ortiz"), ("delivery", "email"), ("terms", "yes")];

#[tokio::test(flavor = "multi_thread")]
async fn a_page_waits_once_for_the_database_to_be_shown_and_twice_to_be_saved() {
    let (site, counter) = counted().await;
    let mut walk = Walk {
        browser: Browser::new(site.address()),
        counter,
        visit: false,
        numbers: false,
        offering: BTreeSet::new(),
        waits: BTreeMap::new(),
    };
    for path in ["/", "/help", "/terms"] {
        walk.get(path).await;
    }
    let page = walk.get("/check-address").await;
    let form = page.form("/check-address").with("address.street", "415 Church Street").with("address.city", "Decatur");
    walk.submit(&form.with("address.state", "GA").with("address.zip", "30030")).await;

    let page = walk.get("/sign-in").await;
    let persona = site.personas().iter().find(|persona| persona.name == "Sam Ortiz").expect("a persona").clone();
    let form = page.form("/sign-in").with("email", persona.email).with("password", persona.password);
    let customer = walk.submit(&form).await;

    // Nobody comes: that can be chosen once the page knows of a socket.
    let page = walk.submit(&ordering(&customer, "broadband-internet")).await;
    let socket = page.form(&page.path).answered(&[("socket", "yes")]).without("installation");
    let page = walk.browser.post(&socket).await;
    let page = walk.on(page, &[ANSWERS, &[("installation", "self")]].concat(), "/placed").await;
    walk.get(page.path.trim_end_matches("/placed")).await;
    walk.get(&format!("{}/orders", customer.path)).await;

    // A technician comes, and a number is chosen. The customer's page is there anew, for another order.
    let customer = walk.get(&customer.path).await;
    let begun = walk.submit(&ordering(&customer, "residential-line")).await;
    let answers = [ANSWERS, &[("jack-works", "no")]].concat();
    let dialog = walk.on(begun.clone(), &answers, "/number").await;
    // Back to the item, and once more: whatever was asked for once in a process is known by then.
    walk.get(&begun.path).await;
    let item = walk.get(&begun.path).await;
    walk.submit(&item.form(&item.path).answered(&answers)).await;
    let dialog = walk.get(&dialog.path).await;
    walk.visit = true;
    let review = walk.on(dialog, &answers, "/review").await;
    walk.send(&review.form("/discard")).await;
    walk.send(&customer.form("/sign-out")).await;
    site.stop().await;

    let mut expected: Vec<_> = vec![];
    for (page, show, save) in WAITS {
        expected.extend(show.map(|times| (*page, "to be shown", times)));
        expected.extend(save.map(|times| (*page, "to be saved", times)));
    }
    expected.sort_unstable();
    let mut found: Vec<_> = walk.waits.iter().map(|((page, saved), (times, _))| (page.as_str(), doing(*saved), *times)).collect();
    found.sort_unstable();
    assert_eq!(found, expected, "\nwhat each waited for: {:#?}", walk.waits);
}

const fn doing(saved: bool) -> &'static str {
    if saved { "to be saved" } else { "to be shown" }
}

fn ordering(customer: &Page, offering: &str) -> Form {
    customer.form("/orders").answered(&[]).with("offering", offering)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_table_of_an_agreement_waits_once_to_be_shown_and_twice_to_be_saved() {
    let (site, counter) = counted().await;
    let mut noor = noor(&site).await;
    let deal = agreement(&site, &mut noor).await;
    with_prices(&mut noor, &deal).await;
    counter.calls();
    let page = noor.get(&format!("{deal}/prices")).await;
    assert_eq!(one_after_the_other(&counter.calls()), 1, "to be shown");
    let form = page.form("/prices");
    let (line, _) = form.fields().into_iter().find(|(name, _)| name.contains("dedicated-internet.")).expect("a price");
    let saved = noor.post(&form.with(&line, "31%")).await;
    assert_eq!(saved.status, 303, "{}", saved.html);
    let calls = counter.calls();
    assert_eq!(one_after_the_other(&calls), 2, "to be saved, and put on record: {calls:#?}");
    site.stop().await;
}
