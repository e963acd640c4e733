//! What a unit brings to a step of its road, through the doors everybody uses: plan, worksheet, assessment, report,
//! facts, pacts. Which step needs what is said by the rules; the walk itself stands in `road.rs`.

use std::collections::BTreeMap;

use bening_core::candidacy::rules::Need;
use bening_core::instrument::{FactKind, Instrument, Subject, shipped};
use bening_testkit::agency::PASSWORD;
use bening_testkit::{TestSite, Visitor};
use chrono::NaiveDate;
use reqwest::{Method, StatusCode};
use serde_json::Value;

use crate::assessment::seat;
use crate::ground::assert_done;
use crate::lhe::WORDING;
use crate::lke::NOTHING;

const APPRAISAL: &str = "/unit/AIR/predikat/penilaian";

/// What stands between two marks, again and again.
fn between<'a>(text: &'a str, before: &str, after: &str) -> Vec<&'a str> {
    text.split(before).skip(1).filter_map(|rest| rest.split(after).next()).collect()
}

/// The best answers under an edition, from its worked example.
fn best(edition: &str) -> Value {
    let example = match edition {
        "permenpanrb-52-2014" => include_str!("../../../../instruments/examples/52-2014-terbaik.json"),
        _ => include_str!("../../../../instruments/examples/90-2021-terbaik.json"),
    };
    serde_json::from_str::<Value>(example).unwrap()["answers"].take()
}

/// The year of a unit as its people fill it in.
pub(crate) struct Desk<'a> {
    pub(crate) site: &'a TestSite,
    pub(crate) edition: &'static str,
    pub(crate) today: NaiveDate,
    year: String,
    people: BTreeMap<&'static str, Visitor>,
}

impl<'a> Desk<'a> {
    /// Everybody at their desk on a day of the year.
    pub(crate) async fn open(site: &'a TestSite, edition: &'static str, today: NaiveDate) -> Self {
        let mut people = BTreeMap::new();
        for login in ["admin", "kepala", "tpi", "tpi-ketua", "dalnis", "tpn", "direktur", "ketua", "pegawai"]
        {
            people.insert(login, site.sign_in(login).await);
        }
        let desk = Self { site, edition, today, year: today.format("%Y").to_string(), people };
        if desk.year != "2020" {
            desk.appoint().await;
        }
        desk
    }

    /// Somebody of the agency.
    pub(crate) fn who(&self, login: &str) -> &Visitor {
        &self.people[login]
    }

    /// Brings what a step needs.
    pub(crate) async fn bring(&self, need: &Need) {
        match need {
            Need::Plan => self.plan().await,
            Need::Lke => self.worksheet().await,
            Need::Tpi => self.assessment().await,
            Need::Lhe => self.report().await,
            Need::Eligible => self.facts().await,
            Need::Pacts { .. } => self.pacts().await,
            Need::Appraised => self.appraise("tidak-memenuhi").await,
            Need::Cleared => self.appraise("memenuhi").await,
        }
    }

    /// The national team gives one verdict on everything in the stage, and writes down who sat together.
    async fn appraise(&self, verdict: &str) {
        let page = self.who("tpn").get(APPRAISAL).await.body;
        let stage = between(&page, &format!("action=\"{APPRAISAL}/"), "\"")[0];
        let form = format!("{APPRAISAL}/{stage}");
        let sat = self.today.to_string();
        let sitting =
            [("tanggal", &*sat), ("tempat", "Jakarta"), ("hadir", "Ani; KemenPANRB"), ("hasil", "Lengkap")];
        self.done("tpn", &format!("{form}/berita-acara"), &sitting).await;
        let items = between(&page, "name=\"dilihat-", ">");
        let items = items.into_iter().filter_map(|text| text.split_once("\" value=\""));
        let said = items.flat_map(|(item, seen)| {
            let seen = seen.trim_end_matches('"');
            [("putusan", verdict), ("catatan", "Dilihat pada berkas usulan"), ("dilihat", seen)]
                .map(|(name, value)| (format!("{name}-{item}"), value.to_owned()))
        });
        let said: Vec<(String, String)> = said.collect();
        let fields: Vec<(&str, &str)> = said.iter().map(|(name, value)| (&**name, &**value)).collect();
        self.done("tpn", &form, &fields).await;
    }

