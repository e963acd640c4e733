//! Answers of old surveys from files of other forms, and the words of citizens.

use bening_core::job::Task;
use bening_core::survey::{CampaignState, Channel, shipped};
use bening_store::{job, survey as store};
use bening_testkit::site::SITE;
use bening_testkit::{TestSite, on_both};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::ground::trail_rows;
use crate::survey::{answer, draft, kept, opened};

/// An export as Google Forms writes it: moment, texts of the questions, words of the answers.
fn export(moments: &[&str], words: &[&str]) -> Vec<u8> {
    let asked = shipped().find("spak-90-2021").unwrap();
    let heads: Vec<String> = asked.questions().map(|(_, q)| format!("\"{}\"", q.text.id)).collect();
    let mut csv = format!("Timestamp,{},Alamat email\n", heads.join(","));
    for (moment, word) in moments.iter().zip(words) {
        csv += &format!("{moment},{},orang@contoh.example\n", vec![*word; heads.len()].join(","));
    }
    csv.into_bytes()
}

on_both!(an_old_survey_is_taken_over_with_all_its_rows_and_can_be_frozen, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let at = draft(&site, &lead, ("", "")).await;
    let csv = export(
        &["15/06/2020 10:23:45", "03/06/2020 7:01:00", "2020-06-30"],
        &["Sangat Setuju", "3", "4 - Sangat setuju"],
    );
    let sent = lead.upload(&format!("{at}/impor"), "berkas", "respon.csv", csv).await;
    assert_eq!(sent.location, Some(format!("{at}/impor")), "{}", sent.text());
    let page = lead.get(&format!("{at}/impor")).await;
    assert_eq!(page.texts("#pratinjau tbody tr").len(), 3, "{}", page.text());
    assert!(page.text().contains("3 dari 3 baris cocok"));
    assert_eq!(lead.post(&format!("{at}/impor/simpan"), &[]).await.status.as_u16(), 303, "as guessed");
    let after = kept(&site, &at).await;
    assert_eq!(after.campaign.state, CampaignState::Closed);
    let mut answers = store::answers(&site.store, after.campaign.id).await.unwrap();
    answers.sort_by_key(|one| one.day);
    assert!(answers.iter().all(|one| one.channel == Channel::Import));
    assert_eq!(answers.iter().map(|one| one.values[0]).collect::<Vec<_>>(), [3, 4, 4]);
    assert_eq!(answers[0].day.to_string(), "2020-06-03");
    assert_eq!(lead.get(&at).await.texts(".stat-figure")[0], "3");
    assert_eq!(store::uploaded(&site.store, after.campaign.id).await.unwrap(), None, "addresses are gone");
    assert_eq!(lead.post(&format!("{at}/impor/simpan"), &[]).await.status.as_u16(), 422, "once");
    assert_eq!(lead.post(&format!("{at}/pembekuan"), &[]).await.status.as_u16(), 303);
});

on_both!(one_wrong_cell_keeps_everything_out_until_people_say_what_it_means, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let at = draft(&site, &lead, ("", "")).await;
    for (name, bytes) in [("kosong.csv", Vec::new()), ("foto.png", b"\x89PNG\r\n\x1a\n0000".to_vec())] {
        let refused = lead.upload(&format!("{at}/impor"), "berkas", name, bytes).await;
        assert_eq!(refused.status.as_u16(), 422, "{name}");
    }
    let csv = export(&["15/06/2020", "01/07/2020"], &["lumayan", "4"]);
    assert_eq!(lead.upload(&format!("{at}/impor"), "berkas", "a.csv", csv).await.status.as_u16(), 303);
    let rows = trail_rows(&site).await;
    let refused = lead.post(&format!("{at}/impor/simpan"), &[]).await;
    assert_eq!(refused.status.as_u16(), 422);
    let said = refused.texts(".problems li").join("\n");
    assert!(said.contains("Baris 2") && said.contains("lumayan"), "{said}");
    assert!(said.contains("Baris 3") && said.contains("di luar masa survei"), "{said}");
    assert_eq!(trail_rows(&site).await, rows);
    assert_eq!(lead.get(&at).await.texts(".stat-figure")[0], "0");
    let asked = shipped().find("spak-90-2021").unwrap();
    let mut fields = vec![("k0".to_owned(), String::new()), ("j0".to_owned(), "2".to_owned())];
    let columns = asked.questions().enumerate();
    fields.extend(columns.map(|(place, (_, q))| (format!("k{}", place + 1), q.code.clone())));
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let checked: Vec<(&str, &str)> = fields.iter().copied().chain([("periksa", "ya")]).collect();
    let page = lead.post(&format!("{at}/impor/simpan"), &checked).await;
    assert_eq!(page.texts("#pratinjau tbody tr").len(), 2, "{}", page.text());
    assert_eq!(lead.get(&at).await.texts(".stat-figure")[0], "0", "asked only to check");
    let saved = lead.post(&format!("{at}/impor/simpan"), &fields).await;
    assert_eq!(saved.status.as_u16(), 303, "{}", saved.text());
    let answers = store::answers(&site.store, kept(&site, &at).await.campaign.id).await.unwrap();
    let mut values: Vec<u8> = answers.iter().map(|one| one.values[0]).collect();
    values.sort_unstable();
    assert_eq!(values, [2, 4], "what was chosen counts");
    assert!(answers.iter().all(|one| one.day.to_string() == "2020-06-30"), "without days, the last one");
});

