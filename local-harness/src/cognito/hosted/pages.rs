//! The pages of the domain, which people see only when a client leaves the choice to them, or makes a mistake.

use http::StatusCode;
use maud::{DOCTYPE, Markup, html};

use crate::{gateway::reply, server::Reply, template::UserPoolClientSpec};

/// Whether the page is shown anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attempt {
    First,
    /// It was refused.
    Again,
}

/// The page where one signs in or chooses where to.
pub(super) fn sign_in(client: &UserPoolClientSpec, query: &str, attempt: Attempt) -> Reply {
    let page = page(
        "Sign in",
        &html! {
            @if attempt == Attempt::Again { p role="alert" { "Incorrect username or password." } }
            @for provider in &client.hosted.providers {
                @if provider == "COGNITO" {
                    form method="post" action={ "/login?" (query) } {
                        p { label { "E-mail " input name="username" autocomplete="username" required; } }
                        p { label { "Password " input name="password" type="password" autocomplete="current-password" required; } }
                        p { button { "Sign in" } }
                    }
                } @else {
                    p { a href={ "/oauth2/authorize?" (query) "&identity_provider=" (provider) } { "Sign in with " (provider) } }
                }
            }
        },
    );
    let status = if attempt == Attempt::First { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    reply::typed(status, "text/html; charset=utf-8", page.into_string())
}

/// Says what is wrong with a request whose sender cannot be told otherwise.
pub(super) fn error(error: &str) -> Reply {
    let page =
        page("An error was encountered", &html! { p { "An error was encountered with the requested page: " code { (error) } } });
    reply::typed(StatusCode::BAD_REQUEST, "text/html; charset=utf-8", page.into_string())
}

fn page(title: &str, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " (local harness)" }
            }
            body { main { h1 { (title) } (content) } }
        }
    }
}
