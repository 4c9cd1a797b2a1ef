//! An agreement's pages in every state.

use jiff::civil::date;
use order_manager::agreement::{Agreement, AgreementState, Stage, ladder, needs, price_table, redline as differences, text_of};
use order_manager::catalogue::Catalogue;
use order_manager::entered::{Entered, FieldError, Reason};
use order_manager::money::Percent;

use super::acceptance::{self, Acceptance};
use super::approvals::{self, Approvals, Deciding};
use super::clauses::{self, Clauses};
use super::document::{self, Document, Kept};
use super::ladder::{self as ladder_page, Ladder};
use super::list::{self, Agreements, Line};
use super::overview::{self, Deed, Overview};
use super::prices::{self, Margins, Prices};
use super::redline::{self, Redline};
use super::terms::{self, TermsPage};
use super::{Editing, Head, Notice};
use crate::components::commitment::CommitmentMeter;
use crate::components::select::SelectOption;
use crate::components::upload::OnFile;
use crate::path::Path;
use crate::sample::{self, Sample, agreement_in, negotiated_catalogue, returned_agreement, usd};

pub(crate) fn samples() -> Vec<Sample> {
    let catalogue = negotiated_catalogue();
    let nothing = Entered::default();
    let kit = Kit { catalogue: &catalogue, nothing: &nothing };
    [
        kit.overviews(),
        kit.terms(),
        kit.prices(),
        kit.ladder(),
        kit.clauses(),
        kit.approvals(),
        kit.redline(),
        kit.texts(),
        kit.lists(),
    ]
    .concat()
}

/// What all samples are made with.
struct Kit<'a> {
    catalogue: &'a Catalogue,
    nothing: &'a Entered,
}

