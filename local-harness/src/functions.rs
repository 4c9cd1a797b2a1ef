//! The deployed functions on this machine: each its own application, with the environment its own role would give it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, atomic::AtomicUsize};

use platform::{App, Environment, Function};

use crate::{
    HarnessClock, StartError,
    template::{FunctionSpec, REGION, Wiring},
};

/// Where the stand-ins are.
#[derive(Clone, Debug)]
pub(crate) struct Endpoints {
    pub(crate) dynamodb: String,
    pub(crate) cognito: String,
    /// The user pool's own domain.
    pub(crate) hosted: String,
    pub(crate) s3: String,
    pub(crate) ses: String,
    pub(crate) eventbridge: String,
    /// What stands in for a partner's listener; nothing where nobody listens here.
    pub(crate) listener: String,
}

/// The access key and the secret of every function's role.
pub(crate) const CREDENTIALS: (&str, &str) = ("test", "test");

/// A function, ready to be called.
pub(crate) struct Mounted {
    pub(crate) function: Function,
    pub(crate) app: App,
}

/// A function that no browser asks, ready to be called.
#[derive(Clone)]
pub(crate) struct MountedMachine {
    pub(crate) function: machine::Function,
    pub(crate) app: App,
    /// How often it was started.
    pub(crate) starts: Arc<AtomicUsize>,
}

/// The environment of each function, by its handler name.
pub(crate) fn environments(wiring: &Wiring, endpoints: &Endpoints) -> BTreeMap<String, Environment> {
    wiring.functions.iter().map(|spec| (spec.handler.clone(), environment(&spec.environment, &spec.handler, endpoints))).collect()
}

/// Everything that any function is told: for seeds and tests, which are no function and see every table.
pub(crate) fn whole_environment(wiring: &Wiring, endpoints: &Endpoints) -> Environment {
    let all: BTreeMap<_, _> = wiring.functions.iter().flat_map(|spec| spec.environment.clone()).collect();
    environment(&all, "local-harness", endpoints)
}

/// What the template says, and what Lambda itself adds.
fn environment(variables: &BTreeMap<String, String>, handler: &str, endpoints: &Endpoints) -> Environment {
    let added = [
        ("_HANDLER", handler),
        ("AWS_LAMBDA_FUNCTION_NAME", handler),
        ("AWS_SDK_UA_APP_ID", handler),
        ("AWS_REGION", REGION),
        ("AWS_ACCESS_KEY_ID", CREDENTIALS.0),
        ("AWS_SECRET_ACCESS_KEY", CREDENTIALS.1),
        ("AWS_ENDPOINT_URL_DYNAMODB", &endpoints.dynamodb),
        ("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", &endpoints.cognito),
        ("AWS_ENDPOINT_URL_S3", &endpoints.s3),
        ("AWS_ENDPOINT_URL_SESV2", &endpoints.ses),
        ("AWS_ENDPOINT_URL_EVENTBRIDGE", &endpoints.eventbridge),
        ("LISTENER_STAND_IN", &endpoints.listener),
    ];
    let added = added.map(|(name, value)| (name.to_owned(), value.to_owned()));
    variables.iter().map(|(name, value)| (name.clone(), here(name, value, endpoints))).chain(added).collect()
}

/// What is not as the template says: the pool's public keys, which are fetched by plain HTTP from wherever they are, and here
/// that is the stand-in; and its own domain. The issuer stays AWS's, which is what the stand-in's tokens say too.
fn here(name: &str, value: &str, endpoints: &Endpoints) -> String {
    let domain = format!(".auth.{REGION}.amazoncognito.com");
    match (value.strip_prefix(&format!("https://cognito-idp.{REGION}.amazonaws.com")), value.split_once(&domain)) {
        (Some(path), _) if name == "JWKS_URL" => format!("{}{path}", endpoints.cognito),
        (_, Some((_, path))) => format!("{}{path}", endpoints.hosted),
        _ => value.to_owned(),
    }
}

/// What answers requests, of either binary.
fn answering() -> Vec<Function> {
    site::functions().into_iter().chain([documents::FUNCTION]).collect()
}

