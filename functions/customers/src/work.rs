//! What waits for staff.

use http::StatusCode;
use jiff::Timestamp;
use lambda_http::{Body, Request, Response};
use order_manager::access::Duty;
use order_manager::calendar::{company_day, company_midnight};
use order_manager::catalogue::Catalogue;
use order_manager::work::WorkList;
use platform::session::Asking;
use platform::store::QueueEntry;
use platform::{App, PageError};
use templates::pages::customer_access::NEXT;
use templates::pages::work::{self, BEFORE, LIST, Row, Work};
use templates::path::Path;

use crate::Member;

/// Said of who comes from a customer they have finished with.
pub(crate) const FINISHED: &str = "finished";

pub(crate) async fn show(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let member = Member::with(app, &incoming, Asking::Page, &[Duty::Serve, Duty::Approve]).await?;
        let serves = member.staff.does(Duty::Serve);
        let first = if serves { WorkList::Attention } else { WorkList::ForApproval };
        let list = match incoming.query(LIST) {
            None => first,
            Some(name) => WorkList::named(&name).ok_or(PageError::NotFound)?,
        };
        let before = match incoming.query(BEFORE) {
            None => None,
            Some(time) => Some(time.parse::<Timestamp>().map_err(|_| PageError::NotFound)?),
        };
        let page = app.store.queue(before).await?;
        let catalogue = member.asker.catalogue(app).await?;
        let midnight = company_midnight(company_day(member.asker.now));
        let list_of = |entry: &QueueEntry| entry.waiting.list(member.person(), midnight);
        let count = |list| page.entries.iter().filter(|entry| list_of(entry) == Some(list)).count();
        let rows =
            page.entries.iter().filter(|entry| list_of(entry) == Some(list)).map(|entry| row(&member, list, &catalogue, entry));
        let view = Work {
            list,
            counts: WorkList::ALL.map(|list| (list, count(list))),
            rows: rows.collect(),
            older: page.next.map(|next| work::path(list).with(BEFORE, &next.to_string())),
            newest: before.map(|_| work::path(list)),
            serves,
            finished: incoming.query(FINISHED).is_some(),
        };
        let show = |context: &templates::layout::Context<'_>| work::render(context, &view);
        Ok(member.asker.page(StatusCode::OK, show))
    })
    .await
}

fn row<'a>(member: &Member, list: WorkList, catalogue: &'a Catalogue, entry: &'a QueueEntry) -> Row<'a> {
    let order = &entry.order;
    let path = Path::order(order.id);
    let open = member.works_for(entry.customer);
    let path = match (member.staff.does(Duty::Serve), open) {
        (true, true) => Some(path),
        (true, false) => Some(Path::customer_access(entry.customer).with(NEXT, path.as_str())),
        // Who approves and does not serve sees what is asked for, never the account.
        (false, _) => (list == WorkList::ForApproval).then(|| Path::offer(order.id)),
    };
    Row {
        order: order.id,
        path,
        customer: &entry.name,
        // What a customer orders is theirs to show, like the rest of the account.
        offerings: order.items.iter().filter(|_| open).filter_map(|id| catalogue.offering(id)).map(|it| &it.name).collect(),
        place: &order.place,
        state: order.state,
        changed: company_day(order.changed),
        placed: order.placed.map(company_day),
    }
}
