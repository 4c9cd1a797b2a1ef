//! Chromium without a screen and without scripts, and the driver that tests tell what to do.

use std::{
    env,
    future::Future,
    io::{self, Write},
    panic::{AssertUnwindSafe, resume_unwind},
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use futures_util::FutureExt;
use tempfile::TempDir;
use thirtyfour::{By, ChromeCapabilities, ChromiumLikeCapabilities, DesiredCapabilities, WebDriver, error::WebDriverResult};
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
    time::timeout,
};

use crate::http::Http;

const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const DRIVERS: [&str; 1] = ["chromedriver"];
/// How long the driver may take for one thing.
pub(crate) const A_WHILE: Duration = Duration::from_secs(60);

/// Beside those that the driver gives: nothing is asked of anybody but the site under test.
const SWITCHES: [&str; 10] = [
    "--headless=new",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--window-size=1280,800",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
];

/// Runs a test in a browser of its own. Without one it says so and the test passes, unless `BROWSER_REQUIRED` is 1.
pub(crate) async fn with_browser<F: Future<Output = ()>>(test: impl FnOnce(WebDriver) -> F) {
    let chromium = match Chromium::start().await {
        Ok(chromium) => chromium,
        Err(why) if env::var("BROWSER_REQUIRED").is_ok_and(|required| required == "1") => panic!("no browser: {why}"),
        Err(why) => {
            // Past the harness of the tests, which shows what they print only when they fail.
            writeln!(io::stderr(), "SKIPPED, no browser: {why}").expect("standard error");
            return;
        }
    };
    let session = chromium.session.clone();
    let tested = async {
        has_no_scripts(&session).await;
        test(session.clone()).await;
    };
    // The browser is closed whatever becomes of the test.
    let tested = AssertUnwindSafe(tested).catch_unwind().await;
    chromium.stop().await;
    if let Err(failed) = tested {
        resume_unwind(failed);
    }
}

/// What every test here goes by: to a browser that runs scripts, what is in `noscript` is no element.
async fn has_no_scripts(session: &WebDriver) {
    session.goto("data:text/html,<noscript><p>No scripts</p></noscript>").await.expect("a page");
    assert!(session.find(By::Tag("p")).await.is_ok(), "the browser runs scripts");
}

struct Chromium {
    session: WebDriver,
    driver: Driver,
    /// Everything that the browser writes.
    home: TempDir,
}

impl Chromium {
    async fn start() -> Result<Self, String> {
        let (browser, driver) = (program(&BROWSERS)?, program(&DRIVERS)?);
        let home = TempDir::new().map_err(|error| error.to_string())?;
        let driver = timeout(A_WHILE, Driver::start(&driver, &home)).await.map_err(|_| "the driver says nothing")??;
        let wanted = capabilities(&browser, &home).map_err(|error| error.to_string())?;
        let session = WebDriver::builder(format!("http://127.0.0.1:{}", driver.port), wanted).client(Http).connect().await;
        let session = session.map_err(|error| format!("{} does not start: {error}", browser.display()))?;
        Ok(Self { session, driver, home })
    }

    /// The browser first, then what it stands on.
    async fn stop(self) {
        let closed = self.session.quit().await;
        self.driver.stop().await;
        drop(self.home);
        closed.expect("the browser closes");
    }
}

fn capabilities(browser: &Path, home: &TempDir) -> WebDriverResult<ChromeCapabilities> {
    let mut wanted = DesiredCapabilities::chrome();
    wanted.set_binary(&browser.to_string_lossy())?;
    for switch in SWITCHES {
        wanted.add_arg(switch)?;
    }
    wanted.add_arg(&format!("--user-data-dir={}", home.path().join("profile").display()))?;
    if is_root() {
        wanted.add_arg("--no-sandbox")?;
    }
    // 2 is "block": as somebody has it who turned scripts off in the settings.
    wanted.add_experimental_option("prefs", serde_json::json!({ "profile.managed_default_content_settings.javascript": 2 }))?;
    Ok(wanted)
}

/// Chromium's sandbox does not work for root.
fn is_root() -> bool {
    std::process::Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

/// The first of these that is on the path.
fn program(names: &[&str]) -> Result<PathBuf, String> {
    let path = env::var_os("PATH").unwrap_or_default();
    let found = names.iter().flat_map(|name| env::split_paths(&path).map(move |folder| folder.join(name)));
    found.into_iter().find(|file| file.is_file()).ok_or_else(|| format!("none of {} is on the PATH", names.join(", ")))
}

/// The driver's process; it ends with this.
struct Driver {
    process: Child,
    port: u16,
    /// Kept open: it may have more to say.
    _output: Lines<BufReader<ChildStdout>>,
}

impl Driver {
    /// It takes a free port by itself, and says which.
    async fn start(program: &Path, home: &TempDir) -> Result<Self, String> {
        let failed = |error: io::Error| format!("{} does not start: {error}", program.display());
        let mut process = Command::new(program)
            .arg("--port=0")
            .env("HOME", home.path())
            .env("TMPDIR", home.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(failed)?;
        let mut said = BufReader::new(process.stdout.take().ok_or("the driver has no output")?).lines();
        while let Some(line) = said.next_line().await.map_err(failed)? {
            let port = line.split_once("successfully on port ").map(|(_, port)| port.trim_end_matches('.').parse());
            if let Some(Ok(port)) = port {
                return Ok(Self { process, port, _output: said });
            }
        }
        Err(format!("{} ended before it said on which port it listens", program.display()))
    }

    async fn stop(mut self) {
        self.process.kill().await.expect("the driver is ours to end");
    }
}
