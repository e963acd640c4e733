//! Rows of TOML to the nouns of an edition. Shape only: what the numbers and names must satisfy together
//! is the checker's business (`check.rs`).

use chrono::NaiveDate;

use super::exact::Exact;
use super::expression::{Comparison, Expression};
use super::grammar::{GrammarError, parse_comparison, parse_expression};
use super::model::{
    AnswerScore, Area, Check, Component, Direction, Form, Half, Input, InputRole, Instrument, Kind, Part,
    Question, QuestionOption, Severity, Sub,
};
use super::rule::{
    Affirmable, Affirmation, Certainty, Condition, Consecutive, Fact, FactKind, Level, Predicate, Scale,
    Subject, Threshold,
};
use super::source::{Cell, Row, Source};

pub(super) fn instrument(source: &Source<'_>) -> Option<Instrument> {
    let table = source.parse()?;
    let row = Row::new(source, &table, 1);
    let instrument = Instrument {
        id: row.text("id"),
        title: row.text("title"),
        regulation: row.text("regulation"),
        valid_from: row.date("valid_from").unwrap_or(NaiveDate::MIN),
        valid_until: row.date_if_any("valid_until"),
        replaces: row.text_if_any("replaces"),
        total_weight: row.number("total_weight"),
        notes: row.text_if_any("notes"),
        parts: each(&row, "part", part),
        kinds: row.named_rows("kind").iter().map(|(code, row)| kind(code, row)).collect(),
        areas: each(&row, "area", area),
        predicates: each(&row, "predicate", predicate),
        scales: row.named_rows("scale").iter().map(|(code, row)| scale(code, row)).collect(),
        facts: each(&row, "fact", fact),
        conditions: each(&row, "condition", condition),
        affirmations: each(&row, "affirmation", affirmation),
        line: row.cell("id").map_or(1, |cell| cell.line),
    };
    row.finish();
    Some(instrument)
}

fn each<T>(row: &Row<'_>, key: &'static str, read: fn(&Row<'_>) -> T) -> Vec<T> {
    let rows = row.rows(key);
    rows.iter()
        .map(|row| {
            let item = read(row);
            row.finish();
            item
        })
        .collect()
}

fn part(row: &Row<'_>) -> Part {
    let components = [("pengungkit", Component::Pengungkit), ("hasil", Component::Hasil)];
    Part {
        code: row.text("code"),
        name: row.text("name"),
        component: row.word("component", &components).unwrap_or(Component::Pengungkit),
        weight: row.number("weight"),
        citation: row.citation(),
        line: row.line,
    }
}

fn kind(code: &str, row: &Row<'_>) -> Kind {
    let kind = Kind {
        code: code.to_owned(),
        form: form(row),
        citation: row.citation(),
        notes: row.text_if_any("notes"),
        line: row.line,
    };
    row.finish();
    kind
}

fn form(row: &Row<'_>) -> Form {
    match row.text("form").as_str() {
        "choice" => Form::Choice(answers(row)),
        "ratio" => Form::Ratio,
        "index" => Form::Index { input: row.text("input"), max: row.number("max") },
        "" => Form::Ratio,
        other => {
            row.refuse(
                row.line,
                &format!("\"{other}\" tidak dikenal untuk \"form\"; pilihannya: choice, ratio, index"),
            );
            Form::Ratio
        }
    }
}

fn answers(row: &Row<'_>) -> Vec<AnswerScore> {
    let score = |cell: &Cell<'_>| {
        let score = row.number_in(cell)?;
        Some(AnswerScore { answer: cell.key.to_owned(), score })
    };
    row.cells("answer").iter().filter_map(score).collect()
}

fn area(row: &Row<'_>) -> Area {
    let half = |cell: &Cell<'_>| {
        let weight = row.number_in(cell)?;
        Some(Half { part: cell.key.to_owned(), weight })
    };
    Area {
        code: row.text("code"),
        name: row.text("name"),
        halves: row.cells("weight").iter().filter_map(half).collect(),
        citation: row.citation(),
        subs: each(row, "sub", sub),
        line: row.line,
    }
}

fn sub(row: &Row<'_>) -> Sub {
    Sub {
        code: row.text("code"),
        part: row.text("part"),
        name: row.text("name"),
        weight: row.number("weight"),
        citation: row.citation(),
        notes: row.text_if_any("notes"),
        questions: each(row, "question", question),
        line: row.line,
    }
}

fn question(row: &Row<'_>) -> Question {
    Question {
        code: row.text("code"),
        source_code: row.text_if_any("source_code"),
        kind: row.text("kind"),
        label: row.text("label"),
        options: options(row),
        inputs: row.named_rows("input").iter().map(|(name, row)| input(name, row)).collect(),
        formula: formula(row),
        checks: each_check(row),
        evidence: row.texts("evidence"),
        citation: row.citation(),
        notes: row.text_if_any("notes"),
        line: row.line,
    }
}

fn options(row: &Row<'_>) -> Vec<QuestionOption> {
    let option = |cell: &Cell<'_>| {
        let text = row.text_in(cell)?;
        Some(QuestionOption { answer: cell.key.to_owned(), text })
    };
    row.cells("option").iter().filter_map(option).collect()
}

