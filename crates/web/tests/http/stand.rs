//! Where a unit stands: dashboard, conditions, stated facts, efforts, what-if.

use bening_core::audit::{Actor, Entry as Recorded};
use bening_core::lke::{Entry, Layer, Lke};
use bening_core::scoring::Answer;
use bening_core::time::Year;
use bening_store::lke;
use bening_testkit::{TestDatabase, TestSite, on_both};

const OLD: &str = "/unit/AIR/lke/2020";
const NEW: &str = "/unit/AIR/lke/2022";

async fn begun(database: TestDatabase) -> TestSite {
    let site = TestSite::start(database).await;
    let lead = site.sign_in("ketua").await;
    for (address, edition) in [(OLD, "permenpanrb-52-2014"), (NEW, "permenpanrb-90-2021")] {
        let answer = lead.post(address, &[("edisi", edition)]).await;
        assert_eq!(answer.status.as_u16(), 303, "{}", answer.body);
    }
    site
}

async fn sheet(site: &TestSite, year: i64) -> Lke {
    let found = lke::find(&site.store, site.agency.unit.id, Year::new(year).unwrap()).await.unwrap();
    found.expect("a worksheet")
}

async fn answered(site: &TestSite, year: i64, answers: &[(&str, &str)]) {
    let before = sheet(site, year).await;
    let (mut after, by) = (before.clone(), site.agency.person("ketua"));
    let at = bening_testkit::agency::first_day().and_hms_opt(2, 0, 0).unwrap().and_utc();
    let entries = &mut after.layers.entry(Layer::Unit).or_default().entries;
    for (code, answer) in answers {
        let answer = Some(Answer::Choice((*answer).to_owned()));
        entries.insert((*code).to_owned(), Entry { answer, note: String::new(), by, at });
    }
    let tx = site.store.begin().await.unwrap();
    lke::save(&tx, &before, &after).await.unwrap();
    tx.commit(Recorded::new(Actor::Console, "lke.imported", before.id.0), at).await.unwrap();
}

on_both!(the_dashboard_shows_the_distance_each_area_and_the_cheapest_way, async |database: TestDatabase| {
    let site = begun(database).await;
    answered(&site, 2022, &[("MP-P1a", "Ya"), ("MP-P1b", "A")]).await;
    let lead = site.sign_in("ketua").await;
    let page = lead.get(&format!("{NEW}/posisi?predikat=WBK")).await;
    assert_eq!(page.status.as_u16(), 200, "{}", page.body);
    assert_eq!(page.texts(".dial-figure"), ["0,50"]);
    assert!(page.texts(".headline")[0].contains("kurang 74,50 poin"), "{:?}", page.texts(".headline"));
    assert_eq!(page.texts("table.bars")[0].matches('✕').count(), 6, "one line an area");
    let way = page.texts("#jalan").concat();
    assert!(
        way.contains("Tidak terjangkau dengan memperbaiki jawaban"),
        "surveys are nobody's to decide: {way}"
    );
    assert!(!way.contains("MP-P1a"), "what is best already is not improved");
    let with_surveys = lead.get(&format!("{NEW}/posisi?predikat=WBK&survei=ya")).await;
    let way = with_surveys.texts("#jalan").concat();
    assert!(way.contains("hasil survei") && !way.contains("Tidak terjangkau"), "{way}");
});

on_both!(what_if_reckons_and_keeps_nothing, async |database: TestDatabase| {
    let site = begun(database).await;
    let before = sheet(&site, 2022).await;
    let lead = site.sign_in("ketua").await;
    let page = lead
        .get(&format!(
            "{NEW}/andai?predikat=WBBM&MP-P1a=Ya&MP-P1b=&PW-R2a.harus_ditindaklanjuti=12&PW-R2a.selesai=9"
        ))
        .await;
    assert_eq!(page.status.as_u16(), 200, "{}", page.body);
    let moved = page.texts("tr.moved");
    assert!(
        moved.iter().any(|row| row.contains("Manajemen Perubahan") && row.contains("+0,25")),
        "{moved:?}"
    );
    assert!(moved.iter().any(|row| row.contains("Penguatan Pengawasan")), "{moved:?}");
    let wrong = lead.get(&format!("{NEW}/andai?MP-P1a=Z")).await;
    assert!(wrong.texts("[role=alert]").concat().contains("MP-P1a"), "{}", wrong.text());
    assert_eq!(sheet(&site, 2022).await, before);
});

