//! Figures of a register: how many, how much, which share, and the tables of its recap. Exact numbers.

use chrono::{Datelike, NaiveDate};

use super::measure::{Figure, Filter, Measure, Recap};
use super::model::{Computed, Register};
use super::row::Row;
use super::value::written;
use crate::instrument::{Exact, parse_expression};
use crate::time::Month;

/// Heading of lines that fit nowhere in a table.
const ELSEWHERE: &str = "tidak diisi";

/// A figure with what it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// Its value; none when there is nothing to measure, or it does not fit.
    pub value: Option<Exact>,
    /// Of a share or ratio what stands above and below the line.
    pub parts: Option<(Exact, Exact)>,
}

/// A table of the recap: headings, lines and totals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recapped {
    /// Headings across, without that of the total.
    pub columns: Vec<String>,
    /// Lines: name, a number for each heading, total.
    pub rows: Vec<(String, Vec<Exact>, Exact)>,
    /// Totals of the columns, and of all.
    pub total: (Vec<Exact>, Exact),
}

impl Register {
    /// A figure over lines on a day.
    #[must_use]
    pub fn measure(&self, figure: &Figure, rows: &[Row], today: NaiveDate) -> Measured {
        let meant: Vec<&Row> = rows.iter().filter(|row| self.fits(row, &figure.of, today)).collect();
        match &figure.measure {
            Measure::Count => Measured::plain(count(meant.len())),
            Measure::Sum(column) => Measured::plain(self.sum(&meant, column)),
            Measure::Share(part) => {
                let fitting = meant.iter().filter(|row| self.fits(row, part, today)).count();
                Measured::over(count(fitting), count(meant.len()))
            }
            Measure::Ratio { part, whole } => Measured::over(self.sum(&meant, part), self.sum(&meant, whole)),
        }
    }

    /// Whether a line satisfies all filters.
    #[must_use]
    pub fn fits(&self, row: &Row, filters: &[Filter], today: NaiveDate) -> bool {
        filters.iter().all(|filter| match filter {
            Filter::State(is) => is.contains(&row.state),
            Filter::Late => self.is_late(row, today),
            Filter::Column { code, is } => self.meanings(row, code).iter().any(|word| is.contains(word)),
        })
    }

    /// What a column says of a line: the code that is kept, or the word of its band.
    fn meanings(&self, row: &Row, column: &str) -> Vec<String> {
        match self.computed(column) {
            Some(computed) => self.band_of(row, computed).into_iter().collect(),
            None => vec![row.value(column).to_owned()],
        }
    }

    fn band_of(&self, row: &Row, computed: &Computed) -> Option<String> {
        computed.band(self.compute(row, computed)?).map(|band| band.title.clone())
    }

    /// The number of a computed column; none while something it needs is missing.
    #[must_use]
    pub fn compute(&self, row: &Row, computed: &Computed) -> Option<Exact> {
        if let Some(matrix) = &computed.matrix {
            let place = |code: &str| row.value(code).parse::<usize>().ok()?.checked_sub(1);
            let line = matrix.values.get(place(&matrix.row)?)?;
            return line.get(place(&matrix.column)?).copied().map(Exact::whole);
        }
        let formula = parse_expression(computed.formula.as_deref()?).ok()?;
        formula.value(&|input| Exact::parse(row.value(input)).ok()).ok()
    }

    /// What a place in a table of the recap means, where the table is laid out like the matrix of a computed column.
    #[must_use]
    pub fn shade(&self, recap: &Recap, row: usize, column: usize) -> Option<&super::model::Band> {
        let same = |computed: &&Computed| {
            let matrix = computed.matrix.as_ref();
            matrix.is_some_and(|m| m.row == recap.rows && Some(&m.column) == recap.columns.as_ref())
        };
        let computed = self.computed.iter().find(same)?;
        let number = computed.matrix.as_ref()?.values.get(row)?.get(column)?;
        computed.band(Exact::whole(*number))
    }

    fn sum(&self, rows: &[&Row], column: &str) -> Option<Exact> {
        Exact::sum(rows.iter().filter_map(|row| self.number(row, column))).ok()
    }

    fn number(&self, row: &Row, column: &str) -> Option<Exact> {
        match self.computed(column) {
            Some(computed) => self.compute(row, computed),
            None => Exact::parse(row.value(column)).ok(),
        }
    }

