//! What the pages show of the questions a unit asks beside the official ones: made of frozen results, never of answers.

use bening_core::survey::{Campaign, Frozen, OwnQuestion, figure};
use serde_json::Value;

use super::words;
use crate::page::Page;

/// The questions of the unit, with what was answered once the campaign is frozen.
pub(super) struct Beside {
    pub(super) name: String,
    pub(super) rows: Vec<BesideRow>,
}

pub(super) struct BesideRow {
    pub(super) code: String,
    pub(super) text: String,
    pub(super) said: String,
}

pub(super) fn beside(page: &Page, campaign: &Campaign, frozen: Option<&Frozen>) -> Option<Beside> {
    let set = campaign.own.as_ref()?;
    let results = frozen.and_then(|frozen| frozen.result.get("own")?.get("questions")?.as_array());
    let row = |(at, own): (usize, &OwnQuestion)| BesideRow {
        code: own.code.clone(),
        text: words(&own.text, page.lang).to_owned(),
        said: results.and_then(|all| all.get(at)).map(|one| answered(page, one)).unwrap_or_default(),
    };
    let values = [("nama", set.name.clone()), ("n", set.version.to_string())];
    let name = page.tf("%{nama}, versi %{n}", &values);
    Some(Beside { name, rows: set.questions.iter().enumerate().map(row).collect() })
}

fn answered(page: &Page, result: &Value) -> String {
    let counts = result.get("counts").and_then(Value::as_object).into_iter().flatten();
    let counts = counts.map(|(answer, n)| format!("{answer}: {n}"));
    let mean = figure(result, "mean")
        .map(|mean| page.tf("rata-rata %{nilai}", &[("nilai", page.number(mean.rounded(2)))]));
    let all: Vec<String> = counts.chain(mean).collect();
    match all.is_empty() {
        true => page.tn("%{n} tulisan", result["answers"].as_u64().unwrap_or(0)),
        false => all.join(" · "),
    }
}
