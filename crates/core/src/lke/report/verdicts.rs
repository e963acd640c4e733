//! Scores against the thresholds of each predicate, and annex 3: the conditions that follow from stated facts.

use super::{Inputs, Recommendation, Report, TPI, columns, weight};
use crate::document::{Align, Block, Cell, Table};
use crate::eligibility::{FactValue, Facts, Force, Outcome, Reading, Status, Verdict};
use crate::instrument::{Level, Predicate, Threshold};
use crate::scoring::Score;

impl Inputs<'_> {
    /// The binding conditions of the recommended predicate that are not met, or not known to be, by TPI's score and
    /// the stated facts. Assessors may recommend all the same; they are told.
    pub fn doubts(&self) -> Vec<String> {
        let Some(Recommendation::Propose(code)) = &self.wording.recommendation else { return Vec::new() };
        let Ok(score) = Score::of(self.edition, &self.lke.sheet(TPI)) else { return Vec::new() };
        let none = Facts::default();
        let verdict = Verdict::of(self.edition, code, self.facts.unwrap_or(&none), Some(&score));
        let is_open = |outcome: &&Outcome<'_>| {
            is_binding(outcome) && matches!(outcome.status, Status::NotMet | Status::Unknown)
        };
        let outcomes = verdict.map(|verdict| verdict.outcomes).unwrap_or_default();
        outcomes.iter().filter(is_open).map(|outcome| outcome.condition.text.clone()).collect()
    }
}

impl Report<'_> {
    /// For each predicate a sentence and a table of its score conditions.
    pub(super) fn thresholds(&self) -> Vec<Block> {
        self.inputs.edition.predicates.iter().flat_map(|predicate| self.against(predicate)).collect()
    }

    fn against(&self, predicate: &Predicate) -> Vec<Block> {
        let (Some(unit), Some(tpi)) =
            (self.verdict(predicate, &self.unit), self.verdict(predicate, &self.tpi))
        else {
            return Vec::new();
        };
        let of_scores =
            |outcome: &&Outcome<'_>| outcome.condition.level == Level::Score && is_binding(outcome);
        let tested: Vec<&Outcome<'_>> = tpi.outcomes.iter().filter(of_scores).collect();
        let missed = tested.iter().filter(|outcome| outcome.status != Status::Met).count();
        let values = self
            .values
            .with("predikat", predicate.name.as_str())
            .with("jumlah", missed.to_string())
            .with("semua", tested.len().to_string());
        let words = if missed == 0 { &self.words.threshold_met } else { &self.words.threshold_not_met };
        let row = |outcome: &&Outcome<'_>| {
            let own = unit.outcome(&outcome.condition.code).and_then(|own| own.value.as_ref());
            let told = self.standing(outcome);
            let text = outcome.condition.text.clone();
            [text, needed(&outcome.condition.threshold), value(own), value(outcome.value.as_ref()), told]
                .map(Cell::text)
                .into()
        };
        use Align::{End, Start};
        let sides = [(38, Start), (14, End), (14, End), (14, End), (20, Start)];
        let table = Table {
            caption: Some(values.fill(&self.words.threshold_caption)),
            columns: columns(&self.words.threshold_columns, sides),
            rows: tested.iter().map(row).collect(),
        };
        vec![Block::Paragraph { text: values.fill(words) }, Block::Table(table)]
    }

    fn verdict<'a>(&'a self, predicate: &'a Predicate, score: &'a Score) -> Option<Verdict<'a>> {
        let none = Facts::default();
        let facts = self.inputs.facts.unwrap_or(&none);
        Verdict::of(self.inputs.edition, &predicate.code, facts, Some(score)).ok()
    }

    /// Annex 3, when facts are there.
    pub(super) fn conditions(&self) -> Vec<Block> {
        if self.inputs.facts.is_none() {
            return Vec::new();
        }
        let heading = Block::Heading { level: 1, text: self.words.conditions_heading.clone() };
        let intro = self.paragraph(&self.words.conditions_intro);
        let tables = self.inputs.edition.predicates.iter().filter_map(|predicate| self.stated(predicate));
        [heading, intro].into_iter().chain(tables).collect()
    }

    fn stated(&self, predicate: &Predicate) -> Option<Block> {
        let verdict = self.verdict(predicate, &self.tpi)?;
        let of_facts = |outcome: &&Outcome<'_>| outcome.condition.level != Level::Score;
        let row = |outcome: &Outcome<'_>| {
            let condition = outcome.condition;
            let (text, source) = (condition.text.clone(), outcome.source_document.to_owned());
            [
                text,
                needed(&condition.threshold),
                value(outcome.value.as_ref()),
                source,
                self.standing(outcome),
            ]
            .map(Cell::text)
            .into()
        };
        use Align::Start;
        let sides = [(34, Start), (15, Start), (15, Start), (18, Start), (18, Start)];
        let caption = self.values.with("predikat", predicate.name.as_str());
        Some(Block::Table(Table {
            caption: Some(caption.fill(&self.words.conditions_caption)),
            columns: columns(&self.words.conditions_columns, sides),
            rows: verdict.outcomes.iter().filter(of_facts).map(row).collect(),
        }))
    }

    fn standing(&self, outcome: &Outcome<'_>) -> String {
        let status = match outcome.status {
            Status::Met => &self.words.met,
            Status::NotMet => &self.words.not_met,
            Status::Unknown => &self.words.unknown,
            Status::NotApplicable => &self.words.not_applicable,
        };
        let remark = match (outcome.force, outcome.reading) {
            (Force::SetAside, _) => &self.words.set_aside,
            (_, Reading::Other) => &self.words.other_reading,
            (Force::Warning, _) => &self.words.uncertain,
            (Force::Binding, _) => return status.clone(),
        };
        format!("{status} {remark}")
    }
}

/// Whether a condition decides: certain in law, and the reading that counts.
fn is_binding(outcome: &Outcome<'_>) -> bool {
    outcome.force == Force::Binding && outcome.reading != Reading::Other
}

fn needed(threshold: &Threshold) -> String {
    match threshold {
        Threshold::AtLeast(least) => weight(*least),
        Threshold::AtLeastGrade(word) | Threshold::Is(word) => word.clone(),
        Threshold::In(words) => words.join(", "),
    }
}

fn value(found: Option<&FactValue>) -> String {
    match found {
        None => "\u{2013}".to_owned(),
        Some(FactValue::Number(number)) => super::figure(*number),
        Some(FactValue::Word(word)) => word.clone(),
    }
}
