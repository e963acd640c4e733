//! The report of a frozen campaign: what the unit writes on it, the paper in three formats, and its publication by the
//! head of the unit.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse};
use bening_core::access::Action as Want;
use bening_core::audit::Entry;
use bening_core::document::{Document, Format};
use bening_core::survey::{
    Change, Frozen, Printing, PublishRefusal, SurveyReport, compare, previous, printed,
};
use bening_store::survey::{self as store, Kept};
use bening_store::{agency, unit};
use serde::Deserialize;

use super::{CampaignPath, campaign_address, page, reach_campaign};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Nothing, Posted, see_other};
use crate::page::{Crumb, Page};
use crate::plan::export::file;

#[derive(Template)]
#[template(path = "survey/report.html")]
struct ReportPage {
    page: Page,
    base: String,
    change: String,
    findings: String,
    follow_up: String,
    public: String,
    is_published: bool,
    writes: bool,
    publishes: bool,
    error: String,
}

/// What is written on a report.
#[derive(Debug, Deserialize)]
pub struct Words {
    #[serde(default)]
    temuan: String,
    #[serde(default)]
    tindak_lanjut: String,
}

/// The page.
///
/// # Errors
/// When the campaign is not to be seen or not frozen.
pub async fn show(State(app): State<App>, caller: Caller, Path(path): Path<CampaignPath>) -> Result {
    let report = {
        let (_, kept) = reach_campaign(&app, &caller, &path, Want::ReadUnit).await?;
        store::report(app.store(), kept.campaign.id).await?
    };
    Ok(Html(render(&app, &caller, &path, report, String::new()).await?).into_response())
}

async fn render(
    app: &App,
    caller: &Caller,
    path: &CampaignPath,
    report: SurveyReport,
    error: String,
) -> Result<String> {
    let (reached, kept) = reach_campaign(app, caller, path, Want::ReadUnit).await?;
    let frozen = kept.frozen.as_ref().ok_or(PublishRefusal::NotFrozen)?;
    let base = campaign_address(&reached, &kept);
    let change = change(app, &kept, frozen).await?;
    let crumbs =
        vec![Crumb::link(kept.campaign.period.as_str(), base.clone()), Crumb::here(caller.lang.t("Laporan"))];
    let page = page(app, caller, &reached, kept.campaign.service.clone(), crumbs).await?;
    let is_published = report.published.is_some();
    let shown = ReportPage {
        change: change.map(|change| changed(&page, &change)).unwrap_or_default(),
        public: super::publish::address(reached.unit.code.as_str(), &kept.campaign),
        writes: reached.allows(caller, Want::ManageSurvey) && !is_published,
        publishes: reached.allows(caller, Want::PublishSurvey),
        findings: report.findings,
        follow_up: report.follow_up,
        is_published,
        page,
        base,
        error,
    };
    Ok(shown.render()?)
}

/// How a frozen campaign differs from the one before it.
pub(super) async fn change(app: &App, kept: &Kept, frozen: &Frozen) -> Result<Option<Change>> {
    let all = store::frozen(app.store(), kept.campaign.unit).await?;
    let pairs = all.iter().filter_map(|kept| Some((&kept.campaign, kept.frozen.as_ref()?)));
    Ok(previous(&kept.campaign, pairs).and_then(|earlier| compare(earlier, frozen)))
}

/// A change in a sentence.
pub(super) fn changed(page: &Page, change: &Change) -> String {
    let two = |figure: &bening_core::survey::Figure| page.number(figure.rounded(2));
    let (lower, upper) = change.interval.clone().unzip();
    let values = [
        ("periode", change.period.clone()),
        ("lalu", two(&change.before)),
        ("beda", two(&change.difference)),
        ("bawah", lower.as_ref().map(two).unwrap_or_default()),
        ("atas", upper.as_ref().map(two).unwrap_or_default()),
    ];
    match change.is_clear() {
        None => page.tf("Dibanding %{periode} (%{lalu}): %{beda}.", &values),
        Some(true) => page.tf(
            "Dibanding %{periode} (%{lalu}): %{beda}, selang %{bawah} sampai %{atas}. Perubahannya lebih besar daripada kebetulan.",
            &values,
        ),
        Some(false) => page.tf(
            "Dibanding %{periode} (%{lalu}): %{beda}, selang %{bawah} sampai %{atas}. Perubahan sebesar ini dapat terjadi karena kebetulan.",
            &values,
        ),
    }
}

