//! Whether a unit may take a step of its road now. Pure: what is true of the unit comes in as [`Facts`].

use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};

use super::appraisal::Outcome;
use super::rules::{Demand, Need, Rules, Step};
use super::{Candidacy, Paper, Stage, Transition};
use crate::id::PersonId;

/// Fewest characters of a reason.
pub const REASON_MIN_CHARS: usize = 10;

/// What is true of a unit when a step is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// The plan of the year was approved.
    pub plan_approved: bool,
    /// The unit submitted its layer of the worksheet.
    pub lke_submitted: bool,
    /// The internal team submitted its last layer.
    pub tpi_submitted: bool,
    /// The evaluation report was issued.
    pub lhe_issued: bool,
    /// Codes of binding conditions that are not met or not known; `None` when there is no score yet.
    pub conditions_open: Option<Vec<String>>,
    /// How many of the staff signed, of how many.
    pub pacts: (u32, u32),
    /// What the national team found in the stage, where it has a form.
    pub appraisal: Option<Outcome>,
    /// How many other units of the agency took the step this year.
    pub taken_by_others: u32,
}

/// What somebody asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The day it happened.
    pub on: NaiveDate,
    /// Why.
    pub reason: String,
    /// The paper.
    pub paper: Option<Paper>,
    /// How many steps the asker saw; more by now means that somebody was quicker.
    pub seen: usize,
}

/// Why a step cannot be taken; the words say what to do, and the rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Somebody took a step meanwhile.
    #[error(
        "orang lain sudah mencatat langkah sejak halaman ini dibuka; muat ulang lalu periksa keadaan terakhir"
    )]
    Overtaken,
    /// No such step under these rules.
    #[error("langkah ini tidak ada pada aturan yang dipakai unit")]
    Unknown,
    /// A step on the road to another predicate.
    #[error("{step} bukan langkah menuju {predicate} ({citation})")]
    OtherPredicate {
        /// The step.
        step: String,
        /// Aimed at.
        predicate: String,
        /// Source.
        citation: String,
    },
    /// Not from here.
    #[error("{step} tidak dapat dilakukan dari tahap {stage} ({citation})")]
    OutOfOrder {
        /// The step.
        step: String,
        /// Where the unit is.
        stage: &'static str,
        /// Source.
        citation: String,
    },
    /// Another road is not over.
    #[error("unit masih menempuh jalan menuju {0}; selesaikan atau hentikan dulu")]
    Underway(String),
    /// Held already.
    #[error("unit sudah memegang predikat {0}")]
    Held(String),
    /// The unit is banned.
    #[error("predikat unit pernah dicabut; jalan baru dapat dimulai paling cepat {until} ({citation})")]
    Banned {
        /// First day.
        until: NaiveDate,
        /// Source.
        citation: String,
    },
    /// Another predicate comes first.
    #[error("{predicate} memerlukan predikat {holds} yang masih berlaku ({citation})")]
    Prerequisite {
        /// Aimed at.
        predicate: String,
        /// Missing.
        holds: String,
        /// Source.
        citation: String,
    },
    /// In the future.
    #[error("tanggal kejadian belum tiba; catat pada atau setelah harinya ({0})")]
    Future(String),
    /// Before the step before.
    #[error(
        "tanggal kejadian mendahului langkah sebelumnya, {last}; langkah tidak dapat dimundurkan ({citation})"
    )]
    BackDated {
        /// The day of the step before.
        last: NaiveDate,
        /// Source.
        citation: String,
    },
    /// The paper is younger than what rests on it.
    #[error("tanggal naskah lebih baru daripada tanggal kejadian; periksa keduanya ({0})")]
    PaperLater(String),
    /// No paper.
    #[error("nomor, tanggal, dan judul naskah dasar wajib diisi ({0})")]
    NoPaper(String),
    /// No reason.
    #[error("alasan wajib diisi, paling sedikit 10 huruf ({0})")]
    NoReason(String),
    /// Too late.
    #[error("batas waktu {last} sudah lewat ({citation})")]
    TooLate {
        /// The last day.
        last: NaiveDate,
        /// Source.
        citation: String,
    },
    /// Too many.
    #[error("kuota {units} unit tahun ini sudah terpakai ({citation})")]
    OverQuota {
        /// Units.
        units: u32,
        /// Source.
        citation: String,
    },
    /// Something must be done first.
    #[error("{hindrance} ({citation})")]
    Hindered {
        /// What.
        hindrance: Hindrance,
        /// Source.
        citation: String,
    },
}

