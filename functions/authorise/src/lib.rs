//! A letter of agency: read, signed and dated, on a page with nothing else on it. Staff record here what a third party verified.

use jiff::ToSpan;
use order_manager::access::{Actor, Staff, StaffMember};
use order_manager::admits::Reading;
use order_manager::authorisation::{AuthorisationKey, LetterDocument, letters_needed};
use order_manager::calendar::today_in;
use order_manager::characteristic::ValueType;
use order_manager::decide::Command;
use order_manager::entered::{Entered, FieldError, Reason};
use order_manager::id::PersonId;
use order_manager::journey::Step;
use order_manager::order::{Authorisation, Draft, Signature, ThirdPartyVerification};
use order_manager::value::Value;
use platform::turn::{OrderStep, Shown, Turn, save, show};
use platform::{App, Incoming, PageError, Route};
use templates::Markup;
use templates::pages::authorise::{
    self, Authorise, COMPLETE, CONFIRMED_BY, REFERENCE, Reader, SIGNATURE, TEXT, VERIFIED, VERIFIER,
};

/// What this function answers.
pub const ROUTES: &[Route] = &[
    Route {
        key: "GET /orders/{order}/authorisations/{authorisation}",
        handler: |app, request| Box::pin(show(app, request, Letter::of)),
    },
    Route {
        key: "POST /orders/{order}/authorisations/{authorisation}",
        handler: |app, request| Box::pin(save(app, request, Letter::of)),
    },
];

/// The longest name, company or reference.
const LONGEST_LINE: usize = 100;

struct Letter {
    key: AuthorisationKey,
}

impl Letter {
    fn of(incoming: &Incoming) -> Result<Self, PageError> {
        Ok(Self { key: incoming.parameter("authorisation")? })
    }

    /// For how many days a letter counts.
    fn valid(&self, turn: &Turn) -> i32 {
        turn.catalogue.letter(&self.key.letter).map_or(0, |letter| i32::from(letter.valid_days))
    }

    fn document(&self, turn: &Turn, draft: &Draft) -> Option<LetterDocument> {
        letters_needed(draft, &turn.catalogue).into_iter().find(|letter| letter.key == self.key)
    }
}

impl OrderStep for Letter {
    type Facts = ();

    fn step(&self) -> Step {
        Step::Authorisation(self.key.clone())
    }

    async fn facts(&self, _: &App, _: &Turn) -> Result<(), PageError> {
        Ok(())
    }

    fn saved(&self, turn: &Turn, draft: &Draft) -> Entered {
        match (&turn.session.actor, draft.authorisations.get(&self.key)) {
            (Actor::Customer { .. }, Some(Authorisation::Signed(signature))) => {
                [(SIGNATURE, signature.name.to_string())].into_iter().collect()
            }
            (Actor::Staff(_), Some(Authorisation::Verified(verification))) => [
                (VERIFIER, verification.verifier.to_string()),
                (REFERENCE, verification.reference.to_string()),
                (CONFIRMED_BY, verification.confirmed_by.to_string()),
                (VERIFIED, verification.verified.to_string()),
            ]
            .into_iter()
            .collect(),
            _ => Entered::default(),
        }
    }

    fn names(&self, turn: &Turn, _: &Draft) -> Vec<String> {
        let names: &[&str] = match turn.session.actor {
            Actor::Customer { .. } => &[SIGNATURE, TEXT],
            Actor::Staff(_) => &[VERIFIER, REFERENCE, CONFIRMED_BY, VERIFIED, COMPLETE, TEXT],
        };
        names.iter().map(|&name| name.to_owned()).collect()
    }

    fn commands(&self, turn: &Turn, draft: &Draft, (): &(), entered: &Entered) -> Result<Vec<Command>, Vec<FieldError>> {
        let letter =
            self.document(turn, draft).ok_or_else(|| vec![FieldError::new(TEXT, Reason::Said(authorise::LETTER_CHANGED))])?;
        let authorisation = match &turn.session.actor {
            Actor::Customer { person, .. } => Authorisation::Signed(signature(turn, *person, &letter, entered)?),
            Actor::Staff(staff) => Authorisation::Verified(verification(turn, draft, staff, &letter, entered)?),
        };
        Ok(vec![Command::Authorise(self.key.clone(), authorisation)])
    }

    fn render(&self, turn: &Turn, draft: &Draft, (): &(), shown: &Shown<'_>) -> Result<Markup, PageError> {
        let area = turn.catalogue.area_of(draft.place.address.zip);
        let letter = self.document(turn, draft).ok_or(PageError::NotFound)?;
        let given = draft.authorisations.get(&self.key).map(|authorisation| (authorisation, authorisation.given(area)));
        let today = today_in(area, turn.now);
        let view = Authorise {
            order: draft.id,
            version: shown.version,
            position: turn.position(draft, &self.step()),
            letter: &letter,
            given,
            reader: match turn.session.actor {
                Actor::Customer { .. } => Reader::Customer,
                Actor::Staff(_) => Reader::Staff { earliest: today.saturating_sub(self.valid(turn).days()) },
            },
            today,
            entered: shown.entered,
            errors: shown.errors,
        };
        Ok(authorise::render(shown.context, &view))
    }
}

/// The customer's signature under a letter.
fn signature(turn: &Turn, person: PersonId, letter: &LetterDocument, entered: &Entered) -> Result<Signature, Vec<FieldError>> {
    let name = entered.line(SIGNATURE, LONGEST_LINE).map_err(|wrong| vec![wrong])?;
    Ok(Signature {
        text_sha256: entered.text(TEXT).into(),
        letter_version: letter.version.clone(),
        name,
        person,
        signed: turn.now,
    })
}

/// What a third party verified, as staff record it.
fn verification(
    turn: &Turn,
    draft: &Draft,
    staff: &Staff,
    letter: &LetterDocument,
    entered: &Entered,
) -> Result<ThirdPartyVerification, Vec<FieldError>> {
    let area = turn.catalogue.area_of(draft.place.address.zip);
    let reading = Reading { today: today_in(area, turn.now), area, services: &[], files: &[] };
    let oldest = turn.catalogue.letter(&letter.key.letter).map_or(0, |letter| i32::from(letter.valid_days));
    let day = match (ValueType::Date { earliest: -oldest, latest: 0 }).admit(VERIFIED, entered, &reading) {
        Ok(Some(Value::Date(day))) => Ok(day),
        Ok(_) => Err(vec![FieldError::new(VERIFIED, Reason::Missing)]),
        Err(wrong) => Err(wrong),
    };
    let complete =
        if entered.all(COMPLETE) == ["yes"] { Ok(()) } else { Err(FieldError::new(COMPLETE, Reason::NotAcknowledged)) };
    match (
        entered.line(VERIFIER, LONGEST_LINE),
        entered.line(REFERENCE, LONGEST_LINE),
        entered.line(CONFIRMED_BY, LONGEST_LINE),
        day,
        complete,
    ) {
        (Ok(verifier), Ok(reference), Ok(confirmed_by), Ok(verified), Ok(())) => Ok(ThirdPartyVerification {
            text_sha256: entered.text(TEXT).into(),
            letter_version: letter.version.clone(),
            verifier,
            reference,
            confirmed_by,
            verified,
            recorded_by: StaffMember { person: staff.person, name: turn.session.name.as_str().into() },
            recorded: turn.now,
        }),
        (verifier, reference, confirmed_by, day, complete) => {
            let lines = [verifier.err(), reference.err(), confirmed_by.err()].into_iter().flatten();
            Err(lines.chain(day.err().into_iter().flatten()).chain(complete.err()).collect())
        }
    }
}
