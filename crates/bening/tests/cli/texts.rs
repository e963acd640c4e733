//! Evidence found by what its files say: the running server reads them in processes of their own.

use std::time::Duration;

use bening_testkit::{Visitor, on_both};
use reqwest::Method;
use reqwest::multipart::{Form, Part};

use crate::bench::Bench;

const REGISTER: &str = "/unit/DBN/bukti";
/// A word of the seed's plan that no title, number or file name of the demo has.
const WORD: &str = "mempertahankan";
/// How often the register is asked, once a second: jobs of a minute run when it is over.
const TRIES: u32 = 300;
/// A PDF of one empty page, as a scanner makes it but for the picture.
const SCAN: &[u8] =
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj \
    3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF";
/// What calls itself a PDF and is none.
const DAMAGED: &[u8] = b"%PDF-1.4\n% rusak\n";

async fn bring(who: &Visitor, title: &str, bytes: Vec<u8>) {
    let form = Form::new()
        .text("_csrf", who.token().to_owned())
        .text("jenis", "lain")
        .text("judul", title.to_owned())
        .part("berkas", Part::bytes(bytes).file_name("berkas"));
    let answer = who.send(who.request(Method::POST, REGISTER).multipart(form)).await;
    assert_eq!(answer.status.as_u16(), 303, "{title}: {}", answer.text());
}

/// Titles of what is found by a word, in the order of the alphabet.
async fn found(who: &Visitor, word: &str) -> Vec<String> {
    let mut titles = who.get(&format!("{REGISTER}?cari={word}")).await.texts("tbody tr td:first-child b");
    titles.sort();
    titles
}

async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    for _ in 0..TRIES {
        if is_so().await {
            return;
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    panic!("{what} never came");
}

/// The page of a piece of evidence by its title.
async fn page(who: &Visitor, title: &str) -> String {
    let list = who.get(&format!("{REGISTER}?cari={title}")).await.body;
    let start = list.find("<tbody>").expect("something was found");
    let link = list[start..].split("href=\"").nth(1).and_then(|rest| rest.split('"').next());
    who.get(link.expect("a link")).await.text()
}

on_both!(evidence_is_found_by_what_its_files_say, async |db| {
    let bench = Bench::new(db);
    let served = bench.serve(&["--demo"]);
    let mut lead = Visitor::new(served.address());
    assert_eq!(lead.sign_in("bayu", "demo-bening-2020").await.status.as_u16(), 303);
    assert_eq!(found(&lead, WORD).await, Vec::<String>::new());
    for format in ["pdf", "docx", "xlsx"] {
        let plan = bench.path(&format!("rencana.{format}"));
        bench.plan("export", &["--format", format, "--output", &plan]).well();
        bring(&lead, &format!("Cetakan {format}"), std::fs::read(&plan).expect("exported")).await;
    }
    let text = format!("Catatan: seluruh pegawai {} predikatnya.", WORD.to_uppercase());
    bring(&lead, "Cetakan teks", text.into_bytes()).await;
    bring(&lead, "Pindaian", SCAN.to_vec()).await;
    bring(&lead, "Kerusakan", DAMAGED.to_vec()).await;
    until("the words", async || found(&lead, WORD).await.len() == 4).await;
    assert_eq!(found(&lead, "mempertahan").await.len(), 4, "also by the beginning of a word");
    assert_eq!(
        found(&lead, &format!("{WORD}%20pdf")).await,
        ["Cetakan pdf"],
        "every word has to be somewhere"
    );
    assert!(!found(&lead, "peragaan").await.is_empty(), "letters of a font that the file does not bring");
    let list = lead.get(&format!("{REGISTER}?cari={WORD}")).await;
    assert!(list.texts("mark").iter().any(|word| *word == WORD.to_uppercase()), "{}", list.text());
    until("the end of the job", async || page(&lead, "Pindaian").await.contains("Pindaian tanpa teks")).await;
    until("the failure", async || page(&lead, "Kerusakan").await.contains("Teksnya gagal dibaca")).await;
    assert!(page(&lead, "Cetakan%20docx").await.contains("Teksnya terbaca"));
    for odd in ["%27%22%3A*", "%22", "'", "%2B%26%7C", "a%5C"] {
        assert_eq!(lead.get(&format!("{REGISTER}?cari={odd}")).await.status.as_u16(), 200, "{odd}");
    }
    let mut stranger = Visitor::new(served.address());
    stranger.sign_in("tetangga", "demo-bening-2020").await;
    let answer = stranger.get(&format!("{REGISTER}?cari={WORD}")).await;
    assert!(answer.texts("mark").is_empty() && !answer.text().contains("Cetakan"), "{}", answer.text());
    let counts = bench.run(&["evidence", "texts", "--again"]).well().out;
    assert!(counts.contains("dibaca ulang\t1\n") && counts.contains("menunggu\t1\n"), "{counts}");
});
