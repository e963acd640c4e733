//! The page of one question: what is asked and why, every layer's answer side by side, evidence, the thread. It works
//! without script.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use bening_core::evidence::Target;
use bening_core::id::PersonId;
use bening_core::instrument::Question;
use bening_core::lke::{Layer, Side};
use bening_core::scoring::explain;
use bening_store::person;

use super::answer::write;
use super::eyes::Eyes;
use super::frame::{Head, page};
use super::reach::{CodePath, Opened, reach_lke};
use super::row::{Field, Row, row};
use super::suggested::{Missing, Offer, missing, offers};
use super::typed::{Fields, NOTE, worded};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::evidence::needs::needs;
use crate::flash;
use crate::form::{Posted, see_other};
use crate::page::{Crumb, Page};
use crate::plan::history::moment;

struct LayerRow {
    title: &'static str,
    text: String,
    note: String,
    who: String,
}

struct EvidenceRow {
    id: String,
    title: String,
    place: String,
    is_link: bool,
    who: String,
}

struct RemarkRow {
    side: &'static str,
    text: String,
    who: String,
}

struct ReturnRow {
    reason: String,
    due: String,
    who: String,
    answered: String,
}

/// What the caller may do with the question.
struct Doors {
    answer: bool,
    evidence: bool,
    talk: bool,
    send_back: bool,
    give_back: bool,
}

#[derive(Template)]
#[template(path = "lke/question.html")]
struct QuestionPage {
    page: Page,
    head: Head,
    row: Row,
    offers: Vec<Offer>,
    missing: Vec<Missing>,
    citation: String,
    notes: String,
    formula: String,
    calculation: String,
    layers: Vec<LayerRow>,
    evidence: Vec<EvidenceRow>,
    /// The checklist of files.
    files: String,
    thread: Vec<RemarkRow>,
    returns: Vec<ReturnRow>,
    doors: Doors,
    before: String,
    after: String,
    error: String,
    typed_note: String,
}

/// The page of a question.
///
/// # Errors
/// When there is no such question.
pub async fn show(State(app): State<App>, caller: Caller, Path(path): Path<CodePath>) -> Result {
    let opened = reach_lke(&app, &caller, &path.sheet()).await?;
    let html = render(&app, &caller, &opened, &path.kode, None).await?;
    Ok(Html(html).into_response())
}

/// Saves the form of the page.
///
/// # Errors
/// What may not be; what core refuses comes back as the page with the reason and the note as typed.
pub async fn save(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<CodePath>,
    Posted(fields): Posted<Fields>,
) -> Result {
    let refused = match write(&app, &caller, &path, &fields).await {
        Ok((opened, _)) => {
            let to = format!("{}/pertanyaan/{}", opened.at.address(), path.kode);
            return Ok(flash::done(see_other(&to), caller.lang.t("Jawaban disimpan.")));
        }
        Err(error @ (AppError::Refused(_) | AppError::Conflict { .. })) => error,
        Err(other) => return Err(other),
    };
    again(&app, &caller, &path, refused, fields.get(NOTE).to_owned()).await
}

/// The page once more, with why it was not saved.
pub(super) async fn again(
    app: &App,
    caller: &Caller,
    path: &CodePath,
    refused: AppError,
    note: String,
) -> Result {
    let opened = reach_lke(app, caller, &path.sheet()).await?;
    let told = (refused.said(caller.lang), note);
    let html = render(app, caller, &opened, &path.kode, Some(told)).await?;
    Ok((refused.status(), Html(html)).into_response())
}

async fn render(
    app: &App,
    caller: &Caller,
    opened: &Opened,
    code: &str,
    refused: Option<(String, String)>,
) -> Result<String> {
    let (area, sub, question) = opened.edition.question(code).ok_or(AppError::NotFound)?;
    let eyes = Eyes::of(opened, caller.lang)?;
    let own = eyes.own()?;
    let page = page(app, caller, &opened.at, format!("{} {}", question.code, question.label)).await?;
    let base = opened.at.address();
    let title = format!("{} {}", caller.lang.t("LKE"), opened.at.year);
    let crumbs = vec![Crumb::link(title, format!("{base}#r-{code}")), Crumb::here(area.name.clone())];
    let names = Names::read(app, caller, opened, code).await?;
    let row = row(&eyes, own, question);
    let (error, typed_note) = refused.unwrap_or_else(|| (String::new(), row.note.clone()));
    let explanation = explain::question(sub, question, &own.score, &own.sheet);
    let (before, after) = neighbours(opened, code);
    let offers = offers(opened, &page, own.layer, code, &|decision| names.who(decision.by, decision.at));
    let missing = missing(opened, Some(code));
    let doors = doors(opened, question);
    let target = Target::Question { year: opened.at.year, code: code.to_owned() };
    let expected = vec![(String::new(), target)];
    let files = needs(app, caller, &opened.at.reached, expected, doors.evidence.into()).await?;
    let shown = QuestionPage {
        page: Page { crumbs, ..page },
        head: Head::of(app, caller, opened, ""),
        citation: explanation.citation,
        calculation: explanation.calculation,
        notes: question.notes.clone().unwrap_or_default(),
        formula: question.formula.as_ref().map(ToString::to_string).unwrap_or_default(),
        layers: layers(opened, &names, code),
        evidence: evidence(opened, &names, code),
        thread: thread(opened, &names, code),
        returns: returns(opened, &names, code),
        doors,
        files,
        row,
        offers,
        missing,
        before,
        after,
        error,
        typed_note,
    };
    Ok(shown.render()?)
}

