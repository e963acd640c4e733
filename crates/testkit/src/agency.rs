//! The invented agency that every test of pages knows: two units that do not know each other, one person for each
//! role at the first, a stranger at the second, and a small plan.

use bening_core::audit::{Actor, Entry};
use bening_core::id::{ActionId, AssignmentId, ComponentId, PersonId, PlanId, TeamId, UnitId};
use bening_core::person::{Assignment, Login, Person, Place, Role, Standing};
use bening_core::plan::edit::{self, ActionField, Cell, Context, Member as OnRoster};
use bening_core::plan::{Area, Plan};
use bening_core::team::{Member, Seat, Team};
use bening_core::time::Year;
use bening_core::unit::{Echelon, Unit, UnitCode};
use bening_store::person::{self, Account, Taste};
use bening_store::{Store, plan, team, unit};
use bening_web::account::hash;
use bening_web::chance;
use chrono::NaiveDate;

/// The password of everybody in the agency.
pub const PASSWORD: &str = "kuda laut minum teh hangat";

/// Everybody, by sign-in name: one for each role, then the stranger.
pub const EVERYBODY: [&str; 13] = [
    "admin",
    "kepala",
    "tpi",
    "tpi-ketua",
    "dalnis",
    "tpn",
    "kpk",
    "ombudsman",
    "direktur",
    "ketua",
    "anggota",
    "pegawai",
    "asing",
];

/// Two more whose accounts and roles tests may end: an employee of the unit, an assessor of the agency.
pub const SPARE: [(&str, Role); 2] = [("cadangan", Role::Employee), ("cadangan-tpi", Role::TpiMember)];

/// The agency as it was made.
#[derive(Debug, Clone)]
pub struct Agency {
    /// The unit everybody works at: code `AIR`.
    pub unit: Unit,
    /// The unit of the stranger: code `API`.
    pub other: Unit,
    /// Its plan for 2020, a draft.
    pub plan: Plan,
    /// Everybody.
    pub people: Vec<Person>,
}

impl Agency {
    /// Identity of somebody.
    ///
    /// # Panics
    /// When nobody has that sign-in name.
    #[must_use]
    pub fn person(&self, login: &str) -> PersonId {
        self.people
            .iter()
            .find(|person| person.login.as_str() == login)
            .map(|person| person.id)
            .unwrap_or_else(|| panic!("nobody in the agency signs in as {login}"))
    }

    /// The first component of the plan.
    ///
    /// # Panics
    /// Never: the plan is made with one.
    #[must_use]
    pub fn component(&self) -> ComponentId {
        self.plan.areas[0].components[0].id
    }

    /// The first action of the plan, for which `anggota` answers.
    ///
    /// # Panics
    /// Never: the plan is made with one.
    #[must_use]
    pub fn action(&self) -> ActionId {
        self.plan.areas[0].components[0].actions[0].id
    }
}

/// The day on which everything in the agency was set up; tests run on 15 June 2020.
#[must_use]
pub fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 1, 2).unwrap_or_default()
}

/// Puts the agency into an empty store.
///
/// # Errors
/// When the store refuses.
pub async fn found(store: &Store) -> anyhow::Result<Agency> {
    let (unit, other) =
        (new_unit("AIR", "Direktorat Air Bersih")?, new_unit("API", "Direktorat Api Unggun")?);
    for each in [&unit, &other] {
        let tx = store.begin().await?;
        unit::add(&tx, each).await?;
        tx.commit(entry("unit.added", each.id.0), chance_time()).await?;
    }
    let people = people(store, &unit, &other).await?;
    let plan = small_plan(&unit, &people)?;
    let tx = store.begin().await?;
    plan::create(&tx, &plan).await?;
    tx.commit(entry("plan.begun", plan.id.0), chance_time()).await?;
    appoint(store, &unit, &people).await?;
    Ok(Agency { unit, other, plan, people })
}

/// The internal assessors of the unit for the plan's year, one in each seat.
async fn appoint(store: &Store, unit: &Unit, people: &[Person]) -> anyhow::Result<()> {
    let person = |login: &str| people.iter().find(|person| person.login.as_str() == login);
    let seats = [("tpi", Seat::Member), ("tpi-ketua", Seat::Lead), ("dalnis", Seat::Controller)];
    let members = seats
        .into_iter()
        .filter_map(|(login, seat)| person(login).map(|person| Member { person: person.id, seat }));
    let team = Team {
        id: TeamId(chance::fresh()),
        year: Year::of(first_day()).get(),
        name: "Tim 1".to_owned(),
        letter: "ST-1/2020".to_owned(),
        letter_on: Some(first_day()),
        members: members.collect(),
        units: [unit.id].into(),
    };
    let tx = store.begin().await?;
    team::save(&tx, &[], std::slice::from_ref(&team)).await?;
    tx.commit(entry("team.formed", team.id.0), chance_time()).await?;
    Ok(())
}

