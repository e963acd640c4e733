//! A private PostgreSQL cluster: made in a temporary folder, on a free port of 127.0.0.1, thrown away at the end.
//! The databases in it are the tests' business.

use std::fs::File;
use std::io::Read;
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::Context;

use crate::child::{self, Group};
use crate::scratch::Scratch;

/// Where Debian puts the programs of each major version.
const DEBIAN: &str = "/usr/lib/postgresql";

/// What a crash of the machine may cost.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Durability {
    /// Everything: the cluster is for tests and gone in minutes anyway.
    None,
    /// Nothing that was committed, as in an office; for measurements.
    Full,
}

/// A running cluster. Fields are dropped in order: first the server, then its folder.
pub(crate) struct Cluster {
    server: Group,
    url: String,
    _folder: Scratch,
}

impl Cluster {
    pub(crate) fn start(durability: Durability) -> anyhow::Result<Self> {
        let folder = Scratch::new("postgresql")?;
        let (owner, password, port) = (Owner::choose()?, random_password()?, free_port()?);
        let data = folder.path().join("data");
        make(&data, &password, &owner)?;
        let server = serve(&data, port, durability, &owner)?;
        let url = format!("postgres://bening:{password}@127.0.0.1:{port}/postgres");
        let mut cluster = Self { server, url, _folder: folder };
        cluster.wait_until_ready(port, &data)?;
        Ok(cluster)
    }

    /// The superuser's URL, with its password.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    fn wait_until_ready(&mut self, port: u16, data: &Path) -> anyhow::Result<()> {
        let told = || log(data);
        while !(log(data).contains("ready to accept connections")
            && TcpStream::connect(("127.0.0.1", port)).is_ok())
        {
            self.server.ensure_alive("PostgreSQL").with_context(told)?;
            child::pause()?;
        }
        Ok(())
    }
}

impl Drop for Cluster {
    /// SIGINT is PostgreSQL's fast shutdown: it does not wait for clients.
    fn drop(&mut self) {
        self.server.stop("INT");
    }
}

/// PostgreSQL refuses to run as root; then it runs as the user its package brings.
enum Owner {
    Myself,
    Postgres { user: u32, group: u32 },
}

impl Owner {
    fn choose() -> anyhow::Result<Self> {
        let id = |arguments: &[&str]| -> anyhow::Result<u32> {
            Ok(child::output(Command::new("id").args(arguments))?.trim().parse()?)
        };
        if id(&["-u"])? != 0 {
            return Ok(Self::Myself);
        }
        Ok(Self::Postgres { user: id(&["-u", "postgres"])?, group: id(&["-g", "postgres"])? })
    }

    fn command(&self, program: PathBuf, folder: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(folder).env("LC_ALL", "C.UTF-8").env("TZ", "UTC");
        if let Self::Postgres { user, group } = self {
            command.uid(*user).gid(*group);
        }
        command
    }

    fn take(&self, path: &Path) -> anyhow::Result<()> {
        match self {
            Self::Myself => Ok(()),
            Self::Postgres { user, group } => Ok(chown(path, Some(*user), Some(*group))?),
        }
    }
}

fn make(data: &Path, password: &str, owner: &Owner) -> anyhow::Result<()> {
    let secret = data.with_extension("password");
    std::fs::create_dir(data)?;
    std::fs::write(&secret, password)?;
    owner.take(data)?;
    owner.take(&secret)?;
    let mut initdb = owner.command(program("initdb")?, data);
    initdb.args([
        "--username=bening",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
    ]);
    initdb.arg("--pwfile").arg(&secret).arg("--pgdata").arg(data).stdout(Stdio::null());
    child::must_run(&mut initdb)
}

fn serve(data: &Path, port: u16, durability: Durability, owner: &Owner) -> anyhow::Result<Group> {
    let settings: &[&str] = match durability {
        Durability::None => &["fsync=off", "synchronous_commit=off", "full_page_writes=off"],
        Durability::Full => &["fsync=on", "synchronous_commit=on", "full_page_writes=on"],
    };
    let mut postgres = owner.command(program("postgres")?, data);
    postgres.arg("-D").arg(data).args(["-p", &port.to_string(), "-h", "127.0.0.1", "-k", ""]);
    for setting in settings.iter().chain(&["max_connections=200", "autovacuum=on"]) {
        postgres.args(["-c", setting]);
    }
    let log = File::create(log_file(data))?;
    Group::start(postgres.stdout(log.try_clone()?).stderr(log))
}

/// A program of the newest PostgreSQL on this machine.
fn program(name: &str) -> anyhow::Result<PathBuf> {
    let newest =
        std::fs::read_dir(DEBIAN).ok().and_then(|versions| newest(versions.flatten().map(|v| v.path())));
    match newest.map(|version| version.join("bin").join(name)) {
        Some(program) if program.exists() => Ok(program),
        _ => Ok(PathBuf::from(name)),
    }
}

fn newest(versions: impl Iterator<Item = PathBuf>) -> Option<PathBuf> {
    versions.max_by_key(|version| version.file_name().and_then(|name| name.to_str()?.parse::<u32>().ok()))
}

/// Whether this machine has a PostgreSQL server at all.
pub(crate) fn installed() -> bool {
    let runs = |program| Command::new(program).arg("--version").stdout(Stdio::null()).status();
    program("initdb").is_ok_and(|initdb| runs(initdb).is_ok_and(|status| status.success()))
}

/// Free at the time of asking; PostgreSQL cannot choose one itself.
pub(crate) fn free_port() -> anyhow::Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// Other people of this machine can reach the port, so the superuser gets a password.
fn random_password() -> anyhow::Result<String> {
    let mut bytes = [0; 16];
    File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn log_file(data: &Path) -> PathBuf {
    data.with_extension("log")
}

fn log(data: &Path) -> String {
    std::fs::read_to_string(log_file(data)).unwrap_or_default()
}
