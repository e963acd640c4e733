//! The workbench of these tests: one place for data, commands run over it, servers started over it.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use bening_store::files::Bucket;
use bening_testkit::{Served, TestDatabase, Visitor};
use serde_json::Value;
use tempfile::TempDir;

/// The built program.
pub const BINARY: &str = env!("CARGO_BIN_EXE_bening");
/// A password that the rules accept.
pub const PASSWORD: &str = "kuda laut minum teh hangat";
/// Where the plan of the seed goes.
pub const PLAN: [&str; 4] = ["--unit", "DBN", "--year", "2020"];

/// How a command ended.
#[derive(Debug)]
pub struct Ended {
    /// Exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Ended {
    fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let code = output.status.code().expect("the command ended by itself");
        Self { code, out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// The same, having gone well.
    #[track_caller]
    pub fn well(self) -> Self {
        assert_eq!(self.code, 0, "{self:?}");
        self
    }

    /// The same, having been refused with this code, a sentence on standard error and nothing on standard output.
    #[track_caller]
    pub fn refused(self, code: i32, saying: &str) -> Self {
        assert_eq!(self.code, code, "{self:?}");
        assert!(self.err.contains(saying), "{saying:?} is not in {self:?}");
        assert_eq!(self.out, "", "a refusal prints no result");
        self
    }

    /// The only line of standard output, cut at tabs.
    #[track_caller]
    pub fn cells(&self) -> Vec<String> {
        assert_eq!(self.out.lines().count(), 1, "{self:?}");
        self.out.trim_end().split('\t').map(str::to_owned).collect()
    }

    /// Standard output as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).expect("JSON on standard output")
    }
}

/// Runs the program without any place.
pub fn bening(arguments: &[&str]) -> Ended {
    Ended::of(&command(arguments).output().expect("the program starts"))
}

/// The program, deaf to the surroundings of whoever runs the tests.
pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(BINARY);
    for variable in [
        "DATA",
        "DATABASE",
        "ZONE",
        "LISTEN",
        "HTTPS",
        "LOG_JSON",
        "LOG",
        "SMTP",
        "MAIL_FROM",
        "SITE",
        "SCANNER",
        "CHECK_LINKS",
    ] {
        command.env_remove(format!("BENING_{variable}"));
    }
    for variable in ["ENDPOINT", "BUCKET", "PREFIX", "REGION", "KEYFILE", "KEY"] {
        command.env_remove(format!("BENING_S3_{variable}"));
    }
    command.args(arguments).stdin(Stdio::null());
    command
}

/// One place for data: a database and a folder for files.
pub struct Bench {
    /// The database behind it.
    pub database: TestDatabase,
    /// For files of the test.
    pub folder: TempDir,
    /// Options that name the bucket of the files, if they go to one.
    bucket: Vec<String>,
}

