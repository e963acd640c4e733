//! Who may know whom: the rooms of `docs/architecture.md`, held to by reading what cargo knows about the workspace.

#![cfg(test)]

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;

/// Every edge there may be, `room: rooms it may know`. Rooms without a line know nobody.
const MAY_KNOW: [(&str, &[&str]); 6] = [
    ("bening-store", &["bening-core"]),
    ("bening-intake", &["bening-core"]),
    ("bening-reports", &["bening-core"]),
    ("bening-web", &["bening-core", "bening-store", "bening-intake"]),
    ("bening", &["bening-core", "bening-store", "bening-intake", "bening-reports", "bening-web"]),
    ("bening-testkit", &["bening-core", "bening-store", "bening-intake", "bening-web"]),
];

/// Only tests may know these.
const FOR_TESTS: [&str; 1] = ["bening-testkit"];

/// Only build scripts may know these.
const FOR_BUILDS: [&str; 1] = ["bening-npm"];

/// What would give the domain a disk, a network, a database, a clock or chance. Names of families end with `*`.
const NOT_IN_CORE: [&str; 20] = [
    "tokio*",
    "mio",
    "socket2",
    "async-std",
    "smol",
    "sea-orm*",
    "sea-query*",
    "sqlx*",
    "rusqlite",
    "axum*",
    "hyper*",
    "tower*",
    "reqwest",
    "fantoccini",
    "typst*",
    "rand*",
    "getrandom",
    "iana-time-zone",
    "tempfile",
    "zip",
];

#[test]
fn rooms_know_only_whom_they_may() {
    let edges = edges();
    assert!(edges.iter().any(|edge| edge.from == "bening-web"), "no edges were read");
    let forbidden: Vec<&Edge> = edges.iter().filter(|edge| !edge.is_allowed()).collect();
    assert!(forbidden.is_empty(), "not in the plan of the house: {forbidden:#?}");
}

#[test]
fn core_knows_no_disk_network_clock_or_chance() {
    let listed = cargo(&["tree", "--locked", "-p", "bening-core", "-e", "normal,build", "--prefix", "none"]);
    let names: BTreeSet<&str> = listed.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(names.contains("bening-core"), "no tree was read");
    let found: Vec<_> =
        names.into_iter().filter(|name| NOT_IN_CORE.iter().any(|rule| matches(rule, name))).collect();
    assert!(found.is_empty(), "core is pure, but {found:?} came in");
}

/// One crate of the workspace naming another in its Cargo.toml.
#[derive(Debug)]
struct Edge {
    from: String,
    to: String,
    kind: Kind,
}

#[derive(Debug, PartialEq, Eq)]
enum Kind {
    Normal,
    Test,
    Build,
}

impl Edge {
    fn is_allowed(&self) -> bool {
        let (from, to) = (self.from.as_str(), self.to.as_str());
        if FOR_BUILDS.contains(&to) {
            return self.kind == Kind::Build;
        }
        if FOR_TESTS.contains(&to) {
            return self.kind == Kind::Test;
        }
        MAY_KNOW.iter().any(|(room, known)| *room == from && known.contains(&to))
    }
}

fn edges() -> Vec<Edge> {
    let json = cargo(&["metadata", "--locked", "--no-deps", "--format-version", "1"]);
    let metadata: Value = serde_json::from_str(&json).expect("metadata is JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    packages.iter().flat_map(edges_of).collect()
}

fn edges_of(package: &Value) -> Vec<Edge> {
    let dependencies = package["dependencies"].as_array().expect("dependencies").iter();
    let ours = dependencies.filter(|dependency| dependency["path"].is_string());
    let name = |of: &Value| of["name"].as_str().expect("a name").to_owned();
    ours.map(|to| Edge { from: name(package), to: name(to), kind: kind(to) }).collect()
}

fn kind(dependency: &Value) -> Kind {
    match dependency["kind"].as_str() {
        Some("dev") => Kind::Test,
        Some("build") => Kind::Build,
        _ => Kind::Normal,
    }
}

fn matches(rule: &str, name: &str) -> bool {
    rule.strip_suffix('*').map_or(rule == name, |family| name.starts_with(family))
}

fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO")).args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output();
    let output = output.expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("cargo writes UTF-8")
}