impl Kit<'_> {
    fn head<'h>(&self, agreement: &'h Agreement) -> Head<'h> {
        let editing = match &agreement.newest {
            Stage::Draft(_) => Editing::Free,
            Stage::Approved(approved) => Editing::Voids(approved.approvals.iter().map(|given| &*given.by.name).collect()),
            _ => Editing::Closed,
        };
        Head {
            agreement: agreement.id,
            name: &agreement.version().terms.name,
            customer: agreement.customer.id,
            customer_name: &agreement.customer.name,
            version: agreement.version().number,
            state: agreement.state(),
            saved: 7,
            editing,
            notice: None,
        }
    }

    fn overviews(&self) -> Vec<Sample> {
        let deeds: [(AgreementState, &[Deed]); 9] = [
            (AgreementState::Draft, &[Deed::AskApproval]),
            (AgreementState::InApproval, &[Deed::TakeBack]),
            (AgreementState::Approved, &[Deed::Send, Deed::TakeBack]),
            (AgreementState::Sent, &[Deed::Recall]),
            (AgreementState::Countered, &[Deed::AnswerCounter, Deed::Revise]),
            (AgreementState::AwaitingCountersignature, &[Deed::Countersign, Deed::Recall]),
            (AgreementState::InForce, &[Deed::Revise, Deed::Terminate]),
            (AgreementState::Terminated, &[]),
            (AgreementState::Declined, &[Deed::Revise]),
        ];
        let meter = CommitmentMeter { committed: usd(6_000_000), spent: usd(2_184_000), adds: None, until: date(2027, 11, 22) };
        let mut samples = vec![];
        for (state, deeds) in deeds {
            let agreement = agreement_in(state, self.catalogue);
            let in_force = state == AgreementState::InForce;
            let view = Overview {
                head: self.head(&agreement),
                agreement: &agreement,
                meter: in_force.then_some(meter),
                deeds,
                order: in_force.then(|| Path::customer(agreement.customer.id)),
                today: sample::TODAY,
                open_at_most: date(2027, 1, 22),
                entered: self.nothing,
                errors: &[],
            };
            let name = format!("agreement-{}", state.as_str());
            samples.push(Sample::new(name, overview::render(&sample::negotiating(), &view)));
            if state == AgreementState::AwaitingCountersignature {
                let errors = [FieldError::new(overview::SIGNER, Reason::Missing)];
                let view = Overview { errors: &errors, ..view };
                samples.push(Sample::new("agreement-countersign-errors", overview::render(&sample::negotiating(), &view)));
            }
        }
        let returned = returned_agreement(self.catalogue);
        let view = Overview {
            head: Head { notice: Some(Notice::Saved), ..self.head(&returned) },
            agreement: &returned,
            meter: None,
            deeds: &[Deed::AskApproval],
            order: None,
            today: sample::TODAY,
            open_at_most: date(2027, 1, 22),
            entered: self.nothing,
            errors: &[],
        };
        samples.push(Sample::new("agreement-returned", overview::render(&sample::negotiating(), &view)));
        samples
    }

    fn terms(&self) -> Vec<Sample> {
        let entered: Entered = [
            (terms::NAME, "Network services 2027"),
            (terms::COMPANY, "Example Telecom, Inc."),
            (terms::CUSTOMER, "Whitfield & Daughters Bakery, LLC"),
            (terms::MONTHS, "36"),
            (terms::STARTS, terms::SIGNED),
            (terms::AT_END, terms::ROLLS),
            (terms::NOTICE, "60"),
            (terms::COVERS, terms::THESE),
            (terms::SITE, "018f3a2e-0000-7000-8000-00000000d001"),
            (terms::COMMITMENT, "60,000.00\n90,000.00"),
            (terms::SHORTFALL, "75"),
            (terms::FAMILY, "data-ip"),
            (terms::CHARGE, terms::MONTHLY),
            (terms::FIRST_YEAR, "100"),
            (terms::AFTER, "50"),
            (terms::AT_MOST, "25,000.00"),
            (terms::REVIEW, "12"),
            (terms::TOGETHER, terms::ON_A_DAY),
            (terms::TOGETHER_DAY, "2029-12-31"),
            ("precedence-master", "1"),
            ("precedence-data-schedule", "2"),
        ]
        .into_iter()
        .collect();
        let sites = [("018f3a2e-0000-7000-8000-00000000d001".to_owned(), sample::address().to_string())];
        let errors = [
            FieldError::new(terms::START_DAY, Reason::Said("terms-no-day")),
            FieldError::new(terms::SHORTFALL, Reason::NotAPercentage),
        ];
        let agreement = agreement_in(AgreementState::Approved, self.catalogue);
        let view = TermsPage {
            head: self.head(&agreement),
            documents: &agreement.version().terms.documents,
            lengths: &[12, 24, 36, 60],
            sites: &sites,
            earliest: sample::TODAY,
            latest: date(2027, 11, 23),
            last_end: date(2036, 11, 23),
            entered: &entered,
            errors: &[],
        };
        let sent = agreement_in(AgreementState::Sent, self.catalogue);
        let states = [
            ("agreement-terms", view.clone()),
            ("agreement-terms-errors", TermsPage { errors: &errors, ..view.clone() }),
            ("agreement-terms-closed", TermsPage { head: self.head(&sent), ..view }),
        ];
        states.map(|(name, view)| Sample::new(name, terms::render(&sample::negotiating(), &view))).into()
    }

    fn prices(&self) -> Vec<Sample> {
        let states = [
            ("agreement-prices", AgreementState::Draft),
            ("agreement-prices-approved", AgreementState::Approved),
            ("agreement-prices-closed", AgreementState::InForce),
        ];
        let add = [SelectOption { value: "voice".into(), label: "Toll-free voice".into(), unavailable: None }];
        let mut samples = vec![];
        for (name, state) in states {
            let agreement = agreement_in(state, self.catalogue);
            let version = agreement.version();
            let rows = price_table(version, self.catalogue).unwrap_or_default();
            let entered: Entered = rows
                .iter()
                .filter(|row| !row.rate.is_list())
                .map(|row| (prices::field_of(row), format!("{}%", Percent::whole(32))))
                .collect();
            let view = Prices {
                head: self.head(&agreement),
                catalogue: self.catalogue,
                documents: &version.terms.documents,
                rows: &rows,
                given: agreement.newest.approvals(),
                quotes_end: (sample::TODAY, date(2027, 11, 23)),
                to_add: &add,
                margins: Margins::Shown,
                entered: &entered,
                errors: &[],
            };
            samples.push(Sample::new(name, prices::render(&sample::negotiating(), &view)));
            if state == AgreementState::Draft {
                let errors: Vec<_> = rows
                    .first()
                    .map(|row| FieldError::new(prices::field_of(row), Reason::NotAnAmount))
                    .into_iter()
                    .chain([FieldError::new(prices::GROUP_PERCENT, Reason::NotAPercentage)])
                    .collect();
                let wrong = Prices { errors: &errors, margins: Margins::Hidden, ..view.clone() };
                samples.push(Sample::new("agreement-prices-errors", prices::render(&sample::negotiating(), &wrong)));
                let none = Prices { rows: &[], ..view };
                samples.push(Sample::new("agreement-prices-none", prices::render(&sample::negotiating(), &none)));
            }
        }
        samples
    }

    fn ladder(&self) -> Vec<Sample> {
        let agreement = agreement_in(AgreementState::Draft, self.catalogue);
        let rungs = ladder(agreement.version(), self.catalogue).unwrap_or_default();
        let view = Ladder { head: self.head(&agreement), rungs: &rungs, chosen: 12, errors: &[] };
        vec![Sample::new("agreement-ladder", ladder_page::render(&sample::negotiating(), &view))]
    }

    fn clauses(&self) -> Vec<Sample> {
        let entered: Entered = [
            ("liability-wording", clauses::CHANGED),
            ("liability-text", "Neither side owes more than twice what was paid in the twelve months before."),
            ("assignment-wording", clauses::STANDARD),
            ("law-wording", clauses::CHANGED),
        ]
        .into_iter()
        .collect();
        let errors = [
            FieldError::new("liability-reason", Reason::Missing),
            FieldError::new("law-text", Reason::Missing),
            FieldError::new("law-reason", Reason::Missing),
        ];
        let (draft, sent) =
            (agreement_in(AgreementState::Draft, self.catalogue), agreement_in(AgreementState::Sent, self.catalogue));
        let view = Clauses { head: self.head(&draft), clauses: &draft.version().terms.clauses, entered: &entered, errors: &[] };
        let states = [
            ("agreement-clauses", view.clone()),
            ("agreement-clauses-errors", Clauses { errors: &errors, ..view.clone() }),
            ("agreement-clauses-closed", Clauses { head: self.head(&sent), ..view }),
        ];
        states.map(|(name, view)| Sample::new(name, clauses::render(&sample::negotiating(), &view))).into()
    }

    fn approvals(&self) -> Vec<Sample> {
        let states = [
            ("agreement-approvals", AgreementState::Draft, Deciding::Nothing),
            ("agreement-approvals-to-decide", AgreementState::InApproval, Deciding::Approval),
            ("agreement-approvals-waiver", AgreementState::Draft, Deciding::Waiver),
            ("agreement-approvals-own", AgreementState::InApproval, Deciding::Own),
            ("agreement-approvals-given", AgreementState::InForce, Deciding::Nothing),
        ];
        let mut samples = vec![];
        for (name, state, deciding) in states {
            let agreement = agreement_in(state, self.catalogue);
            let needed = needs(agreement.version(), self.catalogue).unwrap_or_default();
            let view = Approvals {
                head: self.head(&agreement),
                agreement: &agreement,
                catalogue: self.catalogue,
                needed: &needed,
                deciding,
                entered: self.nothing,
                errors: &[],
            };
            samples.push(Sample::new(name, approvals::render(&sample::negotiating(), &view)));
        }
        samples
    }

    fn redline(&self) -> Vec<Sample> {
        let agreement = agreement_in(AgreementState::Draft, self.catalogue);
        let later = &agreement.version().terms;
        let mut earlier = later.clone();
        earlier.name = "Network services".into();
        earlier.commitment = None;
        earlier.provisions = vec![];
        earlier.clauses = negotiated_standard(&earlier);
        let found = differences(&earlier, later);
        let view = Redline {
            head: self.head(&agreement),
            catalogue: self.catalogue,
            versions: &[1, 2],
            between: Some((1, 2)),
            differences: &found,
        };
        let one = Redline { versions: &[1], between: None, differences: &[], ..view.clone() };
        [("agreement-changes", view), ("agreement-changes-none", one)]
            .map(|(name, view)| Sample::new(name, redline::render(&sample::negotiating(), &view)))
            .into()
    }

    fn texts(&self) -> Vec<Sample> {
        let draft = agreement_in(AgreementState::Draft, self.catalogue);
        let text = text_of(draft.version(), &draft.customer, self.catalogue);
        let view = Document { head: self.head(&draft), text: &text, stage: &draft.newest };
        let mut samples = vec![Sample::new("agreement-document", document::render(&sample::negotiating(), &view))];
        let kept = [AgreementState::AwaitingCountersignature, AgreementState::InForce, AgreementState::Countered];
        for state in kept {
            let agreement = agreement_in(state, self.catalogue);
            let view =
                Kept { agreement: agreement.id, customer: agreement.customer.id, stage: &agreement.newest, today: sample::TODAY };
            let name = format!("agreement-kept-{}", state.as_str());
            samples.push(Sample::new(name, document::render_kept(&sample::context(), &view)));
        }
        let sent = agreement_in(AgreementState::Sent, self.catalogue);
        let Some(offer) = sent.newest.offer() else { return samples };
        let errors = [
            FieldError::new(acceptance::SIGNATURE, Reason::Missing),
            FieldError::new(acceptance::MAY_SIGN, Reason::NotAcknowledged),
            FieldError::new(acceptance::FILE, Reason::Missing),
        ];
        let view = Acceptance {
            agreement: sent.id,
            customer: sent.customer.id,
            offer,
            saved: 7,
            on_file: OnFile::Nothing,
            entered: self.nothing,
            errors: &[],
        };
        let wrong = Acceptance { errors: &errors, ..view.clone() };
        samples.push(Sample::new("agreement-acceptance", acceptance::render(&sample::context(), &view)));
        samples.push(Sample::new("agreement-acceptance-errors", acceptance::render(&sample::context(), &wrong)));
        samples
    }

    fn lists(&self) -> Vec<Sample> {
        let line = |name, state, ends| Line {
            path: Path::agreement(sample::agreement_id()),
            name,
            version: 1,
            state,
            changed: sample::TODAY,
            ends,
        };
        let lines = [
            line("Network services 2027", AgreementState::Sent, None),
            line("Branch offices", AgreementState::InForce, Some(date(2027, 1, 31))),
        ];
        let view =
            Agreements { customer: sample::customer().id, agreements: &lines, new: None, entered: self.nothing, errors: &[] };
        let errors = [FieldError::new(list::NAME, Reason::Missing)];
        let begun =
            Agreements { agreements: &[], new: Some("018f3a2e-0000-7000-8000-0000000000a8"), errors: &errors, ..view.clone() };
        vec![
            Sample::new("agreements", list::render(&sample::context(), &view)),
            Sample::new("agreements-none", list::render(&sample::acting(), &begun)),
        ]
    }
}

/// The clauses as they always stand.
fn negotiated_standard(terms: &order_manager::agreement::Terms) -> Vec<order_manager::agreement::Clause> {
    let standard = |clause: &order_manager::agreement::Clause| order_manager::agreement::Clause {
        wording: order_manager::agreement::Wording::Standard,
        ..clause.clone()
    };
    terms.clauses.iter().map(standard).collect()
}