fn neighbours(opened: &Opened, code: &str) -> (String, String) {
    let codes: Vec<&str> = opened.edition.questions().map(|(_, _, q)| q.code.as_str()).collect();
    let place = codes.iter().position(|known| *known == code).unwrap_or_default();
    let at = |place: Option<usize>| place.and_then(|place| codes.get(place)).copied().unwrap_or_default();
    (at(place.checked_sub(1)).to_owned(), at(place.checked_add(1)).to_owned())
}

fn doors(opened: &Opened, question: &Question) -> Doors {
    let (desk, lke, edition) = (&opened.desk, &opened.lke, &*opened.edition);
    let code = question.code.as_str();
    let answer = desk.may_answer(lke, edition, code);
    let is_unit = desk.side == Side::Unit;
    let sent = lke.open_return(code).is_some();
    Doors {
        answer,
        evidence: answer && is_unit,
        talk: desk.layer.is_some() && desk.may_talk(edition, code),
        send_back: answer && !is_unit && !sent,
        give_back: sent && is_unit && desk.holds(edition, code),
    }
}

/// The people of a page, and how their moments are written.
struct Names<'a> {
    app: &'a App,
    caller: &'a Caller,
    names: HashMap<PersonId, String>,
}

impl<'a> Names<'a> {
    async fn read(app: &'a App, caller: &'a Caller, opened: &Opened, code: &str) -> Result<Self> {
        let lke = &opened.lke;
        let people = Layer::ALL.into_iter().filter_map(|layer| lke.entry(layer, code).map(|entry| entry.by));
        let people = people.chain(lke.evidence_for(code).map(|link| link.by));
        let people = people.chain(lke.thread(code).map(|remark| remark.by));
        let people = people.chain(lke.returns.iter().map(|sent| sent.by));
        let people = people.chain(opened.suggested.decisions.iter().map(|one| one.by)).collect::<Vec<_>>();
        let names = person::names(app.store(), people).await?.into_iter().collect();
        Ok(Self { app, caller, names })
    }

    fn who(&self, by: PersonId, at: chrono::DateTime<chrono::Utc>) -> String {
        let name = self.names.get(&by).cloned().unwrap_or_default();
        format!("{name} · {}", moment(self.app, self.caller.lang, at))
    }
}

fn layers(opened: &Opened, names: &Names<'_>, code: &str) -> Vec<LayerRow> {
    let shown = opened.desk.visible(&opened.lke).filter_map(|layer| {
        let entry = opened.lke.entry(layer, code)?;
        Some(LayerRow {
            title: layer.title(),
            text: worded(entry.answer.as_ref()),
            note: entry.note.clone(),
            who: names.who(entry.by, entry.at),
        })
    });
    shown.collect()
}

fn evidence(opened: &Opened, names: &Names<'_>, code: &str) -> Vec<EvidenceRow> {
    let row = |link: &bening_core::lke::Link| EvidenceRow {
        id: link.id.to_string(),
        title: link.title.clone(),
        is_link: link.place.starts_with("https://") || link.place.starts_with("http://"),
        place: link.place.clone(),
        who: names.who(link.by, link.at),
    };
    opened.lke.evidence_for(code).map(row).collect()
}

fn thread(opened: &Opened, names: &Names<'_>, code: &str) -> Vec<RemarkRow> {
    let row = |remark: &bening_core::lke::Remark| RemarkRow {
        side: remark.side.title(),
        text: remark.text.clone(),
        who: names.who(remark.by, remark.at),
    };
    opened.lke.thread(code).map(row).collect()
}

fn returns(opened: &Opened, names: &Names<'_>, code: &str) -> Vec<ReturnRow> {
    let row = |sent: &bening_core::lke::Return| ReturnRow {
        reason: sent.reason.clone(),
        due: names.caller.lang.date(sent.due_on),
        who: names.who(sent.by, sent.at),
        answered: sent.answered.map(|(_, at)| moment(names.app, names.caller.lang, at)).unwrap_or_default(),
    };
    opened.lke.returns.iter().filter(|sent| sent.code == code).map(row).collect()
}

/// A status that is not an error, for pages that answer a refused form.
pub(super) fn is_refusal(error: &AppError) -> bool {
    error.status() == StatusCode::UNPROCESSABLE_ENTITY
}
