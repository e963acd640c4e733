//! Files of rules to [`Rules`], and what must hold of them: the edition and question are there, the answer is one of
//! its answers, the facts are of the vocabulary, and a rule says what its facts need.

use super::fact::{Fact, Need};
use super::rule::{Case, Rule, Rules};
use crate::evidence;
use crate::instrument::check::refuse_repeats;
use crate::instrument::expression::Comparison;
use crate::instrument::source::{Row, Source};
use crate::instrument::{Editions, Form, Instrument, Problem};
use crate::instrument::{parse_comparison, unguarded_in_comparison};
use crate::register;
use crate::survey;

impl Rules {
    /// Reads and checks a file for one of these editions. `file` is only used to say where a problem is.
    ///
    /// # Errors
    /// Every problem found, in the order of lines.
    pub fn parse(file: &str, text: &str, editions: &Editions) -> Result<Self, Vec<Problem>> {
        let source = Source::new(file, text);
        let rules = source.parse().map(|table| {
            let row = Row::new(&source, &table, 1);
            let rules = read(&row);
            row.finish();
            check(&rules, editions, &source);
            rules
        });
        let problems = source.into_problems();
        rules.filter(|_| problems.is_empty()).ok_or(problems)
    }
}

fn read(row: &Row<'_>) -> Rules {
    let rules = row.rows("rule").iter().map(rule).collect();
    Rules { edition: row.text("edition"), rules }
}

fn rule(row: &Row<'_>) -> Rule {
    let words = row.texts("words");
    let rule = Rule {
        code: row.text("code"),
        question: row.text("question"),
        words: words.into_iter().map(|word| word.to_lowercase()).collect(),
        kinds: row.texts("kinds"),
        family: row.text_if_any("family"),
        register: row.text_if_any("register"),
        figure: row.text_if_any("figure"),
        cases: row.rows("case").iter().map(case).collect(),
        citation: row.citation(),
        notes: row.text_if_any("notes"),
        line: row.line,
    };
    row.finish();
    rule
}

fn case(row: &Row<'_>) -> Case {
    let line = row.cell("when").map_or(row.line, |cell| cell.line);
    let texts = row.texts("when");
    let when = texts.iter().filter_map(|text| comparison(row, line, text)).collect();
    let case = Case { answer: row.text("answer"), told: row.text("told"), when, line: row.line };
    row.finish();
    case
}

fn comparison(row: &Row<'_>, line: usize, text: &str) -> Option<Comparison> {
    let parsed = parse_comparison(text).map_err(|error| row.refuse(line, &format!("\"{text}\": {error}")));
    let comparison = parsed.ok()?;
    if unguarded_in_comparison(&comparison).is_some() {
        row.refuse(line, &format!("\"{text}\" dapat membagi dengan nol"));
    }
    Some(comparison)
}

fn check(rules: &Rules, editions: &Editions, source: &Source<'_>) {
    let codes: Vec<(&str, usize)> = rules.rules.iter().map(|rule| (rule.code.as_str(), rule.line)).collect();
    refuse_repeats(&codes, "kode aturan", source);
    let Some(edition) = editions.by_id(&rules.edition) else {
        return source.refuse(1, &format!("edisi \"{}\" tidak ada", rules.edition));
    };
    for rule in &rules.rules {
        check_answers(rule, edition, source);
        check_facts(rule, source);
        check_order(rule, source);
    }
}

fn check_answers(rule: &Rule, edition: &Instrument, source: &Source<'_>) {
    let Some((_, _, question)) = edition.question(&rule.question) else {
        let reason = format!("pertanyaan {} tidak ada pada edisi {}", rule.question, edition.id);
        return source.refuse(rule.line, &reason);
    };
    let Some(Form::Choice(answers)) = edition.kind(&question.kind).map(|kind| &kind.form) else {
        return source.refuse(rule.line, "aturan hanya dapat menjawab pertanyaan berpilihan");
    };
    for case in &rule.cases {
        if !answers.iter().any(|known| known.answer == case.answer) {
            let known: Vec<&str> = answers.iter().map(|known| known.answer.as_str()).collect();
            let reason = format!("jawaban \"{}\" tidak ada; pilihannya: {}", case.answer, known.join(", "));
            source.refuse(case.line, &reason);
        }
    }
}

fn check_facts(rule: &Rule, source: &Source<'_>) {
    for case in &rule.cases {
        let names = case.when.iter().flat_map(Comparison::inputs);
        for name in names.filter(|name| Fact::parse(name).is_none()) {
            source.refuse(case.line, &format!("fakta \"{name}\" tidak dikenal"));
        }
    }
    for fact in rule.facts() {
        let missing = match fact.need() {
            Need::Words if rule.words.is_empty() => Some("words"),
            Need::Kinds if rule.kinds.is_empty() => Some("kinds"),
            Need::Family if rule.family.is_none() => Some("family"),
            Need::Register | Need::Figure if rule.register.is_none() => Some("register"),
            Need::Figure if rule.figure.is_none() => Some("figure"),
            _ => None,
        };
        if let Some(key) = missing {
            source.refuse(rule.line, &format!("fakta \"{}\" memerlukan \"{key}\"", fact.name()));
        }
    }
    let kinds = evidence::Rules::shipped();
    for kind in rule.kinds.iter().filter(|kind| kinds.kind(kind).is_none()) {
        source.refuse(rule.line, &format!("jenis bukti \"{kind}\" tidak dikenal"));
    }
    if let Some(refusal) = unknown_register(rule) {
        source.refuse(rule.line, &refusal);
    }
    if let Some(family) = &rule.family
        && !survey::shipped().iter().any(|known| known.family == *family)
    {
        source.refuse(rule.line, &format!("keluarga kuesioner \"{family}\" tidak dikenal"));
    }
}

/// Why the register or the figure of a rule is none, or the figure measures nothing that a rule can compare.
fn unknown_register(rule: &Rule) -> Option<String> {
    let id = rule.register.as_ref()?;
    let Some(register) = register::by_id(id) else { return Some(format!("register \"{id}\" tidak dikenal")) };
    let code = rule.figure.as_ref()?;
    let is_meant = |figure: &&register::Figure| figure.code == *code && figure.measure.is_part();
    match register.figures.iter().find(is_meant) {
        Some(_) => None,
        None => Some(format!("register \"{id}\" tidak mempunyai angka \"{code}\" yang berupa bagian")),
    }
}

/// A case without conditions holds always, so that nothing may come after it.
fn check_order(rule: &Rule, source: &Source<'_>) {
    if rule.cases.is_empty() {
        source.refuse(rule.line, "aturan tanpa kasus; isi [[rule.case]]");
    }
    let last = rule.cases.len().saturating_sub(1);
    for case in rule.cases.iter().take(last).filter(|case| case.when.is_empty()) {
        source.refuse(case.line, "kasus tanpa \"when\" harus yang terakhir");
    }
    if rule.cases.iter().all(|case| case.when.is_empty()) {
        source.refuse(rule.line, "aturan harus menanyakan sekurangnya satu fakta");
    }
}
