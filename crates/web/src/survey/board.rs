//! The page of a campaign: how many answered, what they say so far, and what to be wary of. While it runs, all
//! of it is made of running counts; once frozen, of what was frozen.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse};
use bening_core::access::Action as Want;
use bening_core::instrument::Exact;
use bening_core::survey::{
    Campaign, CampaignState, Channel, Entry, Figure, Index, Questionnaire, SampleMethod, Scale, Tally,
    UnsurScore, method, missing_channels,
};
use bening_store::survey::{self as store, Kept};
use serde_json::Value;

use super::beside::{Beside, beside};
use super::kin::{Kin, kin};
use super::signals::{MarkRow, Marks};
use super::typed::percent;
use super::{
    CampaignPath, StateChip, address, campaign_address, page, print, reach_campaign, shown, state_chip, words,
};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::page::{Crumb, Page};

struct UnsurRow {
    code: String,
    name: String,
    mean: String,
    percent: String,
    answers: String,
    spread: String,
}

struct ChannelRow {
    name: &'static str,
    count: String,
    index: String,
}

struct Figures {
    count: String,
    required: String,
    required_note: String,
    aimed: Option<(String, String)>,
    how: String,
    response: String,
    index_name: String,
    index: String,
    percent: String,
    grade: String,
    interval: String,
}

#[derive(Template)]
#[template(path = "survey/board.html")]
struct BoardPage {
    page: Page,
    base: String,
    campaign: Campaign,
    chip: StateChip,
    title: String,
    regulation: String,
    scale: String,
    public: String,
    dates: String,
    figures: Figures,
    unsur: Vec<UnsurRow>,
    channels: Vec<ChannelRow>,
    marked: Vec<MarkRow>,
    codes: Option<String>,
    warnings: Vec<String>,
    own: Option<Beside>,
    sha256: Option<String>,
    manage: bool,
    kin: Kin,
}

impl BoardPage {
    fn is(&self, state: &str) -> bool {
        self.campaign.state.as_str() == state
    }
}

/// The page.
///
/// # Errors
/// When the campaign is not to be seen.
pub async fn show(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    Path(path): Path<CampaignPath>,
) -> Result {
    let (reached, kept) = reach_campaign(&app, &caller, &path, Want::ReadUnit).await?;
    let asked = kept.campaign.questionnaire().zip(kept.campaign.scale()).ok_or(AppError::NotFound)?;
    let all = store::tally(app.store(), kept.campaign.id).await?;
    let marks = Marks::of(&app, kept.campaign.id, &all).await?;
    let crumb = vec![Crumb::here(kept.campaign.period.as_str())];
    let page = page(&app, &caller, &reached, kept.campaign.service.clone(), crumb).await?;
    let manage = reached.allows(&caller, Want::ManageSurvey);
    let left = store::codes_left(app.store(), kept.campaign.id).await?;
    let counts = [("cetak", page.number(kept.codes_issued)), ("sisa", page.number(left))];
    let codes = (kept.campaign.entry == Entry::Codes)
        .then(|| page.tf("%{cetak} kode dicetak, %{sisa} belum dipakai.", &counts));
    let base = campaign_address(&reached, &kept);
    let public = print::public_address(&app, &headers, &kept.campaign);
    let kin = kin(&app, &page, (&kept, asked.0), &address(reached.unit.code.as_str())).await?;
    let board = board(page, kept, asked, &marks, (base, public, codes, manage));
    Ok(Html(BoardPage { kin, ..board }.render()?).into_response())
}

fn board(
    page: Page,
    kept: Kept,
    (asked, scale): (&Questionnaire, &Scale),
    marks: &Marks,
    (base, public, codes, manage): (String, String, Option<String>, bool),
) -> BoardPage {
    let tally = &marks.counted;
    let index = tally.index(asked, scale, None);
    let campaign = kept.campaign;
    let report = kept.frozen.as_ref().and_then(|frozen| frozen.result.get("report"));
    BoardPage {
        chip: state_chip(campaign.state),
        title: words(&asked.title, page.lang).to_owned(),
        regulation: asked.regulation.clone(),
        scale: format!("1–{}: {}", scale.points, scale.formula),
        dates: format!("{} – {}", page.date(campaign.opens_on), page.date(campaign.closes_on)),
        figures: figures(&page, &campaign, asked, tally, (&index, report)),
        unsur: asked
            .unsur
            .iter()
            .zip(&index.unsur)
            .map(|(u, score)| {
                let name = words(&u.name, page.lang).to_owned();
                unsur_row(&page, (u.code.clone(), name), score, (asked.index.lowest, asked.index.highest))
            })
            .collect(),
        channels: channels(&page, asked, scale, tally),
        marked: marks.rows(&page, (asked, scale)),
        warnings: warnings(&page, &campaign, tally, report),
        own: beside(&page, &campaign, kept.frozen.as_ref()),
        sha256: kept.frozen.as_ref().map(|frozen| frozen.sha256.clone()),
        page,
        base,
        campaign,
        public,
        codes,
        manage,
        kin: Kin::default(),
    }
}

