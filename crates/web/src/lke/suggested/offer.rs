//! Suggestions as pages show them: the answer, what it rests on with links, the rule, and what was decided.

use bening_core::lke::Layer;
use bening_core::suggestion::{Basis, Ground, Lack, Place, Standing, Suggestion};
use bening_core::suggestion::{Fact, Row as Said};
use bening_core::survey;

use super::super::reach::Opened;
use super::super::typed::worded;
use super::stands;
use crate::page::{Page, Tone};
use crate::plan::status::Chip;

/// A suggestion as the page shows it.
#[derive(Debug)]
pub struct Offer {
    /// Which, for forms.
    pub key: String,
    /// The answer it proposes, for people and to be seen again by the form.
    pub answer: String,
    /// The index or answer, with its name.
    pub title: String,
    /// Address of the campaign; empty when it comes from records.
    pub href: String,
    /// Why, or what was asked of whom.
    pub about: String,
    /// SHA-256 of the data set of a survey.
    pub sha256: String,
    /// How to reckon a survey again.
    pub command: String,
    /// The facts it rests on.
    pub facts: Vec<FactRow>,
    /// The rule.
    pub citation: String,
    /// Where it stands.
    pub standing: Standing,
    /// The same in a word.
    pub chip: Chip,
    /// Why it was set aside.
    pub reason: String,
    /// Who decided, and when.
    pub who: String,
}

impl Offer {
    /// Whether it is not the answer yet.
    pub fn can_be_taken(&self) -> bool {
        self.standing != Standing::Accepted
    }

    /// Whether it waits for a word.
    pub fn can_be_set_aside(&self) -> bool {
        self.standing != Standing::SetAside
    }
}

/// A fact with the rows that say so.
#[derive(Debug)]
pub struct FactRow {
    /// What it is.
    pub label: &'static str,
    /// How it stands.
    pub value: String,
    /// The rows.
    pub rows: Vec<Line>,
}

/// A row of a register.
#[derive(Debug)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// Its address.
    pub href: String,
    /// Whether it speaks for the fact, as a sign.
    pub sign: &'static str,
}

