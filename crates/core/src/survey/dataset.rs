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
use super::own::OwnSet;
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
pub fn csv(questionnaire: &Questionnaire, own: Option<&OwnSet>, answers: &[Answer]) -> String {
    let columns = Layout::by_question(questionnaire).columns;
    let mut text: String = columns.iter().map(|column| format!("{},", column.code)).collect();
    text += "kanal,tanggal";
    let own: Vec<&str> = own.iter().flat_map(|own| own.columns()).map(|one| one.code.as_str()).collect();
    own.iter().for_each(|code| text += &format!(",{code}"));
    text += "\n";
    for answer in answers {
        for value in &answer.values {
            let value = if *value == 0 { String::new() } else { value.to_string() };
            text += &format!("{value},");
        }
        text += &format!("{},{}", answer.channel.as_str(), answer.day);
        for code in &own {
            let said = answer.extras.get(*code).map_or("", String::as_str);
            text += &format!(",{said}");
        }
        text += "\n";
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
        responses.came(answer.channel);
    }
    // A population that was guessed too small must not stand in the way: then nothing is said of the sample.
    let stated = campaign.population.filter(|population| *population >= responses.respondents());
    let options = Options {
        population: stated,
        margin: campaign.aim.margin,
        confidence: campaign.aim.confidence,
        channels: campaign.aim.channels.clone(),
        ..Options::default()
    };
    let report = Report::of(&responses, method, &options).ok()?;
    let own = campaign.own.as_ref();
    let sha256 = hex::encode(Sha256::digest(csv(questionnaire, own, answers).as_bytes()));
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
        "own": own.map(|own| own.results(scale, answers)),
    });
    Some(Frozen { sha256, result })
}
