//! Surveys from the draft to the frozen file: what citizens can do without an account, what is kept of them
//! and what is not.

use bening_core::survey::{Channel, Options, Report, Table, Tally, method, shipped, to_json};
use bening_store::survey as store;
use bening_testkit::{Answer, Backend, TestSite, Visitor, on_both};
use serde_json::Value;

use crate::ground::trail_rows;

const DRAFT: [(&str, &str); 7] = [
    ("kuesioner", "spak-90-2021:4"),
    ("layanan", "Izin <b>air</b>"),
    ("periode", "Triwulan II 2020"),
    ("populasi", "100"),
    ("buka", "2020-06-01"),
    ("tutup", "2020-06-30"),
    ("cara", "open"),
];

pub(crate) fn list(site: &TestSite) -> String {
    format!("/unit/{}/survei", site.agency.unit.code)
}

/// A draft with one field changed: its address.
pub(crate) async fn draft(site: &TestSite, lead: &Visitor, field: (&str, &str)) -> String {
    let fields = DRAFT.map(|(name, value)| (name, if name == field.0 { field.1 } else { value }));
    let answer = lead.post(&list(site), &fields).await;
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.text());
    answer.location.unwrap()
}

pub(crate) async fn opened(site: &TestSite, lead: &Visitor, field: (&str, &str)) -> (String, store::Kept) {
    let at = draft(site, lead, field).await;
    assert_eq!(lead.post(&format!("{at}/pembukaan"), &[]).await.status.as_u16(), 303);
    let kept = kept(site, &at).await;
    (at, kept)
}

pub(crate) async fn kept(site: &TestSite, at: &str) -> store::Kept {
    let id = at.rsplit('/').next().unwrap().parse().unwrap();
    store::by_id(&site.store, id).await.unwrap().unwrap()
}

pub(crate) fn sheet(form: &Answer) -> String {
    let (_, rest) = form.body.split_once("name=\"lembar\" value=\"").expect("a form");
    rest.split_once('"').unwrap().0.to_owned()
}

pub(crate) fn codes() -> Vec<String> {
    let asked = shipped().find("spak-90-2021").unwrap();
    asked.questions().map(|(_, question)| question.code.clone()).collect()
}

/// Fills a form in with one answer to every question, and other fields beside.
pub(crate) async fn answer(visitor: &Visitor, form: &str, value: &str, beside: &[(&str, &str)]) -> Answer {
    let sheet = sheet(&visitor.get(form).await);
    let codes = codes();
    let mut fields: Vec<(&str, &str)> = codes.iter().map(|code| (code.as_str(), value)).collect();
    fields.push(("lembar", &sheet));
    fields.extend(beside);
    visitor.post(form, &fields).await
}

on_both!(citizens_answer_without_an_account_and_the_team_reads_the_figures, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let (at, kept) = opened(&site, &lead, ("", "")).await;
    let form = format!("/s/{}", kept.campaign.token);
    let page = site.visitor().get(&form).await;
    assert_eq!(page.texts("h1"), ["Izin <b>air</b>"]);
    assert_eq!(page.texts("fieldset.question").len(), codes().len() + 1);
    for (value, way) in [("4", "link"), ("3", "link"), ("4", "poster")] {
        let sent = answer(&site.visitor(), &form, value, &[("lewat", way), ("X2", "=1+1\u{202e}")]).await;
        assert_eq!(sent.location, Some(format!("{form}/terima-kasih")), "{}", sent.text());
    }
    assert!(site.visitor().get(&format!("{form}/terima-kasih")).await.text().contains("Terima kasih"));
    let board = lead.get(&at).await;
    let figures = board.texts(".stat-figure");
    assert_eq!(figures, ["3", "80", "3,67", "91,67"], "{}", board.text());
    assert!(board.text().contains("kurang 77 dari 80 responden"), "{}", board.text());
    assert!(board.text().contains("memilih dirinya sendiri"));
    assert_eq!(board.texts("#kanal tbody td"), ["tautan", "2", "3,50", "poster", "1", "4,00"]);
});

on_both!(running_counts_say_what_the_answers_say, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let (_, kept) = opened(&site, &lead, ("", "")).await;
    let form = format!("/s/{}", kept.campaign.token);
    let visitors: Vec<Visitor> = (0..24).map(|_| site.visitor()).collect();
    let form = &form;
    let sent = visitors.iter().enumerate().map(async |(place, visitor)| {
        let way = if place % 2 == 0 { "poster" } else { "" };
        answer(visitor, form, ["1", "2", "3", "4"][place % 4], &[("lewat", way)]).await.status.as_u16()
    });
    assert!(futures::future::join_all(sent).await.iter().all(|status| *status == 303));
    let answers = store::answers(&site.store, kept.campaign.id).await.unwrap();
    let mut counted = Tally::default();
    answers.iter().for_each(|answer| counted.count(answer));
    assert_eq!(answers.len(), visitors.len());
    assert_eq!(store::tally(&site.store, kept.campaign.id).await.unwrap(), counted);
    assert_eq!(counted.respondents(Some(Channel::Poster)), 12);
});

