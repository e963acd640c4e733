//! Evidence of the demonstration: one small generated page for most of what the plan promises, some of it used for
//! questions of the worksheet as well. Nothing of it was made elsewhere.

use anyhow::{Context, Result};
use bening_core::audit::{Actor, Entry};
use bening_core::evidence::{Details, Evidence, Rules, Secrecy, StoredFile, Target, Use, Version, file_name};
use bening_core::id::{ActionId, PersonId, ProofId, UseId};
use bening_core::instrument::shipped;
use bening_core::plan::Plan;
use bening_core::time::Year;
use bening_core::unit::Unit;
use bening_store::{Store, WriteTx, evidence as store, lke, monev, plan};
use bening_web::chance;
use futures::stream;
use serde_json::json;

use super::{YEAR, day, morning, picture};

/// Every so many promises nothing is there yet, and every so many questions has evidence.
const MISSING_EVERY: usize = 4;
const QUESTION_EVERY: usize = 5;
/// Every so many actions somebody took a picture.
const PHOTO_EVERY: usize = 4;

/// Adds the evidence of a unit's plan.
pub(super) async fn add(db: &Store, home: &Unit, lead: PersonId) -> Result<()> {
    let year = Year::new(YEAR).context("tahun demo")?;
    let plan = plan::find(db, home.id, year).await?.context("rencana demo")?;
    let promises = plan
        .actions()
        .flat_map(|placed| placed.action.evidence.iter().map(move |promised| (placed.action, promised)));
    let kept = promises.enumerate().filter(|(place, _)| place % MISSING_EVERY != MISSING_EVERY - 1);
    let (mut made, mut proofs) = (Vec::new(), Vec::new());
    for (place, (action, promised)) in kept {
        let id = ProofId(chance::fresh());
        let title = format!("{} {}", promised.title, place + 1);
        let file = put(db, id, &title, ("pdf", "application/pdf"), page(&title, &action.name)).await?;
        let target = Target::Action { year, action: action.id, promised: promised.id };
        proofs.push((action.id, id));
        made.push((id, place, promised.title.clone(), file, target));
    }
    made.extend(photographed(db, &plan).await?);
    let tx = db.begin().await?;
    let mut ids = Vec::new();
    for (id, place, title, file, target) in made {
        record(&tx, home, lead, (id, place, title), file).await?;
        attach(&tx, id, target, lead).await?;
        ids.push(id);
    }
    use_for_questions(db, &tx, home, lead, &ids).await?;
    use_for_reports(db, &tx, &plan, lead, &proofs).await?;
    let entry = Entry::new(Actor::Person(lead), "evidence.added", plan.id.0).of_unit(home.id);
    Ok(tx.commit(entry.after(json!({ "files": ids.len() })), morning(day(6, 1))).await?)
}

async fn put(
    db: &Store,
    id: ProofId,
    title: &str,
    (ending, media): (&str, &str),
    bytes: Vec<u8>,
) -> Result<StoredFile> {
    let files = db.files()?;
    let sent = stream::iter([Ok::<_, std::convert::Infallible>(bytes.into())]);
    let staged = files.take(id.0, Rules::shipped().limit_bytes, sent).await?;
    let (sha256, size) = files.keep(&staged, morning(day(6, 1))).await?;
    staged.discard().await;
    Ok(StoredFile { sha256, size, media: media.to_owned(), name: file_name(title, ending) })
}

async fn record(
    tx: &WriteTx,
    home: &Unit,
    lead: PersonId,
    (id, place, title): (ProofId, usize, String),
    file: StoredFile,
) -> Result<()> {
    let kinds = [("sk", "keputusan"), ("undangan", "undangan"), ("hadir", "hadir"), ("notula", "notul")];
    let lower = title.to_lowercase();
    let kind = kinds.iter().find(|(_, word)| lower.contains(word)).map_or("laporan", |(code, _)| code);
    let on = day(1 + u32::try_from(place % 5).unwrap_or(0), 10);
    let details = Details {
        title,
        kind: kind.to_owned(),
        dated: Some(on),
        number: String::new(),
        valid_for: Year::new(YEAR),
        secrecy: Secrecy::Open,
    };
    let at = morning(on);
    store::add(tx, &Evidence { id, unit: home.id, details, link: String::new(), owner: lead, at }).await?;
    Ok(store::add_version(tx, id, &Version { number: 1, file, by: lead, at }).await?)
}

