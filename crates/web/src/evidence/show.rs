//! The page of a piece of evidence: what it is, what it looks like, its versions, what it proves.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse};
use bening_core::evidence::{LinkCheck, Rules, Secrecy, Show, Version};
use bening_core::id::PersonId;
use bening_store::{evidence as store, person};

use super::text::Texts;
use super::{
    EvidencePath, Opened, address, is_restricted, lapse_chip, link_chip, may_change, page, reach_evidence,
    size,
};
use crate::app::App;
use crate::caller::Caller;
use crate::error::Result;
use crate::page::{Crumb, Page};
use crate::plan::history::moment;

struct VersionRow {
    number: u32,
    name: String,
    size: String,
    sha256: String,
    who: String,
}

struct UseRow {
    id: String,
    room: &'static str,
    title: String,
    href: String,
    year: String,
    is_another_year: bool,
}

#[derive(Template)]
#[template(path = "evidence/show.html")]
struct ShowPage {
    page: Page,
    base: String,
    uploads: String,
    rules: &'static Rules,
    title: String,
    kind: String,
    kind_code: String,
    number: String,
    dated: String,
    dated_field: String,
    valid_for: String,
    owner: String,
    secrecy: Secrecy,
    link: String,
    link_said: Option<String>,
    text_said: Option<(&'static str, String)>,
    chips: Vec<(&'static str, &'static str)>,
    newest: Option<u32>,
    shown: Show,
    versions: Vec<VersionRow>,
    uses: Vec<UseRow>,
    change: bool,
}

/// The page.
///
/// # Errors
/// When the caller may not open the evidence.
pub async fn show(State(app): State<App>, caller: Caller, Path(path): Path<EvidencePath>) -> Result {
    let opened = reach_evidence(&app, &caller, &path).await?;
    let title = opened.kept.evidence.details.title.clone();
    let page =
        page(&app, &caller, &opened.reached, title, vec![Crumb::here(caller.lang.t("Rincian"))]).await?;
    let id = opened.kept.evidence.id;
    let link = store::checks(app.store(), [id]).await?.remove(&id);
    let texts = Texts::of(&app, std::slice::from_ref(&opened.kept), "").await?;
    let people = opened.kept.versions.iter().map(|version| version.by).chain([opened.kept.evidence.owner]);
    let names = person::names(app.store(), people.collect::<Vec<_>>()).await?.into_iter().collect();
    Ok(Html(content(&app, &caller, page, (&opened, link.as_ref(), &texts), &names).render()?).into_response())
}

fn content(
    app: &App,
    caller: &Caller,
    page: Page,
    (opened, link, texts): (&Opened, Option<&LinkCheck>, &Texts),
    names: &HashMap<PersonId, String>,
) -> ShowPage {
    let (kept, rules) = (&opened.kept, Rules::shipped());
    let details = kept.evidence.details.clone();
    let newest = kept.versions.last();
    let media = newest.and_then(|version| rules.media(&version.file.media));
    let restricted = is_restricted(kept).then_some(("info", "terbatas"));
    let chips = [lapse_chip(details.lapse(app.today(), rules)), link_chip(link), restricted];
    ShowPage {
        base: format!("{}/{}", address(&opened.reached), kept.evidence.id),
        uploads: format!("/unit/{}/unggahan", opened.reached.unit.code),
        rules,
        kind: rules.kind(&details.kind).map_or_else(String::new, |kind| kind.name.clone()),
        kind_code: details.kind,
        number: details.number,
        dated: details.dated.map(|day| page.date_long(day)).unwrap_or_default(),
        dated_field: details.dated.map(|day| day.to_string()).unwrap_or_default(),
        valid_for: details.valid_for.map(|year| year.to_string()).unwrap_or_default(),
        owner: names.get(&kept.evidence.owner).cloned().unwrap_or_default(),
        secrecy: details.secrecy,
        link: kept.evidence.link.clone(),
        link_said: link.map(|link| link_said(&page, link)),
        text_said: texts.said(kept),
        chips: chips.into_iter().flatten().collect(),
        newest: newest.map(|version| version.number),
        shown: media.map_or(Show::None, |media| media.show),
        versions: kept.versions.iter().rev().map(|one| version(app, &page, names, one)).collect(),
        uses: uses(opened),
        change: may_change(caller, &opened.reached, kept),
        title: details.title,
        page,
    }
}

/// When a link was asked last and what it answered.
fn link_said(page: &Page, link: &LinkCheck) -> String {
    let values = [
        ("tanggal", page.date_long(link.checked_on)),
        ("keadaan", page.t(link.state.name()).into_owned()),
        ("jawaban", page.t(&link.said).into_owned()),
        ("sejak", page.date_long(link.since)),
    ];
    page.tf("Diperiksa %{tanggal}: %{keadaan} sejak %{sejak} (%{jawaban}).", &values)
}

fn version(app: &App, page: &Page, names: &HashMap<PersonId, String>, one: &Version) -> VersionRow {
    let name = names.get(&one.by).cloned().unwrap_or_default();
    VersionRow {
        number: one.number,
        name: one.file.name.clone(),
        size: size(page, one.file.size),
        sha256: one.file.sha256.clone(),
        who: format!("{name} · {}", moment(app, page.lang, one.at)),
    }
}

fn uses(opened: &Opened) -> Vec<UseRow> {
    let details = &opened.kept.evidence.details;
    let row = |used: &bening_core::evidence::Use| {
        let proof = opened.proofs.of(&opened.reached, &used.target)?;
        Some(UseRow {
            id: used.id.to_string(),
            room: proof.room,
            title: proof.title,
            href: proof.href,
            year: used.target.year().to_string(),
            is_another_year: details.is_of_another_year(used.target.year()),
        })
    };
    opened.kept.uses.iter().filter_map(row).collect()
}
