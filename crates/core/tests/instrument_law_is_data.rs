//! Proof that no weight, score, threshold, question or condition of the law stands in Rust source: every
//! such number and name is taken from the shipped editions and looked for in every source file.

#![allow(clippy::expect_used)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use bening_core::instrument::{Exact, FactKind, Form, Threshold, shipped};

/// Whole numbers that mean something else in the rooms of the law: none, one, a pair, a percentage and its
/// hundredths. Everything else there would be suspect.
const INNOCENT: [&str; 5] = ["0", "1", "2", "10", "100"];

fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = Vec::new();
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("readable") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            if path.is_dir() && !["tests", "target", "node_modules", "benches"].contains(&name.as_str()) {
                folders.push(path);
            } else if name.ends_with(".rs") {
                let text = std::fs::read_to_string(&path).expect("readable");
                found.push((path, text));
            }
        }
    }
    found
}

/// The source without comments, the contents of strings (messages to people) and unit tests.
fn code_only(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default().replace("'\"'", "' '");
    let (mut code, mut is_text) = (String::new(), false);
    for line in text.lines() {
        let mut letters = line.chars().peekable();
        while let Some(letter) = letters.next() {
            match letter {
                '\\' if is_text => drop(letters.next()),
                '"' => is_text = !is_text,
                '/' if !is_text && letters.peek() == Some(&'/') => break,
                _ if is_text => {}
                other => code.push(other),
            }
        }
        code.push('\n');
    }
    code
}

/// Every number of the law: weights, answer scores, thresholds.
fn numbers_of_the_law() -> BTreeSet<Exact> {
    let mut numbers = BTreeSet::new();
    for edition in shipped().iter() {
        numbers.insert(edition.total_weight);
        numbers.extend(edition.parts.iter().map(|part| part.weight));
        numbers.extend(edition.areas.iter().flat_map(|area| &area.halves).map(|half| half.weight));
        numbers.extend(edition.subs().map(|(_, sub)| sub.weight));
        for kind in &edition.kinds {
            match &kind.form {
                Form::Choice(answers) => numbers.extend(answers.iter().map(|answer| answer.score)),
                Form::Index { max, .. } => drop(numbers.insert(*max)),
                Form::Ratio => {}
            }
        }
        numbers.extend(edition.conditions.iter().filter_map(|condition| match condition.threshold {
            Threshold::AtLeast(number) => Some(number),
            _ => None,
        }));
    }
    numbers
}

/// Number literals, without suffixes and underscores.
fn literals(code: &str) -> Vec<String> {
    let mut literals = Vec::new();
    let mut previous = ' ';
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let starts = first.is_ascii_digit() && !(previous.is_alphanumeric() || previous == '_');
        let length =
            if starts { rest.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '_')) } else { None };
        let length = length.unwrap_or(first.len_utf8());
        let (token, after) = rest.split_at(length);
        if starts {
            literals.push(token.replace('_', "").trim_end_matches('.').to_owned());
        }
        previous = token.chars().last().unwrap_or(' ');
        rest = after;
    }
    literals
}

fn is_room_of_the_law(path: &Path) -> bool {
    let path = path.to_string_lossy().replace('\\', "/");
    ["instrument", "scoring", "eligibility", "way"]
        .iter()
        .any(|room| path.contains(&format!("core/src/{room}/")))
}

#[test]
fn no_weight_score_or_threshold_stands_in_rust_source() {
    let law = numbers_of_the_law();
    assert!(law.len() > 20, "only {} numbers were found in the editions", law.len());
    let mut suspects = Vec::new();
    let mut scanned = 0;
    for (path, text) in sources() {
        scanned += 1;
        for literal in literals(&code_only(&text)) {
            let is_of_the_law = Exact::parse(&literal).is_ok_and(|number| law.contains(&number));
            let is_telling = is_telling(&literal) || is_room_of_the_law(&path);
            if is_of_the_law && is_telling && !INNOCENT.contains(&literal.as_str()) {
                suspects.push(format!("{}: {literal}", path.display()));
            }
        }
    }
    assert!(scanned > 20, "only {scanned} source files were found");
    assert!(suspects.is_empty(), "{}", suspects.join("\n"));
}

/// Outside the rooms of the law a number gives itself away when it is hardly ever used for anything else:
/// a fraction that is not in quarters, or any fraction above ten. A line may be 1.5 thick.
fn is_telling(literal: &str) -> bool {
    let four = Exact::whole(4);
    Exact::parse(literal).is_ok_and(|number| {
        let in_quarters = number.times(four).is_ok_and(Exact::is_whole);
        !number.is_whole() && (!in_quarters || number > Exact::whole(10))
    })
}

#[test]
fn the_scan_sees_a_number_of_the_law_where_there_is_one() {
    assert_eq!(literals("let a = 15.75 + x2 - 0.67f64 * 1_000;"), ["15.75", "0.67", "1000"]);
    assert!(is_telling("15.75") && is_telling("0.67") && !is_telling("1.5") && !is_telling("75"));
    assert!(numbers_of_the_law().contains(&Exact::parse("15.75").expect("a number")));
    assert_eq!(code_only("a // 15.75\nb(\"x \\\" 3\")\n#[cfg(test)]\nmod tests { 3.5 }"), "a \nb()\n");
}

#[test]
fn no_question_condition_or_fact_of_an_edition_is_named_in_rust_source() {
    let mut names: BTreeSet<String> = BTreeSet::new();
    for edition in shipped().iter() {
        names.extend(edition.questions().map(|(_, _, question)| question.code.clone()));
        names.extend(edition.conditions.iter().map(|condition| condition.code.clone()));
        names.extend(
            edition.facts.iter().filter(|f| !matches!(f.kind, FactKind::Choice(_))).map(|f| f.name.clone()),
        );
    }
    let mut suspects = Vec::new();
    for (path, code) in sources().into_iter().filter(|(path, _)| is_room_of_the_law(path)) {
        suspects.extend(
            names
                .iter()
                .filter(|name| code.contains(&format!("\"{name}\"")))
                .map(|name| format!("{}: {name}", path.display())),
        );
    }
    assert!(suspects.is_empty(), "{}", suspects.join("\n"));
}