fn entry(event: &'static str, subject: uuid::Uuid) -> Entry {
    Entry::new(Actor::Console, event, subject)
}

fn chance_time() -> chrono::DateTime<chrono::Utc> {
    first_day().and_hms_opt(2, 0, 0).unwrap_or_default().and_utc()
}

fn new_unit(code: &str, name: &str) -> anyhow::Result<Unit> {
    Ok(Unit {
        id: UnitId(chance::fresh()),
        code: code.parse::<UnitCode>()?,
        name: name.to_owned(),
        parent: None,
        echelon: Echelon::II,
        head_title: format!("Pimpinan {name}"),
    })
}

async fn people(store: &Store, unit: &Unit, other: &Unit) -> anyhow::Result<Vec<Person>> {
    let roles = Role::ALL.into_iter().chain([Role::TeamLead]);
    let hashed = hash(PASSWORD).map_err(|error| anyhow::anyhow!("{error}"))?.0;
    let mut people = Vec::new();
    for (login, role) in EVERYBODY.into_iter().zip(roles) {
        let at = if login == "asing" { other } else { unit };
        people.push(add_person(store, login, role, at, &hashed).await?);
    }
    for (login, role) in SPARE {
        people.push(add_person(store, login, role, unit, &hashed).await?);
    }
    Ok(people)
}

async fn add_person(
    store: &Store,
    login: &str,
    role: Role,
    at: &Unit,
    hashed: &str,
) -> anyhow::Result<Person> {
    use bening_core::person::Reach;
    let name: String = login.split('-').map(capital).collect::<Vec<_>>().join(" ");
    let person = Person {
        id: PersonId(chance::fresh()),
        login: login.parse::<Login>()?,
        name,
        title: String::new(),
        standing: Standing::Active,
    };
    let place = if role.reach() == Reach::Unit { Place::Unit(at.id) } else { Place::Agency };
    let areas = if role == Role::AreaMember { [Area::ChangeManagement].into() } else { [].into() };
    let id = AssignmentId(chance::fresh());
    let assignment = Assignment { id, person: person.id, role, place, areas, from: first_day(), until: None };
    let account =
        Account { person: person.clone(), password_hash: hashed.to_owned(), taste: Taste::default() };
    let tx = store.begin().await?;
    person::add(&tx, &account).await?;
    person::assign(&tx, &assignment).await?;
    tx.commit(entry("person.added", person.id.0), chance_time()).await?;
    Ok(person)
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// One component with two actions in the first area, one benefit, one priority target.
fn small_plan(unit: &Unit, people: &[Person]) -> anyhow::Result<Plan> {
    let year = Year::new(2020).unwrap_or(Year::of(first_day()));
    let mut plan = Plan::empty(PlanId(chance::fresh()), unit.id, year);
    let roster: Vec<OnRoster> = people.iter().map(|p| OnRoster { id: p.id, name: p.name.clone() }).collect();
    let mut fresh = chance::fresh;
    let area = Area::ChangeManagement;
    let component = edit::add_component(&mut plan, area, "Tim Kerja", &mut fresh)?;
    edit::add_benefit(&mut plan, area, "Komitmen meningkat", &mut fresh)?;
    edit::add_priority(&mut plan, "Loket satu pintu", &mut fresh)?;
    for (name, time) in [("Membentuk tim", "Januari"), ("Rapat bulanan", "Setiap bulan, Jan s.d Juni")] {
        let id = edit::add_action(&mut plan, component, name, &mut fresh)?;
        let mut maker = chance::fresh;
        let mut context =
            Context { today: first_day(), by: people[7].id, roster: &roster, fresh: &mut maker };
        for (field, value) in [
            (ActionField::Time, time),
            (ActionField::Pic, "Anggota"),
            (ActionField::Evidence, "SK Tim\nNotula"),
        ] {
            edit::write(&mut plan, Cell::Action(id, field), "", value, &mut context)?;
        }
    }
    Ok(plan)
}
