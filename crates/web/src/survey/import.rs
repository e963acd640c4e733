//! Answers of a survey that was asked elsewhere: a file is uploaded, its columns and words are matched on a page that
//! shows what would come of it, and all of it is taken over or nothing. What fits is said in `bening_core::survey`.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use bening_core::access::Action as Want;
use bening_core::audit::Entry;
use bening_core::survey::{CellProblem, ImportPlan, Imported, Questionnaire, Target};
use bening_intake::{TableLimits, read_table_within};
use bening_store::survey::{self as store, Kept, SurveyUpload};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{CampaignPath, campaign_address, page, reach_campaign, words};
use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::error::{AppError, Result, sentence};
use crate::flash;
use crate::form::{Posted, Upload, see_other};
use crate::page::{Crumb, Page};
use crate::reach::Reached;

/// The largest table that is read on a page.
const LIMITS: TableLimits = TableLimits { rows: 200_000, columns: 200, text_bytes: 64 * 1024 * 1024 };
/// Rows shown of what would come of it.
const SHOWN: usize = 8;
/// Problems shown.
const PROBLEMS_SHOWN: usize = 30;
/// Letters of a cell that are shown.
const CELL_SHOWN_CHARS: usize = 60;

struct ColumnRow {
    field: String,
    head: String,
    sample: String,
    chosen: String,
}

struct LabelRow {
    field: String,
    label: String,
    chosen: u8,
}

/// A table on its way.
struct Matching {
    name: String,
    rows: String,
    columns: Vec<ColumnRow>,
    choices: Vec<(String, String)>,
    labels: Vec<LabelRow>,
    points: Vec<u8>,
    answers: usize,
    problems: Vec<String>,
    more_problems: usize,
    heads: Vec<String>,
    preview: Vec<Vec<String>>,
}

#[derive(Template)]
#[template(path = "survey/import.html")]
struct ImportPage {
    page: Page,
    base: String,
    back: String,
    matching: Option<Matching>,
    problem: String,
    draft: bool,
}

type Fields = Vec<(String, String)>;

/// The page: where a file is chosen, or how the one that was uploaded is read.
///
/// # Errors
/// When the caller may not manage the survey.
pub async fn show(State(app): State<App>, caller: Caller, Path(path): Path<CampaignPath>) -> Result {
    let (reached, kept) = reach_campaign(&app, &caller, &path, Want::ManageSurvey).await?;
    Ok(render(&app, &caller, (&reached, &kept), &Fields::new(), String::new()).await?.into_response())
}

async fn render(
    app: &App,
    caller: &Caller,
    (reached, kept): (&Reached, &Kept),
    fields: &Fields,
    problem: String,
) -> Result<Html<String>> {
    let back = campaign_address(reached, kept);
    let title = caller.lang.t("Impor jawaban").into_owned();
    let crumbs =
        vec![Crumb::link(kept.campaign.service.as_str(), back.as_str()), Crumb::here(title.as_str())];
    let page = page(app, caller, reached, title, crumbs).await?;
    let draft = kept.campaign.changeable().is_ok();
    let uploaded = if draft { store::uploaded(app.store(), kept.campaign.id).await? } else { None };
    let matching = match (uploaded, &kept.campaign.asked()) {
        (Some(upload), Some(asked)) => Some(matching(&page, kept, asked, (&upload, fields))),
        _ => None,
    };
    let base = format!("{back}/impor");
    Ok(Html(ImportPage { page, base, back, matching, problem, draft }.render()?))
}

