//! A drawn question as the second reader's form asks it, and what the form gives back.

use bening_core::instrument::{Form, Instrument, Question};
use bening_core::scoring::{Answer, AnswerError, Json};

use super::reading::Reached;
use bening_core::lke::Layer;

/// What is typed: names and values of the form's fields. `j:CODE` is an answer, `j:CODE:NAME` an input of a ratio,
/// `n:CODE` a note.
pub(super) type Fields = Vec<(String, String)>;

/// A choice of a question.
pub(super) struct Choice {
    pub answer: String,
    pub text: String,
}

/// A number that a ratio asks for.
pub(super) struct Number {
    pub name: String,
    pub label: String,
    pub value: String,
}

/// A drawn question.
pub(super) struct Asked {
    pub code: String,
    pub area: String,
    pub label: String,
    pub choices: Vec<Choice>,
    pub numbers: Vec<Number>,
    /// Top of the scale, when the answer is an index.
    pub index_max: String,
    pub value: String,
    pub note: String,
    pub error: String,
    pub unit_answer: String,
    pub unit_note: String,
    /// Title, place, and whether the place is an address on the web.
    pub evidence: Vec<(String, String, bool)>,
}

/// The value of a field; nothing when it was not sent.
pub(super) fn field<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
}

/// The note of a question.
pub(super) fn note_of(code: &str, fields: &Fields) -> String {
    field(fields, &format!("n:{code}")).to_owned()
}

/// The answer that the form gives to a question; `None` when it is left open.
pub(super) fn answer_of(
    edition: &Instrument,
    code: &str,
    fields: &Fields,
) -> Result<Option<Answer>, AnswerError> {
    let inputs =
        edition.question(code).map(|(_, _, question)| question.inputs.as_slice()).unwrap_or_default();
    let text = |name: &str| Json::Text(field(fields, name).to_owned());
    let counts: Vec<(String, Json)> =
        inputs.iter().map(|input| (input.name.clone(), text(&format!("j:{code}:{}", input.name)))).collect();
    let given = match () {
        () if counts.is_empty() => text(&format!("j:{code}")),
        () if counts.iter().all(|(_, value)| value.is_blank()) => Json::Null,
        () => Json::Object(counts),
    };
    Answer::read(edition, code, &given)
}

/// A question as the form asks it, with what was typed or else what is kept.
pub(super) fn asked_of(
    reached: &Reached,
    area: &str,
    question: &Question,
    typed: Option<&Fields>,
    error: String,
) -> Asked {
    let code = &question.code;
    let second = reached.reading.questions.get(code);
    let kept = second.and_then(|second| second.answer.as_ref());
    let value = |name: &str, kept: String| typed.map_or(kept, |fields| field(fields, name).to_owned());
    let number = |input: &bening_core::instrument::Input| Number {
        name: input.name.clone(),
        label: input.label.clone(),
        value: value(&format!("j:{code}:{}", input.name), counted(kept, &input.name)),
    };
    let form = reached.edition.kind(&question.kind).map(|kind| &kind.form);
    let entry = reached.lke.entry(Layer::Unit, code);
    let evidence = reached.lke.evidence_for(code);
    Asked {
        code: code.clone(),
        area: area.to_owned(),
        label: question.label.clone(),
        choices: choices(form, question),
        numbers: question.inputs.iter().map(number).collect(),
        index_max: match form {
            Some(Form::Index { max, .. }) => max.plain(),
            _ => String::new(),
        },
        value: value(&format!("j:{code}"), kept.map(plain).unwrap_or_default()),
        note: value(&format!("n:{code}"), second.map(|second| second.note.clone()).unwrap_or_default()),
        error,
        unit_answer: reached.lke.answer(Layer::Unit, code).map(|own| told(question, own)).unwrap_or_default(),
        unit_note: entry.map(|entry| entry.note.clone()).unwrap_or_default(),
        evidence: evidence
            .map(|link| (link.title.clone(), link.place.clone(), is_web(&link.place)))
            .collect(),
    }
}

fn choices(form: Option<&Form>, question: &Question) -> Vec<Choice> {
    let Some(Form::Choice(answers)) = form else {
        return Vec::new();
    };
    let text = |answer: &str| {
        let option = question.options.iter().find(|option| option.answer == answer);
        option.map(|option| option.text.clone()).unwrap_or_default()
    };
    let choice = |answer: &str| Choice { answer: answer.to_owned(), text: text(answer) };
    answers.iter().map(|each| choice(&each.answer)).collect()
}

fn counted(kept: Option<&Answer>, name: &str) -> String {
    match kept {
        Some(Answer::Counts(counts)) => counts.get(name).map(|count| count.plain()).unwrap_or_default(),
        _ => String::new(),
    }
}

fn plain(answer: &Answer) -> String {
    match answer {
        Answer::Choice(chosen) => chosen.clone(),
        Answer::Index(index) => index.plain(),
        Answer::Counts(_) => String::new(),
    }
}

/// The unit's answer in words.
fn told(question: &Question, answer: &Answer) -> String {
    match answer {
        Answer::Choice(chosen) => {
            let option = question.options.iter().find(|option| option.answer == *chosen);
            option.map_or_else(|| chosen.clone(), |option| format!("{chosen}: {}", option.text))
        }
        Answer::Index(index) => index.plain(),
        Answer::Counts(counts) => {
            let label = |name: &str| {
                let input = question.inputs.iter().find(|input| input.name == name);
                input.map_or_else(|| name.to_owned(), |input| input.label.clone())
            };
            let told = counts.iter().map(|(name, count)| format!("{}: {}", label(name), count.plain()));
            told.collect::<Vec<_>>().join("; ")
        }
    }
}

fn is_web(place: &str) -> bool {
    place.starts_with("https://") || place.starts_with("http://")
}
