//! Bringing service in, and who pays for it: two steps.

mod billing;
mod installation;

use platform::Route;
use platform::turn::{save, show};

/// What this function answers.
pub const ROUTES: &[Route] = &[
    Route {
        key: "GET /orders/{order}/installation",
        handler: |app, request| Box::pin(show(app, request, |_| Ok(installation::Bringing))),
    },
    Route {
        key: "POST /orders/{order}/installation",
        handler: |app, request| Box::pin(save(app, request, |_| Ok(installation::Bringing))),
    },
    Route { key: "GET /orders/{order}/billing", handler: |app, request| Box::pin(show(app, request, |_| Ok(billing::Paying))) },
    Route { key: "POST /orders/{order}/billing", handler: |app, request| Box::pin(save(app, request, |_| Ok(billing::Paying))) },
];
