//! What is deployed: the template, the functions and the crates agree, and the harness reads the template as it is meant.

mod code;
mod dependencies;
mod edges;
mod functions;
mod reader;
mod roles;
mod rules;
mod settings;
mod watching;

use local_harness::template::{Deployment, Template, Wiring, repository_template};

/// The repository's template.
fn template() -> Template {
    Template::read(&repository_template()).expect("the template reads")
}

/// What it wires together with its own defaults.
fn wiring() -> Wiring {
    template().wiring(&Deployment::default()).expect("the template is wired")
}

/// A deployment where staff sign in and a partner tries the order API.
fn with_staff() -> Deployment {
    let parameters = [
        ("SignInDomain", "orders"),
        ("SiteUrl", "https://order.example.com"),
        ("CorporateOidcIssuer", "https://id.example.com"),
        ("CorporateOidcClientId", "pool"),
        ("CorporateOidcSecret", "arn"),
        ("TryOutPartner", "yes"),
    ];
    let parameters = parameters.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    let secrets = [(("arn".to_owned(), "client_secret".to_owned()), "a secret".to_owned())].into();
    Deployment { parameters, secrets, ..Deployment::default() }
}
