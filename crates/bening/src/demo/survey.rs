//! Surveys of the demonstration: finished ones with their reports, one that runs, and what of them stands in a
//! worksheet. Answers are made up by a fixed rule, the same at every start; they describe nobody.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use bening_core::audit::{Actor, Entry};
use bening_core::id::{CampaignId, LkeId, PersonId};
use bening_core::instrument::{Exact, Instrument, shipped as editions};
use bening_core::lke::edit::{self, Context as Editing, Given};
use bening_core::lke::{Layer, Lke};
use bening_core::person::Person;
use bening_core::scoring::Answer as Said;
use bening_core::survey::{
    Aim, Answer, Campaign, CampaignState, Channel, Entry as Way, ExtraKind, Frozen, OwnSet, Questionnaire,
    SurveyReport, freeze, method, shipped, suggestions,
};
use bening_core::time::Year;
use bening_core::unit::Unit;
use bening_store::survey::{self as store, Kept};
use bening_store::{Store, lke};
use bening_web::chance;
use chrono::{Days, NaiveDate};
use serde_json::json;
use uuid::Uuid;

use super::{day, morning};

const SERVICE: &str = "Layanan Penerimaan Negara Bukan Pajak Minerba";
/// The worksheet that takes the indices of the finished surveys.
const SHEET_YEAR: i64 = 2022;
const SHEET_EDITION: &str = "permenpanrb-90-2021";
/// Secret of forms in the demonstration; it protects nothing there.
const SEAL: &str = "peragaan";

const FINDINGS: [&str; 2] = [
    "Nilai antarunsur berdekatan; unsur yang terendah dibahas pada rapat layanan bulanan.",
    "Responden memuji kesopanan petugas, dan meminta informasi persyaratan yang lebih mudah ditemukan.",
];
const FOLLOW_UP: [&str; 3] = [
    "Persyaratan dan biaya setiap layanan dipasang di ruang layanan dan di situs direktorat sejak 20 April 2020.",
    "Konfirmasi setoran dikirim pada hari yang sama untuk berkas yang masuk sebelum pukul 14.00.",
    "Petugas piket pengaduan ditunjuk setiap hari; setiap pengaduan dijawab paling lama tiga hari kerja.",
];

/// A survey as it is told.
struct Story {
    family: &'static str,
    period: &'static str,
    opens_on: NaiveDate,
    closes_on: NaiveDate,
    population: u64,
    respondents: u32,
    /// How content people are, 0 to 100.
    mood: u32,
    state: CampaignState,
}

fn stories() -> [Story; 5] {
    let first = |family, mood, respondents| Story {
        family,
        period: "Triwulan I 2020",
        opens_on: day(3, 2),
        closes_on: day(3, 31),
        population: 1_200,
        respondents,
        mood,
        state: CampaignState::Frozen,
    };
    [
        Story {
            opens_on: day(1, 6),
            closes_on: day(1, 31),
            period: "Semester II 2019",
            ..first("skm", 60, 241)
        },
        first("skm", 68, 318),
        first("spak", 83, 307),
        first("spkp", 74, 312),
        Story {
            period: "Triwulan II 2020",
            opens_on: day(6, 1),
            closes_on: day(6, 30),
            state: CampaignState::Open,
            ..first("skm", 70, 143)
        },
    ]
}

/// Adds the surveys and the worksheet.
pub(super) async fn add(db: &Store, home: &Unit, people: &[Person]) -> Result<()> {
    let of =
        |login: &str| people.iter().find(|person| person.login.as_str() == login).map(|person| person.id);
    let (by, head) = (of("bayu").context("bayu")?, of("direktur").context("direktur")?);
    let own = own_questions()?;
    let tx = db.begin().await?;
    store::add_own(&tx, home.id, &own).await?;
    let entry = Entry::new(Actor::Person(by), "survey.own.saved", own.id).of_unit(home.id);
    tx.commit(entry.after(&own), morning(day(1, 3))).await?;
    let mut made = Vec::new();
    for story in stories() {
        let asked = shipped().find(story.family).context("kuesioner")?;
        let campaign = Campaign {
            own: asks_more(&story).then(|| own.clone()),
            aim: if story.state == CampaignState::Open { aim()? } else { Aim::default() },
            ..campaign(home, asked, &story)?
        };
        let answers = answers(asked, &campaign, &story);
        let frozen = tokio::task::spawn_blocking(move || fixed(campaign, answers));
        made.push((story, frozen));
    }
    for (story, frozen) in made {
        let (kept, answers) = frozen.await??;
        keep(db, (by, head), &story, &kept, &answers).await?;
    }
    fill(db, home, by).await
}

