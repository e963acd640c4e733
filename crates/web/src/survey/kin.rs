//! A campaign beside those of the unit that asked the same: by service and by period, and how it differs from the last
//! one. Made of frozen figures and running counts, so it costs the same however many answered.

use bening_core::survey::{Figure, Questionnaire, UnsurChange, figure};
use bening_store::survey::{self as store, Kept};

use super::report::{change, changed};
use crate::app::App;
use crate::error::Result;
use crate::page::Page;

/// Another campaign, in a row.
pub(super) struct KinRow {
    pub(super) href: String,
    pub(super) service: String,
    pub(super) period: String,
    pub(super) count: String,
    pub(super) index: String,
}

/// What stands beside the figures of a campaign.
#[derive(Default)]
pub(super) struct Kin {
    pub(super) rows: Vec<KinRow>,
    /// How it differs from the last one, in a sentence; empty before it is frozen.
    pub(super) change: String,
    /// Cronbach's alpha, in a sentence; empty before it is frozen.
    pub(super) alpha: String,
    pub(super) unsur: Vec<UnsurChanged>,
}

/// How one unsur changed since the last campaign.
pub(super) struct UnsurChanged {
    pub(super) code: String,
    pub(super) difference: String,
    pub(super) range: String,
    pub(super) meaning: &'static str,
}

/// The frozen campaigns of the unit that asked the same.
pub(super) async fn kin(
    app: &App,
    page: &Page,
    (kept, asked): (&Kept, &Questionnaire),
    list: &str,
) -> Result<Kin> {
    let all = store::frozen(app.store(), kept.campaign.unit).await?;
    let alike = all.iter().filter(|other| {
        other.campaign.questionnaire == kept.campaign.questionnaire && other.campaign.id != kept.campaign.id
    });
    let rows = alike.filter_map(|other| row(page, other, list)).collect();
    let Some(frozen) = &kept.frozen else { return Ok(Kin { rows, ..Kin::default() }) };
    let alpha = frozen.result.get("report").and_then(|report| figure(report, "cronbach_alpha"));
    let alpha = alpha.map(|alpha| {
        let values = [("indeks", asked.index.name.clone()), ("alfa", page.number(alpha.rounded(2)))];
        page.tf("Keandalan kuesioner %{indeks}: alfa Cronbach %{alfa}.", &values)
    });
    let change = change(app, kept, frozen).await?;
    let unsur = change.iter().flat_map(|change| &change.unsur).map(|one| unsur_changed(page, one)).collect();
    let change = change.map(|change| changed(page, &change));
    Ok(Kin { rows, change: change.unwrap_or_default(), alpha: alpha.unwrap_or_default(), unsur })
}

fn unsur_changed(page: &Page, change: &UnsurChange) -> UnsurChanged {
    let two = |figure: &Figure| page.number(figure.rounded(2));
    UnsurChanged {
        code: change.code.clone(),
        difference: two(&change.difference),
        range: change
            .interval
            .as_ref()
            .map(|(lower, upper)| format!("{} – {}", two(lower), two(upper)))
            .unwrap_or_default(),
        meaning: match change.is_clear() {
            Some(true) => "lebih besar daripada kebetulan",
            Some(false) => "dapat terjadi karena kebetulan",
            None => "",
        },
    }
}

fn row(page: &Page, other: &Kept, list: &str) -> Option<KinRow> {
    let report = other.frozen.as_ref()?.result.get("report")?;
    Some(KinRow {
        href: format!("{list}/{}", other.campaign.id),
        service: other.campaign.service.clone(),
        period: other.campaign.period.clone(),
        count: page.number(report.get("n")?.as_u64()?),
        index: figure(report, "index").map_or_else(|| "—".to_owned(), |index| page.number(index.rounded(2))),
    })
}