on_both!(an_open_survey_takes_no_import, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let (at, kept) = opened(&site, &lead, ("", "")).await;
    let csv = export(&["15/06/2020"], &["4"]);
    let refused = lead.upload(&format!("{at}/impor"), "berkas", "a.csv", csv).await;
    assert_eq!(refused.status.as_u16(), 422);
    assert_eq!(store::uploaded(&site.store, kept.campaign.id).await.unwrap(), None);
});

on_both!(texts_wait_until_somebody_read_them_and_no_file_of_them_holds_a_formula, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let (at, kept) = opened(&site, &lead, ("", "")).await;
    let form = format!("/s/{}", kept.campaign.token);
    for words in ["Antre lama <script>x</script>", "=1+1\u{202e}", "", "Antre di loket"] {
        assert_eq!(answer(&site.visitor(), &form, "3", &[("X2", words)]).await.status.as_u16(), 303);
    }
    let page = lead.get(&format!("{at}/tulisan")).await;
    let mut texts = page.texts(".own-words");
    texts.sort();
    assert_eq!(texts, ["=1+1", "Antre di loket", "Antre lama <script>x</script>"]);
    assert_eq!(page.texts("#kata tbody tr:first-child td:not(:nth-child(2))"), ["antre", "2"]);
    let found = lead.get(&format!("{at}/tulisan?kata=loket")).await;
    assert_eq!(found.texts(".own-words"), ["Antre di loket"]);
    let csv = lead.get(&format!("{at}/tulisan/csv")).await.body;
    assert!(csv.contains("\"'=1+1\"") && !csv.contains(",\"=") && !csv.contains('\u{202e}'), "{csv}");
    let ids = store::unread(&site.store, kept.campaign.id, 10, |one| !one.extras.is_empty()).await.unwrap();
    let ids: Vec<String> = ids.iter().map(|(id, _)| id.to_string()).collect();
    let fields: Vec<(&str, &str)> = ids.iter().map(|id| ("jawaban", id.as_str())).collect();
    assert_eq!(lead.post(&format!("{at}/tulisan"), &fields).await.status.as_u16(), 303);
    assert!(lead.get(&format!("{at}/tulisan")).await.texts(".own-words").is_empty());
    assert_eq!(lead.post(&format!("{at}/tulisan"), &[]).await.status.as_u16(), 422, "nothing chosen");
});

on_both!(who_was_invited_by_mail_stands_only_in_the_file_and_in_no_table, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let (at, kept) = opened(&site, &lead, ("cara", "codes")).await;
    let wrong = lead.post(&format!("{at}/undangan"), &[("alamat", "budi@contoh.id\n=cmd")]).await;
    assert_eq!(wrong.status.as_u16(), 422);
    assert!(wrong.texts(".field-error").concat().contains("=cmd"), "{}", wrong.text());
    assert_eq!(store::codes_left(&site.store, kept.campaign.id).await.unwrap(), 0);
    let people = "Budi <budi@contoh.id>\nsiti@contoh.id";
    let file = lead.post(&format!("{at}/undangan"), &[("alamat", people)]).await;
    let lines: Vec<Vec<&str>> = file.body.lines().skip(1).map(|line| line.split(',').collect()).collect();
    assert_eq!([lines[0][0], lines[1][0]], ["budi@contoh.id", "siti@contoh.id"]);
    let form = format!("/s/{}", kept.campaign.token);
    let link = &lines[0][1][lines[0][1].find(&form).unwrap()..];
    let page = site.visitor().get(link).await;
    assert!(page.body.contains(&format!("name=\"kode\" value=\"{}\"", lines[0][2])), "the code is filled in");
    let said = [("kode", lines[0][2]), ("lewat", "mail")];
    assert_eq!(answer(&site.visitor(), &form, "4", &said).await.status.as_u16(), 303);
    assert_eq!(answer(&site.visitor(), &form, "4", &said).await.status.as_u16(), 422, "once");
    let answers = store::answers(&site.store, kept.campaign.id).await.unwrap();
    assert_eq!(answers.iter().map(|one| one.channel).collect::<Vec<_>>(), [Channel::Mail]);
    assert_eq!(store::codes_left(&site.store, kept.campaign.id).await.unwrap(), 1);
    let trail = lead.get("/jejak").await;
    assert!(!trail.body.contains("contoh.id"), "nor in the trail");
});

