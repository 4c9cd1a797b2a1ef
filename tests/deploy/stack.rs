//! The stack as `sam` builds and deploys it, in MiniStack with roles enforced.

use std::cell::RefCell;
use std::env;
use std::fs::{self, File};
use std::io::Write as _;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;
use tests::browser::Browser;

use crate::readme;

/// What the README calls it.
const STACK: &str = "order-manager-dev";
/// Building takes longest, and this long when everything is to be built.
const LONGEST_COMMAND: Duration = Duration::from_secs(25 * 60);

/// Where the programs are that this needs, and the emulator with the stack in it.
pub(crate) struct Stack {
    sam: PathBuf,
    port: u16,
    folder: TempDir,
    emulator: Child,
    corporate: Option<(Child, String)>,
    begun: Instant,
    /// The README's commands that were given.
    given: RefCell<Vec<String>>,
    outputs: Value,
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

/// The shell ends the program when its own input ends, which is when this process does, however it does. What the program says is kept
/// for whoever looks for why something failed.
fn kept_running(name: &str, command: &str, settings: &[(&str, &str)], port: u16) -> Child {
    let log = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.log"));
    let _ = writeln!(std::io::stderr(), "{name} writes to {}", log.display());
    let script = format!("{command} >'{}' 2>&1 </dev/null & program=$!; cat >/dev/null; kill $program", log.display());
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
        let emulator = kept_running("ministack", &format!("'{}'", ministack.join("bin/ministack").display()), &settings, port);
        let folder = tempfile::tempdir().expect("a folder");
        let mut stack = Self {
            sam,
            port,
            folder,
            emulator,
            corporate: None,
            begun: Instant::now(),
            given: RefCell::default(),
            outputs: Value::Null,
        };
        let built = stack.path("build");
        stack.follow("sam build --config-env dev", &[], &["--build-dir", &built]);
        stack.reached("it is built");
        let parameters = ["EnvName=dev", "Protect=no", "LogRetentionDays=7", "ThreatProtection=off"];
        let more: Vec<_> = more.iter().map(|(name, value)| format!("{name}=\"{value}\"")).collect();
        let more: Vec<_> = more.iter().map(String::as_str).collect();
        let template = format!("{built}/template.yaml");
        // Looked for beside the template otherwise.
        let settings = repository().join("samconfig.toml").display().to_string();
        let deploy = ["--template-file", &template, "--config-file", &settings, "--parameter-overrides"];
        stack.follow("sam deploy --config-env dev", &[], &[&deploy[..], &parameters, &more].concat());
        let listed = stack.follow("sam list stack-outputs --stack-name order-manager-dev --output json > outputs.json", &[], &[]);
        let outputs: Vec<Value> = serde_json::from_str(&listed).expect("outputs");
        let output = |output: &Value| Some((output["OutputKey"].as_str()?.to_owned(), output["OutputValue"].clone()));
        stack.outputs = outputs.iter().filter_map(output).collect::<serde_json::Map<_, _>>().into();
        stack.aws(&["pool", STACK]);
        stack.reached("it is deployed");
        Some(stack)
    }

    /// Says how far the test is, past the test runner's capture: it takes minutes.
    pub(crate) fn reached(&self, what: &str) {
        let _ = writeln!(std::io::stderr(), "{:>4} s: {what}", self.begun.elapsed().as_secs());
    }

    /// Runs a command to its end, and gives what it says.
    fn run(&self, command: &mut Command) -> String {
        let named = format!("{command:?}");
        let (status, said, complained) = self.ended(command);
        assert!(status.success(), "{named}: {said}\n{complained}");
        said
    }

    /// Runs a command to its end: how it ended, and what it says on either output.
    fn ended(&self, command: &mut Command) -> (ExitStatus, String, String) {
        let path = env::var_os("PATH").unwrap_or_default();
        let path = env::join_paths([self.sam.join("bin")].into_iter().chain(env::split_paths(&path))).expect("a path");
        let files = ["out", "err"].map(|name| self.folder.path().join(name));
        let [out, errors] = files.each_ref().map(|file| File::create(file).expect("a file"));
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
        let [said, complained] = files.map(|file| String::from_utf8_lossy(&fs::read(file).unwrap_or_default()).into_owned());
        (status, said, complained)
    }

