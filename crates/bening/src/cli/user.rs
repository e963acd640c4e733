//! `bening user add`, `passwd` and `list`.

use std::collections::BTreeSet;
use std::io::BufRead;
use std::process::ExitCode;

use anyhow::{Context, Result};
use bening_core::audit::{Actor, Entry};
use bening_core::id::{AssignmentId, PersonId};
use bening_core::person::{Assignment, Login, Person, Place as Held, Reach, Role, Standing};
use bening_core::plan::Area;
use bening_core::unit::UnitCode;
use bening_store::person::{self, Account, Taste};
use bening_store::{Store, StoreError, session};
use bening_web::account::{hash, strength};
use bening_web::chance::{self, Clock, MachineClock};

use super::exit::{NotFound, Refused};
use super::place::{Place, unit_of};

/// People.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum UserCommand {
    /// Add a person with a role; prints an initial password that must be changed at the first sign-in.
    ///
    /// Example: bening user add bayu --name Bayu --role ketua-tim --unit DBN
    Add(AddArgs),
    /// Set a new initial password and end all sessions of a person.
    Passwd(PasswdArgs),
    /// List people: sign-in name, name, standing, roles; separated by tabs.
    List,
}

/// Arguments of a new person.
#[derive(Debug, clap::Args)]
pub(crate) struct AddArgs {
    /// Name to sign in with.
    login: Login,
    /// Name that others know and plans print.
    #[arg(long)]
    name: String,
    /// Job title.
    #[arg(long, default_value = "")]
    title: String,
    /// Role: admin-instansi, pimpinan-instansi, tpi-anggota, tpi-ketua, tpi-pengendali-teknis, tpn,
    /// pimpinan-unit, ketua-tim, anggota-area or pegawai.
    #[arg(long, value_parser = role)]
    role: Role,
    /// Code of the unit, for roles held at a unit.
    #[arg(long, value_name = "CODE")]
    unit: Option<UnitCode>,
    /// Areas of an area member, for example MP,PW; all when absent.
    #[arg(long, value_delimiter = ',', value_parser = area)]
    area: Vec<Area>,
}

/// Arguments of a new password.
#[derive(Debug, clap::Args)]
pub(crate) struct PasswdArgs {
    /// Whose.
    login: Login,
    /// Read the password from standard input instead of making one up; it need not be changed then.
    #[arg(long)]
    stdin: bool,
}

fn role(text: &str) -> Result<Role, String> {
    Role::parse(text).ok_or_else(|| "peran tidak dikenal".to_owned())
}

fn area(text: &str) -> Result<Area, String> {
    Area::from_code(text).ok_or_else(|| "area harus MP, TL, SDM, AK, PW, atau PP".to_owned())
}

/// Runs the command.
pub(crate) async fn run(place: &Place, command: UserCommand) -> Result<ExitCode> {
    match command {
        UserCommand::Add(args) => add(place, args).await,
        UserCommand::Passwd(args) => passwd(place, args).await,
        UserCommand::List => list(place).await,
    }
}

async fn add(place: &Place, args: AddArgs) -> Result<ExitCode> {
    let db = place.open().await?;
    let held = held(&db, args.role, args.unit.as_ref()).await?;
    let password = chance::initial_password();
    let person = Person {
        id: PersonId(chance::fresh()),
        login: args.login,
        name: bening_core::text::line(&args.name)?,
        title: bening_core::text::line(&args.title)?,
        standing: Standing::MustChangePassword,
    };
    let assignment = Assignment {
        id: AssignmentId(chance::fresh()),
        person: person.id,
        role: args.role,
        place: held,
        areas: args.area.into_iter().collect::<BTreeSet<_>>(),
        from: place.today(),
        until: None,
    };
    keep(&db, person.clone(), &assignment, &password).await?;
    println!("{}\t{password}", person.login);
    eprintln!("kata sandi awal di atas hanya tampil sekali dan harus diganti saat masuk pertama");
    Ok(ExitCode::SUCCESS)
}

async fn keep(db: &Store, person: Person, assignment: &Assignment, password: &str) -> Result<()> {
    let password_hash = hash(password).context("kata sandi")?.0;
    let login = person.login.clone();
    let account = Account { person, password_hash, taste: Taste::default() };
    let tx = db.begin().await?;
    person::add(&tx, &account).await.map_err(|error| match error {
        StoreError::Duplicate => Refused(format!("nama masuk {login} sudah dipakai")).into(),
        other => anyhow::Error::from(other),
    })?;
    person::assign(&tx, assignment).await?;
    let entry = Entry::new(Actor::Console, "person.added", account.person.id.0);
    let after = serde_json::json!({ "person": account.person, "assignment": assignment });
    Ok(tx.commit(entry.after(after), MachineClock.now()).await?)
}

async fn held(db: &Store, role: Role, unit: Option<&UnitCode>) -> Result<Held> {
    match (role.reach(), unit) {
        (Reach::Agency, Some(_)) => {
            Err(Refused(format!("peran {} berlaku untuk seluruh instansi, tanpa --unit", role.as_str()))
                .into())
        }
        (Reach::Unit, None) => Err(Refused(format!("peran {} memerlukan --unit KODE", role.as_str())).into()),
        (_, None) => Ok(Held::Agency),
        (_, Some(code)) => Ok(Held::Unit(unit_of(db, code).await?.id)),
    }
}

async fn passwd(place: &Place, args: PasswdArgs) -> Result<ExitCode> {
    let db = place.open().await?;
    let missing = || NotFound(format!("tidak ada orang dengan nama masuk {}", args.login));
    let account = person::by_login(&db, &args.login).await?.ok_or_else(missing)?;
    let (password, standing) = if args.stdin {
        (read_password(&account.person)?, Standing::Active)
    } else {
        (chance::initial_password(), Standing::MustChangePassword)
    };
    let id = account.person.id;
    let hashed = hash(&password).context("kata sandi")?;
    let tx = db.begin().await?;
    person::set_password(&tx, id, hashed.0, standing).await?;
    session::close_others(&tx, id, None).await?;
    tx.commit(Entry::new(Actor::Console, "person.password.reset", id.0), MachineClock.now()).await?;
    if !args.stdin {
        println!("{}\t{password}", args.login);
    }
    Ok(ExitCode::SUCCESS)
}

fn read_password(person: &Person) -> Result<String> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    let password = line.trim_end_matches(['\r', '\n']).to_owned();
    let known = [person.login.as_str(), person.name.as_str()];
    bening_core::password::check(&password, &known, strength(&password, &known))
        .map_err(|refusal| Refused(refusal.to_string()))?;
    Ok(password)
}

async fn list(place: &Place) -> Result<ExitCode> {
    let db = place.open().await?;
    let held = person::all_assignments(&db).await?;
    for person in person::all(&db).await? {
        let roles = held.iter().filter(|held| held.person == person.id).map(|held| held.role.as_str());
        let roles = roles.collect::<Vec<_>>().join(",");
        println!("{}\t{}\t{}\t{roles}", person.login, person.name, person.standing.as_str());
    }
    Ok(ExitCode::SUCCESS)
}
