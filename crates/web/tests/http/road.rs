//! A unit's whole road through HTTP: from its declaration to WBK, a year on to WBBM, and to revocation, each step by
//! the right person; every shortcut is refused with the rule and its citation. Under both regulations.

use bening_core::candidacy::Stage;
use bening_core::candidacy::rules::{self, Rules, Step};
use bening_testkit::{Answer, TestDatabase, TestSite, on_both};
use chrono::{Datelike, NaiveDate, TimeDelta};
use reqwest::StatusCode;

use crate::ground::{assert_done, assert_says, trail_rows};
use crate::road_preparations::Desk;

const ROAD: &str = "/unit/AIR/predikat";
const REFUSED: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// The steps of a road after its declaration, with a return from the internal team and an objection on the way.
const WAY: [&str; 15] = [
    "penetapan-calon",
    "pembangunan",
    "penilaian-mandiri",
    "mulai-tpi",
    "pengembalian",
    "perbaikan",
    "mulai-tpi",
    "rekomendasi",
    "usulan",
    "seleksi-administrasi",
    "sanggahan",
    "analisis-dokumen",
    "wawancara",
    "observasi-lapangan",
    "panel",
];

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Who does a step, and somebody who may not.
fn right_and_wrong(step: &Step) -> (&'static str, &'static str) {
    match step.by {
        rules::Desk::Unit => ("ketua", "tpn"),
        rules::Desk::Agency => ("admin", "ketua"),
        rules::Desk::Head => ("kepala", "ketua"),
        rules::Desk::Assessor => ("tpi-ketua", "tpi"),
        rules::Desk::National => ("tpn", "kepala"),
    }
}

/// A road under way.
struct Walk<'a> {
    desk: Desk<'a>,
    rules: &'static Rules,
    predicate: &'static str,
    /// The day on which steps happen, told by those who record them.
    on: NaiveDate,
    stage: Stage,
    taken: usize,
}

impl<'a> Walk<'a> {
    /// Declares the road; the predicate that does not come first is refused, and a second road beside this one.
    async fn begin(desk: Desk<'a>, predicate: &'static str, on: NaiveDate) -> Self {
        let rules = rules::by_id(desk.edition).unwrap();
        let walk = Self { desk, rules, predicate, on, stage: Stage::Declared, taken: 1 };
        assert_eq!(walk.declare("pegawai", predicate).await.status, StatusCode::FORBIDDEN);
        if predicate == "WBK" {
            assert_says(&walk.declare("ketua", "WBBM").await, REFUSED, &rules.prerequisites[0].citation);
        }
        assert_done(&walk.declare("ketua", predicate).await);
        assert_says(&walk.declare("ketua", predicate).await, REFUSED, "masih menempuh");
        walk
    }

    async fn declare(&self, login: &str, predicate: &str) -> Answer {
        let on = self.on.to_string();
        let fields = [
            ("predikat", predicate),
            ("acara", "Apel pencanangan"),
            ("tempat", "Jakarta"),
            ("tanggal", &on),
            ("oleh", "Direktur Air"),
            ("saksi", "Sri; Ombudsman"),
            ("nomor", "01/PIAGAM"),
        ];
        self.desk.who(login).post(ROAD, &fields).await
    }

    async fn ask(&self, login: &str, code: &str, on: NaiveDate) -> Answer {
        self.ask_having_seen(self.taken, login, code, on).await
    }

    async fn ask_having_seen(&self, seen: usize, login: &str, code: &str, on: NaiveDate) -> Answer {
        let (seen, on) = (seen.to_string(), on.to_string());
        let fields = [
            ("dilihat", &*seen),
            ("tanggal", &on),
            ("nomor", "7/KEP"),
            ("judul", "Keputusan"),
            ("alasan", "Alasan yang cukup panjang"),
        ];
        self.desk.who(login).post(&format!("{ROAD}/langkah/{code}"), &fields).await
    }

