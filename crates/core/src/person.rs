//! People and the roles they hold: where, from when until when, and for which areas of the plan.
//! What a role may do is decided in `access`.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::id::{AssignmentId, PersonId, UnitId};
use crate::plan::Area;

/// Name to sign in with: 2 to 64 characters of lower-case letters, digits, dot, dash, underscore and @.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Login(String);

/// The text cannot be a sign-in name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "nama masuk harus 2 sampai 64 huruf kecil, angka, titik, tanda hubung, garis bawah, atau @, misalnya bayu"
)]
pub struct LoginError;

impl Login {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for Login {
    type Err = LoginError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let login = text.trim().to_lowercase();
        let sound = login.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-_@".contains(c));
        ((2..=64).contains(&login.len()) && sound).then_some(Self(login)).ok_or(LoginError)
    }
}

impl TryFrom<String> for Login {
    type Error = LoginError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Login> for String {
    fn from(login: Login) -> Self {
        login.0
    }
}

impl std::fmt::Display for Login {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// A person with an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Identity.
    pub id: PersonId,
    /// Sign-in name.
    pub login: Login,
    /// Name as others know them ("Bayu").
    pub name: String,
    /// Job title, free text.
    pub title: String,
    /// Whether the account can be used.
    pub standing: Standing,
}

/// Whether an account can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// May sign in.
    Active,
    /// May sign in, but must choose an own password first.
    MustChangePassword,
    /// May not sign in.
    Disabled,
}

impl Standing {
    /// Name in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::MustChangePassword => "must_change_password",
            Self::Disabled => "disabled",
        }
    }

    /// From the name in the database.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Active, Self::MustChangePassword, Self::Disabled].into_iter().find(|s| s.as_str() == text)
    }
}

/// The parts people play. Everybody without a role is the public.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Administrator of the agency: units, people, periods.
    AgencyAdmin,
    /// Head of the agency.
    AgencyHead,
    /// Member of the internal assessors.
    TpiMember,
    /// Leader of a team of internal assessors.
    TpiLead,
    /// Quality controller of the internal assessors.
    TpiController,
    /// National assessor.
    Tpn,
    /// Member of the national team from the commission against corruption.
    TpnKpk,
    /// Member of the national team from the ombudsman.
    TpnOmbudsman,
    /// Head of the unit.
    UnitHead,
    /// Leader of the unit's ZI team.
    TeamLead,
    /// Member for one or more areas (PIC).
    AreaMember,
    /// Every employee.
    Employee,
}

impl Role {
    /// All roles, agency first.
    pub const ALL: [Self; 12] = [
        Self::AgencyAdmin,
        Self::AgencyHead,
        Self::TpiMember,
        Self::TpiLead,
        Self::TpiController,
        Self::Tpn,
        Self::TpnKpk,
        Self::TpnOmbudsman,
        Self::UnitHead,
        Self::TeamLead,
        Self::AreaMember,
        Self::Employee,
    ];

    /// Name in the database, on the command line and in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AgencyAdmin => "admin-instansi",
            Self::AgencyHead => "pimpinan-instansi",
            Self::TpiMember => "tpi-anggota",
            Self::TpiLead => "tpi-ketua",
            Self::TpiController => "tpi-pengendali-teknis",
            Self::Tpn => "tpn",
            Self::TpnKpk => "tpn-kpk",
            Self::TpnOmbudsman => "tpn-ombudsman",
            Self::UnitHead => "pimpinan-unit",
            Self::TeamLead => "ketua-tim",
            Self::AreaMember => "anggota-area",
            Self::Employee => "pegawai",
        }
    }

    /// Official Indonesian title.
    pub fn title(self) -> &'static str {
        match self {
            Self::AgencyAdmin => "Admin instansi",
            Self::AgencyHead => "Pimpinan instansi",
            Self::TpiMember => "Anggota TPI",
            Self::TpiLead => "Ketua TPI",
            Self::TpiController => "Pengendali teknis TPI",
            Self::Tpn => "Tim Penilai Nasional",
            Self::TpnKpk => "Anggota TPN dari KPK",
            Self::TpnOmbudsman => "Anggota TPN dari Ombudsman",
            Self::UnitHead => "Pimpinan unit kerja",
            Self::TeamLead => "Ketua Tim Kerja ZI",
            Self::AreaMember => "Anggota area (PIC)",
            Self::Employee => "Pegawai",
        }
    }

    /// From the name in the database.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }

    /// Whether the role can be held at a place.
    pub fn fits(self, place: Place) -> bool {
        match self.reach() {
            Reach::Either => true,
            Reach::Agency => place == Place::Agency,
            Reach::Unit => place != Place::Agency,
        }
    }

    /// Whether the role is held at the whole agency, at a unit, or may be held at either.
    pub fn reach(self) -> Reach {
        match self {
            Self::AgencyAdmin | Self::AgencyHead | Self::Tpn | Self::TpnKpk | Self::TpnOmbudsman => {
                Reach::Agency
            }
            Self::TpiMember | Self::TpiLead | Self::TpiController => Reach::Either,
            Self::UnitHead | Self::TeamLead | Self::AreaMember | Self::Employee => Reach::Unit,
        }
    }
}

/// Where a role can be held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Only for the whole agency.
    Agency,
    /// Only at a unit.
    Unit,
    /// For the agency or for named units (internal assessors).
    Either,
}

/// Where an assignment holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The whole agency.
    Agency,
    /// One unit.
    Unit(UnitId),
}

/// A role that a person holds at a place for a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// Identity.
    pub id: AssignmentId,
    /// Who.
    pub person: PersonId,
    /// As what.
    pub role: Role,
    /// Where.
    pub place: Place,
    /// For which areas; empty means all. Only area members use it.
    pub areas: BTreeSet<Area>,
    /// First day.
    pub from: NaiveDate,
    /// Last day; open when absent.
    pub until: Option<NaiveDate>,
}

impl Assignment {
    /// Whether it holds on a day.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }

    /// Whether another assignment gives the same person the same role at the same place on some day of this one.
    pub fn repeats(&self, other: &Self) -> bool {
        let same = |a: &Self| (a.person, a.role, a.place);
        let begins_in_time = |a: &Self, b: &Self| b.until.is_none_or(|until| a.from <= until);
        self.id != other.id
            && same(self) == same(other)
            && self.is_ever_held()
            && other.is_ever_held()
            && begins_in_time(self, other)
            && begins_in_time(other, self)
    }

    /// Whether there is a day on which it holds; one that was ended before it began never does.
    fn is_ever_held(&self) -> bool {
        self.until.is_none_or(|until| self.from <= until)
    }
}

/// Whether the agency would have no administrator left on a day and after it if this assignment ended.
///
/// `held` are the agency's assignments. Without an administrator nobody could give a role any more.
pub fn is_last_admin(held: &[Assignment], id: AssignmentId, day: NaiveDate) -> bool {
    let stays = |a: &&Assignment| a.role == Role::AgencyAdmin && a.holds_on(day) && a.until.is_none();
    let mut admins = held.iter().filter(stays);
    admins.clone().any(|admin| admin.id == id) && admins.all(|admin| admin.id == id)
}
