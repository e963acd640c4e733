//! For build scripts: a folder with `package.json` and `package-lock.json` is copied into `OUT_DIR`,
//! `npm ci --ignore-scripts` runs there when the lock changed, and Node runs a script of ours.
//!
//! Nothing here knows what the packages are for; that is said by the build script that calls. No
//! third-party file is ever written into the source tree.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fmt, fs, io};

/// Oldest Node whose npm understands our lock files.
const NODE_MAJOR_MIN: u32 = 20;
/// Holds the lock file that `node_modules` beside it was made from.
const STAMP: &str = ".installed-lock";

/// Why a folder could not be brought in, and what the person at the keyboard can do.
#[derive(thiserror::Error)]
pub enum Problem {
    /// There is no Node on the path.
    #[error(
        "Node.js {NODE_MAJOR_MIN} or newer is needed to build (styles, script and fonts come from npm), \
         and `node` was not found. Install it (Debian: apt-get install nodejs npm), or name a folder \
         built elsewhere with the environment variable that README lists."
    )]
    NodeMissing,
    /// The Node on the path is too old.
    #[error("Node.js {NODE_MAJOR_MIN} or newer is needed to build; `node --version` says {0}.")]
    NodeOld(String),
    /// npm or Node ended with an error; the text is what it printed.
    #[error("`{command}` failed in {folder}:\n{printed}")]
    Failed {
        /// The command as typed.
        command: String,
        /// Where it ran.
        folder: PathBuf,
        /// Its standard output and error.
        printed: String,
    },
    /// A file could not be read or written.
    #[error("{path}: {cause}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
}

/// What `main` of a build script returns is printed with `Debug`; people shall read the sentence.
impl fmt::Debug for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{self}")
    }
}

/// Which packages of the lock are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packages {
    /// What the product itself is made of.
    Product,
    /// Also `devDependencies` (checkers, test tools).
    All,
}

/// The folder that the environment variable `variable` names, for packagers who build without npm.
/// Tells cargo to ask again when the variable changes.
#[must_use]
pub fn prebuilt(variable: &str) -> Option<PathBuf> {
    println!("cargo:rerun-if-env-changed={variable}");
    let folder = env::var_os(variable)?;
    println!("cargo:rerun-if-changed={}", folder.display());
    Some(PathBuf::from(folder))
}

/// Copies `source` to `target` and installs its packages there, unless they are already those of the
/// lock. Tells cargo to run the build script again when anything in `source` changes.
///
/// # Errors
/// When Node is missing or old, npm fails, or a file cannot be copied.
pub fn install(source: &Path, target: &Path, packages: Packages) -> Result<(), Problem> {
    mirror(source, target)?;
    let lock = read(&source.join("package-lock.json"))?;
    let stamp = target.join(STAMP);
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    require_node()?;
    npm_ci(target, packages)?;
    fs::write(&stamp, lock).map_err(|cause| file(&stamp, cause))
}

/// Runs `node SCRIPT ARGUMENTS…` in `folder`.
///
/// # Errors
/// When Node is missing or the script ends with an error.
pub fn node<A: AsRef<OsStr>>(folder: &Path, script: &str, arguments: &[A]) -> Result<(), Problem> {
    let mut command = Command::new("node");
    command.arg(script).args(arguments).current_dir(folder);
    run(command, folder)
}

fn npm_ci(folder: &Path, packages: Packages) -> Result<(), Problem> {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]);
    if packages == Packages::Product {
        command.arg("--omit=dev");
    }
    command.current_dir(folder);
    run(command, folder)
}

fn run(mut command: Command, folder: &Path) -> Result<(), Problem> {
    let output = command.output().map_err(|cause| missing(&command, cause))?;
    if output.status.success() {
        return Ok(());
    }
    let mut printed = String::from_utf8_lossy(&output.stdout).into_owned();
    printed.push_str(&String::from_utf8_lossy(&output.stderr));
    Err(Problem::Failed { command: typed(&command), folder: folder.to_owned(), printed })
}

fn require_node() -> Result<(), Problem> {
    let output = Command::new("node").arg("--version").output().map_err(|_| Problem::NodeMissing)?;
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    match major(&version) {
        Some(major) if major >= NODE_MAJOR_MIN => Ok(()),
        _ => Err(Problem::NodeOld(version)),
    }
}

fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

