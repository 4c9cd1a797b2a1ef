//! Starts everything in its order, and stops it.

use std::{
    collections::BTreeMap,
    io::ErrorKind,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use order_manager::catalogue::Family;
use platform::Environment;
use tokio::{net::TcpListener, task::JoinSet};

use crate::{
    HarnessClock, Outbox, Persona, StaffPersona, StartError, Storage,
    corporate::{Corporate, CorporateProvider},
    dynamodb::{self, DynamoDb},
    eventbridge::{EventBridge, Events},
    functions::{self, CREDENTIALS, Endpoints},
    gateway::{self, Gateway, Routes},
    identity::{AppClient, Identity},
    pages::Tester,
    personas,
    provisioning::{self, Driving, ProvisioningSystem},
    s3::S3,
    seed::{PARTNER_CLIENT, seed},
    server::Server,
    ses::Ses,
    staff,
    streams::{DeadLetters, Setting, Streams},
    template::{Deployment, Template, repository_template},
};

/// The app client that the provisioning system gets tokens as, where the template has one.
const PROVISIONING_CLIENT: &str = "ProvisioningClient";

/// How the harness is to run.
#[derive(Clone, Debug)]
pub struct Options {
    /// The port on the loopback address; 0 takes any free one.
    pub port: u16,
    /// Where the tables are.
    pub storage: Storage,
    /// A Cognito other than the embedded one.
    pub cognito: Option<String>,
    /// A corporate identity provider other than the embedded one; it must take the user pool's address.
    pub corporate: Option<CorporateProvider>,
    /// An S3 other than the embedded one, which has the template's buckets.
    pub s3: Option<String>,
    /// Whether what was ordered is carried out by the clock, or as a tester says.
    pub provisioning: Driving,
    /// A partner's listener on this machine, as `http://127.0.0.1:9000`: it can be registered beside those of the Internet.
    pub listener: Option<String>,
    /// A family whose orders another system carries out than all others.
    pub own_system: Option<Family>,
    /// Whether tables' streams start functions.
    pub streams: Streaming,
    /// The template to run.
    pub template: PathBuf,
    /// Parameters of the template that are other than the harness's own.
    pub parameters: BTreeMap<String, String>,
    /// Whether the personas and what is theirs are put in place.
    pub seed: bool,
    /// Whether each request is written to standard output.
    pub log: bool,
}

/// Whether tables' streams start functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Streaming {
    /// They do, as they are deployed.
    On,
    /// They don't: for whoever counts what pages do.
    Off,
}

/// As a test wants it: any port, everything in memory, the repository's template, seeded, silent, nothing happens by itself.
impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            storage: Storage::default(),
            cognito: None,
            corporate: None,
            s3: None,
            provisioning: Driving::ByHand,
            listener: None,
            own_system: None,
            streams: Streaming::On,
            template: repository_template(),
            parameters: BTreeMap::new(),
            seed: true,
            log: false,
        }
    }
}

/// A running harness. It stops when told to or when it is dropped; on its own only [`Running::stop`] waits for the end.
pub struct Running {
    site: Server,
    dynamodb: DynamoDb,
    identity: Identity,
    corporate: Option<Server>,
    s3: S3,
    ses: Ses,
    eventbridge: EventBridge,
    events: Events,
    clock: HarnessClock,
    outbox: Outbox,
    dead_letters: DeadLetters,
    provisioning: (provisioning::Running, ProvisioningSystem),
    own_provisioning: Option<(provisioning::Running, ProvisioningSystem)>,
    streams: Streams,
    personas: Vec<Persona>,
    environments: BTreeMap<String, Environment>,
    whole_environment: Environment,
    starts: BTreeMap<String, Arc<AtomicUsize>>,
}

