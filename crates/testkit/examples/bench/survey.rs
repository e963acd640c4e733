//! Surveys: answers that come in from many at once, and what a campaign with a million answers costs. Measured at the
//! store, because a site holds back one address that sends so many.

use std::time::{Duration, Instant};

use anyhow::Context;
use bening_core::audit::{Actor, Entry};
use bening_core::id::{CampaignId, UnitId};
use bening_core::survey::{
    Aim, Answer, Campaign, CampaignState, Channel, Entry as Way, Index, Layout, Questionnaire, Responses,
    Tally, csv, shipped,
};
use bening_core::unit::{Echelon, Unit};
use bening_store::survey::{self as store, Inbox, Outcome, Submission};
use bening_store::{Options, Store, unit};
use bening_testkit::TestDatabase;
use bening_web::chance::{self, Clock, MachineClock};
use chrono::NaiveDate;
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::statistics::{Durations, measure};

/// How many people answer at once, and for how long.
const PEOPLE: usize = 64;
const SPELL: Duration = Duration::from_secs(60);
/// Answers of the large campaign, and how many are written in one transaction.
const MANY: u32 = 1_000_000;
const PORTION: u32 = 50_000;

/// A store with two campaigns: one that is answered, one that was answered by a million.
pub(crate) struct Surveys {
    store: Store,
    open: CampaignId,
    large: CampaignId,
    asked: &'static Questionnaire,
}

impl Surveys {
    /// Fills a database.
    pub(crate) async fn prepare(database: &TestDatabase) -> anyhow::Result<Self> {
        let store = Store::open(Options::url(database.url())).await?;
        let asked = shipped().find("skm").context("a questionnaire")?.as_ref();
        let unit = add_unit(&store).await?;
        let open = add_campaign(&store, unit, asked).await?;
        let large = add_campaign(&store, unit, asked).await?;
        let surveys = Self { store, open, large, asked };
        for start in (0..MANY).step_by(PORTION as usize) {
            let portion: Vec<(Uuid, Answer)> =
                (start..start + PORTION).map(|number| (chance::fresh(), surveys.answer(number))).collect();
            let tx = surveys.store.begin().await?;
            store::add_answers(&tx, large, &portion).await?;
            tx.commit(Entry::new(Actor::Console, "survey.opened", large.0), MachineClock.now()).await?;
        }
        Ok(surveys)
    }

    fn answer(&self, number: u32) -> Answer {
        let of = |place: usize| 1 + u8::try_from((number as usize + place * 3) % 4).unwrap_or(0);
        let values = (0..self.asked.questions().count()).map(of).collect();
        Answer { day: day(15), channel: Channel::Link, values, extras: Default::default() }
    }

    /// Answers from many at once for a minute: how long each waited, and how many came in a second.
    pub(crate) async fn submit(&self) -> anyhow::Result<(Durations, f64)> {
        let (inbox, began) = (Inbox::new(self.store.clone()), Instant::now());
        let mut people = JoinSet::new();
        for person in 0..PEOPLE {
            let (inbox, campaign) = (inbox.clone(), self.open);
            let answer = self.answer(u32::try_from(person)?);
            people.spawn(async move {
                let mut taken = Vec::new();
                while began.elapsed() < SPELL {
                    let (form, sent) = (chance::fresh(), Instant::now());
                    let submission = Submission {
                        campaign,
                        form,
                        answer: answer.clone(),
                        code: None,
                        signals: Vec::new(),
                    };
                    anyhow::ensure!(
                        inbox.submit(submission).await? == Outcome::Kept,
                        "an answer was not kept"
                    );
                    taken.push(sent.elapsed());
                }
                Ok(taken)
            });
        }
        let mut taken = Vec::new();
        while let Some(done) = people.join_next().await {
            taken.extend(done??);
        }
        let per_second = taken.len() as f64 / began.elapsed().as_secs_f64();
        Ok((Durations::of(taken), per_second))
    }

    /// The figures of the page of the large campaign, from its running counts.
    pub(crate) async fn dashboard(&self, rounds: u32) -> anyhow::Result<Durations> {
        let scale = self.asked.scale(None).context("a scale")?;
        measure(rounds, async |_| {
            let tally: Tally = store::tally(&self.store, self.large).await?;
            anyhow::ensure!(tally.respondents(None) == u64::from(MANY), "answers are missing");
            tally.index(self.asked, scale, None).index.map(drop).context("an index")
        })
        .await
    }

    /// The index of the large campaign from its raw rows.
    pub(crate) async fn recompute(&self, rounds: u32) -> anyhow::Result<Durations> {
        let scale = self.asked.scale(None).context("a scale")?;
        measure(rounds, async |_| {
            let mut responses = Responses::new(self.asked, scale, Layout::by_question(self.asked));
            for answer in store::answers(&self.store, self.large).await? {
                responses.push(&answer.values).map_err(|error| anyhow::anyhow!("{error:?}"))?;
            }
            Index::of(&responses).index.map(drop).context("an index")
        })
        .await
    }

    /// The data set of the large campaign as CSV.
    pub(crate) async fn export(&self, rounds: u32) -> anyhow::Result<Durations> {
        measure(rounds, async |_| {
            let text = csv(self.asked, None, &store::answers(&self.store, self.large).await?);
            anyhow::ensure!(text.lines().count() == MANY as usize + 1, "lines are missing");
            Ok(())
        })
        .await
    }
}

async fn add_unit(db: &Store) -> anyhow::Result<UnitId> {
    let id = UnitId(chance::fresh());
    let (name, head_title) = ("Unit".to_owned(), "Kepala".to_owned());
    let added = Unit { id, code: "UJI".parse()?, name, parent: None, echelon: Echelon::II, head_title };
    let tx = db.begin().await?;
    unit::add(&tx, &added).await?;
    tx.commit(Entry::new(Actor::Console, "unit.added", id.0), MachineClock.now()).await?;
    Ok(id)
}

async fn add_campaign(db: &Store, unit: UnitId, asked: &Questionnaire) -> anyhow::Result<CampaignId> {
    let campaign = Campaign {
        id: CampaignId(chance::fresh()),
        unit,
        questionnaire: asked.id.clone(),
        points: asked.scale(None).context("a scale")?.points,
        service: "Layanan".to_owned(),
        period: "Triwulan II 2020".to_owned(),
        population: None,
        aim: Aim::default(),
        own: None,
        opens_on: day(1),
        closes_on: day(30),
        entry: Way::Open,
        state: CampaignState::Open,
        token: chance::fresh().simple().to_string(),
    };
    let tx = db.begin().await?;
    store::create(&tx, &campaign, "bench").await?;
    tx.commit(Entry::new(Actor::Console, "survey.created", campaign.id.0), MachineClock.now()).await?;
    Ok(campaign.id)
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 6, day).unwrap_or_default()
}
