//! Worksheets of the demonstration: one that went through the internal assessors, one that is with them now.
//! What they say stands in `crates/bening/demo/`; it goes through the same edits as what people type.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use bening_core::audit::{Actor, Entry};
use bening_core::eligibility::Statement;
use bening_core::id::{LkeId, PersonId, TeamId};
use bening_core::instrument::{Instrument, shipped};
use bening_core::lke::edit::{self, Context as Editing, Given};
use bening_core::lke::report::Wording;
use bening_core::lke::submission::Submission;
use bening_core::lke::{Layer, Lke, Side};
use bening_core::person::Person;
use bening_core::scoring::{Answer, Json};
use bening_core::team::{Member, Seat, Team};
use bening_core::time::Year;
use bening_core::unit::Unit;
use bening_store::fact::{self, About};
use bening_store::{Store, letter, lke as store, team};
use bening_web::chance;
use bening_web::lke::report::gather::{Gathered, Subject};
use bening_web::lke::report::issue::{self, Issuer};
use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{day, morning};

const FILES: [&str; 2] =
    [include_str!("../../demo/lke-dbn-2020.json"), include_str!("../../demo/lke-dbt-2022.json")];

/// A worksheet as the files tell it.
#[derive(Deserialize)]
struct Story {
    unit: String,
    year: i64,
    edition: String,
    answers: BTreeMap<String, Value>,
    notes: BTreeMap<String, String>,
    evidence: BTreeMap<String, Vec<(String, String)>>,
    member: Review,
    lead: BTreeMap<String, Differing>,
    returns: Vec<(String, String, NaiveDate)>,
    remarks: Vec<(String, Side, String)>,
    finished: bool,
    facts: BTreeMap<String, (String, String)>,
    agency_facts: BTreeMap<String, (String, String)>,
    team: TeamStory,
    #[serde(default)]
    report: Option<Wording>,
}

/// The team that assesses it.
#[derive(Deserialize)]
struct TeamStory {
    name: String,
    letter: String,
    letter_on: NaiveDate,
}

/// What the member of the internal team said.
#[derive(Deserialize)]
struct Review {
    agrees: Vec<String>,
    differs: BTreeMap<String, Differing>,
}

/// An answer unlike the one before it, with the reason.
#[derive(Deserialize)]
struct Differing {
    answer: Value,
    note: String,
}

/// Who plays which part.
struct Hands {
    unit: PersonId,
    member: PersonId,
    lead: PersonId,
    controller: PersonId,
}

/// Adds both worksheets.
pub(super) async fn add(db: &Store, units: &[Unit], people: &[Person]) -> Result<()> {
    for file in FILES {
        let story: Story = serde_json::from_str(file)?;
        let unit = units.iter().find(|unit| unit.code.as_str() == story.unit).context("unit")?;
        let hands = hands(unit, people)?;
        let edition = shipped().by_id(&story.edition).context("edisi")?;
        Telling { db, edition, unit, hands }.tell(&story).await?;
    }
    Ok(())
}

/// Whether everything of [`add`] is there; the sheet that is with the assessors comes last.
pub(super) async fn is_there(db: &Store) -> Result<bool> {
    let Some(last) = FILES.last() else { return Ok(true) };
    let story: Story = serde_json::from_str(last)?;
    let unit = bening_store::unit::by_code(db, &story.unit.parse()?).await?;
    let (Some(unit), Some(year)) = (unit, Year::new(story.year)) else { return Ok(false) };
    let lke = store::find(db, unit.id, year).await?;
    Ok(lke.is_some_and(|lke| lke.layers.contains_key(&Layer::TpiMember)))
}

fn hands(unit: &Unit, people: &[Person]) -> Result<Hands> {
    let by = |login: &str| {
        let person = people.iter().find(|person| person.login.as_str() == login);
        person.map(|person| person.id).with_context(|| login.to_owned())
    };
    let unit = by(if unit.code.as_str() == super::HOME { "bayu" } else { "tetangga" })?;
    Ok(Hands { unit, member: by("tpi")?, lead: by("tpi-ketua")?, controller: by("tpi-dalnis")? })
}

struct Telling<'a> {
    db: &'a Store,
    edition: &'a Instrument,
    unit: &'a Unit,
    hands: Hands,
}