/// Starts the harness; it answers by the time this returns. The calling runtime carries it.
///
/// # Errors
/// When something that it needs is taken, missing or wrong; the error says what to do.
pub async fn start(options: Options) -> Result<Running, StartError> {
    let (clock, outbox) = (HarnessClock::default(), Outbox::default());
    let listener = listen(options.port).await?;
    let address = listener.local_addr().map_err(|error| port_error(options.port, &error))?;
    let origin = format!("http://{address}");

    let template = Template::read(&options.template)?;
    let corporate = Corporate::bind(options.corporate.clone()).await?;
    let provisioning = provisioning::Running::start(&origin, options.provisioning, &clock).await?;
    let mut deployment = deployment(&origin, &provisioning.0.address());
    let own_provisioning = match options.own_system {
        Some(family) => {
            let system = provisioning::Running::start(&origin, options.provisioning, &clock).await?;
            deployment.parameters.insert("ProvisioningUrls".to_owned(), format!("{}={}", family.slug(), system.0.address()));
            Some(system)
        }
        None => None,
    };
    corporate.give(&mut deployment);
    deployment.parameters.extend(options.parameters.clone());
    let refusals = template.refusals(&deployment)?;
    if !refusals.is_empty() {
        return Err(StartError::Refused(refusals));
    }
    let identity = Identity::start(options.cognito.as_deref(), template.user_pools(&deployment)?, &clock, &outbox).await?;
    let tokens = format!("{}/oauth2/token", identity.hosted());
    if let Some(client) = identity.app_client(PROVISIONING_CLIENT) {
        for (_, system) in std::iter::once(&provisioning).chain(&own_provisioning) {
            system.get_tokens(client.clone(), tokens.clone());
        }
    }
    deployment.ids = identity.ids();
    let corporate = corporate.start(&identity.hosted(), &clock)?;
    let wiring = template.wiring(&deployment)?;
    let routes = Routes::new(&wiring.routes).map_err(|(key, reason)| StartError::Route { key, reason })?;

    let dynamodb = DynamoDb::start(&options.storage, &clock).await?;
    dynamodb::create(&dynamodb.endpoint(), &wiring.tables).await?;

    let s3 = S3::start(options.s3.as_deref(), wiring.buckets.clone(), options.storage.files().as_deref(), CREDENTIALS).await?;

    let ses = Ses::start(&outbox, &clock).await?;
    let (events, dead_letters) = (Events::default(), DeadLetters::default());
    let eventbridge = EventBridge::start(wiring.rules.clone(), &events, &dead_letters, &clock).await?;

    let endpoints = Endpoints {
        dynamodb: dynamodb.endpoint(),
        cognito: identity.endpoint(),
        hosted: identity.hosted(),
        s3: s3.endpoint(),
        ses: ses.endpoint(),
        eventbridge: eventbridge.endpoint(),
        listener: options.listener.unwrap_or_default(),
    };
    let environments = functions::environments(&wiring, &endpoints);
    let whole_environment = functions::whole_environment(&wiring, &endpoints);
    let functions = functions::mount(&wiring, &environments, &clock)?;
    let machines = functions::mount_machines(&environments, &clock)?;

    let mut personas = personas();
    if options.seed {
        let app =
            platform::App::new(&whole_environment, clock.for_functions()).map_err(|error| StartError::Seed(error.to_string()))?;
        seed(&identity, &mut personas, &app).await?;
    }
    // As each function does in its own INIT, and after the seeds, which it may read.
    let apps = functions.values().map(|mounted| mounted.app.clone()).chain(machines.values().map(|mounted| mounted.app.clone()));
    let mut warming: JoinSet<()> = apps.map(|app| async move { app.warm().await }).collect();
    while warming.join_next().await.is_some() {}

    let setting = Setting {
        endpoint: endpoints.dynamodb,
        folder: options.storage.folder(),
        letters: dead_letters.clone(),
        clock: clock.clone(),
    };
    eventbridge.mount(&machines);
    let read = if options.streams == Streaming::On { &wiring.streams[..] } else { &[] };
    let streams = Streams::start(read, &machines, &setting);

    let tester = Tester {
        origin,
        personas: personas.clone(),
        routes: wiring.routes,
        clock: clock.clone(),
        outbox: outbox.clone(),
        dead_letters: dead_letters.clone(),
        provisioning: provisioning.1.clone(),
        events: events.clone(),
        key_ring: identity.key_ring(),
        partner: identity.app_client(PARTNER_CLIENT),
        tokens,
    };
    let gateway = Arc::new(Gateway { routes, functions, clock: clock.clone(), tester, log: options.log });
    let site = Server::start(listener, move |request, peer| gateway::answer(gateway.clone(), request, peer))
        .map_err(|error| port_error(options.port, &error))?;
    Ok(Running {
        site,
        dynamodb,
        identity,
        corporate,
        s3,
        ses,
        eventbridge,
        events,
        clock,
        outbox,
        dead_letters,
        provisioning,
        own_provisioning,
        streams,
        personas,
        environments,
        whole_environment,
        starts: machines.into_iter().map(|(name, machine)| (name, machine.starts)).collect(),
    })
}

