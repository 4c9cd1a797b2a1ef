//! The programs beside which the harness's own are held, started once for all tests.

use std::env;
use std::io::Write as _;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::thread::sleep;
use std::time::Duration;

use local_harness::CorporateProvider;

/// MiniStack's address, when there is one.
pub(crate) fn ministack() -> Option<String> {
    static RUNNING: OnceLock<Option<(Child, String)>> = OnceLock::new();
    let running = RUNNING.get_or_init(|| {
        let home = home("MINISTACK_HOME", "MiniStack", "bin/ministack")?;
        let port = free_port();
        let settings = [
            ("AUTH", "true"),
            ("IOT_MTLS_ENABLED", "0"),
            ("SFTP_ENABLED", "0"),
            ("BIND_HOST", "127.0.0.1"),
            ("GATEWAY_PORT", &port.to_string()),
        ];
        let child = start(&format!("'{}'", home.join("bin/ministack").display()), &settings);
        Some((child, listening("MiniStack", port)))
    });
    running.as_ref().map(|(_, address)| address.clone())
}

/// `oidc-provider` as the company's identity provider, when there is one.
pub(crate) fn oidc_provider() -> Option<CorporateProvider> {
    static RUNNING: OnceLock<Option<(Child, String)>> = OnceLock::new();
    let running = RUNNING.get_or_init(|| {
        let home = home("OIDC_PROVIDER_HOME", "oidc-provider", "node_modules/oidc-provider/package.json")?;
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("corporate.mjs");
        let port = free_port();
        let child = start(&format!("node '{}' {port}", script.display()), &[("OIDC_PROVIDER_HOME", &home.display().to_string())]);
        Some((child, listening("oidc-provider", port)))
    });
    running.as_ref().map(|(_, address)| CorporateProvider {
        issuer: address.clone(),
        client_id: "user-pool".to_owned(),
        client_secret: "what-only-the-user-pool-knows".to_owned(),
    })
}

/// The folder that a variable names, if what is needed is there.
fn home(variable: &str, what: &str, needed: &str) -> Option<PathBuf> {
    let folder = env::var_os(variable).filter(|folder| !folder.is_empty()).map(PathBuf::from);
    let why = match folder {
        Some(folder) if folder.join(needed).exists() => return Some(folder),
        Some(folder) => format!("there is no {needed} in {}", folder.display()),
        None => format!("{variable} is not set"),
    };
    // Past the test runner's capture: what was not tested must be seen.
    let _ = writeln!(std::io::stderr(), "\nSKIPPED: the contract of identity on {what}: {why}\n");
    None
}

/// The shell ends the program when its own input ends, which is when this process does, however it does.
fn start(command: &str, settings: &[(&str, &str)]) -> Child {
    let script = format!("{command} >/dev/null 2>&1 </dev/null & program=$!; cat >/dev/null; kill $program");
    let mut shell = Command::new("sh");
    shell.args(["-c", &script]).envs(settings.iter().copied()).stdin(Stdio::piped()).stdout(Stdio::null());
    shell.spawn().expect("a shell")
}

fn listening(what: &str, port: u16) -> String {
    let listens = (0..600).any(|_| {
        sleep(Duration::from_millis(100));
        TcpStream::connect(("127.0.0.1", port)).is_ok()
    });
    assert!(listens, "{what} did not start within a minute");
    format!("http://localhost:{port}")
}

fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr()).expect("a port").port()
}
