//! The page where staff sign in.

use maud::{DOCTYPE, Markup, html};

use crate::StaffPersona;

/// Whether the page is shown anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attempt {
    First,
    /// The password was wrong.
    Again,
}

pub(super) fn sign_in(staff: &[StaffPersona], question: &str, attempt: Attempt) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Corporate sign-in (local harness)" }
            }
            body {
                main {
                    h1 { "Corporate sign-in" }
                    p { "This stands for the company's own identity provider. " }
                    @if attempt == Attempt::Again { p role="alert" { "That is not the password." } }
                    form method="post" action="/authorize" {
                        input type="hidden" name="question" value=(question);
                        p {
                            label for="employee" { "Who you are" } " "
                            select id="employee" name="employee" {
                                @for person in staff { option value=(person.employee) { (person.name) " – " (person.role) } }
                            }
                        }
                        p {
                            label for="password" { "Password" } " "
                            input id="password" name="password" type="password" autocomplete="current-password" required;
                        }
                        p { button { "Sign in" } }
                    }
                    table {
                        caption { "Passwords" }
                        tbody { @for person in staff { tr { th scope="row" { (person.name) } td { code { (person.password) } } } } }
                    }
                }
            }
        }
    }
}
