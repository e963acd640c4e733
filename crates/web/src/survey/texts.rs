//! What citizens wrote: a queue of texts nobody read yet, the words that come back in them, and a file of all texts.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse};
use bening_core::access::Action as Want;
use bening_core::audit::Entry;
use bening_core::document::Format;
use bening_core::survey::{Answer, WordCount, has_word, texts, texts_csv};
use bening_store::survey::{self as store};
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::shown::Shown;
use super::{CampaignPath, campaign_address, page, reach_campaign};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Posted, encode, see_other};
use crate::page::{Crumb, Page};
use crate::plan::export::file;

/// Texts on a page.
const PAGE_ROWS: usize = 20;
/// Words listed.
const WORDS_SHOWN: usize = 60;

struct WordRow {
    word: String,
    href: String,
    count: String,
    percent: String,
    on: bool,
}

#[derive(Template)]
#[template(path = "survey/texts.html")]
struct TextsPage {
    page: Page,
    base: String,
    back: String,
    word: String,
    rows: Vec<(Uuid, Shown)>,
    words: Vec<WordRow>,
    written: String,
    read: String,
}

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
pub struct Look {
    #[serde(default)]
    kata: String,
}

/// The page.
///
/// # Errors
/// When the caller may not manage the survey.
pub async fn show(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<CampaignPath>,
    Query(look): Query<Look>,
) -> Result {
    let (reached, kept) = reach_campaign(&app, &caller, &path, Want::ManageSurvey).await?;
    let asked = kept.campaign.asked().ok_or(AppError::NotFound)?;
    let asked = &asked;
    let id = kept.campaign.id;
    let is_wanted = |answer: &Answer| {
        texts(asked, answer).any(|(_, text)| look.kata.is_empty() || has_word(text, &look.kata))
    };
    let found = store::unread(app.store(), id, PAGE_ROWS, is_wanted).await?;
    let (mut written, mut count) = (0_u64, WordCount::default());
    let look_at = |answer: &Answer| {
        written += u64::from(texts(asked, answer).next().is_some());
        texts(asked, answer).for_each(|(_, text)| count.add(text));
    };
    store::each_answer(app.store(), id, look_at).await?;
    let back = campaign_address(&reached, &kept);
    let title = caller.lang.t("Kata pengguna layanan").into_owned();
    let crumbs =
        vec![Crumb::link(kept.campaign.service.as_str(), back.as_str()), Crumb::here(title.as_str())];
    let page = page(&app, &caller, &reached, title, crumbs).await?;
    let base = format!("{back}/tulisan");
    let words = words(&page, count.list(), &base, &look.kata);
    let rows = found.iter().map(|(id, answer)| (*id, Shown::words(&page, asked, answer))).collect();
    let read = page.number(store::read_count(app.store(), id).await?);
    let written = page.number(written);
    Ok(Html(TextsPage { page, base, back, word: look.kata, rows, words, written, read }.render()?)
        .into_response())
}

fn words(page: &Page, list: Vec<(String, u64)>, base: &str, chosen: &str) -> Vec<WordRow> {
    let most = list.first().map_or(1, |(_, count)| *count);
    let row = |(word, count): (String, u64)| WordRow {
        href: format!("{base}?kata={}", encode(&word)),
        on: word == chosen,
        count: page.number(count),
        percent: (count * 100 / most).to_string(),
        word,
    };
    list.into_iter().take(WORDS_SHOWN).map(row).collect()
}

/// Notes the texts of a page as read.
///
/// # Errors
/// When none of them belongs to this survey.
pub async fn note(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<CampaignPath>,
    Posted(fields): Posted<Vec<(String, String)>>,
) -> Result {
    let (reached, kept) = reach_campaign(&app, &caller, &path, Want::ManageSurvey).await?;
    let ids = fields.iter().filter(|(name, _)| name == "jawaban").filter_map(|(_, id)| id.parse().ok());
    let ids: Vec<Uuid> = ids.take(PAGE_ROWS).collect();
    let tx = app.store().begin().await?;
    let count = store::note_read(&tx, kept.campaign.id, (caller.id(), app.today()), &ids).await?;
    if count == 0 {
        return Err(AppError::Refused("tidak ada tulisan yang dipilih".to_owned()));
    }
    let entry = Entry::new(caller.audit(), "survey.texts.read", kept.campaign.id.0);
    tx.commit(entry.of_unit(reached.unit.id).after(json!({ "texts": count })), app.now()).await?;
    let to = format!("{}/tulisan", campaign_address(&reached, &kept));
    Ok(flash::done(see_other(&to), caller.lang.tn("%{n} tulisan ditandai sudah dibaca.", count)))
}

/// All texts as a file.
///
/// # Errors
/// When the caller may not manage the survey.
pub async fn download(State(app): State<App>, caller: Caller, Path(path): Path<CampaignPath>) -> Result {
    let (_, kept) = reach_campaign(&app, &caller, &path, Want::ManageSurvey).await?;
    let asked = kept.campaign.asked().ok_or(AppError::NotFound)?;
    let asked = &asked;
    let csv = texts_csv(asked, &store::answers(app.store(), kept.campaign.id).await?);
    Ok(file(csv.into_bytes(), Format::Csv, "tulisan-survei.csv"))
}