async fn attach(tx: &WriteTx, evidence: ProofId, target: Target, by: PersonId) -> Result<()> {
    let at = morning(day(6, 1));
    Ok(store::attach(tx, &Use { id: UseId(chance::fresh()), evidence, target, by, at }).await?)
}

/// Photographs of the meetings at which work was done, beside the papers.
async fn photographed(db: &Store, plan: &Plan) -> Result<Vec<(ProofId, usize, String, StoredFile, Target)>> {
    let mut made = Vec::new();
    let actions = plan.actions().filter(|placed| !placed.action.evidence.is_empty());
    for (place, placed) in actions.enumerate().step_by(PHOTO_EVERY) {
        let (id, action) = (ProofId(chance::fresh()), placed.action);
        let title = format!("Foto rapat {}", action.name);
        let bytes = picture::meeting(3 + u32::try_from(place % 4)?)?;
        let file = put(db, id, &title, ("png", "image/png"), bytes).await?;
        let target = Target::Action { year: plan.year, action: action.id, promised: action.evidence[0].id };
        made.push((id, place, title, file, target));
    }
    Ok(made)
}

/// One piece of evidence serves a plan action and a question alike.
async fn use_for_questions(
    db: &Store,
    tx: &WriteTx,
    home: &Unit,
    lead: PersonId,
    ids: &[ProofId],
) -> Result<()> {
    let year = Year::new(YEAR).context("tahun demo")?;
    let Some(sheet) = lke::find(db, home.id, year).await? else { return Ok(()) };
    let Some(edition) = shipped().by_id(&sheet.edition) else { return Ok(()) };
    let codes = edition.questions().map(|(_, _, question)| question.code.clone()).step_by(QUESTION_EVERY);
    for (id, code) in ids.iter().zip(codes) {
        attach(tx, *id, Target::Question { year, code }, lead).await?;
    }
    Ok(())
}

/// The same piece proves what was told of its action, month by month.
async fn use_for_reports(
    db: &Store,
    tx: &WriteTx,
    plan: &Plan,
    lead: PersonId,
    proofs: &[(ActionId, ProofId)],
) -> Result<()> {
    for entry in monev::entries(db, plan.id).await? {
        let Some((_, id)) = proofs.iter().find(|(action, _)| *action == entry.action) else { continue };
        let target = Target::Report { year: plan.year, month: entry.month, action: entry.action };
        attach(tx, *id, target, lead).await?;
    }
    Ok(())
}

/// A page of PDF with a heading and a line.
fn page(title: &str, about: &str) -> Vec<u8> {
    let plain = |text: &str| -> String {
        text.chars().filter(|c| c.is_ascii() && !matches!(c, '(' | ')' | '\\')).take(78).collect()
    };
    let text = format!(
        "BT /F1 18 Tf 60 760 Td ({}) Tj 0 -34 Td /F1 11 Tf ({}) Tj 0 -24 Td (Contoh peragaan Bening) Tj ET",
        plain(title),
        plain(about)
    );
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let (mut file, mut places) = ("%PDF-1.4\n".to_owned(), String::new());
    for (number, object) in objects.iter().enumerate() {
        places += &format!("{:010} 00000 n \n", file.len());
        file += &format!("{} 0 obj\n{object}\nendobj\n", number + 1);
    }
    let start = file.len();
    file += &format!(
        "xref\n0 6\n0000000000 65535 f \n{places}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    );
    file.into_bytes()
}
