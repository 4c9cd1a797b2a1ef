//! The catalogue as resources of TMF620 v4, read-only: one catalog, a category for each family, and what is sold in them. What an
//! offering asks is its specification; both have the offering's id.

use order_manager::catalogue::{
    Amount, Carriage, Carrier, Catalogue, Change, Charge, Family, LetterNeed, Price, ProductOffering,
};
use order_manager::characteristic::{Characteristic, Need, ValueType};
use order_manager::id::OfferingId;
use order_manager::party::CustomerKind;
use serde_json::{Value, json};
use templates::components::order_state::family_name;
use templates::messages::Words;

use super::CATALOGUE;
use super::condition::{asked_when, json_of};
use super::order::money;

/// The id of the one catalog.
const CATALOG: &str = "meridian";

/// A kind of resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CatalogueResource {
    /// The catalog.
    Catalog,
    /// Families of service.
    Category,
    /// What is sold.
    ProductOffering,
    /// What it asks.
    ProductSpecification,
    /// What it costs.
    ProductOfferingPrice,
}

impl CatalogueResource {
    /// Every kind.
    pub const ALL: [Self; 5] =
        [Self::Catalog, Self::Category, Self::ProductOffering, Self::ProductSpecification, Self::ProductOfferingPrice];

    /// Its name in addresses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Catalog => "catalog",
            Self::Category => "category",
            Self::ProductOffering => "productOffering",
            Self::ProductSpecification => "productSpecification",
            Self::ProductOfferingPrice => "productOfferingPrice",
        }
    }

    /// The kind of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// Writes resources of one catalogue.
struct Writer<'a> {
    catalogue: &'a Catalogue,
    origin: &'a str,
}

/// All resources of a kind, in the catalogue's order.
#[must_use]
pub fn catalogue_resources(kind: CatalogueResource, catalogue: &Catalogue, origin: &str) -> Vec<Value> {
    let writer = Writer { catalogue, origin };
    let offerings = || catalogue.offerings.iter();
    match kind {
        CatalogueResource::Catalog => vec![writer.catalog()],
        CatalogueResource::Category => Family::ALL.into_iter().map(|family| writer.category(family)).collect(),
        CatalogueResource::ProductOffering => offerings().map(|offering| writer.offering(offering)).collect(),
        CatalogueResource::ProductSpecification => {
            offerings().chain(writer.ending()).map(|form| writer.specification(form)).collect()
        }
        CatalogueResource::ProductOfferingPrice => {
            let forms = offerings().chain(writer.ending());
            forms.flat_map(|offering| offering.prices.iter().map(|price| writer.price(offering, price))).collect()
        }
    }
}

/// One of them.
#[must_use]
pub fn catalogue_resource(kind: CatalogueResource, id: &str, catalogue: &Catalogue, origin: &str) -> Option<Value> {
    catalogue_resources(kind, catalogue, origin).into_iter().find(|resource| resource["id"] == id)
}

