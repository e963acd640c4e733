//! Answers from a survey that was asked elsewhere: which column is which question, which words are which answer, and
//! every cell that fits neither. Nothing is taken over while a cell is wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use chrono::{Days, NaiveDate};

mod sample;

pub use sample::ImportSample;

use super::answer::Answer;
use super::campaign::{Campaign, Channel};
use super::model::{Questionnaire, Scale};

/// The usual words as they lie in `instruments/surveys/`: name and text.
pub const WORDS_FILE: (&str, &str) =
    ("kata-jawaban.toml", include_str!("../../../../instruments/surveys/kata-jawaban.toml"));

/// Most problems that are listed; all are counted.
pub const PROBLEMS_MAX: usize = 100;
/// Most different words that are told apart.
pub const LABELS_MAX: usize = 60;
/// How many words of a heading and a question must be the same, in percent, to be taken for each other.
const ALIKE_PERCENT: usize = 60;
/// Headings that forms elsewhere give to the moment of an answer.
const MOMENTS: [&str; 7] =
    ["timestamp", "cap waktu", "stempel waktu", "tanggal", "waktu", "tanggal pengisian", "submitted at"];

#[derive(serde::Deserialize)]
struct Lists {
    lists: Vec<Vec<String>>,
}

static LISTS: LazyLock<Vec<Vec<String>>> =
    LazyLock::new(|| toml::from_str(WORDS_FILE.1).map_or_else(|_| Vec::new(), |read: Lists| read.lists));

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Nothing that is taken over.
    Skip,
    /// The day of the answer.
    Day,
    /// The question or extra with this code.
    Code(String),
}

/// How a table is read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportPlan {
    /// What each column holds.
    pub columns: Vec<Target>,
    /// The answer that words stand for, by normalised words.
    pub words: BTreeMap<String, u8>,
}

/// A cell or column that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellProblem {
    /// Row as the spreadsheet numbers it; the headings are row 1.
    pub row: usize,
    /// Heading of the column, where it is about one.
    pub column: String,
    /// What is wrong and what to do.
    pub reason: String,
}

/// What became of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// The answers, as far as they fit.
    pub answers: Vec<Answer>,
    /// What does not fit, the first [`PROBLEMS_MAX`].
    pub problems: Vec<CellProblem>,
    /// How many cells do not fit.
    pub problems_count: usize,
}

