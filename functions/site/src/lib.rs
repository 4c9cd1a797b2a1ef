//! The page and staff steps, linked into one binary; the handler name picks the step, roles stay per function.

use platform::Function;

/// Every function of this binary.
#[must_use]
pub fn functions() -> Vec<Function> {
    vec![
        Function { name: "start", routes: start::ROUTES },
        Function { name: "check-address", routes: check_address::ROUTES },
        Function { name: "identify", routes: identify::ROUTES },
        Function { name: "customers", routes: customers::ROUTES },
        Function { name: "service-request", routes: service_request::ROUTES },
        Function { name: "configure", routes: configure::ROUTES },
        Function { name: "dialog", routes: dialog::ROUTES },
        Function { name: "authorise", routes: authorise::ROUTES },
        Function { name: "install", routes: install::ROUTES },
        Function { name: "offer", routes: offer::ROUTES },
        Function { name: "review", routes: review::ROUTES },
        Function { name: "track", routes: track::ROUTES },
        Function { name: "product-order-api", routes: product_order_api::ROUTES },
        Function { name: "bulk", routes: bulk::ROUTES },
        Function { name: "provision-events", routes: provision_events::ROUTES },
        Function { name: "agreements", routes: agreements::ROUTES },
    ]
}