/// Makes the template's functions ready.
///
/// # Errors
/// When the template and the code do not have the same functions and routes, or a function's environment does not do.
pub(crate) fn mount(
    wiring: &Wiring,
    environments: &BTreeMap<String, Environment>,
    clock: &HarnessClock,
) -> Result<BTreeMap<String, Mounted>, StartError> {
    let known = answering();
    let gaps = gaps(wiring, &known, &machine::functions());
    if !gaps.is_empty() {
        return Err(StartError::Gaps(gaps));
    }
    let mut mounted = BTreeMap::new();
    for function in known {
        let Some(environment) = environments.get(function.name) else { continue };
        let app = app(function.name, environment, clock)?;
        mounted.insert(function.name.to_owned(), Mounted { function, app });
    }
    Ok(mounted)
}

/// Makes those ready that streams and events start. [`mount`] has seen that all are there.
///
/// # Errors
/// When a function's environment does not do.
pub(crate) fn mount_machines(
    environments: &BTreeMap<String, Environment>,
    clock: &HarnessClock,
) -> Result<BTreeMap<String, MountedMachine>, StartError> {
    let mut mounted = BTreeMap::new();
    for function in machine::functions() {
        let Some(environment) = environments.get(function.name) else { continue };
        let app = app(function.name, environment, clock)?;
        mounted.insert(function.name.to_owned(), MountedMachine { function, app, starts: Arc::default() });
    }
    Ok(mounted)
}

fn app(name: &str, environment: &Environment, clock: &HarnessClock) -> Result<App, StartError> {
    let made = App::new(environment, clock.for_functions());
    made.map_err(|error| StartError::Function { name: name.to_owned(), reason: error.to_string() })
}

/// What only one of the template and the code has. A step that would not be deployed does not run here either.
fn gaps(wiring: &Wiring, known: &[Function], machines: &[machine::Function]) -> Vec<String> {
    let answers = |spec: &FunctionSpec| known.iter().any(|function| function.name == spec.handler);
    let of_documents = |spec: &FunctionSpec| spec.handler == documents::FUNCTION.name;
    let has_code = |spec: &FunctionSpec| match spec.binary.as_str() {
        "site" => answers(spec) && !of_documents(spec),
        "documents" => answers(spec) && of_documents(spec),
        "machine" => machines.iter().any(|function| function.name == spec.handler),
        _ => false,
    };
    let without_code = wiring.functions.iter().filter(|spec| !has_code(spec));
    let without_code = without_code.map(|spec| format!("the function {} has no code in `{}`", spec.handler, spec.binary));
    let deployed = |name: &str| wiring.functions.iter().any(|spec| spec.handler == name);
    let names = known.iter().map(|function| function.name).chain(machines.iter().map(|function| function.name));
    let undeployed = names.filter(|name| !deployed(name));
    let undeployed = undeployed.map(|name| format!("the function {name} is not in the template"));

    let in_template: BTreeSet<_> = wiring.routes.iter().map(|route| (route.function.as_str(), route.key.as_str())).collect();
    let in_code: BTreeSet<_> =
        known.iter().flat_map(|function| function.routes.iter().map(|route| (function.name, route.key))).collect();
    let unanswered = in_template.difference(&in_code);
    let unanswered = unanswered.map(|(function, key)| format!("the function {function} does not answer {key}"));
    let unreachable = in_code.difference(&in_template);
    let unreachable = unreachable.map(|(function, key)| format!("the template does not lead {key} to {function}"));
    without_code.chain(undeployed).chain(unanswered).chain(unreachable).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::{Deployment, Template, repository_template};

    #[test]
    fn what_only_one_of_template_and_code_has_is_named() {
        let template = Template::read(&repository_template()).expect("the template");
        let deployment = Deployment::default();
        let mut wiring = template.wiring(&deployment).expect("its wiring");
        let known = answering();
        let machines = machine::functions();
        assert_eq!(gaps(&wiring, &known, &machines), [""; 0]);
        wiring.routes.retain(|route| route.key != "GET /help");
        wiring.functions.retain(|spec| spec.handler != "track");
        let said = gaps(&wiring, &known[1..], &machines).join("\n");
        for gap in [
            "the function start has no code in `site`",
            "the function track is not in the template",
            "the function start does not answer GET /terms",
        ] {
            assert!(said.contains(gap), "{gap}:\n{said}");
        }
        assert!(gaps(&wiring, &known, &machines).contains(&"the template does not lead GET /help to start".to_owned()));
    }
}
