//! The page on which people look at marked answers and decide, with a reason; and the figures with and without
//! them, made of running counts. Nothing is removed here. What is noticed is said in `bening_core::survey`.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse};
use bening_core::access::Action as Want;
use bening_core::audit::Entry;
use bening_core::id::CampaignId;
use bening_core::survey::{
    CampaignState, MarkState, Questionnaire, Scale, Signal, Tally, VerdictError, signal_rules, verdict,
};
use bening_store::survey::{self as store, Marked, Which};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::shown::Shown;
use super::{CampaignPath, campaign_address, page, reach_campaign};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Nothing, Posted, see_other};
use crate::page::{Crumb, Page};

/// Answers on a page.
const PAGE_ROWS: usize = 25;

/// Counts with and without marked answers.
#[derive(PartialEq)]
pub(super) struct Marks {
    all: Tally,
    /// What counts: all but the excluded.
    pub(super) counted: Tally,
    by_state: BTreeMap<MarkState, Tally>,
}

/// A line of the comparison.
pub(super) struct MarkRow {
    pub(super) name: &'static str,
    pub(super) count: String,
    pub(super) index: String,
}

impl Marks {
    pub(super) async fn read(app: &App, id: CampaignId) -> Result<Self> {
        let all = store::tally(app.store(), id).await?;
        Self::of(app, id, &all).await
    }

    pub(super) async fn of(app: &App, id: CampaignId, all: &Tally) -> Result<Self> {
        let by_state = store::marked_tallies(app.store(), id).await?;
        let counted = by_state.get(&MarkState::Excluded).map_or_else(|| all.clone(), |out| all.without(out));
        Ok(Self { all: all.clone(), counted, by_state })
    }

    fn count(&self, state: MarkState) -> u64 {
        self.by_state.get(&state).map_or(0, |tally| tally.respondents(None))
    }

    /// All answers, what counts, and what nobody marked; nothing when there are no marks.
    pub(super) fn rows(&self, page: &Page, (asked, scale): (&Questionnaire, &Scale)) -> Vec<MarkRow> {
        if MarkState::ALL.iter().all(|state| self.count(*state) == 0) {
            return Vec::new();
        }
        let row = |name, tally: &Tally| {
            let index = tally.index(asked, scale, None).index;
            let index = index.map_or_else(|| "—".to_owned(), |index| page.number(index.rounded(2)));
            MarkRow { name, count: page.number(tally.respondents(None)), index }
        };
        vec![
            row("semua jawaban", &self.all),
            row("tanpa yang dikeluarkan (yang berlaku)", &self.counted),
            row("tanpa yang dikeluarkan dan yang belum diputuskan", &self.settled()),
            row("tanpa satu pun jawaban bertanda", &self.unmarked()),
        ]
    }

    fn settled(&self) -> Tally {
        let waiting = self.by_state.get(&MarkState::Waiting);
        waiting.map_or_else(|| self.counted.clone(), |waiting| self.counted.without(waiting))
    }

    fn unmarked(&self) -> Tally {
        self.by_state.values().fold(self.all.clone(), |rest, marked| rest.without(marked))
    }

    /// What is kept of it when a campaign is frozen.
    pub(super) fn said(&self, (asked, scale): (&Questionnaire, &Scale)) -> Value {
        let index = |tally: &Tally| tally.index(asked, scale, None).index.map(|index| index.to_string());
        json!({
            "waiting": self.count(MarkState::Waiting),
            "kept": self.count(MarkState::Kept),
            "excluded": self.count(MarkState::Excluded),
            "index_of_all": index(&self.all),
            "index_without_marked": index(&self.unmarked()),
        })
    }
}

struct Row {
    id: Uuid,
    shown: Shown,
    signals: Vec<&'static str>,
    why: String,
}

struct Filter {
    name: &'static str,
    value: &'static str,
    count: String,
    on: bool,
}

#[derive(Template)]
#[template(path = "survey/signals.html")]
struct SignalsPage {
    page: Page,
    base: String,
    back: String,
    states: Vec<Filter>,
    signals: Vec<Filter>,
    state: MarkState,
    rows: Vec<Row>,
    next: Option<String>,
    open: bool,
}

