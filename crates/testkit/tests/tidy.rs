//! The house rules a machine can see: files that say what they are, functions and files one can hold in the head,
//! nothing of the author's machine. A rule may be broken with a comment that begins with `Long because`.

#![cfg(test)]

use std::path::{Path, PathBuf};

/// Lines of code and comment, the limit of a function.
const FUNCTION_LINES: usize = 70;
/// The limit of a file.
const FILE_LINES: usize = 400;
/// What a comment has to say to be let off either limit.
const EXCUSE: &str = "Long because";

/// Files people write; everything else (locks, pictures, fonts) is made.
const WRITTEN: [&str; 14] =
    ["rs", "toml", "md", "html", "css", "ts", "js", "mjs", "typ", "sh", "yml", "yaml", "txt", "sql"];
const NOT_OURS: [&str; 5] = ["target", "node_modules", ".git", "bening-data", "dist"];

#[test]
fn every_rust_file_says_what_lives_there() {
    check(&|file| match file.is_rust() && !file.text.starts_with("//!") {
        true => vec!["does not open with //!".into()],
        false => vec![],
    });
}

#[test]
fn no_function_is_too_long_to_read() {
    check(&|file| {
        if file.is_rust() { long_functions(&file.text) } else { vec![] }
    });
}

#[test]
fn no_rust_file_is_too_long_to_read() {
    check(&|file| {
        let lines = file.text.lines().count();
        let excused =
            file.text.lines().take_while(|line| line.starts_with("//!")).any(|line| line.contains(EXCUSE));
        match file.is_rust() && lines > FILE_LINES && !excused {
            true => vec![format!("{lines} lines; split it, or say `//! {EXCUSE} …`")],
            false => vec![],
        }
    });
}

#[test]
fn no_file_knows_the_machine_it_was_written_on() {
    let homes = ["home", "root", "Users", "work"].map(|folder| format!("/{folder}/"));
    check(&|file| {
        lines_with(&file.text, &|line| homes.iter().any(|home| names_path(line, home)), "an absolute path")
    });
}

#[test]
fn what_is_left_to_do_has_an_issue() {
    let markers = ["TODO", "FIXME", "XXX"];
    let homeless =
        |line: &str| markers.iter().any(|marker| line.split(marker).skip(1).any(|rest| !has_number(rest)));
    check(&|file| match file.path.ends_with("tests/tidy.rs") {
        true => vec![],
        false => lines_with(&file.text, &homeless, "work left without an issue number"),
    });
}

#[test]
fn the_rules_see_what_they_forbid() {
    let body = "    let a = 1;\n".repeat(FUNCTION_LINES);
    assert_eq!(long_functions(&format!("pub async fn long() {{\n{body}}}\n")).len(), 1);
    assert_eq!(long_functions(&format!("// {EXCUSE} it is a table.\nfn long() {{\n{body}}}\n")).len(), 0);
    assert_eq!(long_functions("fn short() {\n}\n").len(), 0);
    assert!(names_path("see /a/x", "/a/") && names_path("/a/", "/a/"));
    assert!(!names_path("crates/a/x", "/a/") && !names_path("https://host/a/", "/a/"));
    assert!(has_number("(#12): later") && !has_number(": later") && !has_number("(#): later"));
}

/// One file that somebody wrote.
struct File {
    path: PathBuf,
    text: String,
}

impl File {
    fn is_rust(&self) -> bool {
        self.path.extension().is_some_and(|ending| ending == "rs")
    }
}

/// Applies one rule to every file and fails with all complaints at once.
fn check(rule: &dyn Fn(&File) -> Vec<String>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the repository");
    let mut files = Vec::new();
    collect(&root, &mut files);
    assert!(files.iter().any(File::is_rust), "no files were read");
    let complain = |file: &File| {
        let path = file.path.strip_prefix(&root).unwrap_or(&file.path).display().to_string();
        rule(file).into_iter().map(move |complaint| format!("{path}: {complaint}")).collect::<Vec<_>>()
    };
    let complaints: Vec<String> = files.iter().flat_map(complain).collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

fn collect(folder: &Path, files: &mut Vec<File>) {
    for entry in std::fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        if path.is_dir() && !NOT_OURS.contains(&name.as_str()) {
            collect(&path, files);
        } else if path.is_file() && WRITTEN.contains(&ending) {
            files.push(File { text: std::fs::read_to_string(&path).expect("UTF-8"), path });
        }
    }
}

/// rustfmt puts the closing brace of a function under its first letter, so no parser is needed.
fn long_functions(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let starts = (0..lines.len()).filter(|&at| opens_function(lines[at]));
    let long = starts.filter_map(|at| {
        let indent = &lines[at][..lines[at].len() - lines[at].trim_start().len()];
        let length = 1 + lines[at..].iter().position(|line| *line == format!("{indent}}}"))?;
        let excused = lines.iter().skip(at.saturating_sub(8)).take(12).any(|line| line.contains(EXCUSE));
        (length > FUNCTION_LINES && !excused).then(|| {
            format!("line {}: a function of {length} lines; split it, or say `// {EXCUSE} …`", at + 1)
        })
    });
    long.collect()
}

fn opens_function(line: &str) -> bool {
    let mut words = line.split_whitespace().skip_while(|word| {
        word.starts_with("pub")
            || ["async", "const", "extern", "\"C\"", "in", "crate)", "super)"].contains(word)
    });
    words.next() == Some("fn")
}

fn lines_with(text: &str, is_bad: &dyn Fn(&str) -> bool, complaint: &str) -> Vec<String> {
    let bad = text.lines().enumerate().filter(|(_, line)| is_bad(line));
    bad.map(|(at, line)| format!("line {}: {complaint}: {}", at + 1, line.trim())).collect()
}

/// Whether an absolute path begins here, not the middle of a relative one or of an address.
fn names_path(line: &str, home: &str) -> bool {
    line.match_indices(home)
        .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || "._-}/".contains(c)))
}

/// An issue number as in `(#12)`.
fn has_number(rest: &str) -> bool {
    rest.strip_prefix("(#").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}