fn input(name: &str, row: &Row<'_>) -> Input {
    let directions = [("more", Direction::More), ("less", Direction::Less)];
    let better = row.cell("better").and_then(|_| row.word("better", &directions));
    let role = if row.is_on("recorded_only") { InputRole::RecordedOnly } else { InputRole::Scored };
    let input = Input { name: name.to_owned(), label: row.text("label"), better, role, line: row.line };
    row.finish();
    input
}

fn formula(row: &Row<'_>) -> Option<Expression> {
    let cell = row.cell("formula")?;
    let text = row.text_in(&cell)?;
    understood(row, cell.line, parse_expression(&text))
}

fn each_check(row: &Row<'_>) -> Vec<Check> {
    let rows = row.rows("check");
    rows.iter().filter_map(check).collect()
}

fn check(row: &Row<'_>) -> Option<Check> {
    let rule: Option<Comparison> = understood(row, row.line, parse_comparison(&row.text("rule")));
    let message = row.text("message");
    let severities = [("warn", Severity::Warn), ("refuse", Severity::Refuse)];
    let severity = row.cell("severity").and_then(|_| row.word("severity", &severities));
    row.finish();
    Some(Check { rule: rule?, message, severity: severity.unwrap_or(Severity::Warn) })
}

fn understood<T>(row: &Row<'_>, line: usize, parsed: Result<T, GrammarError>) -> Option<T> {
    parsed.map_err(|error| row.refuse(line, &error.to_string())).ok()
}

fn predicate(row: &Row<'_>) -> Predicate {
    Predicate {
        code: row.text("code"),
        name: row.text("name"),
        above: row.text_if_any("above"),
        line: row.line,
    }
}

fn scale(code: &str, row: &Row<'_>) -> Scale {
    let scale =
        Scale { code: code.to_owned(), order: row.texts("order"), citation: row.citation(), line: row.line };
    row.finish();
    scale
}

fn fact(row: &Row<'_>) -> Fact {
    let subjects = [("instansi", Subject::Agency), ("unit", Subject::Unit)];
    Fact {
        name: row.text("name"),
        subject: row.word("subject", &subjects).unwrap_or(Subject::Unit),
        kind: fact_kind(row),
        label: row.text("label"),
        source_document: row.text("source_document"),
        consecutive: consecutive(row),
        line: row.line,
    }
}

fn consecutive(row: &Row<'_>) -> Option<Consecutive> {
    let fact = row.text_if_any("consecutive_of")?;
    Some(Consecutive { fact, at_least: row.text("consecutive_at_least") })
}

fn fact_kind(row: &Row<'_>) -> FactKind {
    match row.text("kind").as_str() {
        "number" | "" => FactKind::Number,
        "percent" => FactKind::Percent,
        "yes_no" => FactKind::YesNo,
        "scale" => FactKind::Scale(row.text("scale")),
        "choice" => FactKind::Choice(row.texts("values")),
        other => {
            let reason = format!(
                "\"{other}\" tidak dikenal untuk \"kind\"; pilihannya: number, percent, yes_no, scale, choice"
            );
            row.refuse(row.line, &reason);
            FactKind::Number
        }
    }
}

fn condition(row: &Row<'_>) -> Condition {
    let levels = [("instansi", Level::Agency), ("unit", Level::Unit), ("nilai", Level::Score)];
    let certainties =
        [("found", Certainty::Found), ("found2", Certainty::FoundTwice), ("uncertain", Certainty::Uncertain)];
    Condition {
        code: row.text("code"),
        predicate: row.text("predicate"),
        level: row.word("level", &levels).unwrap_or(Level::Unit),
        text: row.text("text"),
        metric: row.text("metric"),
        threshold: threshold(row),
        agency_kind: row.text_if_any("agency_kind"),
        only_when: row.text_if_any("only_when"),
        reading_of: row.text_if_any("reading_of"),
        affirmation: if row.is_on("affirmation") { Affirmable::Yes } else { Affirmable::No },
        certainty: row.word("certainty", &certainties).unwrap_or(Certainty::Uncertain),
        citation: row.citation(),
        notes: row.text_if_any("notes"),
        line: row.line,
    }
}

fn threshold(row: &Row<'_>) -> Threshold {
    let nothing = Threshold::Is(String::new());
    let operator = row.text("operator");
    let Some(cell) = row.cell("value") else {
        row.refuse(row.line, "\"value\" belum ada di sini");
        return nothing;
    };
    match operator.as_str() {
        ">=" if cell.is_text() => row.text_in(&cell).map_or(nothing, Threshold::AtLeastGrade),
        ">=" => Threshold::AtLeast(row.number_in(&cell).unwrap_or(Exact::ZERO)),
        "=" => row.text_in(&cell).map_or(nothing, Threshold::Is),
        "in" => Threshold::In(row.texts_in(&cell)),
        other => {
            row.refuse(
                row.line,
                &format!("\"{other}\" tidak dikenal untuk \"operator\"; pilihannya: >=, =, in"),
            );
            nothing
        }
    }
}

fn affirmation(row: &Row<'_>) -> Affirmation {
    Affirmation {
        code: row.text("code"),
        name: row.text("name"),
        agency_kind: row.text_if_any("agency_kind"),
        citation: row.citation(),
        line: row.line,
    }
}
