//! The whole URL table. A test calls every line of it as every role; a line without its row in the table of
//! expected answers fails the build.
//! Long because it is one table, address by address.

use axum::http::Method;
use axum::routing::{MethodRouter, get, patch, post, put};

use crate::account;
use crate::agency;
use crate::app::App;
use crate::complaint;
use crate::followup;
use crate::health;
use crate::home;
use crate::instrument;
use crate::job;
use crate::lke;
use crate::meeting;
use crate::monev;
use crate::people;
use crate::plan;
use crate::register;
use crate::reminder;
use crate::search;
use crate::stand;
use crate::statistic;
use crate::survey;
use crate::trail;
use crate::units;
use crate::wbs;

/// One line of the table.
pub struct Route {
    /// Method.
    pub method: Method,
    /// Path with its parameters.
    pub path: &'static str,
    pub(crate) handler: MethodRouter<App>,
}

fn read(path: &'static str, handler: MethodRouter<App>) -> Route {
    Route { method: Method::GET, path, handler }
}

fn act(path: &'static str, handler: MethodRouter<App>) -> Route {
    Route { method: Method::POST, path, handler }
}

/// Every address of the site but the assets.
pub fn table() -> Vec<Route> {
    let nouns = [
        general(),
        organisation(),
        plans(),
        plan_rows(),
        monitoring(),
        meetings(),
        registers(),
        // The worksheet and what is built upon it.
        worksheets(),
        surveys(),
        evidence(),
        assessments(),
        candidacies(),
        papers(),
        whistleblowing(),
        complaints(),
    ];
    nouns.into_iter().flatten().collect()
}

fn whistleblowing() -> Vec<Route> {
    vec![
        read("/lapor/{unit}", get(wbs::public::show)),
        act("/lapor/{unit}", post(wbs::public::submit)),
        read("/lapor/{unit}/percakapan", get(wbs::talk::ask)),
        act("/lapor/{unit}/percakapan", post(wbs::talk::show)),
        read("/unit/{unit}/wbs", get(wbs::desk::show)),
        act("/unit/{unit}/wbs/penerima", post(wbs::keepers::name)),
        act("/unit/{unit}/wbs/penerima/{id}/pengakhiran", post(wbs::keepers::end)),
        act("/unit/{unit}/wbs/kunci", post(wbs::keepers::make_key)),
        act("/unit/{unit}/wbs/{laporan}/bacaan", post(wbs::desk::open)),
        act("/unit/{unit}/wbs/{laporan}/lampiran", post(wbs::attach::download)),
        act("/unit/{unit}/wbs/{laporan}/identitas", post(wbs::desk::identify)),
        act("/unit/{unit}/wbs/{laporan}/jawaban", post(wbs::desk::answer)),
        act("/unit/{unit}/wbs/{laporan}/keadaan", post(wbs::desk::advance)),
    ]
}

fn general() -> Vec<Route> {
    vec![
        read("/healthz", get(health::alive)),
        read("/readyz", get(health::ready)),
        read("/", get(home::show)),
        read("/masuk", get(account::show_sign_in)),
        act("/masuk", post(account::sign_in)),
        act("/keluar", post(account::sign_out)),
        act("/bahasa", post(account::choose_language)),
        act("/tema", post(account::choose_theme)),
        read("/akun", get(account::show_account)),
        read("/akun/sandi", get(account::show_password)),
        act("/akun/sandi", post(account::change_password)),
        read("/akun/kalender", get(reminder::calendar::show)),
        act("/akun/kalender", post(reminder::calendar::open)),
        act("/akun/kalender/pencabutan", post(reminder::calendar::close)),
        read("/akun/pengingat", get(reminder::wish::show)),
        act("/akun/pengingat", post(reminder::wish::save)),
        act("/akun/pengingat/penghentian", post(reminder::wish::stop)),
        read("/kalender/{rahasia}", get(reminder::feed::show)),
        read("/kotak", get(reminder::inbox::show)),
        act("/kotak/pembacaan", post(reminder::inbox::read_all)),
        act("/kotak/{id}/pembacaan", post(reminder::inbox::read)),
        read("/templat-rencana.xlsx", get(plan::export::template)),
    ]
}