fn figures(
    page: &Page,
    campaign: &Campaign,
    asked: &Questionnaire,
    tally: &Tally,
    (index, report): (&Index, Option<&Value>),
) -> Figures {
    let count = tally.respondents(None);
    let required = method().and_then(|method| campaign.required(&method.sample));
    let rule = method().map(|method| &method.sample);
    let share = |of: u64| Figure::whole(count * 100).over(&Figure::whole(of)).map(|share| share.rounded(1));
    let percent = index.percent.as_ref().map(|percent| percent.rounded_to(2));
    let band = percent.as_ref().and_then(|percent| asked.bands(None)?.grade(percent));
    let end = |name: &str| Some(page.number(report?.get("interval")?.get(name)?.as_str()?));
    let said = |key: &str, name: &str, value: Option<String>| {
        value.map(|value| page.tf(key, &[(name, value)])).unwrap_or_default()
    };
    let response = campaign.population.and_then(share).map(|share| format!("{}%", page.number(share)));
    let interval =
        end("lower_percent").zip(end("upper_percent")).map(|(lower, upper)| format!("{lower} – {upper}"));
    Figures {
        count: page.number(count),
        required: required.map_or_else(|| "—".to_owned(), |required| page.number(required)),
        required_note: rule
            .map(|rule| about_sample(page, (rule.margin, rule.confidence)))
            .unwrap_or_default(),
        aimed: rule.and_then(|rule| aimed(page, campaign, rule)),
        how: rule.map(|rule| how(page, campaign, rule)).unwrap_or_default(),
        response: said("%{bagian} dari pengguna layanan", "bagian", response),
        index_name: asked.index.name.clone(),
        index: rounded(page, index.index.as_ref()),
        percent: rounded(page, index.percent.as_ref()),
        grade: said("mutu %{huruf}", "huruf", band.map(|band| band.grade.clone())),
        interval: said("selang kepercayaan %{selang}", "selang", interval),
    }
}

/// The sample for the margin that was chosen, and for which one.
fn aimed(page: &Page, campaign: &Campaign, rule: &SampleMethod) -> Option<(String, String)> {
    let required = campaign.required_as_aimed(rule)?;
    let aim =
        (campaign.aim.margin.unwrap_or(rule.margin), campaign.aim.confidence.unwrap_or(rule.confidence));
    Some((page.number(required), about_sample(page, aim)))
}

fn about_sample(page: &Page, (margin, confidence): (Exact, Exact)) -> String {
    let values = [("galat", page.number(percent(margin))), ("taraf", page.number(percent(confidence)))];
    page.tf("galat %{galat}%, taraf %{taraf}%", &values)
}

/// How the required sample is reckoned, and where the rule comes from.
fn how(page: &Page, campaign: &Campaign, rule: &SampleMethod) -> String {
    let population = campaign.population.map_or_else(|| "N".to_owned(), |population| page.number(population));
    let values =
        [("rumus", rule.formula_text.clone()), ("populasi", population), ("dasar", rule.citation.clone())];
    page.tf("Sampel dihitung dari %{populasi} pengguna layanan: %{rumus}. Tabel terbitan dipakai apa adanya. %{dasar}.", &values)
}

fn rounded(page: &Page, figure: Option<&Figure>) -> String {
    figure.map_or_else(|| "—".to_owned(), |figure| page.number(figure.rounded(2)))
}

