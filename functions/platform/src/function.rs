//! The shape of a function: a handler name and the routes it answers.

use std::pin::Pin;

use lambda_http::{Body, Request, Response};

use crate::App;

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

/// A Lambda function of the `site` binary: `infra/template.yaml` names it in `Handler`.
#[derive(Clone, Copy)]
pub struct Function {
    /// The handler name.
    pub name: &'static str,
    /// What it answers.
    pub routes: &'static [Route],
}
