//! The lists of deals.

use http::StatusCode;
use jiff::{Timestamp, ToSpan};
use lambda_http::{Body, Request, Response};
use order_manager::access::{Actor, Duty, Staff};
use order_manager::agreement::AgreementState;
use order_manager::calendar::company_day;
use platform::session::Asking;
use platform::store::{AgreementSummary, Wanted};
use platform::{App, Asker, PageError};
use templates::pages::deals::{self, BEFORE, Deal, DealList, Deals, LIST};

/// An agreement ends soon that ends within so many days.
const SOON: i32 = 90;

pub(crate) async fn show(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let before = match incoming.query(BEFORE) {
            None => None,
            Some(time) => Some(time.parse::<Timestamp>().map_err(|_| PageError::NotFound)?),
        };
        let deals = app.store.deals(before);
        let (asker, _, page) = Asker::with(app, &incoming, Asking::Page, Wanted::default(), deals).await?;
        let all = &page.deals;
        let staff = match &asker.session.actor {
            Actor::Staff(staff) if staff.does(Duty::Negotiate) || staff.does(Duty::Approve) => staff,
            _ => return Err(PageError::NotFound),
        };
        let list = match incoming.query(LIST) {
            None => DealList::AwaitingMe,
            Some(name) => DealList::named(&name).ok_or(PageError::NotFound)?,
        };
        let today = company_day(asker.now);
        let soon = today.saturating_add(SOON.days());
        let is_in = |list: DealList, deal: &AgreementSummary| match list {
            DealList::Mine => deal.owner.person == staff.person && !deal.state.is_final(),
            DealList::AwaitingMe => awaits(staff, deal),
            DealList::Expiring => {
                let theirs = deal.owner.person == staff.person || staff.does(Duty::Approve);
                theirs && deal.state == AgreementState::InForce && deal.ends.is_some_and(|ends| (today..=soon).contains(&ends))
            }
        };
        let count = |list| all.iter().filter(|deal| is_in(list, deal)).count();
        let view = Deals {
            list,
            counts: DealList::ALL.map(|list| (list, count(list))),
            deals: all.iter().filter(|deal| is_in(list, deal)).map(entry).collect(),
            older: page.next.map(|next| deals::path(list).with(BEFORE, &next.to_string())),
            newest: before.map(|_| deals::path(list)),
            negotiates: staff.does(Duty::Negotiate),
        };
        Ok(asker.page(StatusCode::OK, |context| deals::render(context, &view)))
    })
    .await
}

/// Whether an agreement waits for this person.
fn awaits(staff: &Staff, deal: &AgreementSummary) -> bool {
    let own = deal.owner.person == staff.person;
    match deal.state {
        AgreementState::InApproval => staff.does(Duty::Approve) && !own,
        AgreementState::Approved | AgreementState::Countered | AgreementState::AwaitingCountersignature => own,
        _ => false,
    }
}

fn entry(deal: &AgreementSummary) -> Deal<'_> {
    Deal {
        agreement: deal.id,
        name: &deal.name,
        customer: &deal.customer_name,
        version: deal.version,
        state: deal.state,
        owner: &deal.owner.name,
        changed: company_day(deal.changed),
        ends: deal.ends.filter(|_| deal.state == AgreementState::InForce),
    }
}
