//! What a frozen campaign leaves behind: a table of its answers as CSV, the hash of it, and the figures made
//! of it. Free words stay out: people write names in them.

use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::answer::Answer;
use super::campaign::Campaign;
use super::header::Layout;
use super::method::Method;
use super::model::Questionnaire;
use super::output::to_json;
use super::report::{Options, Report};
use super::responses::Responses;

/// What is fixed when a campaign is frozen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Frozen {
    /// SHA-256 of the CSV, in hex.
    pub sha256: String,
    /// The figures, as `bening survey index` prints them, and what was asked of whom.
    pub result: Value,
}

/// The answers as CSV: one line a respondent, one column a question, then channel and day. The reader of
/// `bening survey index` passes over the last two.
#[must_use]
pub fn csv(questionnaire: &Questionnaire, answers: &[Answer]) -> String {
    let columns = Layout::by_question(questionnaire).columns;
    let mut text: String = columns.iter().map(|column| format!("{},", column.code)).collect();
    text += "kanal,tanggal\n";
    for answer in answers {
        for value in &answer.values {
            let value = if *value == 0 { String::new() } else { value.to_string() };
            text += &format!("{value},");
        }
        text += &format!("{},{}\n", answer.channel.as_str(), answer.day);
    }
    text
}

/// The hash and the figures of a campaign's answers; `None` when its questionnaire is not known here.
#[must_use]
pub fn freeze(campaign: &Campaign, answers: &[Answer], method: &Method) -> Option<Frozen> {
    let (questionnaire, scale) = (campaign.questionnaire()?, campaign.scale()?);
    let mut responses = Responses::new(questionnaire, scale, Layout::by_question(questionnaire));
    for answer in answers {
        responses.push(&answer.values).ok()?;
    }
    // A population that was guessed too small must not stand in the way: then nothing is said of the sample.
    let stated = campaign.population.filter(|population| *population >= responses.respondents());
    let options = Options { population: stated, ..Options::default() };
    let report = Report::of(&responses, method, &options).ok()?;
    let sha256 = hex::encode(Sha256::digest(csv(questionnaire, answers).as_bytes()));
    let result = json!({
        "campaign": campaign.id,
        "service": campaign.service,
        "period": campaign.period,
        "opens_on": campaign.opens_on,
        "closes_on": campaign.closes_on,
        "entry": campaign.entry,
        "questionnaire_version": questionnaire.version,
        "csv_sha256": sha256,
        "report": to_json(&report),
    });
    Some(Frozen { sha256, result })
}
