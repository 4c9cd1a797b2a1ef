//! What is deployed: the template, the functions and the crates agree, and the harness reads the template as it is meant.

mod dependencies;
mod functions;
mod reader;
mod roles;
mod settings;

use local_harness::template::{Deployment, Template, Wiring, repository_template};

/// The repository's template.
fn template() -> Template {
    Template::read(&repository_template()).expect("the template reads")
}

/// What it wires together with its own defaults.
fn wiring() -> Wiring {
    template().wiring(&Deployment::default()).expect("the template is wired")
}
