//! The overview as CSV: every unit asked for, every layer.

use axum::extract::{Query, State};
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use bening_core::lke::Layer;

use super::board::{self, Row};
use super::order::Ask;
use super::sight::{self, Sight};
use crate::app::App;
use crate::caller::Caller;
use crate::csv::record;
use crate::error::Result;

/// The overview of a year as a file.
///
/// # Errors
/// When the caller may see nothing of the assessment.
pub async fn download(State(app): State<App>, caller: Caller, Query(ask): Query<Ask>) -> Result {
    let sight = Sight::of(&app, &caller).await?;
    let year = sight::year_asked(&app, ask.tahun.as_deref())?;
    let mut board = board::load(&app, &sight, caller.id(), year).await?;
    ask.apply(&mut board.rows);
    let mut text = String::from("\u{feff}");
    text.push_str(&record(&headings(&board.rows)));
    for row in &board.rows {
        text.push_str(&record(&values(&app, row)));
    }
    let name = format!("attachment; filename=\"penilaian-{year}.csv\"");
    let name = HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("attachment"));
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], text).into_response())
}

fn headings(rows: &[Row]) -> Vec<String> {
    let mut names: Vec<String> =
        ["Kode", "Unit kerja", "Tim", "Tahap", "Pertanyaan"].map(str::to_owned).to_vec();
    for layer in Layer::ALL {
        let title = layer.title();
        names.extend([format!("{title}: terjawab"), format!("{title}: diajukan"), format!("{title}: nilai")]);
    }
    let with_distances = rows.iter().find(|row| !row.distances.is_empty());
    let distances = with_distances.into_iter().flat_map(|row| &row.distances);
    names.extend(distances.map(|each| format!("Kurang ke {} ({})", each.predicate, each.threshold.plain())));
    names.splice(5..5, ["Dikembalikan".to_owned(), "Kegiatan terakhir".to_owned()]);
    names
}

fn values(app: &App, row: &Row) -> Vec<String> {
    let mut values = vec![
        row.unit.code.to_string(),
        row.unit.name.clone(),
        row.team.as_ref().map(|(_, name)| name.clone()).unwrap_or_default(),
        row.stage.title().to_owned(),
        row.questions.to_string(),
        row.open_returns.to_string(),
        row.last_at.map(|at| app.local(at).0.to_string()).unwrap_or_default(),
    ];
    for layer in Layer::ALL {
        let cell = row.layers.iter().find(|cell| cell.layer == layer);
        let submitted = cell.and_then(|cell| cell.submitted_at).map(|at| app.local(at).0.to_string());
        let score = cell.and_then(|cell| cell.score).map(|score| score.rounded());
        values.push(cell.map(|cell| cell.answered.to_string()).unwrap_or_default());
        values.extend([submitted.unwrap_or_default(), score.unwrap_or_default()]);
    }
    values.extend(row.distances.iter().map(|each| each.missing.rounded()));
    values
}
