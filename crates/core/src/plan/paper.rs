//! The *Dokumen Rencana dan Aksi* as a document: what is printed, not how it looks. The sentences stand in
//! `prints/rencana.toml`, weights and conditions come from an instrument; here they are put together with
//! the plan. Any kept version of a plan can be printed, because the plan comes in as its export.

mod law;
mod lawful;
mod monitoring;
mod prose;
mod tables;

pub use law::{Citation, ConditionSet, PaperLaw, PaperTexts, SurveyContent, WeightGroup};
pub use prose::{Prose, ProseError};

use chrono::{Datelike, NaiveDate};

use self::prose::{Part, Slot, Words};
use super::PlanState;
use super::export::PlanExport;
use crate::agency::Agency;
use crate::document::{Align, Block, Cell, Column, Cover, Document, Marker, SchemeBox, Signature, Table};
use crate::fill::Values;
use crate::time::Month;

/// Everything the paper is made from.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// The plan, as it is or in a version that was kept.
    pub plan: &'a PlanExport,
    /// Whose agency.
    pub agency: &'a Agency,
    /// The law of the plan's year.
    pub law: &'a PaperLaw,
    /// What the unit says for itself.
    pub texts: &'a PaperTexts,
}

/// The paper in the words of `prose`.
pub fn document(prose: &Prose, inputs: &Inputs<'_>) -> Document {
    let paper = Paper { prose, inputs, values: values(inputs) };
    Document {
        title: paper.fill(&prose.title),
        author: inputs.plan.unit.name.clone(),
        language: "id".to_owned(),
        dated: inputs.texts.dated,
        cover: Some(paper.cover()),
        blocks: prose.part.iter().flat_map(|part| paper.part(part)).collect(),
    }
}

/// "14 Januari 2020".
pub(crate) fn long_date(date: NaiveDate) -> String {
    format!("{} {} {}", date.day(), Month::of(date).name(), date.year())
}

fn values(inputs: &Inputs<'_>) -> Values {
    let short =
        if inputs.agency.short_name.is_empty() { &inputs.agency.name } else { &inputs.agency.short_name };
    Values::default()
        .with("unit", inputs.plan.unit.name.as_str())
        .with("instansi", inputs.agency.name.as_str())
        .with("instansi_singkat", short.as_str())
        .with("tahun", inputs.plan.year.to_string())
        .with("peraturan", inputs.law.title.as_str())
        .with("tanggal", long_date(inputs.texts.dated))
}

/// A paper on the way.
struct Paper<'a> {
    prose: &'a Prose,
    inputs: &'a Inputs<'a>,
    values: Values,
}