/// Saves what is written.
///
/// # Errors
/// When it is published or not frozen; a text that is too long comes back with the page.
pub async fn save(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<CampaignPath>,
    Posted(words): Posted<Words>,
) -> Result {
    let change = |kept: &Kept, report: SurveyReport| {
        report.reworded(&kept.campaign, &words.temuan, &words.tindak_lanjut)
    };
    match step(&app, &caller, &path, (Want::ManageSurvey, "survey.report.saved"), change).await {
        Ok(to) => Ok(flash::done(see_other(&to), caller.lang.t("Laporan disimpan."))),
        Err(error @ AppError::Refused(_)) => {
            let (_, kept) = reach_campaign(&app, &caller, &path, Want::ReadUnit).await?;
            let stands = store::report(app.store(), kept.campaign.id).await?;
            let typed = SurveyReport { findings: words.temuan, follow_up: words.tindak_lanjut, ..stands };
            let html = render(&app, &caller, &path, typed, error.said(caller.lang)).await?;
            Ok((error.status(), Html(html)).into_response())
        }
        Err(other) => Err(other),
    }
}

/// Lets citizens read the result.
///
/// # Errors
/// When it is not frozen, nothing is said of what is done, or it is published already.
pub async fn publish(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<CampaignPath>,
    _: Posted<Nothing>,
) -> Result {
    let (by, at) = (caller.id(), app.now());
    let change = |kept: &Kept, report: SurveyReport| report.publish(&kept.campaign, by, at);
    let to = step(&app, &caller, &path, (Want::PublishSurvey, "survey.published"), change).await?;
    Ok(flash::done(see_other(&to), caller.lang.t("Hasil survei dipublikasikan. Warga dapat membacanya.")))
}

/// Takes the publication back.
///
/// # Errors
/// When it is not published.
pub async fn withdraw(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<CampaignPath>,
    _: Posted<Nothing>,
) -> Result {
    let change = |_: &Kept, report: SurveyReport| report.withdraw();
    let to = step(&app, &caller, &path, (Want::PublishSurvey, "survey.withdrawn"), change).await?;
    Ok(flash::done(see_other(&to), caller.lang.t("Publikasi ditarik. Warga tidak dapat membacanya lagi.")))
}

async fn step(
    app: &App,
    caller: &Caller,
    path: &CampaignPath,
    (want, event): (Want, &'static str),
    decide: impl FnOnce(&Kept, SurveyReport) -> std::result::Result<SurveyReport, PublishRefusal> + Send,
) -> Result<String> {
    let (reached, seen) = reach_campaign(app, caller, path, want).await?;
    let tx = app.store().begin().await?;
    let kept = store::lock(&tx, seen.campaign.id).await?.ok_or(AppError::NotFound)?;
    let before = store::report_in(&tx, kept.campaign.id).await?;
    let after = decide(&kept, before.clone())?;
    store::save_report(&tx, kept.campaign.id, &after).await?;
    let entry = Entry::new(caller.audit(), event, kept.campaign.id.0).of_unit(reached.unit.id);
    tx.commit(entry.before(before).after(after), app.now()).await?;
    Ok(format!("{}/laporan", campaign_address(&reached, &kept)))
}

/// The report as PDF, DOCX or XLSX.
///
/// # Errors
/// When the campaign is not to be seen, not frozen, or it is in no such format.
pub async fn download(
    State(app): State<App>,
    caller: Caller,
    Path((unit, id, format)): Path<(String, String, String)>,
) -> Result {
    let (_, kept) = reach_campaign(&app, &caller, &CampaignPath { unit, id }, Want::ReadUnit).await?;
    let is_paper = |format: &Format| matches!(format, Format::Pdf | Format::Docx | Format::Xlsx);
    let format = Format::parse(&format).filter(is_paper).ok_or(AppError::NotFound)?;
    let report = store::report(app.store(), kept.campaign.id).await?;
    let document = document(&app, &kept, &report).await?;
    let name = format!("laporan-survei-{}.{}", short(&kept), format.as_str());
    let bytes = app.print(move |printer| match format {
        Format::Docx => printer.docx(&document),
        Format::Xlsx => printer.tables_xlsx(&document),
        _ => printer.pdf(&document),
    });
    Ok(file(bytes.await?, format, &name))
}

fn short(kept: &Kept) -> String {
    let sha256 = kept.frozen.as_ref().map(|frozen| frozen.sha256.as_str());
    sha256.and_then(|sha256| sha256.get(..12)).unwrap_or_default().to_owned()
}

/// The report of a frozen campaign.
pub(crate) async fn document(app: &App, kept: &Kept, report: &SurveyReport) -> Result<Document> {
    let frozen = kept.frozen.as_ref().ok_or(PublishRefusal::NotFrozen)?;
    let units = unit::all(app.store()).await?;
    let unit = units.iter().find(|unit| unit.id == kept.campaign.unit).ok_or(AppError::NotFound)?;
    let (agency, change) = (agency::load(app.store()).await?, change(app, kept, frozen).await?);
    let inputs = Printing {
        agency: &agency,
        unit,
        campaign: &kept.campaign,
        frozen,
        report,
        change: change.as_ref(),
        command: &kept.campaign.recipe(frozen),
        dated: report.published.map_or_else(|| app.today(), |(_, at)| app.local(at).0),
    };
    printed(inputs).ok_or(AppError::NotFound)
}
