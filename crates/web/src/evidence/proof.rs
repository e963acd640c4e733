//! What evidence proves, read from plans and worksheets: its name, its address, its scope, and whether the caller may
//! hang evidence on it.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use bening_core::access::{self, Action as Want, Decision, Lines, Scope};
use bening_core::evidence::{Kept, Target};
use bening_core::id::{PersonId, RowId};
use bening_core::instrument::Instrument;
use bening_core::lke::{Lke, Side};
use bening_core::plan::{Area, Plan};
use bening_core::register::Row;
use bening_core::time::{Month, Year};
use bening_store::{lke, monev, plan, register, team};

use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::lke::reach::{LkePath, reach_lke};
use crate::plan::frame::plan_address;
use crate::reach::{Reached, demand};
use crate::register::Desk;

/// Plans, worksheets and assessors of the years that evidence is about.
#[derive(Default)]
pub(super) struct Proofs {
    plans: HashMap<Year, Plan>,
    sheets: HashMap<Year, (Lke, Arc<Instrument>)>,
    assessors: HashMap<Year, Vec<PersonId>>,
    lines: HashMap<RowId, Row>,
}

/// Something that is proven.
pub(super) struct Proof {
    /// What it is called.
    pub(super) title: String,
    /// Where it lies, in a word of the page's language.
    pub(super) room: &'static str,
    /// Its page.
    pub(super) href: String,
    scope: Scope,
}

impl Proofs {
    pub(super) async fn read(app: &App, reached: &Reached, all: &[Kept]) -> Result<Self> {
        let mut proofs = Self::default();
        proofs.learn(app, reached, all).await?;
        Ok(proofs)
    }

    /// Reads what further evidence is about.
    pub(super) async fn learn(&mut self, app: &App, reached: &Reached, all: &[Kept]) -> Result<()> {
        let uses: Vec<&Target> = all.iter().flat_map(|kept| &kept.uses).map(|used| &used.target).collect();
        self.learn_of(app, reached, &uses).await
    }

    async fn learn_of(&mut self, app: &App, reached: &Reached, targets: &[&Target]) -> Result<()> {
        self.learn_years(app, reached, targets.iter().map(|target| target.year()).collect()).await?;
        let lines = targets.iter().filter_map(|target| match target {
            Target::Line { row, .. } if !self.lines.contains_key(row) => Some(*row),
            _ => None,
        });
        let wanted: BTreeSet<RowId> = lines.collect();
        let found = register::by_ids(app.store(), reached.unit.id, wanted).await?;
        self.lines.extend(found.into_iter().map(|row| (row.id, row)));
        Ok(())
    }

    async fn learn_years(&mut self, app: &App, reached: &Reached, years: BTreeSet<Year>) -> Result<()> {
        let proofs = self;
        let years: Vec<Year> =
            years.into_iter().filter(|year| !proofs.assessors.contains_key(year)).collect();
        let editions = app.editions().await?;
        for year in years {
            let unit = reached.unit.id;
            if let Some(plan) = plan::find(app.store(), unit, year).await? {
                proofs.plans.insert(year, plan);
            }
            if let Some(sheet) = lke::find(app.store(), unit, year).await?
                && let Some(edition) = editions.by_id(&sheet.edition)
            {
                proofs.sheets.insert(year, (sheet, edition.clone()));
            }
            proofs.assessors.insert(year, team::assessors(app.store(), unit, year).await?);
        }
        Ok(())
    }

    /// What a target is; nothing when it is there no more.
    pub(super) fn of(&self, reached: &Reached, target: &Target) -> Option<Proof> {
        let assessors = self.assessors.get(&target.year()).cloned().unwrap_or_default();
        let scope = reached.scope().assessors(assessors);
        match target {
            Target::Action { year, action, promised } => {
                let placed = self.plans.get(year)?.action(*action)?;
                let promise = placed.action.evidence.iter().find(|one| one.id == *promised)?;
                let pics = placed.action.pics.iter().filter_map(|pic| pic.person).collect();
                Some(Proof {
                    title: format!("{} — {}", placed.action.name, promise.title),
                    room: "Rencana Kerja",
                    href: format!("{}/tindakan/{action}#bukti", plan_address(&reached.unit, *year)),
                    scope: scope.area(Some(placed.area)).pics(pics),
                })
            }
            Target::Report { year, month, action } => {
                let placed = self.plans.get(year)?.action(*action)?;
                let pics = placed.action.pics.iter().filter_map(|pic| pic.person).collect();
                let number = month.number();
                Some(Proof {
                    title: format!("{} — {} {year}", placed.action.name, month.name()),
                    room: "Monev",
                    href: format!("/unit/{}/monev/{year}/{number}#t-{action}", reached.unit.code),
                    scope: scope.area(Some(placed.area)).pics(pics),
                })
            }
            Target::Question { year, code } => {
                let (area, _, question) = self.sheets.get(year)?.1.question(code)?;
                Some(Proof {
                    title: format!("{code} {}", question.label),
                    room: "LKE",
                    href: format!("/unit/{}/lke/{year}/pertanyaan/{code}#bukti", reached.unit.code),
                    scope: scope.area(Area::from_code(&area.code)),
                })
            }
            Target::Line { row, .. } => {
                let row = self.lines.get(row)?;
                let register = bening_core::register::by_id(&row.register)?;
                Some(Proof {
                    title: format!("{} no. {}", register.title, row.number),
                    room: "Pengawasan",
                    href: format!("{}#bukti", crate::register::line_address(&reached.unit, row)),
                    scope: scope.area(Some(register.area)),
                })
            }
        }
    }

