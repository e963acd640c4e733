//! The demonstration: an agency, its units and people, and the real work plan of a directorate for 2020 as the
//! directorate published it. People appear by the first names the plan uses, or by role.

mod candidacy;
mod candidates;
mod evidence;
mod lke;
mod meeting;
mod monev;
mod paper;
mod picture;
mod register;
mod suggestion;
mod survey;
mod wbs;

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use bening_core::agency::Agency;
use bening_core::audit::{Actor, Entry};
use bening_core::id::{ActionId, AssignmentId, PersonId, PlanId, UnitId};
use bening_core::person::{Assignment, Person, Place, Role, Standing};
use bening_core::plan::edit::{self, Context as Editing, Member, Report};
use bening_core::plan::export::PlanExport;
use bening_core::plan::notes::PaperNotes;
use bening_core::plan::rows::{self, Known, UnknownPics};
use bening_core::plan::{Area, Plan, life};
use bening_core::time::{Month, Year};
use bening_core::unit::{Echelon, Unit};
use bening_store::person::{self, Account, Taste};
use bening_store::plan::{self as store, Version};
use bening_store::{Store, agency, unit};
use bening_web::account::hash;
use bening_web::app::{DemoAccount, Purpose};
use bening_web::chance::{self, Clock, MachineClock};
use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;
use serde_json::json;

use crate::cli::exit::Refused;

/// One password for all sign-ins of the demonstration; it is printed and shown, so it protects nothing.
const PASSWORD: &str = "demo-bening-2020";
const YEAR: i64 = 2020;
/// Code of the unit whose plan it is.
const HOME: &str = "DBN";

/// Sign-in name, name, title, role, code of the unit, areas.
type Cast = (&'static str, &'static str, &'static str, Role, Option<&'static str>, &'static [Area]);

const CAST: [Cast; 17] = [
    ("admin", "Admin Instansi", "Biro Organisasi", Role::AgencyAdmin, None, &[]),
    ("menteri", "Pimpinan Instansi", "Menteri", Role::AgencyHead, None, &[]),
    ("tpi", "Anggota TPI", "Auditor Inspektorat Jenderal", Role::TpiMember, None, &[]),
    ("tpi-ketua", "Ketua TPI", "Auditor Inspektorat Jenderal", Role::TpiLead, None, &[]),
    ("tpi-dalnis", "Pengendali Teknis TPI", "Inspektorat Jenderal", Role::TpiController, None, &[]),
    ("tpn", "Penilai Nasional", "Tim Penilai Nasional", Role::Tpn, None, &[]),
    ("kpk", "Penilai dari KPK", "Direktorat Pencegahan", Role::TpnKpk, None, &[]),
    ("ombudsman", "Penilai dari Ombudsman", "Asisten Ombudsman", Role::TpnOmbudsman, None, &[]),
    (
        "direktur",
        "Direktur DBN",
        "Direktur Penerimaan Mineral dan Batubara",
        Role::UnitHead,
        Some("DBN"),
        &[],
    ),
    ("bayu", "Bayu", "Ketua Tim Kerja ZI", Role::TeamLead, Some("DBN"), &[]),
    ("nover", "Nover", "PIC Tatalaksana", Role::AreaMember, Some("DBN"), &[Area::Procedures]),
    ("panca", "Panca", "PIC SDM", Role::AreaMember, Some("DBN"), &[Area::HumanResources]),
    ("beny", "Beny", "PIC Akuntabilitas", Role::AreaMember, Some("DBN"), &[Area::Accountability]),
    ("cristian", "Cristian", "PIC Pelayanan Publik", Role::AreaMember, Some("DBN"), &[Area::PublicService]),
    ("pegawai", "Pegawai DBN", "Analis", Role::Employee, Some("DBN"), &[]),
    ("tetangga", "Ketua Tim DBT", "Ketua Tim Kerja ZI", Role::TeamLead, Some("DBT"), &[]),
    (candidates::LEAD, "Ketua Tim Balai", "Ketua Tim Kerja ZI", Role::TeamLead, Some("BL3"), &[]),
];

/// Code, name, code of the unit above, rank, title of its head.
const UNITS: [(&str, &str, Option<&str>, Echelon, &str); 4] = [
    (
        "DJB",
        "Direktorat Jenderal Mineral dan Batubara",
        None,
        Echelon::I,
        "Direktur Jenderal Mineral dan Batubara",
    ),
    (
        "DBN",
        "Direktorat Penerimaan Mineral dan Batubara",
        Some("DJB"),
        Echelon::II,
        "Direktur Penerimaan Mineral dan Batubara",
    ),
    (
        "DBT",
        "Direktorat Teknik dan Lingkungan Mineral dan Batubara",
        Some("DJB"),
        Echelon::II,
        "Direktur Teknik dan Lingkungan Mineral dan Batubara",
    ),
    ("ITJ", "Inspektorat Jenderal", None, Echelon::I, "Inspektur Jenderal"),
];

/// Actions of which the demonstration says that nobody has reported them: they are late.
const NEGLECTED: [&str; 2] = ["Melakukan Sosialisasi Rencana", "Penyusunan Risk Register"];

const LEGAL_BASIS: [&str; 3] = [
    "Peraturan Menteri Energi dan Sumber Daya Mineral Nomor 18 Tahun 2010 tentang Organisasi dan Tata Kerja Kementerian Energi dan Sumber Daya Mineral, beserta perubahannya Nomor 30 Tahun 2014",
    "Surat Edaran Inspektur Jenderal Nomor 346 Tahun 2016 tentang percepatan pembangunan Zona Integritas di lingkungan Kementerian ESDM",
    "Keputusan Inspektur Jenderal Nomor 202.K/73/IJN/2017 tanggal 21 Februari 2017 tentang penetapan unit kerja menuju WBK dan WBBM di lingkungan Kementerian ESDM",
];

/// The day of the demonstration, in the middle of the plan's year; the time of day goes on as it does outside.
pub(crate) struct DemoClock {
    zone: Tz,
}

impl DemoClock {
    /// A clock for a zone.
    pub(crate) fn new(zone: Tz) -> Self {
        Self { zone }
    }
}

impl Clock for DemoClock {
    fn now(&self) -> DateTime<Utc> {
        let now = MachineClock.now();
        let time = now.with_timezone(&self.zone).time();
        let local = day(6, 15).and_time(time);
        self.zone.from_local_datetime(&local).earliest().map_or(now, |at| at.with_timezone(&Utc))
    }
}

/// A day of the demonstration's year.
fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(YEAR as i32, month, day).unwrap_or_default()
}

