//! Turns what a function answered into what the browser gets, and says so when there was nothing to turn.

use http::{Response, StatusCode, header};
use http_body_util::Full;
use hyper::body::Bytes;
use lambda_http::Body;
use maud::{DOCTYPE, html};

use crate::server::Reply;

/// A function's answer as API Gateway passes it on. Of several headers of one name only the first gets through, because
/// that is all `lambda_http` puts into its answer; cookies travel apart, each for itself.
pub(crate) fn reply(answer: Response<Body>) -> Reply {
    let (parts, body) = answer.into_parts();
    let body = match body {
        Body::Text(text) => Bytes::from(text),
        Body::Binary(bytes) => Bytes::from(bytes),
        _ => Bytes::new(),
    };
    let mut reply = Response::new(Full::new(body));
    *reply.status_mut() = parts.status;
    for name in parts.headers.keys() {
        let values = parts.headers.get_all(name).iter();
        let through = if name == header::SET_COOKIE { usize::MAX } else { 1 };
        for value in values.take(through) {
            reply.headers_mut().append(name, value.clone());
        }
    }
    reply
}

/// What an HTTP API itself answers with, in its own words.
pub(crate) fn message(status: StatusCode, message: &str) -> Reply {
    json(status, &serde_json::json!({ "message": message }))
}

/// An answer in JSON.
pub(crate) fn json(status: StatusCode, value: &serde_json::Value) -> Reply {
    typed(status, "application/json", format!("{value:#}\n"))
}

/// Sends a browser on, with what there is of the parameters added to the address.
pub(crate) fn redirect(to: &str, parameters: &[(&str, Option<&str>)]) -> Reply {
    let given: Vec<_> = parameters.iter().filter_map(|(name, value)| Some((*name, (*value)?))).collect();
    // Texts always make a form.
    let query = serde_html_form::to_string(given).unwrap_or_default();
    let separator = match (query.is_empty(), to.contains('?')) {
        (true, _) => "",
        (false, true) => "&",
        (false, false) => "?",
    };
    let mut reply = typed(StatusCode::FOUND, "text/plain; charset=utf-8", String::new());
    match header::HeaderValue::from_str(&format!("{to}{separator}{query}")) {
        Ok(location) => {
            reply.headers_mut().insert(header::LOCATION, location);
            reply
        }
        Err(_) => message(StatusCode::BAD_REQUEST, "that is no address"),
    }
}

/// The harness's own word about a request it could not get answered.
pub(crate) fn note(status: StatusCode, title: &str, text: &str) -> Reply {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head { meta charset="utf-8"; title { (title) } }
            body { h1 { (title) } p { (text) } p { a href="/_harness/" { "The local harness" } } }
        }
    };
    typed(status, "text/html; charset=utf-8", page.into_string())
}

/// An answer of a content type.
pub(crate) fn typed(status: StatusCode, kind: &'static str, body: String) -> Reply {
    let mut reply = Response::new(Full::new(Bytes::from(body)));
    *reply.status_mut() = status;
    reply.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static(kind));
    reply.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    reply
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cookie_but_only_the_first_of_other_headers_gets_through() {
        let answer = Response::builder()
            .status(303)
            .header("set-cookie", "a=1")
            .header("set-cookie", "b=2")
            .header("vary", "x")
            .header("vary", "y");
        let reply = reply(answer.body(Body::Empty).expect("an answer"));
        assert_eq!(reply.status(), 303);
        assert_eq!(reply.headers().get_all("set-cookie").iter().collect::<Vec<_>>(), ["a=1", "b=2"]);
        assert_eq!(reply.headers().get_all("vary").iter().collect::<Vec<_>>(), ["x"]);
    }
}
