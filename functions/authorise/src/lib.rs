//! A letter of agency: read, signed and dated, on a page with nothing else on it.

use order_manager::authorisation::{AuthorisationKey, LetterDocument, letters_needed};
use order_manager::calendar::today_in;
use order_manager::decide::Command;
use order_manager::entered::{Entered, FieldError, Reason};
use order_manager::journey::Step;
use order_manager::order::{Draft, Signature};
use platform::turn::{OrderStep, Shown, Turn, save, show};
use platform::{App, Incoming, PageError, Route};
use templates::Markup;
use templates::pages::authorise::{self, Authorise, SIGNATURE, TEXT};

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

/// The longest name that signs.
const LONGEST_NAME: usize = 100;

struct Letter {
    key: AuthorisationKey,
}

impl Letter {
    fn of(incoming: &Incoming) -> Result<Self, PageError> {
        Ok(Self { key: incoming.parameter("authorisation")? })
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

    fn saved(&self, _: &Turn, draft: &Draft) -> Entered {
        let signature = draft.signatures.get(&self.key);
        signature.map(|signature| (SIGNATURE, signature.name.to_string())).into_iter().collect()
    }

    fn names(&self, _: &Turn, _: &Draft) -> Vec<String> {
        vec![SIGNATURE.to_owned(), TEXT.to_owned()]
    }

    fn commands(&self, turn: &Turn, draft: &Draft, (): &(), entered: &Entered) -> Result<Vec<Command>, Vec<FieldError>> {
        let refuse = |reason| Err(vec![FieldError::new(SIGNATURE, reason)]);
        let name = match entered.one(SIGNATURE) {
            Err(reason) => return refuse(reason),
            Ok(None) => return refuse(Reason::Missing),
            Ok(Some(name)) if name.chars().count() > LONGEST_NAME => return refuse(Reason::TooLong { max: LONGEST_NAME }),
            Ok(Some(name)) if name.chars().any(char::is_control) => return refuse(Reason::UnreadableText),
            Ok(Some(name)) => name,
        };
        let letter =
            self.document(turn, draft).ok_or_else(|| vec![FieldError::new(TEXT, Reason::Said(authorise::LETTER_CHANGED))])?;
        let signature = Signature {
            text_sha256: entered.text(TEXT).into(),
            letter_version: letter.version,
            name: name.into(),
            person: turn.session.person,
            signed: turn.now,
        };
        Ok(vec![Command::Sign(self.key.clone(), signature)])
    }

    fn render(&self, turn: &Turn, draft: &Draft, (): &(), shown: &Shown<'_>) -> Result<Markup, PageError> {
        let area = turn.catalogue.area_of(draft.place.address.zip);
        let letter = self.document(turn, draft).ok_or(PageError::NotFound)?;
        let signed = draft.signatures.get(&self.key).map(|signature| (signature, today_in(area, signature.signed)));
        let view = Authorise {
            order: draft.id,
            version: shown.version,
            position: turn.position(draft, &self.step()),
            letter: &letter,
            signed,
            today: today_in(area, turn.now),
            entered: shown.entered,
            errors: shown.errors,
        };
        Ok(authorise::render(shown.context, &view))
    }
}
