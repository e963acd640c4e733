//! The proposal of units: what would fail is said with its rule, and the package of a unit that is ready has its parts
//! in the order of the data.

use std::io::{Cursor, Read};

use bening_core::candidacy::Stage;
use bening_core::candidacy::package::Package;
use bening_core::candidacy::rules::Need;
use bening_testkit::{TestSite, on_both};
use chrono::NaiveDate;
use reqwest::{Method, StatusCode};
use sha2::{Digest, Sha256};

use crate::candidacy::standing_at;
use crate::ground::{assert_done, assert_says};
use crate::road_preparations::Desk;
use crate::survey::{answer, kept};
use crate::survey_own::campaign;

const PAGE: &str = "/instansi/usulan/2020";
const ZIP: &str = "/instansi/usulan/2020/berkas?unit=AIR";
const EDITION: &str = "permenpanrb-52-2014";

/// A frozen survey of the year, published.
async fn survey(site: &TestSite, desk: &Desk<'_>) {
    let at = campaign(site, desk.who("ketua"), &[]).await;
    let form = format!("/s/{}", kept(site, &at).await.campaign.token);
    assert_eq!(answer(&site.visitor(), &form, "4", &[]).await.status.as_u16(), 303);
    for step in ["penutupan", "pembekuan"] {
        assert_done(&desk.who("ketua").post(&format!("{at}/{step}"), &[]).await);
    }
    let report = desk.who("admin").get(PAGE).await;
    assert_says(&report, StatusCode::OK, "dibekukan dan dipublikasikan");
    let words = [("temuan", "-"), ("tindak_lanjut", "Loket kedua.")];
    assert_done(&desk.who("ketua").post(&format!("{at}/laporan"), &words).await);
    assert_done(&desk.who("direktur").post(&format!("{at}/publikasi"), &[]).await);
}

/// Issues a paper about the unit.
async fn paper(desk: &Desk<'_>, template: &str) {
    let fields = [
        ("tanggal", "2020-06-15"),
        ("penanda", "Kepala"),
        ("jabatan", "Menteri"),
        ("isi.kepada", "Menteri PANRB"),
        ("isi.lampiran", "satu berkas"),
    ];
    assert_done(&desk.who("kepala").post(&format!("/unit/AIR/naskah/baru/{template}"), &fields).await);
}

on_both!(
    each_thing_that_would_fail_is_said_until_it_is_put_right_and_then_the_package_is_whole,
    async |db| {
        let site = TestSite::start(db).await;
        standing_at(&site, "WBK", Stage::Recommended).await;
        let desk = Desk::open(&site, EDITION, NaiveDate::from_ymd_opt(2020, 6, 15).unwrap()).await;
        let package = Package::shipped().unwrap();
        let admin = desk.who("admin");
        let said = |words: &'static str| async move {
            let refused = admin.get(ZIP).await;
            assert_says(&refused, StatusCode::UNPROCESSABLE_ENTITY, "belum siap diusulkan");
            assert_says(&admin.get(PAGE).await, StatusCode::OK, words);
        };
        said("Penilaian TPI belum diajukan").await;
        said("Daftar pegawai untuk pakta integritas masih kosong").await;
        desk.bring(&Need::Lke).await;
        desk.bring(&Need::Tpi).await;
        said("LHE belum diterbitkan").await;
        desk.bring(&Need::Lhe).await;
        said("Syarat predikat belum terpenuhi").await;
        desk.bring(&Need::Eligible).await;
        desk.bring(&Need::Pacts { percent: 100 }).await;
        said("Surat usulan belum diterbitkan").await;
        paper(&desk, "surat-usulan").await;
        said("SPTJM belum diterbitkan").await;
        paper(&desk, "sptjm").await;
        said("Belum ada hasil survei").await;
        survey(&site, &desk).await;
        assert_says(&admin.get(PAGE).await, StatusCode::OK, "siap diusulkan");
        let answer = admin.request(Method::GET, ZIP).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        let mut zip = zip::ZipArchive::new(Cursor::new(answer.bytes().await.unwrap())).unwrap();
        let names: Vec<String> =
            (0..zip.len()).map(|at| zip.by_index(at).unwrap().name().unwrap().into_owned()).collect();
        let folders: Vec<&str> =
            names.iter().filter_map(|name| name.split_once('/')).map(|(at, _)| at).collect();
        let wanted: Vec<&str> = package.parts.iter().map(|part| part.folder.as_str()).collect();
        assert_eq!(folders, wanted, "one file in each part, in the order of the data");
        assert_eq!(names[names.len() - 2..], ["00-indeks.xlsx", "00-sidik-sha256.txt"]);
        let mut prints = String::new();
        zip.by_name("00-sidik-sha256.txt").unwrap().read_to_string(&mut prints).unwrap();
        for line in prints.lines() {
            let (hash, name) = line.split_once("  ").unwrap();
            let mut bytes = Vec::new();
            zip.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
            assert!(!bytes.is_empty(), "{name}");
            assert_eq!(hex::encode(Sha256::digest(&bytes)), hash, "{name}");
        }
        assert_eq!(prints.lines().count(), package.parts.len());
    }
);

on_both!(a_banned_unit_and_one_on_an_early_stage_see_the_rule_and_nobody_else_sees_the_page, async |db| {
    let site = TestSite::start(db).await;
    standing_at(&site, "WBK", Stage::Revoked).await;
    standing_at(&site, "WBK", Stage::Building).await;
    let admin = site.sign_in("admin").await;
    let page = admin.get(PAGE).await;
    assert_says(&page, StatusCode::OK, "tidak dapat diusulkan selama dua tahun");
    assert_says(&page, StatusCode::OK, "tidak dapat dilakukan dari tahap");
    let none = admin.get("/instansi/usulan/2020/berkas").await;
    assert_says(&none, StatusCode::UNPROCESSABLE_ENTITY, "Pilih sedikitnya satu unit");
    assert_eq!(admin.get("/instansi/usulan/2021").await.status, StatusCode::NOT_FOUND);
    for login in ["ketua", "pegawai", "asing"] {
        let foreign = site.sign_in(login).await;
        for path in [PAGE, ZIP] {
            assert_eq!(foreign.get(path).await.status, StatusCode::FORBIDDEN, "{login} {path}");
        }
    }
});
