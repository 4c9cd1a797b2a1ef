//! A browser's way through redirects: one step at a time, with cookies.

use std::collections::BTreeMap;

use http_body_util::{BodyExt, Full};
use hyper::{Method, Request, body::Bytes, client::conn::http1};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;

/// A browser. Everything here is on this machine, so it has one jar of cookies.
#[derive(Debug, Default)]
pub(crate) struct Http {
    cookies: BTreeMap<String, String>,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Where it leads, whole, when it does.
    pub(crate) location: Option<String>,
    pub(crate) body: String,
}

impl Answer {
    /// A parameter of the address that it leads to.
    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        let query = self.location.as_deref()?.split_once('?')?.1;
        let parameters: Vec<(String, String)> = serde_html_form::from_str(query).expect("parameters");
        parameters.into_iter().find_map(|(own, value)| (own == name).then_some(value))
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error} in {}: {}", self.status, self.body))
    }
}

impl Http {
    pub(crate) async fn get(&mut self, url: &str) -> Answer {
        self.send(Method::GET, url, &[], None).await
    }

    pub(crate) async fn post(&mut self, url: &str, form: &[(&str, &str)]) -> Answer {
        self.send(Method::POST, url, form, None).await
    }

    /// Sends a form, or nothing, with a header of authorization where there is one.
    pub(crate) async fn send(&mut self, method: Method, url: &str, form: &[(&str, &str)], basic: Option<&str>) -> Answer {
        let (host, path) = url.strip_prefix("http://").and_then(|rest| rest.split_once('/')).expect("an address");
        let stream = TcpStream::connect(host).await.expect("a connection");
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.expect("HTTP");
        tokio::spawn(connection);
        let body = serde_html_form::to_string(form).expect("a form");
        let mut request = Request::builder().method(method).uri(format!("/{path}")).header("host", host);
        request = request.header("content-type", "application/x-www-form-urlencoded");
        if let Some(basic) = basic {
            request = request.header("authorization", basic);
        }
        if !self.cookies.is_empty() {
            let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header("cookie", cookies.join("; "));
        }
        let answer =
            sender.send_request(request.body(Full::new(Bytes::from(body))).expect("a request")).await.expect("an answer");
        for cookie in answer.headers().get_all("set-cookie") {
            let pair = cookie.to_str().expect("a cookie").split(';').next().and_then(|pair| pair.split_once('='));
            let (name, value) = pair.expect("a cookie");
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let status = answer.status().as_u16();
        let location = answer.headers().get("location").map(|to| to.to_str().expect("an address").to_owned());
        let location = location.map(|to| if to.starts_with('/') { format!("http://{host}{to}") } else { to });
        let body = answer.into_body().collect().await.expect("a body").to_bytes();
        Answer { status, location, body: String::from_utf8_lossy(&body).into_owned() }
    }
}