/// Nine in the morning, Jakarta, on a day.
fn morning(day: NaiveDate) -> DateTime<Utc> {
    day.and_hms_opt(2, 0, 0).unwrap_or_default().and_utc()
}

/// What the sign-in page says.
pub(crate) fn purpose() -> Purpose {
    let accounts = CAST.iter().map(|(login, _, _, role, unit, _)| DemoAccount {
        login: (*login).to_owned(),
        role: role.title(),
        unit: unit.unwrap_or_default().to_owned(),
    });
    Purpose::Demo { accounts: accounts.collect(), password: PASSWORD.to_owned() }
}

/// Fills an empty database, finds one that was filled before, and refuses any other: the demonstration's shared
/// password, its day in the past and its sign-ins have no business among real work.
pub(crate) async fn prepare(db: &Store) -> Result<()> {
    if is_whole(db).await? {
        return Ok(());
    }
    if !unit::all(db).await?.is_empty() || !person::all(db).await?.is_empty() {
        let why = "tempat ini berisi data lain, atau data peragaan yang terputus; --demo memerlukan tempat \
            kosong, misalnya --data data-peragaan";
        return Err(Refused(why.to_owned()).into());
    }
    add_agency(db).await?;
    let units = add_units(db).await?;
    let people = add_people(db, &units).await?;
    let home = units.iter().find(|unit| unit.code.as_str() == HOME).context("unit DBN")?;
    add_plan(db, home, &people).await?;
    monev::add(db, home, &people).await?;
    meeting::add(db, home, &people).await?;
    paper::add(db, home, &people).await?;
    register::add(db, home, &people).await?;
    wbs::add(db, home, &people).await?;
    candidacy::add(db, &units, &people).await?;
    candidates::add(db, &units, &people).await?;
    lke::add(db, &units, &people).await?;
    let lead = people.iter().find(|person| person.login.as_str() == "bayu").context("bayu")?;
    suggestion::add(db, home, lead.id).await?;
    survey::add(db, home, &people).await?;
    evidence::add(db, home, lead.id).await
}

