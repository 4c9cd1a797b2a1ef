//! E-mail as the site sends it, to the outbox that a tester reads.

use local_harness::{Kind, Options, start};
use platform::{App, MailError};
use templates::mail::{self, Mail};
use templates::messages::Words;

#[tokio::test(flavor = "multi_thread")]
async fn a_message_arrives_in_the_outbox_as_it_was_written() {
    let running = start(Options { seed: false, ..Options::default() }).await.expect("the harness starts");
    let environment = running.environment("identify").expect("a function");
    let app = App::new(environment, running.clock().for_functions()).expect("an application");
    let to = "zoë.o'neil+home@example.com".parse().expect("an address");
    let plain = "maya@example.com".parse().expect("an address");
    let code = Mail::link_code(Words::english(), "493017");
    app.mailer.send(&plain, &code, app.clock.now()).await.expect("sent");
    let sent = running.outbox().all();
    assert_eq!((sent.len(), sent[0].kind, &*sent[0].to), (1, Kind::Mail, "maya@example.com"));
    assert_eq!((&sent[0].subject, sent[0].code.as_deref()), (&code.subject, Some("493017")));
    assert_eq!(sent[0].text.replace("\r\n", "\n"), code.text());
    assert_eq!(sent[0].html.as_deref(), Some(&*code.html()));

    let notice = Mail::notice(Words::english(), mail::Kind::PasswordChanged);
    app.mailer.send(&to, &notice, app.clock.now()).await.expect("an address beyond ASCII is one, too");
    assert_eq!(running.outbox().all().len(), 2);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_signed_by_nobody_known_is_not_sent() {
    let running = start(Options { seed: false, ..Options::default() }).await.expect("the harness starts");
    let environment = running.environment("identify").expect("a function").clone();
    let to = "maya@example.com".parse().expect("an address");
    let notice = Mail::notice(Words::english(), mail::Kind::PasswordChanged);
    let sent = async |environment| {
        let app = App::new(&environment, running.clock().for_functions()).expect("an application");
        app.mailer.send(&to, &notice, app.clock.now()).await
    };
    let refused = sent(environment.clone().with("AWS_SECRET_ACCESS_KEY", "another")).await;
    assert_eq!(refused, Err(MailError::Unavailable("SES answers 403".to_owned())));
    assert_eq!(sent(environment.with("MAIL_FROM", "")).await, Err(MailError::NotConfigured));
    assert_eq!(running.outbox().all(), []);
    running.stop().await;
}
