//! The report of a frozen campaign as a paper. Figures come from what was frozen, sentences from `prints/survei.toml`.

mod compared;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::Value;

use super::campaign::{Campaign, Entry};
use super::compare::{Change, figure};
use super::dataset::Frozen;
use super::figure::Figure;
use super::model::{Questionnaire, Scale};
use super::publication::SurveyReport;
use crate::agency::Agency;
use crate::document::{Align, Bar, Block, Cell, Column, Cover, Document, Marker, Table};
use crate::instrument::Exact;
use crate::plan::paper::long_date;
use crate::unit::Unit;

/// The sentences, by name.
type Prose = BTreeMap<String, String>;

/// What a report is made of.
#[derive(Debug, Clone, Copy)]
pub struct Printing<'a> {
    /// The agency.
    pub agency: &'a Agency,
    /// The unit.
    pub unit: &'a Unit,
    /// The campaign.
    pub campaign: &'a Campaign,
    /// What was frozen of it.
    pub frozen: &'a Frozen,
    /// What the unit says to it.
    pub report: &'a SurveyReport,
    /// How it differs from the last campaign.
    pub change: Option<&'a Change>,
    /// The command that reckons it again.
    pub command: &'a str,
    /// Date of the paper.
    pub dated: NaiveDate,
}

/// The paper; `None` when the questionnaire is not known here.
#[must_use]
pub fn printed(inputs: Printing<'_>) -> Option<Document> {
    let prose: Prose = toml::from_str(include_str!("../../../../prints/survei.toml")).ok()?;
    let (asked, scale) = (inputs.campaign.questionnaire()?, inputs.campaign.scale()?);
    let figures = inputs.frozen.result.get("report")?;
    let writer = Writer { prose, inputs, asked, scale, figures };
    let blocks = [
        writer.questionnaire(),
        writer.method(),
        writer.sample(),
        writer.result(),
        writer.own(),
        writer.said("findings", "no_findings", &inputs.report.findings()),
        writer.said("follow_up", "no_follow_up", &inputs.report.follow_up()),
        writer.proof(),
    ];
    let title = format!("{} {}", writer.word("title"), inputs.campaign.service);
    Some(Document {
        cover: Some(writer.cover()),
        title,
        author: inputs.unit.name.clone(),
        language: "id".to_owned(),
        dated: inputs.dated,
        blocks: blocks.concat(),
    })
}

struct Writer<'a> {
    prose: Prose,
    inputs: Printing<'a>,
    asked: &'a Questionnaire,
    scale: &'a Scale,
    figures: &'a Value,
}