    /// What the caller may see of the lines that a piece proves.
    fn lines_of(&self, caller: &Caller, reached: &Reached, kept: &Kept) -> Lines {
        let lines = kept.uses.iter().filter_map(|used| match &used.target {
            Target::Line { row, .. } => Some(self.lines.get(row)),
            _ => None,
        });
        let sees = lines.map(|row| row.is_some_and(|row| Desk::sees_line(caller, reached, row)));
        match sees.reduce(|one, other| one || other) {
            None => Lines::Absent,
            Some(true) => Lines::Seen,
            Some(false) => Lines::Hidden,
        }
    }

    /// Whether the caller may open it.
    pub(super) fn may_open(&self, caller: &Caller, reached: &Reached, kept: &Kept) -> bool {
        let home = reached.scope().pics(vec![kept.evidence.owner]);
        let is_other = |target: &&Target| !matches!(target, Target::Line { .. });
        let others = kept.uses.iter().map(|used| &used.target).filter(is_other);
        let scopes: Vec<Scope> =
            others.filter_map(|target| self.of(reached, target)).map(|proof| proof.scope).collect();
        let secrecy = kept.evidence.details.secrecy;
        let lines = self.lines_of(caller, reached, kept);
        access::may_open_evidence(&caller.actor, secrecy, &home, &scopes, lines) == Decision::Yes
    }
}

/// Evidence of a month is as frozen as the month.
async fn demand_open(app: &App, plan: &Plan, month: Month) -> Result<()> {
    if plan.version == 0 {
        return Err(AppError::NotFound);
    }
    let refused = |text: &str| Err(AppError::Refused(text.to_owned()));
    if bening_core::monev::table::first_day(month, plan.year) > app.today() {
        return refused("bulan ini belum dimulai; buktinya dilampirkan bila sudah ada yang dikerjakan");
    }
    match monev::closing(app.store(), plan.id, month).await? {
        Some(_) => {
            refused("bulan ini sudah ditutup, termasuk buktinya; pasang bukti pada tindakan di rencana")
        }
        None => Ok(()),
    }
}

/// Lets the caller hang evidence on a target, or says why not. Evidence of a question belongs to whoever answers it
/// for the unit, while it can be answered.
pub(super) async fn demand_target(
    app: &App,
    caller: &Caller,
    reached: &Reached,
    target: &Target,
) -> Result<Proof> {
    let mut proofs = Proofs::default();
    proofs.learn_of(app, reached, &[target]).await?;
    let proof = proofs.of(reached, target).ok_or(AppError::NotFound)?;
    match target {
        Target::Action { .. } => demand(caller, Want::ReportProgress, &proof.scope)?,
        Target::Report { year, month, .. } => {
            demand(caller, Want::ReportProgress, &proof.scope)?;
            demand_open(app, proofs.plans.get(year).ok_or(AppError::NotFound)?, *month).await?;
        }
        Target::Question { year, code } => {
            let path = LkePath { unit: reached.unit.code.to_string(), tahun: year.to_string() };
            let opened = reach_lke(app, caller, &path).await?;
            let layer = opened.desk.demand(&opened.edition, code)?;
            if layer.side() != Side::Unit {
                return Err(AppError::Forbidden);
            }
            opened.desk.can_answer(&opened.lke, &opened.edition, code)?;
        }
        Target::Line { register, row, .. } => {
            let desk = Desk::reach(app, caller, reached.unit.code.as_str(), register).await?;
            let row = desk.row(app, &row.to_string()).await?;
            desk.demand(desk.may_prove(&row))?;
        }
    }
    Ok(proof)
}