    /// Takes a step as the right person, after every wrong way to it was refused.
    async fn take(&mut self, code: &str) {
        let step = self.rules.step(code).unwrap();
        let (right, wrong) = right_and_wrong(step);
        self.try_shortcuts().await;
        assert_eq!(self.ask(wrong, code, self.on).await.status, StatusCode::FORBIDDEN, "{code} by {wrong}");
        let before = self.on - TimeDelta::days(1);
        assert_says(&self.ask(right, code, before).await, REFUSED, &step.citation);
        let ahead = self.desk.today + TimeDelta::days(1);
        assert_says(&self.ask(right, code, ahead).await, REFUSED, &step.citation);
        for need in step.needs.iter().filter(|_| code != "perbaikan") {
            assert_says(&self.ask(right, code, self.on).await, REFUSED, &step.citation);
            self.desk.bring(need).await;
        }
        if let Some((_, citation)) =
            self.rules.deadline(code, self.on.year()).filter(|_| self.on < self.desk.today)
        {
            assert_says(&self.ask(right, code, self.desk.today).await, REFUSED, citation);
        }
        assert_done(&self.ask(right, code, self.on).await);
        (self.stage, self.taken) = (step.to, self.taken + 1);
        let again = self.ask_having_seen(self.taken - 1, right, code, self.on).await;
        assert_eq!(again.status, StatusCode::CONFLICT, "{code} by two at once");
    }

    /// Every step that does not lead on from here is refused to its own people, and leaves nothing.
    async fn try_shortcuts(&self) {
        let trail = trail_rows(self.desk.site).await;
        let leads_on = |step: &&Step| step.from.contains(&self.stage) && step.is_for(self.predicate);
        for step in self.rules.steps.iter().filter(|step| !leads_on(step)) {
            let said = self.ask(right_and_wrong(step).0, &step.code, self.on).await;
            assert_says(&said, REFUSED, &step.citation);
        }
        assert_eq!(trail_rows(self.desk.site).await, trail, "refused steps leave nothing");
    }

    /// To the decree, which the public sees from then on.
    async fn reach_the_decree(&mut self) {
        for code in WAY {
            self.take(code).await;
        }
        let decree = self.rules.next(Stage::Panel, self.predicate).find(|step| step.to == Stage::Determined);
        assert_eq!(self.public().await, None, "nothing is public before the decree");
        self.take(&decree.unwrap().code).await;
        assert_eq!(self.public().await.as_deref(), Some("berlaku"));
        self.take("pemantauan").await;
    }

    /// What everybody reads of the predicate.
    async fn public(&self) -> Option<String> {
        let open = self.desk.site.visitor().get("/publik/predikat.json").await.json();
        let rows = open["predikat"].as_array().unwrap();
        let row = rows.iter().find(|row| row["predikat"] == self.predicate)?;
        row["keadaan"].as_str().map(str::to_owned)
    }
}

/// Lets the time go by until a day.
fn until(site: &TestSite, from: NaiveDate, to: NaiveDate) {
    site.wait((to - from).num_seconds());
}

/// WBK in one year, WBBM in the next, then revoked: with the day of each road and the day on which it is recorded.
async fn walk(db: TestDatabase, edition: &'static str, [first, recorded, second]: [&str; 3]) {
    let site = TestSite::start(db).await;
    until(&site, day("2020-06-15"), day(recorded));
    let mut road = Walk::begin(Desk::open(&site, edition, day(recorded)).await, "WBK", day(first)).await;
    road.reach_the_decree().await;
    until(&site, day(recorded), day(second));
    let mut road = Walk::begin(Desk::open(&site, edition, day(second)).await, "WBBM", day(second)).await;
    road.reach_the_decree().await;
    road.take("pencabutan").await;
    road.try_shortcuts().await;
    assert_eq!(road.public().await.as_deref(), Some("dicabut"));
    assert_says(&road.declare("ketua", "WBBM").await, REFUSED, &road.rules.ban.citation);
    let page = road.desk.who("ketua").get(ROAD).await;
    let (now, before) =
        (page.texts("#riwayat tbody tr").len(), page.texts("details.card > ul.plain > li").len());
    assert_eq!((now, before), (WAY.len() + 4, WAY.len() + 3), "nothing was ever deleted");
}

on_both!(a_unit_walks_to_wbk_on_to_wbbm_and_to_revocation_under_52_2014, async |db: TestDatabase| {
    walk(db, "permenpanrb-52-2014", ["2020-06-15", "2020-06-15", "2021-06-15"]).await;
});

on_both!(a_unit_walks_to_wbk_on_to_wbbm_and_to_revocation_under_90_2021, async |db: TestDatabase| {
    walk(db, "permenpanrb-90-2021", ["2023-05-30", "2023-06-02", "2024-04-02"]).await;
});