/// What still hinders a step.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Hindrance {
    /// No approved plan.
    #[error("rencana kerja tahun ini belum disetujui")]
    Plan,
    /// Worksheet.
    #[error("LKE belum diajukan unit")]
    Lke,
    /// Internal team.
    #[error("penilaian TPI belum diajukan sampai pengendali teknis")]
    Tpi,
    /// Report.
    #[error("LHE belum diterbitkan")]
    Lhe,
    /// No score.
    #[error("kelayakan belum dapat dihitung karena LKE belum dinilai")]
    NoScore,
    /// Conditions.
    #[error("syarat predikat belum terpenuhi: {0}")]
    Conditions(String),
    /// Nobody is on the list.
    #[error("daftar pegawai untuk pakta integritas masih kosong")]
    NoStaff,
    /// Items without a verdict.
    #[error("putusan tim penilai baru ada untuk {judged} dari {items} pokok pada tahap ini")]
    Appraisal {
        /// With a verdict.
        judged: usize,
        /// Of.
        items: usize,
    },
    /// Nobody wrote down who sat together.
    #[error("berita acara tahap ini belum ditulis: hari, tempat, yang hadir, dan hasilnya")]
    Sitting,
    /// Items that are not in order.
    #[error("masih ada yang tidak memenuhi: {0}")]
    Failing(String),
    /// Signatures.
    #[error("pakta integritas baru ditandatangani {signed} dari {staff} pegawai; perlu {percent}%")]
    Pacts {
        /// Signed.
        signed: u32,
        /// Of.
        staff: u32,
        /// Needed.
        percent: u32,
    },
}

/// What hinders a step now, apart from dates and papers; empty when nothing does.
pub fn hindrances(step: &Step, facts: &Facts) -> Vec<Hindrance> {
    step.needs.iter().filter_map(|need| hindrance(need, facts)).collect()
}

/// What hinders one need, if anything does.
pub fn hindrance(need: &Need, facts: &Facts) -> Option<Hindrance> {
    let unless = |is_done: bool, hindrance: Hindrance| if is_done { None } else { Some(hindrance) };
    match need {
        Need::Plan => unless(facts.plan_approved, Hindrance::Plan),
        Need::Lke => unless(facts.lke_submitted, Hindrance::Lke),
        Need::Tpi => unless(facts.tpi_submitted, Hindrance::Tpi),
        Need::Lhe => unless(facts.lhe_issued, Hindrance::Lhe),
        Need::Eligible => match &facts.conditions_open {
            None => Some(Hindrance::NoScore),
            Some(open) => unless(open.is_empty(), Hindrance::Conditions(open.join(", "))),
        },
        Need::Appraised => appraisal(facts.appraisal.as_ref()?),
        Need::Cleared => {
            let found = facts.appraisal.as_ref()?;
            let failing = || unless(found.failing.is_empty(), Hindrance::Failing(found.failing.join(", ")));
            appraisal(found).or_else(failing)
        }
        Need::Pacts { percent } => match facts.pacts {
            (_, 0) => Some(Hindrance::NoStaff),
            (signed, staff) => {
                let is_enough = u64::from(signed) * 100 >= u64::from(*percent) * u64::from(staff);
                unless(is_enough, Hindrance::Pacts { signed, staff, percent: *percent })
            }
        },
    }
}

fn appraisal(found: &Outcome) -> Option<Hindrance> {
    if found.judged < found.items {
        return Some(Hindrance::Appraisal { judged: found.judged, items: found.items });
    }
    found.lacks_sitting.then_some(Hindrance::Sitting)
}

/// Whether a road to a predicate may begin, given all roads of the unit.
///
/// # Errors
/// [`Refusal`] when another is under way, the predicate is held, the unit is banned or another predicate comes first.
pub fn begin(rules: &Rules, roads: &[Candidacy], predicate: &str, on: NaiveDate) -> Result<(), Refusal> {
    if let Some(road) = roads.iter().find(|road| !road.stage().is_over()) {
        return Err(Refusal::Underway(road.predicate.clone()));
    }
    let holds = |wanted: &str| roads.iter().any(|road| road.predicate == wanted && road.held().is_some());
    if holds(predicate) {
        return Err(Refusal::Held(predicate.to_owned()));
    }
    stands(rules, roads, predicate, on)
}

/// Whether nothing that happened on the roads of the unit bars it from a predicate; a revocation may come while it is
/// on its way to the next one.
///
/// # Errors
/// [`Refusal`] when the unit is banned, or the predicate that comes first is not held.
pub fn stands(rules: &Rules, roads: &[Candidacy], predicate: &str, on: NaiveDate) -> Result<(), Refusal> {
    let holds = |wanted: &str| roads.iter().any(|road| road.predicate == wanted && road.held().is_some());
    if let Some(until) = banned_until(rules, roads).filter(|until| on < *until) {
        return Err(Refusal::Banned { until, citation: rules.ban.citation.clone() });
    }
    let missing = rules.prerequisites.iter().find(|each| each.predicate == predicate && !holds(&each.holds));
    match missing {
        Some(missing) => Err(Refusal::Prerequisite {
            predicate: predicate.to_owned(),
            holds: missing.holds.clone(),
            citation: missing.citation.clone(),
        }),
        None => Ok(()),
    }
}

