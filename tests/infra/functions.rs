//! Routes, handlers and environment: what the template says is what the code has, both ways.

use std::collections::BTreeSet;

use local_harness::template::FunctionSpec;
use platform::{Config, Environment};

use crate::{template, wiring, with_staff};

fn routes_in_template() -> BTreeSet<(String, String)> {
    wiring().routes.into_iter().map(|route| (route.function, route.key)).collect()
}

fn routes_in_code() -> BTreeSet<(String, String)> {
    let of =
        |function: platform::Function| function.routes.iter().map(move |route| (function.name.to_owned(), route.key.to_owned()));
    site::functions().into_iter().chain([documents::FUNCTION]).flat_map(of).collect()
}

#[test]
fn every_route_of_the_template_is_answered_by_the_function_it_leads_to() {
    let unanswered: Vec<_> = routes_in_template().difference(&routes_in_code()).cloned().collect();
    assert!(unanswered.is_empty(), "{unanswered:#?}");
}

#[test]
fn every_route_that_a_function_answers_is_in_the_template() {
    let unreachable: Vec<_> = routes_in_code().difference(&routes_in_template()).cloned().collect();
    assert!(unreachable.is_empty(), "{unreachable:#?}");
}

#[test]
fn no_route_is_answered_twice() {
    let keys: Vec<_> = wiring().routes.into_iter().map(|route| route.key).collect();
    assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len(), "{keys:#?}");
}

#[test]
fn every_handler_of_the_template_is_a_step_of_its_binary() {
    let site: BTreeSet<_> = site::functions().iter().map(|function| function.name).collect();
    let machine: BTreeSet<_> = machine::functions().iter().map(|function| function.name).collect();
    let documents = BTreeSet::from([documents::FUNCTION.name]);
    for FunctionSpec { id, handler, binary, .. } in wiring().functions {
        let steps = match binary.as_str() {
            "site" => &site,
            "machine" => &machine,
            "documents" => &documents,
            other => panic!("{id} is built from `{other}`, which is no binary of ours"),
        };
        assert!(steps.contains(handler.as_str()), "{id}: `{binary}` has no step called `{handler}`");
    }
}

#[test]
fn every_step_of_each_binary_is_deployed() {
    let deployed: BTreeSet<_> = wiring().functions.into_iter().map(|function| function.handler).collect();
    let pages = site::functions().into_iter().map(|function| function.name);
    let steps = pages.chain([documents::FUNCTION.name]).chain(machine::functions().into_iter().map(|function| function.name));
    let forgotten: Vec<_> = steps.filter(|name| !deployed.contains(*name)).collect();
    assert!(forgotten.is_empty(), "{forgotten:?}");
}

/// A function's environment, with one variable changed or taken away.
fn environment(function: &FunctionSpec, except: Option<(&str, Option<&str>)>) -> Environment {
    let from_lambda =
        ["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"].map(|name| (name.to_owned(), "lambda".to_owned()));
    let own = function.environment.iter().filter_map(|(name, value)| match except {
        Some((changed, to)) if changed == name => to.map(|to| (name.clone(), to.to_owned())),
        _ => Some((name.clone(), value.clone())),
    });
    own.chain(from_lambda).collect()
}

#[test]
fn every_function_starts_with_its_own_environment() {
    for function in wiring().functions {
        let read = Config::read(&environment(&function, None));
        assert!(read.is_ok(), "{}: {}", function.handler, read.err().map(|error| error.to_string()).unwrap_or_default());
    }
}

#[test]
fn every_variable_that_a_function_is_given_is_read() {
    // With staff, without whom what is said of them is not looked at.
    for function in template().wiring(&with_staff()).expect("wiring").functions {
        let as_given = Config::read(&environment(&function, None)).expect("a configuration");
        for name in function.environment.keys() {
            let changed = Config::read(&environment(&function, Some((name, Some("something else")))));
            let changed = changed.map(|config| format!("{config:?}"));
            assert_ne!(changed.ok(), Some(format!("{as_given:?}")), "{} is given {name}, which nothing reads", function.handler);
        }
    }
}