impl Paper<'_> {
    fn fill(&self, text: &str) -> String {
        self.values.fill(text)
    }

    fn fill_all(&self, texts: &[String]) -> Vec<String> {
        texts.iter().map(|text| self.fill(text)).collect()
    }

    fn words(&self) -> &Words {
        &self.prose.words
    }

    fn cover(&self) -> Cover {
        let title = self.fill_all(&self.prose.cover);
        let texts = self.inputs.texts;
        let foot = texts.above.iter().chain([&self.inputs.agency.name]).filter(|line| !line.is_empty());
        Cover {
            logo: self.inputs.agency.logo.clone(),
            title,
            mark: self.standing(),
            foot: foot.cloned().collect(),
        }
    }

    /// A paper that nobody approved says so.
    fn standing(&self) -> Option<String> {
        match self.inputs.plan.state {
            PlanState::Approved => None,
            PlanState::Draft => Some(self.words().draft.clone()),
            PlanState::Amending => {
                let version = self.inputs.plan.version.to_string();
                Some(self.values.with("versi", version).fill(&self.words().amending))
            }
        }
    }

    fn part(&self, part: &Part) -> Vec<Block> {
        vec![match part {
            Part::Slot { slot } => return self.slot(*slot),
            Part::Heading { level, text } => Block::Heading { level: *level, text: self.fill(text) },
            Part::Paragraph { text } => self.paragraph(text),
            Part::List { marker, items } => Block::List { marker: *marker, items: self.fill_all(items) },
            Part::Contents { title } => Block::Contents { title: title.clone() },
            Part::PageNumbers { style } => Block::PageNumbers { style: *style },
            Part::Orientation { landscape } => Block::Orientation { landscape: *landscape },
        }]
    }

    fn paragraph(&self, text: &str) -> Block {
        Block::Paragraph { text: self.fill(text) }
    }

    fn slot(&self, slot: Slot) -> Vec<Block> {
        match slot {
            Slot::Foreword => self.paragraphs(&self.inputs.texts.foreword),
            Slot::Background => self.paragraphs(&self.inputs.texts.background),
            Slot::Signature => vec![Block::Signature(self.signature())],
            Slot::LegalBasis => vec![list(Marker::Number, self.legal_basis())],
            Slot::Weights => vec![Block::Table(self.weights())],
            Slot::Conditions => {
                self.inputs.law.conditions.iter().flat_map(|set| self.conditions(set)).collect()
            }
            Slot::Scheme => vec![self.scheme()],
            Slot::Plan => self.plan_tables(),
            Slot::Priorities => vec![self.priorities()],
            Slot::Progress => self.progress(),
            Slot::FollowUp => self.follow_up(),
            Slot::Surveys => self.inputs.law.surveys.iter().flat_map(survey).collect(),
        }
    }

    fn signature(&self) -> Signature {
        let texts = self.inputs.texts;
        let date = long_date(texts.dated);
        let place_and_date = if texts.place.is_empty() { date } else { format!("{}, {date}", texts.place) };
        Signature { place_and_date, title: texts.signatory_title.clone(), name: texts.signatory.clone() }
    }

    fn paragraphs(&self, texts: &[String]) -> Vec<Block> {
        texts.iter().map(|text| self.paragraph(text)).collect()
    }

    fn legal_basis(&self) -> Vec<String> {
        let general = self.citations().map(|citation| citation.full);
        general.chain(self.inputs.texts.legal_basis.iter().cloned()).collect()
    }

    fn citations(&self) -> impl Iterator<Item = Citation> {
        self.prose.legal_basis(self.inputs.plan.year).chain(self.inputs.law.regulations.iter().cloned())
    }

    fn weights(&self) -> Table {
        let law = self.inputs.law;
        let mut rows: Vec<Vec<Cell>> = law.weights.iter().flat_map(weight_rows).collect();
        let total = Cell::text(self.words().weight_total.as_str()).strong().spanning_columns(2);
        rows.push(vec![total, Cell::text(law.total.as_str()).strong()]);
        let sides = [(6, Align::Center), (74, Align::Start), (20, Align::End)];
        Table {
            caption: Some(self.fill(&self.words().weight_caption)),
            columns: columns(&self.words().weight_columns, sides),
            rows,
        }
    }

    fn conditions(&self, set: &ConditionSet) -> Vec<Block> {
        let values = self.values.with("predikat", set.predicate.as_str());
        let mut blocks = vec![Block::Paragraph { text: values.fill(&self.words().condition_intro) }];
        let groups =
            [(&self.words().condition_agency, &set.agency), (&self.words().condition_unit, &set.unit)];
        for (words, items) in groups.into_iter().filter(|(_, items)| !items.is_empty()) {
            blocks.extend([self.paragraph(words), list(Marker::Letter, items.clone())]);
        }
        blocks
    }

    fn scheme(&self) -> Block {
        let words = self.words();
        let basis = SchemeBox {
            title: words.scheme_basis.clone(),
            items: self.citations().map(|citation| citation.short).collect(),
        };
        let goal = SchemeBox { title: words.scheme_goal.clone(), items: words.scheme_goals.clone() };
        let groups = self.inputs.law.weights.iter().map(|group| self.scheme_group(group));
        let boxes = [basis].into_iter().chain(groups).chain([goal]).collect();
        Block::Scheme { alt: words.scheme_alt.clone(), boxes }
    }

    fn scheme_group(&self, group: &WeightGroup) -> SchemeBox {
        let values = self.values.with("nama", group.name.as_str()).with("bobot", group.weight.as_str());
        let items = group.components.iter().map(|(name, weight)| format!("{name} ({weight})"));
        SchemeBox { title: values.fill(&self.words().scheme_group), items: items.collect() }
    }
}

fn weight_rows(group: &WeightGroup) -> Vec<Vec<Cell>> {
    let head = [&group.mark, &group.name, &group.weight].map(|text| Cell::text(text.as_str()).strong());
    let components = group.components.iter().enumerate().map(|(index, (name, weight))| {
        vec![Cell::text((index + 1).to_string()), Cell::text(name.as_str()), Cell::text(weight.as_str())]
    });
    [head.into()].into_iter().chain(components).collect()
}

fn survey(content: &SurveyContent) -> [Block; 2] {
    let heading = Block::Heading { level: 2, text: content.title.clone() };
    [heading, list(Marker::Number, content.topics.clone())]
}

pub(crate) fn list(marker: Marker, items: Vec<String>) -> Block {
    Block::List { marker, items }
}

/// Columns from their headings, shares of the width and sides.
pub(crate) fn columns<const N: usize>(headings: &[String; N], sides: [(u32, Align); N]) -> Vec<Column> {
    let columns = headings.iter().zip(sides);
    columns.map(|(heading, (share, align))| Column { heading: heading.clone(), share, align }).collect()
}
