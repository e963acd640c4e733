//! The 2020 plan of a real unit as papers see it, and the law and texts that go with it.
//! Long because it is one real plan, row by row.

use bening_core::agency::Agency;
use bening_core::document::Document;
use bening_core::id::{ActionId, BenefitId, ComponentId, EvidenceId, Fresh, PlanId, PriorityId};
use bening_core::plan::export::{
    ActionExport, AreaExport, BenefitExport, ComponentExport, EvidenceExport, PlanExport, PriorityExport,
    SCHEMA, TimeExport, UnitExport, WithdrawnExport,
};
use bening_core::plan::paper::{
    self, Citation, ConditionSet, Inputs, PaperLaw, PaperTexts, Prose, SurveyContent, WeightGroup,
};
use bening_core::plan::{Area, PlanState, Schedule};
use bening_core::time::Year;
use chrono::NaiveDate;
use uuid::Uuid;

type Action = (&'static str, &'static [&'static str], &'static str, &'static str, &'static str);
type Component = (&'static str, &'static [Action]);
type AreaRows = (Area, &'static [&'static str], &'static [Component]);

const TEAM: &str = "Terbentuknya Tim Kerja ZI DBN 2020 melalui prosedur yang sesuai";

const AREAS: [AreaRows; 6] = [
    (
        Area::ChangeManagement,
        &[
            "Meningkatnya komitmen seluruh jajaran dan pegawai di lingkungan Direktorat Penerimaan Mineral dan Batubara dalam membangun Zona Integritas menuju WBK dan WBBM;",
            "Terjadinya perubahan pola pikir dan budaya kerja di lingkungan Direktorat Penerimaan Mineral dan Batubara sesuai usulan sebagai zona integritas menuju WBK dan WBBM;",
            "Menurunnya risiko kegagalan yang disebabkan kemungkinan timbulnya resistensi terhadap perubahan;",
            "Meningkatnya komitmen Pejabat dan Pegawai dalam pembangunan ZI di lingkungan DBN",
        ],
        &[
            (
                "Tim Kerja",
                &[
                    (
                        "Penyusunan Pedoman Pemilihan Anggota Tim Kerja ZI DBN 2020",
                        &["SK Tim Kerja ZI Tahun 2020"],
                        "Januari",
                        "Bayu",
                        TEAM,
                    ),
                    (
                        "Pembentukan Tim Kerja ZI DBN 2020",
                        &["Panduan dan pemilihan anggota tim ZI Tahun 2020", "Laporan Assesment"],
                        "Januari",
                        "Bayu",
                        TEAM,
                    ),
                ],
            ),
            (
                "Dokumen Rencana Pembangunan Zona Integritas menuju WBK / WBBM",
                &[
                    (
                        "Penyusunan Dokumen Rencana Kerja dan Target Prioritas Pembangunan Zona Integritas DBN",
                        &["Dokumen Rencana Kerja dan Aksi Pembangunan ZI"],
                        "Januari",
                        "Bayu",
                        "Tersusunnya Dokumen Rencana Kerja dan Target Prioritas Pembangunan Zona Integritas DBN",
                    ),
                    (
                        "Melakukan Sosialisasi Rencana Pembangunan Zona Integritas",
                        &["Sosialisasi ZI melalui media aplikasi, kuisioner, video, zoom meeting"],
                        "Maret",
                        "Bayu",
                        "Semua Anggota DBN tersosialisasi terkait Zona Integritas",
                    ),
                ],
            ),
            (
                "Monitoring Pembangunan Zona Integritas menuju WBK / WBBM",
                &[(
                    "Melaksanakan monitoring dan evaluasi pembangunan Zona Integritas",
                    &["Dokumen Rencana Kerja Pembangunan ZI"],
                    "Setiap Bulan, Jan s.d Juni",
                    "Bayu",
                    "Tersusunnya Dokumen Rencana Kerja dan Target Prioritas Pembangunan Zona Integritas DBN",
                )],
            ),
            (
                "Perubahan Pola Pikir dan Budaya Kerja",
                &[
                    (
                        "Menetapkan agen perubahan dalam pembangunan Zona Integritas",
                        &["SK Tim Agen Perubahan"],
                        "Januari",
                        "Bayu",
                        "Terbentuknya Tim Kerja Agen Perubahan DBN 2020",
                    ),
                    (
                        "Penandatanganan Pakta Integritas dan Sosialisasi pembangunan Zona Integritas oleh seluruh pejabat dan staf DBN",
                        &[
                            "Laporan Pembangunan ZI",
                            "ttd Pakta Integritas",
                            "Foto Penandatanganan Zona Integritas",
                        ],
                        "Maret",
                        "Bayu",
                        "Semua anggota DBN ikut dalam Penandatanganan Pakta Integritas",
                    ),
                ],
            ),
        ],
    ),
    (
        Area::Procedures,
        &[
            "Penggunaan teknologi informasi dalam proses penyelenggaraan manajemen pemerintahan di zona integritas menuju WBK/WBBM dapat meningkatnya efesiensi dan efektivitas proses manajemen pemerintahan di zona integritas menuju WBK/WBBM",
        ],
        &[
            (
                "Prosedur Operasional tetap (SOP) Kegiatan Utama",
                &[(
                    "Evaluasi/Perbaikan SOP",
                    &["Laporan Hasil Evaluasi SOP dan Revisi SOP"],
                    "Juni",
                    "Nover",
                    "Dilakukan Review 28 SOP DBN",
                )],
            ),
            (
                "E-Office / E-government",
                &[(
                    "Integrasi e-PNBP, e-Rekon, E-DBH dan SIPP",
                    &["Laporan Integrasi Aplikasi"],
                    "Juni",
                    "Nover",
                    "Aplikasi terintegrasi",
                )],
            ),
        ],
    ),
    (
        Area::HumanResources,
        &[
            "Meningkatkan ketaatan terhadap pengelolaan SDM aparatur pada masing-masing Zona Integritas menuju WBK/WBBM",
            "Meningkatkan transparansi dan akuntabilitas pengelolaan SDM aparatur masing-masing Zona Integritas menuju WBK/WBBM",
            "Meningkatkan disiplin SDM aparatur pada masing-masing Zona Integritas menuju WBK/WBBM;",
            "Meningkatkan efektivitas manajemen SDM aparatur pada Zona Integritas menuju WBK/WBBM",
            "Meningkatkan profesionalisme SDM aparatur pada zona integritas menuju WBK/WBBM",
        ],
        &[
            (
                "Penyusunan Rencana Pengembangan SDM di Lingkungan DBN",
                &[(
                    "Pengembangan SDM",
                    &["Dokumen Rencana Pengembangan SDM"],
                    "Januari",
                    "Panca",
                    "Tersusunnya Dokumen Rencana Pengembangan SDM di Lingkungan DBN",
                )],
            ),
            (
                "Kinerja Individu",
                &[(
                    "Pemberian Reward (Best Employee)",
                    &["Piagam Penghargaan"],
                    "Januari",
                    "Panca",
                    "Telah dilakukan Pemberian Reward (Best Employee)",
                )],
            ),
        ],
    ),
    (
        Area::Accountability,
        &["Meningkatkan kinerja pada DBN", "Meningkatkan akuntabilitas instansi pemerintah"],
        &[(
            "Keterlibatan Pimpinan",
            &[
                (
                    "Penyusunan dokumen Renstra DBN",
                    &["Dokumen Renstra"],
                    "Januari",
                    "Beny",
                    "Tersusunnya Dokumen Renstra DBN",
                ),
                (
                    "Penyusunan PK",
                    &["PK yang ditandatangani Pimpinan"],
                    "Januari",
                    "Beny",
                    "Tersusunnya Dokumen Renstra DBN yang telah ditandatangani",
                ),
            ],
        )],
    ),
    (
        Area::Supervision,
        &[
            "Meningkatkan kepatuhan terhadap pengelolaan keuangan negara",
            "Meningkatkan efektifitas pengelolaan keuangan negara",
            "Mempertahankan status Opini BPK WTP terhadap pengelolaan keuangan negara",
            "Menurunnya tingkat penyalahgunaan wewenang",
        ],
        &[
            (
                "Pengendalian Gratifikasi",
                &[(
                    "Public campaign gratifikasi",
                    &[
                        "Foto-foto Penandatanganan Pakta Integritas",
                        "Publik Campaign Terkait Gratifikasi",
                        "Sosialisasi gratifikasi bersama KPK",
                    ],
                    "Maret",
                    "Bayu",
                    "Telah dilakukan Public campaign gratifikasi",
                )],
            ),
            (
                "SPIP",
                &[(
                    "Penyusunan Risk Register DBN",
                    &["Dokumen Risk Register"],
                    "Februari",
                    "Bayu",
                    "Tersusunnya Risk Register DBN",
                )],
            ),
            (
                "Pengaduan Masyarakat",
                &[(
                    "Menidaklanjuti pengaduan masyarakat",
                    &["Rekap pengaduan dan tindak lanjut"],
                    "Jan s.d Juni",
                    "Bayu",
                    "pengaduan masyarakat telah ditindaklanjuti",
                )],
            ),
        ],
    ),
    (
        Area::PublicService,
        &[
            "Meningkatkan kualitas pelayanan publik",
            "Mengusahakan unit pelayanan memperoleh standarisasi pelayanan",
            "Meningkatkan indeks kepuasan masyarakat terhadap penyelenggaraan pelayanan publik",
        ],
        &[(
            "Survei Kepuasan Masyarakat",
            &[(
                "Melakukan Survei Kepuasan Masyarakat",
                &["Laporan Hasil Survei Kepuasan Masyarakat"],
                "Januari",
                "Cristian",
                "Hasil Laporan Kepuasan Masyarakat diatas 3 (skala 4)",
            )],
        )],
    ),
];

/// The plan of the unit, approved.
pub fn plan() -> PlanExport {
    let mut next = 0_u128;
    let mut fresh = move || {
        next += 1;
        Uuid::from_u128(next)
    };
    PlanExport {
        schema: SCHEMA.to_owned(),
        id: PlanId::fresh(&mut fresh),
        unit: UnitExport { code: "DBN".to_owned(), name: "Direktorat Penerimaan Mineral dan Batubara".to_owned() },
        year: Year::new(2020).unwrap(),
        state: PlanState::Approved,
        version: 1,
        areas: AREAS.iter().map(|rows| area(rows, &mut fresh)).collect(),
        priorities: vec![PriorityExport {
            id: PriorityId::fresh(&mut fresh),
            action: "Terintegrasinya Aplikasi E-rekon, E-DBH, SIPP kedalam aplikasi e-PNBP".to_owned(),
            target: "Aplikasi Direktorat Penerimaan Mineral dan Batubara saling terintegrasi".to_owned(),
            time: Some(time("Juni")),
            follow_up: "Telah ditindak lanjuti dibulan juni dengan berkordinasi bersama UGM selaku vendor dalam projek ini. Penyelesaian projek ini dibulan November 2020".to_owned(),
        }],
    }
}

fn area((area, benefits, components): &AreaRows, fresh: &mut impl Fresh) -> AreaExport {
    AreaExport {
        code: *area,
        name: area.name().to_owned(),
        benefits: benefits
            .iter()
            .map(|text| BenefitExport { id: BenefitId::fresh(fresh), text: (*text).to_owned() })
            .collect(),
        components: components
            .iter()
            .enumerate()
            .map(|(index, rows)| component(index + 1, rows, fresh))
            .collect(),
    }
}

fn component(number: usize, (name, actions): &Component, fresh: &mut impl Fresh) -> ComponentExport {
    ComponentExport {
        id: ComponentId::fresh(fresh),
        number,
        name: (*name).to_owned(),
        sub: None,
        actions: actions.iter().map(|row| action(row, fresh)).collect(),
    }
}

fn action((name, evidence, when, pic, target): &Action, fresh: &mut impl Fresh) -> ActionExport {
    ActionExport {
        id: ActionId::fresh(fresh),
        name: (*name).to_owned(),
        evidence: evidence
            .iter()
            .map(|title| EvidenceExport { id: EvidenceId::fresh(fresh), title: (*title).to_owned() })
            .collect(),
        time: Some(time(when)),
        pics: vec![(*pic).to_owned()],
        target: (*target).to_owned(),
        withdrawn: None,
        done: Vec::new(),
    }
}

fn time(text: &str) -> TimeExport {
    let schedule = Schedule::parse(text).unwrap();
    let months = schedule.months().iter().map(|month| month.number()).collect();
    TimeExport { text: schedule.text().to_owned(), months, rhythm: schedule.rhythm() }
}

/// The same plan with some months reported and an action withdrawn.
pub fn plan_under_way() -> PlanExport {
    let mut plan = plan();
    plan.areas[0].components[0].actions[0].done = vec![1];
    plan.areas[0].components[2].actions[0].done = vec![1, 2];
    plan.areas[1].components[1].actions[0].withdrawn = Some(WithdrawnExport {
        reason: "aplikasi digantikan sistem kementerian".to_owned(),
        on: NaiveDate::from_ymd_opt(2020, 2, 17).unwrap(),
    });
    plan
}

pub fn agency() -> Agency {
    Agency {
        name: "Kementerian Energi dan Sumber Daya Mineral".to_owned(),
        short_name: "Kementerian ESDM".to_owned(),
        city: "Jakarta".to_owned(),
        logo: None,
    }
}

pub fn law() -> PaperLaw {
    let pairs = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(name, weight)| ((*name).to_owned(), (*weight).to_owned())).collect()
    };
    PaperLaw {
        title: "Peraturan Menteri PANRB Nomor 52 Tahun 2014".to_owned(),
        regulations: vec![Citation {
            full: "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi Nomor 52 Tahun 2014 tentang Pedoman Pembangunan Zona Integritas Menuju Wilayah Bebas dari Korupsi dan Wilayah Birokrasi Bersih dan Melayani di Lingkungan Instansi Pemerintah".to_owned(),
            short: "PermenPAN-RB No. 52 Tahun 2014".to_owned(),
        }],
        weights: vec![
            WeightGroup {
                mark: "A".to_owned(),
                name: "Pengungkit".to_owned(),
                weight: "60%".to_owned(),
                components: pairs(&[
                    ("Manajemen Perubahan", "5%"),
                    ("Penataan Tatalaksana", "5%"),
                    ("Penataan Sistem Manajemen SDM", "15%"),
                    ("Penguatan Akuntabilitas", "10%"),
                    ("Penguatan Pengawasan", "15%"),
                    ("Peningkatan Kualitas Pelayanan Publik", "10%"),
                ]),
            },
            WeightGroup {
                mark: "B".to_owned(),
                name: "Hasil".to_owned(),
                weight: "40%".to_owned(),
                components: pairs(&[
                    ("Terwujudnya Pemerintah yang Bersih dan Bebas KKN", "20%"),
                    ("Terwujudnya Peningkatan Kualitas Pelayanan Publik kepada Masyarakat", "20%"),
                ]),
            },
        ],
        total: "100%".to_owned(),
        conditions: vec![
            conditions(
                "Menuju WBK",
                &["laporan keuangan instansi beropini BPK minimal WTP", "nilai AKIP instansi minimal CC"],
                &["unit setingkat eselon I, II, atau III", "unit menjalankan pelayanan yang strategis", "jumlah nilai pengungkit dan hasil minimal 75"],
            ),
            conditions(
                "Menuju WBBM",
                &["laporan keuangan instansi beropini BPK WTP minimal dua tahun berturut-turut"],
                &["unit sudah menyandang predikat WBK", "jumlah nilai pengungkit dan hasil minimal 85"],
            ),
        ],
        surveys: vec![
            survey("Survei Persepsi Korupsi", &["Kejelasan biaya pelayanan publik", "Percaloan", "Percepatan layanan dengan imbalan", "Permintaan komisi", "Praktik KKN secara umum"]),
            survey("Survei Kualitas Pelayanan", &["Kemudahan prosedur pelayanan", "Kedisiplinan, kemampuan, dan sikap petugas", "Kecepatan dan kejelasan prosedur pelayanan", "Kenyamanan pelayanan", "Sarana dan prasarana"]),
        ],
    }
}

