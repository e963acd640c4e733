//! A pile of forms filled in on paper: typing them in twice, settling what differs, taking the pile over. The piles of
//! a campaign are in `piles`. What makes a pile fit to count is decided in `bening_core::survey`.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use bening_core::access::Action as Want;
use bening_core::audit::Entry;
use bening_core::survey::{
    Answer, Channel, Difference, Layout, PILE_MAX, PaperError, Pass, Pile, Questionnaire, cells, takes_paper,
};
use bening_store::survey::{self as store, Batch, Kept};
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::{CampaignPath, campaign_address, page, reach_campaign};
use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::error::{AppError, Result, sentence};
use crate::flash;
use crate::form::{Nothing, Posted, see_other};
use crate::page::{Crumb, Page};
use crate::reach::Reached;

/// Forms on one page of typing.
const ROWS: u32 = 10;

/// `/unit/{unit}/survei/{id}/kertas/{tumpukan}` as types.
#[derive(Debug, Deserialize)]
pub struct PilePath {
    unit: String,
    id: String,
    tumpukan: Uuid,
}

/// Which time it is typed in.
#[derive(Debug, Default, Deserialize)]
pub struct Round {
    putaran: Option<i16>,
}

struct Column {
    code: String,
    words: bool,
}

struct Line {
    number: u32,
    /// Code, text, and whether it is wrong.
    cells: Vec<(String, String, bool)>,
}

#[derive(Template)]
#[template(path = "survey/pile.html")]
struct PilePage {
    page: Page,
    base: String,
    back: String,
    name: String,
    taken: bool,
    pass: i16,
    counts: [String; 2],
    columns: Vec<Column>,
    lines: Vec<Line>,
    points: u8,
    differences: Vec<Difference>,
    ready: bool,
    problem: String,
}

struct At {
    reached: Reached,
    kept: Kept,
    batch: Batch,
    pile: Pile,
    asked: Questionnaire,
}

impl At {
    fn address(&self) -> String {
        format!("{}/kertas/{}", campaign_address(&self.reached, &self.kept), self.batch.id)
    }
}

async fn reach(app: &App, caller: &Caller, path: PilePath) -> Result<At> {
    let PilePath { unit, id, tumpukan } = path;
    let (reached, kept) = reach_campaign(app, caller, &CampaignPath { unit, id }, Want::ManageSurvey).await?;
    let batch = store::batch(app.store(), tumpukan).await?;
    let batch = batch.filter(|batch| batch.campaign == kept.campaign.id).ok_or(AppError::NotFound)?;
    let pile = store::pile(app.store(), &batch).await?;
    let asked = kept.campaign.asked().ok_or(AppError::NotFound)?;
    Ok(At { reached, kept, batch, pile, asked })
}

/// Where a pile is typed in.
///
/// # Errors
/// When the caller may not manage the survey, or there is no such pile.
pub async fn show(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<PilePath>,
    Query(round): Query<Round>,
) -> Result {
    let at = reach(&app, &caller, path).await?;
    let pass = round.putaran.and_then(Pass::of).unwrap_or(Pass::First);
    let lines = fresh_lines(&at, pass);
    Ok(render(&app, &caller, &at, (pass, lines), String::new()).await?.into_response())
}

fn codes(asked: &Questionnaire) -> Vec<Column> {
    let columns = Layout::by_question(asked).columns.into_iter();
    let columns = columns.map(|column| Column { code: column.code, words: false });
    let extras = asked.extras.iter().map(|extra| Column {
        code: extra.code.clone(),
        words: extra.kind == bening_core::survey::ExtraKind::Text,
    });
    columns.chain(extras).collect()
}

/// Empty lines for the forms that come next; in the second pass for those that were typed once.
fn fresh_lines(at: &At, pass: Pass) -> Vec<Line> {
    let typed = at.pile.numbers(pass);
    let next = typed.last().map_or(1, |last| last + 1);
    let waiting: Vec<u32> = match pass {
        Pass::First => (next..next + ROWS).filter(|number| *number <= PILE_MAX).collect(),
        Pass::Second => {
            let first = at.pile.numbers(Pass::First);
            first.difference(&typed).copied().take(ROWS as usize).collect()
        }
    };
    let cells = || codes(&at.asked).into_iter().map(|column| (column.code, String::new(), false)).collect();
    waiting.into_iter().map(|number| Line { number, cells: cells() }).collect()
}