    /// A table of the recap over lines.
    #[must_use]
    pub fn recap(&self, recap: &Recap, rows: &[Row]) -> Recapped {
        let across = recap.columns.as_deref().map(|by| self.dimension(by, rows)).unwrap_or_default();
        let down = self.dimension(&recap.rows, rows);
        let amount = |row: &Row| match &recap.sum {
            Some(column) => self.number(row, column).unwrap_or(Exact::ZERO),
            None => Exact::ONE,
        };
        let total = |keep: &dyn Fn(&Row) -> bool| {
            Exact::sum(rows.iter().filter(|row| keep(row)).map(amount)).unwrap_or(Exact::ZERO)
        };
        let is = |row: &Row, by: &str, heading: &str| self.heading(row, by) == heading;
        let by = recap.columns.as_deref().unwrap_or_default();
        let line = |name: &String| {
            let cell = |head: &String| total(&|row| is(row, &recap.rows, name) && is(row, by, head));
            (name.clone(), across.iter().map(cell).collect(), total(&|row| is(row, &recap.rows, name)))
        };
        let columns_total = across.iter().map(|head| total(&|row| is(row, by, head))).collect();
        Recapped {
            rows: down.iter().map(line).collect(),
            total: (columns_total, total(&|_| true)),
            columns: across,
        }
    }

    /// All headings of a dimension in their order, and a last one for lines that fit none, if there are any.
    fn dimension(&self, by: &str, rows: &[Row]) -> Vec<String> {
        let mut known: Vec<String> = match by {
            "bulan" => Month::all().map(|month| month.name().to_owned()).collect(),
            "keadaan" => self.states.iter().map(|state| state.title.clone()).collect(),
            code => match self.computed(code) {
                Some(computed) => computed.bands.iter().map(|band| band.title.clone()).collect(),
                None => {
                    let choices = self.column(code).map_or(&[][..], |column| column.kind.choices());
                    choices.iter().map(|choice| choice.title.clone()).collect()
                }
            },
        };
        if rows.iter().any(|row| !known.contains(&self.heading(row, by))) {
            known.push(ELSEWHERE.to_owned());
        }
        known
    }

    /// All headings of a dimension, of months only those that a day has reached; later ones are empty for certain.
    pub(crate) fn dimension_until(&self, by: &str, rows: &[Row], today: NaiveDate) -> Vec<String> {
        let mut headings = self.dimension(by, rows);
        if by == "bulan" && rows.iter().all(|row| row.year.get() == today.year()) {
            let reached: Vec<&str> = Month::all().take(today.month() as usize).map(Month::name).collect();
            let is_empty = |heading: &String| !rows.iter().any(|row| self.heading(row, by) == *heading);
            headings.retain(|heading| reached.contains(&heading.as_str()) || !is_empty(heading));
        }
        headings
    }

    /// Name of a dimension.
    pub(crate) fn dimension_title(&self, by: &str) -> String {
        let computed = self.computed(by).map(|computed| &computed.title);
        let named = self.column(by).map(|column| &column.title).or(computed);
        match by {
            "bulan" => "Bulan".to_owned(),
            "keadaan" => "Keadaan".to_owned(),
            code => named.map_or_else(|| code.to_owned(), Clone::clone),
        }
    }

    pub(crate) fn heading(&self, row: &Row, by: &str) -> String {
        let found = match by {
            "bulan" => row.day_of(self).map(|day| Month::of(day).name().to_owned()),
            "keadaan" => self.state(&row.state).map(|state| state.title.clone()),
            code => match (self.computed(code), self.column(code)) {
                (Some(computed), _) => self.band_of(row, computed),
                (None, Some(column)) => {
                    Some(written(column, row.value(code))).filter(|text| !text.is_empty())
                }
                (None, None) => None,
            },
        };
        found.unwrap_or_else(|| ELSEWHERE.to_owned())
    }
}

impl Measured {
    fn plain(value: Option<Exact>) -> Self {
        Self { value, parts: None }
    }

    fn over(part: Option<Exact>, whole: Option<Exact>) -> Self {
        let parts = part.zip(whole);
        let value = parts.and_then(|(part, whole)| part.over(whole).ok().flatten());
        Self { value, parts }
    }
}

fn count(number: usize) -> Option<Exact> {
    u32::try_from(number).ok().map(Exact::whole)
}
