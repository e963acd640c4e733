//! Meetings of the demonstration: one a month from January to June 2020, signed by those who were there, with minutes
//! and decisions.

use anyhow::{Context, Result};
use bening_core::audit::{Actor, Entry as Record};
use bening_core::id::{AttendanceId, MeetingId, PersonId};
use bening_core::meeting::{Attendance, Capacity, Kind, Meeting, Minutes};
use bening_core::person::Person;
use bening_core::time::Month;
use bening_core::unit::Unit;
use bening_store::{Store, WriteTx, meeting as store};
use bening_web::chance;
use serde_json::json;

use super::{YEAR, day, morning};

/// Who is invited.
const INVITED: [&str; 7] = ["direktur", "bayu", "nover", "panca", "beny", "cristian", "pegawai"];

/// Day of the meeting of each month, who was not there, and what was decided; the last is today's and open.
const MEETINGS: [(u32, &[&str], &str); 6] = [
    (30, &[], "SK tim kerja diunggah sebagai bukti paling lambat 7 Februari"),
    (27, &["pegawai"], "Jadwal sosialisasi disusun per seksi"),
    (30, &["direktur", "nover"], "Sosialisasi daring untuk semua seksi dan unggah rekamannya"),
    (29, &["cristian"], "Minta pendampingan Inspektorat dan susun risk register"),
    (29, &["panca"], "Daftar hadir rapat Januari sampai Mei dilengkapi"),
    (15, &["direktur", "nover", "panca", "beny", "cristian", "pegawai"], ""),
];

/// Adds the meetings.
pub(super) async fn add(db: &Store, home: &Unit, people: &[Person]) -> Result<()> {
    let invited: Vec<&Person> =
        INVITED.iter().filter_map(|login| people.iter().find(|one| one.login.as_str() == *login)).collect();
    let lead = invited.iter().find(|one| one.login.as_str() == "bayu").context("bayu")?.id;
    for (month, (on, absent, decided)) in Month::all().zip(MEETINGS) {
        let meeting = meeting(home, month, on, &invited, decided, lead);
        let tx = db.begin().await?;
        store::add(&tx, &meeting).await?;
        let there = invited.iter().filter(|one| !absent.contains(&one.login.as_str()));
        for one in there {
            sign(&tx, &meeting, one).await?;
        }
        let record = Record::new(Actor::Person(lead), "meeting.held", meeting.id.0).of_unit(home.id);
        let record = record.after(json!({ "title": meeting.title, "on": meeting.on }));
        tx.commit(record, morning(meeting.on)).await?;
    }
    Ok(())
}

fn meeting(
    home: &Unit,
    month: Month,
    on: u32,
    invited: &[&Person],
    decided: &str,
    lead: PersonId,
) -> Meeting {
    let name = month.name();
    let on = day(month.number(), on);
    let text = format!(
        "Ketua tim membacakan realisasi {name} tiap area.\nKendala dibahas satu per satu bersama penanggung jawabnya."
    );
    let minutes = Minutes { text, decisions: decided.to_owned(), by: lead, on };
    Meeting {
        id: MeetingId(chance::fresh()),
        unit: home.id,
        kind: Kind::Monev,
        title: format!("Rapat monev {name} {YEAR}"),
        on,
        hours: "09.00–11.00".to_owned(),
        place: "Ruang rapat lantai 2".to_owned(),
        agenda: format!(
            "Realisasi rencana kerja bulan {name}\nKendala dan tindak lanjut\nRencana bulan berikutnya"
        ),
        invited: invited.iter().map(|one| one.id).collect(),
        guests: "Auditor pendamping, Inspektorat".to_owned(),
        token: chance::letters(20),
        minutes: (!decided.is_empty()).then_some(minutes),
    }
}

async fn sign(tx: &WriteTx, meeting: &Meeting, one: &Person) -> Result<()> {
    let capacity = if one.login.as_str() == "direktur" { Capacity::Head } else { Capacity::Member };
    let signed = Attendance {
        id: AttendanceId(chance::fresh()),
        meeting: meeting.id,
        person: Some(one.id),
        name: one.name.clone(),
        title: one.title.clone(),
        capacity,
        at: morning(meeting.on),
    };
    Ok(store::sign(tx, &signed).await?)
}