/// Words without what does not matter: capital letters, signs, more than one space.
#[must_use]
pub(super) fn normal(text: &str) -> String {
    let plain = text.to_lowercase();
    plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

impl ImportPlan {
    /// A guess for people to look at.
    #[must_use]
    pub fn guess(asked: &Questionnaire, scale: &Scale, rows: &[Vec<String>]) -> Self {
        let mut taken = BTreeSet::new();
        let heads = rows.first().map(Vec::as_slice).unwrap_or_default();
        let columns: Vec<Target> = heads.iter().map(|head| target(asked, head, &mut taken)).collect();
        let mut plan = Self { columns, words: BTreeMap::new() };
        plan.words = plan.guess_words(asked, scale, rows);
        plan
    }

    /// The different words in the columns of questions, in order.
    #[must_use]
    pub fn labels(&self, asked: &Questionnaire, rows: &[Vec<String>]) -> Vec<String> {
        let mut labels = BTreeSet::new();
        for place in self.question_columns(asked) {
            labels.extend(labels_of(rows, place));
        }
        labels.into_iter().take(LABELS_MAX).collect()
    }

    fn question_columns(&self, asked: &Questionnaire) -> Vec<usize> {
        let is_question = |code: &String| asked.questions().any(|(_, question)| question.code == *code);
        let of = |target: &Target| matches!(target, Target::Code(code) if is_question(code));
        self.columns.iter().enumerate().filter(|(_, target)| of(target)).map(|(place, _)| place).collect()
    }

    fn guess_words(
        &self,
        asked: &Questionnaire,
        scale: &Scale,
        rows: &[Vec<String>],
    ) -> BTreeMap<String, u8> {
        let (mut words, mut doubtful) = (BTreeMap::new(), BTreeSet::new());
        for place in self.question_columns(asked) {
            let labels = labels_of(rows, place);
            let lists = LISTS.iter().filter(|list| list.len() == usize::from(scale.points));
            let known = |list: &Vec<String>| list.iter().filter(|word| labels.contains(*word)).count();
            let Some(best) = lists.max_by_key(|list| known(list)).filter(|list| known(list) > 0) else {
                continue;
            };
            for (value, word) in (1_u8..).zip(best).filter(|(_, word)| labels.contains(*word)) {
                if words.insert(word.clone(), value).is_some_and(|before| before != value) {
                    doubtful.insert(word.clone());
                }
            }
        }
        words.retain(|word, _| !doubtful.contains(word));
        words
    }

    /// Reads a whole table: every answer, and every cell that fits nothing.
    #[must_use]
    pub fn read(&self, campaign: &Campaign, rows: &[Vec<String>]) -> Imported {
        let reader = match self.reader(campaign, rows) {
            Ok(reader) => reader,
            Err(refused) => return refused,
        };
        let mut found = Imported::default();
        for (place, row) in rows.iter().enumerate().skip(1) {
            found.take(reader.row(place + 1, row));
        }
        found
    }

    /// What reads the rows of a table one by one; `sample` are its headings and some of its rows.
    ///
    /// # Errors
    /// What is wrong with the columns, before any row is looked at.
    pub fn reader(&self, campaign: &Campaign, sample: &[Vec<String>]) -> Result<RowReader, Imported> {
        let mut found = Imported::default();
        let Some((asked, scale)) = campaign.asked().zip(campaign.scale()) else { return Err(found) };
        self.check_columns(&asked, &mut found);
        if found.problems_count > 0 {
            return Err(found);
        }
        Ok(RowReader {
            plan: self.clone(),
            campaign: campaign.clone(),
            order: self.day_order(sample),
            heads: sample.first().cloned().unwrap_or_default(),
            asked,
            scale,
        })
    }

    fn check_columns(&self, asked: &Questionnaire, found: &mut Imported) {
        let count = |code: &str| {
            let is = |target: &&Target| matches!(target, Target::Code(known) if known == code);
            self.columns.iter().filter(is).count()
        };
        for (_, question) in asked.questions() {
            let reason = match count(&question.code) {
                0 => format!("pertanyaan {} belum mempunyai kolom", question.code),
                1 => continue,
                _ => format!("pertanyaan {} dipilih untuk lebih dari satu kolom", question.code),
            };
            found.refuse(CellProblem { row: 1, column: String::new(), reason });
        }
    }

    fn beside(&self, cell: &str) -> String {
        match normal(cell).as_str() {
            "ya" | "yes" | "pernah" => "ya".to_owned(),
            "tidak" | "no" | "tidak pernah" => "tidak".to_owned(),
            _ => cell.to_owned(),
        }
    }

    /// The answer a cell stands for, as our form would send it; nothing was not answered.
    fn value(&self, cell: &str, points: u8) -> Option<String> {
        if cell.is_empty() {
            return Some(String::new());
        }
        let known = self.words.get(&normal(cell)).copied();
        let value = known.or_else(|| leading_number(cell)).filter(|value| (1..=points).contains(value));
        value.map(|value| value.to_string())
    }

    /// Whether days or months stand first; one cell with a thirteenth "month" in the second place decides.
    fn day_order(&self, rows: &[Vec<String>]) -> DayOrder {
        let place = self.columns.iter().position(|target| *target == Target::Day);
        let mut cells = rows.iter().skip(1).filter_map(|row| row.get(place?));
        if cells.any(|cell| is_american(cell)) { DayOrder::MonthFirst } else { DayOrder::DayFirst }
    }
}

/// Whether a cell can only be a day written with the month first.
fn is_american(cell: &str) -> bool {
    matches!(numbers(cell).as_slice(), [first, second, _] if *first <= 12 && *second > 12)
}

/// Reads the rows of one table.
#[derive(Debug, Clone)]
pub struct RowReader {
    plan: ImportPlan,
    campaign: Campaign,
    asked: Questionnaire,
    scale: &'static Scale,
    order: DayOrder,
    heads: Vec<String>,
}

impl RowReader {
    /// The answer of a row, or every cell of it that fits nothing; `None` for an empty row.
    #[must_use]
    pub fn row(&self, number: usize, row: &[String]) -> Option<Result<Answer, Vec<CellProblem>>> {
        if row.iter().all(|cell| cell.trim().is_empty()) {
            return None;
        }
        let (mut fields, mut problems) = (BTreeMap::new(), Vec::new());
        let mut day = self.campaign.closes_on;
        for (at, target) in self.plan.columns.iter().enumerate() {
            let cell = row.get(at).map(|cell| cell.trim()).unwrap_or_default();
            let read = match target {
                Target::Skip => continue,
                Target::Day => self.day(cell).map(|read| day = read),
                Target::Code(code) => {
                    self.field(code, cell).map(|value| drop(fields.insert(code.as_str(), value)))
                }
            };
            if let Err(reason) = read {
                let column = self.heads.get(at).cloned().unwrap_or_default();
                problems.push(CellProblem { row: number, column, reason });
            }
        }
        if !problems.is_empty() {
            return Some(Err(problems));
        }
        let field = |code: &str| fields.get(code).cloned();
        let answer = Answer::read(&self.asked, self.scale, (day, Channel::Import), field);
        Some(answer.map_err(|error| {
            vec![CellProblem { row: number, column: String::new(), reason: error.to_string() }]
        }))
    }

    fn day(&self, cell: &str) -> Result<NaiveDate, String> {
        let day = day_of(cell, self.order).ok_or_else(|| not_a_day(cell))?;
        if (self.campaign.opens_on..=self.campaign.closes_on).contains(&day) {
            return Ok(day);
        }
        Err(format!("{day} di luar masa survei ini; ubah tanggal survei, atau abaikan kolom ini"))
    }

    fn field(&self, code: &str, cell: &str) -> Result<String, String> {
        let points = self.scale.points;
        match self.asked.questions().any(|(_, question)| question.code == code) {
            true => self.plan.value(cell, points).ok_or_else(|| not_an_answer(cell)),
            false => Ok(self.plan.beside(cell)),
        }
    }
}

impl Imported {
    /// Takes in what became of a row.
    pub fn take(&mut self, row: Option<Result<Answer, Vec<CellProblem>>>) {
        match row {
            None => {}
            Some(Ok(answer)) => self.answers.push(answer),
            Some(Err(problems)) => problems.into_iter().for_each(|problem| self.refuse(problem)),
        }
    }

    /// Notes a cell that fits nothing.
    pub fn refuse(&mut self, problem: CellProblem) {
        self.problems_count += 1;
        if self.problems.len() < PROBLEMS_MAX {
            self.problems.push(problem);
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum DayOrder {
    DayFirst,
    MonthFirst,
}

fn target(asked: &Questionnaire, head: &str, taken: &mut BTreeSet<String>) -> Target {
    let plain = normal(head);
    if MOMENTS.contains(&plain.as_str()) {
        return if taken.insert(String::new()) { Target::Day } else { Target::Skip };
    }
    let questions =
        asked.questions().map(|(at, question)| (&question.code, &question.text, Some(&asked.unsur[at])));
    let extras = asked.extras.iter().map(|extra| (&extra.code, &extra.text, None));
    let mut best: Option<(usize, &String)> = None;
    for (code, text, unsur) in questions.chain(extras) {
        let alone = unsur.filter(|unsur| unsur.questions.len() == 1).map(|unsur| normal(&unsur.name.id));
        let likeness = match () {
            () if plain == normal(code) => 100,
            () if alone.is_some_and(|name| !name.is_empty() && plain.ends_with(&name)) => 99,
            () => alike(&plain, &normal(&text.id)).max(alike(&plain, &normal(&text.en))),
        };
        let better = best.is_none_or(|(before, _)| likeness > before);
        if likeness >= ALIKE_PERCENT && better && !taken.contains(code) {
            best = Some((likeness, code));
        }
    }
    match best {
        Some((_, code)) => {
            taken.insert(code.clone());
            Target::Code(code.clone())
        }
        None => Target::Skip,
    }
}

/// How many words two texts have in common, in percent of all their words.
fn alike(one: &str, other: &str) -> usize {
    let (one, other): (BTreeSet<&str>, BTreeSet<&str>) =
        (one.split(' ').collect(), other.split(' ').collect());
    let all = one.union(&other).count();
    (one.intersection(&other).count() * 100).checked_div(all).unwrap_or(0)
}

fn labels_of(rows: &[Vec<String>], place: usize) -> BTreeSet<String> {
    let cells = rows.iter().skip(1).filter_map(|row| row.get(place));
    let words = cells.filter(|cell| leading_number(cell).is_none()).map(|cell| normal(cell));
    words.filter(|label| !label.is_empty()).take(LABELS_MAX * rows.len()).collect()
}

/// The number a cell begins with: "4", "4.0", "4 - Sangat setuju".
fn leading_number(cell: &str) -> Option<u8> {
    let digits: String = cell.trim().chars().take_while(char::is_ascii_digit).collect();
    let rest = cell.trim()[digits.len()..].trim_start();
    let ends =
        rest.is_empty() || rest == ".0" || !rest.starts_with(['.', ',', '/']) || rest.starts_with(". ");
    if ends { digits.parse().ok() } else { None }
}

fn numbers(cell: &str) -> Vec<u32> {
    let first = cell.trim().split([' ', 'T']).next().unwrap_or_default();
    first.split(['/', '-', '.']).filter_map(|part| part.parse().ok()).collect()
}

fn day_of(cell: &str, order: DayOrder) -> Option<NaiveDate> {
    match (numbers(cell).as_slice(), order) {
        ([year, month, day], _) if *year > 1900 => at(*year, *month, *day),
        ([day, month, year], DayOrder::DayFirst) => at(*year, *month, *day),
        ([month, day, year], DayOrder::MonthFirst) => at(*year, *month, *day),
        // A spreadsheet counts days from the end of 1899; the hour stands behind the point.
        ([days], _) | ([days, _], _) if (20_000..80_000).contains(days) => {
            NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(u64::from(*days)))
        }
        _ => None,
    }
}

fn at(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    let year = if year < 100 { 2000 + year } else { year };
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

fn not_a_day(cell: &str) -> String {
    format!("“{}” bukan tanggal; tulis seperti 15/06/2020, atau abaikan kolom ini", short(cell))
}

fn not_an_answer(cell: &str) -> String {
    format!("“{}” bukan jawaban pada skala ini; pilih nilainya di daftar kata", short(cell))
}

fn short(cell: &str) -> String {
    let shown: String = cell.chars().filter(|c| !c.is_control()).take(40).collect();
    if shown.len() < cell.len() { format!("{shown}…") } else { shown }
}

#[cfg(test)]
mod tests;
