//! The stack as `sam` builds and deploys it, in MiniStack with roles enforced.

use std::env;
use std::io::Write as _;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;
use tests::browser::Browser;

/// What it is called.
const STACK: &str = "order-manager-tried";
/// Building takes longest, and this long when everything is to be built.
const LONGEST_COMMAND: Duration = Duration::from_secs(25 * 60);

/// Where the programs are that this needs, and the emulator with the stack in it.
pub(crate) struct Stack {
    sam: PathBuf,
    port: u16,
    folder: TempDir,
    emulator: Child,
    corporate: Option<(Child, String)>,
    pub(crate) outputs: Value,
}

/// The folder that a variable names, if what is needed is there; says what is not tested where it is not.
fn home(variable: &str, needed: &str) -> Option<PathBuf> {
    let folder = env::var_os(variable).filter(|folder| !folder.is_empty()).map(PathBuf::from);
    match folder {
        Some(folder) if folder.join(needed).exists() => Some(folder),
        folder => {
            // Past the test runner's capture: what was not tested must be seen.
            let _ = writeln!(std::io::stderr(), "\nSKIPPED: the deployment: {variable} is {folder:?}, without {needed}\n");
            None
        }
    }
}

fn repository() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr()).expect("a port").port()
}

/// The shell ends the program when its own input ends, which is when this process does, however it does.
fn kept_running(command: &str, settings: &[(&str, &str)], port: u16) -> Child {
    let script = format!("{command} >/dev/null 2>&1 </dev/null & program=$!; cat >/dev/null; kill $program");
    let mut shell = Command::new("sh");
    let shell = shell.args(["-c", &script]).envs(settings.iter().copied()).stdin(Stdio::piped()).stdout(Stdio::null());
    let child = shell.spawn().expect("a shell");
    let listens = (0..600).any(|_| {
        sleep(Duration::from_millis(100));
        TcpStream::connect(("127.0.0.1", port)).is_ok()
    });
    assert!(listens, "`{command}` did not start within a minute");
    child
}

impl Stack {
    /// Builds and deploys it with some parameters more, where all is there that this needs.
    pub(crate) fn deployed(more: &[(&str, &str)]) -> Option<Self> {
        let ministack = home("MINISTACK_HOME", "bin/ministack")?;
        let sam = home("SAM_HOME", "bin/sam")?;
        let port = free_port();
        let endpoint = format!("http://127.0.0.1:{port}");
        let settings = [
            ("AUTH", "true"),
            ("IOT_MTLS_ENABLED", "0"),
            ("SFTP_ENABLED", "0"),
            ("BIND_HOST", "127.0.0.1"),
            ("GATEWAY_PORT", &port.to_string()),
            ("AWS_ENDPOINT_URL", &endpoint),
        ];
        let emulator = kept_running(&format!("'{}'", ministack.join("bin/ministack").display()), &settings, port);
        let folder = tempfile::tempdir().expect("a folder");
        let mut stack = Self { sam, port, folder, emulator, corporate: None, outputs: Value::Null };
        let built = stack.folder.path().join("build").display().to_string();
        let template = repository().join("infra/template.yaml").display().to_string();
        stack.sam(&["build", "--beta-features", "--template-file", &template, "--build-dir", &built]);
        let parameters = ["EnvName=test", "Protect=no", "LogRetentionDays=7", "ThreatProtection=off"];
        let deploy = ["deploy", "--template-file", &format!("{built}/template.yaml"), "--stack-name", STACK];
        let how = ["--resolve-s3", "--capabilities", "CAPABILITY_IAM", "--no-confirm-changeset", "--parameter-overrides"];
        let more: Vec<_> = more.iter().map(|(name, value)| format!("{name}=\"{value}\"")).collect();
        let more: Vec<_> = more.iter().map(String::as_str).collect();
        stack.sam(&[&deploy[..], &how, &parameters, &more].concat());
        stack.outputs = serde_json::from_str(&stack.aws(&["outputs", STACK])).expect("outputs");
        stack.aws(&["pool", STACK]);
        Some(stack)
    }