fn unsur_row(
    page: &Page,
    (code, name): (String, String),
    score: &UnsurScore,
    (lowest, highest): (Exact, Exact),
) -> UnsurRow {
    let (lowest, highest) = (Figure::from(lowest), Figure::from(highest));
    let reached = score.mean.as_ref().map(|mean| mean.minus(&lowest).times(&Figure::whole(100)));
    let percent = reached.and_then(|reached| reached.over(&highest.minus(&lowest)));
    let spread = score.distribution.iter().enumerate();
    let spread: Vec<String> = spread.map(|(place, n)| format!("{}: {}", place + 1, page.number(n))).collect();
    UnsurRow {
        code,
        name,
        mean: rounded(page, score.mean.as_ref()),
        percent: percent.map_or_else(|| "0".to_owned(), |percent| percent.rounded(1)),
        answers: page.number(score.answers),
        spread: spread.join(" · "),
    }
}

fn channels(page: &Page, asked: &Questionnaire, scale: &Scale, tally: &Tally) -> Vec<ChannelRow> {
    let row = |channel: Channel| {
        let name = shown::channel(channel);
        let index = tally.index(asked, scale, Some(channel)).index;
        let count = page.number(tally.respondents(Some(channel)));
        ChannelRow { name, count, index: rounded(page, index.as_ref()) }
    };
    let used = Channel::ALL.into_iter().filter(|channel| tally.respondents(Some(*channel)) > 0);
    used.map(row).collect()
}

/// What to be wary of; for a frozen campaign what was said when it was frozen.
fn warnings(page: &Page, campaign: &Campaign, tally: &Tally, report: Option<&Value>) -> Vec<String> {
    let kept = report.and_then(|report| report.get("warnings")?.as_array());
    let mut said: Vec<String> = match kept {
        Some(kept) => kept
            .iter()
            .filter_map(|warning| Some(crate::error::sentence(warning.get("message")?.as_str()?)))
            .collect(),
        None => about_size(page, campaign, tally.respondents(None))
            .into_iter()
            .chain(strata(page, campaign, tally))
            .collect(),
    };
    let told = kept.is_some_and(|kept| kept.iter().any(|one| one["code"] == "self_selection"));
    if campaign.entry == Entry::Open && campaign.state != CampaignState::Draft && !told {
        said.push(page.t("Siapa pun yang mempunyai alamatnya dapat mengisi: responden memilih dirinya sendiri, jadi hasilnya belum tentu mewakili semua pengguna layanan.").into_owned());
    }
    said
}

/// The ways by which answers were meant to come and none came.
fn strata(page: &Page, campaign: &Campaign, tally: &Tally) -> Option<String> {
    let came = Channel::ALL.into_iter().map(|one| (one, tally.respondents(Some(one)))).collect();
    let missing = missing_channels(&campaign.aim.channels, &came);
    if missing.is_empty() || campaign.state == CampaignState::Draft {
        return None;
    }
    let names: Vec<String> =
        missing.into_iter().map(|one| page.t(shown::channel(one)).into_owned()).collect();
    let values = [("saluran", names.join(", "))];
    Some(page.tf(
        "Belum ada jawaban lewat saluran yang direncanakan: %{saluran}. Kelompok penggunanya tidak terwakili.",
        &values,
    ))
}

fn about_size(page: &Page, campaign: &Campaign, count: u64) -> Vec<String> {
    let required = method().and_then(|method| campaign.required(&method.sample));
    let mut said = Vec::new();
    if count == 1 {
        said.push(page.t("Hanya satu responden: ini sebuah angka, bukan hasil survei.").into_owned());
    }
    match required {
        None => said.push(
            page.t("Jumlah pengguna layanan tidak diisi, jadi kecukupan sampel tidak dapat diperiksa.")
                .into_owned(),
        ),
        Some(required) if count < required => said.push(page.tf(
            "Jawaban belum cukup: kurang %{kurang} dari %{perlu} responden yang diperlukan (Krejcie–Morgan).",
            &[("kurang", page.number(required - count)), ("perlu", page.number(required))],
        )),
        Some(_) => {}
    }
    let aimed = method().and_then(|method| campaign.required_as_aimed(&method.sample));
    if let Some(required) = aimed.filter(|required| count < *required) {
        said.push(page.tf(
            "Untuk galat yang dipilih masih kurang %{kurang} dari %{perlu} responden.",
            &[("kurang", page.number(required - count)), ("perlu", page.number(required))],
        ));
    }
    said
}
