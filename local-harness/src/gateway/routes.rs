//! Finds the route of a request as an HTTP API does: by method and the most specific path, then `$default`.

use std::collections::BTreeMap;

use matchit::Router;
use percent_encoding::percent_decode_str;

use crate::template::RouteSpec;

/// The routes, ready to be matched.
#[derive(Debug)]
pub(crate) struct Routes {
    by_method: BTreeMap<String, Router<RouteSpec>>,
    default: Option<RouteSpec>,
}

/// A route with what its path's parameters stand for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Matched {
    pub(crate) route: RouteSpec,
    pub(crate) parameters: BTreeMap<String, String>,
}

impl Routes {
    /// Takes the routes of a template; the error names one that cannot be and says why.
    pub(crate) fn new(specs: &[RouteSpec]) -> Result<Self, (String, String)> {
        let mut routes = Self { by_method: BTreeMap::new(), default: None };
        for spec in specs {
            match spec.key.split_once(' ') {
                None if spec.key == "$default" => routes.default = Some(spec.clone()),
                None | Some(("ANY", _)) => {
                    return Err((spec.key.clone(), "a route names one method and a path, or is $default".to_owned()));
                }
                Some((method, path)) => routes
                    .by_method
                    .entry(method.to_owned())
                    .or_default()
                    .insert(pattern(path), spec.clone())
                    .map_err(|error| (spec.key.clone(), error.to_string()))?,
            }
        }
        Ok(routes)
    }

    /// The route of a request, if it has one.
    pub(crate) fn find(&self, method: &str, path: &str) -> Option<Matched> {
        if let Some(matched) = self.by_method.get(method).and_then(|router| router.at(path).ok()) {
            let parameters = matched
                .params
                .iter()
                .map(|(name, value)| (name.to_owned(), percent_decode_str(value).decode_utf8_lossy().into_owned()));
            return Some(Matched { route: matched.value.clone(), parameters: parameters.collect() });
        }
        self.default.clone().map(|route| Matched { route, parameters: BTreeMap::new() })
    }
}

/// API Gateway's greedy `{proxy+}` is `{*proxy}` here.
fn pattern(path: &str) -> String {
    match path.strip_suffix("+}").and_then(|path| path.rsplit_once('{')) {
        Some((before, name)) => format!("{before}{{*{name}}}"),
        None => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn routes(keys: &[&str]) -> Routes {
        let specs: Vec<_> = keys.iter().map(|key| RouteSpec { key: (*key).to_owned(), function: "step".to_owned() }).collect();
        Routes::new(&specs).expect("routes")
    }

    fn found(routes: &Routes, method: &str, path: &str) -> Option<(String, Vec<(String, String)>)> {
        routes.find(method, path).map(|matched| (matched.route.key, matched.parameters.into_iter().collect()))
    }

    #[test]
    fn a_fixed_path_wins_over_a_parameter_and_the_method_over_both() {
        let routes =
            routes(&["GET /orders/{order}/items/{item}/{dialog}", "POST /orders/{order}/items/{item}/remove", "$default"]);
        let of = |method| found(&routes, method, "/orders/1/items/2/remove").map(|found| found.0);
        assert_eq!(of("POST").as_deref(), Some("POST /orders/{order}/items/{item}/remove"));
        assert_eq!(of("GET").as_deref(), Some("GET /orders/{order}/items/{item}/{dialog}"));
        assert_eq!(of("HEAD").as_deref(), Some("$default"));
    }

    #[test]
    fn parameters_are_decoded_and_greedy_ones_take_the_rest() {
        let routes = routes(&["GET /a/{one}", "GET /b/{rest+}"]);
        assert_eq!(
            found(&routes, "GET", "/a/x%20y%2Fz"),
            Some(("GET /a/{one}".to_owned(), vec![("one".to_owned(), "x y/z".to_owned())]))
        );
        assert_eq!(
            found(&routes, "GET", "/b/x/y"),
            Some(("GET /b/{rest+}".to_owned(), vec![("rest".to_owned(), "x/y".to_owned())]))
        );
        assert_eq!(found(&routes, "GET", "/a/"), None);
        assert_eq!(found(&routes, "GET", "/a/x/"), None);
    }

    #[test]
    fn a_route_for_any_method_is_refused_by_name() {
        let spec = RouteSpec { key: "ANY /x".to_owned(), function: "step".to_owned() };
        assert_eq!(Routes::new(&[spec]).expect_err("refused").0, "ANY /x");
    }
}