/// Whether everything of [`add`] is there; the worksheet comes last.
pub(super) async fn is_there(db: &Store, home: &Unit) -> Result<bool> {
    let Some(year) = Year::new(SHEET_YEAR) else { return Ok(false) };
    Ok(lke::find(db, home.id, year).await?.is_some_and(|sheet| sheet.layers.contains_key(&Layer::Unit)))
}

/// Questions of the unit beside the official ones.
fn own_questions() -> Result<OwnSet> {
    let line = |kind, own: &str, english: &str| (kind, own.to_owned(), english.to_owned());
    let lines = [
        line(
            ExtraKind::YesNo,
            "Apakah Bapak/Ibu dapat menghubungi petugas saat membutuhkan bantuan?",
            "Could you reach the staff when you needed help?",
        ),
        line(
            ExtraKind::Scale,
            "Seberapa mudah informasi tarif ditemukan di situs kami?",
            "How easy was it to find the tariffs on our site?",
        ),
    ];
    Ok(OwnSet::typed((chance::fresh(), 1), "Layanan daring", &lines)?)
}

fn asks_more(story: &Story) -> bool {
    story.family == "spkp" || story.state == CampaignState::Open
}

/// What the running survey is after.
fn aim() -> Result<Aim> {
    let channels = [Channel::Link, Channel::Poster, Channel::Paper].into();
    Ok(Aim { margin: Some(Exact::parse("0.04")?), confidence: None, channels })
}

fn campaign(home: &Unit, asked: &Questionnaire, story: &Story) -> Result<Campaign> {
    Ok(Campaign {
        id: CampaignId(chance::fresh()),
        unit: home.id,
        questionnaire: asked.id.clone(),
        points: asked.scale(None).context("skala")?.points,
        service: SERVICE.to_owned(),
        period: story.period.to_owned(),
        population: Some(story.population),
        aim: Aim::default(),
        own: None,
        opens_on: story.opens_on,
        closes_on: story.closes_on,
        entry: Way::Open,
        state: story.state,
        token: chance::fresh().simple().to_string(),
    })
}

type Identified = Vec<(Uuid, Answer)>;

/// With the figures of a finished one.
fn fixed(campaign: Campaign, answers: Identified) -> Result<(Kept, Identified)> {
    let frozen = match campaign.state {
        CampaignState::Frozen => Some(frozen(&campaign, &answers)?),
        _ => None,
    };
    Ok((Kept { campaign, seal: SEAL.to_owned(), codes_issued: 0, frozen }, answers))
}

fn frozen(campaign: &Campaign, answers: &Identified) -> Result<Frozen> {
    let mut sorted: Vec<&(Uuid, Answer)> = answers.iter().collect();
    sorted.sort_by_key(|(id, _)| *id);
    let answers: Vec<Answer> = sorted.into_iter().map(|(_, answer)| answer.clone()).collect();
    freeze(campaign, &answers, method().context("metode")?).context("hasil survei")
}

async fn keep(
    db: &Store,
    (by, head): (PersonId, PersonId),
    story: &Story,
    kept: &Kept,
    answers: &Identified,
) -> Result<()> {
    let (campaign, unit) = (&kept.campaign, kept.campaign.unit);
    let entry = |event| Entry::new(Actor::Person(by), event, campaign.id.0).of_unit(unit);
    let tx = db.begin().await?;
    store::create(&tx, campaign, SEAL).await?;
    store::add_answers(&tx, campaign.id, answers).await?;
    tx.commit(entry("survey.opened").after(campaign), morning(story.opens_on)).await?;
    let Some(frozen) = kept.frozen.clone() else { return Ok(()) };
    let tx = db.begin().await?;
    let said = json!({ "sha256": frozen.sha256, "respondents": answers.len() });
    store::keep_frozen(&tx, kept.clone(), frozen).await?;
    let after = story.closes_on + Days::new(1);
    tx.commit(entry("survey.frozen").after(said), morning(after)).await?;
    tell(db, (by, head), campaign, after).await
}

/// What the unit says to a finished survey, published a week later.
async fn tell(
    db: &Store,
    (by, head): (PersonId, PersonId),
    campaign: &Campaign,
    frozen_on: NaiveDate,
) -> Result<()> {
    let at = morning(frozen_on + Days::new(7));
    let written = SurveyReport::default().reworded(campaign, &FINDINGS.join("\n"), &FOLLOW_UP.join("\n"))?;
    let published = written.clone().publish(campaign, head, at)?;
    let steps = [(written, "survey.report.saved", by), (published, "survey.published", head)];
    for (report, event, person) in steps {
        let tx = db.begin().await?;
        store::save_report(&tx, campaign.id, &report).await?;
        let entry = Entry::new(Actor::Person(person), event, campaign.id.0).of_unit(campaign.unit);
        tx.commit(entry.after(report), at).await?;
    }
    Ok(())
}

/// Numbers that look like chance and are the same everywhere.
struct Dice(u64);

