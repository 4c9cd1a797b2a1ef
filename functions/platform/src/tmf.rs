//! Our orders and catalogue in TM Forum's words: TMF622 Product Ordering Management v4 and TMF620 Product Catalog Management v4.

mod cancellation;
mod catalogue;
mod condition;
mod event;
mod note;
mod order;
mod value;

pub use cancellation::{State, cancellation, state_of};
pub use catalogue::{CatalogueResource, catalogue_resource, catalogue_resources};
pub use event::{EventType, Happening, events_asked_for, of_cancellation, of_order, of_request, of_said};
pub use note::is_ours;
pub use order::{CONTACT, CUSTOMER, contact_party, product_order};
pub use value::{entered_from, json_of};

/// Where the ordering interface begins.
pub const ORDERING: &str = "/tmf-api/productOrderingManagement/v4";
/// Where the catalogue's begins.
pub const CATALOGUE: &str = "/tmf-api/productCatalogManagement/v4";
