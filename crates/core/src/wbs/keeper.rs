//! Who keeps reports: duties, who may hold them, whom a report is given to, when a duty ends.

use chrono::NaiveDate;

use super::Refusal;
use crate::id::{KeeperId, PersonId, UnitId};
use crate::person::{Assignment, Role};

/// What a keeper is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duty {
    /// Reads and answers reports.
    Recipient,
    /// Opens identities, with a reason; does not read reports.
    Custodian,
    /// A second reader, for when a recipient loses the passphrase.
    Escrow,
}

impl Duty {
    /// All.
    pub const ALL: [Self; 3] = [Self::Recipient, Self::Custodian, Self::Escrow];

    /// As it is kept.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Recipient => "recipient",
            Self::Custodian => "custodian",
            Self::Escrow => "escrow",
        }
    }

    /// Its Indonesian name.
    pub fn title(self) -> &'static str {
        match self {
            Self::Recipient => "Penerima laporan",
            Self::Custodian => "Penjaga identitas",
            Self::Escrow => "Penerima cadangan",
        }
    }

    /// From how it is kept.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|duty| duty.as_str() == text)
    }

    /// Whether reports are sealed for it.
    pub fn reads(self) -> bool {
        self != Self::Custodian
    }
}

/// Somebody to whom reports or identities are sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keeper {
    /// Identity.
    pub id: KeeperId,
    /// Whose reports.
    pub unit: UnitId,
    /// Who.
    pub person: PersonId,
    /// What for.
    pub duty: Duty,
    /// Public key in age's words; empty until they made one.
    pub public_key: String,
    /// Private key, sealed with their passphrase; empty until they made one.
    pub sealed_key: Vec<u8>,
    /// The day from which they keep nothing any more.
    pub ended_on: Option<NaiveDate>,
}

impl Keeper {
    /// Whether they made their key and still keep reports.
    pub fn is_ready(&self) -> bool {
        !self.public_key.is_empty() && self.ended_on.is_none()
    }
}

/// Those to whom a report is sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Routed<'a> {
    /// Read what it says.
    pub readers: Vec<&'a Keeper>,
    /// Open who reports.
    pub custodians: Vec<&'a Keeper>,
}

/// Who gets a report that concerns some of the keepers. A person who is concerned gets nothing in any duty.
///
/// # Errors
/// When no recipient is left. Escrow alone is not enough: nobody would answer.
pub fn route<'a>(keepers: &'a [Keeper], concerned: &[KeeperId]) -> Result<Routed<'a>, Refusal> {
    let persons: Vec<PersonId> =
        keepers.iter().filter(|keeper| concerned.contains(&keeper.id)).map(|keeper| keeper.person).collect();
    let free = keepers.iter().filter(|keeper| keeper.is_ready() && !persons.contains(&keeper.person));
    let (readers, custodians): (Vec<_>, Vec<_>) = free.partition(|keeper| keeper.duty.reads());
    let answered = readers.iter().any(|keeper| keeper.duty == Duty::Recipient);
    if answered { Ok(Routed { readers, custodians }) } else { Err(Refusal::NobodyLeft) }
}

/// Ends the duty of a keeper, so that nothing new is sealed for them and they open nothing any more. `underway` names
/// the keepers of each report that goes on.
///
/// # Errors
/// When nobody would be left to receive reports, or to read one that goes on.
pub fn end(
    keepers: &[Keeper],
    id: KeeperId,
    underway: &[Vec<KeeperId>],
    today: NaiveDate,
) -> Result<Keeper, Refusal> {
    let keeper = keepers.iter().find(|keeper| keeper.id == id).ok_or(Refusal::Ended)?;
    if keeper.ended_on.is_some() {
        return Err(Refusal::Ended);
    }
    let others = || keepers.iter().filter(|other| other.id != id && other.is_ready());
    if keeper.duty == Duty::Recipient && !others().any(|other| other.duty == Duty::Recipient) {
        return Err(Refusal::LastRecipient);
    }
    let is_read = |given: &Vec<KeeperId>| {
        !given.contains(&id) || others().any(|other| other.duty.reads() && given.contains(&other.id))
    };
    if keeper.duty.reads() && !underway.iter().all(is_read) {
        return Err(Refusal::OnlyReader);
    }
    Ok(Keeper { ended_on: Some(today), ..keeper.clone() })
}

/// Whether somebody with these roles may keep reports: those with power over the unit or the program may not.
///
/// # Errors
/// When they may not.
pub fn may_keep(roles: &[Assignment]) -> Result<(), Refusal> {
    let powerful = [Role::AgencyAdmin, Role::AgencyHead, Role::UnitHead];
    let is_powerful = roles.iter().any(|held| powerful.contains(&held.role));
    if is_powerful { Err(Refusal::Powerful) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn keeper(id: u128, person: u128, duty: Duty) -> Keeper {
        let (id, person) = (KeeperId(Uuid::from_u128(id)), PersonId(Uuid::from_u128(person)));
        let unit = UnitId(Uuid::from_u128(9));
        Keeper { id, unit, person, duty, public_key: "age1".to_owned(), sealed_key: vec![1], ended_on: None }
    }

    #[test]
    fn whom_a_report_concerns_gets_it_in_no_duty() {
        let keepers =
            [keeper(1, 1, Duty::Recipient), keeper(2, 2, Duty::Recipient), keeper(3, 1, Duty::Custodian)];
        let routed = route(&keepers, &[keepers[0].id]).unwrap();
        assert_eq!((routed.readers, routed.custodians), (vec![&keepers[1]], vec![]));
        assert_eq!(route(&keepers, &[keepers[0].id, keepers[1].id]), Err(Refusal::NobodyLeft));
    }

    #[test]
    fn a_duty_ends_only_when_somebody_else_receives_and_reads_what_goes_on() {
        let keepers = [keeper(1, 1, Duty::Recipient), keeper(2, 2, Duty::Recipient)];
        let (first, second) = (keepers[0].id, keepers[1].id);
        let today = NaiveDate::from_ymd_opt(2020, 6, 15).unwrap();
        assert_eq!(end(&keepers[..1], first, &[], today), Err(Refusal::LastRecipient));
        assert_eq!(end(&keepers, first, &[vec![first]], today), Err(Refusal::OnlyReader));
        let ended = end(&keepers, first, &[vec![first, second]], today).unwrap();
        assert!(!ended.is_ready());
        assert_eq!(end(&[ended, keepers[1].clone()], first, &[], today), Err(Refusal::Ended));
    }

    #[test]
    fn escrow_alone_or_a_recipient_without_a_key_is_nobody() {
        let keyless = Keeper { public_key: String::new(), ..keeper(1, 1, Duty::Recipient) };
        assert_eq!(route(&[keyless, keeper(2, 2, Duty::Escrow)], &[]), Err(Refusal::NobodyLeft));
    }
}
