//! People at work on a worksheet, as the script of its page sends it: one answer after the other, each person at a
//! question of their own.

use std::time::{Duration, Instant};

use anyhow::Context;
use bening_core::instrument::{Form, shipped};
use reqwest::Client;
use scraper::Html;
use tokio::task::JoinSet;

use crate::site::{Site, token};
use crate::statistics::Durations;

/// A sheet that the demo does not have yet.
pub(crate) const SHEET: &str = "/unit/DBN/lke/2021";
/// An answer nobody gave.
const NOTHING: &str = r#"{"answer":null,"note":""}"#;

/// A worksheet under way.
pub(crate) struct Worksheet<'a> {
    site: &'a Site,
    token: String,
    /// Questions that are answered by a choice, each with two of its answers.
    questions: Vec<(String, [String; 2])>,
}

/// One person at one question.
struct Person {
    browser: Client,
    address: String,
    token: String,
    answers: [String; 2],
    was: String,
}

impl<'a> Worksheet<'a> {
    /// Begins the sheet with the edition in force that year.
    pub(crate) async fn begin(site: &'a Site) -> anyhow::Result<Self> {
        let day = chrono::NaiveDate::from_ymd_opt(2021, 12, 31).context("a day")?;
        let edition = shipped().for_day(day).context("an edition")?;
        let token = token(&Html::parse_document(&site.get(SHEET).await?.text().await?))?;
        let form = [("edisi", edition.id.as_str()), ("_csrf", token.as_str())];
        let begun = site.browser.post(site.url(SHEET)).form(&form).send().await?;
        begun.error_for_status().context("beginning a worksheet")?;
        let choices = edition.questions().filter_map(|(_, _, question)| {
            let Form::Choice(answers) = &edition.kind(&question.kind)?.form else { return None };
            Some((question.code.clone(), [answers.first()?.answer.clone(), answers.last()?.answer.clone()]))
        });
        Ok(Self { site, token, questions: choices.collect() })
    }

    /// Code of a question.
    pub(crate) fn first_question(&self) -> &str {
        self.questions.first().map_or("", |(code, _)| code)
    }

    /// So many people save `rounds` answers between them.
    pub(crate) async fn save_answers(&self, people: usize, rounds: u32) -> anyhow::Result<Durations> {
        let each = usize::try_from(rounds)?.div_ceil(people).max(2);
        let mut working = JoinSet::new();
        for (code, answers) in self.questions.iter().take(people) {
            let person = Person {
                browser: self.site.browser.clone(),
                address: self.site.url(&format!("{SHEET}/jawaban/{code}")),
                token: self.token.clone(),
                answers: answers.clone(),
                was: self.seen(code).await?,
            };
            working.spawn(person.work(each));
        }
        let mut taken = Vec::new();
        while let Some(done) = working.join_next().await {
            taken.extend(done??);
        }
        Ok(Durations::of(taken))
    }

    /// What the page says stands there now: nothing was asked for yet, or what an earlier measurement left.
    async fn seen(&self, code: &str) -> anyhow::Result<String> {
        let page =
            Html::parse_document(&self.site.get(&format!("{SHEET}/pertanyaan/{code}")).await?.text().await?);
        let was = scraper::Selector::parse("input[name=was]").map_err(|error| anyhow::anyhow!("{error}"))?;
        let was = page.select(&was).next().and_then(|input| input.attr("value"));
        Ok(was.unwrap_or(NOTHING).to_owned())
    }

    /// Shows the page and tells how much comes over the wire.
    pub(crate) async fn show(&self) -> anyhow::Result<usize> {
        let request = self.site.browser.get(self.site.url(SHEET)).header("Accept-Encoding", "gzip");
        let answer = request.send().await?.error_for_status()?;
        anyhow::ensure!(answer.headers().contains_key("content-encoding"), "the page is not compressed");
        Ok(answer.bytes().await?.len())
    }
}

impl Person {
    /// Saves one answer after the other; the first is the warm-up.
    async fn work(mut self, times: usize) -> anyhow::Result<Vec<Duration>> {
        let mut taken = Vec::new();
        for round in 0..=times {
            let began = Instant::now();
            self.save(round).await?;
            taken.extend((round > 0).then(|| began.elapsed()));
        }
        Ok(taken)
    }

    async fn save(&mut self, round: usize) -> anyhow::Result<()> {
        let answer = self.answers.get(round % self.answers.len()).map_or("", String::as_str);
        let note = format!("Catatan putaran {round}");
        let form = [("jawaban", answer), ("catatan", &note), ("was", &self.was), ("_csrf", &self.token)];
        let request = self.browser.put(&self.address).form(&form).header("X-CSRF-Token", &self.token);
        let answer = request.header("HX-Request", "true").send().await?.error_for_status()?;
        let saved: serde_json::Value = answer.json().await?;
        self.was = saved["value"].as_str().context("the saved answer has no value")?.to_owned();
        Ok(())
    }
}