async fn render(
    app: &App,
    caller: &Caller,
    at: &At,
    (pass, lines): (Pass, Vec<Line>),
    problem: String,
) -> Result<Html<String>> {
    let survey = campaign_address(&at.reached, &at.kept);
    let back = format!("{survey}/kertas");
    let crumbs = vec![
        Crumb::link(at.kept.campaign.service.as_str(), survey),
        Crumb::link(caller.lang.t("Formulir kertas"), back.as_str()),
        Crumb::here(at.batch.name.as_str()),
    ];
    let page = page(app, caller, &at.reached, at.batch.name.clone(), crumbs).await?;
    let content = PilePage {
        base: at.address(),
        name: page.date(at.batch.day),
        taken: at.batch.taken,
        pass: pass.number(),
        counts: Pass::ALL.map(|pass| page.number(at.pile.numbers(pass).len())),
        columns: codes(&at.asked),
        lines,
        points: at.kept.campaign.points,
        differences: at.pile.differences(&at.asked),
        ready: at.pile.settled(&at.asked).is_ok(),
        page,
        back,
        problem,
    };
    Ok(Html(content.render()?))
}

/// What was typed, by name of the field.
struct Typed(Vec<(String, String)>);

impl Typed {
    fn get(&self, name: &str) -> String {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.trim().to_owned())
            .unwrap_or_default()
    }
}

/// A form as it was typed, or what is wrong with it.
fn read_line(at: &At, number: u32, typed: &Typed) -> std::result::Result<Option<Answer>, String> {
    let Some(scale) = at.kept.campaign.scale() else { return Ok(None) };
    let field = |code: &str| Some(typed.get(&format!("{number}.{code}")));
    if codes(&at.asked).iter().all(|column| field(&column.code).unwrap_or_default().is_empty()) {
        return Ok(None);
    }
    let answer = Answer::read(&at.asked, scale, (at.batch.day, Channel::Paper), field);
    answer.map(Some).map_err(|error| error.to_string())
}

fn typed_line(at: &At, number: u32, typed: &Typed) -> Line {
    let cell = |column: Column| {
        let text = typed.get(&format!("{number}.{}", column.code));
        let fits = text.parse::<u8>().is_ok_and(|value| (1..=at.kept.campaign.points).contains(&value));
        let is_scale = Layout::by_question(&at.asked).columns.iter().any(|known| known.code == column.code);
        let wrong = is_scale && !text.is_empty() && !fits;
        (column.code, text, wrong)
    };
    Line { number, cells: codes(&at.asked).into_iter().map(cell).collect() }
}