impl Running {
    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.site.address()
    }

    /// Scheme and host as a browser sees them, and as the functions are told.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("http://{}", self.address())
    }

    /// Where the tables are.
    #[must_use]
    pub fn dynamodb_endpoint(&self) -> String {
        self.dynamodb.endpoint()
    }

    /// Where the files are.
    #[must_use]
    pub fn s3_endpoint(&self) -> String {
        self.s3.endpoint()
    }

    /// Where the user pool is.
    #[must_use]
    pub fn cognito_endpoint(&self) -> String {
        self.identity.endpoint()
    }

    /// Who can sign in.
    #[must_use]
    pub fn personas(&self) -> &[Persona] {
        &self.personas
    }

    /// Those of the company who can sign in.
    #[must_use]
    pub fn staff(&self) -> Vec<StaffPersona> {
        staff()
    }

    /// Where the user pool's own domain is: scheme and host.
    #[must_use]
    pub fn hosted_origin(&self) -> String {
        self.identity.hosted()
    }

    /// An app client of the template, by its logical id.
    #[must_use]
    pub fn app_client(&self, logical_id: &str) -> Option<AppClient> {
        self.identity.app_client(logical_id)
    }

    /// The clock that everything here goes by.
    #[must_use]
    pub fn clock(&self) -> &HarnessClock {
        &self.clock
    }

    /// What was sent to people.
    #[must_use]
    pub fn outbox(&self) -> &Outbox {
        &self.outbox
    }

    /// What was published.
    #[must_use]
    pub fn events(&self) -> &Events {
        &self.events
    }

    /// What functions that a stream starts would not take.
    #[must_use]
    pub fn dead_letters(&self) -> &DeadLetters {
        &self.dead_letters
    }

    /// The system that carries orders out.
    #[must_use]
    pub const fn provisioning(&self) -> &ProvisioningSystem {
        &self.provisioning.1
    }

    /// The system that carries out the orders of one family alone, where there is one.
    #[must_use]
    pub fn own_provisioning(&self) -> Option<&ProvisioningSystem> {
        self.own_provisioning.as_ref().map(|(_, system)| system)
    }

    /// The environment of a function, by its handler name.
    #[must_use]
    pub fn environment(&self, function: &str) -> Option<&Environment> {
        self.environments.get(function)
    }

    /// Everything that any function is told, for whoever must see every table.
    #[must_use]
    pub fn whole_environment(&self) -> &Environment {
        &self.whole_environment
    }

    /// How often streams and events have started a function, by its handler name.
    #[must_use]
    pub fn starts(&self, function: &str) -> usize {
        self.starts.get(function).map_or(0, |starts| starts.load(Ordering::Relaxed))
    }

    /// Stops: first the site, then what it stands on.
    pub async fn stop(self) {
        self.site.stop().await;
        self.provisioning.0.stop().await;
        if let Some((running, _)) = self.own_provisioning {
            running.stop().await;
        }
        self.streams.stop().await;
        self.eventbridge.stop().await;
        self.identity.stop().await;
        if let Some(corporate) = self.corporate {
            corporate.stop().await;
        }
        self.s3.stop().await;
        self.ses.stop().await;
        self.dynamodb.stop().await;
    }
}

/// What this deployment says of itself: where the site is and where orders are carried out, that staff sign in, and that there is a
/// partner.
fn deployment(origin: &str, provisioning: &str) -> Deployment {
    let parameters = [
        ("SiteUrl", origin),
        ("SignInDomain", "local-harness"),
        ("TryOutPartner", "yes"),
        ("ProvisioningUrl", provisioning),
        ("ProvisioningKey", provisioning::KEY),
    ];
    let parameters = parameters.map(|(name, value)| (name.to_owned(), value.to_owned()));
    Deployment { parameters: parameters.into(), ..Deployment::default() }
}

async fn listen(port: u16) -> Result<TcpListener, StartError> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(|error| port_error(port, &error))
}

fn port_error(port: u16, error: &std::io::Error) -> StartError {
    match error.kind() {
        ErrorKind::AddrInUse => StartError::PortTaken(port),
        _ => StartError::Port { port, reason: error.to_string() },
    }
}