    fn law(&self) -> &'static Instrument {
        shipped().by_id(self.edition).unwrap()
    }

    fn sheet(&self) -> String {
        format!("/unit/AIR/lke/{}", self.year)
    }

    async fn done(&self, login: &str, path: &str, fields: &[(&str, &str)]) {
        assert_done(&self.who(login).post(path, fields).await);
    }

    async fn plan(&self) {
        let plan = format!("/unit/AIR/rencana/{}", self.year);
        if self.year != "2020" {
            self.done("ketua", &format!("{plan}/salinan"), &[("dari", "2020")]).await;
        }
        self.done("direktur", &format!("{plan}/persetujuan"), &[("catatan", "")]).await;
    }

    async fn worksheet(&self) {
        self.done("ketua", &self.sheet(), &[("edisi", self.edition)]).await;
        for (code, answer) in best(self.edition).as_object().unwrap() {
            self.answer(code, answer).await;
        }
        self.done("ketua", &format!("{}/pengajuan", self.sheet()), &[]).await;
    }

    async fn answer(&self, code: &str, answer: &Value) {
        let who = self.who("ketua");
        let mut fields = vec![("was".to_owned(), NOTHING.to_owned()), ("_csrf".into(), who.token().into())];
        match answer {
            Value::String(choice) => fields.push(("jawaban".into(), choice.clone())),
            other => fields.extend(other.as_object().unwrap().iter().map(|(name, value)| {
                let typed = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                (if name == "indeks" { "jawaban".to_owned() } else { format!("isian.{name}") }, typed)
            })),
        }
        let request = who.request(Method::PUT, &format!("{}/jawaban/{code}", self.sheet()));
        let said = who.send(request.header("accept", "application/json").form(&fields)).await;
        assert_eq!(said.status, StatusCode::OK, "{code}: {}", said.body);
    }

    async fn assessment(&self) {
        let mut parts: Vec<&str> = self.law().questions().map(|(_, sub, _)| sub.code.as_str()).collect();
        parts.dedup();
        for part in parts {
            self.done("tpi", &format!("{}/persetujuan/{part}", self.sheet()), &[]).await;
        }
        for login in ["tpi", "tpi-ketua", "dalnis"] {
            self.done(login, &format!("{}/pengajuan", self.sheet()), &[]).await;
        }
    }

    /// The internal team of another year than the agency's first.
    async fn appoint(&self) {
        let formed =
            self.who("admin").post("/penilaian/tim", &[("tahun", &self.year), ("nama", "Tim")]).await;
        assert_done(&formed);
        let team = formed.location.unwrap();
        for (login, chair) in [("tpi", "anggota"), ("tpi-ketua", "ketua"), ("dalnis", "pengendali-teknis")] {
            assert_done(&seat(self.who("admin"), self.site, &team, login, chair).await);
        }
        self.done("admin", &format!("{team}/unit"), &[("unit", "AIR")]).await;
    }

    async fn report(&self) {
        let (lhe, today) = (format!("{}/lhe", self.sheet()), self.today.to_string());
        let fields = WORDING.map(|(name, value)| (name, if name == "tanggal" { &*today } else { value }));
        self.done("dalnis", &lhe, &fields).await;
        self.done("dalnis", &format!("{lhe}/penerbitan"), &[]).await;
    }

    async fn facts(&self) {
        self.state("admin", &format!("/instansi/fakta/{}", self.year), Subject::Agency).await;
        self.state("ketua", &format!("{}/fakta", self.sheet()), Subject::Unit).await;
    }

    async fn state(&self, login: &str, path: &str, subject: Subject) {
        let mut fields = Vec::new();
        for fact in self.law().facts.iter().filter(|fact| fact.subject == subject) {
            fields.push((format!("nilai.{}", fact.name), good(&fact.name, &fact.kind)));
            fields.push((format!("sumber.{}", fact.name), "Surat 1".to_owned()));
            fields.push((format!("was.{}", fact.name), String::new()));
        }
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.done(login, path, &fields).await;
    }

    /// The pact of the year: its text, its one employee, and a signature with the password once more.
    async fn pacts(&self) {
        let pact = format!("/unit/AIR/pakta/{}", self.year);
        self.done("ketua", &pact, &[("teks", "Saya jujur.")]).await;
        let listed = self.who("ketua").get(&pact).await.text().contains("Pegawai Air");
        if !listed {
            let form = reqwest::multipart::Form::new()
                .text("_csrf", self.who("ketua").token().to_owned())
                .text("tempel", "Pegawai Air;1980;Analis;pegawai")
                .text("sejak", format!("{}-01-01", self.year));
            let request = self.who("ketua").request(Method::POST, &format!("{pact}/pegawai"));
            assert_done(&self.who("ketua").send(request.multipart(form)).await);
        }
        let read = self.who("pegawai").get(&pact).await.texts("#teks .hash").pop().unwrap();
        let hash = read.trim_start_matches("SHA-256").trim();
        let sign = format!("{pact}/tanda-tangan");
        self.done("pegawai", &sign, &[("sandi", PASSWORD), ("teks", hash)]).await;
    }
}

/// A statement that fulfils every condition of the editions.
fn good(name: &str, kind: &FactKind) -> String {
    let said = match kind {
        FactKind::YesNo if name == "pernah_dicabut" => "tidak",
        FactKind::YesNo => "ya",
        FactKind::Percent => "100",
        FactKind::Number => "3",
        FactKind::Scale(scale) if scale == "opini" => "WTP",
        FactKind::Scale(_) => "A",
        FactKind::Choice(values) => return values[0].clone(),
    };
    said.to_owned()
}