fn matching(
    page: &Page,
    kept: &Kept,
    asked: &Questionnaire,
    (upload, fields): (&SurveyUpload, &Fields),
) -> Matching {
    let plan = plan(kept, asked, upload, fields);
    let read = plan.read(&kept.campaign, &upload.rows);
    let heads = upload.rows.first().cloned().unwrap_or_default();
    let columns = plan.columns.iter().enumerate().map(|(at, target)| ColumnRow {
        field: format!("k{at}"),
        head: shown(heads.get(at)),
        sample: shown(upload.rows.iter().skip(1).filter_map(|row| row.get(at)).find(|cell| !cell.is_empty())),
        chosen: written(target),
    });
    let labels = plan.labels(asked, &upload.rows).into_iter().enumerate().map(|(at, label)| LabelRow {
        field: format!("j{at}"),
        chosen: plan.words.get(&label).copied().unwrap_or_default(),
        label,
    });
    let shown_answers = read.answers.iter().take(SHOWN);
    Matching {
        name: upload.name.clone(),
        rows: page.number(upload.rows.len().saturating_sub(1)),
        columns: columns.collect(),
        choices: choices(page, asked),
        labels: labels.collect(),
        points: (1..=kept.campaign.points).collect(),
        answers: read.answers.len(),
        problems: read.problems.iter().take(PROBLEMS_SHOWN).map(|one| said(page, one)).collect(),
        more_problems: read.problems_count.saturating_sub(PROBLEMS_SHOWN),
        heads: asked.questions().map(|(_, question)| question.code.clone()).collect(),
        preview: shown_answers
            .map(|answer| {
                let value = |value: &u8| if *value == 0 { "–".to_owned() } else { value.to_string() };
                let day = page.date(answer.day);
                std::iter::once(day).chain(answer.values.iter().map(value)).collect()
            })
            .collect(),
    }
}

fn shown(cell: Option<&String>) -> String {
    cell.map(|cell| cell.chars().take(CELL_SHOWN_CHARS).collect()).unwrap_or_default()
}

fn said(page: &Page, problem: &CellProblem) -> String {
    let at = page.tf("Baris %{n}", &[("n", problem.row)]);
    match problem.column.is_empty() {
        true => format!("{at}: {}", page.t(&problem.reason)),
        false => format!("{at}, {}: {}", shown(Some(&problem.column)), page.t(&problem.reason)),
    }
}

fn written(target: &Target) -> String {
    match target {
        Target::Skip => String::new(),
        Target::Day => "tanggal".to_owned(),
        Target::Code(code) => code.clone(),
    }
}

fn choices(page: &Page, asked: &Questionnaire) -> Vec<(String, String)> {
    let official = asked.questions().map(|(_, question)| (&question.code, &question.text));
    let beside = asked.extras.iter().map(|extra| (&extra.code, &extra.text));
    let ours = official.chain(beside);
    let ours = ours.map(|(code, text)| (code.clone(), format!("{code} · {}", words(text, page.lang))));
    let skip = (String::new(), page.t("— abaikan —").into_owned());
    let day = ("tanggal".to_owned(), page.t("Hari pengisian").into_owned());
    [skip, day].into_iter().chain(ours).collect()
}

/// How the table is read: as was chosen on the page, else as guessed.
fn plan(kept: &Kept, asked: &Questionnaire, upload: &SurveyUpload, fields: &Fields) -> ImportPlan {
    let Some(scale) = kept.campaign.scale() else { return ImportPlan::default() };
    let guess = ImportPlan::guess(asked, scale, &upload.rows);
    let field = |name: String| fields.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str());
    if field("k0".to_owned()).is_none() {
        return guess;
    }
    let target = |(at, _): (usize, &Target)| match field(format!("k{at}")).unwrap_or_default() {
        "" => Target::Skip,
        "tanggal" => Target::Day,
        code => Target::Code(code.to_owned()),
    };
    let columns: Vec<Target> = guess.columns.iter().enumerate().map(target).collect();
    let chosen = ImportPlan { columns, words: guess.words };
    let labels = chosen.labels(asked, &upload.rows).into_iter().enumerate();
    let value = |(at, label): (usize, String)| {
        let given = field(format!("j{at}")).and_then(|value| value.parse().ok());
        Some((label.clone(), given.or_else(|| chosen.words.get(&label).copied())?))
    };
    ImportPlan { words: labels.filter_map(value).collect(), ..chosen }
}

