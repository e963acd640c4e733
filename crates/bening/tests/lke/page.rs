//! A filled workbook through the door of the site: shown as differences, taken over as far as accepted.

use std::collections::BTreeMap;

use bening_core::instrument::{Form, Instrument, Question, Severity};
use bening_core::lke::book::input_key;
use bening_core::lke::{Layer, Side};
use bening_core::scoring::Answer;
use bening_store::lke;
use bening_testkit::{TestDatabase, TestSite, Visitor, on_both};

use crate::hand::{answer_cell, edition, filled, raw, written};

fn best_choices(edition: &Instrument, many: usize) -> Vec<(String, String)> {
    let choices =
        edition.questions().filter_map(|(_, _, question)| match &edition.kind(&question.kind)?.form {
            Form::Choice(answers) => Some((question.code.clone(), answers.first()?.answer.clone())),
            _ => None,
        });
    choices.take(many).collect()
}

/// A workbook in which the unit chose the best answers of these questions.
fn workbook(site: &TestSite, answers: &[(String, String)]) -> Vec<u8> {
    let edition = edition(0);
    let year = bening_core::time::Year::new(2020).expect("a year");
    let (code, name) = (site.agency.unit.code.to_string(), site.agency.unit.name.clone());
    let owner = bening_core::lke::book::Owner { code, name, year };
    let template = bening_core::lke::book::Book::template(edition);
    let bytes = written(&bening_core::lke::book::Book { owner: Some(owner), ..template });
    let found = raw(&bytes);
    let typed = answers.iter().map(|(code, answer)| (answer_cell(&found, code, Side::Unit), answer.clone()));
    filled(&bytes, &typed.collect::<BTreeMap<_, _>>())
}

/// A unit's worksheet for 2020, begun by its team lead.
async fn begun(site: &TestSite) -> (Visitor, String) {
    let lead = site.sign_in("ketua").await;
    let base = format!("/unit/{}/lke/2020", site.agency.unit.code);
    let answer = lead.post(&base, &[("edisi", &edition(0).id)]).await;
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.body);
    (lead, base)
}

async fn answered(site: &TestSite) -> Vec<String> {
    let year = bening_core::time::Year::new(2020).expect("a year");
    let found = lke::find(&site.store, site.agency.unit.id, year).await.expect("read").expect("begun");
    found.sheet(Layer::Unit).iter().map(|(code, _)| code.to_owned()).collect()
}

on_both!(
    a_filled_workbook_shows_its_differences_and_only_the_accepted_are_saved,
    async |db: TestDatabase| {
        let site = TestSite::start(db).await;
        let (lead, base) = begun(&site).await;
        let answers = best_choices(&edition(0), 3);
        let page =
            lead.upload(&format!("{base}/impor"), "berkas", "lke.xlsx", workbook(&site, &answers)).await;
        assert_eq!(page.status.as_u16(), 200, "{}", page.text());
        for (code, _) in &answers {
            assert!(page.text().contains(code.as_str()), "{code} is not shown");
        }
        assert!(answered(&site).await.is_empty(), "looking changes nothing");
        let contents = hidden(&page.body, "isi");
        let chosen = [("isi", contents.as_str()), ("kode", &answers[0].0), ("kode", &answers[2].0)];
        let saved = lead.post(&format!("{base}/impor/simpan"), &chosen).await;
        assert_eq!(saved.status.as_u16(), 303, "{}", saved.body);
        assert_eq!(answered(&site).await, [answers[0].0.clone(), answers[2].0.clone()]);
        let year = bening_core::time::Year::new(2020).expect("a year");
        let found = lke::find(&site.store, site.agency.unit.id, year).await.expect("read").expect("begun");
        let first = found.answer(Layer::Unit, &answers[0].0).cloned();
        assert_eq!(first, Some(Answer::Choice(answers[0].1.clone())));
        let again = lead.post(&format!("{base}/impor/simpan"), &chosen).await;
        assert_eq!(again.status.as_u16(), 303, "the same once more changes nothing: {}", again.body);
    }
);

on_both!(a_wrong_cell_is_named_and_nothing_is_saved, async |db: TestDatabase| {
    let site = TestSite::start(db).await;
    let (lead, base) = begun(&site).await;
    let wrong = [(best_choices(&edition(0), 1)[0].0.clone(), "Mungkin".to_owned())];
    let page = lead.upload(&format!("{base}/impor"), "berkas", "lke.xlsx", workbook(&site, &wrong)).await;
    assert_eq!(page.status.as_u16(), 422);
    assert!(page.text().contains("Mungkin") && page.text().contains(", sel F"), "{}", page.text());
    let forged = format!("{{\"{0}\": {{\"was\": {{}}, \"now\": {{\"answer\": \"Mungkin\"}}}}}}", wrong[0].0);
    let fields = [("isi", forged.as_str()), ("kode", wrong[0].0.as_str())];
    let refused = lead.post(&format!("{base}/impor/simpan"), &fields).await;
    assert_eq!(refused.status.as_u16(), 422, "{}", refused.body);
    assert!(answered(&site).await.is_empty());
});

/// Numbers that an edition refuses, where it can tell: those of the first such question, with its code.
fn more_done_than_received(edition: &Instrument) -> (String, Vec<(String, String)>) {
    let strict =
        |question: &&Question| question.checks.iter().any(|check| check.severity == Severity::Refuse);
    let mut questions = edition.questions().map(|(_, _, question)| question);
    let question = questions.find(strict).expect("a rule that refuses");
    let rule = &question.checks[0].rule;
    let (less, more) = (rule.left.to_string(), rule.right.to_string());
    let number = |name: &str| {
        if name == less {
            "9"
        } else if name == more {
            "4"
        } else {
            "1"
        }
    };
    let inputs = question.inputs.iter();
    let typed = inputs.map(|input| (input_key(question, &input.name), number(&input.name).to_owned()));
    (question.code.clone(), typed.collect())
}

on_both!(numbers_that_cannot_be_true_are_shown_as_refused_and_not_saved_either, async |db: TestDatabase| {
    let site = TestSite::start(db).await;
    let (lead, base) = begun(&site).await;
    let (code, typed) = more_done_than_received(&edition(0));
    let file = workbook(&site, &typed);
    let page = lead.upload(&format!("{base}/impor"), "berkas", "lke.xlsx", file).await;
    assert_eq!(page.status.as_u16(), 200, "{}", page.text());
    assert!(page.text().contains("isian tidak mungkin"), "{}", page.text());
    assert!(!page.body.contains(&format!("name=\"kode\" value=\"{code}\"")), "it can be ticked");
    let contents = hidden(&page.body, "isi");
    let chosen = [("isi", contents.as_str()), ("kode", code.as_str())];
    let saved = lead.post(&format!("{base}/impor/simpan"), &chosen).await;
    assert_eq!(saved.status.as_u16(), 422, "{}", saved.body);
    assert!(saved.text().contains("isian tidak mungkin"), "{}", saved.text());
    assert!(answered(&site).await.is_empty());
});

/// The value of a hidden field.
fn hidden(page: &str, name: &str) -> String {
    let start = page.find(&format!("name=\"{name}\" value=\"")).expect("the field");
    let value = page[start..].split('"').nth(3).expect("its value");
    let signs = [
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&lt;", "<"),
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#38;", "&"),
        ("&amp;", "&"),
    ];
    signs.into_iter().fold(value.to_owned(), |text, (code, sign)| text.replace(code, sign))
}