/// Keeps a page of forms, all or none.
///
/// # Errors
/// When the pile was taken over; what is wrong with a form comes back with the page.
pub async fn type_in(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<PilePath>,
    Posted(fields): Posted<Vec<(String, String)>>,
) -> Result {
    let at = reach(&app, &caller, path).await?;
    let typed = Typed(fields);
    let pass = typed.get("putaran").parse().ok().and_then(Pass::of).unwrap_or(Pass::First);
    still_open(&app, &at)?;
    let mut numbers: Vec<u32> =
        typed.0.iter().filter_map(|(name, _)| name.split_once('.')?.0.parse().ok()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    if numbers.iter().any(|number| !(1..=PILE_MAX).contains(number)) {
        return Err(PaperError::TooMany.into());
    }
    let (mut forms, mut problems) = (Vec::new(), Vec::new());
    for number in &numbers {
        match read_line(&at, *number, &typed) {
            Ok(answer) => forms.extend(answer.map(|answer| (*number, answer))),
            Err(why) => problems.push(caller.lang.tf(
                "Formulir %{n}: %{sebab}.",
                &[("n", number.to_string()), ("sebab", caller.lang.t(&why).into_owned())],
            )),
        }
    }
    if !problems.is_empty() || forms.is_empty() {
        let lines = numbers.iter().map(|number| typed_line(&at, *number, &typed)).collect();
        let why = if problems.is_empty() { PaperError::Empty.to_string() } else { problems.join(" ") };
        let why = sentence(&caller.lang.t(&why));
        let page = render(&app, &caller, &at, (pass, lines), why).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    keep(&app, &caller, &at, pass, &forms).await?;
    let to = format!("{}?putaran={}", at.address(), pass.number());
    Ok(flash::done(see_other(&to), caller.lang.tn("%{n} formulir disimpan.", forms.len())))
}

fn still_open(app: &App, at: &At) -> Result<()> {
    takes_paper(&at.kept.campaign, at.batch.day, app.today())?;
    if at.batch.taken {
        return Err(AppError::Refused("tumpukan ini sudah diterima; buat tumpukan baru".to_owned()));
    }
    Ok(())
}

async fn keep(app: &App, caller: &Caller, at: &At, pass: Pass, forms: &[(u32, Answer)]) -> Result<()> {
    let tx = app.store().begin().await?;
    let held = store::lock(&tx, at.kept.campaign.id).await?.ok_or(AppError::NotFound)?;
    takes_paper(&held.campaign, at.batch.day, app.today())?;
    store::type_in(&tx, at.batch.id, (pass, caller.id()), forms).await?;
    let entry = Entry::new(caller.audit(), "survey.paper.typed", at.kept.campaign.id.0);
    let said = json!({ "pile": at.batch.id, "pass": pass.number(), "forms": forms.len() });
    Ok(tx.commit(entry.of_unit(at.reached.unit.id).after(said), app.now()).await?)
}

/// What a cell should be.
#[derive(Debug, Deserialize)]
pub struct Settled {
    #[serde(default)]
    nomor: String,
    #[serde(default)]
    kode: String,
    #[serde(default)]
    nilai: String,
}

/// Settles a cell that was typed in two ways: a person looked at the paper again.
///
/// # Errors
/// When there is no such cell, or the value is none.
pub async fn settle(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<PilePath>,
    Posted(settled): Posted<Settled>,
) -> Result {
    let at = reach(&app, &caller, path).await?;
    still_open(&app, &at)?;
    let refused = |text: &str| AppError::Refused(text.to_owned());
    let number: u32 = settled.nomor.parse().map_err(|_| refused("formulir ini tidak ada di tumpukan"))?;
    let scale = at.kept.campaign.scale().ok_or(AppError::NotFound)?;
    for pass in Pass::ALL {
        let form = at.pile.get(pass, number).ok_or_else(|| refused("formulir ini tidak ada di tumpukan"))?;
        let mut cells = cells(&at.asked, form);
        let cell = cells.iter_mut().find(|(code, _)| *code == settled.kode);
        cell.ok_or_else(|| refused("formulir ini tidak ada di tumpukan"))?.1.clone_from(&settled.nilai);
        let field = |code: &str| cells.iter().find(|(known, _)| known == code).map(|(_, text)| text.clone());
        let answer = Answer::read(&at.asked, scale, (at.batch.day, Channel::Paper), field);
        let answer = answer.map_err(|error| AppError::Refused(error.to_string()))?;
        keep(&app, &caller, &at, pass, &[(number, answer)]).await?;
    }
    Ok(see_other(&format!("{}#selisih", at.address())))
}

/// Takes a pile over: from here on its forms count, and nothing is left of who typed them.
///
/// # Errors
/// While it was not typed twice alike.
pub async fn accept(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<PilePath>,
    _: Posted<Nothing>,
) -> Result {
    let at = reach(&app, &caller, path).await?;
    still_open(&app, &at)?;
    let tx = app.store().begin().await?;
    let held = store::lock(&tx, at.kept.campaign.id).await?.ok_or(AppError::NotFound)?;
    takes_paper(&held.campaign, at.batch.day, app.today())?;
    // Everybody who types holds the campaign too, so this is what will be taken.
    let answers = store::pile(app.store(), &at.batch).await?.settled(&at.asked)?;
    if store::finish_batch(&tx, at.batch.id).await? == 0 {
        return Err(AppError::Refused("tumpukan ini sudah diterima; buat tumpukan baru".to_owned()));
    }
    let answers: Vec<_> = answers.into_iter().map(|answer| (chance::drawn(), answer)).collect();
    store::take_in(&tx, at.kept.campaign.id, &answers).await?;
    let entry = Entry::new(caller.audit(), "survey.paper.taken", at.kept.campaign.id.0);
    let said = json!({ "pile": at.batch.id, "name": at.batch.name, "forms": answers.len() });
    tx.commit(entry.of_unit(at.reached.unit.id).after(said), app.now()).await?;
    let to = format!("{}/kertas", campaign_address(&at.reached, &at.kept));
    Ok(flash::done(see_other(&to), caller.lang.tn("%{n} formulir kertas diterima.", answers.len())))
}
