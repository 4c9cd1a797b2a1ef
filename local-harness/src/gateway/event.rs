//! Turns a browser's request into the event that an HTTP API hands to a Lambda (payload format 2.0).

use std::{collections::BTreeMap, net::IpAddr};

use base64::{Engine, engine::general_purpose::STANDARD};
use http::{HeaderMap, header, request::Parts};
use jiff::{Timestamp, tz::TimeZone};
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::routes::Matched;

/// The event for a request that has found its route.
pub(crate) fn event(request: &Parts, body: &[u8], matched: &Matched, source: IpAddr, now: Timestamp, id: &str) -> Value {
    let query = request.uri.query().unwrap_or_default();
    // An HTTP API hands the path on decoded, whatever the name says.
    let path = percent_decode_str(request.uri.path()).decode_utf8_lossy();
    let host = text(&request.headers, header::HOST.as_str());
    let (body, encoded) = payload(&request.headers, body);
    json!({
        "version": "2.0",
        "routeKey": matched.route.key,
        "rawPath": path,
        "rawQueryString": query,
        "cookies": cookies(&request.headers),
        "headers": headers(&request.headers, source),
        "queryStringParameters": joined(serde_html_form::from_str(query).unwrap_or_default()),
        "pathParameters": if matched.parameters.is_empty() { Value::Null } else { json!(matched.parameters) },
        "stageVariables": null,
        "body": body,
        "isBase64Encoded": encoded,
        "requestContext": {
            "accountId": "000000000000",
            "apiId": "local",
            "domainName": host,
            "domainPrefix": "local",
            "http": {
                "method": request.method.as_str(),
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": source,
                "userAgent": text(&request.headers, header::USER_AGENT.as_str()),
            },
            "requestId": id,
            "routeKey": matched.route.key,
            "stage": "$default",
            "time": now.to_zoned(TimeZone::UTC).strftime("%d/%b/%Y:%H:%M:%S %z").to_string(),
            "timeEpoch": now.as_millisecond(),
        },
    })
}

/// The body and whether it is in base64. An HTTP API passes on as text only what its content type says is text; a form,
/// surprisingly, is not.
fn payload(headers: &HeaderMap, body: &[u8]) -> (Value, bool) {
    if body.is_empty() {
        return (Value::Null, false);
    }
    let kind = text(headers, header::CONTENT_TYPE.as_str());
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let textual =
        kind.starts_with("text/") || ["application/json", "application/javascript", "application/xml"].contains(&kind.as_str());
    match std::str::from_utf8(body) {
        Ok(body) if textual => (body.into(), false),
        _ => (STANDARD.encode(body).into(), true),
    }
}

/// Names in lower case, several values of one name in one, cookies apart; and the headers that the gateway adds.
fn headers(headers: &HeaderMap, source: IpAddr) -> BTreeMap<String, String> {
    let mut all: BTreeMap<String, String> = headers
        .keys()
        .filter(|name| *name != header::COOKIE && *name != header::CONNECTION)
        .map(|name| (name.as_str().to_owned(), text(headers, name.as_str())))
        .collect();
    all.entry("x-forwarded-for".to_owned())
        .and_modify(|chain| *chain = format!("{chain}, {source}"))
        .or_insert_with(|| source.to_string());
    all.insert("x-forwarded-proto".to_owned(), "http".to_owned());
    all
}

fn cookies(headers: &HeaderMap) -> Value {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let cookies: Vec<_> = cookies.flat_map(|line| line.split(';')).map(str::trim).filter(|cookie| !cookie.is_empty()).collect();
    if cookies.is_empty() { Value::Null } else { json!(cookies) }
}

fn text(headers: &HeaderMap, name: &str) -> String {
    let values: Vec<_> = headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
    values.join(",")
}

fn joined(pairs: Vec<(String, String)>) -> Value {
    let mut parameters: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in pairs {
        parameters.entry(name).and_modify(|values| *values = format!("{values},{value}")).or_insert(value);
    }
    if parameters.is_empty() { Value::Null } else { json!(parameters) }
}

#[cfg(test)]
mod tests {
    use lambda_http::{Body, RequestExt, request};

    use super::*;
    use crate::template::RouteSpec;

    fn sent(build: http::request::Builder, body: &[u8]) -> Value {
        let (parts, ()) = build.body(()).expect("a request").into_parts();
        let matched = Matched {
            route: RouteSpec { key: "POST /orders/{order}".to_owned(), function: "track".to_owned() },
            parameters: BTreeMap::from([("order".to_owned(), "a b".to_owned())]),
        };
        event(&parts, body, &matched, IpAddr::from([127, 0, 0, 1]), Timestamp::UNIX_EPOCH, "id")
    }

    #[test]
    fn a_lambda_reads_back_what_the_browser_sent() {
        let build = http::Request::post("/orders/a%20b?x=1&x=2")
            .header("host", "127.0.0.1:8080")
            .header("Cookie", "a=1; b=2")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("accept", "text/html")
            .header("accept", "text/plain");
        let event = sent(build, b"name=Maya");
        assert_eq!(event["cookies"], json!(["a=1", "b=2"]));
        assert_eq!(event["headers"]["accept"], "text/html,text/plain");
        assert_eq!(event["requestContext"]["time"], "01/Jan/1970:00:00:00 +0000");
        let request = request::from_str(&event.to_string()).expect("an event");
        assert_eq!(request.uri(), "http://127.0.0.1:8080/orders/a%20b?x=1&x=2");
        assert_eq!(request.headers()["cookie"], "a=1; b=2");
        assert_eq!(request.path_parameters().first("order"), Some("a b"));
        assert_eq!(request.query_string_parameters().all("x"), Some(vec!["1", "2"]));
        assert_eq!(request.body(), &Body::Binary(b"name=Maya".to_vec()));
    }

    #[test]
    fn only_what_is_called_text_travels_as_text() {
        let event = |kind: &str, body: &[u8]| sent(http::Request::post("/x").header("content-type", kind), body);
        assert_eq!(event("application/json; charset=utf-8", b"{}")["body"], "{}");
        assert_eq!(event("text/plain", &[0xff])["body"], "/w==");
        assert_eq!(event("application/x-www-form-urlencoded", b"a=b")["isBase64Encoded"], true);
        assert_eq!(event("text/plain", b"")["body"], Value::Null);
    }
}