fn missing(command: &Command, cause: io::Error) -> Problem {
    match cause.kind() {
        io::ErrorKind::NotFound => Problem::NodeMissing,
        _ => file(Path::new(command.get_program()), cause),
    }
}

fn typed(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

/// Makes `target` hold exactly the files of `source`, leaving its `node_modules` and stamp alone.
fn mirror(source: &Path, target: &Path) -> Result<(), Problem> {
    fs::create_dir_all(target).map_err(|cause| file(target, cause))?;
    let wanted = names(source)?;
    for stale in names(target)?.difference(&wanted) {
        remove(&target.join(stale))?;
    }
    for name in &wanted {
        let (from, to) = (source.join(name), target.join(name));
        // Each by its name: cargo would walk through a `node_modules` that lies in the folder.
        println!("cargo:rerun-if-changed={}", from.display());
        if from.is_dir() {
            mirror(&from, &to)?;
        } else {
            copy_if_changed(&from, &to)?;
        }
    }
    Ok(())
}

fn names(folder: &Path) -> Result<BTreeSet<PathBuf>, Problem> {
    let entries = fs::read_dir(folder).map_err(|cause| file(folder, cause))?;
    let names = entries.filter_map(|entry| Some(PathBuf::from(entry.ok()?.file_name())));
    Ok(names.filter(|name| !is_ours(name)).collect())
}

/// What installing and building leave behind is not part of the source.
fn is_ours(name: &Path) -> bool {
    ["node_modules", "dist", STAMP].iter().any(|ours| name == Path::new(ours))
}

fn copy_if_changed(from: &Path, to: &Path) -> Result<(), Problem> {
    let bytes = read(from)?;
    if fs::read(to).is_ok_and(|same| same == bytes) {
        return Ok(());
    }
    fs::write(to, bytes).map_err(|cause| file(to, cause))
}

fn remove(path: &Path) -> Result<(), Problem> {
    let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    removed.map_err(|cause| file(path, cause))
}

fn read(path: &Path) -> Result<Vec<u8>, Problem> {
    fs::read(path).map_err(|cause| file(path, cause))
}

fn file(path: &Path, cause: io::Error) -> Problem {
    Problem::File { path: path.to_owned(), cause }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const LOCK: &str = r#"{"name":"empty","version":"1.0.0","lockfileVersion":3,"packages":{"":{"name":"empty","version":"1.0.0"}}}"#;

    fn empty_package() -> tempfile::TempDir {
        let source = tempfile::tempdir().unwrap();
        fs::write(source.path().join("package.json"), r#"{"name":"empty","version":"1.0.0"}"#).unwrap();
        fs::write(source.path().join("package-lock.json"), LOCK).unwrap();
        source
    }

    #[test]
    fn a_folder_is_mirrored_and_a_file_that_went_away_goes_away() {
        let (source, target) = (empty_package(), tempfile::tempdir().unwrap());
        fs::write(source.path().join("old.css"), "a").unwrap();
        install(source.path(), target.path(), Packages::Product).unwrap();
        assert!(target.path().join("old.css").exists());
        fs::remove_file(source.path().join("old.css")).unwrap();
        install(source.path(), target.path(), Packages::Product).unwrap();
        assert!(!target.path().join("old.css").exists());
    }

    #[test]
    fn packages_are_installed_again_only_when_the_lock_changed() {
        let (source, target) = (empty_package(), tempfile::tempdir().unwrap());
        install(source.path(), target.path(), Packages::Product).unwrap();
        let modules = target.path().join("node_modules");
        fs::create_dir_all(&modules).unwrap();
        fs::write(modules.join("kept"), "").unwrap();
        install(source.path(), target.path(), Packages::Product).unwrap();
        assert!(modules.join("kept").exists(), "npm ci would have emptied the folder");
        fs::write(source.path().join("package-lock.json"), format!("{LOCK}\n")).unwrap();
        install(source.path(), target.path(), Packages::Product).unwrap();
        assert!(!modules.join("kept").exists());
    }

    #[test]
    fn a_script_that_fails_says_what_it_printed() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("no.mjs"), "console.error('tidak bisa'); process.exit(3)").unwrap();
        let problem = node::<&str>(folder.path(), "no.mjs", &[]).unwrap_err();
        assert!(problem.to_string().contains("tidak bisa"), "{problem}");
    }

    #[test]
    fn versions_of_node_are_read() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("20"), None);
    }
}
