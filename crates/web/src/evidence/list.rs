//! The register: all evidence of a unit that the caller may open, found by words, kind, year and state; and the forms
//! that bring more. With `untuk` it is where evidence is chosen for an action or a question.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse};
use bening_core::access::Action as Want;
use bening_core::evidence::{Kept, LinkCheck, Rules, Target};
use bening_core::id::ProofId;
use bening_store::evidence::{self as store, State as Standing, Wanted};
use serde::Deserialize;

use super::proof::{Proofs, demand_target};
use super::text::{Excerpt, Texts};
use super::{address, is_restricted, lapse_chip, link_chip, page, size};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::form::encode;
use crate::page::{Crumb, Page};
use crate::reach::{Reached, reach_unit};

/// Most rows of a page; the rest is on the next.
const ROWS_MAX: usize = 100;
/// How many are read at a time, of which the caller may perhaps not open all.
const BATCH: u64 = 200;

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
    #[serde(default)]
    sesudah: String,
}

struct Row {
    href: String,
    title: String,
    about: String,
    found: Option<Excerpt>,
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
    next: Option<String>,
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
    let mut found = openable(&app, &caller, &reached, &filter).await?;
    let is_cut = found.len() > ROWS_MAX;
    found.truncate(ROWS_MAX);
    let crumbs = aim.iter().map(|aim| Crumb::link(aim.title.clone(), aim.href.clone())).collect();
    let title = if aim.is_some() { "Pilih bukti" } else { "Bukti" };
    let page = page(&app, &caller, &reached, caller.lang.t(title).into_owned(), crumbs).await?;
    let years = store::years(app.store(), reached.unit.id).await?;
    let base = address(&reached);
    let links = found.iter().filter(|kept| !kept.evidence.link.is_empty()).map(|kept| kept.evidence.id);
    let links = store::checks(app.store(), links).await?;
    let texts = Texts::of(&app, &found, &filter.cari).await?;
    let row = |kept| row(&app, &page, &base, (kept, &links, &texts), target.as_ref());
    let rows: Vec<Row> = found.iter().map(row).collect();
    let last = found.last().filter(|_| is_cut).map(|kept| kept.evidence.id);
    let year = target.as_ref().map_or(app.this_year(), Target::year).to_string();
    let content = ListPage {
        uploads: format!("/unit/{}/unggahan", reached.unit.code),
        limit: size(&page, Rules::shipped().limit_bytes),
        page,
        base: base.clone(),
        rules: Rules::shipped(),
        years: years.iter().map(ToString::to_string).collect(),
        is_empty: rows.is_empty() && !filter.is_set() && filter.sesudah.is_empty(),
        rows,
        next: last.map(|last| format!("{base}?{}", filter.after(last))),
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

    fn wanted(&self, app: &App) -> Wanted {
        let year = i16::try_from(Rules::shipped().lapsing_by(app.today())).unwrap_or(i16::MAX);
        Wanted {
            words: self.cari.to_lowercase().split_whitespace().map(str::to_owned).collect(),
            kind: (!self.jenis.is_empty()).then(|| self.jenis.clone()),
            year: self.tahun.parse().ok(),
            state: match self.keadaan.as_str() {
                "lepas" => Some(Standing::Unused),
                "berakhir" => Some(Standing::ValidUntil(year)),
                "tautan" => Some(Standing::LinkOnly),
                "mati" => Some(Standing::DeadLink),
                _ => None,
            },
        }
    }

    /// The same question about what is older than a piece.
    fn after(&self, last: ProofId) -> String {
        let last = last.to_string();
        let fields = [
            ("cari", &self.cari),
            ("jenis", &self.jenis),
            ("tahun", &self.tahun),
            ("keadaan", &self.keadaan),
            ("untuk", &self.untuk),
            ("sesudah", &last),
        ];
        let said = fields.iter().filter(|(_, value)| !value.is_empty());
        said.map(|(name, value)| format!("{name}={}", encode(value))).collect::<Vec<_>>().join("&")
    }
}

/// What fits and the caller may open: one more than a page shows, when there is more.
async fn openable(app: &App, caller: &Caller, reached: &Reached, filter: &Filter) -> Result<Vec<Kept>> {
    let wanted = filter.wanted(app);
    let mut after = filter.sesudah.parse::<ProofId>().ok();
    let (mut proofs, mut found) = (Proofs::default(), Vec::new());
    loop {
        let batch = store::find(app.store(), reached.unit.id, &wanted, after, BATCH).await?;
        after = batch.last().map(|kept| kept.evidence.id);
        let is_last = (batch.len() as u64) < BATCH;
        proofs.learn(app, reached, &batch).await?;
        found.extend(batch.into_iter().filter(|kept| proofs.may_open(caller, reached, kept)));
        if is_last || found.len() > ROWS_MAX {
            return Ok(found);
        }
    }
}

fn row(
    app: &App,
    page: &Page,
    base: &str,
    (kept, links, texts): (&Kept, &HashMap<ProofId, LinkCheck>, &Texts),
    target: Option<&Target>,
) -> Row {
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
    let link = link_chip(links.get(&kept.evidence.id));
    let chips = [lapse_chip(details.lapse(app.today(), rules)), link, texts.chip(kept), restricted, unused];
    Row {
        href: format!("{base}/{}", kept.evidence.id),
        title: details.title.clone(),
        about: [number, dated].into_iter().flatten().collect::<Vec<_>>().join(" · "),
        found: texts.excerpt(kept),
        kind: rules.kind(&details.kind).map_or_else(String::new, |kind| kind.name.clone()),
        file: file.unwrap_or_else(|| page.t("tautan").into_owned()),
        uses: kept.uses.len(),
        chips: chips.into_iter().flatten().collect(),
        is_another_year: target.is_some_and(|target| details.is_of_another_year(target.year())),
        is_used_here: target.is_some_and(|target| kept.uses.iter().any(|used| used.target == *target)),
    }
}
