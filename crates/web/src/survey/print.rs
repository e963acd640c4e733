//! What is printed for citizens: the poster, and codes on paper that each let somebody answer once.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use bening_core::access::Action as Want;
use bening_core::audit::Entry as Record;
use bening_core::document::{Align, Block, Cell, Column, Document, Format, Table};
use bening_core::survey::{Campaign, CampaignState, Entry};
use bening_store::{agency, survey as store};
use serde::Deserialize;
use serde_json::json;

use super::{CampaignPath, reach_campaign, sheet};
use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::client;
use crate::error::{AppError, Result};
use crate::form::Posted;
use crate::plan::export::file;

/// Most codes of one print.
const CODES_MAX: u32 = 1_000;
/// Codes beside each other on a page.
const CODES_A_ROW: usize = 3;

/// The address citizens open.
pub(super) fn public_address(app: &App, headers: &HeaderMap, campaign: &Campaign) -> String {
    format!("{}/s/{}", client::site(app, headers), campaign.token)
}

/// The poster.
///
/// # Errors
/// When the campaign is not to be seen or the printer fails.
pub async fn poster(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    Path(path): Path<CampaignPath>,
) -> Result {
    let (reached, kept) = reach_campaign(&app, &caller, &path, Want::ReadUnit).await?;
    let address = public_address(&app, &headers, &kept.campaign);
    let how = match kept.campaign.entry {
        Entry::Open => "Arahkan kamera telepon ke kode ini, atau buka alamatnya. Dua menit, tanpa nama.",
        Entry::Codes => "Arahkan kamera telepon, lalu ketik kode pada kertas Anda. Dua menit, tanpa nama.",
    };
    let poster = Block::Poster {
        title: "Bagaimana layanan kami?".to_owned(),
        subject: kept.campaign.service.clone(),
        lines: vec![how.to_owned(), "How was our service? Two minutes, no name.".to_owned()],
        address: format!("{address}?lewat=poster"),
        shown: address,
        alt: "Kode QR menuju survei".to_owned(),
        foot: format!(
            "{} · {} · alamat internet, perangkat, dan jam pengisian tidak disimpan bersama jawaban",
            reached.unit.name, kept.campaign.period
        ),
    };
    let title = format!("Survei {}", kept.campaign.service);
    pdf(&app, &title, vec![poster], "poster-survei.pdf").await
}

async fn pdf(app: &App, title: &str, blocks: Vec<Block>, name: &str) -> Result {
    let document = Document {
        title: title.to_owned(),
        author: agency::load(app.store()).await?.name,
        language: "id".to_owned(),
        dated: app.today(),
        cover: None,
        blocks,
    };
    let bytes = app.print(move |printer| printer.pdf(&document)).await?;
    Ok(file(bytes, Format::Pdf, name))
}

/// How many codes.
#[derive(Debug, Deserialize)]
pub struct HowMany {
    #[serde(default)]
    jumlah: String,
}

/// Prints fresh codes. They are on this paper only: of each a hash is kept, so none can be printed again.
///
/// # Errors
/// When the campaign asks for no codes, takes none any more, or too many are wanted.
pub async fn codes(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    Path(path): Path<CampaignPath>,
    Posted(wanted): Posted<HowMany>,
) -> Result {
    let (reached, seen) = reach_campaign(&app, &caller, &path, Want::ManageSurvey).await?;
    let count = wanted.jumlah.trim().parse().ok().filter(|count| (1..=CODES_MAX).contains(count));
    let count = count.ok_or_else(|| AppError::Refused("tulis jumlah kode antara 1 dan 1.000".to_owned()))?;
    let tx = app.store().begin().await?;
    let kept = store::lock(&tx, seen.campaign.id).await?.ok_or(AppError::NotFound)?;
    let takes = matches!(kept.campaign.state, CampaignState::Draft | CampaignState::Open);
    if kept.campaign.entry != Entry::Codes || !takes {
        return Err(AppError::Refused("survei ini tidak memakai kode, atau sudah ditutup".to_owned()));
    }
    let codes: Vec<String> = (0..count).map(|_| chance::paper_code()).collect();
    let hashes: Vec<String> = codes.iter().map(|code| sheet::code_hash(kept.campaign.id, code)).collect();
    store::issue_codes(&tx, kept, &hashes).await?;
    let entry = Record::new(caller.audit(), "survey.codes.issued", seen.campaign.id.0);
    tx.commit(entry.of_unit(reached.unit.id).after(json!({ "codes": count })), app.now()).await?;
    let address = public_address(&app, &headers, &seen.campaign);
    let blocks = vec![
        Block::Heading { level: 1, text: format!("Kode survei {}", seen.campaign.service) },
        Block::Paragraph {
            text: "Gunting dan bagikan satu kode kepada setiap pengguna layanan. Jangan catat siapa menerima kode mana. Kode tidak dapat dicetak ulang.".to_owned(),
        },
        Block::Table(slips(&address, &codes)),
    ];
    pdf(&app, &format!("Kode survei {}", seen.campaign.service), blocks, "kode-survei.pdf").await
}

fn slips(address: &str, codes: &[String]) -> Table {
    let column = |_| Column { heading: "Isi survei tanpa nama".to_owned(), share: 1, align: Align::Center };
    let slip = |code: Option<&String>| match code {
        Some(code) => Cell { lines: vec![address.to_owned(), code.clone()], ..Cell::text("") }.strong(),
        None => Cell::text(""),
    };
    let row = |codes: &[String]| (0..CODES_A_ROW).map(|place| slip(codes.get(place))).collect();
    Table {
        caption: None,
        columns: (0..CODES_A_ROW).map(column).collect(),
        rows: codes.chunks(CODES_A_ROW).map(row).collect(),
    }
}
