//! Rows of TOML to the nouns of a questionnaire. Shape only: what must hold together is in `check.rs`.

use chrono::NaiveDate;

use super::feed::Feed;
use super::model::{
    Band, Bands, Extra, ExtraKind, IndexRule, Missing, Question, Questionnaire, Scale, Status, Unsur, Words,
};
use crate::instrument::source::{Row, Source};
use crate::instrument::{Exact, parse_expression};

/// The most points a scale may have: answers are kept as one byte, and people cannot tell more apart.
const MAX_POINTS: u8 = 10;

pub(super) fn questionnaire(source: &Source<'_>) -> Option<Questionnaire> {
    let table = source.parse()?;
    let row = Row::new(source, &table, 1);
    let missing = [
        ("per_answer", Missing::PerAnswer),
        ("complete_only", Missing::CompleteOnly),
        ("refused", Missing::Refused),
    ];
    let questionnaire = Questionnaire {
        id: row.text("id"),
        family: row.text("family"),
        version: whole(&row, "version").unwrap_or(0),
        title: words(&row, "title"),
        regulation: row.text("regulation"),
        citation: row.citation(),
        valid_from: row.date("valid_from").unwrap_or(NaiveDate::MIN),
        valid_until: row.date_if_any("valid_until"),
        missing: row.word("missing", &missing).unwrap_or(Missing::PerAnswer),
        notes: row.text_if_any("notes"),
        index: index(&row),
        scales: each(&row, "scale", scale),
        unsur: each(&row, "unsur", unsur),
        extras: each(&row, "extra", extra),
        bands: each(&row, "bands", bands),
        feeds: each(&row, "feed", feed),
        line: row.cell("id").map_or(1, |cell| cell.line),
    };
    row.finish();
    Some(questionnaire)
}

/// The rows of an array of tables, each read and its unread keys refused.
pub(super) fn each<T>(row: &Row<'_>, key: &'static str, read: fn(&Row<'_>) -> T) -> Vec<T> {
    let rows = row.rows(key);
    rows.iter().map(|row| finished(row, read)).collect()
}

fn finished<T>(row: &Row<'_>, read: fn(&Row<'_>) -> T) -> T {
    let item = read(row);
    row.finish();
    item
}

/// A table of its own under a key; a problem when it is absent.
pub(super) fn table<'s>(row: &Row<'s>, key: &'static str) -> Option<Row<'s>> {
    let table = row.table(key);
    if table.is_none() {
        row.refuse(row.line, &format!("tabel [{key}] belum ada"));
    }
    table
}

/// A whole number above zero.
pub(super) fn whole<T: TryFrom<i128>>(row: &Row<'_>, key: &'static str) -> Option<T> {
    let number = Some(row.number(key)).filter(|number| number.is_whole() && !number.is_zero());
    let number = number.and_then(|number| T::try_from(number.nearest()).ok());
    if number.is_none() {
        row.refuse(row.line, &format!("\"{key}\" harus bilangan bulat lebih dari nol"));
    }
    number
}

fn words(row: &Row<'_>, key: &'static str) -> Words {
    let Some(inner) = table(row, key) else { return Words::default() };
    finished(&inner, |row| Words { id: row.text("id"), en: row.text("en") })
}

fn index(row: &Row<'_>) -> IndexRule {
    let read = |row: &Row<'_>| IndexRule {
        name: row.text("name"),
        title: words(row, "title"),
        lowest: row.number("lowest"),
        highest: row.number("highest"),
        percent_per_point: row.number("percent_per_point"),
        citation: row.citation(),
    };
    let nothing = || IndexRule {
        name: String::new(),
        title: Words::default(),
        lowest: Exact::ZERO,
        highest: Exact::ZERO,
        percent_per_point: Exact::ZERO,
        citation: String::new(),
    };
    table(row, "index").map_or_else(nothing, |inner| finished(&inner, read))
}

fn scale(row: &Row<'_>) -> Scale {
    let points = whole(row, "points").unwrap_or(0);
    if points > MAX_POINTS {
        row.refuse(row.line, &format!("skala paling banyak {MAX_POINTS} titik"));
    }
    let formula = row.text("value");
    let values = values(row, &formula, points.min(MAX_POINTS));
    Scale { points, formula, values, citation: row.citation(), line: row.line }
}

fn values(row: &Row<'_>, formula: &str, points: u8) -> Vec<Exact> {
    let expression = match parse_expression(formula) {
        Ok(expression) => expression,
        Err(error) => {
            row.refuse(row.line, &format!("\"value\": {error}"));
            return Vec::new();
        }
    };
    let value = |answer: u8| {
        let given = Exact::whole(u32::from(answer));
        expression.value(&|name| (name == "s").then_some(given))
    };
    let values: Result<Vec<Exact>, _> = (1..=points).map(value).collect();
    values.unwrap_or_else(|error| {
        row.refuse(row.line, &format!("\"value\": {error}"));
        Vec::new()
    })
}

fn unsur(row: &Row<'_>) -> Unsur {
    Unsur {
        code: row.text("code"),
        name: words(row, "name"),
        questions: each(row, "question", question),
        line: row.line,
    }
}

fn question(row: &Row<'_>) -> Question {
    Question {
        code: row.text("code"),
        text: words(row, "text"),
        lowest: words(row, "lowest"),
        highest: words(row, "highest"),
        line: row.line,
    }
}

fn extra(row: &Row<'_>) -> Extra {
    let kinds = [("yes_no", ExtraKind::YesNo), ("text", ExtraKind::Text), ("scale", ExtraKind::Scale)];
    Extra {
        code: row.text("code"),
        kind: row.word("kind", &kinds).unwrap_or(ExtraKind::Text),
        text: words(row, "text"),
        line: row.line,
    }
}

fn bands(row: &Row<'_>) -> Bands {
    let statuses = [("current", Status::Current), ("predecessor", Status::Predecessor)];
    Bands {
        id: row.text("id"),
        status: row.word("status", &statuses).unwrap_or(Status::Predecessor),
        citation: row.citation(),
        notes: row.text_if_any("notes"),
        bands: each(row, "band", band),
        line: row.line,
    }
}

fn feed(row: &Row<'_>) -> Feed {
    Feed {
        edition: row.text("edition"),
        question: row.text("question"),
        citation: row.citation(),
        line: row.line,
    }
}

fn band(row: &Row<'_>) -> Band {
    Band {
        grade: row.text("grade"),
        from_percent: row.number("from_percent"),
        name: row.cell("name").map(|_| words(row, "name")),
    }
}
