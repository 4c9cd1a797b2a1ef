//! An authenticator app: adding one, and removing it.

use maud::{Markup, html};
use order_manager::entered::{Entered, FieldError};

use crate::components::field::Filled;
use crate::components::qr_code::qr_code;
use crate::components::text_input::{Kind, TextInput, text_input};
use crate::layout::Context;
use crate::pages::code::{code_field, code_input};
use crate::pages::password::current_password;
use crate::pages::question::{Question, question};
use crate::path::Path;

/// An authenticator app.
#[derive(Clone, Copy, Debug)]
pub struct Factor<'a> {
    /// What is done about it.
    pub step: Step<'a>,
    /// What is wrong with what was typed.
    pub errors: &'a [FieldError],
}

/// What is done about it.
#[derive(Clone, Copy, Debug)]
pub enum Step<'a> {
    /// One is to be added: the password comes first.
    Begin,
    /// It has to be given its secret, and to show a code.
    Show {
        /// The secret, as it is typed into an app.
        secret: &'a str,
        /// Whose it is, as the app shows it.
        email: &'a str,
    },
    /// The one there is can be removed.
    Remove,
}

/// The page.
#[must_use]
pub fn render(context: &Context<'_>, view: &Factor<'_>) -> Markup {
    let words = context.words;
    let nothing = Entered::default();
    let filled = Filled { words, entered: &nothing, errors: view.errors };
    let (current, code) = (current_password(words), code_field(words).hint(words.text("code-factor-hint")));
    let password =
        || text_input(&filled, &current, &TextInput { kind: Kind::Secret, ..TextInput::filled_in_by("current-password") });
    let page = match view.step {
        Step::Begin => Question {
            title: words.text("factor-title"),
            lede: words.text("factor-lede"),
            action: Path::ACCOUNT_FACTOR,
            button: words.text("factor-begin"),
            back: Some(Path::ACCOUNT),
            problems: filled.problems(&[&current]),
            fields: password(),
            after: html! {},
        },
        Step::Show { secret, email } => Question {
            title: words.text("factor-show-title"),
            lede: words.text("factor-show-lede"),
            action: Path::ACCOUNT_FACTOR_CODE,
            button: words.text("factor-add"),
            back: Some(Path::ACCOUNT),
            problems: filled.problems(&[&code]),
            fields: html! {
                (qr_code(&address(&words.text("site-name"), email, secret), &words.text("factor-qr")))
                p { (words.text("factor-secret")) }
                p { code { (in_fours(secret)) } }
                (text_input(&filled, &code, &code_input()))
            },
            after: html! {},
        },
        Step::Remove => Question {
            title: words.text("factor-remove-title"),
            lede: words.text("factor-remove-lede"),
            action: Path::ACCOUNT_FACTOR,
            button: words.text("factor-remove"),
            back: Some(Path::ACCOUNT),
            problems: filled.problems(&[&current]),
            fields: password(),
            after: html! {},
        },
    };
    question(context, page)
}

/// The address that an authenticator app reads off the code (Key Uri Format).
fn address(issuer: &str, email: &str, secret: &str) -> String {
    let encoded = |text: &str| {
        text.bytes().fold(String::new(), |mut encoded, byte| {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(char::from(byte)),
                _ => encoded.push_str(&format!("%{byte:02X}")),
            }
            encoded
        })
    };
    let (issuer, email) = (encoded(issuer), encoded(email));
    format!("otpauth://totp/{issuer}:{email}?secret={secret}&issuer={issuer}")
}

/// A secret as it is read out and typed.
fn in_fours(secret: &str) -> String {
    secret.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ")
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use order_manager::entered::Reason;

    use crate::pages::code::CODE;
    use crate::pages::password::CURRENT;
    use crate::sample::{Sample, context};

    let not_right = [FieldError::new(CURRENT, Reason::Said("password-not-right"))];
    let wrong_code = [FieldError::new(CODE, Reason::Said("code-not-right"))];
    let secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    let show = Factor { step: Step::Show { secret, email: "dana@example.com" }, errors: &[] };
    let begin = Factor { step: Step::Begin, errors: &[] };
    vec![
        Sample::new("account-factor", render(&context(), &begin)),
        Sample::new("account-factor-errors", render(&context(), &Factor { errors: &not_right, ..begin })),
        Sample::new("account-factor-show", render(&context(), &show)),
        Sample::new("account-factor-show-errors", render(&context(), &Factor { errors: &wrong_code, ..show })),
        Sample::new("account-factor-remove", render(&context(), &Factor { step: Step::Remove, errors: &[] })),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_app_reads_whose_secret_it_is_off_the_code() {
        let address = address("Meridian", "dana+x@example.com", "JBSWY3DP");
        assert_eq!(address, "otpauth://totp/Meridian:dana%2Bx%40example.com?secret=JBSWY3DP&issuer=Meridian");
        assert_eq!(in_fours("JBSWY3DPE"), "JBSW Y3DP E");
    }
}
