//! What people wrote in their own words: which words come back, and a file of the texts that no spreadsheet takes for
//! formulas. No service outside is asked, nothing is guessed about moods.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::answer::Answer;
use super::import::normal;
use super::model::{ExtraKind, Questionnaire};

/// Words that say nothing by themselves.
static COMMON: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    include_str!("../../../../instruments/surveys/kata-umum.txt").split_whitespace().collect()
});

/// Shortest word that is listed, in letters.
const WORD_MIN_CHARS: usize = 3;
/// Signs with which a spreadsheet begins a formula.
const FORMULA_SIGNS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The texts of an answer, by code of the question.
pub fn texts<'a>(asked: &'a Questionnaire, answer: &'a Answer) -> impl Iterator<Item = (&'a str, &'a str)> {
    let written = asked.extras.iter().filter(|extra| extra.kind == ExtraKind::Text);
    written.filter_map(|extra| Some((extra.code.as_str(), answer.extras.get(&extra.code)?.as_str())))
}

/// In how many texts each word stands; texts come one by one and are not kept.
#[derive(Debug, Clone, Default)]
pub struct WordCount(BTreeMap<String, u64>);

impl WordCount {
    /// Counts the words of a text, each once.
    pub fn add(&mut self, text: &str) {
        let plain = normal(text);
        let words: BTreeSet<&str> = plain.split(' ').filter(|word| says_something(word)).collect();
        words.into_iter().for_each(|word| *self.0.entry(word.to_owned()).or_default() += 1);
    }

    /// The words, most often first.
    #[must_use]
    pub fn list(self) -> Vec<(String, u64)> {
        let mut list: Vec<(String, u64)> = self.0.into_iter().collect();
        list.sort_by(|(one, many), (other, more)| more.cmp(many).then_with(|| one.cmp(other)));
        list
    }
}

fn says_something(word: &str) -> bool {
    let is_number = word.chars().all(char::is_numeric);
    word.chars().count() >= WORD_MIN_CHARS && !is_number && !COMMON.contains(word)
}

/// Whether a text has a word.
#[must_use]
pub fn has_word(text: &str, word: &str) -> bool {
    normal(text).split(' ').any(|known| known == word)
}

/// The texts as CSV: day, channel, question, text. A text that a spreadsheet would take for a formula is led by an
/// apostrophe.
#[must_use]
pub fn texts_csv(asked: &Questionnaire, answers: &[Answer]) -> String {
    let mut csv = String::from("tanggal,kanal,pertanyaan,tulisan\n");
    for answer in answers {
        for (code, text) in texts(asked, answer) {
            let (channel, text) = (answer.channel.as_str(), quoted(text));
            csv += &format!("{},{channel},{code},{text}\n", answer.day);
        }
    }
    csv
}

fn quoted(text: &str) -> String {
    let lead = if text.trim_start().starts_with(FORMULA_SIGNS) { "'" } else { "" };
    format!("\"{lead}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::survey::{Channel, shipped};

    #[test]
    fn words_that_say_something_are_counted_once_a_text() {
        let mut count = WordCount::default();
        ["Antre lama, lama sekali!", "antre di loket 3", "Terima kasih"]
            .iter()
            .for_each(|text| count.add(text));
        let list = count.list();
        assert_eq!(list, [("antre".to_owned(), 2), ("lama".to_owned(), 1), ("loket".to_owned(), 1)]);
        assert!(has_word("Antre lama!", "lama") && !has_word("selamanya", "lama"));
    }

    #[test]
    fn no_text_becomes_a_formula_or_breaks_its_line() {
        let asked = shipped().find("spak-90-2021").unwrap();
        let code = &asked.extras.iter().find(|extra| extra.kind == ExtraKind::Text).unwrap().code;
        let day = chrono::NaiveDate::from_ymd_opt(2020, 6, 15).unwrap();
        let of = |text: &str| Answer {
            day,
            channel: Channel::Link,
            values: vec![4; 8],
            extras: [(code.clone(), text.to_owned())].into_iter().collect(),
        };
        let csv = texts_csv(asked, &[of("=HYPERLINK(\"x\")"), of(" @a"), of("baik,\n\"ramah\"")]);
        let expected = format!(
            "tanggal,kanal,pertanyaan,tulisan\n2020-06-15,link,{code},\"'=HYPERLINK(\"\"x\"\")\"\n\
             2020-06-15,link,{code},\"' @a\"\n2020-06-15,link,{code},\"baik,\n\"\"ramah\"\"\"\n"
        );
        assert_eq!(csv, expected);
    }
}
