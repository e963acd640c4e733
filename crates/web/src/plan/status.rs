//! Where an action stands, as a chip with a sign and a word.

use bening_core::plan::progress::{self, Standing};
use bening_core::plan::{Action, PlanState};
use bening_core::time::Year;
use chrono::NaiveDate;

use crate::page::Tone;
use crate::words::Lang;

/// A chip: colour, sign and words.
#[derive(Debug, Clone)]
pub struct Chip {
    /// Colour.
    pub tone: Tone,
    /// Sign that goes with the colour.
    pub sign: &'static str,
    /// Words.
    pub text: String,
}

impl Chip {
    /// Where a plan stands, in one word.
    pub fn of_plan(state: PlanState, lang: Lang) -> Self {
        let (tone, text) = match state {
            PlanState::Draft => (Tone::Warn, "rancangan"),
            PlanState::Approved => (Tone::Ok, "disetujui"),
            PlanState::Amending => (Tone::Info, "sedang diubah"),
        };
        plain(tone, tone.sign(), lang.t(text).into_owned())
    }
}

/// The chip of an action on a day.
pub fn chip(action: &Action, year: Year, today: NaiveDate, lang: Lang) -> Chip {
    let tally = progress::tally(action);
    let counted = |text: String| {
        if tally.due > 1 { format!("{text} · {}/{}", tally.done, tally.due) } else { text }
    };
    match progress::standing(action, year, today) {
        Standing::Withdrawn => plain(Tone::Mute, "–", lang.t("ditarik").into_owned()),
        Standing::Unplanned => plain(Tone::Warn, "?", lang.t("waktu belum diisi").into_owned()),
        Standing::Done => plain(Tone::Ok, "✓", lang.t("selesai").into_owned()),
        Standing::Late { since } => {
            let days = (today - since).num_days() + 1;
            plain(Tone::Bad, "!", counted(lang.tn("%{n} hari lewat", days)))
        }
        Standing::DueNow { .. } => plain(Tone::Info, "•", counted(lang.t("bulan ini").into_owned())),
        Standing::Ahead { by } => plain(Tone::Mute, "", counted(lang.date(by))),
    }
}

fn plain(tone: Tone, sign: &'static str, text: String) -> Chip {
    Chip { tone, sign, text }
}
