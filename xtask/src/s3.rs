//! An S3-compatible server that keeps everything in memory: moto of PyPI, in a virtual environment of its own.

use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::Context;

use crate::child::{self, Group};
use crate::cluster::free_port;
use crate::workspace::Workspace;

/// The release the tests were written against.
const PACKAGE: &str = "moto[server]==5.2.5";

/// A running server.
pub(crate) struct S3 {
    _program: Group,
    port: u16,
}

/// Path of the program, installed when it is missing or of another release.
pub(crate) fn install(workspace: &Workspace) -> anyhow::Result<PathBuf> {
    let folder = workspace.own_folder("moto")?;
    let (program, installed) = (folder.join("bin/moto_server"), folder.join("installed"));
    if std::fs::read_to_string(&installed).is_ok_and(|package| package == PACKAGE) && program.is_file() {
        return Ok(program);
    }
    println!("xtask: installing {PACKAGE}");
    child::must_run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder))
        .context("python3 with its venv module has to be installed")?;
    let mut pip = Command::new(folder.join("bin/pip"));
    child::must_run(pip.args(["install", "--quiet", "--disable-pip-version-check", PACKAGE]))?;
    std::fs::write(&installed, PACKAGE)?;
    Ok(program)
}

impl S3 {
    pub(crate) fn start(program: PathBuf) -> anyhow::Result<Self> {
        let port = free_port()?;
        let mut command = Command::new(program);
        command
            .args(["-H", "127.0.0.1", "-p", &port.to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut program = Group::start(&mut command)?;
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            program.ensure_alive("the S3 server")?;
            child::pause()?;
        }
        Ok(Self { _program: program, port })
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}
