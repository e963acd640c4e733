//! The registers that come with Bening, as they lie in `registers/`.

use std::sync::LazyLock;

use super::model::Register;

/// The files: name and text, in the order in which people see them.
pub const SHIPPED_FILES: &[(&str, &str)] = &[
    ("pengaduan.toml", include_str!("../../../../registers/pengaduan.toml")),
    ("gratifikasi.toml", include_str!("../../../../registers/gratifikasi.toml")),
    ("kampanye.toml", include_str!("../../../../registers/kampanye.toml")),
    ("benturan.toml", include_str!("../../../../registers/benturan.toml")),
    ("risiko.toml", include_str!("../../../../registers/risiko.toml")),
    ("temuan.toml", include_str!("../../../../registers/temuan.toml")),
    ("lhkpn.toml", include_str!("../../../../registers/lhkpn.toml")),
    ("disiplin.toml", include_str!("../../../../registers/disiplin.toml")),
    ("sop.toml", include_str!("../../../../registers/sop.toml")),
    ("agen.toml", include_str!("../../../../registers/agen.toml")),
    ("aplikasi.toml", include_str!("../../../../registers/aplikasi.toml")),
    ("kinerja.toml", include_str!("../../../../registers/kinerja.toml")),
    ("kompetensi.toml", include_str!("../../../../registers/kompetensi.toml")),
    ("penghargaan.toml", include_str!("../../../../registers/penghargaan.toml")),
];

static SHIPPED: LazyLock<Vec<Register>> =
    LazyLock::new(|| SHIPPED_FILES.iter().filter_map(|(_, text)| Register::parse(text).ok()).collect());

/// The registers that come with Bening. A test proves that each of the files passes the checker.
#[must_use]
pub fn shipped() -> &'static [Register] {
    &SHIPPED
}

/// The shipped register with this identity.
#[must_use]
pub fn by_id(id: &str) -> Option<&'static Register> {
    shipped().iter().find(|register| register.id == id)
}