impl SignalsPage {
    fn is(&self, state: &str) -> bool {
        self.state.as_str() == state
    }
}

/// What is looked at.
#[derive(Debug, Default, Deserialize)]
pub struct Look {
    #[serde(default)]
    keadaan: String,
    #[serde(default)]
    tanda: String,
    sesudah: Option<Uuid>,
}

fn signal_name(signal: Signal) -> &'static str {
    match signal {
        Signal::Fast => "terlalu cepat",
        Signal::Straight => "semua jawaban sama",
        Signal::Burst => "serbuan jawaban",
        Signal::Duplicate => "kembar",
        Signal::Channel => "saluran menyimpang",
    }
}

fn state_name(state: MarkState) -> &'static str {
    match state {
        MarkState::Waiting => "menunggu putusan",
        MarkState::Kept => "dipertahankan",
        MarkState::Excluded => "dikeluarkan",
    }
}

/// The page.
///
/// # Errors
/// When the caller may not manage the survey.
pub async fn show(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<CampaignPath>,
    Query(look): Query<Look>,
) -> Result {
    let (reached, kept) = reach_campaign(&app, &caller, &path, Want::ManageSurvey).await?;
    let asked = kept.campaign.asked().ok_or(AppError::NotFound)?;
    let asked = &asked;
    let id = kept.campaign.id;
    let (state, signal) =
        (MarkState::parse(&look.keadaan).unwrap_or(MarkState::Waiting), Signal::parse(&look.tanda));
    let limit = u64::try_from(PAGE_ROWS + 1).unwrap_or(u64::MAX);
    let mut found = store::marked(app.store(), id, (state, signal), (look.sesudah, limit)).await?;
    let more = found.len() > PAGE_ROWS;
    found.truncate(PAGE_ROWS);
    let marks = Marks::read(&app, id).await?;
    let by_signal = store::waiting_by_signal(app.store(), id).await?;
    let back = campaign_address(&reached, &kept);
    let crumbs = vec![
        Crumb::link(kept.campaign.service.as_str(), back.as_str()),
        Crumb::here(caller.lang.t("Jawaban bertanda")),
    ];
    let title = caller.lang.t("Jawaban bertanda").into_owned();
    let page = page(&app, &caller, &reached, title, crumbs).await?;
    let base = format!("{back}/tanda");
    let last = found.last().filter(|_| more).map(|row| row.id);
    let next = last.map(|id| {
        let signal = signal.map_or("", Signal::as_str);
        format!("{base}?keadaan={}&tanda={signal}&sesudah={id}", state.as_str())
    });
    let states = MarkState::ALL.map(|one| Filter {
        name: state_name(one),
        value: one.as_str(),
        count: page.number(marks.count(one)),
        on: one == state,
    });
    let signals = by_signal.into_iter().map(|(one, count)| Filter {
        name: signal_name(one),
        value: one.as_str(),
        count: page.number(count),
        on: Some(one) == signal,
    });
    let signals = signals.collect();
    let rows = found.iter().map(|row| to_row(&page, asked, row)).collect();
    let open = kept.campaign.state != CampaignState::Frozen;
    let content = SignalsPage { states: states.into(), signals, rows, next, page, base, back, state, open };
    Ok(Html(content.render()?).into_response())
}

fn to_row(page: &Page, asked: &Questionnaire, row: &Marked) -> Row {
    Row {
        id: row.id,
        shown: Shown::of(page, asked, &row.answer),
        signals: row.signals.iter().map(|signal| signal_name(*signal)).collect(),
        why: row.why.clone().unwrap_or_default(),
    }
}

/// What was decided.
#[derive(Debug, Deserialize)]
pub struct Decision {
    /// Identity of one answer.
    #[serde(default)]
    jawaban: String,
    /// Or all that wait and carry this signal.
    #[serde(default)]
    semua: String,
    #[serde(default)]
    putusan: String,
    #[serde(default)]
    alasan: String,
}

