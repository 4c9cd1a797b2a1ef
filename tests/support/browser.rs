//! A person's browser without a screen: keeps cookies, follows redirects, fills in the forms it is served.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::{Method, Request};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::form::{Form, forms};

/// A browser.
#[derive(Debug)]
pub struct Browser {
    site: SocketAddr,
    host: String,
    cookies: BTreeMap<String, String>,
}

/// A page that was answered.
#[derive(Clone, Debug)]
pub struct Page {
    /// Where it is.
    pub path: String,
    /// The status.
    pub status: u16,
    /// Where it leads, when it does.
    pub location: Option<String>,
    /// Its headers, lower case.
    pub headers: BTreeMap<String, String>,
    /// The document.
    pub html: String,
}

impl Page {
    /// The form that goes to an address ending so.
    ///
    /// # Panics
    /// When the page has none.
    #[must_use]
    pub fn form(&self, action_ends: &str) -> Form {
        let found = forms(&self.html).into_iter().find(|form| form.action.ends_with(action_ends));
        found.unwrap_or_else(|| panic!("no form to …{action_ends} on {} ({}):\n{}", self.path, self.status, self.html))
    }
}

impl Browser {
    /// A new one, with no cookies.
    #[must_use]
    pub fn new(site: SocketAddr) -> Self {
        Self::called(site, &site.to_string())
    }

    /// A new one, with no cookies, for a site that goes by another name than its address.
    #[must_use]
    pub fn called(site: SocketAddr, host: &str) -> Self {
        Self { site, host: host.to_owned(), cookies: BTreeMap::new() }
    }

    /// The cookies it has.
    #[must_use]
    pub const fn cookies(&self) -> &BTreeMap<String, String> {
        &self.cookies
    }

    /// Takes a cookie along from now on.
    pub fn keep_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    /// Asks for a page; redirects are followed.
    pub async fn get(&mut self, path: &str) -> Page {
        let mut page = self.send(Method::GET, path, None, &[]).await;
        for _ in 0..10 {
            let Some(next) = page.location.clone().filter(|_| page.status == 303) else { break };
            page = self.send(Method::GET, &next, None, &[]).await;
        }
        page
    }

    /// Sends a form as it is filled in, and follows where it leads.
    pub async fn submit(&mut self, form: &Form) -> Page {
        let page = self.post(form).await;
        match page.location.clone().filter(|_| page.status == 303) {
            Some(next) => self.get(&next).await,
            None => page,
        }
    }

    /// Sends a form and shows the answer itself.
    pub async fn post(&mut self, form: &Form) -> Page {
        let (media, content) = form.content();
        let headers = [("content-type", &*media), ("sec-fetch-site", "same-origin")];
        self.send_bytes(Method::POST, &form.action, content.into(), &headers).await
    }

    /// Sends any text.
    ///
    /// # Panics
    /// When the site does not answer.
    pub async fn send(&mut self, method: Method, path: &str, body: Option<String>, headers: &[(&str, &str)]) -> Page {
        self.send_bytes(method, path, body.unwrap_or_default().into(), headers).await
    }

    /// Sends anything.
    ///
    /// # Panics
    /// When the site does not answer.
    pub async fn send_bytes(&mut self, method: Method, path: &str, body: Bytes, headers: &[(&str, &str)]) -> Page {
        self.exchange(method, path, body, headers).await.0
    }

    /// Asks for a file: what came with it, and its bytes.
    ///
    /// # Panics
    /// When the site does not answer.
    pub async fn file(&mut self, path: &str) -> (Page, Bytes) {
        self.exchange(Method::GET, path, Bytes::new(), &[]).await
    }

    #[expect(clippy::expect_used, reason = "a test fails where the site does not answer")]
    async fn exchange(&mut self, method: Method, path: &str, body: Bytes, headers: &[(&str, &str)]) -> (Page, Bytes) {
        let stream = TcpStream::connect(self.site).await.expect("the site listens");
        let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.expect("HTTP");
        tokio::spawn(connection);
        let mut request = Request::builder().method(method).uri(path).header("host", &self.host);
        if !self.cookies.is_empty() {
            let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header("cookie", cookies.join("; "));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Full::new(body)).expect("a request");
        let answer = sender.send_request(request).await.expect("an answer");
        let status = answer.status().as_u16();
        let mut found = BTreeMap::new();
        for (name, value) in answer.headers() {
            let value = value.to_str().unwrap_or_default();
            if name == "set-cookie" {
                self.keep(value);
            }
            found.insert(name.to_string(), value.to_owned());
        }
        let bytes = answer.into_body().collect().await.expect("a body").to_bytes();
        let html = String::from_utf8_lossy(&bytes).into_owned();
        (Page { path: path.to_owned(), status, location: found.get("location").cloned(), headers: found, html }, bytes)
    }

    fn keep(&mut self, cookie: &str) {
        let Some((name, value)) = cookie.split(';').next().and_then(|pair| pair.split_once('=')) else { return };
        if cookie.contains("Max-Age=0") {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}
