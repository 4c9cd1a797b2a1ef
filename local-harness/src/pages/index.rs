//! The one page that shows everything.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::Tester;
use crate::personas::staff;
use crate::provisioning::ACTS;

/// Its own few rules: the site's stylesheet is the site's.
const STYLE: &str = "body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}\
h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2.5rem}table{border-collapse:collapse;width:100%}\
th,td{text-align:left;padding:.3rem 1rem .3rem 0;border-bottom:1px solid #ddd;vertical-align:top;overflow-wrap:anywhere}\
form{display:inline-block;margin:0 1.5rem .5rem 0}input,button{font:inherit}input[type=number]{width:8rem}nav a{margin-right:1rem}";

pub(super) fn page(tester: &Tester) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Local harness" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    h1 { "Local harness" }
                    p { "The whole site on this machine, as its template describes it: " a href="/" { (tester.origin) } "." }
                    nav aria-label="Sections" {
                        a href="#personas" { "Personas" }
                        a href="#clock" { "Clock" }
                        a href="#outbox" { "Outbox" }
                        a href="#provisioning" { "Provisioning" }
                        a href="/_harness/events.json" { "Events" }
                        a href="#dead-letters" { "Dead letters" }
                        a href="#routes" { "Routes" }
                    }
                    (personas(tester))
                    (company())
                    (clock(tester))
                    (outbox(tester))
                    (provisioning(tester))
                    (dead_letters(tester))
                    (routes(tester))
                }
            }
        }
    }
}

fn heading(id: &str, title: &str) -> Markup {
    html! { h2 id=(id) { (title) } p { a href={ "/_harness/" (id) ".json" } { "As JSON" } } }
}

fn personas(tester: &Tester) -> Markup {
    html! {
        (heading("personas", "Personas"))
        table {
            thead { tr { @for title in ["Name", "Role", "E-mail", "Password", "Customer"] { th scope="col" { (title) } } } }
            tbody {
                @for persona in &tester.personas {
                    tr {
                        th scope="row" { (persona.name) }
                        td { (persona.role) }
                        td { (persona.email) }
                        td { code { (persona.password) } }
                        td { a href={ "/customers/" (persona.customer) } { (persona.customer) } }
                    }
                }
            }
        }
    }
}

/// They sign in at the corporate provider, so that no account of a customer is theirs.
fn company() -> Markup {
    html! {
        h3 { "Staff" }
        table {
            thead { tr { @for title in ["Name", "Role", "E-mail", "Password", "Groups"] { th scope="col" { (title) } } } }
            tbody {
                @for persona in staff() {
                    tr {
                        th scope="row" { (persona.name) }
                        td { (persona.role) }
                        td { (persona.email) }
                        td { code { (persona.password) } }
                        td { (persona.groups.join(", ")) }
                    }
                }
            }
        }
    }
}

fn clock(tester: &Tester) -> Markup {
    let reading = tester.clock.read();
    html! {
        (heading("clock", "Clock"))
        p { "It is " time { (reading.now.strftime("%Y-%m-%d %H:%M:%S UTC")) } @if reading.fixed { ", and stays so" } "." }
        form method="post" action="/_harness/clock" {
            label { "Advance by seconds " input type="number" name="advance_seconds" value="1800" required; }
            " " button { "Advance" }
        }
        form method="post" action="/_harness/clock" {
            label { "Hold at (UTC) " input type="datetime-local" name="set" value=(reading.now.strftime("%Y-%m-%dT%H:%M")) required; }
            " " button { "Hold" }
        }
        form method="post" action="/_harness/clock" { button name="real" value="true" { "Back to real time" } }
    }
}

/// The newest first: that is the one a tester waits for.
fn outbox(tester: &Tester) -> Markup {
    let sent = tester.outbox.all();
    html! {
        (heading("outbox", "Outbox"))
        @if sent.is_empty() {
            p { "Nothing has been sent." }
        } @else {
            table {
                thead { tr { @for title in ["When", "To", "Subject", "Text"] { th scope="col" { (title) } } } }
                tbody {
                    @for sent in sent.iter().rev() {
                        tr {
                            td { time { (sent.at.strftime("%H:%M:%S")) } }
                            td { (sent.to) }
                            td { (sent.subject) @if let Some(code) = &sent.code { " " code { (code) } } }
                            td { (sent.text) }
                        }
                    }
                }
            }
        }
    }
}

/// What is being carried out, and what a tester can have done about it.
fn provisioning(tester: &Tester) -> Markup {
    let shown = tester.provisioning.shown();
    let acts = |order: &str| {
        html! {
            form method="post" action="/_harness/provisioning" {
                input type="hidden" name="order" value=(order);
                select name="do" aria-label="What to do" { @for (act, about) in ACTS { option value=(act) { (act) " \u{2013} " (about) } } }
                " " label { "Text " input name="text"; }
                " " label { "Kind " input name="kind" size="9"; }
                " " label { "Field " input name="field" size="9"; }
                " " label { "Amount " input name="amount" size="7"; }
                " " button { "Do it" }
            }
        }
    };
    html! {
        (heading("provisioning", "Provisioning"))
        p {
            "The system goes " (if shown.automatic { "by the clock" } else { "by hand" }) ", and "
            (if shown.down { "answers nothing" } else { "answers" }) "."
        }
        form method="post" action="/_harness/provisioning" {
            @for act in ["automatic", "by-hand", "down", "up", "refuse"] { button name="do" value=(act) { (act) } " " }
        }
        @for order in shown.service_orders.iter().rev() {
            p {
                b { (order.id) } " " (order.state) " \u{00b7} " (order.content["category"].as_str().unwrap_or_default())
                " \u{00b7} " (order.content["description"].as_str().unwrap_or_default())
                @if let Some(day) = order.day { " \u{00b7} " (day) }
                @if !order.to_come.is_empty() { " \u{00b7} to come: " (order.to_come.join(", ")) }
                br;
                (acts(&order.external_id))
            }
        }
    }
}

/// What functions that a stream starts were handed as often as the template says, and never took.
fn dead_letters(tester: &Tester) -> Markup {
    let letters = tester.dead_letters.all();
    html! {
        (heading("dead-letters", "Dead letters"))
        @if letters.is_empty() {
            p { "There are none." }
        } @else {
            table {
                thead { tr { @for title in ["When", "Function", "Queue", "Changes"] { th scope="col" { (title) } } } }
                tbody {
                    @for letter in letters.iter().rev() {
                        tr {
                            td { time { (letter.at.strftime("%H:%M:%S")) } }
                            td { (letter.function) }
                            td { (letter.queue.as_deref().unwrap_or("none")) }
                            td { (letter.records.len()) }
                        }
                    }
                }
            }
        }
    }
}

fn routes(tester: &Tester) -> Markup {
    html! {
        (heading("routes", "Routes"))
        table {
            thead { tr { th scope="col" { "Route" } th scope="col" { "Function" } } }
            tbody { @for route in &tester.routes { tr { td { code { (route.key) } } td { (route.function) } } } }
        }
    }
}
