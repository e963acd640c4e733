//! The fields of a report's form, and what they mean.

use bening_core::instrument::Instrument;
use bening_core::lke::report::{Recommendation, Wording};
use bening_core::text;
use chrono::NaiveDate;
use serde::Deserialize;

use crate::form::Errors;

/// The fields as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    pub(super) tanggal: String,
    pub(super) kota: String,
    pub(super) tujuan: String,
    pub(super) surat_tugas: String,
    pub(super) tanggal_tugas: String,
    pub(super) periode: String,
    pub(super) dasar: String,
    pub(super) rekomendasi: String,
    pub(super) saran: String,
    pub(super) jabatan: String,
    pub(super) nama: String,
}

impl Fields {
    pub(super) fn of(wording: &Wording) -> Self {
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        Self {
            tanggal: day(wording.dated),
            kota: wording.place.clone(),
            tujuan: wording.addressee.clone(),
            surat_tugas: wording.assignment.clone(),
            tanggal_tugas: day(wording.assigned_on),
            periode: wording.period.clone(),
            dasar: wording.legal_basis.join("\n"),
            rekomendasi: wording.recommendation.as_ref().map_or("", Recommendation::as_str).to_owned(),
            saran: wording.advice.join("\n"),
            jabatan: wording.signatory_title.clone(),
            nama: wording.signatory.clone(),
        }
    }

    /// The wording, or everything that is wrong with it.
    pub(super) fn read(&self, edition: &Instrument) -> Result<Wording, Errors> {
        let mut errors = Errors::default();
        let dated = errors.take("tanggal", day(&self.tanggal)).flatten();
        let assigned_on = errors.take("tanggal_tugas", day(&self.tanggal_tugas)).flatten();
        let chosen = Recommendation::parse(edition, &self.rekomendasi);
        let recommendation = errors.take("rekomendasi", chosen).flatten();
        let legal_basis = errors.take("dasar", text::lines(&self.dasar)).unwrap_or_default();
        let advice = errors.take("saran", text::lines(&self.saran)).unwrap_or_default();
        let mut line = |field, typed: &str| errors.take(field, text::line(typed)).unwrap_or_default();
        let wording = Wording {
            dated,
            place: line("kota", &self.kota),
            addressee: line("tujuan", &self.tujuan),
            assignment: line("surat_tugas", &self.surat_tugas),
            assigned_on,
            period: line("periode", &self.periode),
            legal_basis,
            recommendation,
            advice,
            signatory_title: line("jabatan", &self.jabatan),
            signatory: line("nama", &self.nama),
        };
        if errors.is_empty() { Ok(wording) } else { Err(errors) }
    }
}

fn day(typed: &str) -> Result<Option<NaiveDate>, &'static str> {
    let typed = Some(typed.trim()).filter(|text| !text.is_empty());
    let read = typed.map(|text| NaiveDate::parse_from_str(text, "%Y-%m-%d")).transpose();
    read.map_err(|_| "tanggal harus berbentuk tahun-bulan-hari, misalnya 2020-01-14")
}
