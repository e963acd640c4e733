//! What is linked into Bening keeps to `deny.toml`: a license it may pass on, and a reason for every library that is
//! in the tree twice. The same lists serve cargo-deny, which not every machine has.

#![cfg(test)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::Value as Json;
use toml::{Table, Value};

#[test]
fn every_library_has_a_license_we_may_pass_on() {
    let (rules, metadata) = (deny_toml(), metadata());
    let allowed: BTreeSet<&str> = strings(&rules["licenses"]["allow"]).collect();
    let refused: Vec<String> = foreign_packages(&metadata)
        .filter(|(name, license)| {
            !permits(license, &|one| allowed.contains(one) || excepted(&rules, name, one))
        })
        .map(|(name, license)| format!("{name}: {license}"))
        .collect();
    assert!(refused.is_empty(), "deny.toml does not allow:\n{}", refused.join("\n"));
}

#[test]
fn every_library_that_is_there_twice_has_a_reason() {
    let skipped = skipped();
    let unexplained: Vec<String> = older_versions()
        .into_iter()
        .filter(|(name, version)| !skipped.iter().any(|skip| skip.covers(name, version)))
        .map(|(name, version)| format!("{name} {version}"))
        .collect();
    assert!(unexplained.is_empty(), "give a reason in deny.toml, or remove:\n{}", unexplained.join("\n"));
}

#[test]
fn no_reason_outlives_its_library() {
    let older = older_versions();
    let stale: Vec<String> = skipped()
        .into_iter()
        .filter(|skip| !older.iter().any(|(name, version)| skip.covers(name, version)))
        .map(|skip| format!("{}@{}", skip.name, skip.version))
        .collect();
    assert!(stale.is_empty(), "no longer there twice, remove from deny.toml:\n{}", stale.join("\n"));
}

#[test]
fn banned_libraries_are_absent() {
    let rules = deny_toml();
    let banned: BTreeSet<&str> = tables(&rules["bans"]["deny"]).map(|ban| text(ban, "crate")).collect();
    let tree = tree(&["--workspace", "-e", "normal,build,dev"]);
    let present: Vec<&String> = tree.keys().filter(|name| banned.contains(name.as_str())).collect();
    assert!(present.is_empty(), "deny.toml bans {present:?}");
}

#[test]
fn license_expressions_are_understood() {
    let mit_or_isc = |one: &str| one == "MIT" || one == "ISC";
    assert!(permits("MIT OR GPL-3.0", &mit_or_isc));
    assert!(permits("(MIT OR GPL-3.0) AND ISC", &mit_or_isc));
    assert!(permits("GPL-3.0/MIT", &mit_or_isc));
    assert!(!permits("MIT AND GPL-3.0", &mit_or_isc));
    assert!(!permits("Apache-2.0 WITH LLVM-exception", &|one| one == "Apache-2.0"));
}

/// An older version that deny.toml knows about.
struct Skip {
    name: String,
    version: String,
}

impl Skip {
    fn covers(&self, name: &str, version: &str) -> bool {
        self.name == name && (version == self.version || version.starts_with(&format!("{}.", self.version)))
    }
}

fn skipped() -> Vec<Skip> {
    let rules = deny_toml();
    let entries = tables(&rules["bans"]["skip"]).map(|skip| {
        assert!(!text(skip, "reason").is_empty(), "{skip:?} has no reason");
        let (name, version) = text(skip, "crate").split_once('@').expect("crate = \"name@version\"");
        Skip { name: name.to_owned(), version: version.to_owned() }
    });
    entries.collect()
}

/// All but the newest version of every library that is in the tree more than once.
fn older_versions() -> BTreeSet<(String, String)> {
    let tree = tree(&["--workspace", "-e", "normal,build,dev"]);
    let older = tree.into_iter().flat_map(|(name, versions)| {
        let newest = versions.iter().max_by_key(|version| numbers(version)).cloned();
        versions
            .into_iter()
            .filter(move |version| Some(version) != newest.as_ref())
            .map(move |v| (name.clone(), v))
    });
    older.collect()
}

fn numbers(version: &str) -> Vec<u64> {
    version.split(['.', '+', '-']).map_while(|part| part.parse().ok()).collect()
}

/// Names and versions as cargo would link them; unlike the metadata, without libraries whose features are off.
fn tree(arguments: &[&str]) -> BTreeMap<String, BTreeSet<String>> {
    let listed = cargo(&[&["tree", "--locked", "--prefix", "none", "--format", "{p}"], arguments].concat());
    let mut tree: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in listed.lines() {
        let mut words = line.split_whitespace();
        if let (Some(name), Some(version)) = (words.next(), words.next()) {
            tree.entry(name.to_owned()).or_default().insert(version.trim_start_matches('v').to_owned());
        }
    }
    tree
}

/// SPDX as crates write it: `AND`, `OR` or `/`, and parentheses; `WITH` belongs to its license.
fn permits(expression: &str, allowed: &dyn Fn(&str) -> bool) -> bool {
    let spaced =
        expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ").replace(" WITH ", "_WITH_");
    let mut words = spaced.split_whitespace().peekable();
    any(&mut words, allowed)
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn any(words: &mut Words<'_>, allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut permitted = all(words, allowed);
    while words.next_if_eq(&"OR").is_some() {
        permitted |= all(words, allowed);
    }
    permitted
}

fn all(words: &mut Words<'_>, allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut permitted = one(words, allowed);
    while words.next_if_eq(&"AND").is_some() {
        permitted &= one(words, allowed);
    }
    permitted
}

fn one(words: &mut Words<'_>, allowed: &dyn Fn(&str) -> bool) -> bool {
    match words.next() {
        Some("(") => {
            let permitted = any(words, allowed);
            words.next_if_eq(&")").is_some() && permitted
        }
        license => license.is_some_and(|name| allowed(&name.replace("_WITH_", " WITH "))),
    }
}

fn excepted(rules: &Table, name: &str, license: &str) -> bool {
    let mut exceptions = tables(&rules["licenses"]["exceptions"]);
    exceptions.any(|exception| {
        text(exception, "crate") == name && strings(&exception["allow"]).any(|l| l == license)
    })
}

/// Name and license of everything that is not ours.
fn foreign_packages(metadata: &Json) -> impl Iterator<Item = (&str, &str)> {
    let packages = metadata["packages"].as_array().expect("packages").iter();
    packages.filter(|package| !package["source"].is_null()).map(|package| {
        (package["name"].as_str().unwrap_or_default(), package["license"].as_str().unwrap_or("no license"))
    })
}

fn metadata() -> Json {
    let json = cargo(&["metadata", "--locked", "--format-version", "1", "--filter-platform", HOST]);
    serde_json::from_str(&json).expect("metadata is JSON")
}

/// The platform the binary is built for; other platforms' libraries are not linked and may not be downloaded.
const HOST: &str =
    if cfg!(target_arch = "aarch64") { "aarch64-unknown-linux-gnu" } else { "x86_64-unknown-linux-gnu" };

fn deny_toml() -> Table {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deny.toml");
    std::fs::read_to_string(file).expect("deny.toml").parse().expect("deny.toml is TOML")
}

fn tables(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().expect("a list").iter()
}

fn strings(value: &Value) -> impl Iterator<Item = &str> {
    tables(value).filter_map(Value::as_str)
}

fn text<'a>(table: &'a Value, key: &str) -> &'a str {
    table.get(key).and_then(Value::as_str).unwrap_or_else(|| panic!("{table:?} lacks {key}"))
}

fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO")).args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output();
    let output = output.expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("cargo writes UTF-8")
}