fn organisation() -> Vec<Route> {
    vec![
        read("/unit", get(units::show_tree)),
        act("/unit", post(units::add)),
        read("/unit/{unit}", get(units::show)),
        read("/unit/{unit}/ubah", get(units::show_edit)),
        act("/unit/{unit}/ubah", post(units::save)),
        read("/unit/{unit}/orang", get(people::show_grant)),
        act("/unit/{unit}/orang", post(people::grant)),
        read("/unit/{unit}/peran/{id}", get(people::show_role)),
        act("/unit/{unit}/peran/{id}", post(people::save_role)),
        act("/unit/{unit}/peran/{id}/akhir", post(people::end_role)),
        act("/unit/{unit}/peran/{id}/pemulihan", post(people::restore_role)),
        read("/unit/{unit}/jejak", get(trail::show_unit)),
        read("/instansi", get(agency::show)),
        act("/instansi", post(agency::save)),
        read("/instansi/logo", get(agency::logo)),
        read("/instansi/nomor", get(agency::numbers::show)),
        read("/instansi/pekerjaan", get(job::show)),
        read("/instansi/pekerjaan/aliran", get(job::live::stream)),
        act("/instansi/pekerjaan/surel-uji", post(job::try_mail)),
        act("/instansi/pekerjaan/{id}/pengulangan", post(job::retry)),
        act("/instansi/pekerjaan/{id}/pembatalan", post(job::cancel)),
        act("/instansi/nomor", post(agency::numbers::save)),
        read("/instansi/instrumen", get(instrument::show_list)),
        act("/instansi/instrumen", post(instrument::load)),
        act("/instansi/instrumen/simpan", post(instrument::save)),
        read("/instansi/instrumen/{id}", get(instrument::show)),
        read("/instansi/instrumen/{id}/berkas", get(instrument::download)),
        read("/instansi/instrumen/{id}/label", get(instrument::wording)),
        read("/instansi/pemetaan", get(lke::mapping::show_list)),
        act("/instansi/pemetaan", post(lke::mapping::create)),
        read("/instansi/pemetaan/{id}", get(lke::mapping::show)),
        act("/instansi/pemetaan/{id}", post(lke::mapping::save)),
        act("/instansi/pemetaan/{id}/penghapusan", post(lke::mapping::delete)),
        read("/instansi/pemetaan/{id}/berkas", get(lke::mapping::download)),
        read("/instansi/orang", get(people::show_grant)),
        act("/instansi/orang", post(people::grant)),
        read("/instansi/peran/{id}", get(people::show_role)),
        act("/instansi/peran/{id}", post(people::save_role)),
        act("/instansi/peran/{id}/akhir", post(people::end_role)),
        act("/instansi/peran/{id}/pemulihan", post(people::restore_role)),
        read("/orang/{login}", get(people::show_account)),
        act("/orang/{login}", post(people::save_account)),
        act("/orang/{login}/sandi", post(people::reset_password)),
        act("/orang/{login}/penonaktifan", post(people::disable)),
        act("/orang/{login}/pengaktifan", post(people::enable)),
        read("/jejak", get(trail::show_all)),
        act("/jejak/pemeriksaan", post(trail::verify)),
        read("/cari", get(search::show)),
    ]
}

fn plans() -> Vec<Route> {
    vec![
        read("/unit/{unit}/rencana/{tahun}", get(plan::table::show)),
        act("/unit/{unit}/rencana/{tahun}", post(plan::life::begin)),
        act("/unit/{unit}/rencana/{tahun}/salinan", post(plan::life::copy)),
        act("/unit/{unit}/rencana/{tahun}/persetujuan", post(plan::life::approve)),
        act("/unit/{unit}/rencana/{tahun}/perubahan", post(plan::life::amend)),
        read("/unit/{unit}/rencana/{tahun}/jadwal", get(plan::gantt::show)),
        read("/unit/{unit}/rencana/{tahun}/tindakan-saya", get(plan::mine::show)),
        read("/unit/{unit}/rencana/{tahun}/prioritas", get(plan::priorities::show)),
        read("/unit/{unit}/rencana/{tahun}/riwayat", get(plan::history::show)),
        read("/unit/{unit}/rencana/{tahun}/dokumen", get(plan::paper::show)),
        act("/unit/{unit}/rencana/{tahun}/dokumen", post(plan::paper::save)),
        read("/unit/{unit}/rencana/{tahun}/ekspor/{format}", get(plan::export::download)),
        read("/unit/{unit}/rencana/{tahun}/tempel", get(plan::intake::show_paste)),
        act("/unit/{unit}/rencana/{tahun}/tempel", post(plan::intake::paste)),
        read("/unit/{unit}/rencana/{tahun}/impor", get(plan::intake::show_import)),
        act("/unit/{unit}/rencana/{tahun}/impor", post(plan::intake::import)),
        act("/unit/{unit}/rencana/{tahun}/impor/simpan", post(plan::intake::save)),
    ]
}

