//! The forms of a road on one page: what was found in every stage it came to, and the one that is being filled in.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse};
use bening_core::access::Action;
use bening_core::candidacy::appraisal::{Appraisal, Item, Remark, Said, Standing};
use bening_core::candidacy::declaration::Declaration;
use bening_core::candidacy::rules::Demand;
use bening_core::id::PersonId;
use bening_store::person;

use super::scores::{self, Compared};
use super::write::Problem;
use super::{Chair, Opened, catalogue};
use crate::app::App;
use crate::caller::Caller;
use crate::candidacy::unit;
use crate::error::{Result, sentence};
use crate::page::Page;
use crate::reach::allows;

/// What was typed into a form that is not kept.
#[derive(Default)]
pub(super) struct Typed {
    pub(super) stage: String,
    pub(super) fields: Vec<(String, String)>,
    pub(super) problem: Option<Problem>,
}

impl Typed {
    fn value(&self, stage: &str, name: &str) -> Option<String> {
        let of = self.fields.iter().filter(|_| self.stage == stage);
        of.into_iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
    }
}

/// A verdict that can be chosen.
struct Choice {
    code: String,
    name: String,
}

/// Something that was said of an item.
struct Told {
    name: String,
    tone: &'static str,
    note: String,
    who: String,
    when: String,
}

/// An item on the page.
struct Shown {
    code: String,
    name: String,
    ask: String,
    whose: String,
    now: Option<Told>,
    objection: Option<Told>,
    before: Vec<Told>,
    seen: usize,
    chosen: String,
    note: String,
    objecting: String,
    may_object: bool,
    is_open: bool,
}

/// Who sat together, as it is shown and typed.
#[derive(Default)]
struct Sat {
    day: String,
    place: String,
    present: Vec<(String, String)>,
    outcome: String,
    typed_day: String,
    typed_place: String,
    typed_present: String,
    typed_outcome: String,
    is_kept: bool,
}

/// A form on the page.
struct Sheet {
    stage: &'static str,
    name: String,
    hint: String,
    citation: String,
    judged: usize,
    items: Vec<Shown>,
    all: usize,
    is_open: bool,
    judges: bool,
    objects: bool,
    sits: bool,
    needs_sitting: bool,
    sat: Sat,
    problem: String,
}

#[derive(Template)]
#[template(path = "candidacy/appraisal.html")]
struct AppraisalPage {
    page: Page,
    base: String,
    road_address: String,
    predicate: String,
    stage: String,
    tone: &'static str,
    choices: Vec<Choice>,
    sheets: Vec<Sheet>,
    compared: Option<Compared>,
    today: String,
}

/// The page.
///
/// # Errors
/// When the unit is not to be seen, or is on no road.
pub async fn show(State(app): State<App>, caller: Caller, Path(unit): Path<String>) -> Result {
    let opened = Opened::load(&app, &caller, &unit).await?;
    Ok(render(&app, &caller, &opened, Typed::default()).await?.into_response())
}

/// The page with what was typed.
pub(super) async fn render(
    app: &App,
    caller: &Caller,
    opened: &Opened,
    typed: Typed,
) -> Result<Html<String>> {
    let page =
        unit::page(app, caller, &opened.roads, caller.lang.t("Penilaian nasional").into_owned()).await?;
    let names = person::names(app.store(), opened.remarks.iter().map(|remark| remark.by)).await?;
    let drawing = Drawing { app, caller, page: &page, opened, names: &names, typed: &typed };
    let mut sheets = Vec::new();
    for form in catalogue()?.forms.iter().rev() {
        if let Some(found) = opened.appraisal(form)?.filter(|found| opened.shows(found)) {
            sheets.push(drawing.sheet(&found));
        }
    }
    let choices = catalogue()?.verdicts.iter();
    let shown = AppraisalPage {
        base: opened.address(),
        road_address: opened.roads.address(),
        predicate: opened.road.predicate.clone(),
        stage: page.t(opened.road.stage().title()).into_owned(),
        tone: unit::tone(&opened.road),
        choices: choices
            .map(|each| Choice { code: each.code.clone(), name: page.t(&each.name).into_owned() })
            .collect(),
        sheets,
        compared: scores::compared(app, caller, opened).await?,
        today: app.today().to_string(),
        page,
    };
    Ok(Html(shown.render()?))
}

/// What it takes to draw a form.
struct Drawing<'a> {
    app: &'a App,
    caller: &'a Caller,
    page: &'a Page,
    opened: &'a Opened,
    names: &'a HashMap<PersonId, String>,
    typed: &'a Typed,
}