/// One change: by whom, on which day of June, under which name in the trail.
struct Step {
    by: PersonId,
    june: u32,
    event: &'static str,
}

impl Telling<'_> {
    async fn tell(&self, story: &Story) -> Result<()> {
        self.appoint(story).await?;
        self.state(story).await?;
        let mut lke = self.begin(story).await?;
        let Hands { unit, member, lead, controller } = self.hands;
        let step = |by, june, event| Step { by, june, event };
        self.change(&mut lke, step(unit, 3, "lke.imported"), |lke, context| {
            answer_as_unit(lke, story, context)
        })
        .await?;
        self.submit(&mut lke, step(unit, 8, "lke.submitted"), Layer::Unit).await?;
        self.change(&mut lke, step(member, 10, "lke.imported"), |lke, context| {
            assess(lke, &story.member, context)?;
            talk(lke, story, context)
        })
        .await?;
        if !story.finished {
            return Ok(());
        }
        self.submit(&mut lke, step(member, 10, "lke.submitted"), Layer::TpiMember).await?;
        self.change(&mut lke, step(lead, 11, "lke.imported"), |lke, context| {
            differ(lke, Layer::TpiLead, &story.lead, context)
        })
        .await?;
        self.submit(&mut lke, step(lead, 11, "lke.submitted"), Layer::TpiLead).await?;
        self.submit(&mut lke, step(controller, 12, "lke.submitted"), Layer::TpiController).await?;
        match &story.report {
            Some(wording) => self.report(&lke, wording).await,
            None => Ok(()),
        }
    }

    /// The controller writes the report and issues it the same day.
    async fn report(&self, lke: &Lke, wording: &Wording) -> Result<()> {
        let (subject, today) = (Subject { unit: self.unit, lke, edition: self.edition }, day(6, 12));
        let (by, at) = (self.hands.controller, morning(today));
        let gathered = Gathered::load(self.db, subject).await?.with(subject, wording.clone());
        let tx = self.db.begin().await?;
        letter::save_wording(&tx, lke.id, wording).await?;
        let new = issue::draw(&tx, &gathered, subject, Issuer { by, at, today }).await?;
        letter::issue(&tx, &new).await?;
        let entry = Entry::new(Actor::Person(by), "lhe.issued", new.id.0).of_unit(self.unit.id);
        let after = json!({ "number": new.number, "dated": new.dated, "round": new.round });
        Ok(tx.commit(entry.after(after), at).await?)
    }

    async fn appoint(&self, story: &Story) -> Result<()> {
        let seats = [
            (self.hands.member, Seat::Member),
            (self.hands.lead, Seat::Lead),
            (self.hands.controller, Seat::Controller),
        ];
        let team = Team {
            id: TeamId(chance::fresh()),
            year: Year::new(story.year).context("tahun")?.get(),
            name: story.team.name.clone(),
            letter: story.team.letter.clone(),
            letter_on: Some(story.team.letter_on),
            members: seats.map(|(person, seat)| Member { person, seat }).into(),
            units: [self.unit.id].into(),
        };
        let tx = self.db.begin().await?;
        team::save(&tx, &[], std::slice::from_ref(&team)).await?;
        let entry = Entry::new(Actor::Person(self.hands.controller), "team.formed", team.id.0);
        Ok(tx.commit(entry.after(&team), morning(day(6, 1))).await?)
    }

    /// States what the conditions ask for; some of it is left open, as in life.
    async fn state(&self, story: &Story) -> Result<()> {
        let year = Year::new(story.year).context("tahun")?;
        let at = morning(day(6, 1));
        for (about, facts) in
            [(About::Agency, &story.agency_facts), (About::Unit(self.unit.id), &story.facts)]
        {
            let tx = self.db.begin().await?;
            for (name, (value, source)) in facts {
                let (value, source) = (value.clone(), source.clone());
                let statement = Statement { value, source, by: self.hands.unit, at };
                fact::state(&tx, about, year, name, &statement).await?;
            }
            let by = Actor::Person(self.hands.unit);
            let entry = match about {
                About::Agency => Entry::new(Actor::Console, "fact.agency.stated", uuid::Uuid::nil()),
                About::Unit(unit) => Entry::new(by, "fact.unit.stated", unit.0).of_unit(unit),
            };
            tx.commit(entry.after(facts), at).await?;
        }
        Ok(())
    }

    async fn begin(&self, story: &Story) -> Result<Lke> {
        let year = Year::new(story.year).context("tahun")?;
        let lke = Lke::empty(LkeId(chance::fresh()), self.unit.id, year, self.edition.id.clone());
        let tx = self.db.begin().await?;
        store::create(&tx, &lke).await?;
        let entry = Entry::new(Actor::Person(self.hands.unit), "lke.begun", lke.id.0).of_unit(self.unit.id);
        tx.commit(entry.after(json!({ "edition": lke.edition })), morning(day(6, 2))).await?;
        Ok(lke)
    }

    async fn change(
        &self,
        lke: &mut Lke,
        step: Step,
        work: impl FnOnce(&mut Lke, &mut Editing<'_>) -> Result<()>,
    ) -> Result<()> {
        let before = lke.clone();
        let mut fresh = chance::fresh;
        work(lke, &mut self.context(&step, &mut fresh))?;
        let tx = self.db.begin().await?;
        store::save(&tx, &before, lke).await?;
        Ok(tx.commit(self.entry(lke, &step), morning(day(6, step.june))).await?)
    }

    async fn submit(&self, lke: &mut Lke, step: Step, layer: Layer) -> Result<()> {
        let before = lke.clone();
        let mut fresh = chance::fresh;
        let submission: Submission = edit::submit(lke, layer, &self.context(&step, &mut fresh))?;
        let tx = self.db.begin().await?;
        store::save(&tx, &before, lke).await?;
        store::keep_submission(&tx, lke.id, &submission).await?;
        let entry = self.entry(lke, &step).after(json!({ "layer": layer.as_str() }));
        Ok(tx.commit(entry, morning(day(6, step.june))).await?)
    }

    fn context<'c>(&'c self, step: &Step, fresh: &'c mut dyn bening_core::id::Fresh) -> Editing<'c> {
        let today = day(6, step.june);
        Editing { now: morning(today), today, by: step.by, edition: self.edition, fresh }
    }

    fn entry(&self, lke: &Lke, step: &Step) -> Entry {
        Entry::new(Actor::Person(step.by), step.event, lke.id.0).of_unit(self.unit.id)
    }
}