/// The first day after a ban, if a predicate of the unit was ever revoked.
pub fn banned_until(rules: &Rules, roads: &[Candidacy]) -> Option<NaiveDate> {
    let revoked = roads.iter().filter_map(|road| road.reached(Stage::Revoked)).map(|step| step.on).max()?;
    revoked.checked_add_months(Months::new(rules.ban.years.saturating_mul(12)))
}

/// Takes a step: the transition, or the first rule against it.
///
/// # Errors
/// [`Refusal`].
pub fn take(
    rules: &Rules,
    road: &Candidacy,
    code: &str,
    asked: Asked,
    facts: &Facts,
    (by, at, today): (PersonId, DateTime<Utc>, NaiveDate),
) -> Result<Transition, Refusal> {
    if asked.seen != road.taken.len() {
        return Err(Refusal::Overtaken);
    }
    let step = rules.step(code).ok_or(Refusal::Unknown)?;
    if !step.is_for(&road.predicate) {
        let (predicate, citation) = (road.predicate.clone(), step.citation.clone());
        return Err(Refusal::OtherPredicate { step: step.name.clone(), predicate, citation });
    }
    if !step.from.contains(&road.stage()) {
        let (step, stage, citation) = (step.name.clone(), road.stage().title(), step.citation.clone());
        return Err(Refusal::OutOfOrder { step, stage, citation });
    }
    check_days(road, step, &asked, today)?;
    check_papers(step, &asked)?;
    check_limits(rules, step, asked.on, facts)?;
    if let Some(hindrance) = hindrances(step, facts).into_iter().next() {
        return Err(Refusal::Hindered { hindrance, citation: step.citation.clone() });
    }
    let Asked { on, reason, paper, .. } = asked;
    Ok(Transition { step: code.to_owned(), to: step.to, on, reason: reason.trim().to_owned(), paper, by, at })
}

fn check_days(road: &Candidacy, step: &Step, asked: &Asked, today: NaiveDate) -> Result<(), Refusal> {
    let citation = step.citation.clone();
    match road.taken.last() {
        _ if asked.on > today => Err(Refusal::Future(citation)),
        Some(last) if asked.on < last.on => Err(Refusal::BackDated { last: last.on, citation }),
        _ if asked.paper.as_ref().is_some_and(|paper| paper.dated > asked.on) => {
            Err(Refusal::PaperLater(citation))
        }
        _ => Ok(()),
    }
}

fn check_papers(step: &Step, asked: &Asked) -> Result<(), Refusal> {
    let is_whole = |paper: &Paper| !paper.number.trim().is_empty() && !paper.title.trim().is_empty();
    let lacks_paper = match &asked.paper {
        Some(paper) => !is_whole(paper),
        None => step.paper == Demand::Required,
    };
    if lacks_paper {
        return Err(Refusal::NoPaper(step.citation.clone()));
    }
    let is_short = asked.reason.trim().chars().count() < REASON_MIN_CHARS;
    if step.reason == Demand::Required && is_short {
        Err(Refusal::NoReason(step.citation.clone()))
    } else {
        Ok(())
    }
}

/// Whether a step is still in time, by the calendar and by the last verdict, and within the quota of the agency.
///
/// # Errors
/// [`Refusal::TooLate`] or [`Refusal::OverQuota`].
pub fn check_limits(rules: &Rules, step: &Step, on: NaiveDate, facts: &Facts) -> Result<(), Refusal> {
    if let Some((last, citation)) = rules.deadline(&step.code, on.year()).filter(|(last, _)| on > *last) {
        return Err(Refusal::TooLate { last, citation: citation.to_owned() });
    }
    let completed = facts.appraisal.as_ref().and_then(|found| found.completed_on);
    let window = completed.and_then(|completed| rules.window(&step.code, completed));
    if let Some((last, window)) = window.filter(|(last, _)| on > *last) {
        return Err(Refusal::TooLate { last, citation: window.citation.clone() });
    }
    match rules.quota(&step.code, on.year()) {
        Some(quota) if facts.taken_by_others >= quota.units => {
            Err(Refusal::OverQuota { units: quota.units, citation: quota.citation.clone() })
        }
        _ => Ok(()),
    }
}