impl Drawing<'_> {
    fn sheet(&self, found: &Appraisal<'_>) -> Sheet {
        let (form, here) = (found.form, self.opened.road.stage());
        let is_open = form.is_open_in(here);
        let may = |action| allows(self.caller, action, &self.opened.roads.scope);
        let problem = self.typed.problem.as_ref().filter(|_| self.typed.stage == form.stage.as_str());
        let objects = form.contested_in == Some(here) && may(Action::SelectCandidate);
        let seen = form.items.iter().filter(|item| self.opened.chair.sees(item));
        Sheet {
            stage: form.stage.as_str(),
            name: self.page.t(&form.name).into_owned(),
            hint: self.page.t(&form.hint).into_owned(),
            citation: form.citation.clone(),
            judged: found.judged(),
            items: seen.map(|item| self.item(found, item)).collect(),
            all: form.items.len(),
            is_open,
            judges: is_open && matches!(self.opened.chair, Chair::Assessor(_)),
            objects: objects && found.failing().next().is_some(),
            sits: is_open && may(Action::JudgeCandidate),
            needs_sitting: form.sitting == Demand::Required,
            sat: self.sat(found),
            problem: problem.map(|one| sentence(&self.page.t(&one.text))).unwrap_or_default(),
        }
    }

    fn item(&self, found: &Appraisal<'_>, item: &Item) -> Shown {
        let verdict = found.verdict(&item.code);
        let said: Vec<&Remark> = found.said(&item.code).collect();
        let objection = found.objection(&item.code);
        let newest = verdict.map(|(remark, _)| remark);
        let older = said.iter().filter(|each| Some(**each) != newest && Some(**each) != objection);
        let stage = found.form.stage.as_str();
        let typed = |name: &str| self.typed.value(stage, &format!("{name}-{}", item.code));
        Shown {
            is_open: newest.is_none() || objection.is_some() || typed("catatan").is_some(),
            code: item.code.clone(),
            name: self.page.t(&item.name).into_owned(),
            ask: self.page.t(&item.ask).into_owned(),
            whose: item.whose(),
            now: newest.map(|remark| self.told(remark)),
            objection: objection.map(|remark| self.told(remark)),
            before: older.map(|remark| self.told(remark)).collect(),
            seen: said.len(),
            chosen: typed("putusan").or_else(|| verdict.map(|(_, of)| of.code.clone())).unwrap_or_default(),
            note: typed("catatan").or_else(|| newest.map(|one| one.note.clone())).unwrap_or_default(),
            objecting: typed("sanggahan").unwrap_or_default(),
            may_object: verdict.is_some_and(|(_, of)| of.standing == Standing::Fails),
        }
    }

    fn told(&self, remark: &Remark) -> Told {
        let verdict = match &remark.said {
            Said::Verdict(code) => catalogue().ok().and_then(|all| all.verdict(code)),
            Said::Objection => None,
        };
        let tone = match verdict.map(|each| each.standing) {
            Some(Standing::Clears) => "ok",
            Some(Standing::Fails) => "bad",
            None => "warn",
        };
        let name = verdict.map_or("Sanggahan", |each| each.name.as_str());
        Told {
            name: self.page.t(name).into_owned(),
            tone,
            note: remark.note.clone(),
            who: self.names.get(&remark.by).cloned().unwrap_or_default(),
            when: self.page.date(self.app.local(remark.at).0),
        }
    }

    fn sat(&self, found: &Appraisal<'_>) -> Sat {
        let stage = found.form.stage.as_str();
        let kept = self.opened.sitting(found.round).0;
        let typed =
            |name: &str, kept: Option<String>| self.typed.value(stage, name).or(kept).unwrap_or_default();
        let lines = kept.map(|sitting| {
            Declaration { witnesses: sitting.present.clone(), ..Declaration::default() }.witness_lines()
        });
        let present = kept.into_iter().flat_map(|sitting| &sitting.present);
        Sat {
            day: kept.map(|sitting| self.page.date_long(sitting.on)).unwrap_or_default(),
            place: kept.map(|sitting| sitting.place.clone()).unwrap_or_default(),
            present: present.map(|each| (each.name.clone(), each.institution.clone())).collect(),
            outcome: kept.map(|sitting| sitting.outcome.clone()).unwrap_or_default(),
            typed_day: typed("tanggal", kept.map(|sitting| sitting.on.to_string())),
            typed_place: typed("tempat", kept.map(|sitting| sitting.place.clone())),
            typed_present: typed("hadir", lines),
            typed_outcome: typed("hasil", kept.map(|sitting| sitting.outcome.clone())),
            is_kept: kept.is_some(),
        }
    }
}
