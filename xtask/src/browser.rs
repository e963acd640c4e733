//! A chromedriver on a free port. The windows it opens are the tests' business.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};

use anyhow::Context;

use crate::child::Group;
use crate::scratch::Scratch;

/// A running chromedriver. Fields are dropped in order: first the program, then what it left behind.
pub(crate) struct Chromedriver {
    program: Group,
    port: u16,
    _folder: Scratch,
}

impl Chromedriver {
    /// Chromium's temporary files go to a folder of their own that disappears with it.
    pub(crate) fn start() -> anyhow::Result<Self> {
        let folder = Scratch::new("chromium")?;
        let mut command = Command::new("chromedriver");
        command.args(["--port=0", "--allowed-ips=127.0.0.1"]).env("TMPDIR", folder.path());
        let mut program = Group::start(command.stdout(Stdio::piped()).stderr(Stdio::null()))?;
        let port = announced_port(&mut program).context("chromedriver did not say where it listens")?;
        Ok(Self { program, port, _folder: folder })
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Closes every window that a test has left open; killing chromedriver would orphan them. One read, because
    /// chromedriver answers and keeps the line open.
    fn close_windows(&self) -> std::io::Result<()> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        write!(stream, "GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
        stream.read(&mut [0; 1024]).map(drop)
    }
}

impl Drop for Chromedriver {
    fn drop(&mut self) {
        let _stopped_below = self.close_windows();
        self.program.stop("TERM");
    }
}

/// Reads chromedriver's greeting, which ends with the port the system gave it, and then leaves a thread to drain the
/// rest.
fn announced_port(program: &mut Group) -> Option<u16> {
    let mut greeting = BufReader::new(program.child().stdout.take()?).lines().map_while(Result::ok);
    let port = greeting.find_map(|line| port_in(&line));
    std::thread::spawn(move || greeting.for_each(drop));
    port
}

fn port_in(line: &str) -> Option<u16> {
    let (_, port) = line.split_once("successfully on port ")?;
    port.trim_end_matches('.').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::port_in;

    #[test]
    fn chromedrivers_greeting_tells_its_port() {
        assert_eq!(port_in("ChromeDriver was started successfully on port 41337."), Some(41337));
        assert_eq!(port_in("Starting ChromeDriver 156.0 on port 0"), None);
    }
}
