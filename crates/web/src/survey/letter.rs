//! Invitations as letters that Bening sends itself: their words, and how far their sending is. Handing them to the mail
//! server is the workers' part; what a letter said is forgotten when it was sent.

use askama::Template;
use bening_core::id::{CampaignId, JobId};
use bening_core::job::{Mail, New, State, Task};
use bening_core::survey::{Campaign, letter_link};
use bening_store::{WriteTx, job};

use crate::app::App;
use crate::chance;
use crate::error::Result;
use crate::words::Lang;

#[derive(Template)]
#[template(path = "survey/letter.txt")]
struct LetterText<'a>(&'a Letter<'a>);

#[derive(Template)]
#[template(path = "survey/letter.html")]
struct LetterPage<'a>(&'a Letter<'a>);

/// What a letter says.
struct Letter<'a> {
    unit: &'a str,
    service: &'a str,
    closes: &'a str,
    link: String,
}

/// How far the sending of the letters of a campaign is.
#[derive(Debug, Default)]
pub(super) struct Sent {
    /// Of all of them.
    pub(super) total: u64,
    /// Handed to the mail server.
    pub(super) done: u64,
    /// Given up.
    pub(super) failed: u64,
}

impl Sent {
    /// Tone of the note that tells it.
    pub(super) fn tone(&self) -> &'static str {
        if self.failed > 0 { "warn" } else { "info" }
    }
}

/// A letter for everybody invited; `invited` are addresses with their codes.
pub(super) fn all(
    unit: &str,
    campaign: &Campaign,
    form: &str,
    invited: &[(String, String)],
) -> Result<Vec<Mail>> {
    let closes = Lang::Id.date_long(campaign.closes_on);
    let letter = |(address, code): &(String, String)| {
        let link = letter_link(form, code);
        let letter = Letter { unit, service: &campaign.service, closes: &closes, link };
        Ok(Mail {
            to: address.clone(),
            subject: format!("Survei {}: {}", campaign.service, unit),
            text: LetterText(&letter).render()?,
            html: Some(LetterPage(&letter).render()?),
        })
    };
    invited.iter().map(letter).collect()
}

/// Lets the letters wait for a worker; nothing in a job's key tells to whom it goes.
pub(super) async fn hand_in(app: &App, tx: &WriteTx, campaign: CampaignId, letters: &[Mail]) -> Result<()> {
    for letter in letters {
        let id = JobId(chance::fresh());
        let key = format!("{}{id}", key_of(campaign));
        let new = New { id, task: Task::Mail(letter.clone()), key, run_at: app.now() };
        job::enqueue(tx, &new, app.now()).await?;
    }
    Ok(())
}

fn key_of(campaign: CampaignId) -> String {
    format!("survey:{campaign}:")
}

/// How far the letters of a campaign are.
pub(super) async fn sent(app: &App, campaign: CampaignId) -> Result<Sent> {
    let counts = job::counts_of(app.store(), &key_of(campaign)).await?;
    let of = |wanted| counts.iter().filter(|(state, _)| *state == wanted).map(|(_, count)| count).sum();
    let total = counts.iter().map(|(_, count)| count).sum();
    Ok(Sent { total, done: of(State::Done), failed: of(State::Failed) })
}