impl Decision {
    fn which(&self) -> Option<Which> {
        let one = self.jawaban.parse().ok().map(Which::One);
        one.or_else(|| Signal::parse(&self.semua).map(Which::Waiting))
    }

    fn to(&self) -> Option<MarkState> {
        MarkState::parse(&self.putusan).filter(|to| *to != MarkState::Waiting)
    }
}

/// Keeps what a person decided.
///
/// # Errors
/// When the survey was frozen, no reason is given, or there is nothing to decide.
pub async fn judge(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<CampaignPath>,
    Posted(decision): Posted<Decision>,
) -> Result {
    let (reached, seen) = reach_campaign(&app, &caller, &path, Want::ManageSurvey).await?;
    let refused = |text: &str| AppError::Refused(text.to_owned());
    let (which, to) = decision
        .which()
        .zip(decision.to())
        .ok_or_else(|| refused("pilih jawaban dan putusannya: dipertahankan atau dikeluarkan"))?;
    let tx = app.store().begin().await?;
    let kept = store::lock(&tx, seen.campaign.id).await?.ok_or(AppError::NotFound)?;
    let why = verdict(kept.campaign.state, to, &decision.alasan)?;
    let count = store::decide(&tx, kept.campaign.id, which, (to, &why)).await?;
    if count == 0 {
        return Err(refused("tidak ada jawaban bertanda yang cocok; muat ulang halaman ini"));
    }
    let entry = Entry::new(caller.audit(), "survey.marks.judged", kept.campaign.id.0);
    let said = json!({ "answers": count, "which": about(which), "decided": to, "why": why });
    tx.commit(entry.of_unit(reached.unit.id).after(said), app.now()).await?;
    let to = format!("{}/tanda", campaign_address(&reached, &kept));
    Ok(flash::done(see_other(&to), caller.lang.tn("Putusan disimpan untuk %{n} jawaban.", count)))
}

fn about(which: Which) -> String {
    match which {
        Which::One(answer) => answer.to_string(),
        Which::Waiting(signal) => signal.as_str().to_owned(),
    }
}

/// Lays all answers side by side and marks what is noticed only then.
///
/// # Errors
/// When the survey was frozen.
pub async fn search(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<CampaignPath>,
    _: Posted<Nothing>,
) -> Result {
    let (reached, seen) = reach_campaign(&app, &caller, &path, Want::ManageSurvey).await?;
    let found = side_by_side(&app, &seen).await?;
    let tx = app.store().begin().await?;
    let kept = store::lock(&tx, seen.campaign.id).await?.ok_or(AppError::NotFound)?;
    if kept.campaign.state == CampaignState::Frozen {
        return Err(VerdictError::Frozen.into());
    }
    let count = store::mark(&tx, kept.campaign.id, &found).await?;
    let entry = Entry::new(caller.audit(), "survey.marks.searched", kept.campaign.id.0);
    tx.commit(entry.of_unit(reached.unit.id).after(json!({ "marked": count })), app.now()).await?;
    let to = format!("{}/tanda", campaign_address(&reached, &kept));
    Ok(flash::done(
        see_other(&to),
        caller.lang.tn("Semua jawaban diperiksa; %{n} jawaban baru ditandai.", count),
    ))
}

type Found = BTreeMap<Uuid, (bening_core::survey::Answer, BTreeSet<Signal>)>;

async fn side_by_side(app: &App, seen: &store::Kept) -> Result<Found> {
    let asked = seen.campaign.asked().zip(seen.campaign.scale()).ok_or(AppError::NotFound)?;
    let rules = signal_rules().ok_or(AppError::NotFound)?;
    let answers = store::answers_with_ids(app.store(), seen.campaign.id).await?;
    let found = tokio::task::spawn_blocking(move || {
        let (ids, answers): (Vec<Uuid>, Vec<_>) = answers.into_iter().unzip();
        let mut found = Found::new();
        for (place, signal) in rules.side_by_side((&asked.0, asked.1), &answers) {
            let (_, signals) =
                found.entry(ids[place]).or_insert_with(|| (answers[place].clone(), BTreeSet::new()));
            signals.insert(signal);
        }
        found
    });
    found.await.map_err(|_| AppError::Interrupted)
}
