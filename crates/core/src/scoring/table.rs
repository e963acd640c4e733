//! Answers as CSV. The first line names the columns `code` (or `kode`), `answer` (`jawaban`, `nilai`) and,
//! for ratios, `input` (`isian`); separator `;`, `,` or tab, taken from that line. A ratio has one line per
//! input; a field may be in quotation marks.
//!
//! ```text
//! code;input;answer
//! MP-P1a;;Ya
//! PW-R2a;harus_ditindaklanjuti;12
//! PW-R2a;selesai;9
//! BA-H1a;;3,60
//! ```

use super::json::{Json, MAX_JSON_BYTES};
use super::sheet::SheetProblem;

/// Most lines read; a full sheet has fewer than two hundred.
pub const MAX_LINES: usize = 5_000;

type Pairs = Vec<(String, Json)>;

struct Columns {
    separator: char,
    code: usize,
    answer: usize,
    input: Option<usize>,
}

/// The pairs of code and answer in a CSV text.
pub(super) fn pairs(text: &str) -> Result<Pairs, Vec<SheetProblem>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.len() > MAX_JSON_BYTES || text.lines().count() > MAX_LINES {
        return Err(vec![SheetProblem::new("berkas", "terlalu banyak baris untuk sebuah lembar kerja")]);
    }
    let mut lines = text.lines().enumerate();
    let columns = columns(lines.next().map_or("", |(_, line)| line))?;
    let (mut pairs, mut problems) = (Pairs::new(), Vec::new());
    for (place, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        if let Err(reason) = add(&mut pairs, &columns, line) {
            problems.push(SheetProblem::new(format!("baris {}", place + 1), reason));
        }
    }
    if problems.is_empty() { Ok(pairs) } else { Err(problems) }
}

fn columns(heading: &str) -> Result<Columns, Vec<SheetProblem>> {
    let separator = [';', '\t', ','].into_iter().find(|c| heading.contains(*c)).unwrap_or(';');
    let names = fields(heading, separator).unwrap_or_default();
    let find =
        |known: &[&str]| names.iter().position(|name| known.contains(&name.trim().to_lowercase().as_str()));
    let (Some(code), Some(answer)) = (find(&["code", "kode"]), find(&["answer", "jawaban", "nilai"])) else {
        return Err(vec![SheetProblem::new(
            "baris 1",
            "harus memuat nama kolom code dan answer (serta input untuk rasio)",
        )]);
    };
    Ok(Columns { separator, code, answer, input: find(&["input", "isian"]) })
}

fn add(pairs: &mut Pairs, columns: &Columns, line: &str) -> Result<(), String> {
    let fields = fields(line, columns.separator).ok_or("tanda kutip tidak ditutup")?;
    let field = |place: usize| fields.get(place).map_or("", |field| field.trim()).to_owned();
    let (code, answer) = (field(columns.code), Json::Text(field(columns.answer)));
    let input = columns.input.map(field).filter(|input| !input.is_empty());
    if code.is_empty() {
        return Err("kode pertanyaan kosong".to_owned());
    }
    let earlier = pairs.iter_mut().find(|(known, _)| *known == code).map(|(_, value)| value);
    match (earlier, input) {
        (None, None) => pairs.push((code, answer)),
        (None, Some(input)) => pairs.push((code, Json::Object(vec![(input, answer)]))),
        (Some(Json::Object(entries)), Some(input)) if entries.iter().all(|(name, _)| *name != input) => {
            entries.push((input, answer));
        }
        (Some(_), _) => return Err(format!("jawaban untuk {code} ada dua kali")),
    }
    Ok(())
}

/// The fields of one line; `None` when a quotation mark is not closed.
fn fields(line: &str, separator: char) -> Option<Vec<String>> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => fields.last_mut()?.extend(letters.next()),
            '"' => quoted = !quoted,
            c if c == separator && !quoted => fields.push(String::new()),
            c => fields.last_mut()?.push(c),
        }
    }
    (!quoted).then_some(fields)
}
