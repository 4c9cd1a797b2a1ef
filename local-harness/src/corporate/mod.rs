//! The company's own identity provider (OpenID Connect), where staff sign in: a stand-in for whatever a company has. It is on an
//! origin of its own, as a real one is, and asks for the password each time.

mod pages;
mod protocol;

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use tokio::net::TcpListener;

use crate::{HarnessClock, StaffPersona, StartError, cognito::Keys, personas::staff, server::Server, template::Deployment};
use protocol::{Grant, Question};

/// What the user pool is registered as.
const CLIENT_ID: &str = "user-pool";
const CLIENT_SECRET: &str = "what-only-the-user-pool-knows";
/// The ARN that the secret goes by here.
const SECRET: &str = "arn:aws:secretsmanager:us-east-1:000000000000:secret:corporate";

/// A corporate identity provider as a user pool is told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorporateProvider {
    /// Where it says what it is.
    pub issuer: String,
    /// What the user pool is registered as there.
    pub client_id: String,
    /// What the user pool proves itself with there.
    pub client_secret: String,
}

/// The provider before it answers: its address is known, so that the user pool can be told of it.
#[derive(Debug)]
pub(crate) struct Corporate {
    told: CorporateProvider,
    /// Where it is to answer; nowhere, when somebody else's does.
    listener: Option<TcpListener>,
}

/// What it knows.
#[derive(Debug)]
struct Provider {
    issuer: String,
    /// The one address that it sends people back to.
    callback: String,
    staff: Vec<StaffPersona>,
    keys: Keys,
    clock: HarnessClock,
    /// Questions that wait for somebody to sign in, by what the page's form carries.
    questions: Mutex<BTreeMap<String, Question>>,
    /// Codes that were not changed for tokens yet.
    grants: Mutex<BTreeMap<String, Grant>>,
}

impl Corporate {
    /// Takes an address, or goes by a provider that is there. The address is called `localhost`, so that for a browser it is
    /// another site than the one under test.
    pub(crate) async fn bind(elsewhere: Option<CorporateProvider>) -> Result<Self, StartError> {
        if let Some(told) = elsewhere {
            return Ok(Self { told, listener: None });
        }
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(|error| failed(&error))?;
        let port = listener.local_addr().map_err(|error| failed(&error))?.port();
        let told = CorporateProvider {
            issuer: format!("http://localhost:{port}"),
            client_id: CLIENT_ID.to_owned(),
            client_secret: CLIENT_SECRET.to_owned(),
        };
        Ok(Self { told, listener: Some(listener) })
    }

    /// Gives a deployment this provider.
    pub(crate) fn give(&self, deployment: &mut Deployment) {
        let CorporateProvider { issuer, client_id, .. } = &self.told;
        let parameters =
            [("CorporateOidcIssuer", &**issuer), ("CorporateOidcClientId", client_id), ("CorporateOidcSecret", SECRET)];
        deployment.parameters.extend(parameters.map(|(name, value)| (name.to_owned(), value.to_owned())));
        deployment.secrets.insert((SECRET.to_owned(), "client_secret".to_owned()), self.told.client_secret.clone());
    }

    /// Answers, for the user pool at `hosted`.
    pub(crate) fn start(self, hosted: &str, clock: &HarnessClock) -> Result<Option<Server>, StartError> {
        let Some(listener) = self.listener else { return Ok(None) };
        let provider = Arc::new(Provider {
            issuer: self.told.issuer,
            callback: format!("{hosted}/oauth2/idpresponse"),
            staff: staff(),
            keys: Keys::begin(),
            clock: clock.clone(),
            questions: Mutex::default(),
            grants: Mutex::default(),
        });
        let server = Server::start(listener, move |request, _| protocol::answer(provider.clone(), request));
        server.map(Some).map_err(|error| failed(&error))
    }
}

fn failed(error: &std::io::Error) -> StartError {
    StartError::Cognito(format!("the corporate identity provider cannot start: {error}"))
}
