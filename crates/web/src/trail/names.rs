//! What events and actors of the trail are called. Keys of the words, so all stand here.

/// Every kind of event with its name, in the order of the filter.
pub const EVENTS: &[(&str, &str)] = &[
    ("plan.begun", "Rencana dibuat"),
    ("plan.copied", "Rencana disalin dari tahun sebelumnya"),
    ("plan.imported", "Rencana diimpor"),
    ("plan.cell.saved", "Isi sel diubah"),
    ("plan.row.added", "Baris ditambah"),
    ("plan.row.removed", "Baris dihapus"),
    ("plan.row.restored", "Baris dikembalikan"),
    ("plan.row.moved", "Baris dipindah"),
    ("plan.action.saved", "Tindakan diubah"),
    ("plan.action.withdrawn", "Tindakan ditarik"),
    ("plan.action.reinstated", "Penarikan dibatalkan"),
    ("plan.action.reported", "Kemajuan dicatat"),
    ("plan.approved", "Rencana disetujui"),
    ("plan.amendment.opened", "Perubahan rencana dibuka"),
    ("plan.paper.saved", "Teks dokumen diubah"),
    ("lke.begun", "Lembar kerja dibuat"),
    ("survey.created", "Survei dibuat"),
    ("survey.saved", "Survei diubah"),
    ("survey.opened", "Survei dibuka"),
    ("survey.closed", "Survei ditutup"),
    ("survey.frozen", "Hasil survei dibekukan"),
    ("survey.codes.issued", "Kode survei dicetak"),
    ("session.opened", "Masuk"),
    ("session.closed", "Keluar"),
    ("session.refused", "Gagal masuk"),
    ("person.added", "Orang ditambah"),
    ("person.saved", "Data orang diubah"),
    ("person.password.changed", "Kata sandi diganti"),
    ("person.password.reset", "Kata sandi diatur ulang"),
    ("person.taste.changed", "Bahasa atau warna diganti"),
    ("assignment.given", "Peran diberikan"),
    ("assignment.ended", "Peran diakhiri"),
    ("assignment.saved", "Peran diubah"),
    ("assignment.restored", "Akhir peran dibatalkan"),
    ("unit.added", "Unit ditambah"),
    ("unit.saved", "Data unit diubah"),
    ("agency.saved", "Data instansi diubah"),
    ("instrument.edition.loaded", "Edisi lembar kerja dimuat"),
    ("instrument.labels.loaded", "Label lembar kerja dimuat"),
    ("demo.prepared", "Demo disiapkan"),
];

/// What an event is called.
pub fn event(event: &str) -> &'static str {
    EVENTS.iter().find(|(name, _)| *name == event).map_or("Perubahan lain", |(_, title)| title)
}

/// What an actor who is no person with an account is called.
pub fn actor(actor: &str) -> &'static str {
    match actor {
        "console" => "baris perintah server",
        "visitor" => "pengunjung",
        _ => "orang yang sudah dihapus",
    }
}
