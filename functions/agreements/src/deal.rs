//! Who asks about which agreement, what they are to it, and carrying out what they want.

use std::collections::BTreeSet;
use std::sync::Arc;

use http::StatusCode;
use jiff::civil::Date;
use lambda_http::{Body, Response};
use order_manager::access::{Actor, Duty, Role, StaffMember};
use order_manager::agreement::{Agreement, Command, Event, Facts, RateSheet, Reader, Refusal, Stage, decide};
use order_manager::audit::{self, Act, End, Entry, Subject};
use order_manager::calendar::company_day;
use order_manager::catalogue::Catalogue;
use order_manager::entered::{FieldError, Reason};
use order_manager::id::AgreementId;
use platform::session::Asking;
use platform::store::{Versioned, Wanted};
use platform::{App, Asker, Incoming, PageError};
use templates::Markup;
use templates::layout::Context;
use templates::pages::agreement::{Editing, Head, Notice};

/// The pages that all of this happens on, as records name them.
const PAGE: &str = "/agreements/{agreement}";

/// An agreement that somebody asks about.
pub(crate) struct Deal {
    pub(crate) asker: Asker,
    pub(crate) agreement: Versioned<Agreement>,
    pub(crate) catalogue: Arc<Catalogue>,
    pub(crate) reader: Reader,
    pub(crate) today: Date,
    /// Where its trail ends, when something is done about it.
    trail: End,
}

impl Deal {
    /// Session and agreement in one read; to who has nothing to do with it, the agreement is not there.
    pub(crate) async fn begin(app: &App, incoming: &Incoming, asking: Asking) -> Result<Self, PageError> {
        let id: AgreementId = incoming.parameter("agreement")?;
        let wanted = Wanted { agreement: Some(id), ..Wanted::default() };
        let trail = async {
            match asking {
                Asking::Page => Ok(End::START),
                Asking::Form => app.store.trail_end(&Subject::Agreement(id)).await,
            }
        };
        let (asker, loaded, trail) = Asker::with(app, incoming, asking, wanted, trail).await?;
        let agreement = loaded.agreement.ok_or(PageError::NotFound)?;
        let reader = Reader::of(&asker.session.actor, &agreement.value, asker.now).ok_or(PageError::NotFound)?;
        let (catalogue, today) = (asker.catalogue(app).await?, company_day(asker.now));
        Ok(Self { asker, agreement, catalogue, reader, today, trail })
    }

    /// The agreement.
    pub(crate) fn value(&self) -> &Agreement {
        &self.agreement.value
    }

    /// The version that the customer sees.
    pub(crate) fn shown_to_customer(&self) -> Result<&Stage, PageError> {
        self.value().shown_to_customer().ok_or(PageError::NotFound)
    }

