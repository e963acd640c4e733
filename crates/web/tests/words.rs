//! The words of the pages: English is complete and has nothing left over, and each language writes
//! dates and numbers its own way.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

use bening_core::person::Role;
use bening_core::plan::Area;
use bening_web::page::{Group, Room, Theme};
use bening_web::trail::EVENTS;
use bening_web::words::Lang;
use chrono::{NaiveDate, NaiveTime};

#[test]
fn english_has_every_phrase_the_pages_ask_for() {
    let known = english_keys();
    let mut missing = BTreeSet::new();
    for (file, text) in sources() {
        for (function, key) in asked(&text) {
            let wanted = match function {
                "tn" => vec![format!("{key}.one"), format!("{key}.other")],
                _ => vec![key],
            };
            let absent = wanted.into_iter().filter(|key| !known.contains(key));
            missing.extend(absent.map(|key| format!("{key:?} in {}", file.display())));
        }
    }
    assert!(missing.is_empty(), "not in locales/en.yml: {missing:#?}");
}

#[test]
fn english_has_a_name_for_every_room_group_and_theme() {
    let known = english_keys();
    let rooms = Room::ALL.into_iter().flat_map(|room| [room.label(), room.short_label()]);
    let groups = Group::ALL.into_iter().map(Group::label).filter(|label| !label.is_empty());
    for label in rooms.chain(groups).chain(Theme::ALL.into_iter().map(Theme::label)) {
        assert!(known.contains(label), "{label:?} is not in locales/en.yml");
    }
}

#[test]
fn english_has_a_name_for_every_area_role_and_event() {
    let known = english_keys();
    let areas = Area::ALL.into_iter().map(Area::name);
    let roles = Role::ALL.into_iter().map(Role::title);
    let events = EVENTS.iter().map(|(_, title)| *title);
    for label in areas.chain(roles).chain(events) {
        assert!(known.contains(label), "{label:?} is not in locales/en.yml");
    }
}

#[test]
fn english_has_no_phrase_that_nobody_asks_for() {
    let literals: BTreeSet<String> = sources().iter().flat_map(|(_, text)| literals(text)).collect();
    let unused = english_keys().into_iter().filter(|key| {
        let plain = key.strip_suffix(".one").or_else(|| key.strip_suffix(".other"));
        !literals.contains(key) && !plain.is_some_and(|plain| literals.contains(plain))
    });
    let unused: Vec<String> = unused.collect();
    assert!(unused.is_empty(), "left over in locales/en.yml: {unused:#?}");
}

#[test]
fn placeholders_are_the_same_in_both_languages() {
    for key in english_keys() {
        let plain = key.strip_suffix(".one").or_else(|| key.strip_suffix(".other")).unwrap_or(&key);
        let (indonesian, english) = (placeholders(plain), placeholders(&Lang::En.t(&key)));
        assert!(english.is_subset(&indonesian), "{key:?}: {english:?}, in Indonesian {indonesian:?}");
    }
}

#[test]
fn indonesian_is_the_key_and_so_is_what_has_no_translation() {
    assert_eq!(Lang::Id.t("Rencana Kerja"), "Rencana Kerja");
    assert_eq!(Lang::En.t("Rencana Kerja"), "Work Plan");
    assert_eq!(Lang::En.t("nama orang"), "nama orang");
    assert_eq!(Lang::Id.tf("tersimpan %{n}", &[("n", "09.41")]), "tersimpan 09.41");
}

#[test]
fn numbers_have_the_marks_of_their_language() {
    assert_eq!(Lang::Id.decimal(12_345), "12.345");
    assert_eq!(Lang::En.decimal(12_345), "12,345");
    assert_eq!(Lang::Id.decimal("-1234.50"), "−1.234,50");
    assert_eq!(Lang::En.decimal("0.67"), "0.67");
    assert_eq!(Lang::Id.decimal(-7), "−7");
}

#[test]
fn dates_and_times_are_written_as_each_language_writes_them() {
    let day = NaiveDate::from_ymd_opt(2020, 8, 4).unwrap();
    assert_eq!(Lang::Id.date(day), "4 Agt 2020");
    assert_eq!(Lang::En.date(day), "4 Aug 2020");
    assert_eq!(Lang::Id.date_long(day), "4 Agustus 2020");
    let time = NaiveTime::from_hms_opt(9, 41, 0).unwrap();
    assert_eq!(Lang::Id.clock(time), "09.41");
    assert_eq!(Lang::En.clock(time), "09:41");
}

/// Templates and sources of the pages, and the sources of the domain whose labels the pages translate.
fn sources() -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    for folder in ["templates", "src", "../core/src", "../intake/src"] {
        gather(&home().join(folder), &mut files);
    }
    files
}

fn gather(folder: &Path, files: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).expect("the folder is there").flatten() {
        let path = entry.path();
        if path.is_dir() {
            gather(&path, files);
        } else if let Ok(text) = fs::read_to_string(&path) {
            files.push((path, text));
        }
    }
}

fn home() -> PathBuf {
    PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo runs the tests"))
}

fn english_keys() -> BTreeSet<String> {
    let text = fs::read_to_string(home().join("locales/en.yml")).unwrap();
    let entries = text.lines().filter(|line| line.starts_with('"'));
    entries.map(|line| first_literal(line).expect("a key in quotes")).collect()
}

/// Every `t("…")`, `tf("…"` and `tn("…"` of a text, with the name of the function.
fn asked(text: &str) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    for function in ["t", "tf", "tn"] {
        let call = format!(".{function}(");
        for (at, _) in text.match_indices(&call) {
            let rest = text[at + call.len()..].trim_start();
            found.extend(
                rest.starts_with('"').then(|| first_literal(rest)).flatten().map(|key| (function, key)),
            );
        }
    }
    found
}

fn first_literal(text: &str) -> Option<String> {
    literals(text).next()
}

/// What stands between double quotes, with `\"` and `\\` undone.
fn literals(text: &str) -> impl Iterator<Item = String> {
    let mut found = Vec::new();
    for (start, _) in text.match_indices('"') {
        let mut literal = String::new();
        let mut letters = text[start + 1..].chars();
        while let Some(letter) = letters.next() {
            match letter {
                '"' => break,
                '\\' => literal.extend(letters.next()),
                '\n' => break,
                other => literal.push(other),
            }
        }
        found.push(literal);
    }
    found.into_iter()
}

fn placeholders(text: &str) -> BTreeSet<String> {
    let parts = text.split("%{").skip(1);
    parts.filter_map(|part| Some(part.split_once('}')?.0.to_owned())).collect()
}