impl Writer<'_> {
    fn whole(&self, kind: CatalogueResource, id: &str, name: &str, more: Value) -> Value {
        let mut resource = json!({
            "id": id,
            "href": self.href(kind, id),
            "name": name,
            "version": self.catalogue.version.0,
            "lifecycleStatus": "Active",
        });
        if let (Some(resource), Value::Object(more)) = (resource.as_object_mut(), more) {
            resource.extend(more);
        }
        resource
    }

    fn href(&self, kind: CatalogueResource, id: &str) -> String {
        format!("{}{CATALOGUE}/{}/{id}", self.origin, kind.as_str())
    }

    /// What ending a service asks. It is sold with nothing, and asks the same of every service.
    fn ending(&self) -> Option<&ProductOffering> {
        self.catalogue.changes.get(&Change::Disconnect)
    }

    fn reference(&self, kind: CatalogueResource, id: &str, name: &str, referred: &str) -> Value {
        json!({ "id": id, "href": self.href(kind, id), "name": name, "@referredType": referred })
    }

    fn catalog(&self) -> Value {
        let categories = Family::ALL.into_iter().map(|family| self.category_of(family));
        let more = json!({ "catalogType": "Product", "category": categories.collect::<Vec<_>>(), "@type": "Catalog" });
        self.whole(CatalogueResource::Catalog, CATALOG, "Meridian Communications", more)
    }

    fn category_of(&self, family: Family) -> Value {
        self.reference(CatalogueResource::Category, family.slug(), &family_name(Words::english(), family), "Category")
    }

    fn category(&self, family: Family) -> Value {
        let offerings = self.catalogue.offerings.iter().filter(|offering| offering.family == family);
        let offerings = offerings.map(|offering| {
            let name = offering.name.in_language("en");
            self.reference(CatalogueResource::ProductOffering, offering.id.as_str(), name, "ProductOffering")
        });
        let more = json!({ "isRoot": true, "productOffering": offerings.collect::<Vec<_>>(), "@type": "Category" });
        self.whole(CatalogueResource::Category, family.slug(), &family_name(Words::english(), family), more)
    }

    fn offering(&self, offering: &ProductOffering) -> Value {
        let (id, name) = (offering.id.as_str(), offering.name.in_language("en"));
        let prices = offering.prices.iter().map(|price| {
            let id = price_id(offering, price);
            let label = price.label.in_language("en");
            self.reference(CatalogueResource::ProductOfferingPrice, &id, label, "ProductOfferingPrice")
        });
        let segments = offering.sold_to.iter().map(|kind| {
            let name = match kind {
                CustomerKind::Residential => "residential",
                CustomerKind::Business => "business",
            };
            json!({ "id": name, "name": name })
        });
        let mut valid = json!({ "startDateTime": format!("{}T00:00:00.000Z", offering.sold_from) });
        if let Some(until) = offering.sold_until {
            valid["endDateTime"] = json!(format!("{until}T23:59:59.999Z"));
        }
        let more = json!({
            "description": offering.description.in_language("en"),
            "isBundle": false,
            "isSellable": true,
            "category": [self.category_of(offering.family)],
            "marketSegment": segments.collect::<Vec<_>>(),
            "productSpecification": self.reference(CatalogueResource::ProductSpecification, id, name, "ProductSpecification"),
            "productOfferingPrice": prices.collect::<Vec<_>>(),
            "productOfferingRelationship": self.relationships(offering),
            "agreement": self.letters(offering),
            "validFor": valid,
            "@type": "ProductOffering",
        });
        self.whole(CatalogueResource::ProductOffering, id, name, more)
    }

    /// What can carry an offering, any one of them where nothing else does; and what can't be at one place with it.
    fn relationships(&self, offering: &ProductOffering) -> Vec<Value> {
        let related = |id: &OfferingId, kind: &str| {
            let name = self.catalogue.offering(id).map_or(id.as_str(), |offering| offering.name.in_language("en"));
            let mut related = self.reference(CatalogueResource::ProductOffering, id.as_str(), name, "ProductOffering");
            related["relationshipType"] = json!(kind);
            related
        };
        let carriers = match &offering.carried_by {
            Carriage::Nothing => &[][..],
            Carriage::AnyOf(carriers) => carriers,
        };
        let carriers = carriers.iter().filter_map(|carrier| match carrier {
            Carrier::Offering { offering, when } => {
                let mut related = related(offering, "carriedBy");
                if let Some(when) = json_of(when) {
                    related["applicableWhen"] = when;
                }
                Some(related)
            }
            Carrier::OwnLoop | Carrier::Described(_) => None,
        });
        carriers.chain(offering.excludes.iter().map(|id| related(id, "exclusion"))).collect()
    }

    /// The letters of agency that the customer has to sign for it, and when.
    fn letters(&self, offering: &ProductOffering) -> Vec<Value> {
        let letter = |need: &LetterNeed| {
            let title = self.catalogue.letter(&need.letter).map(|letter| letter.title.in_language("en"));
            let mut letter = json!({ "id": need.letter.to_string(), "name": title, "@referredType": "LetterOfAgency" });
            if let Some(when) = json_of(&need.when) {
                letter["applicableWhen"] = when;
            }
            letter
        };
        offering.letters.iter().map(letter).collect()
    }

    fn specification(&self, offering: &ProductOffering) -> Value {
        let characteristics = offering.characteristics.iter().map(|spec| of_characteristic(spec, offering));
        let more = json!({
            "description": offering.description.in_language("en"),
            "isBundle": false,
            "productSpecCharacteristic": characteristics.collect::<Vec<_>>(),
            "productSpecificationRelationship": self.asked_to_end(offering),
            "@type": "ProductSpecification",
        });
        self.whole(CatalogueResource::ProductSpecification, offering.id.as_str(), offering.name.in_language("en"), more)
    }

    /// What an item with the action `delete` is answered by. Changing a service is answered by its own specification.
    fn asked_to_end(&self, offering: &ProductOffering) -> Vec<Value> {
        let forms = self.ending().filter(|form| form.id != offering.id).into_iter();
        let related = forms.map(|form| {
            let (id, name) = (form.id.as_str(), form.name.in_language("en"));
            let mut related = self.reference(CatalogueResource::ProductSpecification, id, name, "ProductSpecification");
            related["relationshipType"] = json!("delete");
            related
        });
        related.collect()
    }

    fn price(&self, offering: &ProductOffering, price: &Price) -> Value {
        let flat = |amount: &Amount| match amount {
            Amount::Flat(amount) => Some(money(*amount)),
            // What it comes to follows from how many there are; the order says it.
            Amount::PerUnit { .. } => None,
        };
        let (kind, amount) = match &price.charge {
            Charge::OneTime { amount } => ("oneTime", flat(amount)),
            Charge::Recurring { amount } => ("recurring", flat(amount)),
            Charge::EarlyTermination => ("oneTime", None),
            Charge::Usage { rate, .. } => {
                let value = rate.to_string().parse().ok().map(Value::Number);
                ("usage", Some(json!({ "unit": self.catalogue.currency().code(), "value": value })))
            }
        };
        let mut more = json!({ "isBundle": false, "priceType": kind, "@type": "ProductOfferingPrice" });
        if let Some(amount) = amount {
            more["price"] = amount;
        }
        if kind == "recurring" {
            more["recurringChargePeriodType"] = json!("month");
            more["recurringChargePeriodLength"] = json!(1);
        }
        if let Charge::Usage { unit, .. } = &price.charge {
            more["unitOfMeasure"] = json!({ "amount": 1, "units": unit.in_language("en") });
        }
        let id = price_id(offering, price);
        self.whole(CatalogueResource::ProductOfferingPrice, &id, price.label.in_language("en"), more)
    }
}