on_both!(letters_are_handed_in_with_their_codes_and_forgotten_when_sent, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let (at, kept) = opened(&site, &lead, ("cara", "codes")).await;
    let fields = [("alamat", "Budi <budi@contoh.id>\nsiti@contoh.id"), ("cara", "surel")];
    let refused = lead.post(&format!("{at}/undangan"), &fields).await;
    assert_eq!(refused.status.as_u16(), 422, "no mail server was set up");
    assert_eq!(store::codes_left(&site.store, kept.campaign.id).await.unwrap(), 0, "and no code was made");
    let mailing = site.sign_in_with_mail("ketua").await;
    assert_eq!(mailing.post(&format!("{at}/undangan"), &fields).await.status.as_u16(), 303);
    assert!(mailing.get(&format!("{at}/undangan")).await.text().contains("0 dari 2 undangan sudah terkirim"));
    let mut sent = Vec::new();
    while let Some(claim) = job::claim(&site.store, Uuid::from_u128(7), later()).await.unwrap() {
        let Task::Mail(mail) = &claim.task else { panic!("only letters wait: {:?}", claim.task) };
        sent.push(mail.clone());
        job::end(&site.store, &claim, later()).await.unwrap().unwrap();
    }
    sent.sort_by(|a, b| a.to.cmp(&b.to));
    assert_eq!(
        sent.iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(),
        ["budi@contoh.id", "siti@contoh.id"]
    );
    let link = sent[0].text.lines().find(|line| line.starts_with(SITE)).unwrap();
    assert!(sent[0].html.as_ref().unwrap().contains(&link.replace('&', "&#38;")), "{:?}", sent[0].html);
    let page = site.visitor().get(link.strip_prefix(SITE).unwrap()).await;
    let code = link.rsplit_once('=').unwrap().1;
    assert!(page.body.contains(&format!("name=\"kode\" value=\"{code}\"")), "the code is filled in");
    assert!(mailing.get(&format!("{at}/undangan")).await.text().contains("2 dari 2 undangan sudah terkirim"));
});

/// After the letters were handed in.
fn later() -> DateTime<Utc> {
    "2020-06-15T03:00:00Z".parse().unwrap()
}

/// A CSV larger than what is read at once: so many rows, with one more at its end.
fn large(rows: usize, last: &str) -> Vec<u8> {
    let asked = shipped().find("spak-90-2021").unwrap();
    let heads: Vec<&str> = asked.questions().map(|(_, question)| question.code.as_str()).collect();
    let row = |value: &str| vec![value; heads.len()].join(",");
    let mut csv = format!("{},Catatan\n", heads.join(","));
    for number in 0..rows {
        csv += &format!("{},{}\n", row(if number % 2 == 0 { "3" } else { "4" }), "x".repeat(600));
    }
    csv += &format!("{},\n", row(last));
    csv.into_bytes()
}

on_both!(a_large_table_is_streamed_and_taken_over_whole_or_not_at_all, async |db| {
    const ROWS: usize = 20_000;
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let at = draft(&site, &lead, ("", "")).await;
    let import = format!("{at}/impor");
    let wrong = large(ROWS, "9");
    assert!(wrong.len() > bening_intake::FILE_MAX_BYTES);
    assert_eq!(lead.upload(&import, "berkas", "besar.csv", wrong).await.status.as_u16(), 303);
    let refused = lead.post(&format!("{import}/simpan"), &[]).await;
    assert_eq!(refused.status.as_u16(), 422);
    let columns = shipped().find("spak-90-2021").unwrap().questions().count();
    let said = refused.texts(".problems li");
    assert_eq!(said.len(), columns, "every wrong cell of the row: {said:?}");
    assert!(said.iter().all(|one| one.contains(&format!("Baris {}", ROWS + 2))), "{said:?}");
    let id = kept(&site, &at).await.campaign.id;
    assert_eq!(store::answers(&site.store, id).await.unwrap().len(), 0, "nothing is kept of it");

    assert_eq!(lead.upload(&import, "berkas", "besar.csv", large(ROWS, "4")).await.status.as_u16(), 303);
    let saved = lead.post(&format!("{import}/simpan"), &[]).await;
    assert_eq!(saved.status.as_u16(), 303, "{}", saved.text());
    assert_eq!(store::respondents(&site.store, &[id]).await.unwrap(), [ROWS as u64 + 1]);
    assert_eq!(store::answers(&site.store, id).await.unwrap().len(), ROWS + 1);
    assert_eq!(store::upload_part(&site.store, id, 0).await.unwrap(), None, "the table is gone");
});

on_both!(a_workbook_that_is_too_large_says_what_to_do, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let at = draft(&site, &lead, ("", "")).await;
    let mut bytes = b"PK\x03\x04".to_vec();
    bytes.resize(bening_intake::FILE_MAX_BYTES + 1, 7);
    let refused = lead.upload(&format!("{at}/impor"), "berkas", "besar.xlsx", bytes).await;
    assert_eq!(refused.status.as_u16(), 422);
    assert!(refused.text().contains("simpan lembarnya sebagai CSV"), "{}", refused.text());
});
