//! The shape of a function: a handler name and the routes it answers.

use std::pin::Pin;

use lambda_http::request::RequestContext;
use lambda_http::{Body, Request, RequestExt, Response};

use crate::{App, PageError, came_the_right_way, respond};

/// The answer to a request, to come.
pub type Answer<'a> = Pin<Box<dyn Future<Output = Response<Body>> + Send + 'a>>;

/// Answers one route's requests.
pub type Handler = for<'a> fn(&'a App, Request) -> Answer<'a>;

/// A route key as API Gateway spells it (`GET /orders/{order}/review`) and who answers it.
#[derive(Clone, Copy)]
pub struct Route {
    /// Method, a space, the path with its parameters in braces; or `$default`.
    pub key: &'static str,
    /// Answers it.
    pub handler: Handler,
}

/// A Lambda function that answers requests: `infra/template.yaml` names it in `Handler`.
#[derive(Clone, Copy)]
pub struct Function {
    /// The handler name.
    pub name: &'static str,
    /// What it answers.
    pub routes: &'static [Route],
}

impl Function {
    /// Answers a request that API Gateway has routed to it.
    pub async fn answer(self, app: &App, request: Request) -> Response<Body> {
        let key = match request.request_context_ref() {
            Some(RequestContext::ApiGatewayV2(context)) => context.route_key.clone().unwrap_or_default(),
            _ => String::new(),
        };
        if !came_the_right_way(&request, &app.config) {
            return respond::problem(&PageError::Forbidden);
        }
        match self.routes.iter().find(|route| route.key == key) {
            Some(route) => (route.handler)(app, request).await,
            None => Response::builder().status(404).body(Body::Empty).unwrap_or_default(),
        }
    }
}
