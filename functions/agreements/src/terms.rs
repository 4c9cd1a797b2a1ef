//! The form with what is agreed beside prices and clauses.

mod form;

use std::collections::BTreeMap;

use http::StatusCode;
use jiff::civil::Date;
use lambda_http::{Body, Response};
use order_manager::admits::Reading;
use order_manager::agreement::{Command, CommonEnd, CountedCharge, Edit, Provision, Sites, StaffDeed, Starts, Terms};
use order_manager::catalogue::AtTermEnd;
use order_manager::characteristic::ValueType;
use order_manager::entered::{Entered, FieldError};
use order_manager::id::SiteId;
use order_manager::value::Value;
use platform::{App, Incoming, PageError, respond};
use templates::pages::agreement::terms::{
    AFFILIATES, AFTER, APART, AT_END, AT_MOST, CHARGE, COMMITMENT, COMPANY, COVERS, CREDIT, CUSTOMER, DOWNTURN, ENDS, EVERY,
    FAMILY, FIRST_YEAR, MONTHLY, MONTHS, NAME, NOTICE, OBJECTIVE, ON_A_DAY, ONE_TIME, RELIEF, RENEWS, REVIEW, ROLLS, SHORTFALL,
    SIGNED, SITE, START_DAY, STARTS, STATED, THESE, TOGETHER, TOGETHER_DAY, UPGRADE, WITH_AGREEMENT, document_of, family_value,
    precedence_of,
};
use templates::pages::agreement::{Notice, Tab};

use crate::deal::Deal;
use crate::pages::wrong;
use crate::refused;

/// The fields of the form.
const FIELDS: [&str; 26] = [
    NAME,
    COMPANY,
    CUSTOMER,
    MONTHS,
    STARTS,
    START_DAY,
    AT_END,
    NOTICE,
    COVERS,
    SITE,
    COMMITMENT,
    SHORTFALL,
    FAMILY,
    CHARGE,
    FIRST_YEAR,
    AFTER,
    AT_MOST,
    REVIEW,
    UPGRADE,
    DOWNTURN,
    RELIEF,
    TOGETHER,
    TOGETHER_DAY,
    AFFILIATES,
    OBJECTIVE,
    CREDIT,
];

/// The customer's sites, each with its address on one line.
pub(crate) async fn sites(app: &App, deal: &Deal) -> Result<BTreeMap<SiteId, Box<str>>, PageError> {
    let file = app.store.customer(deal.value().customer.id).await?.ok_or(PageError::NotFound)?;
    Ok(file.customer.sites.into_iter().map(|site| (site.id, site.address.to_string().into())).collect())
}

/// What is saved, as the form holds it.
pub(crate) fn saved(terms: &Terms) -> Entered {
    let mut entered = Entered::default();
    entered.add(NAME, &*terms.name);
    entered.add(COMPANY, &*terms.parties.company);
    entered.add(CUSTOMER, &*terms.parties.customer);
    entered.add(MONTHS, terms.term.months.to_string());
    match terms.term.starts {
        Starts::LaterSignature => entered.add(STARTS, SIGNED),
        Starts::On(day) => {
            entered.add(STARTS, STATED);
            entered.add(START_DAY, day.to_string());
        }
    }
    entered.add(AT_END, at_end_value(terms.term.at_end));
    entered.add(NOTICE, terms.term.notice_days.to_string());
    match &terms.sites {
        Sites::Every => entered.add(COVERS, EVERY),
        Sites::These(sites) => {
            entered.add(COVERS, THESE);
            for site in sites.keys() {
                entered.add(SITE, site.to_string());
            }
        }
    }
    if let Some(commitment) = &terms.commitment {
        let years: Vec<_> = commitment.yearly.iter().map(ToString::to_string).collect();
        entered.add(COMMITMENT, years.join("\n"));
        entered.add(SHORTFALL, commitment.shortfall.to_string());
        for family in &commitment.families {
            entered.add(FAMILY, family_value(*family));
        }
        for charge in &commitment.charges {
            entered.add(CHARGE, charge_value(*charge));
        }
    }
    entered.add(FIRST_YEAR, terms.early_termination.first_year.to_string());
    entered.add(AFTER, terms.early_termination.after.to_string());
    if let Some(most) = terms.early_termination.at_most {
        entered.add(AT_MOST, most.to_string());
    }
    for (place, document) in terms.documents.iter().enumerate() {
        entered.add(precedence_of(&document.id), (place + 1).to_string());
    }
    if !terms.provisions.iter().any(|provision| matches!(provision, Provision::CoTerminous { .. })) {
        entered.add(TOGETHER, APART);
    }
    for provision in &terms.provisions {
        match provision {
            Provision::RateReview { every_months } => entered.add(REVIEW, every_months.to_string()),
            Provision::TechnologyUpgrade { after_months } => entered.add(UPGRADE, after_months.to_string()),
            Provision::BusinessDownturn { drop, relief } => {
                entered.add(DOWNTURN, drop.to_string());
                entered.add(RELIEF, relief.to_string());
            }
            Provision::CoTerminous { on: CommonEnd::WithAgreement } => entered.add(TOGETHER, WITH_AGREEMENT),
            Provision::CoTerminous { on: CommonEnd::On(day) } => {
                entered.add(TOGETHER, ON_A_DAY);
                entered.add(TOGETHER_DAY, day.to_string());
            }
            Provision::Affiliates(names) => entered.add(AFFILIATES, names.join("\n")),
            Provision::ServiceCredit { objective, share } => {
                entered.add(OBJECTIVE, &**objective);
                entered.add(CREDIT, share.to_string());
            }
        }
    }
    entered
}