    fn settings(&self) -> [(&'static str, String); 8] {
        [
            ("AWS_ENDPOINT_URL", format!("http://127.0.0.1:{}", self.port)),
            ("AWS_DEFAULT_REGION", "us-east-1".to_owned()),
            ("AWS_REGION", "us-east-1".to_owned()),
            ("AWS_ACCESS_KEY_ID", "test".to_owned()),
            ("AWS_SECRET_ACCESS_KEY", "test".to_owned()),
            ("SAM_CLI_TELEMETRY", "0".to_owned()),
            // A link of everything at once takes many minutes, and changes nothing but the size.
            ("CARGO_PROFILE_RELEASE_LTO", "off".to_owned()),
            ("CARGO_INCREMENTAL", "0".to_owned()),
        ]
    }

    /// Gives a command of the README, word for word: but that names in capitals and files are what they stand for, with `more` at its
    /// end. What it says, which is kept in the file that it names for that.
    pub(crate) fn follow(&self, command: &str, known: &[(&str, &str)], more: &[&str]) -> String {
        let said = self.run(self.meant(command, known).args(more));
        if let Some((_, file)) = command.split_once(" > ") {
            self.file(file, &said);
        }
        said
    }

    /// The same where it has to be refused: what it says of why.
    pub(crate) fn refused(&self, command: &str, known: &[(&str, &str)]) -> String {
        let (status, said, complained) = self.ended(&mut self.meant(command, known));
        assert!(!status.success(), "`{command}` is refused: {said}");
        complained
    }

    /// A command of the README, ready to be run.
    fn meant(&self, command: &str, known: &[(&str, &str)]) -> Command {
        assert!(readme::commands().iter().any(|written| written == command), "infra/README.md has no command `{command}`");
        self.given.borrow_mut().push(command.to_owned());
        let meant = |word: String| match known.iter().find(|(name, _)| *name == word) {
            Some((_, value)) => (*value).to_owned(),
            None if ["csv", "json"].iter().any(|kind| word.ends_with(&format!(".{kind}"))) => self.path(&word),
            None => self.outputs[&word].as_str().map_or(word.clone(), str::to_owned),
        };
        let mut words = readme::words(command).into_iter().take_while(|word| word != ">").map(meant);
        let mut command = Command::new(words.next().expect("a program"));
        command.args(words);
        command
    }

    /// Every command of the README was given.
    pub(crate) fn has_followed_all(&self) {
        let given = self.given.borrow();
        let left: Vec<_> = readme::commands().into_iter().filter(|command| !given.contains(command)).collect();
        assert!(left.is_empty(), "infra/README.md says it, and nobody tried: {left:#?}");
    }

    /// What `aws.py` says.
    pub(crate) fn aws(&self, arguments: &[&str]) -> String {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/aws.py");
        self.run(Command::new(self.sam.join("bin/python")).arg(script).args(arguments))
    }

    /// One of the stack's outputs.
    pub(crate) fn output(&self, name: &str) -> &str {
        self.outputs[name].as_str().unwrap_or_else(|| panic!("the stack has no output {name}: {}", self.outputs))
    }

    /// A file or a folder of the test's own.
    pub(crate) fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// Writes a file for the operator's tool.
    pub(crate) fn file(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("a file");
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
        let child = kept_running("oidc-provider", &format!("node '{script}' {port}"), &settings, port);
        let issuer = format!("http://localhost:{port}");
        self.aws(&["staff", STACK, &issuer]);
        self.corporate = Some((child, issuer));
        true
    }

    /// Has SES take the site's mail.
    pub(crate) fn take_mail(&self) {
        self.aws(&["mail", STACK]);
    }

    /// Hands an event of an order to the function that tells customers, as the bus does.
    pub(crate) fn notify_in_vain(&self, order: &str) {
        self.aws(&["event", STACK, "NotifyFunction", order]);
    }

    /// Puts a letter into each queue that holds places in a stream, about all that is there.
    pub(crate) fn changes_in_vain(&self) {
        self.aws(&["letters", STACK]);
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
        self.follow("sam delete --stack-name order-manager-dev", &[], &["--no-prompts", "--region", "us-east-1"]);
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
