//! The built binary, serving on a free port, as a person would start it. For pictures, measurements and the tests
//! of the command line; tests of pages use the site in their own process instead.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context;

/// Every line the server has printed so far.
type Lines = Arc<Mutex<Vec<String>>>;

/// A running `bening serve`; dropping this value kills it (SIGKILL), as a power cut would.
#[derive(Debug)]
pub struct Served {
    child: Child,
    address: String,
    lines: Lines,
}

impl Served {
    /// Starts `binary` with `arguments` and waits until it has printed its address on standard output. Give it
    /// `--listen 127.0.0.1:0`, so that the system chooses the port.
    ///
    /// # Errors
    /// When it cannot be started, or ends without naming an address.
    pub fn start<S: AsRef<OsStr>>(binary: &Path, arguments: &[S]) -> anyhow::Result<Self> {
        let mut command = Command::new(binary);
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.spawn().with_context(|| format!("starting {}", binary.display()))?;
        let output = child.stdout.take().context("the server has no standard output")?;
        let lines = Lines::default();
        match listen(output, lines.clone()).recv() {
            Ok(address) => Ok(Self { child, address, lines }),
            Err(_closed) => {
                anyhow::bail!("{} ended without naming its address: {}", binary.display(), child.wait()?)
            }
        }
    }

    /// Where it listens, as in `http://127.0.0.1:38211`, without a slash at the end.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// What it has printed so far on standard output: the address, the demo's sign-ins.
    #[must_use]
    pub fn said(&self) -> Vec<String> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The most memory it has had so far, in bytes, where Linux tells.
    #[must_use]
    pub fn peak_memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        Some(line.trim().strip_suffix(" kB")?.parse::<u64>().ok()?.saturating_mul(1024))
    }

    /// Asks it to stop (SIGTERM), as a supervisor does, and waits for its end.
    ///
    /// # Errors
    /// When the process cannot be reached.
    pub fn stop(mut self) -> anyhow::Result<ExitStatus> {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status()?;
        anyhow::ensure!(asked.success(), "the server had ended before it was asked to");
        Ok(self.child.wait()?)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _gone = self.child.kill().and_then(|()| self.child.wait());
    }
}

/// Reads for as long as the server lives: a full pipe would stop it.
fn listen(output: ChildStdout, lines: Lines) -> Receiver<String> {
    let (address_found, address) = channel();
    std::thread::spawn(move || note_lines(output, &lines, &address_found));
    address
}

fn note_lines(output: ChildStdout, lines: &Lines, address_found: &Sender<String>) {
    for line in BufReader::new(output).lines().map_while(Result::ok) {
        let address = address_in(&line);
        lines.lock().unwrap_or_else(PoisonError::into_inner).push(line);
        if let Some(address) = address {
            let _only_the_first_is_awaited = address_found.send(address);
        }
    }
}

/// The first `http://HOST:PORT` of a line.
fn address_in(line: &str) -> Option<String> {
    let address = line[line.find("http://")?..].split_whitespace().next()?;
    Some(address.trim_end_matches(['/', '.', ',', ')']).to_owned())
}