impl Dice {
    fn of(seed: &str) -> Self {
        let hash = chance::digest(seed);
        Self(hash.get(..16).and_then(|start| u64::from_str_radix(start, 16).ok()).unwrap_or(1))
    }

    /// The next number below `end`.
    fn below(&mut self, end: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((self.0 >> 33) % u64::from(end.max(1))).unwrap_or(0)
    }
}

fn answers(asked: &Questionnaire, campaign: &Campaign, story: &Story) -> Identified {
    let seed = format!("{} {}", asked.id, story.period);
    let mut dice = Dice::of(&seed);
    let questions = asked.questions().count();
    let days = u32::try_from((story.closes_on - story.opens_on).num_days()).unwrap_or(0).min(13) + 1;
    let mut beside = Dice::of(&format!("{seed} beside"));
    let one = |number: u32| {
        let person = dice.below(34);
        let values =
            (0..questions).map(|place| value(&mut dice, campaign.points, story.mood + person, place));
        let values: Vec<u8> = values.collect();
        let answer = Answer {
            day: story.opens_on + Days::new(u64::from(dice.below(days))),
            channel: if dice.below(10) < 7 { Channel::Poster } else { Channel::Link },
            values,
            extras: said_beside(&mut beside, campaign),
        };
        (identity(&seed, number), answer)
    };
    (0..story.respondents).map(one).collect()
}

/// What was said beside the index.
fn said_beside(dice: &mut Dice, campaign: &Campaign) -> BTreeMap<String, String> {
    let mut said = BTreeMap::from([("X1".to_owned(), "tidak".to_owned())]);
    for own in campaign.own.iter().flat_map(|set| &set.questions) {
        let answer = match own.kind {
            ExtraKind::YesNo => if dice.below(10) < 8 { "ya" } else { "tidak" }.to_owned(),
            ExtraKind::Scale => (2 + dice.below(u32::from(campaign.points) - 1)).to_string(),
            ExtraKind::Text => continue,
        };
        said.insert(own.code.clone(), answer);
    }
    said
}

/// One answer in forty is left out; some questions please less than others.
fn value(dice: &mut Dice, points: u8, mood: u32, place: usize) -> u8 {
    if dice.below(40) == 0 {
        return 0;
    }
    let liked = mood + u32::try_from(place * 7 % 5).unwrap_or(0) * 4;
    let steps = u32::from(points.saturating_sub(1)).max(1);
    let above = (0..steps).filter(|_| dice.below(120) < liked).count();
    1 + u8::try_from(above).unwrap_or(0)
}

fn identity(seed: &str, number: u32) -> Uuid {
    let hash = chance::digest(&format!("{seed} {number}"));
    hash.get(..32).and_then(|start| Uuid::parse_str(start).ok()).unwrap_or_else(chance::fresh)
}

/// A worksheet that is being filled: one index was accepted, the other is still a suggestion.
async fn fill(db: &Store, home: &Unit, by: PersonId) -> Result<()> {
    let edition = editions().by_id(SHEET_EDITION).context("edisi")?;
    let year = Year::new(SHEET_YEAR).context("tahun")?;
    let empty = Lke::empty(LkeId(chance::fresh()), home.id, year, edition.id.clone());
    let entry = |event| Entry::new(Actor::Person(by), event, empty.id.0).of_unit(home.id);
    let tx = db.begin().await?;
    lke::create(&tx, &empty).await?;
    tx.commit(entry("lke.begun").after(json!({ "edition": edition.id })), morning(day(6, 12))).await?;
    let (filled, after) = accepted(db, edition, &empty, by).await?;
    let tx = db.begin().await?;
    lke::save(&tx, &empty, &filled).await?;
    Ok(tx.commit(entry("lke.answer.from_survey").after(after), morning(day(6, 12))).await?)
}

async fn accepted(
    db: &Store,
    edition: &Instrument,
    sheet: &Lke,
    by: PersonId,
) -> Result<(Lke, serde_json::Value)> {
    let frozen = store::frozen(db, sheet.unit).await?;
    let pairs = frozen.iter().filter_map(|kept| Some((&kept.campaign, kept.frozen.as_ref()?)));
    let offered = suggestions(edition, pairs);
    let spak = shipped().find("spak").context("kuesioner")?;
    let one = offered.iter().find(|one| one.questionnaire == spak.id).context("usulan")?;
    let given = Given { answer: Some(Said::Index(one.index)), note: one.provenance() };
    let (mut sheet, today, mut fresh) = (sheet.clone(), day(6, 12), chance::fresh);
    let context = Editing { now: morning(today), today, by, edition, fresh: &mut fresh };
    edit::answer(&mut sheet, Layer::Unit, &one.question, &Given::default(), given, &context)?;
    let after = json!({ "code": one.question, "campaign": one.campaign, "sha256": one.sha256 });
    Ok((sheet, after))
}
