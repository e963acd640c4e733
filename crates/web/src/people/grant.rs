//! Giving somebody a role at a unit or the agency. Somebody without an account gets one, with an initial
//! password that is shown once and must be changed.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use bening_core::audit::Entry;
use bening_core::id::{AssignmentId, PersonId};
use bening_core::person::{Assignment, Login, Person, Place, Role, Standing};
use bening_core::plan::Area;
use bening_core::plan::edit::{self, Member};
use bening_core::text;
use bening_store::person::{self, Account, Taste};
use bening_store::{StoreError, WriteTx, plan};
use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::json;

use super::seat::Seat;
use crate::account::hash;
use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Errors, Posted, see_other};
use crate::page::Page;
use crate::plan::frame;

/// What is typed, as it comes back when something is wrong with it.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields {
    pub(super) login: String,
    pub(super) name: String,
    pub(super) title: String,
    pub(super) role: String,
    pub(super) areas: Vec<String>,
    pub(super) from: String,
    pub(super) until: String,
}

/// The period and the areas of a role.
pub(super) struct Extent {
    pub(super) areas: BTreeSet<Area>,
    pub(super) from: NaiveDate,
    pub(super) until: Option<NaiveDate>,
}

struct Wanted {
    login: Login,
    name: String,
    title: String,
    role: Role,
    extent: Extent,
}

impl Fields {
    pub(super) fn read(pairs: Vec<(String, String)>) -> Self {
        let mut fields = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "login" => fields.login = value,
                "nama" => fields.name = value,
                "jabatan" => fields.title = value,
                "peran" => fields.role = value,
                "area" => fields.areas.push(value),
                "mulai" => fields.from = value,
                "sampai" => fields.until = value,
                _ => {}
            }
        }
        fields
    }

    /// Whether the box of an area is ticked.
    pub(super) fn has_area(&self, area: &Area) -> bool {
        self.areas.iter().any(|code| code == area.code())
    }

    /// The period and, for members of areas, the areas.
    pub(super) fn extent(&self, role: Role, errors: &mut Errors) -> Option<Extent> {
        let from = errors.take("mulai", day(&self.from));
        let until = match self.until.trim() {
            "" => Some(None),
            text => errors.take("sampai", day(text)).map(Some),
        };
        let areas = self.areas.iter().filter_map(|code| Area::from_code(code));
        let areas = if role == Role::AreaMember { areas.collect() } else { BTreeSet::new() };
        let (from, until) = (from?, until?);
        if until.is_some_and(|until| until < from) {
            errors.add("sampai", "hari terakhir mendahului hari pertama");
        }
        Some(Extent { areas, from, until })
    }

    fn wanted(&self) -> std::result::Result<Wanted, Errors> {
        let mut errors = Errors::default();
        let login = errors.take("login", self.login.parse::<Login>());
        let name = errors.take("nama", text::line(&self.name));
        let title = errors.take("jabatan", text::line(&self.title));
        let role = Role::parse(&self.role);
        if role.is_none() {
            errors.add("peran", "pilih satu peran");
        }
        let extent = self.extent(role.unwrap_or(Role::Employee), &mut errors);
        match (login, name, title, role, extent) {
            (Some(login), Some(name), Some(title), Some(role), Some(extent)) if errors.is_empty() => {
                Ok(Wanted { login, name, title, role, extent })
            }
            _ => Err(errors),
        }
    }
}

fn day(text: &str) -> std::result::Result<NaiveDate, &'static str> {
    NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d")
        .map_err(|_| "tanggal harus berbentuk tahun-bulan-hari, misalnya 2020-01-14")
}

#[derive(Template)]
#[template(path = "people/grant.html")]
struct GrantPage {
    page: Page,
    base: String,
    place: String,
    roles: Vec<Role>,
    with_areas: bool,
    areas: [Area; 6],
    known: Vec<Person>,
    fields: Fields,
    errors: Errors,
}

#[derive(Template)]
#[template(path = "people/password.html")]
pub(super) struct PasswordPage {
    pub(super) page: Page,
    pub(super) person: Person,
    pub(super) password: String,
    pub(super) notes: Vec<String>,
    pub(super) back: String,
}

