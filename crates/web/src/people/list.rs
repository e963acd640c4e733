//! Roles held at a place as tables show them: those of today and to come, and past ones.

use bening_core::access::{self, Action as Want, Decision, Scope};
use bening_core::person::{Assignment, Person, Place, Role, Standing};
use bening_store::person;
use chrono::NaiveDate;

use crate::app::App;
use crate::caller::Caller;
use crate::error::Result;
use crate::page::Tone;
use crate::plan::status::Chip;
use crate::reach;
use crate::words::Lang;

/// Roles held at a place.
pub struct Held {
    /// Those that hold or will hold.
    pub now: Vec<RoleRow>,
    /// Those that are over.
    pub past: Vec<RoleRow>,
    /// Whether there is anything the caller may do about some of them.
    pub tools: bool,
}

/// One role of a person.
pub struct RoleRow {
    /// Name of the person.
    pub name: String,
    /// Job title.
    pub title: String,
    /// Sign-in name; empty when it is not the caller's business.
    pub login: String,
    /// Address of the account, for those who manage accounts.
    pub account: String,
    /// Official title of the role; a key of the words.
    pub role: &'static str,
    /// Areas, comma between; empty means all.
    pub areas: String,
    /// Whether areas mean anything for this role.
    pub has_areas: bool,
    /// First day.
    pub from: String,
    /// Last day; empty when open.
    pub until: String,
    /// What is special about it today.
    pub note: Option<Chip>,
    /// Address of the role, when the caller may change it.
    pub href: String,
}

/// Everybody with a role at a place.
///
/// # Errors
/// When the store fails.
pub async fn held_at(app: &App, caller: &Caller, place: Place, scope: &Scope, base: &str) -> Result<Held> {
    let mut roles = person::assignments_at(app.store(), place).await?;
    roles.sort_by_key(|held| held.role);
    let people = person::by_ids(app.store(), roles.iter().map(|held| held.person)).await?;
    let today = app.today();
    let (past, now): (Vec<_>, Vec<_>) =
        roles.into_iter().partition(|held| held.until.is_some_and(|until| until < today));
    let viewer = Viewer {
        lang: caller.lang,
        today,
        names_logins: reach::allows(caller, Want::ManagePeople, scope),
        opens_accounts: reach::allows(caller, Want::ManageAgency, &Scope::agency()),
    };
    let row = |held: Assignment| {
        let may = access::may_grant(&caller.actor, held.role, scope) == Decision::Yes;
        let href = if may { format!("{base}/peran/{}", held.id) } else { String::new() };
        let person = people.iter().find(|person| person.id == held.person)?;
        Some(RoleRow { href, ..viewer.row(&held, person) })
    };
    let now: Vec<RoleRow> = now.into_iter().filter_map(row).collect();
    let past = past.into_iter().filter_map(row).collect();
    Ok(Held { tools: now.iter().any(|row| !row.href.is_empty()), now, past })
}

/// Who looks at the table, and when.
struct Viewer {
    lang: Lang,
    today: NaiveDate,
    names_logins: bool,
    opens_accounts: bool,
}

impl Viewer {
    fn row(&self, held: &Assignment, person: &Person) -> RoleRow {
        let login = person.login.to_string();
        RoleRow {
            name: person.name.clone(),
            title: person.title.clone(),
            account: if self.opens_accounts { format!("/orang/{login}") } else { String::new() },
            login: if self.names_logins { login } else { String::new() },
            role: held.role.title(),
            areas: held.areas.iter().map(|area| self.lang.t(area.name())).collect::<Vec<_>>().join(", "),
            has_areas: held.role == Role::AreaMember,
            from: self.lang.date(held.from),
            until: held.until.map(|day| self.lang.date(day)).unwrap_or_default(),
            note: self.note(held, person),
            href: String::new(),
        }
    }

    fn note(&self, held: &Assignment, person: &Person) -> Option<Chip> {
        let chip = |tone: Tone, text| Chip { tone, sign: tone.sign(), text: self.lang.t(text).into_owned() };
        match () {
            () if person.standing == Standing::Disabled => Some(chip(Tone::Bad, "akun dinonaktifkan")),
            () if held.from > self.today => Some(chip(Tone::Info, "belum mulai")),
            () if held.until == Some(self.today) => Some(chip(Tone::Warn, "berakhir hari ini")),
            () if self.names_logins && person.standing == Standing::MustChangePassword => {
                Some(chip(Tone::Info, "belum pernah masuk"))
            }
            () => None,
        }
    }
}
