//! The register: all evidence of a unit that the caller may open, found by words, kind, year and state; and the forms
//! that bring more. With `untuk` it is where evidence is chosen for an action or a question.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse};
use bening_core::access::Action as Want;
use bening_core::evidence::{Kept, Lapse, Rules, Target};
use bening_store::evidence as store;
use serde::Deserialize;

use super::proof::{Proofs, demand_target};
use super::{address, is_restricted, lapse_chip, page, size};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::page::{Crumb, Page};
use crate::reach::{Reached, reach_unit};

/// Most rows of a page; more are found by filtering.
const ROWS_MAX: usize = 200;

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
pub struct Filter {
    #[serde(default)]
    cari: String,
    #[serde(default)]
    jenis: String,
    #[serde(default)]
    tahun: String,
    #[serde(default)]
    keadaan: String,
    #[serde(default)]
    untuk: String,
}

struct Row {
    id: String,
    href: String,
    title: String,
    about: String,
    kind: String,
    file: String,
    uses: usize,
    chips: Vec<(&'static str, &'static str)>,
    is_another_year: bool,
    is_used_here: bool,
}

/// What evidence is chosen for.
pub(super) struct Aim {
    pub(super) word: String,
    pub(super) title: String,
    pub(super) href: String,
}

#[derive(Template)]
#[template(path = "evidence/list.html")]
struct ListPage {
    page: Page,
    base: String,
    uploads: String,
    filter: Filter,
    rules: &'static Rules,
    years: Vec<String>,
    rows: Vec<Row>,
    is_empty: bool,
    is_cut: bool,
    add: bool,
    aim: Option<Aim>,
    year: String,
    limit: String,
}

impl ListPage {
    /// What the addresses of forms carry along.
    fn query(&self) -> String {
        self.aim.as_ref().map(|aim| format!("?untuk={}", aim.word)).unwrap_or_default()
    }
}

/// The register.
///
/// # Errors
/// When the unit is not to be seen.
pub async fn show(
    State(app): State<App>,
    caller: Caller,
    Path(unit): Path<String>,
    Query(filter): Query<Filter>,
) -> Result {
    let reached = reach_unit(&app, &caller, &unit, Want::ReadUnit).await?;
    let (target, aim) = match filter.untuk.as_str() {
        "" => (None, None),
        word => aim(&app, &caller, &reached, word).await?,
    };
    let all = store::of_unit(app.store(), reached.unit.id).await?;
    let proofs = Proofs::read(&app, &reached, &all).await?;
    let all: Vec<Kept> = all.into_iter().filter(|kept| proofs.may_open(&caller, &reached, kept)).collect();
    let crumbs = aim.iter().map(|aim| Crumb::link(aim.title.clone(), aim.href.clone())).collect();
    let title = if aim.is_some() { "Pilih bukti" } else { "Bukti" };
    let page = page(&app, &caller, &reached, caller.lang.t(title).into_owned(), crumbs).await?;
    let mut years: Vec<i32> = all.iter().filter_map(|kept| kept.evidence.details.year()).collect();
    years.sort_unstable_by(|a, b| b.cmp(a));
    years.dedup();
    let base = address(&reached);
    let found: Vec<&Kept> = all.iter().filter(|kept| filter.fits(&app, kept)).collect();
    let rows =
        found.iter().take(ROWS_MAX).map(|kept| row(&app, &page, &base, kept, target.as_ref())).collect();
    let year = target.as_ref().map_or(app.this_year(), Target::year).to_string();
    let content = ListPage {
        uploads: format!("/unit/{}/unggahan", reached.unit.code),
        limit: size(&page, Rules::shipped().limit_bytes),
        page,
        base,
        rules: Rules::shipped(),
        years: years.iter().map(ToString::to_string).collect(),
        rows,
        is_empty: all.is_empty(),
        is_cut: found.len() > ROWS_MAX,
        add: aim.is_some() || reached.allows(&caller, Want::AddEvidence),
        aim,
        year,
        filter,
    };
    Ok(Html(content.render()?).into_response())
}

async fn aim(
    app: &App,
    caller: &Caller,
    reached: &Reached,
    word: &str,
) -> Result<(Option<Target>, Option<Aim>)> {
    let target = Target::parse(word).ok_or(AppError::NotFound)?;
    let proof = demand_target(app, caller, reached, &target).await?;
    let aim = Aim { word: target.word(), title: proof.title, href: proof.href };
    Ok((Some(target), Some(aim)))
}

impl Filter {
    fn is_set(&self) -> bool {
        [&self.cari, &self.jenis, &self.tahun, &self.keadaan].iter().any(|field| !field.is_empty())
    }

    fn fits(&self, app: &App, kept: &Kept) -> bool {
        let details = &kept.evidence.details;
        let lapse = details.lapse(app.today(), Rules::shipped());
        let state = match self.keadaan.as_str() {
            "lepas" => kept.uses.is_empty(),
            "berakhir" => lapse != Lapse::Holds,
            "tautan" => kept.versions.is_empty(),
            _ => true,
        };
        let is_of_year = details.year().is_some_and(|year| year.to_string() == self.tahun);
        state
            && (self.jenis.is_empty() || details.kind == self.jenis)
            && (self.tahun.is_empty() || is_of_year)
            && self.names(kept)
    }

    fn names(&self, kept: &Kept) -> bool {
        let details = &kept.evidence.details;
        let names = kept.versions.iter().map(|version| version.file.name.as_str()).collect::<Vec<_>>();
        let text = format!("{} {} {}", details.title, details.number, names.join(" ")).to_lowercase();
        self.cari.to_lowercase().split_whitespace().all(|word| text.contains(word))
    }
}

fn row(app: &App, page: &Page, base: &str, kept: &Kept, target: Option<&Target>) -> Row {
    let details = &kept.evidence.details;
    let rules = Rules::shipped();
    let dated = details.dated.map(|day| page.date(day));
    let number = (!details.number.is_empty()).then(|| details.number.clone());
    let file = kept.versions.last().map(|version| {
        let extension = rules.media(&version.file.media).map_or("", |media| &media.extension);
        format!("{} · {}", extension.to_uppercase(), size(page, version.file.size))
    });
    let restricted = is_restricted(kept).then_some(("info", "terbatas"));
    let unused = kept.uses.is_empty().then_some(("mute", "belum dipakai"));
    let chips = [lapse_chip(details.lapse(app.today(), rules)), restricted, unused];
    Row {
        id: kept.evidence.id.to_string(),
        href: format!("{base}/{}", kept.evidence.id),
        title: details.title.clone(),
        about: [number, dated].into_iter().flatten().collect::<Vec<_>>().join(" · "),
        kind: rules.kind(&details.kind).map_or_else(String::new, |kind| kind.name.clone()),
        file: file.unwrap_or_else(|| page.t("tautan").into_owned()),
        uses: kept.uses.len(),
        chips: chips.into_iter().flatten().collect(),
        is_another_year: target.is_some_and(|target| details.is_of_another_year(target.year())),
        is_used_here: target.is_some_and(|target| kept.uses.iter().any(|used| used.target == *target)),
    }
}