    /// What is at the head of every page of it.
    pub(crate) fn head(&self, notice: Option<Notice>) -> Head<'_> {
        let agreement = self.value();
        let version = agreement.version();
        Head {
            agreement: agreement.id,
            name: &version.terms.name,
            customer: agreement.customer.id,
            customer_name: &agreement.customer.name,
            version: version.number,
            state: agreement.state(),
            saved: self.agreement.version,
            editing: self.editing(),
            notice,
        }
    }

    /// What the reader may do with its terms.
    fn editing(&self) -> Editing<'_> {
        let given = self.value().newest.approvals();
        let may = matches!(
            (self.reader, &self.value().newest),
            (Reader::Owner, Stage::Draft(_) | Stage::InApproval(_) | Stage::Approved(_))
                | (Reader::Approver, Stage::InApproval(_))
        );
        match (may, &self.value().newest, self.reader) {
            (false, ..) => Editing::Closed,
            (true, Stage::InApproval(_), Reader::Owner) if given.is_empty() => Editing::TakesBack,
            (true, ..) if given.is_empty() => Editing::Free,
            (true, ..) => Editing::Voids(given.iter().map(|given| &*given.by.name).collect()),
        }
    }

    /// The member of staff who asks.
    pub(crate) fn member(&self) -> StaffMember {
        StaffMember { person: self.asker.session.actor.person(), name: self.asker.session.name.as_str().into() }
    }

    /// What the member of staff is.
    pub(crate) fn roles(&self) -> BTreeSet<Role> {
        match &self.asker.session.actor {
            Actor::Staff(staff) => staff.roles.clone(),
            Actor::Customer { .. } => BTreeSet::new(),
        }
    }

    /// Whether a duty is the reader's.
    pub(crate) fn does(&self, duty: Duty) -> bool {
        self.asker.session.actor.does(duty)
    }

    /// What is wrong with a form before it is read: it is of another session, or of another state of the agreement.
    pub(crate) fn stale(&self, incoming: &Incoming) -> Option<(StatusCode, FieldError)> {
        if let Some(error) = self.asker.not_ours(incoming) {
            return Some((StatusCode::UNPROCESSABLE_ENTITY, error));
        }
        let as_shown = incoming.version == self.agreement.version.to_string();
        (!as_shown).then(|| (StatusCode::CONFLICT, FieldError::new("", Reason::Said("agreement-changed"))))
    }

    /// What commands make of the agreement, one after the other.
    pub(crate) fn decided(
        &self,
        commands: impl IntoIterator<Item = Command>,
        sheets: &[RateSheet],
    ) -> Result<Agreement, Refusal> {
        let facts = Facts { catalogue: &self.catalogue, sheets, now: self.asker.now };
        commands.into_iter().try_fold(self.value().clone(), |agreement, command| decide(&agreement, command, &facts))
    }

    /// Saves what became of the agreement, and writes down who did it.
    pub(crate) async fn save(&self, app: &App, after: &Agreement) -> Result<(), PageError> {
        let before = self.value().trail.len();
        // Somebody's edits after one another are one entry of the agreement's own trail.
        let new: Vec<_> = after.trail.iter().skip(before.min(after.trail.len().saturating_sub(1))).collect();
        let voids = new.iter().map(|entry| &entry.event).find(|event| matches!(event, Event::Voided(_)));
        let act = voids.or(new.last().map(|entry| &entry.event)).map_or(Act::AgreementEdited, act_of);
        let version = after.version();
        let about = format!("version {}.{}", version.number, version.revision);
        let actor = &self.asker.session.actor;
        let event = audit::Event::new(act, self.asker.now, Some(actor.person()), actor.capacity());
        let event = event.on(PAGE).of(after.customer.id).about(about);
        let entry = Entry::following(self.trail, &Subject::Agreement(after.id), &event);
        app.store.save_agreement(&self.agreement, after, Some(&entry)).await?;
        Ok(())
    }

    /// Shows a page to whoever asks.
    pub(crate) fn page(&self, status: StatusCode, show: impl FnOnce(&Context<'_>) -> Markup) -> Response<Body> {
        self.asker.page_about(self.value().customer.id, status, show)
    }
}

/// What goes on record of what was done.
pub(crate) const fn act_of(event: &Event) -> Act {
    match event {
        Event::Begun => Act::AgreementBegun,
        Event::Edited => Act::AgreementEdited,
        Event::Voided(_) => Act::AgreementVoided,
        Event::Waived(_) => Act::AgreementFloorWaived,
        Event::ApprovalAsked => Act::AgreementApprovalAsked,
        Event::Withdrawn => Act::AgreementWithdrawn,
        Event::Approved(_) => Act::AgreementApproved,
        Event::Returned(_) => Act::AgreementReturned,
        Event::Sent(_) => Act::AgreementSent,
        Event::Countered => Act::AgreementCountered,
        Event::ClauseAnswered => Act::AgreementAnswered,
        Event::Accepted => Act::AgreementAccepted,
        Event::Countersigned(_) => Act::AgreementCountersigned,
        Event::Declined => Act::AgreementDeclined,
        Event::Recalled(_) => Act::AgreementRecalled,
        Event::Terminated(_) => Act::AgreementTerminated,
        Event::Expired => Act::AgreementExpired,
        Event::TakenOver => Act::AgreementTakenOver,
    }
}