on_both!(the_same_form_sent_twice_is_one_answer, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let (_, kept) = opened(&site, &lead, ("", "")).await;
    let (form, visitor) = (format!("/s/{}", kept.campaign.token), site.visitor());
    let (sheet, code) = (sheet(&visitor.get(&form).await), codes().remove(0));
    for _ in 0..2 {
        let sent = visitor.post(&form, &[("lembar", &sheet), (&code, "4")]).await;
        assert_eq!(sent.status.as_u16(), 303, "both are thanked");
    }
    let tally = store::tally(&site.store, kept.campaign.id).await.unwrap();
    assert_eq!(tally.respondents(None), 1);
});

on_both!(what_cannot_be_taken_comes_back_with_the_answers_and_leaves_nothing, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let (at, kept) = opened(&site, &lead, ("", "")).await;
    let (form, visitor) = (format!("/s/{}", kept.campaign.token), site.visitor());
    let good = sheet(&visitor.get(&form).await);
    let (first, second) = (codes().remove(0), codes().remove(1));
    let forged = good.replace(|letter: char| letter.is_ascii_digit(), "0");
    for (sheet, value, why) in [
        (good.as_str(), "9", "tidak dikenal"),
        (forged.as_str(), "4", "terlalu lama terbuka"),
        ("", "4", "terlalu lama terbuka"),
        (good.as_str(), "", "Belum ada pertanyaan"),
    ] {
        let given = if value.is_empty() { "" } else { "2" };
        let said = ("X2", "tetap <i>ada</i>");
        let sent = visitor.post(&form, &[("lembar", sheet), (&first, value), (&second, given), said]).await;
        assert_eq!(sent.status.as_u16(), 422);
        assert!(sent.texts("[role=alert]").concat().contains(why), "{}", sent.text());
        assert_eq!(sent.texts("textarea"), ["tetap <i>ada</i>"]);
    }
    assert_eq!(lead.post(&format!("{at}/penutupan"), &[]).await.status.as_u16(), 303);
    let late = visitor.post(&form, &[("lembar", &good), (&first, "4")]).await;
    assert_eq!(late.status.as_u16(), 422);
    assert!(late.text().contains("sudah ditutup"));
    assert!(visitor.get(&form).await.text().contains("sudah ditutup"));
    assert!(store::answers(&site.store, kept.campaign.id).await.unwrap().is_empty());
});

on_both!(the_trail_knows_of_campaigns_and_nothing_of_answers, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let (_, kept) = opened(&site, &lead, ("", "")).await;
    let before = trail_rows(&site).await;
    let sent = answer(&site.visitor(), &format!("/s/{}", kept.campaign.token), "4", &[]).await;
    assert_eq!(sent.status.as_u16(), 303);
    assert_eq!(trail_rows(&site).await, before);
});

on_both!(a_code_answers_once_and_nothing_is_left_that_joins_it_to_the_answer, async |db| {
    let is_postgres = db.backend() == Backend::Postgres;
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let (at, kept) = opened(&site, &lead, ("cara", "codes")).await;
    let paper = lead.post(&format!("{at}/kode"), &[("jumlah", "4")]).await.json();
    let rows = paper["blocks"][2]["rows"].as_array().unwrap().iter().flat_map(|row| row.as_array().unwrap());
    let printed: Vec<&str> = rows.filter_map(|cell| cell["lines"][1].as_str()).collect();
    assert_eq!(printed.len(), 4);
    let form = format!("/s/{}", kept.campaign.token);
    let shouted = printed[0].to_uppercase().replace('-', " ");
    assert_eq!(answer(&site.visitor(), &form, "4", &[("kode", &shouted)]).await.status.as_u16(), 303);
    for code in [printed[0], "aaaaa-aaaaa", ""] {
        let again = answer(&site.visitor(), &form, "1", &[("kode", code)]).await;
        assert_eq!(again.status.as_u16(), 422);
        assert!(again.text().contains("sudah dipakai"), "{}", again.text());
    }
    let id = kept.campaign.id;
    assert_eq!(store::codes_left(&site.store, id).await.unwrap(), 3, "the row of the used one is gone");
    let answers = store::answers(&site.store, id).await.unwrap();
    assert_eq!((answers.len(), answers[0].channel), (1, Channel::Code));
    if is_postgres {
        // PostgreSQL writes the transaction on every row; no row of a code may carry that of an answer.
        site.tamper(
            "DO $$ BEGIN IF EXISTS (SELECT 1 FROM survey_answer a JOIN survey_code c ON a.xmin = c.xmin) \
             THEN RAISE EXCEPTION 'joined'; END IF; END $$",
        )
        .await;
    }
    assert!(lead.get(&at).await.text().contains("4 kode dicetak, 3 belum dipakai"));
});

