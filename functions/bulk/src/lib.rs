//! Many sites at once: a file of them is checked row by row, its good rows are stored as a project, and the project shows how far
//! they are. Making orders of them is `bulk-load`'s.

mod project;
mod sites;

use platform::Route;

/// What this function answers.
pub const ROUTES: &[Route] = &[
    Route { key: "GET /customers/{customer}/sites", handler: |app, request| Box::pin(sites::show(app, request)) },
    Route { key: "POST /customers/{customer}/sites", handler: |app, request| Box::pin(sites::send(app, request)) },
    Route {
        key: "GET /customers/{customer}/sites/template.csv",
        handler: |app, request| Box::pin(sites::template(app, request)),
    },
    Route { key: "GET /projects/{project}", handler: |app, request| Box::pin(project::show(app, request)) },
    Route { key: "POST /projects/{project}", handler: |app, request| Box::pin(project::go_on(app, request)) },
    Route { key: "GET /projects/{project}/errors.csv", handler: |app, request| Box::pin(project::errors(app, request)) },
];