/// Whom the form is about, if that is known already.
#[derive(Debug, Default, Deserialize)]
pub struct About {
    #[serde(default)]
    login: String,
}

/// The form to give a role.
///
/// # Errors
/// When the caller may not give roles here.
pub async fn show(State(app): State<App>, caller: Caller, seat: Seat, Query(about): Query<About>) -> Result {
    let fields = Fields { login: about.login, from: app.today().to_string(), ..Fields::default() };
    render(&app, &caller, &seat, fields, Errors::default()).await.map(IntoResponse::into_response)
}

async fn render(
    app: &App,
    caller: &Caller,
    seat: &Seat,
    fields: Fields,
    errors: Errors,
) -> Result<Html<String>> {
    let title = caller.lang.t("Tambah orang");
    let page = frame::plain(app, caller, title.as_ref(), seat.room()).await?;
    let held = person::assignments_at(app.store(), seat.place).await?;
    let roles = seat.roles(caller);
    let content = GrantPage {
        page: Page { crumbs: seat.crumbs(caller, &title), ..page },
        base: seat.base.clone(),
        place: match &seat.unit {
            Some(unit) => unit.name.clone(),
            None => caller.lang.t("Seluruh instansi").into_owned(),
        },
        with_areas: roles.contains(&Role::AreaMember),
        roles,
        areas: Area::ALL,
        known: person::by_ids(app.store(), held.iter().map(|held| held.person)).await?,
        fields,
        errors,
    };
    Ok(Html(content.render()?))
}

/// How giving a role ended.
enum Given {
    /// To somebody with an account.
    Known(Person, usize),
    /// To somebody new, with this initial password.
    New(Person, String, usize),
    /// Not at all.
    Refused(Errors),
}

