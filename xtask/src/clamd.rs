//! A virus scanner for the tests: Debian's clamd with one signature of its own, in a temporary folder. Real signatures
//! come from the net, which tests do not ask.

use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::child::{self, Group};
use crate::scratch::Scratch;

/// Where Debian puts it; not everybody's `PATH` has that folder.
pub(crate) const PROGRAM: &str = "/usr/sbin/clamd";
/// Finds the words "bening-uji-pemindai" anywhere in any file and calls them `Bening.Uji`.
const SIGNATURE: &str = "Bening.Uji:0:*:62656e696e672d756a692d70656d696e646169\n";

/// A running scanner. Fields are dropped in order: first the program, then its folder.
pub(crate) struct Clamd {
    _program: Group,
    socket: PathBuf,
    _folder: Scratch,
}

impl Clamd {
    pub(crate) fn start() -> anyhow::Result<Self> {
        let folder = Scratch::new("clamd")?;
        let (socket, config) = (folder.path().join("socket"), folder.path().join("clamd.conf"));
        std::fs::write(folder.path().join("bening.ndb"), SIGNATURE)?;
        let (at, said) = (folder.path().display(), socket.display());
        std::fs::write(
            &config,
            format!("Foreground yes\nLocalSocket {said}\nDatabaseDirectory {at}\nStreamMaxLength 300M\n"),
        )?;
        let mut command = Command::new(PROGRAM);
        command.arg("--config-file").arg(&config).stdout(Stdio::null()).stderr(Stdio::null());
        let mut program = Group::start(&mut command)?;
        while UnixStream::connect(&socket).is_err() {
            program.ensure_alive("the virus scanner")?;
            child::pause()?;
        }
        Ok(Self { _program: program, socket, _folder: folder })
    }

    /// As `bening serve --scanner` takes it.
    pub(crate) fn address(&self) -> String {
        format!("unix:{}", self.socket.display())
    }
}
