//! Who is asking: signing in and out, creating a sign-in and getting back into one, changing it, and asking the identity provider
//! again.

mod account;
mod flow;
mod form;
mod late;
mod opening;
mod recover;
mod sign_in;
mod sign_out;
mod sign_up;
mod staff;

use platform::Route;

/// What this function answers.
pub const ROUTES: &[Route] = &[
    Route { key: "GET /sign-in", handler: |app, request| Box::pin(sign_in::ask(app, request)) },
    Route { key: "POST /sign-in", handler: |app, request| Box::pin(sign_in::sign_in(app, request)) },
    Route { key: "GET /factor", handler: |app, request| Box::pin(sign_in::ask_factor(app, request)) },
    Route { key: "POST /factor", handler: |app, request| Box::pin(sign_in::take_factor(app, request)) },
    Route { key: "GET /sign-in/new-password", handler: |app, request| Box::pin(sign_in::ask_password(app, request)) },
    Route { key: "POST /sign-in/new-password", handler: |app, request| Box::pin(sign_in::take_password(app, request)) },
    Route { key: "GET /sign-up", handler: |app, request| Box::pin(sign_up::ask(app, request)) },
    Route { key: "POST /sign-up", handler: |app, request| Box::pin(sign_up::sign_up(app, request)) },
    Route { key: "GET /sign-up/code", handler: |app, request| Box::pin(sign_up::ask_code(app, request)) },
    Route { key: "POST /sign-up/code", handler: |app, request| Box::pin(sign_up::take_code(app, request)) },
    Route { key: "POST /sign-up/again", handler: |app, request| Box::pin(sign_up::send_again(app, request)) },
    Route { key: "GET /recover", handler: |app, request| Box::pin(recover::ask(app, request)) },
    Route { key: "POST /recover", handler: |app, request| Box::pin(recover::send(app, request)) },
    Route { key: "GET /recover/code", handler: |app, request| Box::pin(recover::ask_code(app, request)) },
    Route { key: "POST /recover/code", handler: |app, request| Box::pin(recover::take_code(app, request)) },
    Route { key: "GET /account", handler: |app, request| Box::pin(account::show(app, request)) },
    Route { key: "GET /account/password", handler: |app, request| Box::pin(account::password::ask(app, request)) },
    Route { key: "POST /account/password", handler: |app, request| Box::pin(account::password::take(app, request)) },
    Route { key: "GET /account/email", handler: |app, request| Box::pin(account::email::ask(app, request)) },
    Route { key: "POST /account/email", handler: |app, request| Box::pin(account::email::take(app, request)) },
    Route { key: "GET /account/email/code", handler: |app, request| Box::pin(account::email::ask_code(app, request)) },
    Route { key: "POST /account/email/code", handler: |app, request| Box::pin(account::email::take_code(app, request)) },
    Route { key: "GET /account/factor", handler: |app, request| Box::pin(account::factor::ask(app, request)) },
    Route { key: "POST /account/factor", handler: |app, request| Box::pin(account::factor::take(app, request)) },
    Route { key: "GET /account/factor/code", handler: |app, request| Box::pin(account::factor::ask_code(app, request)) },
    Route { key: "POST /account/factor/code", handler: |app, request| Box::pin(account::factor::take_code(app, request)) },
    Route { key: "GET /account/sessions", handler: |app, request| Box::pin(account::sessions::show(app, request)) },
    Route { key: "POST /account/sessions", handler: |app, request| Box::pin(account::sessions::end(app, request)) },
    Route { key: "GET /account/link", handler: |app, request| Box::pin(account::link::ask(app, request)) },
    Route { key: "POST /account/link", handler: |app, request| Box::pin(account::link::take(app, request)) },
    Route { key: "GET /account/link/code", handler: |app, request| Box::pin(account::link::ask_code(app, request)) },
    Route { key: "POST /account/link/code", handler: |app, request| Box::pin(account::link::take_code(app, request)) },
    Route { key: "GET /account/new", handler: |app, request| Box::pin(account::begin::ask(app, request)) },
    Route { key: "POST /account/new", handler: |app, request| Box::pin(account::begin::take(app, request)) },
    Route { key: "POST /sign-out", handler: |app, request| Box::pin(sign_out::sign_out(app, request)) },
    Route { key: "GET /signed-out", handler: |app, request| Box::pin(sign_out::farewell(app, request)) },
    Route { key: "GET /staff/sign-in", handler: |app, request| Box::pin(staff::begin(app, request)) },
    Route { key: "GET /staff/callback", handler: |app, request| Box::pin(staff::come_back(app, request)) },
    Route { key: "GET /staff/sign-out", handler: |app, request| Box::pin(staff::leave(app, request)) },
    Route { key: "GET /kept", handler: |app, request| Box::pin(late::show(app, request)) },
    Route { key: "POST /kept/discard", handler: |app, request| Box::pin(late::discard(app, request)) },
    Route { key: "GET /session/check", handler: |app, request| Box::pin(sign_out::check(app, request)) },
];