/// Gives a role, with an account where there is none yet.
///
/// # Errors
/// When the caller may not give this role here; what is wrong with the fields comes back with the page.
pub async fn give(
    State(app): State<App>,
    caller: Caller,
    seat: Seat,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result {
    let fields = Fields::read(pairs);
    let given = match fields.wanted() {
        Ok(wanted) => {
            seat.demand_grant(&caller, wanted.role)?;
            settle(&app, &caller, &seat, wanted).await?
        }
        Err(errors) => Given::Refused(errors),
    };
    match given {
        Given::Known(person, tied) => {
            let text = caller
                .lang
                .tf("Peran diberikan kepada %{nama}, yang sudah mempunyai akun.", &[("nama", &person.name)]);
            let text =
                [Some(text), tied_note(&caller, tied)].into_iter().flatten().collect::<Vec<_>>().join(" ");
            Ok(flash::done(see_other(&seat.base), text))
        }
        Given::New(person, password, tied) => {
            let notes = tied_note(&caller, tied).into_iter().collect();
            let title = caller.lang.t("Akun dibuat");
            let page = frame::plain(&app, &caller, title.as_ref(), seat.room()).await?;
            let page = Page { crumbs: seat.crumbs(&caller, &title), path: seat.base.clone(), ..page };
            let content = PasswordPage { page, person, password, notes, back: seat.base };
            Ok(Html(content.render()?).into_response())
        }
        Given::Refused(errors) => {
            let page = render(&app, &caller, &seat, fields, errors).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

fn tied_note(caller: &Caller, tied: usize) -> Option<String> {
    (tied > 0).then(|| {
        caller.lang.tn("%{n} tindakan rencana yang memuat namanya sebagai PIC kini tertaut ke akunnya.", tied)
    })
}

async fn settle(app: &App, caller: &Caller, seat: &Seat, wanted: Wanted) -> Result<Given> {
    match person::by_login(app.store(), &wanted.login).await? {
        Some(account) => to_known(app, caller, seat, account.person, wanted).await,
        None => to_new(app, caller, seat, wanted).await,
    }
}

fn assignment(seat: &Seat, person: PersonId, wanted: Wanted) -> Assignment {
    let (Extent { areas, from, until }, role) = (wanted.extent, wanted.role);
    Assignment { id: AssignmentId(chance::fresh()), person, role, place: seat.place, areas, from, until }
}

async fn to_known(app: &App, caller: &Caller, seat: &Seat, person: Person, wanted: Wanted) -> Result<Given> {
    if person.standing == Standing::Disabled {
        let text = "akun dengan nama masuk ini dinonaktifkan; minta admin instansi mengaktifkannya dulu";
        return Ok(Given::Refused(Errors::one("login", text)));
    }
    let given = assignment(seat, person.id, wanted);
    let others = person::assignments_of(app.store(), person.id).await?;
    if others.iter().any(|other| given.repeats(other)) {
        let text = "orang ini sudah memegang peran itu pada masa yang sama; ubah perannya di daftar orang";
        return Ok(Given::Refused(Errors::one("peran", text)));
    }
    let plans = claimable(app, seat, &person).await?;
    let tx = app.store().begin().await?;
    person::assign(&tx, &given).await?;
    let tied = tie(&tx, &plans, &person).await?;
    let entry = entry(seat, Entry::new(caller.audit(), "assignment.given", given.id.0));
    let after = json!({ "person": person.login, "assignment": given, "tied_actions": tied });
    tx.commit(entry.after(after), app.now()).await?;
    Ok(Given::Known(person, tied))
}

async fn to_new(app: &App, caller: &Caller, seat: &Seat, wanted: Wanted) -> Result<Given> {
    if wanted.name.is_empty() {
        let text = "nama masuk ini belum ada; isi juga namanya untuk membuat akun baru";
        return Ok(Given::Refused(Errors::one("nama", text)));
    }
    let person = Person {
        id: PersonId(chance::fresh()),
        login: wanted.login.clone(),
        name: wanted.name.clone(),
        title: wanted.title.clone(),
        standing: Standing::MustChangePassword,
    };
    let given = assignment(seat, person.id, wanted);
    let (password, password_hash) = initial(app).await?;
    let account = Account { person, password_hash, taste: Taste::default() };
    let plans = claimable(app, seat, &account.person).await?;
    let tx = app.store().begin().await?;
    match person::add(&tx, &account).await {
        Err(StoreError::Duplicate) => {
            return Ok(Given::Refused(Errors::one("login", "nama masuk ini baru saja dipakai; ulangi")));
        }
        outcome => outcome?,
    }
    person::assign(&tx, &given).await?;
    let tied = tie(&tx, &plans, &account.person).await?;
    let entry = entry(seat, Entry::new(caller.audit(), "person.added", account.person.id.0));
    let after = json!({ "person": account.person, "assignment": given, "tied_actions": tied });
    tx.commit(entry.after(after), app.now()).await?;
    Ok(Given::New(account.person, password, tied))
}

/// A fresh initial password and its hash.
pub(super) async fn initial(app: &App) -> Result<(String, String)> {
    let password = chance::initial_password();
    let copy = password.clone();
    let hashed = app.hash(move || hash(&copy)).await.ok_or(AppError::Interrupted)?;
    Ok((password, hashed.map_err(|_| AppError::Interrupted)?.0))
}

pub(super) fn entry(seat: &Seat, entry: Entry) -> Entry {
    match seat.place {
        Place::Unit(unit) => entry.of_unit(unit),
        Place::Agency => entry,
    }
}

/// Plans in which a PIC name may turn out to be the person's: those of the unit, unless two people there share
/// the name.
async fn claimable(app: &App, seat: &Seat, who: &Person) -> Result<Vec<plan::Found>> {
    let Place::Unit(unit) = seat.place else { return Ok(Vec::new()) };
    let members = person::members(app.store(), unit, app.today()).await?;
    let shares = |other: &Person| other.id != who.id && other.name.eq_ignore_ascii_case(&who.name);
    if members.iter().any(shares) {
        return Ok(Vec::new());
    }
    Ok(plan::list(app.store(), &[unit]).await?)
}

/// Ties PIC names that were nobody's to the person; answers how many actions that were.
async fn tie(tx: &WriteTx, plans: &[plan::Found], who: &Person) -> Result<usize> {
    let member = Member { id: who.id, name: who.name.clone() };
    let mut tied = 0;
    for found in plans {
        let Some(before) = plan::lock(tx, found.unit, found.year).await? else { continue };
        let mut after = before.clone();
        tied += edit::claim(&mut after, &member);
        plan::save(tx, &before, &after).await?;
    }
    Ok(tied)
}
