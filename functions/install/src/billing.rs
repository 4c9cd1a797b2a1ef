//! Who pays, and how the bill comes.

use order_manager::admits::Reading;
use order_manager::calendar::company_day;
use order_manager::characteristic::{Lines, Reach, ValueType};
use order_manager::decide::Command;
use order_manager::entered::{Entered, FieldError, Reason};
use order_manager::journey::Step;
use order_manager::order::{BillTo, Billing, Draft};
use order_manager::party::{BillDelivery, CustomerKind};
use order_manager::value::Value;
use platform::turn::{OrderStep, Shown, Turn};
use platform::{App, PageError};
use templates::Markup;
use templates::pages::billing::{
    self, ACCOUNT, BILL_ADDRESS, BILL_NAME, BY_EMAIL, DELIVERY, NEW, ON_PAPER, PURCHASE_ORDER, TAX_EXEMPTION,
};

/// The step.
pub(crate) struct Paying;

impl OrderStep for Paying {
    type Facts = ();

    fn step(&self) -> Step {
        Step::Billing
    }

    async fn facts(&self, _: &App, _: &Turn) -> Result<(), PageError> {
        Ok(())
    }

    fn saved(&self, _: &Turn, draft: &Draft) -> Entered {
        billing::known(draft)
    }

    fn names(&self, _: &Turn, _: &Draft) -> Vec<String> {
        let mut names: Vec<_> = [ACCOUNT, BILL_NAME, DELIVERY, PURCHASE_ORDER, TAX_EXEMPTION].map(str::to_owned).into();
        names.extend(ValueType::Address(Reach::Anywhere).field_names(BILL_ADDRESS));
        names
    }

    fn commands(&self, turn: &Turn, draft: &Draft, (): &(), entered: &Entered) -> Result<Vec<Command>, Vec<FieldError>> {
        let reading = Reading { today: company_day(turn.now), area: None, services: &[], files: &[] };
        let mut errors = vec![];
        // A first account is a new one: there is nothing to choose.
        let account = if draft.ordered_for.billing_accounts.is_empty() && !entered.has(ACCOUNT) {
            Ok(Some(NEW))
        } else {
            entered.one(ACCOUNT)
        };
        let to = match account {
            Err(reason) => Err(vec![FieldError::new(ACCOUNT, reason)]),
            Ok(None) => Err(vec![FieldError::new(ACCOUNT, Reason::Missing)]),
            Ok(Some(NEW)) => new_account(entered, &reading),
            Ok(Some(id)) => {
                let known = draft.ordered_for.billing_accounts.iter().find(|account| account.id.to_string() == id);
                known
                    .map(|account| BillTo::Existing(account.id))
                    .ok_or_else(|| vec![FieldError::new(ACCOUNT, Reason::NotAChoice)])
            }
        };
        let delivery = match entered.one(DELIVERY) {
            Err(reason) => Err(reason),
            Ok(None) => Err(Reason::Missing),
            Ok(Some(BY_EMAIL)) => Ok(BillDelivery::Email),
            Ok(Some(ON_PAPER)) => Ok(BillDelivery::Paper),
            Ok(Some(_)) => Err(Reason::NotAChoice),
        };
        let mut number = |name| {
            let number = ValueType::Text { min: 0, max: 40, pattern: None, lines: Lines::Single };
            match number.admit(name, entered, &reading) {
                Ok(Some(Value::Text(number))) if draft.ordered_for.kind == CustomerKind::Business => Some(number),
                Ok(_) => None,
                Err(wrong) => {
                    errors.extend(wrong);
                    None
                }
            }
        };
        let (purchase_order, tax_exemption) = (number(PURCHASE_ORDER), number(TAX_EXEMPTION));
        if let Err(wrong) = &to {
            errors.splice(0..0, wrong.clone());
        }
        if let Err(reason) = &delivery {
            errors.push(FieldError::new(DELIVERY, reason.clone()));
        }
        match (to, delivery, errors.is_empty()) {
            (Ok(to), Ok(delivery), true) => Ok(vec![Command::Bill(Billing { to, delivery, purchase_order, tax_exemption })]),
            _ => Err(errors),
        }
    }

    fn render(&self, turn: &Turn, draft: &Draft, (): &(), shown: &Shown<'_>) -> Result<Markup, PageError> {
        let price = turn.price(draft)?;
        let back = turn.before(draft, &Step::Billing);
        let view = billing::Billing {
            draft,
            catalogue: &turn.catalogue,
            price: &price,
            version: shown.version,
            position: turn.position(draft, &Step::Billing),
            back: Some(&back),
            entered: shown.entered,
            errors: shown.errors,
        };
        Ok(billing::render(shown.context, &view))
    }
}

fn new_account(entered: &Entered, reading: &Reading<'_>) -> Result<BillTo, Vec<FieldError>> {
    let name = ValueType::Text { min: 1, max: 100, pattern: None, lines: Lines::Single }.admit(BILL_NAME, entered, reading);
    let address = ValueType::Address(Reach::Anywhere).admit(BILL_ADDRESS, entered, reading);
    let mut errors = vec![];
    match &name {
        Ok(None) => errors.push(FieldError::new(BILL_NAME, Reason::Missing)),
        Ok(_) => {}
        Err(wrong) => errors.extend(wrong.clone()),
    }
    match &address {
        Ok(None) => errors.push(FieldError::new(format!("{BILL_ADDRESS}.street"), Reason::Missing)),
        Ok(_) => {}
        Err(wrong) => errors.extend(wrong.clone()),
    }
    match (name, address) {
        (Ok(Some(Value::Text(name))), Ok(Some(Value::Address(address)))) => Ok(BillTo::New { name, address }),
        _ => Err(errors),
    }
}
