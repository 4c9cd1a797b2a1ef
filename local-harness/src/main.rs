//! `cargo run -p local-harness`: the whole site on this machine, until Ctrl-C.

use std::{
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::Parser;
use local_harness::{Driving, Options, Persona, Running, StaffPersona, Storage, start};
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// The whole site on this machine.
#[derive(Parser)]
#[command(name = "local-harness")]
struct Arguments {
    /// Port to listen on, on this machine only; 0 takes any free one
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Folder to keep the tables and files in (otherwise they end with the harness)
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// `embedded`, `local` (the real DynamoDB Local, from DYNAMODB_LOCAL_HOME), or the address of another
    #[arg(long, value_name = "embedded|local|URL", default_value = "embedded", value_parser = dynamodb)]
    dynamodb: DynamoDbChoice,
    /// Address of a Cognito other than the embedded one; the user pool is made there
    #[arg(long, value_name = "URL", value_parser = url)]
    cognito: Option<String>,
    /// Address of an S3 other than the embedded one; the template's buckets must be there
    #[arg(long, value_name = "URL", value_parser = url)]
    s3: Option<String>,
    /// A partner's listener on this machine, as http://127.0.0.1:9000; others are called on the Internet only
    #[arg(long, value_name = "URL", value_parser = url)]
    listener: Option<String>,
}

#[derive(Clone)]
enum DynamoDbChoice {
    Embedded,
    Local,
    Url(String),
}

#[tokio::main]
async fn main() -> ExitCode {
    // The embedded engine warns of every condition that does not hold, and conditions are how the site finds out.
    let said = Targets::new().with_default(LevelFilter::WARN).with_target("dynoxide", LevelFilter::ERROR);
    tracing_subscriber::registry().with(fmt::layer().with_writer(io::stderr)).with(said).init();
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            // Without a standard error there is nobody to tell.
            let _ = writeln!(io::stderr(), "local-harness: {reason}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let storage = match (arguments.dynamodb, arguments.data) {
        (DynamoDbChoice::Embedded, None) => Storage::Memory,
        (DynamoDbChoice::Embedded, Some(folder)) => Storage::Data(folder),
        (DynamoDbChoice::Local, None) => Storage::DynamoDbLocal,
        (DynamoDbChoice::Url(url), None) => Storage::Url(url),
        (_, Some(_)) => {
            return Err("--data keeps the embedded store's tables; it does not go with another --dynamodb".into());
        }
    };
    // Before anything starts, so that nothing is left over when the signal comes early.
    let (mut interrupted, mut terminated) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let starting = start(Options {
        port: arguments.port,
        storage,
        cognito: arguments.cognito,
        s3: arguments.s3,
        listener: arguments.listener,
        provisioning: Driving::Automatic,
        log: true,
        ..Options::default()
    });
    let running = tokio::select! {
        running = starting => running?,
        _ = interrupted.recv() => return Ok(()),
        _ = terminated.recv() => return Ok(()),
    };
    greet(&mut io::stdout().lock(), &running)?;
    tokio::select! {
        _ = interrupted.recv() => {}
        _ = terminated.recv() => {}
    }
    running.stop().await;
    Ok(())
}

/// Says where the site is and who one can be.
fn greet(out: &mut impl Write, running: &Running) -> io::Result<()> {
    let (origin, tables) = (running.origin(), running.dynamodb_endpoint());
    writeln!(out, "\nThe site          {origin}/\nTester's pages    {origin}/_harness/\nTables            {tables}\n")?;
    let width = |of: fn(&Persona) -> &str| running.personas().iter().map(|persona| of(persona).len()).max().unwrap_or_default();
    let (name, email, password) =
        (width(|persona| persona.name), width(|persona| persona.email), width(|persona| persona.password));
    for persona in running.personas() {
        let Persona { name: who, email: address, password: secret, role, .. } = persona;
        writeln!(out, "{who:name$}    {address:email$}    {secret:password$}    {role}")?;
        if let Some(secret) = persona.totp_secret {
            writeln!(out, "{:name$}    the authenticator's secret is {secret}", "")?;
        }
    }
    writeln!(out, "\nStaff, who sign in at the corporate identity provider\n")?;
    for StaffPersona { name: who, email: address, password: secret, role, .. } in running.staff() {
        writeln!(out, "{who:name$}    {address:email$}    {secret:password$}    {role}")?;
    }
    writeln!(out, "\nCtrl-C stops it.\n")?;
    out.flush()
}

fn dynamodb(text: &str) -> Result<DynamoDbChoice, String> {
    match text {
        "embedded" => Ok(DynamoDbChoice::Embedded),
        "local" => Ok(DynamoDbChoice::Local),
        other => {
            url(other).map(DynamoDbChoice::Url).map_err(|reason| format!("it is `embedded`, `local` or an address, and {reason}"))
        }
    }
}

fn url(text: &str) -> Result<String, String> {
    let good = text.strip_prefix("http://").or(text.strip_prefix("https://")).is_some_and(|rest| !rest.is_empty());
    if good { Ok(text.to_owned()) } else { Err("an address begins with http:// or https://".to_owned()) }
}
