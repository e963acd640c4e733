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

use super::exit::{NotFound, Refused, told};
use super::place::{Place, unit_of};
use super::print;

/// What can be done with people.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum UserCommand {
    /// Tambahkan orang dengan perannya; mencetak kata sandi awal yang harus diganti saat masuk pertama.
    #[command(
        after_help = "Contoh:\n  bening user add admin --name \"Biro Organisasi\" --role admin-instansi\n  \
        bening user add bayu --name Bayu --role ketua-tim --unit DBN\n  \
        bening user add nover --name Nover --role anggota-area --unit DBN --area TL,PW"
    )]
    Add(AddArgs),
    /// Beri kata sandi awal yang baru dan akhiri semua sesi orang itu.
    #[command(
        after_help = "Contoh:\n  bening user passwd bayu\n  bening user passwd bayu --stdin < sandi.txt"
    )]
    Passwd(PasswdArgs),
    /// Daftar orang: nama masuk, nama, keadaan akun, peran; dipisah tab.
    #[command(after_help = "Contoh:\n  bening user list")]
    List,
}

/// Arguments of a new person.
#[derive(Debug, clap::Args)]
pub(crate) struct AddArgs {
    /// Nama untuk masuk
    #[arg(value_name = "NAMA_MASUK")]
    login: Login,
    /// Nama yang dikenal orang dan dicetak di rencana
    #[arg(long, value_name = "NAMA")]
    name: String,
    /// Jabatan
    #[arg(long, value_name = "JABATAN", default_value = "")]
    title: String,
    /// Peran: admin-instansi, pimpinan-instansi, tpi-anggota, tpi-ketua, tpi-pengendali-teknis, tpn,
    /// pimpinan-unit, ketua-tim, anggota-area, atau pegawai
    #[arg(long, value_name = "PERAN", value_parser = role)]
    role: Role,
    /// Kode unit, untuk peran yang dipegang di suatu unit
    #[arg(long, value_name = "KODE")]
    unit: Option<UnitCode>,
    /// Area seorang anggota area (MP, TL, SDM, AK, PW, PP), misalnya MP,PW; semua bila tidak disebut
    #[arg(long, value_name = "AREA", value_delimiter = ',', value_parser = area)]
    area: Vec<Area>,
}

/// Arguments of a new password.
#[derive(Debug, clap::Args)]
pub(crate) struct PasswdArgs {
    /// Nama masuk orangnya
    #[arg(value_name = "NAMA_MASUK")]
    login: Login,
    /// Baca kata sandi dari masukan baku, tidak membuatnya; kata sandi itu tidak wajib diganti
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
        name: told("nama", &args.name)?,
        title: bening_core::text::line(&args.title).map_err(|error| Refused(format!("jabatan: {error}")))?,
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
    eprintln!("kata sandi awal ini hanya tampil sekali dan harus diganti saat masuk pertama");
    print::text(&format!("{}\t{password}\n", person.login))
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
    if args.stdin {
        return Ok(ExitCode::SUCCESS);
    }
    print::text(&format!("{}\t{password}\n", args.login))
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
    let mut lines = String::new();
    for person in person::all(&db).await? {
        let roles = held.iter().filter(|held| held.person == person.id).map(|held| held.role.as_str());
        let roles = roles.collect::<Vec<_>>().join(",");
        let (login, name, standing) = (&person.login, &person.name, person.standing.as_str());
        lines.push_str(&format!("{login}\t{name}\t{standing}\t{roles}\n"));
    }
    print::text(&lines)
}