fn conditions(predicate: &str, agency: &[&str], unit: &[&str]) -> ConditionSet {
    ConditionSet { predicate: predicate.to_owned(), agency: texts_of(agency), unit: texts_of(unit) }
}

fn survey(title: &str, topics: &[&str]) -> SurveyContent {
    SurveyContent { title: title.to_owned(), topics: texts_of(topics) }
}

fn texts_of(items: &[&str]) -> Vec<String> {
    items.iter().map(|item| (*item).to_owned()).collect()
}

pub fn texts() -> PaperTexts {
    PaperTexts {
        legal_basis: vec!["Peraturan Menteri Energi dan Sumber Daya Mineral Nomor 18 Tahun 2010 tentang Organisasi dan Tata Kerja Kementerian Energi dan Sumber Daya Mineral beserta perubahannya".to_owned()],
        background: Vec::new(),
        foreword: Vec::new(),
        above: Some("Direktorat Jenderal Mineral dan Batubara".to_owned()),
        signatory_title: "Direktur Penerimaan Mineral dan Batubara".to_owned(),
        signatory: String::new(),
        place: "Jakarta".to_owned(),
        dated: NaiveDate::from_ymd_opt(2020, 3, 5).unwrap(),
    }
}

/// The paper made from a plan.
pub fn paper(plan: &PlanExport) -> Document {
    let (agency, law, texts) = (agency(), law(), texts());
    paper::document(&Prose::builtin().unwrap(), &Inputs { plan, agency: &agency, law: &law, texts: &texts })
}

/// A small picture: one grey pixel.
pub fn logo() -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    png.extend(b"\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3a\x7e\x9b\x55");
    png.extend(b"\0\0\0\nIDAT\x78\x9c\x63\x68\0\0\0\x82\0\x81\x77\xcd\x72\xb6");
    png.extend(b"\0\0\0\0IEND\xae\x42\x60\x82");
    png
}