/// Whether everybody is there and the plan was approved; reports of progress come last and are only for show.
async fn is_whole(db: &Store) -> Result<bool> {
    let people = person::all(db).await?;
    let known = |login: &str| people.iter().any(|person| person.login.as_str() == login);
    let home = unit::by_code(db, &HOME.parse()?).await?;
    let (Some(home), Some(year)) = (home, Year::new(YEAR)) else { return Ok(false) };
    let plan = store::find(db, home.id, year).await?;
    let worksheets = lke::is_there(db).await? && survey::is_there(db, &home).await?;
    Ok(worksheets && CAST.iter().all(|member| known(member.0)) && plan.is_some_and(|plan| plan.version > 0))
}

async fn add_agency(db: &Store) -> Result<()> {
    let agency = Agency {
        name: "Kementerian Energi dan Sumber Daya Mineral".to_owned(),
        short_name: "Kementerian ESDM".to_owned(),
        city: "Jakarta".to_owned(),
        logo: None,
    };
    let tx = db.begin().await?;
    agency::save(&tx, &agency).await?;
    let entry = Entry::new(Actor::Console, "agency.saved", uuid::Uuid::nil()).after(&agency.name);
    Ok(tx.commit(entry, morning(day(1, 2))).await?)
}

async fn add_units(db: &Store) -> Result<Vec<Unit>> {
    let mut units: Vec<Unit> = Vec::new();
    let others =
        candidates::units().map(|(code, name, rank)| (code, name, Some("DJB"), rank, "Kepala Balai"));
    for (code, name, parent, echelon, head_title) in UNITS.into_iter().chain(others) {
        let parent = units.iter().find(|unit| Some(unit.code.as_str()) == parent).map(|unit| unit.id);
        let (name, head_title) = (name.to_owned(), head_title.to_owned());
        let unit =
            Unit { id: UnitId(chance::fresh()), code: code.parse()?, name, parent, echelon, head_title };
        let tx = db.begin().await?;
        unit::add(&tx, &unit).await?;
        let entry = Entry::new(Actor::Console, "unit.added", unit.id.0).of_unit(unit.id).after(&unit);
        tx.commit(entry, morning(day(1, 2))).await?;
        units.push(unit);
    }
    Ok(units)
}

async fn add_people(db: &Store, units: &[Unit]) -> Result<Vec<Person>> {
    let password_hash = hash(PASSWORD).context("kata sandi demo")?.0;
    let mut people = Vec::new();
    for member in CAST {
        people.push(add_person(db, units, &password_hash, member).await?);
    }
    Ok(people)
}

async fn add_person(db: &Store, units: &[Unit], password_hash: &str, member: Cast) -> Result<Person> {
    let (login, name, title, role, code, areas) = member;
    let person = Person {
        id: PersonId(chance::fresh()),
        login: login.parse()?,
        name: name.to_owned(),
        title: title.to_owned(),
        standing: Standing::Active,
    };
    let unit = units.iter().find(|unit| Some(unit.code.as_str()) == code);
    let assignment = Assignment {
        id: AssignmentId(chance::fresh()),
        person: person.id,
        role,
        place: unit.map_or(Place::Agency, |unit| Place::Unit(unit.id)),
        areas: areas.iter().copied().collect::<BTreeSet<_>>(),
        from: day(1, 1),
        until: None,
    };
    let account =
        Account { person: person.clone(), password_hash: password_hash.to_owned(), taste: Taste::default() };
    let tx = db.begin().await?;
    person::add(&tx, &account).await?;
    person::assign(&tx, &assignment).await?;
    let entry = Entry::new(Actor::Console, "person.added", person.id.0);
    let after = json!({ "person": person, "assignment": assignment });
    tx.commit(entry.after(after), morning(day(1, 2))).await?;
    Ok(person)
}