    /// Runs a command to its end, and gives what it says.
    fn run(&self, command: &mut Command) -> String {
        let path = env::var_os("PATH").unwrap_or_default();
        let path = env::join_paths([self.sam.join("bin")].into_iter().chain(env::split_paths(&path))).expect("a path");
        let log = self.folder.path().join("log");
        let (out, errors) =
            (std::fs::File::create(&log).expect("a file"), std::fs::File::create(log.with_extension("err")).expect("a file"));
        let named = format!("{command:?}");
        let command = command.current_dir(repository()).env("PATH", path).stdin(Stdio::null()).stdout(out).stderr(errors);
        let begun = Instant::now();
        let mut child = command.envs(self.settings()).spawn().expect("it starts");
        let status = loop {
            match child.try_wait().expect("its status") {
                Some(status) => break status,
                None if begun.elapsed() > LONGEST_COMMAND => {
                    let _ = child.kill();
                    panic!("{named} takes too long");
                }
                None => sleep(Duration::from_millis(100)),
            }
        };
        let said = |path: &Path| String::from_utf8_lossy(&std::fs::read(path).unwrap_or_default()).into_owned();
        assert!(status.success(), "{named}: {}\n{}", said(&log), said(&log.with_extension("err")));
        said(&log)
    }

    fn settings(&self) -> [(&'static str, String); 7] {
        [
            ("AWS_ENDPOINT_URL", format!("http://127.0.0.1:{}", self.port)),
            ("AWS_DEFAULT_REGION", "us-east-1".to_owned()),
            ("AWS_ACCESS_KEY_ID", "test".to_owned()),
            ("AWS_SECRET_ACCESS_KEY", "test".to_owned()),
            ("SAM_CLI_TELEMETRY", "0".to_owned()),
            // A link of everything at once takes many minutes, and changes nothing but the size.
            ("CARGO_PROFILE_RELEASE_LTO", "off".to_owned()),
            ("CARGO_INCREMENTAL", "0".to_owned()),
        ]
    }

    fn sam(&self, arguments: &[&str]) -> String {
        self.run(Command::new(self.sam.join("bin/sam")).args(arguments))
    }

    /// What `aws.py` says.
    pub(crate) fn aws(&self, arguments: &[&str]) -> String {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/aws.py");
        self.run(Command::new(self.sam.join("bin/python")).arg(script).args(arguments))
    }

    /// Runs the operator's tool on a table of the stack's, and gives what it says.
    pub(crate) fn iom(&self, arguments: &[&str], table: &str) -> String {
        let endpoint = format!("http://127.0.0.1:{}", self.port);
        let run = ["run", "--quiet", "--locked", "-p", "iom", "--"];
        let mut command = Command::new(env!("CARGO"));
        self.run(command.args(run).args(arguments).args(["--table", self.output(table), "--endpoint", &endpoint]))
    }

    /// One of the stack's outputs.
    pub(crate) fn output(&self, name: &str) -> &str {
        self.outputs[name].as_str().unwrap_or_else(|| panic!("the stack has no output {name}: {}", self.outputs))
    }

    /// A file for the operator's tool.
    pub(crate) fn file(&self, name: &str, text: &str) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).expect("a file");
        path.display().to_string()
    }

    /// Where the emulator is.
    pub(crate) fn address(&self) -> SocketAddr {
        ([127, 0, 0, 1], self.port).into()
    }

    /// A browser that looks at the deployed site.
    pub(crate) fn browser(&self) -> Browser {
        Browser::called(self.address(), &format!("{}.execute-api.localhost:{}", self.output("ApiId"), self.port))
    }

    /// Has staff sign in by way of `oidc-provider`, where that is there.
    pub(crate) fn take_staff(&mut self) -> bool {
        let Some(home) = home("OIDC_PROVIDER_HOME", "node_modules/oidc-provider/package.json") else { return false };
        let port = free_port();
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../identity/corporate.mjs");
        let settings = [("OIDC_PROVIDER_HOME", &*home.display().to_string())];
        let child = kept_running(&format!("node '{script}' {port}"), &settings, port);
        let issuer = format!("http://localhost:{port}");
        self.aws(&["staff", STACK, &issuer]);
        self.corporate = Some((child, issuer));
        true
    }

    /// The corporate provider's address.
    pub(crate) fn issuer(&self) -> &str {
        self.corporate.as_ref().map(|(_, issuer)| issuer.as_str()).unwrap_or_default()
    }

    /// Tries each function's role on each table, and says how much was granted and refused.
    pub(crate) fn refusals(&self) -> String {
        self.aws(&["refusals", STACK])
    }

    /// Deletes the stack; afterwards it is not there.
    pub(crate) fn delete(&self) {
        self.sam(&["delete", "--stack-name", STACK, "--no-prompts", "--region", "us-east-1"]);
        self.aws(&["gone", STACK]);
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        // Their shells end what they run when their input ends.
        for child in [Some(&mut self.emulator), self.corporate.as_mut().map(|(child, _)| child)].into_iter().flatten() {
            drop(child.stdin.take());
            let _ = child.wait();
        }
    }
}
