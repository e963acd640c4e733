//! Wording out of a table with the columns code, label and (for answers of a choice) option, as an agency keeps
//! it in a workbook; and what wording would change. The result is the text of a file of labels, so that both
//! ways meet the same checks.

use super::model::{Instrument, Question};
use super::problem::Problem;

/// One row: the words for a code, or for one answer of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// Row in the table, from 1.
    pub row: usize,
    /// Code of an area, sub-component or question.
    pub code: String,
    /// The answer meant, if one is.
    pub option: Option<String>,
    /// The words.
    pub label: String,
}

/// A text that would read differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reworded {
    /// Code of the area, sub-component or question, with the answer if one is meant.
    pub place: String,
    /// As it reads now.
    pub before: String,
    /// As it would read.
    pub after: String,
}

/// The headings of the columns, each with the spellings that are understood.
const CODE: &[&str] = &["kode", "code"];
const LABEL: &[&str] = &["label", "uraian", "teks", "text"];
const OPTION: &[&str] = &["pilihan", "jawaban", "option"];

/// Reads the rows of a table; the first that is not empty names the columns.
///
/// # Errors
/// When the columns cannot be found, or every row that cannot be used.
pub fn wordings(file: &str, rows: &[Vec<String>]) -> Result<Vec<Wording>, Vec<Problem>> {
    let problem = |line, reason: &str| Problem { file: file.to_owned(), line, reason: reason.to_owned() };
    let filled = |(_, row): &(usize, &Vec<String>)| row.iter().any(|cell| !cell.trim().is_empty());
    let mut rows = rows.iter().enumerate().filter(filled);
    let place = |heading: &[String], names: &[&str]| {
        heading.iter().position(|cell| names.contains(&cell.trim().to_lowercase().as_str()))
    };
    let (at, heading) = rows.next().ok_or_else(|| vec![problem(1, "tabel kosong")])?;
    let [code, label, option] = [CODE, LABEL, OPTION].map(|names| place(heading, names));
    let (Some(code), Some(label)) = (code, label) else {
        let reason = "judul kolom kode dan label belum ada; tulis pada baris pertama: kode, label, dan bila perlu pilihan";
        return Err(vec![problem(at + 1, reason)]);
    };
    let cell = |row: &[String], place: usize| row.get(place).map_or("", |cell| cell.trim()).to_owned();
    let wording = |(at, row): (usize, &Vec<String>)| Wording {
        row: at + 1,
        code: cell(row, code),
        option: option.map(|place| cell(row, place)).filter(|text| !text.is_empty()),
        label: cell(row, label),
    };
    let (wordings, blank): (Vec<_>, Vec<_>) =
        rows.map(wording).partition(|row| !row.code.is_empty() && !row.label.is_empty());
    let problems: Vec<Problem> = blank
        .iter()
        .map(|row| problem(row.row, "kode atau label kosong; isi keduanya atau hapus barisnya"))
        .collect();
    if problems.is_empty() { Ok(wordings) } else { Err(problems) }
}

/// The text of a file of labels with these words.
///
/// # Errors
/// Every row whose code or answer the edition does not have, or that repeats another.
pub fn to_labels(
    file: &str,
    rows: &[Wording],
    edition: &Instrument,
    origin: &str,
) -> Result<String, Vec<Problem>> {
    let mut problems = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let repeats = |other: &&Wording| other.code == row.code && other.option == row.option;
        let reason = match rows.iter().take(index).find(repeats) {
            Some(earlier) => Some(format!("\"{}\" sudah ada pada baris {}", row.code, earlier.row)),
            None => unfit(row, edition),
        };
        problems.extend(reason.map(|reason| Problem { file: file.to_owned(), line: row.row, reason }));
    }
    if problems.is_empty() { Ok(written(rows, edition, origin)) } else { Err(problems) }
}

fn unfit(row: &Wording, edition: &Instrument) -> Option<String> {
    let question = edition.question(&row.code).map(|(_, _, question)| question);
    match (&row.option, question) {
        (Some(option), Some(question)) => {
            let known: Vec<&str> = question.options.iter().map(|option| option.answer.as_str()).collect();
            let unknown = !known.contains(&option.as_str());
            unknown
                .then(|| format!("\"{option}\" bukan pilihan {}; pilihannya: {}", row.code, known.join(", ")))
        }
        (None, Some(_)) => None,
        (option, None) => {
            let known = edition.area(&row.code).is_some() || edition.sub(&row.code).is_some();
            (!known || option.is_some())
                .then(|| format!("kode \"{}\" tidak ada pada edisi {}", row.code, edition.id))
        }
    }
}

fn written(rows: &[Wording], edition: &Instrument, origin: &str) -> String {
    let mut text = format!("instrument = {}\norigin = {}\n", quoted(&edition.id), quoted(origin));
    let names = |known: &dyn Fn(&str) -> bool| {
        let lines = rows.iter().filter(|row| row.option.is_none() && known(&row.code));
        lines.map(|row| format!("{} = {}\n", quoted(&row.code), quoted(&row.label))).collect::<String>()
    };
    text.push_str(&format!("\n[area]\n{}", names(&|code| edition.area(code).is_some())));
    text.push_str(&format!("\n[sub]\n{}", names(&|code| edition.sub(code).is_some())));
    for (_, _, question) in edition.questions() {
        text.push_str(&question_text(rows, question));
    }
    text
}

fn question_text(rows: &[Wording], question: &Question) -> String {
    let mine = rows.iter().filter(|row| row.code == question.code);
    let lines: String = mine
        .map(|row| match &row.option {
            None => format!("label = {}\n", quoted(&row.label)),
            Some(option) => format!("option.{} = {}\n", quoted(option), quoted(&row.label)),
        })
        .collect();
    if lines.is_empty() { lines } else { format!("\n[question.{}]\n{lines}", quoted(&question.code)) }
}

/// A text on one line between quotation marks; what JSON escapes, TOML escapes the same way.
fn quoted(text: &str) -> String {
    let words: Vec<String> =
        text.split_whitespace().map(|word| word.chars().filter(|c| !c.is_control()).collect()).collect();
    serde_json::Value::String(words.join(" ")).to_string()
}

/// What reads differently in one edition and the same edition with other words.
#[must_use]
pub fn reworded(before: &Instrument, after: &Instrument) -> Vec<Reworded> {
    let (old, new) = (texts(before), texts(after));
    let pairs = old.into_iter().zip(new).filter(|(old, new)| old != new);
    pairs.map(|((place, before), (_, after))| Reworded { place, before, after }).collect()
}

fn texts(edition: &Instrument) -> Vec<(String, String)> {
    let areas = edition.areas.iter().map(|area| (area.code.clone(), area.name.clone()));
    let subs = edition.subs().map(|(_, sub)| (sub.code.clone(), sub.name.clone()));
    let questions = edition.questions().flat_map(|(_, _, question)| {
        let options =
            question.options.iter().map(|o| (format!("{} {}", question.code, o.answer), o.text.clone()));
        let evidence = (format!("{} bukti", question.code), question.evidence.join("; "));
        [(question.code.clone(), question.label.clone())].into_iter().chain(options).chain([evidence])
    });
    areas.chain(subs).chain(questions).collect()
}