fn plan_rows() -> Vec<Route> {
    let save = put(plan::cell::save);
    vec![
        Route {
            method: Method::PUT,
            path: "/unit/{unit}/rencana/{tahun}/sel/{jenis}/{id}/{kolom}",
            handler: save,
        },
        act("/unit/{unit}/rencana/{tahun}/baris/{jenis}", post(plan::rows::add)),
        act("/unit/{unit}/rencana/{tahun}/baris/{jenis}/{id}/penghapusan", post(plan::rows::remove)),
        act("/unit/{unit}/rencana/{tahun}/baris/{jenis}/{id}/pemulihan", post(plan::rows::restore)),
        act("/unit/{unit}/rencana/{tahun}/baris/{jenis}/{id}/urutan", post(plan::rows::shift)),
        read("/unit/{unit}/rencana/{tahun}/tindakan/{id}", get(plan::action::show)),
        act("/unit/{unit}/rencana/{tahun}/tindakan/{id}", post(plan::action::save)),
        act("/unit/{unit}/rencana/{tahun}/tindakan/{id}/penarikan", post(plan::rows::withdraw)),
        act("/unit/{unit}/rencana/{tahun}/tindakan/{id}/pembatalan-penarikan", post(plan::rows::reinstate)),
        act("/unit/{unit}/rencana/{tahun}/tindakan/{id}/laporan", post(plan::rows::report)),
    ]
}

fn meetings() -> Vec<Route> {
    vec![
        read("/unit/{unit}/rapat", get(meeting::list::show)),
        act("/unit/{unit}/rapat", post(meeting::change::hold)),
        read("/unit/{unit}/rapat/baru", get(meeting::list::show_new)),
        read("/unit/{unit}/rapat/{id}", get(meeting::show::show)),
        act("/unit/{unit}/rapat/{id}/kehadiran", post(meeting::change::note_present)),
        act("/unit/{unit}/rapat/{id}/notula", post(meeting::change::minute)),
        read("/unit/{unit}/rapat/{id}/cetak/{jenis}/{format}", get(meeting::paper::download)),
        read("/hadir/{token}", get(meeting::attend::show)),
        act("/hadir/{token}", post(meeting::attend::sign)),
        read("/hadir/{token}/terima-kasih", get(meeting::attend::thanks)),
    ]
}

fn monitoring() -> Vec<Route> {
    vec![
        read("/unit/{unit}/monev/{tahun}", get(monev::overview::show)),
        read("/unit/{unit}/monev/{tahun}/ringkas", get(monev::brief::show)),
        act("/unit/{unit}/monev/{tahun}/irama", post(monev::pace::choose)),
        read("/unit/{unit}/monev/{tahun}/{bulan}", get(monev::month::show)),
        act("/unit/{unit}/monev/{tahun}/{bulan}/penutupan", post(monev::change::close)),
        act("/unit/{unit}/monev/{tahun}/{bulan}/tindakan/{id}", post(monev::change::fill)),
        act("/unit/{unit}/monev/{tahun}/{bulan}/tindakan/{id}/verifikasi", post(monev::change::verify)),
        act("/unit/{unit}/monev/{tahun}/{bulan}/tindakan/{id}/koreksi", post(monev::change::correct)),
        read("/unit/{unit}/monev/{tahun}/{bulan}/laporan/{format}", get(monev::report::download)),
        read("/unit/{unit}/tindak-lanjut", get(followup::list::show)),
        act("/unit/{unit}/tindak-lanjut", post(followup::change::open)),
        read("/unit/{unit}/tindak-lanjut/baru", get(followup::list::show_new)),
        read("/unit/{unit}/tindak-lanjut/ekspor/{format}", get(followup::export::download)),
        read("/unit/{unit}/tindak-lanjut/{id}", get(followup::entry::show)),
        act("/unit/{unit}/tindak-lanjut/{id}/penyelesaian", post(followup::change::finish)),
        act("/unit/{unit}/tindak-lanjut/{id}/verifikasi", post(followup::change::verify)),
        act("/unit/{unit}/tindak-lanjut/{id}/pembukaan-kembali", post(followup::change::reopen)),
    ]
}

