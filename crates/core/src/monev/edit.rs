//! How a month moves: filled in, verified by somebody else, closed, and afterwards only corrected.

use chrono::NaiveDate;

use super::table::{Gap, Table, about, first_day};
use super::{Correction, Entry, Figure, Pace, Rules, Verified, WHOLE, figures};
use crate::id::{ActionId, PersonId};
use crate::plan::Plan;
use crate::plan::edit::{self, Report};
use crate::text::{self, TooLong};
use crate::time::Month;

/// Why monev refuses; the words are for the person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The month is closed.
    #[error("{0} sudah ditutup; catat koreksi dengan alasannya")]
    Closed(String),
    /// The month is not closed.
    #[error(
        "bulan ini belum ditutup; isi realisasinya langsung, koreksi hanya untuk bulan yang sudah ditutup"
    )]
    Open,
    /// The action is not monitored in the month.
    #[error("tindakan ini tidak dimonitor pada bulan itu; pilih tindakan dari daftar bulan")]
    NotHere,
    /// The month has not begun.
    #[error("bulan ini belum dimulai; realisasi diisi mulai hari pertamanya")]
    NotYet,
    /// Not a percentage.
    #[error("persentase harus bilangan bulat dari 0 sampai 100")]
    Percent,
    /// Not finished and nothing said.
    #[error("tulis apa yang sudah dikerjakan, atau kendalanya, selama tindakan belum selesai")]
    Silent,
    /// Nothing to verify.
    #[error("realisasi belum diisi; minta PIC mengisinya lebih dulu")]
    Unfilled,
    /// By the one who filled it in.
    #[error("realisasi diverifikasi oleh orang lain, bukan oleh yang mengisinya")]
    Own,
    /// Something is missing.
    #[error("bulan belum dapat ditutup; lengkapi dulu yang disebut pada daftar kekurangan")]
    Gaps,
    /// Something was filled in already.
    #[error("irama monev hanya dapat dipilih sebelum realisasi pertama tahun ini diisi")]
    Begun,
    /// A reason is missing.
    #[error("tulis alasan koreksi paling sedikit {0} huruf")]
    Reason(usize),
    /// The plan refuses.
    #[error(transparent)]
    Plan(#[from] edit::Refusal),
    /// Too long.
    #[error(transparent)]
    TooLong(#[from] TooLong),
}

/// What a PIC says about an action.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// Finished, in percent, as typed.
    pub percent: &'a str,
    /// What was done.
    pub note: &'a str,
    /// What stood in the way.
    pub obstacle: &'a str,
}

/// A month being worked on.
#[derive(Debug, Clone, Copy)]
pub struct Desk<'a> {
    /// Which month.
    pub month: Month,
    /// Whether it was closed.
    pub is_closed: Closed,
    /// The rules.
    pub rules: &'a Rules,
    /// Who works.
    pub by: PersonId,
    /// On which day.
    pub today: NaiveDate,
}

/// Whether a month was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// It was.
    Yes,
    /// It was not.
    No,
}

