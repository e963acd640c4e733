//! Large units: exact sums of ratios with awkward denominators fit, and what does not fit is an error.

#![allow(clippy::expect_used)]

use bening_core::instrument::{Exact, Instrument, shipped};
use bening_core::scoring::{Score, ScoreError, UnitFile};

fn edition() -> &'static Instrument {
    shipped().by_id("permenpanrb-90-2021").expect("shipped")
}

/// All ratios and indices with these denominators, none of which share a factor.
fn score(counts: [u64; 8], respondents: [u64; 2]) -> Result<Score, ScoreError> {
    let [agents, changes, violations, targets, complaints, officials, staff, services] = counts;
    let answers = serde_json::json!({
        "MP-R1a": {"agen": agents, "perubahan": agents - 1},
        "MP-R1b": {"perubahan": changes, "terintegrasi": changes - 1},
        "SDM-R3a": {"pelanggaran_lalu": violations, "pelanggaran_kini": 1, "pelanggaran_disanksi": 1},
        "AK-R1a": {"sasaran": targets, "sasaran_tercapai": targets - 1},
        "PW-R2a": {"harus_ditindaklanjuti": complaints, "sedang_diproses": 1, "selesai": complaints - 1},
        "PW-R3a": {"wajib_kepala_satker": 0, "wajib_pejabat": officials, "wajib_lainnya": 0, "sudah_lapor": officials - 1},
        "PW-R3b": {"wajib_administrator": 0, "wajib_pengawas": 0, "wajib_fungsional_pelaksana": staff, "sudah_lapor": staff - 1},
        "PP-R1b": {"terdaftar": services, "dipermudah": services - 1},
        "BA-H1a": {"indeks": format!("{}/{}", respondents[0] * 3, respondents[0] + 2)},
        "PL-H1a": {"indeks": format!("{}/{}", respondents[1] * 3, respondents[1] + 2)},
    });
    let text = serde_json::json!({"answers": answers}).to_string();
    let sheet = UnitFile::from_json(edition(), &text).expect("usable").sheet.expect("answers");
    Score::of(edition(), &sheet)
}

#[test]
fn a_large_hospital_with_awkward_numbers_is_still_scored_exactly() {
    let score = score([23, 29, 31, 37, 9_973, 1_009, 9_967, 503], [3_001, 2_707]).expect("fits");
    assert!(score.total.score < score.total.weight && score.total.score > Exact::ZERO);
}

#[test]
fn what_cannot_be_exact_is_an_error_and_not_a_wrong_score() {
    let primes = [
        999_999_937,
        999_999_929,
        999_999_893,
        999_999_883,
        999_999_797,
        999_999_761,
        999_999_757,
        999_999_751,
    ];
    assert!(matches!(score(primes, [3_001, 2_707]), Err(ScoreError::Overflow(_))));
}
