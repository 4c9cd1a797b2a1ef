//! AWS's own DynamoDB Local, started as a child process and ended with this one.

use std::{
    ffi::OsString,
    net::Ipv4Addr,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use tokio::{
    net::{TcpListener, TcpStream},
    process::{Child, Command},
    time::{Instant, sleep},
};

use crate::StartError;

/// It is up in two seconds on a slow machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// The child, which is killed when this is dropped.
#[derive(Debug)]
pub(crate) struct Local {
    port: u16,
    child: Child,
}

impl Local {
    pub(crate) async fn start() -> Result<Self, StartError> {
        let home = home(std::env::var_os("DYNAMODB_LOCAL_HOME"))?;
        let port = free_port().await.map_err(|error| failed(&format!("no free port: {error}")))?;
        let child = Command::new("java")
            .current_dir(&home)
            .args(["-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djava.library.path=./DynamoDBLocal_lib"])
            .args(["-jar", "DynamoDBLocal.jar", "-inMemory", "-sharedDb", "-disableTelemetry", "-port", &port.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| {
                failed(&format!("java cannot be run ({error}); install Java 17 or later, and have it on the path"))
            })?;
        let mut local = Self { port, child };
        local.until_ready().await?;
        Ok(local)
    }

    pub(crate) fn endpoint(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub(crate) async fn stop(mut self) {
        // It keeps nothing, so there is nothing to wait for but its end.
        let _ = self.child.kill().await;
    }

    async fn until_ready(&mut self) -> Result<(), StartError> {
        let deadline = Instant::now() + PATIENCE;
        while TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).await.is_err() {
            if let Ok(Some(status)) = self.child.try_wait() {
                return Err(failed(&format!("it ended at once ({status}); it needs Java 17 or later")));
            }
            if Instant::now() > deadline {
                return Err(failed("it does not answer"));
            }
            sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }
}

/// The folder that DynamoDB Local was unpacked in.
fn home(variable: Option<OsString>) -> Result<PathBuf, StartError> {
    let Some(folder) = variable.filter(|folder| !folder.is_empty()).map(PathBuf::from) else {
        return Err(failed("set DYNAMODB_LOCAL_HOME to the folder you unpacked it in, the one with DynamoDBLocal.jar"));
    };
    if folder.join("DynamoDBLocal.jar").is_file() { Ok(folder) } else { Err(failed(&missing(&folder))) }
}

fn missing(folder: &Path) -> String {
    format!("DYNAMODB_LOCAL_HOME is {}, and there is no DynamoDBLocal.jar in it", folder.display())
}

fn failed(reason: &str) -> StartError {
    StartError::DynamoDb(format!("DynamoDB Local cannot start: {reason}"))
}

async fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?.local_addr()?.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_folder_it_says_what_to_set() {
        let error = home(None).expect_err("no folder").to_string();
        assert!(error.contains("set DYNAMODB_LOCAL_HOME"), "{error}");
    }

    #[test]
    fn a_folder_without_it_is_named() {
        let error = home(Some(env!("CARGO_MANIFEST_DIR").into())).expect_err("no jar").to_string();
        assert!(error.contains(env!("CARGO_MANIFEST_DIR")) && error.contains("DynamoDBLocal.jar"), "{error}");
    }
}
