//! Columns of a register as fields of a form and as values on a page.

use bening_core::instrument::Exact;
use bening_core::register::{
    Choice, Column, Computed, Draft, Kind, Refusal, Register, Row, percent, plain, written,
};

use super::tone;
use crate::error::sentence;
use crate::page::Page;
use crate::plan::status::Chip;

/// Before the name of a column in a form.
const PREFIX: &str = "k-";

/// A field of a form.
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) value: String,
    pub(crate) kind: &'static str,
    pub(crate) choices: Vec<Choice>,
    pub(crate) error: String,
    pub(crate) hint: String,
    pub(crate) required: bool,
}

/// A value with its heading.
pub(super) struct Shown {
    pub(super) label: String,
    pub(super) text: String,
    pub(super) chip: Option<Chip>,
}

/// What was typed into a posted form.
pub(crate) fn draft(fields: &[(String, String)]) -> Draft {
    let named =
        |(name, value): &(String, String)| Some((name.strip_prefix(PREFIX)?.to_owned(), value.clone()));
    fields.iter().filter_map(named).collect()
}

/// A plain field of a posted form.
pub(super) fn field<'a>(fields: &'a [(String, String)], name: &str) -> &'a str {
    fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
}

/// The fields of columns with what stands in them and what is wrong.
pub(crate) fn fields<'a>(
    page: &Page,
    columns: impl Iterator<Item = &'a Column>,
    draft: &Draft,
    refusal: Option<&Refusal>,
) -> Vec<Field> {
    let field = |column: &Column| Field {
        name: format!("{PREFIX}{}", column.code),
        label: column.title.clone(),
        value: draft.get(&column.code).cloned().unwrap_or_default(),
        kind: match column.kind {
            Kind::Text => "area",
            Kind::Day => "date",
            Kind::Choice(_) | Kind::Person => "select",
            Kind::Line | Kind::Number { .. } | Kind::Money => "text",
        },
        choices: column.kind.choices().to_vec(),
        error: error(page, column, refusal),
        hint: column.help.clone(),
        required: column.required,
    };
    columns.map(field).collect()
}

fn error(page: &Page, column: &Column, refusal: Option<&Refusal>) -> String {
    let Some(Refusal::Fields(problems)) = refusal else { return String::new() };
    let found = problems.iter().find(|(code, _)| *code == column.code);
    found.map(|(_, problem)| sentence(&page.t(&problem.to_string()))).unwrap_or_default()
}

/// A column of a line as people read it.
pub(crate) fn value(page: &Page, column: &Column, row: &Row) -> String {
    let kept = row.value(&column.code);
    match (&column.kind, kept.is_empty()) {
        (_, true) => String::new(),
        (Kind::Day, _) => row.day(&column.code).map(|day| page.date(day)).unwrap_or_default(),
        (Kind::Money, _) => {
            Exact::parse(kept).map(|amount| format!("Rp{}", plain(amount))).unwrap_or_default()
        }
        (Kind::Number { .. }, _) => Exact::parse(kept).map(plain).unwrap_or_default(),
        _ => written(column, kept),
    }
}

/// A computed column of a line as people read it.
pub(super) fn computed(register: &Register, computed: &Computed, row: &Row) -> Shown {
    let number = register.compute(row, computed);
    let said = number.map(|number| if computed.percent { percent(number) } else { plain(number) });
    let text = said.unwrap_or_default();
    let chip = number.and_then(|number| computed.band(number)).map(|band| {
        let tone = tone(band.tone);
        Chip { tone, sign: tone.sign(), text: format!("{text} · {}", band.title) }
    });
    Shown { label: computed.title.clone(), text, chip }
}