/// Prices of two offerings may have one name.
fn price_id(offering: &ProductOffering, price: &Price) -> String {
    format!("{}.{}", offering.id, price.id)
}

/// What is asked, and what answers it. One whose condition doesn't hold is not asked; a required one that holds must be answered.
fn of_characteristic(characteristic: &Characteristic, offering: &ProductOffering) -> Value {
    let (value_type, most) = match &characteristic.value {
        ValueType::Integer { .. } | ValueType::AutonomousSystemNumber(_) => ("number", 1),
        ValueType::Boolean | ValueType::Acknowledgement(_) => ("boolean", 1),
        ValueType::Choices { max, .. }
        | ValueType::List { max, .. }
        | ValueType::Rows { max, .. }
        | ValueType::Prefixes { max, .. } => ("array", *max),
        ValueType::Address(_) => ("object", 1),
        _ => ("string", 1),
    };
    let values = characteristic.value.options().iter();
    let values = values.map(|option| json!({ "value": option.id.as_str(), "valueType": "string" }));
    let mut spec = json!({
        "id": characteristic.id.as_str(),
        "name": characteristic.id.as_str(),
        "description": characteristic.label.in_language("en"),
        "valueType": value_type,
        // A file can't be sent this way.
        "configurable": !matches!(characteristic.value, ValueType::File { .. }),
        "minCardinality": i32::from(characteristic.need == Need::Required),
        "maxCardinality": most,
        "productSpecCharacteristicValue": values.collect::<Vec<_>>(),
        "@type": "ProductSpecificationCharacteristic",
    });
    if let Some(when) = asked_when(characteristic, offering) {
        spec["applicableWhen"] = when;
    }
    if let Some(regex) = regex(&characteristic.value) {
        spec["regex"] = json!(regex);
    }
    if let ValueType::Integer { min, max, .. } = &characteristic.value {
        spec["productSpecCharacteristicValue"] = json!([{ "valueType": "number", "valueFrom": min, "valueTo": max }]);
    }
    spec
}

/// What the whole of a value, or of each of several, has to look like.
fn regex(value: &ValueType) -> Option<String> {
    Some(match value {
        ValueType::Text { pattern: Some(pattern), .. } => pattern.expression.to_string(),
        ValueType::Text { pattern: None, min, max, .. } => format!("[\\s\\S]{{{min},{max}}}"),
        ValueType::Secret { min, max } => format!(".{{{min},{max}}}"),
        ValueType::TelephoneNumber(_) | ValueType::InventoryNumber => {
            "(\\([2-9]\\d{2}\\) |[2-9]\\d{2}-)[2-9]\\d{2}-\\d{4}".to_owned()
        }
        ValueType::Date { .. } => "\\d{4}-\\d{2}-\\d{2}".to_owned(),
        ValueType::List { of, .. } => return regex(of),
        _ => return None,
    })
}
