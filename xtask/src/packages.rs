//! Installs what the tests need beside Rust and Node, on Debian and its children; elsewhere it says what is missing.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::child;
use crate::clamd;
use crate::cluster;
use crate::workspace::Workspace;

/// Something the tests need, and the Debian packages that bring it.
struct Need {
    what: &'static str,
    met: fn() -> bool,
    packages: &'static [&'static str],
}

const NEEDS: [Need; 9] = [
    Need { what: "PostgreSQL 15 or newer", met: cluster::installed, packages: &["postgresql"] },
    Need { what: "Chromium", met: || on_path("chromium"), packages: &["chromium"] },
    Need { what: "chromedriver", met: || on_path("chromedriver"), packages: &["chromium-driver"] },
    Need { what: "pdftotext and pdftoppm", met: || on_path("pdftoppm"), packages: &["poppler-utils"] },
    Need {
        what: "LibreOffice",
        met: || on_path("soffice") && has_office_parts(),
        packages: &["libreoffice-writer-nogui", "libreoffice-calc-nogui"],
    },
    Need { what: "a mail server", met: || on_path("aiosmtpd"), packages: &["python3-aiosmtpd"] },
    Need { what: "ClamAV", met: || Path::new(clamd::PROGRAM).is_file(), packages: &["clamav-daemon"] },
    Need { what: "Python with venv", met: has_venv, packages: &["python3-venv"] },
    Need {
        what: "fonts",
        met: has_fonts,
        packages: &["fontconfig", "fonts-dejavu-core", "fonts-liberation2"],
    },
];

/// Installs whatever is missing; says nothing when all is there.
pub(crate) fn install_missing(workspace: &Workspace) -> anyhow::Result<()> {
    let missing: Vec<&Need> = NEEDS.iter().filter(|need| !(need.met)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names = missing.iter().map(|need| need.what).collect::<Vec<_>>().join(", ");
    anyhow::ensure!(
        on_path("apt-get"),
        "these are missing and there is no apt-get to install them with: {names}"
    );
    let packages: Vec<&str> = missing.iter().flat_map(|need| need.packages).copied().collect();
    let log = workspace.own_folder("log")?.join("apt.log");
    println!("xtask: installing {names} (details in {})", log.display());
    install(&packages, &log)?;
    println!("xtask: installed {names}");
    Ok(())
}

/// The package lists are fetched only when they turn out to be missing or stale.
fn install(packages: &[&str], log: &Path) -> anyhow::Result<()> {
    let mut arguments = vec!["install", "--yes", "--no-install-recommends"];
    arguments.extend(packages);
    let log_file = File::create(log)?;
    if apt_get(&arguments, &log_file)?
        || (apt_get(&["update"], &log_file)? && apt_get(&arguments, &log_file)?)
    {
        return Ok(());
    }
    let told = std::fs::read_to_string(log).unwrap_or_default();
    anyhow::bail!("apt-get could not install {}:\n{}", packages.join(" "), last_lines(&told, 15))
}

fn apt_get(arguments: &[&str], log: &File) -> anyhow::Result<bool> {
    let privileges = if is_root()? { "" } else { "sudo --non-interactive " };
    let apt = format!(
        "exec {privileges}env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 \"$@\""
    );
    let mut command = Command::new("sh");
    command.args(["-c", &apt, "apt-get"]).args(arguments).stdout(log.try_clone()?).stderr(log.try_clone()?);
    Ok(child::run(&mut command)?.success())
}

fn is_root() -> anyhow::Result<bool> {
    Ok(child::output(Command::new("id").arg("-u"))?.trim() == "0")
}

fn last_lines(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}

fn on_path(program: &str) -> bool {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&folders).any(|folder| folder.join(program).is_file())
}

/// `soffice` alone can be there without the parts that read documents and sheets.
fn has_office_parts() -> bool {
    let program = PathBuf::from("/usr/lib/libreoffice/program");
    !program.is_dir() || ["libswlo.so", "libsclo.so"].iter().all(|part| program.join(part).is_file())
}

/// Debian leaves `ensurepip` out of Python proper.
fn has_venv() -> bool {
    let asked = Command::new("python3").args(["-c", "import venv, ensurepip"]).stderr(Stdio::null()).status();
    asked.is_ok_and(|status| status.success())
}

fn has_fonts() -> bool {
    let listed = Command::new("fc-list").stderr(Stdio::null()).output();
    listed.is_ok_and(|fonts| !fonts.stdout.is_empty())
}

#[cfg(test)]
mod tests {
    use super::last_lines;

    #[test]
    fn the_end_of_a_log_is_shown() {
        assert_eq!(last_lines("satu\ndua\ntiga", 2), "dua\ntiga");
        assert_eq!(last_lines("satu", 2), "satu");
    }
}