impl Bench {
    /// Over an empty database.
    pub fn new(database: TestDatabase) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let bucket = database.bucket().map(|bucket| options(bucket, &folder)).unwrap_or_default();
        Self { database, folder, bucket }
    }

    /// With unit DBN and nobody in it.
    pub fn with_unit(database: TestDatabase) -> Self {
        let bench = Self::new(database);
        let name = "Direktorat Penerimaan Mineral dan Batubara";
        bench.run(&["unit", "add", "DBN", name]).well();
        bench
    }

    /// With unit DBN and the plan of the seed for 2020.
    pub fn with_plan(database: TestDatabase) -> Self {
        let bench = Self::with_unit(database);
        let file = bench.file("rencana.md", bening_intake::DEMO_PLAN);
        bench.plan("import", &[&file]).well();
        bench
    }

    /// With plan and a team leader `ketua` who signs in with [`PASSWORD`].
    pub fn with_team(database: TestDatabase) -> Self {
        let bench = Self::with_plan(database);
        bench
            .run(&["user", "add", "ketua", "--name", "Ketua", "--role", "ketua-tim", "--unit", "DBN"])
            .well();
        bench.fed(&["user", "passwd", "ketua", "--stdin"], PASSWORD).well();
        bench
    }

    /// Runs a command over the database.
    pub fn run(&self, arguments: &[&str]) -> Ended {
        bening(&self.placed(arguments))
    }

    /// Runs a command with something on standard input.
    pub fn fed(&self, arguments: &[&str], input: &str) -> Ended {
        let mut command = command(&self.placed(arguments));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        child.stdin.take().expect("its standard input").write_all(input.as_bytes()).expect("fed");
        Ended::of(&child.wait_with_output().expect("the program ends"))
    }

    /// `bening plan VERB …` about the plan of the seed.
    pub fn plan(&self, verb: &str, arguments: &[&str]) -> Ended {
        self.run(&[&["plan", verb], &PLAN[..], arguments].concat())
    }

    /// The plan of the seed as JSON.
    pub fn json(&self) -> Value {
        self.plan("export", &["--format", "json"]).well().json()
    }

    /// Rows and newest hash of the audit trail, which is sound.
    pub fn trail(&self) -> (u64, String) {
        let cells = self.run(&["audit", "verify"]).well().cells();
        let rows = cells[1].split(' ').next().expect("a number").parse().expect("a number");
        (rows, cells[2].clone())
    }

    /// Starts the site over the database.
    pub fn serve(&self, further: &[&str]) -> Served {
        let arguments = self.placed(&[&["serve", "--listen", "127.0.0.1:0"], further].concat());
        Served::start(Path::new(BINARY), &arguments).expect("the site starts")
    }

    /// The same where no file may have more than so many megabytes, as on a disk that is full.
    pub fn serve_cramped(&self, megabytes: usize, further: &[&str]) -> Served {
        let blocks = megabytes * 1_048_576 / 512;
        let limited = format!("ulimit -f {blocks}; trap '' XFSZ; exec \"$0\" \"$@\"");
        let serve = [&["-c", &limited, BINARY, "serve", "--listen", "127.0.0.1:0"], further].concat();
        Served::start(Path::new("sh"), &self.placed(&serve)).expect("the site starts")
    }

    /// Somebody signed in at a site.
    pub async fn sign_in(&self, served: &Served, login: &str) -> Visitor {
        let mut visitor = Visitor::new(served.address());
        let answer = visitor.sign_in(login, PASSWORD).await;
        assert_eq!(answer.status.as_u16(), 303, "{}", answer.body);
        visitor
    }

    /// Path of a file in the folder.
    pub fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_string_lossy().into_owned()
    }

    /// Writes a file into the folder and gives its path.
    pub fn file(&self, name: &str, contents: impl AsRef<[u8]>) -> String {
        std::fs::write(self.path(name), contents).expect("written");
        self.path(name)
    }

    fn placed<'a>(&'a self, arguments: &[&'a str]) -> Vec<&'a str> {
        let folder = self.folder.path().to_str().expect("a path");
        let bucket: Vec<&str> = self.bucket.iter().map(String::as_str).collect();
        [arguments, &["--database", self.database.url(), "--data", folder], &bucket].concat()
    }
}

/// The options that name a bucket, with its key in a file.
fn options(bucket: &Bucket, folder: &TempDir) -> Vec<String> {
    let key = folder.path().join("kunci");
    std::fs::write(&key, format!("{}:{}\n", bucket.key, bucket.secret)).expect("written");
    let key = key.to_string_lossy().into_owned();
    let named = [
        ("endpoint", &bucket.endpoint),
        ("bucket", &bucket.name),
        ("prefix", &bucket.prefix),
        ("key-file", &key),
    ];
    named.iter().flat_map(|(name, value)| [format!("--s3-{name}"), (*value).clone()]).collect()
}

/// Every action of an exported plan.
pub fn actions(plan: &Value) -> Vec<&Value> {
    let areas = plan["areas"].as_array().expect("areas").iter();
    let components = areas.flat_map(|area| area["components"].as_array().expect("components"));
    components.flat_map(|component| component["actions"].as_array().expect("actions")).collect()
}

/// White space folded.
pub fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Files left in a folder, by name.
pub fn names_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut names: Vec<_> =
        entries.map(|entry| PathBuf::from(entry.expect("an entry").file_name())).collect();
    names.sort();
    names
}
