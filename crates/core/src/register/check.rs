//! What a file of a register must obey: whatever it names is there, every deadline and reckoning has a source, and
//! every state can be reached. All problems are named at once.

use std::collections::BTreeSet;

use super::measure::{Figure, Filter, Measure, Recap};
use super::model::{Computed, Deadline, Kind, Period, Register, Step};
use crate::instrument::parse_expression;

/// Words that a recap may name beside columns.
const DIMENSIONS: [&str; 2] = ["bulan", "keadaan"];

/// A limit below this one would hide nothing.
const SMALLEST_SMALL: u32 = 2;

/// Something wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// It cannot be read.
    #[error("berkas register tidak terbaca: {0}")]
    Unreadable(String),
    /// A code stands twice.
    #[error("kode \"{0}\" tertulis dua kali")]
    Twice(String),
    /// Something is named that is not there.
    #[error("{place} menyebut \"{code}\" yang tidak ada")]
    Unknown {
        /// Where.
        place: String,
        /// What.
        code: String,
    },
    /// A column does not fit what is asked of it.
    #[error("{place}: kolom \"{code}\" bukan {wanted}")]
    Unfit {
        /// Where.
        place: String,
        /// Which column.
        code: String,
        /// What it should be.
        wanted: &'static str,
    },
    /// A source is missing.
    #[error("{0} belum menyebut rujukannya")]
    NoCitation(String),
    /// A formula is no formula.
    #[error("rumus \"{code}\" tidak terbaca: {reason}")]
    Formula {
        /// Of which column.
        code: String,
        /// Why.
        reason: String,
    },
    /// A list without choices, or a computed column with neither or both of formula and matrix.
    #[error("kolom \"{0}\" tidak lengkap")]
    Incomplete(String),
    /// A state that no step leads to.
    #[error("keadaan \"{0}\" tidak dapat dicapai")]
    Unreachable(String),
}

impl Register {
    /// Reads and checks a file.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        let register: Self =
            toml::from_str(text).map_err(|error| vec![Problem::Unreadable(error.to_string())])?;
        let problems = register.problems();
        if problems.is_empty() { Ok(register) } else { Err(problems) }
    }

    fn problems(&self) -> Vec<Problem> {
        let mut found = Found { register: self, problems: Vec::new() };
        found.codes();
        found.head();
        self.columns.iter().for_each(|column| found.list(&column.code, &column.kind));
        self.computed.iter().for_each(|computed| found.computed(computed));
        self.steps.iter().for_each(|step| found.step(step));
        self.deadlines.iter().for_each(|deadline| found.deadline(deadline));
        self.figures.iter().for_each(|figure| found.figure(figure));
        self.recaps.iter().for_each(|recap| found.recap(recap));
        found.statistic();
        found.public();
        found.reachable();
        found.problems
    }
}

struct Found<'a> {
    register: &'a Register,
    problems: Vec<Problem>,
}

impl<'a> Found<'a> {
    fn codes(&mut self) {
        let register = self.register;
        let columns = register.columns.iter().map(|column| &column.code);
        self.once(columns.chain(register.computed.iter().map(|computed| &computed.code)));
        self.once(register.states.iter().map(|state| &state.code));
        self.once(register.steps.iter().map(|step| &step.code));
        self.once(register.figures.iter().map(|figure| &figure.code));
    }

    fn once(&mut self, codes: impl Iterator<Item = &'a String>) {
        let mut seen = BTreeSet::new();
        for code in codes {
            if !seen.insert(code) {
                self.problems.push(Problem::Twice(code.clone()));
            }
        }
    }

    fn head(&mut self) {
        let register = self.register;
        self.cited("register", &register.citation);
        self.column("nama baris", &register.name);
        self.state("keadaan awal", &register.start);
        if let Some(day) = &register.day {
            self.day("hari baris", day);
        }
    }

    fn cited(&mut self, place: &str, citation: &str) {
        if citation.trim().is_empty() {
            self.problems.push(Problem::NoCitation(place.to_owned()));
        }
    }

    fn unknown(&mut self, place: &str, code: &str) {
        self.problems.push(Problem::Unknown { place: place.to_owned(), code: code.to_owned() });
    }

    fn unfit(&mut self, place: &str, code: &str, wanted: &'static str) {
        let (place, code) = (place.to_owned(), code.to_owned());
        self.problems.push(Problem::Unfit { place, code, wanted });
    }