fn complaints() -> Vec<Route> {
    vec![
        read("/adu/{unit}", get(complaint::public::show)),
        act("/adu/{unit}", post(complaint::public::submit)),
        read("/adu/{unit}/percakapan", get(complaint::talk::ask)),
        act("/adu/{unit}/percakapan", post(complaint::talk::show)),
        act("/adu/{unit}/keberatan", post(complaint::talk::object)),
        act("/unit/{unit}/pengaduan/{laporan}/pesan", post(complaint::desk::say)),
    ]
}

fn registers() -> Vec<Route> {
    vec![
        read("/unit/{unit}/pengawasan", get(register::index::show)),
        read("/unit/{unit}/pengawasan/{register}", get(register::list::show)),
        act("/unit/{unit}/pengawasan/{register}", post(register::change::create)),
        read("/unit/{unit}/pengawasan/{register}/baru", get(register::form::show_new)),
        read("/unit/{unit}/pengawasan/{register}/templat", get(register::export::template)),
        read("/unit/{unit}/pengawasan/{register}/ekspor/{format}", get(register::export::download)),
        read("/unit/{unit}/pengawasan/{register}/rekap", get(register::recap::show)),
        read("/unit/{unit}/pengawasan/{register}/rekap/{format}", get(register::recap::download)),
        read("/unit/{unit}/pengawasan/{register}/impor", get(register::import::show)),
        act("/unit/{unit}/pengawasan/{register}/impor", post(register::import::upload)),
        act("/unit/{unit}/pengawasan/{register}/impor/simpan", post(register::import::save)),
        read("/unit/{unit}/pengawasan/{register}/statistik", get(statistic::desk::show)),
        act("/unit/{unit}/pengawasan/{register}/statistik", post(statistic::desk::publish)),
        act("/unit/{unit}/pengawasan/{register}/statistik/penarikan", post(statistic::desk::withdraw)),
        read("/publik/statistik/{kode}", get(statistic::public::list)),
        read("/publik/statistik/{kode}/{register}/{tahun}", get(statistic::public::show)),
        read("/publik/statistik/{kode}/{register}/{tahun}/data/{format}", get(statistic::public::download)),
        read("/unit/{unit}/pengawasan/{register}/{id}", get(register::entry::show)),
        read("/unit/{unit}/pengawasan/{register}/{id}/ubah", get(register::form::show)),
        act("/unit/{unit}/pengawasan/{register}/{id}/ubah", post(register::change::rewrite)),
        act("/unit/{unit}/pengawasan/{register}/{id}/langkah/{langkah}", post(register::change::step)),
    ]
}

