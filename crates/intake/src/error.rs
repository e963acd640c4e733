//! Why a file as a whole cannot be read. What is wrong with single rows is a `Problem` of core.

/// The file cannot be read as a plan; the words say what it is and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// Nothing in it.
    #[error("berkas kosong; pilih berkas yang berisi rencana kerja")]
    Empty,
    /// Larger than is read at all.
    #[error(
        "berkas berukuran {found_mib} MiB, paling besar {max_mib} MiB; hapus gambar dan lembar yang tidak perlu"
    )]
    TooLarge {
        /// Size found, in MiB, rounded up.
        found_mib: u64,
        /// Size allowed, in MiB.
        max_mib: u64,
    },
    /// More rows than a plan can have.
    #[error(
        "{}lebih dari 2.000 baris rencana atau 20.000 baris lembar (berhenti di baris {row}); bagi berkasnya, atau \
         hapus baris di bawah tabel", sheet.as_ref().map(|name| format!("lembar “{name}” berisi ")).unwrap_or_else(|| "berkas berisi ".to_owned())
    )]
    TooManyRows {
        /// Sheet, if any.
        sheet: Option<String>,
        /// The row at which reading stopped.
        row: u32,
    },
    /// No line with headings.
    #[error(
        "tidak ditemukan tabel rencana: perlu satu baris judul dengan paling sedikit tiga kolom, di antaranya \
         “Rencana Aksi”, misalnya No, Komponen, Rencana Aksi, Bukti Fisik, Waktu, PIC, Target, Manfaat. Unduh \
         templatnya untuk contoh"
    )]
    NoTable,
    /// Something else than a spreadsheet or text.
    #[error("berkas ini berisi {what}, bukan tabel rencana; {remedy}")]
    WrongKind {
        /// What it is.
        what: String,
        /// What to do.
        remedy: String,
    },
    /// Protected by a password.
    #[error("berkas dilindungi kata sandi; buka di Excel, hapus kata sandinya, simpan, lalu unggah lagi")]
    Encrypted,
    /// Cut off or damaged.
    #[error("berkas rusak atau terpotong; buka di aplikasi asalnya, simpan ulang, lalu unggah lagi")]
    Broken,
    /// An archive that unpacks to far too much.
    #[error(
        "isi berkas mengembang menjadi jauh lebih besar daripada buku kerja biasa, jadi tidak dibuka; salin tabelnya ke buku kerja baru"
    )]
    Bomb,
    /// More text than any plan has.
    #[error("berkas memuat terlalu banyak teks untuk sebuah rencana; hapus lembar dan sel yang tidak perlu")]
    TooMuchText,
    /// Bytes that are no text.
    #[error(
        "isi berkas bukan teks dan bukan buku kerja yang dikenal; simpan tabelnya sebagai XLSX, ODS atau CSV, lalu unggah berkas itu"
    )]
    NotText,
}
