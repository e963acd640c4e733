//! Papers of the demonstration: change agents, minutes of how they were chosen, and an invitation.

use anyhow::{Context, Result};
use bening_core::agency::Agency;
use bening_core::audit::{Actor, Entry};
use bening_core::id::{PaperId, PersonId};
use bening_core::paper::{Asked, Known, Paper, series_by_code, template};
use bening_core::person::Person;
use bening_core::unit::Unit;
use bening_store::{Store, agency, paper as store};
use bening_web::chance;
use chrono::Datelike;
use serde_json::json;

use super::{day, morning};

/// Code of the template, month and day, and what was typed.
type Told = (&'static str, (u32, u32), &'static [(&'static str, &'static str)]);

const PAPERS: [Told; 3] = [
    (
        "berita-acara",
        (1, 10),
        &[
            ("hal", "pemilihan agen perubahan"),
            ("tempat", "Ruang Rapat Batubara"),
            ("pokok", "Usul nama dari setiap seksi\nPemungutan suara oleh seluruh pegawai"),
            ("keputusan", "Dua pegawai dengan suara terbanyak diusulkan sebagai agen perubahan"),
            ("hadir", "Bayu; Ketua Tim Kerja ZI\nNover; Anggota area\nCristian; Anggota area"),
        ],
    ),
    (
        "sk-agen-perubahan",
        (1, 14),
        &[
            ("agen", "Nover; Analis; Antrean konsultasi daring\nCristian; Analis; Papan kinerja mingguan"),
            ("prosedur", "pemilihan oleh seluruh pegawai pada 10 Januari 2020"),
            ("dasar", "peraturan tentang pembangunan Zona Integritas dan rencana kerja unit tahun 2020"),
            ("akhir", "31 Desember 2020"),
        ],
    ),
    (
        "undangan",
        (6, 8),
        &[
            ("hal", "rapat monev Juni"),
            ("kepada", "seluruh anggota Tim Kerja"),
            ("waktu", "Senin, 15 Juni 2020, pukul 09.00"),
            ("tempat", "Ruang Rapat Batubara"),
            ("agenda", "Kemajuan rencana aksi\nTindak lanjut bulan lalu"),
        ],
    ),
];

/// Adds the papers.
pub(super) async fn add(db: &Store, home: &Unit, people: &[Person]) -> Result<()> {
    let named = |login: &str| people.iter().find(|one| one.login.as_str() == login);
    let (head, lead) = (named("direktur").context("direktur")?, named("bayu").context("bayu")?);
    let agency = agency::load(db).await?;
    for told in PAPERS {
        issue(db, (home, &agency), told, &head.name, lead.id).await?;
    }
    Ok(())
}

async fn issue(
    db: &Store,
    (home, agency): (&Unit, &Agency),
    (code, (month, on), typed): Told,
    signer: &str,
    by: PersonId,
) -> Result<()> {
    let template = template(code).context(code)?;
    let series = series_by_code(&template.series).context("series")?;
    let asked = Asked {
        dated: day(month, on),
        signer: signer.to_owned(),
        signer_title: home.head_title.clone(),
        typed: typed.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect(),
    };
    let tx = db.begin().await?;
    let held = store::lock_series(&tx, series, asked.dated.year()).await?;
    let number = held.pattern.number(held.next, home.code.as_str(), asked.dated);
    let known = Known { agency, unit: home, predicate: "", rows: Vec::new() };
    let paper = Paper {
        id: PaperId(chance::fresh()),
        unit: home.id,
        template: template.code.clone(),
        version: 0,
        series: series.code.clone(),
        counter: held.next,
        document: template.document(&template.words, &known, &asked, &number),
        number,
        dated: asked.dated,
        by,
        at: morning(asked.dated),
    };
    store::issue(&tx, &paper).await?;
    let entry = Entry::new(Actor::Person(by), "paper.issued", paper.id.0).of_unit(home.id);
    let told = json!({ "template": paper.template, "number": paper.number, "version": 0 });
    Ok(tx.commit(entry.after(told), morning(paper.dated)).await?)
}