fn worksheets() -> Vec<Route> {
    vec![
        read("/unit/{unit}/lke/{tahun}", get(lke::sheet::show)),
        act("/unit/{unit}/lke/{tahun}", post(lke::begin::begin)),
        read("/unit/{unit}/lke/{tahun}/ekspor/xlsx", get(lke::book::download)),
        read("/unit/{unit}/lke/{tahun}/impor", get(lke::book::show)),
        act("/unit/{unit}/lke/{tahun}/impor", post(lke::book::preview)),
        act("/unit/{unit}/lke/{tahun}/impor/simpan", post(lke::book::save)),
        read("/unit/{unit}/lke/{tahun}/posisi", get(stand::position::show)),
        read("/unit/{unit}/lke/{tahun}/kelayakan", get(stand::eligibility::show)),
        read("/unit/{unit}/lke/{tahun}/fakta", get(stand::facts::show)),
        act("/unit/{unit}/lke/{tahun}/fakta", post(stand::facts::save)),
        read("/unit/{unit}/lke/{tahun}/andai", get(stand::what_if::show)),
        read("/unit/{unit}/lke/{tahun}/upaya", get(stand::effort::show)),
        act("/unit/{unit}/lke/{tahun}/upaya", post(stand::effort::save)),
        read("/instansi/fakta/{tahun}", get(stand::facts::show_agency)),
        act("/instansi/fakta/{tahun}", post(stand::facts::save_agency)),
        Route {
            method: Method::PUT,
            path: "/unit/{unit}/lke/{tahun}/jawaban/{kode}",
            handler: put(lke::answer::save),
        },
        read("/unit/{unit}/lke/{tahun}/pertanyaan/{kode}", get(lke::question::show)),
        act("/unit/{unit}/lke/{tahun}/pertanyaan/{kode}", post(lke::question::save)),
        act("/unit/{unit}/lke/{tahun}/pertanyaan/{kode}/bukti", post(lke::talk::add_evidence)),
        act(
            "/unit/{unit}/lke/{tahun}/pertanyaan/{kode}/bukti/{id}/penghapusan",
            post(lke::talk::remove_evidence),
        ),
        read("/unit/{unit}/lke/{tahun}/usulan", get(lke::suggested::overview::show)),
        act("/unit/{unit}/lke/{tahun}/pertanyaan/{kode}/usulan", post(lke::suggested::decide::accept)),
        act(
            "/unit/{unit}/lke/{tahun}/pertanyaan/{kode}/usulan/pengesampingan",
            post(lke::suggested::decide::set_aside),
        ),
        act("/unit/{unit}/lke/{tahun}/pertanyaan/{kode}/catatan", post(lke::talk::remark)),
        act("/unit/{unit}/lke/{tahun}/pertanyaan/{kode}/pengembalian", post(lke::talk::send_back)),
        act("/unit/{unit}/lke/{tahun}/pertanyaan/{kode}/perbaikan", post(lke::talk::give_back)),
        act("/unit/{unit}/lke/{tahun}/persetujuan/{kode}", post(lke::answer::agree)),
        act("/unit/{unit}/lke/{tahun}/persetujuan/{kode}/pembatalan", post(lke::answer::disagree)),
        read("/unit/{unit}/lke/{tahun}/perhitungan/{kode}", get(lke::calculation::show)),
        read("/unit/{unit}/lke/{tahun}/pengajuan", get(lke::life::show)),
        act("/unit/{unit}/lke/{tahun}/pengajuan", post(lke::life::submit)),
        act("/unit/{unit}/lke/{tahun}/pembatalan-pengajuan", post(lke::life::reopen)),
        read("/unit/{unit}/lke/{tahun}/riwayat", get(lke::history::show)),
        read("/unit/{unit}/lke/{tahun}/riwayat/{lapisan}/{putaran}", get(lke::history::round)),
        read("/unit/{unit}/lke/{tahun}/lhe", get(lke::report::show)),
        act("/unit/{unit}/lke/{tahun}/lhe", post(lke::report::save)),
        act("/unit/{unit}/lke/{tahun}/lhe/penerbitan", post(lke::report::issue::issue)),
        read("/unit/{unit}/lke/{tahun}/lhe/{format}", get(lke::report::file::download)),
    ]
}

fn assessments() -> Vec<Route> {
    use crate::assessment::{conflict, draw, export, page, reading, team, teams};
    vec![
        read("/penilaian", get(page::show)),
        read("/penilaian/ekspor", get(export::download)),
        read("/penilaian/tim", get(teams::show)),
        act("/penilaian/tim", post(teams::form)),
        read("/penilaian/tim/{id}", get(team::show)),
        act("/penilaian/tim/{id}", post(team::describe)),
        act("/penilaian/tim/{id}/anggota", post(team::seat)),
        act("/penilaian/tim/{id}/anggota/{orang}/penghapusan", post(team::unseat)),
        act("/penilaian/tim/{id}/unit", post(team::give_units)),
        act("/penilaian/tim/{id}/unit/{unit}/penghapusan", post(team::take_unit)),
        act("/penilaian/tim/{id}/pembubaran", post(team::dissolve)),
        read("/penilaian/konflik", get(conflict::show)),
        act("/penilaian/konflik", post(conflict::declare)),
        act("/penilaian/konflik/{unit}/pencabutan", post(conflict::withdraw)),
        act("/penilaian/pembacaan", post(draw::draw)),
        read("/penilaian/pembacaan/{id}", get(reading::show)),
        act("/penilaian/pembacaan/{id}", post(reading::save)),
    ]
}