impl Desk<'_> {
    fn open(&self, plan: &Plan) -> Result<(), Refusal> {
        match () {
            () if self.is_closed == Closed::Yes => Err(Refusal::Closed(plan.pace.period(self.month).name())),
            () if self.today < first_day(plan.pace.period(self.month).first(), plan.year) => {
                Err(Refusal::NotYet)
            }
            () => Ok(()),
        }
    }

    /// Fills in the row of an action. 100 percent reports its work done in the plan, less takes that back.
    ///
    /// # Errors
    /// When the month is closed or ahead, or what was told is no realisation.
    pub fn fill(
        &self,
        plan: &mut Plan,
        entries: &[Entry],
        action: ActionId,
        told: Told<'_>,
    ) -> Result<Entry, Refusal> {
        self.open(plan)?;
        let table = Table::of(plan, entries, self.month, self.today, self.rules);
        table.row(action).ok_or(Refusal::NotHere)?;
        let (percent, note, obstacle) = read(told)?;
        self.report_all(plan, action, percent)?;
        let (by, on) = (self.by, self.today);
        Ok(Entry { month: self.month, action, percent, note, obstacle, by, on, verified: None })
    }

    /// The same of all that was due in the period: who says that it is finished means all of it.
    fn report_all(&self, plan: &mut Plan, action: ActionId, percent: u8) -> Result<(), Refusal> {
        self.report(plan, action, percent)?;
        let is_done = |plan: &Plan| {
            let placed = plan.action(action)?;
            let period = plan.pace.period(self.month);
            let due = about(placed.action, period).filter(|due| period.has(*due))?;
            Some(placed.action.done.iter().any(|done| done.month == due))
        };
        while percent == WHOLE && is_done(plan) == Some(false) {
            self.report(plan, action, percent)?;
        }
        Ok(())
    }

    /// Says in the plan whether the work was done in the month, when it says otherwise; what is told of a month
    /// that is over is dated on its last day.
    fn report(&self, plan: &mut Plan, action: ActionId, percent: u8) -> Result<(), Refusal> {
        let placed = plan.action(action).ok_or(Refusal::NotHere)?;
        let due = about(placed.action, plan.pace.period(self.month)).ok_or(Refusal::NotHere)?;
        let last = self.month.last_day(plan.year);
        let report = placed.action.done.iter().find(|done| done.month == due);
        let is_done = report.is_some_and(|done| done.on <= last);
        if is_done == (percent == WHOLE) {
            return Ok(());
        }
        let report = if is_done { Report::NotDone } else { Report::Done };
        let mut none = uuid::Uuid::nil;
        let today = self.today.min(last);
        let context = edit::Context { today, by: self.by, roster: &[], fresh: &mut none };
        Ok(edit::report(plan, action, due, report, &context)?)
    }

    /// Verifies the row of an action; what the plan's report says counts as filled in.
    ///
    /// # Errors
    /// When nobody filled it in, or the caller did.
    pub fn verify(&self, plan: &Plan, entries: &[Entry], action: ActionId) -> Result<Entry, Refusal> {
        self.open(plan)?;
        let table = Table::of(plan, entries, self.month, self.today, self.rules);
        let row = table.row(action).ok_or(Refusal::NotHere)?;
        let by = row.filled_by.ok_or(Refusal::Unfilled)?;
        if by == self.by {
            return Err(Refusal::Own);
        }
        let filled = entries.iter().find(|entry| entry.month == self.month && entry.action == action);
        let verified = Some(Verified { by: self.by, on: self.today });
        let reported = Entry {
            month: self.month,
            action,
            percent: row.percent,
            note: String::new(),
            obstacle: String::new(),
            by,
            on: self.today,
            verified,
        };
        Ok(filled.map_or(reported, |entry| Entry { percent: row.percent, verified, ..entry.clone() }))
    }

    /// Closes the month as it stands.
    ///
    /// # Errors
    /// When something is missing.
    pub fn close(
        &self,
        plan: &Plan,
        entries: &[Entry],
        earlier: Option<Month>,
        conclusion: &str,
    ) -> Result<super::Closing, Refusal> {
        self.open(plan)?;
        let last = self.month.last_day(plan.year);
        let over = last.succ_opt().unwrap_or(last);
        let table = Table::of(plan, entries, self.month, over, self.rules);
        let gaps: Vec<Gap> = table.gaps(plan.year, self.today, earlier, self.rules);
        if !gaps.is_empty() {
            return Err(Refusal::Gaps);
        }
        let conclusion = text::lines(conclusion)?.join("\n");
        let figures = figures::figures(plan, entries, self.month);
        Ok(super::Closing {
            month: self.month,
            by: self.by,
            on: self.today,
            conclusion,
            rows: table.rows,
            figures,
        })
    }

    /// Corrects a row of a closed month: a further entry, and the figures that follow from it. The plan's report
    /// follows when the work turns out to be done or not.
    ///
    /// # Errors
    /// When the month is open, or the reason is missing.
    pub fn correct(
        &self,
        plan: &mut Plan,
        shown: &Table,
        mut figures: Vec<Figure>,
        action: ActionId,
        told: Told<'_>,
        reason: &str,
    ) -> Result<(Correction, Vec<Figure>), Refusal> {
        if self.is_closed == Closed::No {
            return Err(Refusal::Open);
        }
        let row = shown.row(action).ok_or(Refusal::NotHere)?;
        let (percent, note, obstacle) = read(told)?;
        let reason = text::line(reason)?;
        if reason.chars().count() < self.rules.reason_letters {
            return Err(Refusal::Reason(self.rules.reason_letters));
        }
        if (row.percent == WHOLE) != (percent == WHOLE) {
            self.report(plan, action, percent)?;
        }
        let moved = (i64::from(percent) - i64::from(row.percent)) * figures::THOUSAND / i64::from(WHOLE);
        for figure in figures.iter_mut().filter(|figure| figure.area == row.area) {
            figure.real += moved / i64::from(row.part_of.max(1));
        }
        let (month, by, on) = (self.month, self.by, self.today);
        Ok((Correction { month, action, percent, note, obstacle, reason, by, on }, figures))
    }
}

/// Chooses how often a plan is monitored.
///
/// # Errors
/// When something was filled in: its months would no longer be those that are closed.
pub fn choose_pace(plan: &mut Plan, entries: &[Entry], pace: Pace) -> Result<(), Refusal> {
    if !entries.is_empty() {
        return Err(Refusal::Begun);
    }
    plan.pace = pace;
    Ok(())
}

fn read(told: Told<'_>) -> Result<(u8, String, String), Refusal> {
    let percent = told.percent.trim().trim_end_matches('%').trim_end().parse::<u8>();
    let percent = percent.ok().filter(|percent| *percent <= WHOLE).ok_or(Refusal::Percent)?;
    let (note, obstacle) = (text::line(told.note)?, text::line(told.obstacle)?);
    if percent < WHOLE && note.is_empty() && obstacle.is_empty() {
        return Err(Refusal::Silent);
    }
    Ok((percent, note, obstacle))
}
