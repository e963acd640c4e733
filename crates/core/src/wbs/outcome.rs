//! What reports came to, counted without their contents: outcomes, and the recap of a year.

use chrono::Datelike;

use super::{Report, State};

/// What a report came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It was so.
    Proven,
    /// It was not so.
    NotProven,
    /// Somebody else goes on with it, such as investigators or the police.
    HandedOver,
    /// There was too little to go by.
    NotEnough,
}

impl Outcome {
    /// All.
    pub const ALL: [Self; 4] = [Self::Proven, Self::NotProven, Self::HandedOver, Self::NotEnough];

    /// As it is kept.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Proven => "proven",
            Self::NotProven => "not_proven",
            Self::HandedOver => "handed_over",
            Self::NotEnough => "not_enough",
        }
    }

    /// Its Indonesian name.
    pub fn title(self) -> &'static str {
        match self {
            Self::Proven => "Terbukti",
            Self::NotProven => "Tidak terbukti",
            Self::HandedOver => "Diserahkan ke pihak lain",
            Self::NotEnough => "Bahan tidak cukup",
        }
    }

    /// From how it is kept.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == text)
    }
}

/// Reports that were erased after their time, of which only this is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Erased {
    /// The year in which they came.
    pub year: i32,
    /// What they came to; reports closed before outcomes were asked for have none.
    pub outcome: Option<Outcome>,
    /// How many.
    pub reports: usize,
}

/// The reports that came in a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Recap {
    /// The year.
    pub year: i32,
    /// All.
    pub received: usize,
    /// Those that somebody judged at least.
    pub handled: usize,
    /// Those that came to an end.
    pub closed: usize,
    /// Those of each outcome, in the order of [`Outcome::ALL`].
    pub outcomes: [usize; 4],
}

impl Recap {
    fn add(&mut self, state: State, outcome: Option<Outcome>, reports: usize) {
        self.received += reports;
        self.handled += if state == State::Received { 0 } else { reports };
        self.closed += if state == State::Closed { reports } else { 0 };
        for (count, each) in self.outcomes.iter_mut().zip(Outcome::ALL) {
            *count += if outcome == Some(each) { reports } else { 0 };
        }
    }
}

/// The recap of every year in which reports came, newest first; what was erased still counts.
pub fn recaps(reports: &[Report], erased: &[Erased]) -> Vec<Recap> {
    let living = reports.iter().map(|report| (report.arrived_on.year(), report.state, report.outcome, 1));
    let gone = erased.iter().map(|gone| (gone.year, State::Closed, gone.outcome, gone.reports));
    let mut years: Vec<Recap> = Vec::new();
    for (year, state, outcome, count) in living.chain(gone) {
        match years.iter_mut().find(|recap| recap.year == year) {
            Some(recap) => recap.add(state, outcome, count),
            None => {
                let mut recap = Recap { year, ..Recap::default() };
                recap.add(state, outcome, count);
                years.push(recap);
            }
        }
    }
    years.sort_by_key(|recap| std::cmp::Reverse(recap.year));
    years
}