fn evidence() -> Vec<Route> {
    use crate::evidence::{add, change, file, list, pack, show, upload, uses};
    vec![
        read("/unit/{unit}/bukti", get(list::show)),
        act("/unit/{unit}/bukti", post(add::add)),
        act("/unit/{unit}/bukti/tautan", post(add::link)),
        read("/unit/{unit}/bukti/{id}", get(show::show)),
        act("/unit/{unit}/bukti/{id}", post(change::save)),
        act("/unit/{unit}/bukti/{id}/versi", post(add::version)),
        read("/unit/{unit}/bukti/{id}/berkas/{versi}", get(file::download)),
        act("/unit/{unit}/bukti/{id}/pemakaian", post(uses::attach)),
        act("/unit/{unit}/bukti/{id}/pemakaian/{pakai}/pembatalan", post(uses::detach)),
        act("/unit/{unit}/unggahan", post(upload::begin)),
        read("/unit/{unit}/unggahan/{id}", get(upload::stand)),
        Route { method: Method::PATCH, path: "/unit/{unit}/unggahan/{id}", handler: patch(upload::append) },
        read("/unit/{unit}/lke/{tahun}/bukti/{kode}", get(pack::download)),
    ]
}

fn candidacies() -> Vec<Route> {
    use crate::candidacy::{
        agency, appraisal, begin, charter, guided, pact, registry, sign, staff, step, unit, verify,
    };
    vec![
        read("/predikat", get(agency::show)),
        read("/predikat/ekspor", get(agency::download)),
        read("/instansi/usulan/{tahun}", get(crate::proposal::show)),
        read("/instansi/usulan/{tahun}/berkas", get(crate::proposal::pack::download)),
        read("/unit/{unit}/predikat", get(unit::show)),
        act("/unit/{unit}/predikat", post(begin::begin)),
        act("/unit/{unit}/predikat/pencanangan", post(begin::describe)),
        read("/unit/{unit}/predikat/piagam/{format}", get(charter::download)),
        act("/unit/{unit}/predikat/langkah/{kode}", post(step::take)),
        read("/unit/{unit}/predikat/pembinaan", get(guided::show)),
        act("/unit/{unit}/predikat/pembinaan", post(guided::compose)),
        read("/predikat/nasional", get(appraisal::desk::show)),
        read("/unit/{unit}/predikat/penilaian", get(appraisal::page::show)),
        act("/unit/{unit}/predikat/penilaian/{tahap}", post(appraisal::write::judge)),
        act("/unit/{unit}/predikat/penilaian/{tahap}/sanggahan", post(appraisal::write::object)),
        act("/unit/{unit}/predikat/penilaian/{tahap}/berita-acara", post(appraisal::write::sit)),
        read("/unit/{unit}/predikat/penilaian/{tahap}/cetak/{format}", get(appraisal::paper::download)),
        read("/unit/{unit}/pakta/{tahun}", get(pact::show)),
        act("/unit/{unit}/pakta/{tahun}", post(pact::write)),
        act("/unit/{unit}/pakta/{tahun}/pegawai", post(staff::add)),
        act("/unit/{unit}/pakta/{tahun}/pegawai/{id}/kepergian", post(staff::leave)),
        act("/unit/{unit}/pakta/{tahun}/pegawai/{id}/kertas", post(sign::on_paper)),
        read("/unit/{unit}/pakta/{tahun}/pegawai/{id}/{format}", get(pact::download)),
        act("/unit/{unit}/pakta/{tahun}/tanda-tangan", post(sign::own)),
        read("/publik/predikat", get(registry::show)),
        read("/publik/predikat.csv", get(registry::csv)),
        read("/publik/predikat.json", get(registry::json)),
        read("/publik/predikat/{id}", get(registry::decree)),
        read("/publik/pakta/{id}", get(verify::show)),
    ]
}

fn papers() -> Vec<Route> {
    use crate::paper::{issue, series, unit, words};
    vec![
        read("/instansi/naskah", get(series::show)),
        act("/instansi/naskah/seri/{seri}", post(series::save)),
        read("/instansi/naskah/{naskah}", get(words::show)),
        act("/instansi/naskah/{naskah}", post(words::save)),
        act("/instansi/naskah/{naskah}/bawaan", post(words::reset)),
        read("/instansi/naskah/{naskah}/versi/{versi}/{format}", get(words::download)),
        read("/unit/{unit}/naskah", get(unit::show)),
        read("/unit/{unit}/naskah/baru/{naskah}", get(issue::show)),
        act("/unit/{unit}/naskah/baru/{naskah}", post(issue::issue)),
        read("/unit/{unit}/naskah/{id}/{format}", get(unit::download)),
    ]
}