const fn at_end_value(at_end: AtTermEnd) -> &'static str {
    match at_end {
        AtTermEnd::RollMonthly => ROLLS,
        AtTermEnd::Renew => RENEWS,
        AtTermEnd::Disconnect => ENDS,
    }
}

const fn charge_value(charge: CountedCharge) -> &'static str {
    match charge {
        CountedCharge::Monthly => MONTHLY,
        CountedCharge::OneTime => ONE_TIME,
    }
}

pub(crate) async fn save(app: &App, deal: &Deal, incoming: &Incoming) -> Result<Response<Body>, PageError> {
    let entered = &incoming.entered;
    if entered.names().any(|name| !FIELDS.contains(&name) && document_of(name).is_none()) {
        return Err(PageError::Unprocessable);
    }
    if let Some((status, error)) = deal.stale(incoming) {
        return wrong(app, deal, Tab::Terms, entered, status, &[error]).await;
    }
    let sites = sites(app, deal).await?;
    match form::read(deal, entered, &sites) {
        Ok(edits) => saved_as(app, deal, incoming, Tab::Terms, edits, ToOwned::to_owned).await,
        Err(errors) => wrong(app, deal, Tab::Terms, entered, StatusCode::UNPROCESSABLE_ENTITY, &errors).await,
    }
}

/// Makes edits and saves them, or shows the page again with what is wrong, each field by the name it has there.
pub(crate) async fn saved_as(
    app: &App,
    deal: &Deal,
    incoming: &Incoming,
    tab: Tab,
    edits: Vec<Edit>,
    name: impl Fn(&str) -> String,
) -> Result<Response<Body>, PageError> {
    let path = tab.path(deal.value().id);
    if edits.is_empty() {
        return Ok(respond::see_other(&path));
    }
    let voids = !deal.value().newest.approvals().is_empty();
    let commands = edits.into_iter().map(|edit| Command::Staff {
        by: deal.member(),
        roles: deal.roles(),
        deed: StaffDeed::Edit(Box::new(edit)),
    });
    match deal.decided(commands, &[]) {
        Ok(after) => {
            deal.save(app, &after).await?;
            let notice = if voids { Notice::Voided } else { Notice::Saved };
            Ok(respond::see_other(&path.with(Notice::PARAMETER, notice.as_str())))
        }
        Err(refusal) => {
            let errors = refused::named(refusal, name)?;
            wrong(app, deal, tab, &incoming.entered, StatusCode::UNPROCESSABLE_ENTITY, &errors).await
        }
    }
}

/// The day typed in a field, from today to so many days from now; nothing where none is.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn day_in(deal: &Deal, entered: &Entered, field: &str, furthest: i32) -> Result<Option<Date>, Vec<FieldError>> {
    let reading = Reading { today: deal.today, area: None, services: &[], files: &[] };
    let day = (ValueType::Date { earliest: 0, latest: furthest }).admit(field, entered, &reading)?;
    Ok(day.and_then(|value| match value {
        Value::Date(day) => Some(day),
        _ => None,
    }))
}
