//! How the index of a frozen campaign reaches the worksheet: the questionnaire's file names the question, and what
//! comes of it is a suggestion. Nothing here writes an answer.

use chrono::NaiveDate;

use super::campaign::{Campaign, CampaignState};
use super::dataset::Frozen;
use super::model::Questionnaire;
use crate::id::CampaignId;
use crate::instrument::check::refuse_repeats;
use crate::instrument::source::Source;
use crate::instrument::{self, Exact, Form, Instrument};

/// A question of an edition that asks for the index of a questionnaire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// Id of the edition of the worksheet.
    pub edition: String,
    /// Code of its question.
    pub question: String,
    /// The rule.
    pub citation: String,
    pub(crate) line: usize,
}

/// An index that could be the answer to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Code of the question.
    pub question: String,
    /// The campaign it comes from.
    pub campaign: CampaignId,
    /// Id of the version of its questionnaire.
    pub questionnaire: String,
    /// The command that reckons it again from the published file.
    pub recipe: String,
    /// Short name of the index, such as `IPAK`.
    pub index_name: String,
    /// The index, exactly.
    pub index: Exact,
    /// The service that was asked about.
    pub service: String,
    /// What the period is called.
    pub period: String,
    /// Last day on which it was answered.
    pub closes_on: NaiveDate,
    /// How many answered.
    pub respondents: u64,
    /// SHA-256 of the published CSV, in hex.
    pub sha256: String,
    /// The rule that lets the index answer the question.
    pub citation: String,
}

/// What frozen campaigns suggest for the worksheet of an edition, the latest first.
#[must_use]
pub fn suggestions<'a>(
    edition: &Instrument,
    frozen: impl IntoIterator<Item = (&'a Campaign, &'a Frozen)>,
) -> Vec<Suggestion> {
    let all = frozen.into_iter().flat_map(|(campaign, frozen)| of(edition, campaign, frozen));
    let mut all: Vec<Suggestion> = all.collect();
    all.sort_by(|one, other| other.closes_on.cmp(&one.closes_on).then(one.campaign.cmp(&other.campaign)));
    all
}

fn of(edition: &Instrument, campaign: &Campaign, frozen: &Frozen) -> Vec<Suggestion> {
    let Some(asked) = campaign.questionnaire().filter(|_| campaign.state == CampaignState::Frozen) else {
        return Vec::new();
    };
    let feeds = asked.feeds.iter().filter(|feed| feed.edition == edition.id);
    feeds.filter_map(|feed| suggestion(asked, feed, campaign, frozen)).collect()
}

fn suggestion(
    asked: &Questionnaire,
    feed: &Feed,
    campaign: &Campaign,
    frozen: &Frozen,
) -> Option<Suggestion> {
    let report = frozen.result.get("report")?;
    Some(Suggestion {
        question: feed.question.clone(),
        campaign: campaign.id,
        questionnaire: asked.id.clone(),
        recipe: campaign.recipe(frozen),
        index_name: asked.index.name.clone(),
        index: exactly(report)?,
        service: campaign.service.clone(),
        period: campaign.period.clone(),
        closes_on: campaign.closes_on,
        respondents: report.get("n")?.as_u64()?,
        sha256: frozen.sha256.clone(),
        citation: feed.citation.clone(),
    })
}

/// The index, exactly; six decimals, as it is printed, where its fraction is too long for a worksheet.
fn exactly(report: &serde_json::Value) -> Option<Exact> {
    let read = |name: &str| report.get(name)?.as_str()?.parse().ok();
    read("index_exact").or_else(|| read("index"))
}

impl Suggestion {
    /// Where the answer comes from, in words that let anybody reckon it again.
    #[must_use]
    pub fn provenance(&self) -> String {
        format!(
            "{} {} dari survei {}, {} ({} responden, survei {}). CSV SHA-256 {}. Hitung ulang: {}",
            self.index_name,
            self.index.plain(),
            self.service,
            self.period,
            self.respondents,
            self.campaign,
            self.sha256,
            self.recipe
        )
    }
}

/// Notes feeds that lead nowhere.
pub(super) fn check(questionnaire: &Questionnaire, source: &Source<'_>) {
    let named: Vec<String> =
        questionnaire.feeds.iter().map(|feed| format!("{}/{}", feed.edition, feed.question)).collect();
    let lines = questionnaire.feeds.iter().map(|feed| feed.line);
    let named: Vec<(&str, usize)> = named.iter().map(String::as_str).zip(lines).collect();
    refuse_repeats(&named, "tujuan", source);
    for feed in &questionnaire.feeds {
        if let Some(reason) = leads_nowhere(questionnaire, feed) {
            source.refuse(feed.line, &reason);
        }
    }
}

fn leads_nowhere(questionnaire: &Questionnaire, feed: &Feed) -> Option<String> {
    let Some(edition) = instrument::shipped().by_id(&feed.edition) else {
        return Some(format!("edisi lembar kerja \"{}\" tidak ada", feed.edition));
    };
    let Some((_, _, question)) = edition.question(&feed.question) else {
        return Some(format!("pertanyaan {} tidak ada pada edisi {}", feed.question, feed.edition));
    };
    match edition.kind(&question.kind).map(|kind| &kind.form) {
        Some(Form::Index { max, .. }) if *max == questionnaire.index.highest => None,
        _ => Some(format!(
            "pertanyaan {} tidak menanyakan indeks dengan nilai tertinggi {}",
            feed.question,
            questionnaire.index.highest.plain()
        )),
    }
}