fn answer_as_unit(lke: &mut Lke, story: &Story, context: &mut Editing<'_>) -> Result<()> {
    for (code, written) in &story.answers {
        let note = story.notes.get(code).cloned().unwrap_or_default();
        write(lke, Layer::Unit, code, read(context.edition, code, written)?, note, context)?;
    }
    for (code, links) in &story.evidence {
        for (title, place) in links {
            edit::add_evidence(lke, code, title, place, context)?;
        }
    }
    Ok(())
}

fn assess(lke: &mut Lke, review: &Review, context: &mut Editing<'_>) -> Result<()> {
    for code in &review.agrees {
        let agreed = lke.basis(Layer::TpiMember, code).cloned();
        write(lke, Layer::TpiMember, code, agreed, String::new(), context)?;
    }
    differ(lke, Layer::TpiMember, &review.differs, context)
}

fn differ(
    lke: &mut Lke,
    layer: Layer,
    differing: &BTreeMap<String, Differing>,
    context: &mut Editing<'_>,
) -> Result<()> {
    for (code, Differing { answer, note }) in differing {
        let answer = read(context.edition, code, answer)?;
        write(lke, layer, code, answer, note.clone(), context)?;
    }
    Ok(())
}

fn talk(lke: &mut Lke, story: &Story, context: &mut Editing<'_>) -> Result<()> {
    for (code, side, words) in &story.remarks {
        edit::remark(lke, *side, code, words, context)?;
    }
    for (code, reason, due_on) in &story.returns {
        edit::send_back(lke, Layer::TpiMember, code, *due_on, reason, context)?;
    }
    Ok(())
}

fn write(
    lke: &mut Lke,
    layer: Layer,
    code: &str,
    answer: Option<Answer>,
    note: String,
    context: &Editing<'_>,
) -> Result<()> {
    let was = edit::given(lke, layer, code);
    Ok(edit::answer(lke, layer, code, &was, Given { answer, note }, context)?)
}

fn read(edition: &Instrument, code: &str, written: &Value) -> Result<Option<Answer>> {
    Ok(Answer::read(edition, code, &Json::parse(&written.to_string())?)?)
}
