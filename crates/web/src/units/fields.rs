//! What is typed of a unit, and what it means. Whether it may be saved is decided by the handlers.

use bening_core::id::UnitId;
use bening_core::text;
use bening_core::unit::{Echelon, Unit, UnitCode, may_stand_under};
use serde::Deserialize;

use crate::form::Errors;

/// The fields of the form.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Fields {
    #[serde(default)]
    pub(super) kode: String,
    #[serde(default)]
    pub(super) nama: String,
    #[serde(default)]
    pub(super) induk: String,
    #[serde(default)]
    pub(super) eselon: String,
    #[serde(default)]
    pub(super) pimpinan: String,
}

/// A unit that can be chosen as the one above.
pub(super) struct Choice {
    pub(super) code: String,
    pub(super) name: String,
}

impl Fields {
    /// As a unit stands now.
    pub(super) fn of(unit: &Unit, units: &[Unit]) -> Self {
        let parent = units.iter().find(|above| Some(above.id) == unit.parent);
        Self {
            kode: unit.code.to_string(),
            nama: unit.name.clone(),
            induk: parent.map(|above| above.code.to_string()).unwrap_or_default(),
            eselon: unit.echelon.as_str().to_owned(),
            pimpinan: unit.head_title.clone(),
        }
    }

    /// The unit these fields describe.
    pub(super) fn unit(&self, id: UnitId, units: &[Unit]) -> Result<Unit, Errors> {
        let mut errors = Errors::default();
        let code: Option<UnitCode> = errors.take("kode", self.kode.parse());
        let name = errors.take("nama", text::line(&self.nama)).unwrap_or_default();
        if name.is_empty() {
            errors.add("nama", "nama unit belum diisi");
        }
        let parent = self.parent(id, units, &mut errors);
        let echelon = Echelon::parse(&self.eselon);
        if echelon.is_none() {
            errors.add("eselon", "pilih eselon I, II, atau III");
        }
        let head_title = errors.take("pimpinan", text::line(&self.pimpinan)).unwrap_or_default();
        match (code, echelon) {
            (Some(code), Some(echelon)) if errors.is_empty() => {
                Ok(Unit { id, code, name, parent, echelon, head_title })
            }
            _ => Err(errors),
        }
    }

    fn parent(&self, id: UnitId, units: &[Unit], errors: &mut Errors) -> Option<UnitId> {
        let code = self.induk.trim();
        if code.is_empty() {
            return None;
        }
        let above = units.iter().find(|unit| unit.code.as_str() == code);
        match above {
            None => errors.add("induk", "unit induk tidak ada; pilih dari daftar"),
            Some(above) if !may_stand_under(units, id, above.id) => {
                errors.add(
                    "induk",
                    "unit tidak dapat berada di bawah dirinya sendiri atau di bawah unit bawahannya",
                );
            }
            Some(_) => {}
        }
        above.map(|unit| unit.id)
    }
}

/// The units that may be chosen as the one above `id`.
pub(super) fn choices(units: &[Unit], id: Option<UnitId>) -> Vec<Choice> {
    let fits = |unit: &&Unit| id.is_none_or(|id| may_stand_under(units, id, unit.id));
    let choice = |unit: &Unit| Choice { code: unit.code.to_string(), name: unit.name.clone() };
    units.iter().filter(fits).map(choice).collect()
}