on_both!(
    what_is_not_stated_is_unknown_and_what_is_stated_names_its_document,
    async |database: TestDatabase| {
        let site = begun(database).await;
        let lead = site.sign_in("ketua").await;
        let of = async |code: &str| {
            lead.get(&format!("{NEW}/kelayakan")).await.texts(&format!("#{code}")).concat()
        };
        assert!(of("UNIT-TLHP").await.contains("? belum diketahui"), "{}", of("UNIT-TLHP").await);
        let without = [("nilai.persen_tlhp", "100"), ("sumber.persen_tlhp", ""), ("was.persen_tlhp", "")];
        let refused = lead.post(&format!("{NEW}/fakta"), &without).await;
        assert_eq!(refused.status.as_u16(), 422);
        assert!(refused.text().contains("sebutkan dokumen sumbernya"), "{}", refused.text());
        assert!(of("UNIT-TLHP").await.contains("belum diketahui"), "a refused form leaves nothing");
        let given = [
            ("nilai.persen_tlhp", "99,5"),
            ("sumber.persen_tlhp", "Surat APIP 12/2022"),
            ("was.persen_tlhp", ""),
        ];
        assert_eq!(lead.post(&format!("{NEW}/fakta"), &given).await.status.as_u16(), 303);
        let row = of("UNIT-TLHP").await;
        assert!(
            row.contains("99,50") && row.contains("✕ belum terpenuhi") && row.contains("Surat APIP 12/2022"),
            "{row}"
        );
        let stale = [("nilai.persen_tlhp", "100"), ("sumber.persen_tlhp", "Lain"), ("was.persen_tlhp", "")];
        let conflict = lead.post(&format!("{NEW}/fakta"), &stale).await;
        assert_eq!(conflict.status.as_u16(), 422);
        assert!(conflict.text().contains("baru saja diubah orang lain"), "{}", conflict.text());
        assert!(of("UNIT-TLHP").await.contains("99,50"), "nothing was overwritten");
        let employee = site.sign_in("pegawai").await;
        assert_eq!(employee.post(&format!("{NEW}/fakta"), &given).await.status.as_u16(), 403);
    }
);

on_both!(a_register_says_what_it_knows_of_a_fact_and_states_nothing, async |database: TestDatabase| {
    let site = begun(database).await;
    let lead = site.sign_in("ketua").await;
    let facts = format!("{NEW}/fakta");
    assert!(!lead.get(&facts).await.body.contains("Menurut register"));
    let reported = [
        ("tahun", "2022"),
        ("k-laporan", "lhkpn"),
        ("k-golongan", "eselon-3"),
        ("k-wajib", "8"),
        ("k-lapor", "6"),
        ("k-per", "2022-03-31"),
        ("k-sumber", "Unduhan e-LHKPN"),
    ];
    let register = format!("/unit/{}/pengawasan/lhkpn", site.agency.unit.code);
    let written = lead.post(&register, &reported).await;
    assert_eq!(written.status.as_u16(), 303, "{}", written.body);
    let page = lead.get(&facts).await;
    let said = page.texts(".fact-what").concat();
    assert!(said.contains("Menurut register: 75% (6 dari 8)"), "{said}");
    assert!(page.body.contains(&format!("{register}/rekap?tahun=2022")), "{}", page.body);
    let condition = lead.get(&format!("{NEW}/kelayakan")).await.texts("#UNIT-LHKPN").concat();
    assert!(condition.contains("belum diketahui"), "the register states nothing itself: {condition}");
});