impl Writer<'_> {
    fn word(&self, name: &str) -> String {
        self.prose.get(name).cloned().unwrap_or_default()
    }

    fn say(&self, name: &str, values: &[(&str, String)]) -> Block {
        let fill = |text: String, (key, value): &(&str, String)| text.replace(&format!("{{{key}}}"), value);
        Block::Paragraph { text: values.iter().fold(self.word(name), fill) }
    }

    fn heading(&self, name: &str) -> Block {
        Block::Heading { level: 2, text: self.word(name) }
    }

    fn cover(&self) -> Cover {
        let inputs = &self.inputs;
        let is_public = inputs.report.published.is_some();
        Cover {
            logo: inputs.agency.logo.clone(),
            title: vec![self.word("title"), self.asked.title.id.clone(), inputs.campaign.service.clone()],
            mark: (!is_public).then(|| self.word("draft")),
            foot: vec![inputs.unit.name.clone(), inputs.agency.name.clone(), inputs.campaign.period.clone()],
        }
    }

    fn questionnaire(&self) -> Vec<Block> {
        let campaign = self.inputs.campaign;
        let about = [
            ("judul", self.asked.title.id.clone()),
            ("peraturan", self.asked.regulation.clone()),
            ("versi", self.asked.version.to_string()),
            ("layanan", campaign.service.clone()),
            ("buka", long_date(campaign.opens_on)),
            ("tutup", long_date(campaign.closes_on)),
        ];
        let title = Block::Heading { level: 1, text: self.word("title") };
        let head = vec![title, self.heading("questionnaire"), self.say("about", &about), self.questions()];
        let beside: Vec<String> = self.asked.extras.iter().map(|extra| extra.text.id.clone()).collect();
        let extras =
            vec![self.say("extras_note", &[]), Block::List { marker: Marker::Bullet, items: beside }];
        if self.asked.extras.is_empty() { head } else { [head, extras].concat() }
    }

    fn questions(&self) -> Block {
        let row = |(_, question): (usize, &super::model::Question)| {
            let texts = [&question.code, &question.text.id, &question.lowest.id, &question.highest.id];
            texts.map(Cell::text).into()
        };
        Block::Table(Table {
            caption: Some(self.word("questions")),
            columns: vec![
                self.column("code", 2, Align::Start),
                self.column("question", 12, Align::Start),
                self.column("lowest", 5, Align::Start),
                self.column("highest", 5, Align::Start),
            ],
            rows: self.asked.questions().map(row).collect(),
        })
    }

    fn column(&self, name: &str, share: u32, align: Align) -> Column {
        let heading = self.word(name).replace("{titik}", &self.scale.points.to_string());
        Column { heading, share, align }
    }

    fn method(&self) -> Vec<Block> {
        let rule = &self.asked.index;
        let plain = |exact: Exact| exact.plain().replace('.', ",");
        let scale = [
            ("titik", self.scale.points.to_string()),
            ("rumus", self.scale.formula.clone()),
            ("terendah", plain(rule.lowest)),
            ("tertinggi", plain(rule.highest)),
            ("dasar", self.scale.citation.clone()),
        ];
        let index = [
            ("indeks", rule.name.clone()),
            ("unsur", self.asked.unsur.len().to_string()),
            ("kali", plain(rule.percent_per_point)),
            ("dasar", rule.citation.clone()),
        ];
        let mut blocks = vec![self.heading("method"), self.say("scale", &scale), self.say("index", &index)];
        blocks.extend(self.interval());
        blocks
    }

    fn interval(&self) -> Option<Block> {
        let interval = self.figures.get("interval").filter(|interval| interval.is_object())?;
        let text = |name: &str| shown(interval.get(name));
        let correction = interval.get("finite_population_correction").and_then(Value::as_str);
        let correction = correction.map(|factor| self.word("correction").replace("{faktor}", &comma(factor)));
        let values = [
            ("taraf", comma(&text("confidence"))),
            ("ulangan", text("replicates")),
            ("benih", text("seed")),
            ("koreksi", correction.unwrap_or_default()),
        ];
        Some(self.say("interval", &values))
    }

    fn sample(&self) -> Vec<Block> {
        let number = |name: &str| {
            self.figures
                .get(name)
                .and_then(Value::as_u64)
                .map_or_else(|| self.word("unknown"), |n| n.to_string())
        };
        let campaign = self.inputs.campaign;
        let rows = [
            (self.word("service"), campaign.service.clone()),
            (self.word("period"), campaign.period.clone()),
            (self.word("respondents"), number("n")),
            (self.word("population"), number("population")),
            (self.word("required"), self.required_usual()),
        ];
        let rows = rows.into_iter().chain(self.required_as_aimed()).collect();
        let sampling = self.sampling();
        let entry = match campaign.entry {
            Entry::Open => "open",
            Entry::Codes => "codes",
        };
        let mut blocks = vec![self.heading("sample"), Block::Details { rows }, self.say(entry, &[])];
        blocks.extend(sampling);
        let warnings = self.figures.get("warnings").and_then(Value::as_array).into_iter().flatten();
        let items: Vec<String> = warnings.map(|warning| shown(warning.get("message"))).collect();
        if !items.is_empty() {
            blocks.push(Block::Paragraph { text: self.word("warnings") });
            blocks.push(Block::List { marker: Marker::Bullet, items });
        }
        blocks
    }

    /// The sample for the usual margin; of reports frozen before it was told apart, the only one there is.
    fn required_usual(&self) -> String {
        let told = self.figures.get("sample").and_then(|sample| sample.get("required_usual")?.as_u64());
        let told = told.or_else(|| self.figures.get("required_sample").and_then(Value::as_u64));
        told.map_or_else(|| self.word("unknown"), |required| required.to_string())
    }

    fn required_as_aimed(&self) -> Option<(String, String)> {
        let (aim, sample) = (&self.inputs.campaign.aim, self.figures.get("sample")?);
        aim.margin.or(aim.confidence)?;
        let part = |name: &str| comma(&shown(sample.get(name)));
        let label = self.word("required_as_aimed");
        let label = label.replace("{galat}", &part("margin")).replace("{taraf}", &part("confidence"));
        Some((label, shown(sample.get("required"))))
    }

    /// How the required sample was reckoned.
    fn sampling(&self) -> Option<Block> {
        let sample = self.figures.get("sample")?;
        let values = ["formula", "citation"].map(|name| shown(sample.get(name)));
        let [formula, citation] = values;
        Some(self.say("sampling", &[("rumus", formula), ("dasar", citation)]))
    }

    /// What was answered to the questions of the unit, which count nowhere.
    fn own(&self) -> Vec<Block> {
        let own = self.inputs.frozen.result.get("own").filter(|own| own.is_object());
        let Some(own) = own else { return Vec::new() };
        let about = [("nama", shown(own.get("name"))), ("versi", shown(own.get("version")))];
        let row = |question: &Value| {
            let counts = question.get("counts").and_then(Value::as_object).into_iter().flatten();
            let counts: Vec<String> = counts.map(|(answer, n)| format!("{answer}: {n}")).collect();
            let text = question.get("text").and_then(|text| text.get("id"));
            [
                shown(question.get("code")),
                shown(text),
                shown(question.get("answers")),
                counts.join(" · "),
                two(figure(question, "mean")),
            ]
            .map(Cell::text)
            .into()
        };
        let questions = own.get("questions").and_then(Value::as_array).into_iter().flatten();
        let table = Table {
            caption: Some(self.word("own")),
            columns: vec![
                self.column("code", 2, Align::Start),
                self.column("question", 10, Align::Start),
                self.column("answers", 3, Align::End),
                self.column("said", 6, Align::Start),
                self.column("mean", 2, Align::End),
            ],
            rows: questions.map(row).collect(),
        };
        vec![self.heading("own"), self.say("own_note", &about), Block::Table(table)]
    }

    fn result(&self) -> Vec<Block> {
        let (figures, interval) = (self.figures, self.figures.get("interval"));
        let end = |name: &str| comma(&shown(interval.and_then(|interval| interval.get(name))));
        let alpha = figure(figures, "cronbach_alpha").map(|alpha| comma(&alpha.rounded(3)));
        let rows = vec![
            (self.asked.index.name.clone(), two(figure(figures, "index"))),
            (self.word("percent"), comma(&shown(figures.get("percent")))),
            (self.word("grade"), shown(figures.get("category"))),
            (self.word("range"), format!("{} – {}", end("lower_percent"), end("upper_percent"))),
            (self.word("alpha"), alpha.unwrap_or_default()),
        ];
        let rows = rows.into_iter().filter(|(_, value)| !value.is_empty() && value != " – ").collect();
        let mut blocks = vec![self.heading("result"), Block::Details { rows }, self.chart(), self.unsur()];
        if let Some(change) = self.inputs.change {
            blocks.extend([self.compared(change), self.compared_unsur(change)]);
        }
        blocks
    }

    fn mean(&self, code: &str) -> Option<Figure> {
        figure(self.figures.get("unsur")?.get(code)?, "mean")
    }

    fn chart(&self) -> Block {
        let (lowest, highest) =
            (Figure::from(self.asked.index.lowest), Figure::from(self.asked.index.highest));
        let bar = |unsur: &super::model::Unsur| {
            let mean = self.mean(&unsur.code);
            let reached = mean.as_ref().and_then(|mean| mean.minus(&lowest).over(&highest.minus(&lowest)));
            let share = reached.map(|share| share.times(&Figure::whole(1000)).rounded(0));
            Bar {
                label: format!("{} {}", unsur.code, unsur.name.id),
                value: two(mean),
                permille: share.and_then(|share| share.parse().ok()).unwrap_or(0),
            }
        };
        Block::Bars { alt: self.word("chart"), rows: self.asked.unsur.iter().map(bar).collect() }
    }

    fn unsur(&self) -> Block {
        let row = |unsur: &super::model::Unsur| {
            let own = self.figures.get("unsur").and_then(|all| all.get(&unsur.code));
            let of = |name: &str| shown(own.and_then(|own| own.get(name)));
            let spread = own.and_then(|own| own.get("distribution")).and_then(Value::as_array);
            let spread: Vec<String> = spread.into_iter().flatten().map(|n| shown(Some(n))).collect();
            let mean = two(self.mean(&unsur.code));
            let cells = [
                unsur.code.clone(),
                unsur.name.id.clone(),
                mean,
                of("answers"),
                of("missing"),
                spread.join(" · "),
            ];
            cells.map(Cell::text).into()
        };
        Block::Table(Table {
            caption: Some(self.word("chart")),
            columns: vec![
                self.column("code", 2, Align::Start),
                self.column("unsur", 8, Align::Start),
                self.column("mean", 2, Align::End),
                self.column("answers", 3, Align::End),
                self.column("missing", 3, Align::End),
                self.column("spread", 6, Align::Start),
            ],
            rows: self.asked.unsur.iter().map(row).collect(),
        })
    }

    fn said(&self, heading: &str, nothing: &str, lines: &[String]) -> Vec<Block> {
        let said = match lines {
            [] => self.say(nothing, &[]),
            lines => Block::List { marker: Marker::Number, items: lines.to_vec() },
        };
        vec![self.heading(heading), said]
    }

    fn proof(&self) -> Vec<Block> {
        let sha = [("sha", self.inputs.frozen.sha256.clone())];
        let command = Block::Paragraph { text: self.inputs.command.to_owned() };
        vec![self.heading("proof"), self.say("proof_text", &sha), command]
    }
}

fn two(figure: Option<Figure>) -> String {
    figure.map(|figure| comma(&figure.rounded(2))).unwrap_or_default()
}

fn comma(number: &str) -> String {
    number.replace('.', ",")
}

fn shown(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}
