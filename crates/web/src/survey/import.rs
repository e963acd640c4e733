//! Answers of a survey that was asked elsewhere: a file is uploaded, its columns and words are matched on a page that
//! shows what would come of it, and all of it is taken over or nothing. What fits is said in `bening_core::survey`.

use askama::Template;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use bening_core::access::Action as Want;
use bening_core::audit::Entry;
use bening_core::id::CampaignId;
use bening_core::survey::{
    Answer, CellProblem, ImportPlan, Imported, Questionnaire, RowReader, Tally, Target,
};
use bening_store::WriteTx;
use bening_store::survey::{self as store, Kept, SurveyUpload};
use serde_json::json;

use super::{CampaignPath, campaign_address, page, reach_campaign, table, words};
use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::error::{AppError, Result, sentence};
use crate::flash;
use crate::form::{Posted, see_other};
use crate::page::{Crumb, Page};
use crate::reach::Reached;

/// Rows shown of what would come of it.
const SHOWN: usize = 8;
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
        (Some(upload), Some(asked)) => Some(matching(app, &page, (kept, asked), (&upload, fields)).await?),
        _ => None,
    };
    let base = format!("{back}/impor");
    Ok(Html(ImportPage { page, base, back, matching, problem, draft }.render()?))
}

async fn matching(
    app: &App,
    page: &Page,
    (kept, asked): (&Kept, &Questionnaire),
    (upload, fields): (&SurveyUpload, &Fields),
) -> Result<Matching> {
    let plan = plan(kept, asked, upload, fields);
    let read = checked(app, kept, &plan, upload).await?;
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
    let shown_answers = read.first.iter();
    Ok(Matching {
        name: upload.name.clone(),
        rows: page.number(upload.count.saturating_sub(1)),
        columns: columns.collect(),
        choices: choices(page, asked),
        labels: labels.collect(),
        points: (1..=kept.campaign.points).collect(),
        answers: read.answers,
        problems: read.refused.problems.iter().map(|one| said(page, one)).collect(),
        more_problems: read.refused.problems_count.saturating_sub(read.refused.problems.len()),
        heads: asked.questions().map(|(_, question)| question.code.clone()).collect(),
        preview: shown_answers
            .map(|answer| {
                let value = |value: &u8| if *value == 0 { "–".to_owned() } else { value.to_string() };
                let day = page.date(answer.day);
                std::iter::once(day).chain(answer.values.iter().map(value)).collect()
            })
            .collect(),
    })
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
    request: Request,
) -> Result {
    let (reached, seen) = reach_campaign(&app, &caller, &path, Want::ManageSurvey).await?;
    seen.campaign.changeable()?;
    let arrived = match table::arrive(&app, &caller, request).await? {
        Ok(arrived) => arrived,
        Err(why) => {
            let why = sentence(&caller.lang.t(&why));
            let page = render(&app, &caller, (&reached, &seen), &Fields::new(), why).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let kept = keep(&app, &caller, (&reached, &seen), &arrived).await;
    arrived.discard().await;
    kept?;
    Ok(see_other(&format!("{}/impor", campaign_address(&reached, &seen))))
}

async fn keep(
    app: &App,
    caller: &Caller,
    (reached, seen): (&Reached, &Kept),
    arrived: &table::Arrived,
) -> Result<()> {
    let tx = app.store().begin().await?;
    let kept = store::lock(&tx, seen.campaign.id).await?.ok_or(AppError::NotFound)?;
    kept.campaign.changeable()?;
    let table = &arrived.table;
    store::keep_upload(&tx, kept.campaign.id, table).await?;
    arrived.keep_parts(&tx, kept.campaign.id).await?;
    let entry = Entry::new(caller.audit(), "survey.import.uploaded", kept.campaign.id.0);
    let said = json!({ "file": table.name, "sha256": table.sha256, "rows": table.count });
    Ok(tx.commit(entry.of_unit(reached.unit.id).after(said), app.now()).await?)
}

/// What would come of a table.
struct Checked {
    answers: usize,
    first: Vec<Answer>,
    refused: Imported,
}

/// Reads every row of the table and keeps none of them.
async fn checked(app: &App, kept: &Kept, plan: &ImportPlan, upload: &SurveyUpload) -> Result<Checked> {
    let mut checked = Checked { answers: 0, first: Vec::new(), refused: Imported::default() };
    let reader = match plan.reader(&kept.campaign, &upload.rows) {
        Ok(reader) => reader,
        Err(refused) => return Ok(Checked { refused, ..checked }),
    };
    let mut parts = table::Parts::of(kept.campaign.id);
    while let Some(rows) = parts.next(app).await? {
        for (number, row) in rows {
            match reader.row(number, &row) {
                Some(Ok(answer)) if checked.first.len() < SHOWN => {
                    checked.answers += 1;
                    checked.first.push(answer);
                }
                Some(Ok(_)) => checked.answers += 1,
                refused => checked.refused.take(refused),
            }
        }
    }
    Ok(checked)
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
    let plan = plan(&seen, asked, &table, &fields);
    if let Some(why) = hindrance(&checked(&app, &seen, &plan, &table).await?) {
        let why = sentence(&caller.lang.t(why));
        let page = render(&app, &caller, (&reached, &seen), &fields, why).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let tx = app.store().begin().await?;
    let kept = store::lock(&tx, seen.campaign.id).await?.ok_or(AppError::NotFound)?;
    if kept.campaign != seen.campaign {
        return Err(AppError::Refused("survei ini baru saja diubah; muat ulang halaman ini".to_owned()));
    }
    let after = Kept { campaign: kept.campaign.clone().take_over()?, ..kept };
    let changed = || AppError::Refused("survei ini baru saja diubah; muat ulang halaman ini".to_owned());
    let stands = store::uploaded(app.store(), after.campaign.id).await?.ok_or_else(changed)?;
    let reader = plan.reader(&seen.campaign, &table.rows).ok().filter(|_| stands.sha256 == table.sha256);
    let count = take_over(&app, &tx, after.campaign.id, &reader.ok_or_else(changed)?).await?;
    store::forget_upload(&tx, after.campaign.id).await?;
    store::update(&tx, &after).await?;
    let entry = Entry::new(caller.audit(), "survey.imported", after.campaign.id.0);
    let said = json!({ "file": table.name, "sha256": table.sha256, "answers": count });
    tx.commit(entry.of_unit(reached.unit.id).after(said), app.now()).await?;
    let to = campaign_address(&reached, &after);
    Ok(flash::done(see_other(&to), caller.lang.tn("%{n} jawaban diimpor; survei ini kini ditutup.", count)))
}

/// Writes the answers of all rows within one transaction, a part of the table at a time.
async fn take_over(app: &App, tx: &WriteTx, id: CampaignId, reader: &RowReader) -> Result<usize> {
    let (mut tally, mut count) = (Tally::default(), 0);
    let mut parts = table::Parts::of(id);
    while let Some(rows) = parts.next(app).await? {
        let mut answers = Vec::with_capacity(rows.len());
        for (number, row) in rows {
            match reader.row(number, &row) {
                None => {}
                Some(Ok(answer)) => answers.push((chance::drawn(), answer)),
                Some(Err(_)) => return Err(AppError::Interrupted),
            }
        }
        answers.iter().for_each(|(_, answer)| tally.count(answer));
        count += answers.len();
        store::insert_answers(tx, id, &answers).await?;
    }
    store::count_answers(tx, id, &tally).await?;
    Ok(count)
}

fn hindrance(read: &Checked) -> Option<&'static str> {
    match (read.refused.problems_count, read.answers) {
        (0, 0) => Some("berkas ini tidak berisi jawaban"),
        (0, _) => None,
        _ => Some("belum ada yang disimpan: perbaiki sel yang disebut di bawah, atau ubah pencocokannya"),
    }
}