    fn column(&mut self, place: &str, code: &str) -> Option<&'a Kind> {
        let kind = self.register.column(code).map(|column| &column.kind);
        if kind.is_none() {
            self.unknown(place, code);
        }
        kind
    }

    fn day(&mut self, place: &str, code: &str) {
        if let Some(kind) = self.column(place, code)
            && !matches!(kind, Kind::Day)
        {
            self.unfit(place, code, "tanggal");
        }
    }

    fn number(&mut self, place: &str, code: &str) {
        if self.register.computed(code).is_some() {
            return;
        }
        if let Some(kind) = self.column(place, code)
            && !kind.is_number()
        {
            self.unfit(place, code, "angka");
        }
    }

    fn state(&mut self, place: &str, code: &str) {
        if self.register.state(code).is_none() {
            self.unknown(place, code);
        }
    }

    fn list(&mut self, code: &str, kind: &Kind) {
        if let Kind::Choice(choices) = kind
            && choices.is_empty()
        {
            self.problems.push(Problem::Incomplete(code.to_owned()));
        }
    }

    fn computed(&mut self, computed: &Computed) {
        let place = format!("kolom hitung \"{}\"", computed.code);
        self.cited(&place, &computed.citation);
        match (&computed.formula, &computed.matrix) {
            (Some(formula), None) => self.formula(&place, &computed.code, formula),
            (None, Some(matrix)) => {
                self.number(&place, &matrix.row);
                self.number(&place, &matrix.column);
            }
            _ => self.problems.push(Problem::Incomplete(computed.code.clone())),
        }
    }

    fn formula(&mut self, place: &str, code: &str, formula: &str) {
        match parse_expression(formula) {
            Ok(formula) => formula.inputs().into_iter().for_each(|input| self.number(place, input)),
            Err(error) => {
                self.problems.push(Problem::Formula { code: code.to_owned(), reason: error.to_string() });
            }
        }
    }

    fn step(&mut self, step: &'a Step) {
        let place = format!("langkah \"{}\"", step.code);
        step.from.iter().chain([&step.to]).for_each(|state| self.state(&place, state));
        for code in &step.needs {
            self.column(&place, code);
        }
    }

    fn deadline(&mut self, deadline: &'a Deadline) {
        let place = format!("tenggat \"{}\"", deadline.title);
        self.cited(&place, &deadline.citation);
        self.day(&place, &deadline.from);
        deadline.states.iter().for_each(|state| self.state(&place, state));
    }

    fn figure(&mut self, figure: &'a Figure) {
        let place = format!("angka \"{}\"", figure.code);
        self.filters(&place, &figure.of);
        match &figure.measure {
            Measure::Count => {}
            Measure::Sum(column) => self.number(&place, column),
            Measure::Share(part) => self.filters(&place, part),
            Measure::Ratio { part, whole } => {
                self.number(&place, part);
                self.number(&place, whole);
            }
        }
    }

    fn filters(&mut self, place: &str, filters: &[Filter]) {
        for filter in filters {
            match filter {
                Filter::State(states) => states.iter().for_each(|state| self.state(place, state)),
                Filter::Column { code, is } => self.words(place, code, is),
                Filter::Late => {}
            }
        }
    }

    fn words(&mut self, place: &str, code: &str, is: &[String]) {
        let known: Vec<&String> = match (self.register.computed(code), self.register.column(code)) {
            (Some(computed), _) => computed.bands.iter().map(|band| &band.title).collect(),
            (None, Some(column)) => column.kind.choices().iter().map(|choice| &choice.code).collect(),
            (None, None) => return self.unknown(place, code),
        };
        for word in is.iter().filter(|word| !known.contains(word)) {
            self.unknown(place, word);
        }
    }

    fn recap(&mut self, recap: &Recap) {
        let place = format!("rekap \"{}\"", recap.title);
        for by in [Some(&recap.rows), recap.columns.as_ref()].into_iter().flatten() {
            self.dimension(&place, by);
        }
        if let Some(sum) = &recap.sum {
            self.number(&place, sum);
        }
    }

    fn dimension(&mut self, place: &str, by: &str) {
        if DIMENSIONS.contains(&by) || self.register.computed(by).is_some_and(|one| !one.bands.is_empty()) {
            return;
        }
        if let Some(kind) = self.column(place, by)
            && kind.choices().is_empty()
        {
            self.unfit(place, by, "daftar pilihan");
        }
    }

    fn statistic(&mut self) {
        let Some(statistic) = &self.register.statistic else { return };
        let place = "statistik";
        self.cited(place, &statistic.citation);
        statistic.by.iter().for_each(|by| self.dimension(place, by));
        let is_loose =
            self.register.period == Period::Standing && statistic.by.iter().any(|by| by == "bulan");
        if statistic.by.is_empty() || statistic.small < SMALLEST_SMALL || is_loose {
            self.problems.push(Problem::Incomplete(place.to_owned()));
        }
    }

    fn public(&mut self) {
        let Some(public) = &self.register.public else { return };
        let place = "formulir umum";
        let (objection, fixed) = (&public.objection, public.fixed.keys());
        for code in public.asks.iter().chain(fixed).chain(&public.shows).chain([&objection.words]) {
            self.column(place, code);
        }
        self.day(place, &public.day);
        self.day(place, &objection.day);
        if self.register.step(&objection.step).is_none() {
            self.unknown(place, &objection.step);
        }
    }

    fn reachable(&mut self) {
        let led_to: BTreeSet<&String> = self.register.steps.iter().map(|step| &step.to).collect();
        let register = self.register;
        let lost = register
            .states
            .iter()
            .filter(|state| state.code != register.start && !led_to.contains(&state.code));
        self.problems.extend(lost.map(|state| Problem::Unreachable(state.code.clone())));
    }
}