async fn add_plan(db: &Store, home: &Unit, people: &[Person]) -> Result<()> {
    let by =
        |login: &str| people.iter().find(|person| person.login.as_str() == login).map(|person| person.id);
    let (lead, head) = (by("bayu").context("bayu")?, by("direktur").context("direktur")?);
    let roster: Vec<Member> =
        people.iter().map(|person| Member { id: person.id, name: person.name.clone() }).collect();
    let plan = read_plan(home, lead, &roster)?;
    let tx = db.begin().await?;
    store::create(&tx, &plan).await?;
    store::save_paper(&tx, plan.id, &notes()).await?;
    let entry = Entry::new(Actor::Person(lead), "plan.imported", plan.id.0).of_unit(home.id);
    tx.commit(entry.after(json!({ "actions": plan.actions().count() })), morning(day(1, 8))).await?;
    let approved = approve(db, home, head, &plan).await?;
    report_progress(db, home, &approved, lead).await
}

fn read_plan(home: &Unit, lead: PersonId, roster: &[Member]) -> Result<Plan> {
    let year = Year::new(YEAR).context("tahun demo")?;
    let file = bening_intake::read(bening_intake::DEMO_PLAN.as_bytes(), None)?;
    let subs = bening_web::plan::intake::subs(bening_core::instrument::shipped(), year);
    let known = Known { roster, unknown: UnknownPics::Refuse, subs: &subs };
    let checked = rows::check(&file, &known).map_err(|problems| {
        anyhow::anyhow!("{}", problems.iter().map(ToString::to_string).collect::<String>())
    })?;
    let empty = Plan::empty(PlanId(chance::fresh()), home.id, year);
    let mut fresh = chance::fresh;
    let mut context = Editing { today: day(1, 8), by: lead, roster, fresh: &mut fresh };
    Ok(rows::merge(&empty, &checked, &mut context)?.0)
}

fn notes() -> PaperNotes {
    PaperNotes {
        signed_on: Some(day(1, 14)),
        legal_basis: LEGAL_BASIS.map(str::to_owned).into(),
        ..PaperNotes::default()
    }
}

async fn approve(db: &Store, home: &Unit, head: PersonId, plan: &Plan) -> Result<Plan> {
    let mut approved = plan.clone();
    let number = life::approve(&mut approved)?;
    let at = morning(day(1, 14));
    let tx = db.begin().await?;
    store::save(&tx, plan, &approved).await?;
    let note = "Disetujui untuk dilaksanakan.".to_owned();
    let contents = PlanExport::of(&approved, home.code.as_str(), &home.name);
    store::keep_version(&tx, &Version { number, approved_at: at, approved_by: head, note }, &contents)
        .await?;
    let entry = Entry::new(Actor::Person(head), "plan.approved", plan.id.0).of_unit(home.id);
    tx.commit(entry.after(json!({ "version": number })), at).await?;
    Ok(approved)
}

/// Everything due by May is reported done at the end of its month, but for what was neglected.
async fn report_progress(db: &Store, home: &Unit, plan: &Plan, lead: PersonId) -> Result<()> {
    let mut current = plan.clone();
    for month in Month::all().take(5) {
        let on = month.last_day(plan.year);
        for id in due(&current, month) {
            let mut after = current.clone();
            let by = after
                .action(id)
                .and_then(|p| p.action.pics.iter().find_map(|pic| pic.person))
                .unwrap_or(lead);
            let mut fresh = chance::fresh;
            let context = Editing { today: on, by, roster: &[], fresh: &mut fresh };
            edit::report(&mut after, id, month, Report::Done, &context)?;
            let tx = db.begin().await?;
            store::save(&tx, &current, &after).await?;
            let entry = Entry::new(Actor::Person(by), "plan.action.reported", id.0).of_unit(home.id);
            tx.commit(entry.after(json!({ "month": month.number(), "state": "selesai" })), morning(on))
                .await?;
            current = after;
        }
    }
    Ok(())
}

fn due(plan: &Plan, month: Month) -> Vec<ActionId> {
    let neglected = |name: &str| NEGLECTED.iter().any(|neglected| name.contains(neglected));
    let due = |action: &bening_core::plan::Action| {
        action.schedule.as_ref().is_some_and(|schedule| schedule.due_months().contains(&month))
    };
    let actions = plan.actions().map(|placed| placed.action);
    actions.filter(|action| due(action) && !neglected(&action.name)).map(|action| action.id).collect()
}