on_both!(
    both_readings_of_the_minimum_stand_side_by_side_and_the_default_is_marked,
    async |database: TestDatabase| {
        let site = begun(database).await;
        let page = site.sign_in("ketua").await.get(&format!("{NEW}/kelayakan?predikat=WBBM")).await;
        let (default, other) =
            (page.texts("#NILAI-AREA").concat(), page.texts("#NILAI-AREA-BAGIAN").concat());
        assert!(default.contains("bacaan bawaan") && !default.contains("hanya peringatan"), "{default}");
        assert!(other.contains("bacaan lain") && other.contains("hanya peringatan"), "{other}");
        assert_eq!(page.texts("#NILAI-AREA-BAGIAN .bars tr").len(), 12, "six areas, two parts each");
    }
);

on_both!(an_affirmation_is_stated_and_sets_aside_only_what_was_named, async |database: TestDatabase| {
    let site = begun(database).await;
    let (admin, head) = (site.sign_in("admin").await, site.sign_in("direktur").await);
    let kind = [
        ("nilai.jenis_instansi", "pemda"),
        ("sumber.jenis_instansi", "Perda 1/2016"),
        ("was.jenis_instansi", ""),
    ];
    assert_eq!(admin.post("/instansi/fakta/2022", &kind).await.status.as_u16(), 303);
    let stated = [
        ("nilai.afirmasi", "rsud"),
        ("sumber.afirmasi", "Surat Stranas PK 3/2022"),
        ("was.afirmasi", ""),
        ("dikesampingkan", "UNIT-LAMA"),
        ("dikesampingkan", "UNIT-SAKIP"),
    ];
    let answer = head.post(&format!("{NEW}/fakta"), &stated).await;
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.body);
    let page = head.get(&format!("{NEW}/kelayakan?predikat=WBK")).await;
    assert!(page.texts("#UNIT-LAMA").concat().contains("dikesampingkan karena afirmasi"));
    assert!(!page.texts("#UNIT-TLHP").concat().contains("dikesampingkan karena afirmasi"));
    assert!(page.text().contains("Rumah sakit umum daerah"));
    assert_eq!(head.post("/instansi/fakta/2022", &kind).await.status.as_u16(), 403);
});

on_both!(an_effort_set_by_the_team_changes_the_way, async |database: TestDatabase| {
    let site = begun(database).await;
    let lead = site.sign_in("ketua").await;
    let way = async || lead.get(&format!("{NEW}/posisi?survei=ya")).await;
    let before = way().await;
    let first = before.texts("#jalan tbody td:first-child b").remove(0);
    let refused = lead.post(&format!("{NEW}/upaya"), &[("MP-P1a", "0")]).await;
    assert_eq!(refused.status.as_u16(), 422);
    assert!(refused.text().contains("bilangan bulat 1 sampai 100"), "{}", refused.text());
    let member = site.sign_in("anggota").await;
    let survey = member.post(&format!("{NEW}/upaya"), &[("PL-H1a", "90")]).await;
    assert_eq!(survey.status.as_u16(), 403, "an area member sets what lies in the area");
    let set = lead.post(&format!("{NEW}/upaya"), &[(first.as_str(), "100")]).await;
    assert_eq!(set.status.as_u16(), 303, "{}", set.body);
    let efforts = lke::efforts(&site.store, sheet(&site, 2022).await.id).await.unwrap();
    assert_eq!(efforts.set_for(&first), Some(100));
    assert_ne!(way().await.texts("#jalan"), before.texts("#jalan"), "{first} is dear now");
    let employee = site.sign_in("pegawai").await;
    assert_eq!(employee.post(&format!("{NEW}/upaya"), &[("MP-P1a", "2")]).await.status.as_u16(), 403);
});