on_both!(a_frozen_file_carries_its_hash_and_gives_the_same_index_again, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let (at, kept) = opened(&site, &lead, ("", "")).await;
    let form = format!("/s/{}", kept.campaign.token);
    for value in ["4", "3", "3", "1", "2", "4", "4"] {
        answer(&site.visitor(), &form, value, &[("X2", "nama saya Budi")]).await;
    }
    assert_eq!(lead.post(&format!("{at}/pembekuan"), &[]).await.status.as_u16(), 422, "not closed yet");
    assert_eq!(lead.get(&format!("{at}/data/csv")).await.status.as_u16(), 422, "not frozen yet");
    assert_eq!(lead.post(&format!("{at}/penutupan"), &[]).await.status.as_u16(), 303);
    assert_eq!(lead.post(&format!("{at}/pembekuan"), &[]).await.status.as_u16(), 303);
    let csv = lead.get(&format!("{at}/data/csv")).await.body;
    let json = lead.get(&format!("{at}/data/json")).await.json();
    assert!(!csv.contains("Budi"), "free words stay out");
    assert_eq!(json["csv_sha256"], bening_web::chance::digest(&csv));
    assert!(lead.get(&at).await.text().contains(&bening_web::chance::digest(&csv)));
    let asked = shipped().find("spak-90-2021").unwrap();
    let (responses, _) = Table::read(asked, asked.scale(Some(4)).unwrap(), &csv).unwrap();
    let options = Options { population: Some(100), ..Options::default() };
    let again = to_json(&Report::of(&responses, method().unwrap(), &options).unwrap());
    assert_eq!(json["report"], again);
    assert_ne!(again["index_exact"], Value::Null);
    site.tamper("UPDATE survey_answer SET word = '11111111'").await;
    let changed = lead.get(&format!("{at}/data/csv")).await;
    assert_eq!(changed.status.as_u16(), 422, "answers that were changed are not handed out as frozen");
});

on_both!(another_language_keeps_what_was_answered_and_takes_nothing_in, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let (_, kept) = opened(&site, &lead, ("", "")).await;
    let form = format!("/s/{}", kept.campaign.token);
    let citizen = site.visitor();
    let first = kept.campaign.asked().unwrap().questions().next().unwrap().1.code.clone();
    let english = citizen.post(&form, &[("bahasa", "en"), (first.as_str(), "3")]).await;
    assert_eq!(english.status.as_u16(), 200, "{}", english.text());
    assert!(english.text().contains("Send answers"), "{}", english.text());
    assert!(english.body.contains(&format!("name=\"{first}\" value=\"3\" checked")), "{}", english.body);
    assert!(store::answers(&site.store, kept.campaign.id).await.unwrap().is_empty());
    assert!(citizen.get(&form).await.text().contains("Send answers"), "the browser remembers");
});

on_both!(a_draft_is_not_answered_and_what_is_open_is_not_changed, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let at = draft(&site, &lead, ("", "")).await;
    let form = format!("/s/{}", kept(&site, &at).await.campaign.token);
    assert!(site.visitor().get(&form).await.text().contains("belum dibuka"));
    let changed = DRAFT.map(|(name, value)| (name, if name == "layanan" { "Izin lain" } else { value }));
    assert_eq!(lead.post(&format!("{at}/ubah"), &changed).await.status.as_u16(), 303);
    let wrong = DRAFT.map(|(name, value)| (name, if name == "tutup" { "2020-05-01" } else { value }));
    let refused = lead.post(&format!("{at}/ubah"), &wrong).await;
    assert!(refused.texts(".field-error").concat().contains("sebelum hari pembukaan"));
    assert_eq!(lead.post(&format!("{at}/pembukaan"), &[]).await.status.as_u16(), 303);
    assert_eq!(lead.post(&format!("{at}/ubah"), &changed).await.status.as_u16(), 422);
    assert_eq!(kept(&site, &at).await.campaign.service, "Izin lain");
});

on_both!(the_form_weighs_at_most_thirty_kilobytes_in_all, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let (_, kept) = opened(&site, &lead, ("kuesioner", "skm-14-2017:4")).await;
    let visitor = site.visitor();
    let form = visitor.get(&format!("/s/{}", kept.campaign.token)).await;
    let links =
        form.body.split("<link ").skip(1).filter_map(|link| link.split_once("href=\"")?.1.split('"').next());
    let scripts =
        form.body.split("<script ").skip(1).filter_map(|tag| tag.split_once("src=\"")?.1.split('"').next());
    let mut addresses: Vec<String> = links.chain(scripts).map(str::to_owned).collect();
    assert!(addresses.iter().any(|address| address.ends_with(".js")), "the script is weighed too");
    addresses.push(format!("/s/{}", kept.campaign.token));
    let mut bytes = 0;
    for address in &addresses {
        let request = visitor.request(reqwest::Method::GET, address).header("accept-encoding", "br");
        let sent = request.send().await.unwrap();
        bytes +=
            sent.headers().iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum::<usize>();
        bytes += sent.bytes().await.unwrap().len();
    }
    println!("{bytes} bytes over the wire in {} files", addresses.len());
    assert!(bytes <= 30_000, "{bytes} bytes in {addresses:?}");
});
