//! The deployed functions on this machine: each its own application, with the environment its own role would give it.

use std::collections::BTreeMap;

use platform::{App, Environment, Function};

use crate::{
    HarnessClock, StartError,
    template::{FunctionSpec, REGION, Wiring},
};

/// Whether a route that the template has and no step answers keeps the harness from starting. While steps are still being
/// written it is only reported.
const GAPS_ARE_ERRORS: bool = false;

/// Where the stand-ins are.
#[derive(Clone, Debug)]
pub(crate) struct Endpoints {
    pub(crate) dynamodb: String,
    pub(crate) cognito: String,
}

/// A function, ready to be called.
pub(crate) struct Mounted {
    pub(crate) function: Function,
    pub(crate) app: App,
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
        ("AWS_REGION", REGION),
        ("AWS_ACCESS_KEY_ID", "test"),
        ("AWS_SECRET_ACCESS_KEY", "test"),
        ("AWS_ENDPOINT_URL_DYNAMODB", &endpoints.dynamodb),
        ("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", &endpoints.cognito),
    ];
    let added = added.map(|(name, value)| (name.to_owned(), value.to_owned()));
    variables.iter().map(|(name, value)| (name.clone(), here(name, value, endpoints))).chain(added).collect()
}

/// The one variable that is not as the template says: the pool's public keys are fetched by plain HTTP from wherever they
/// are, and here that is the stand-in. The issuer stays AWS's, which is what the stand-in's tokens say too.
fn here(name: &str, value: &str, endpoints: &Endpoints) -> String {
    match value.strip_prefix(&format!("https://cognito-idp.{REGION}.amazonaws.com")) {
        Some(path) if name == "JWKS_URL" => format!("{}{path}", endpoints.cognito),
        _ => value.to_owned(),
    }
}

/// Makes the template's functions ready, and says which of its routes nobody answers.
///
/// # Errors
/// When a function's environment does not do, or when there are gaps and there may be none.
pub(crate) fn mount(
    wiring: &Wiring,
    environments: &BTreeMap<String, Environment>,
    clock: &HarnessClock,
) -> Result<(BTreeMap<String, Mounted>, Vec<String>), StartError> {
    let known = site::functions();
    let mut mounted = BTreeMap::new();
    for spec in wiring.functions.iter().filter(|spec| spec.binary == "site") {
        let (Some(function), Some(environment)) =
            (known.iter().find(|function| function.name == spec.handler), environments.get(&spec.handler))
        else {
            continue;
        };
        let app = App::new(environment, clock.for_functions())
            .map_err(|error| StartError::Function { name: spec.handler.clone(), reason: error.to_string() })?;
        mounted.insert(spec.handler.clone(), Mounted { function: *function, app });
    }
    let gaps = gaps(wiring, &mounted);
    if GAPS_ARE_ERRORS && !gaps.is_empty() {
        return Err(StartError::Gaps(gaps));
    }
    Ok((mounted, gaps))
}

fn gaps(wiring: &Wiring, mounted: &BTreeMap<String, Mounted>) -> Vec<String> {
    let unknown = |spec: &&FunctionSpec| !mounted.contains_key(&spec.handler);
    let functions = wiring
        .functions
        .iter()
        .filter(unknown)
        .map(|spec| format!("the function {} has no code in `{}`", spec.handler, spec.binary));
    let routes = wiring.routes.iter().filter_map(|route| {
        let function = &mounted.get(&route.function)?.function;
        let listed = function.routes.iter().any(|listed| listed.key == route.key);
        (!listed).then(|| format!("the function {} does not answer {}", route.function, route.key))
    });
    functions.chain(routes).collect()
}