/// A rule that waits for records.
#[derive(Debug)]
pub struct Missing {
    /// Code of the question.
    pub question: String,
    /// What is missing, and where it is entered.
    pub facts: Vec<(&'static str, String)>,
    /// The rule.
    pub citation: String,
}

/// The suggestions for a question.
pub fn offers(
    opened: &Opened,
    page: &Page,
    own: Layer,
    code: &str,
    who: &dyn Fn(&bening_core::suggestion::Decision) -> String,
) -> Vec<Offer> {
    let of = |suggestion: &Suggestion| offer(opened, page, own, suggestion, who);
    opened.suggested.offers.for_question(code).map(of).collect()
}

/// A suggestion as it is shown.
pub(super) fn offer(
    opened: &Opened,
    page: &Page,
    own: Layer,
    suggestion: &Suggestion,
    who: &dyn Fn(&bening_core::suggestion::Decision) -> String,
) -> Offer {
    let decision = opened.suggested.decision(suggestion);
    let standing = stands(opened, own, suggestion);
    let answer = worded(Some(&suggestion.answer));
    let blank = Offer {
        key: suggestion.key.clone(),
        title: answer.clone(),
        answer,
        href: String::new(),
        about: String::new(),
        sha256: String::new(),
        command: String::new(),
        facts: Vec::new(),
        citation: suggestion.citation.clone(),
        standing,
        chip: chip(page, standing),
        reason: decision.map(|decision| decision.reason.clone()).unwrap_or_default(),
        who: decision.map(who).unwrap_or_default(),
    };
    match &suggestion.basis {
        Basis::Survey(survey) => from_survey(blank, opened, page, survey),
        Basis::Records { told, grounds } => Offer {
            about: told.clone(),
            facts: grounds.iter().map(|ground| fact(opened, ground)).collect(),
            ..blank
        },
    }
}

fn from_survey(blank: Offer, opened: &Opened, page: &Page, survey: &survey::Suggestion) -> Offer {
    Offer {
        title: format!("{} {}", survey.index_name, page.number(survey.index.rounded())),
        href: format!("/unit/{}/survei/{}", opened.at.reached.unit.code, survey.campaign),
        about: page.tf(
            "%{layanan} · %{periode} · %{n} responden · ditutup %{hari}",
            &[
                ("layanan", survey.service.clone()),
                ("periode", survey.period.clone()),
                ("n", page.number(survey.respondents)),
                ("hari", page.date(survey.closes_on)),
            ],
        ),
        sha256: survey.sha256.clone(),
        command: survey.recipe.clone(),
        ..blank
    }
}

/// Where a suggestion stands, in a word.
pub(super) fn chip(page: &Page, standing: Standing) -> Chip {
    let (tone, text) = match standing {
        Standing::Open => (Tone::Info, page.t("menunggu keputusan")),
        Standing::Accepted => (Tone::Ok, page.t("dipakai")),
        Standing::SetAside => (Tone::Mute, page.t("dikesampingkan")),
        Standing::Changed => (Tone::Warn, page.t("berubah sejak diputuskan")),
    };
    Chip { tone, sign: tone.sign(), text: text.into_owned() }
}

fn fact(opened: &Opened, ground: &Ground) -> FactRow {
    let mut rows: Vec<&Said> = ground.rows.iter().collect();
    rows.sort_by_key(|row| row.speaks_for);
    let line = |row: &Said| Line {
        name: row.name.clone(),
        href: href(opened, row.place),
        sign: if row.speaks_for { "✓" } else { "–" },
    };
    FactRow {
        label: ground.fact.label(),
        value: ground.value.to_string(),
        rows: rows.into_iter().map(line).collect(),
    }
}

fn href(opened: &Opened, place: Place) -> String {
    let (unit, year) = (&opened.at.reached.unit.code, opened.at.year);
    match place {
        Place::Plan => format!("/unit/{unit}/rencana/{year}"),
        Place::Action(id) => format!("/unit/{unit}/rencana/{year}/tindakan/{id}"),
        Place::Month(month) => format!("/unit/{unit}/monev/{year}/{}", month.number()),
        Place::Meeting(id) => format!("/unit/{unit}/rapat/{id}"),
        Place::FollowUp(id) => format!("/unit/{unit}/tindak-lanjut/{id}"),
        Place::Survey(id) => format!("/unit/{unit}/survei/{id}"),
        Place::Evidence(id) => format!("/unit/{unit}/bukti/{id}"),
        Place::Question => "#bukti".to_owned(),
        Place::Pact => format!("/unit/{unit}/pakta/{year}"),
        Place::Candidacy => format!("/unit/{unit}/predikat"),
        Place::Register(register, id) => format!("/unit/{unit}/pengawasan/{register}/{id}"),
    }
}

/// Where the records behind a fact are kept.
fn register(opened: &Opened, fact: Fact) -> String {
    let (unit, year) = (&opened.at.reached.unit.code, opened.at.year);
    match fact {
        Fact::MonthsClosed => format!("/unit/{unit}/monev/{year}"),
        Fact::LedByHead => format!("/unit/{unit}/rapat?tahun={year}"),
        Fact::FollowedUp => format!("/unit/{unit}/tindak-lanjut?tahun={year}"),
        Fact::Evidence | Fact::WithEvidence => format!("/unit/{unit}/bukti"),
        Fact::SurveysRun | Fact::SurveysPublished => format!("/unit/{unit}/survei"),
        Fact::WhistleOpen | Fact::WhistleHandled => format!("/unit/{unit}/wbs"),
        Fact::PactSigned => href(opened, Place::Pact),
        Fact::Declared => href(opened, Place::Candidacy),
        Fact::RegisterRows | Fact::RegisterShare => format!("/unit/{unit}/pengawasan"),
        _ => href(opened, Place::Plan),
    }
}

/// The rules that wait for records; of one question, or of all.
pub fn missing(opened: &Opened, code: Option<&str>) -> Vec<Missing> {
    let wanted = |lack: &&Lack| code.is_none_or(|code| lack.question == code);
    let of = |lack: &Lack| Missing {
        question: lack.question.clone(),
        facts: lack.facts.iter().map(|fact| (fact.label(), register(opened, *fact))).collect(),
        citation: lack.citation.clone(),
    };
    opened.suggested.offers.lacks.iter().filter(wanted).map(of).collect()
}