fn surveys() -> Vec<Route> {
    vec![
        read("/s/{token}", get(survey::public::show)),
        act("/s/{token}", post(survey::public::submit)),
        read("/s/{token}/kios", get(survey::kiosk::show)),
        read("/s/{token}/kios/terima-kasih", get(survey::kiosk::thanks)),
        read("/s/{token}/terima-kasih", get(survey::public::thanks)),
        read("/unit/{unit}/survei", get(survey::list::show)),
        act("/unit/{unit}/survei", post(survey::edit::create)),
        read("/unit/{unit}/survei/baru", get(survey::edit::show_new)),
        read("/unit/{unit}/survei/pertanyaan", get(survey::own::list)),
        act("/unit/{unit}/survei/pertanyaan", post(survey::own::create)),
        read("/unit/{unit}/survei/pertanyaan/baru", get(survey::own::show_new)),
        read("/unit/{unit}/survei/pertanyaan/{kumpulan}", get(survey::own::show)),
        act("/unit/{unit}/survei/pertanyaan/{kumpulan}", post(survey::own::save)),
        read("/unit/{unit}/survei/{id}", get(survey::board::show)),
        read("/unit/{unit}/survei/{id}/ubah", get(survey::edit::show)),
        act("/unit/{unit}/survei/{id}/ubah", post(survey::edit::save)),
        read("/unit/{unit}/survei/{id}/poster", get(survey::print::poster)),
        act("/unit/{unit}/survei/{id}/kode", post(survey::print::codes)),
        act("/unit/{unit}/survei/{id}/pembukaan", post(survey::life::open)),
        act("/unit/{unit}/survei/{id}/penutupan", post(survey::life::close)),
        act("/unit/{unit}/survei/{id}/pembekuan", post(survey::life::freeze)),
        read("/unit/{unit}/survei/{id}/tanda", get(survey::signals::show)),
        act("/unit/{unit}/survei/{id}/tanda", post(survey::signals::judge)),
        act("/unit/{unit}/survei/{id}/pemeriksaan", post(survey::signals::search)),
        read("/unit/{unit}/survei/{id}/kertas", get(survey::piles::list)),
        act("/unit/{unit}/survei/{id}/kertas", post(survey::piles::create)),
        read("/unit/{unit}/survei/{id}/kertas/{tumpukan}", get(survey::paper::show)),
        act("/unit/{unit}/survei/{id}/kertas/{tumpukan}", post(survey::paper::type_in)),
        act("/unit/{unit}/survei/{id}/kertas/{tumpukan}/selisih", post(survey::paper::settle)),
        act("/unit/{unit}/survei/{id}/kertas/{tumpukan}/penerimaan", post(survey::paper::accept)),
        read("/unit/{unit}/survei/{id}/impor", get(survey::import::show)),
        act("/unit/{unit}/survei/{id}/impor", post(survey::import::upload)),
        act("/unit/{unit}/survei/{id}/impor/simpan", post(survey::import::save)),
        read("/unit/{unit}/survei/{id}/tulisan", get(survey::texts::show)),
        act("/unit/{unit}/survei/{id}/tulisan", post(survey::texts::note)),
        read("/unit/{unit}/survei/{id}/tulisan/csv", get(survey::texts::download)),
        read("/unit/{unit}/survei/{id}/undangan", get(survey::invite::show)),
        act("/unit/{unit}/survei/{id}/undangan", post(survey::invite::merge)),
        read("/unit/{unit}/survei/{id}/data/{format}", get(survey::data::download)),
        read("/unit/{unit}/survei/{id}/laporan", get(survey::report::show)),
        act("/unit/{unit}/survei/{id}/laporan", post(survey::report::save)),
        read("/unit/{unit}/survei/{id}/laporan/{format}", get(survey::report::download)),
        act("/unit/{unit}/survei/{id}/publikasi", post(survey::report::publish)),
        act("/unit/{unit}/survei/{id}/publikasi/pembatalan", post(survey::report::withdraw)),
        read("/publik/survei/{kode}", get(survey::publish::list)),
        read("/publik/survei/{kode}/{id}", get(survey::publish::show)),
        read("/publik/survei/{kode}/{id}/data/{format}", get(survey::publish::download)),
    ]
}