/// Takes a file in; it is read and kept until its answers are taken over.
///
/// # Errors
/// When the campaign is no draft any more, or the file is no table; the page says why.
pub async fn upload(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<CampaignPath>,
    upload: Upload,
) -> Result {
    let (reached, seen) = reach_campaign(&app, &caller, &path, Want::ManageSurvey).await?;
    seen.campaign.changeable()?;
    let table = match table(&upload).await? {
        Ok(table) => table,
        Err(why) => {
            let why = sentence(&caller.lang.t(&why));
            let page = render(&app, &caller, (&reached, &seen), &Fields::new(), why).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let tx = app.store().begin().await?;
    let kept = store::lock(&tx, seen.campaign.id).await?.ok_or(AppError::NotFound)?;
    kept.campaign.changeable()?;
    store::keep_upload(&tx, kept.campaign.id, &table).await?;
    let entry = Entry::new(caller.audit(), "survey.import.uploaded", kept.campaign.id.0);
    let said = json!({ "file": table.name, "sha256": table.sha256, "rows": table.rows.len() });
    tx.commit(entry.of_unit(reached.unit.id).after(said), app.now()).await?;
    Ok(see_other(&format!("{}/impor", campaign_address(&reached, &seen))))
}

async fn table(upload: &Upload) -> Result<std::result::Result<SurveyUpload, String>> {
    let Some(file) = upload.file("berkas") else {
        return Ok(Err("pilih berkas XLSX atau CSV berisi jawaban".to_owned()));
    };
    let bytes = file.bytes.clone();
    let read = tokio::task::spawn_blocking(move || {
        let sha256 = hex::encode(Sha256::digest(&bytes));
        read_table_within(&bytes, LIMITS).map(|rows| (sha256, rows))
    });
    let read = read.await.map_err(|_| AppError::Interrupted)?;
    Ok(match read {
        Ok((sha256, rows)) => Ok(SurveyUpload { name: file.name.clone(), sha256, rows }),
        Err(why) => Err(why.to_string()),
    })
}

/// Takes the answers over, all or none; the campaign is closed with them. Asked only to check, it shows what would
/// come of it.
///
/// # Errors
/// When the campaign is no draft any more; while a cell does not fit, the page says which.
pub async fn save(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<CampaignPath>,
    Posted(fields): Posted<Fields>,
) -> Result {
    let (reached, seen) = reach_campaign(&app, &caller, &path, Want::ManageSurvey).await?;
    seen.campaign.changeable()?;
    let asked = seen.campaign.asked().ok_or(AppError::NotFound)?;
    let asked = &asked;
    let Some(table) = store::uploaded(app.store(), seen.campaign.id).await? else {
        return Err(AppError::Refused("pilih berkas XLSX atau CSV berisi jawaban".to_owned()));
    };
    if fields.iter().any(|(name, _)| name == "periksa") {
        return Ok(render(&app, &caller, (&reached, &seen), &fields, String::new()).await?.into_response());
    }
    let read = plan(&seen, asked, &table, &fields).read(&seen.campaign, &table.rows);
    if let Some(why) = hindrance(&read) {
        let why = sentence(&caller.lang.t(why));
        let page = render(&app, &caller, (&reached, &seen), &fields, why).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let answers: Vec<_> = read.answers.into_iter().map(|answer| (chance::drawn(), answer)).collect();
    let tx = app.store().begin().await?;
    let kept = store::lock(&tx, seen.campaign.id).await?.ok_or(AppError::NotFound)?;
    if kept.campaign != seen.campaign {
        return Err(AppError::Refused("survei ini baru saja diubah; muat ulang halaman ini".to_owned()));
    }
    let after = Kept { campaign: kept.campaign.clone().take_over()?, ..kept };
    store::take_in(&tx, after.campaign.id, &answers).await?;
    store::forget_upload(&tx, after.campaign.id).await?;
    store::update(&tx, &after).await?;
    let entry = Entry::new(caller.audit(), "survey.imported", after.campaign.id.0);
    let said = json!({ "file": table.name, "sha256": table.sha256, "answers": answers.len() });
    tx.commit(entry.of_unit(reached.unit.id).after(said), app.now()).await?;
    let to = campaign_address(&reached, &after);
    Ok(flash::done(
        see_other(&to),
        caller.lang.tn("%{n} jawaban diimpor; survei ini kini ditutup.", answers.len()),
    ))
}

fn hindrance(read: &Imported) -> Option<&'static str> {
    match (read.problems_count, read.answers.len()) {
        (0, 0) => Some("berkas ini tidak berisi jawaban"),
        (0, _) => None,
        _ => Some("belum ada yang disimpan: perbaiki sel yang disebut di bawah, atau ubah pencocokannya"),
    }
}
