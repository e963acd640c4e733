//! Work that is done in the background: what it is, when it is tried again, where it stands. Keeping it is `store`'s
//! work, doing it that of the binary.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use crate::id::JobId;

/// How long a worker holds a job before others may take it over, unless it says that it goes on.
pub const LEASE: Duration = Duration::seconds(30);
/// How often a job is tried.
pub const ATTEMPTS_MAX: u32 = 8;
/// The wait after the first failure; it doubles with every further one.
const FIRST_WAIT: Duration = Duration::seconds(30);
/// The longest wait.
const LONGEST_WAIT: Duration = Duration::hours(6);

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Task {
    /// Send a mail.
    Mail(Mail),
    /// Remove files that no evidence names any more, and uploads that were abandoned.
    SweepFiles,
    /// Forget jobs that ended long ago.
    ForgetJobs,
    /// Tell everybody what is due, in their inbox.
    Remind,
    /// Mail the digests of an hour.
    Digest {
        /// Which, from 0 to 23.
        hour: u32,
    },
    /// Read the text of files of evidence that nobody has read.
    ReadTexts,
    /// Ask whether links of evidence still open.
    CheckLinks,
    /// Delete reports of whistleblowers that were closed long ago.
    EraseReports,
}

/// A mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// Address of who reads it.
    pub to: String,
    /// Subject.
    pub subject: String,
    /// The text, for those who read no HTML.
    pub text: String,
    /// The same as HTML.
    pub html: Option<String>,
}

impl Task {
    /// Name in the database.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Mail(_) => "mail",
            Self::SweepFiles => "sweep_files",
            Self::ForgetJobs => "forget_jobs",
            Self::Remind => "remind",
            Self::Digest { .. } => "digest",
            Self::ReadTexts => "read_texts",
            Self::CheckLinks => "check_links",
            Self::EraseReports => "erase_reports",
        }
    }

    /// Whether what it says is to be forgotten when it has ended: mails carry secrets.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        matches!(self, Self::Mail(_))
    }
}

/// What a kind of job is called.
#[must_use]
pub fn kind_name(kind: &str) -> &str {
    match kind {
        "mail" => "Kirim surel",
        "sweep_files" => "Sapu berkas yatim",
        "forget_jobs" => "Lupakan pekerjaan lama",
        "remind" => "Sampaikan pengingat",
        "digest" => "Kirim ringkasan pengingat",
        "read_texts" => "Baca teks bukti",
        "check_links" => "Periksa tautan bukti",
        "erase_reports" => "Hapus laporan WBS yang habis masa simpannya",
        other => other,
    }
}

/// A job as it is handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct New {
    /// Identity.
    pub id: JobId,
    /// What is to be done.
    pub task: Task,
    /// What makes it the same job as another: of one key there is one job.
    pub key: String,
    /// Not before then.
    pub run_at: DateTime<Utc>,
}

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Somebody will do it.
    Waiting,
    /// Somebody is at it.
    Running,
    /// It was done.
    Done,
    /// It was tried as often as it may be.
    Failed,
    /// Somebody said it need not be done.
    Cancelled,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Waiting, Self::Running, Self::Done, Self::Failed, Self::Cancelled];

    /// Name in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Indonesian name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Waiting => "menunggu",
            Self::Running => "berjalan",
            Self::Done => "selesai",
            Self::Failed => "gagal",
            Self::Cancelled => "dibatalkan",
        }
    }

    /// From its name in the database.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// A job as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Identity.
    pub id: JobId,
    /// Name of what is to be done.
    pub kind: String,
    /// Where it stands.
    pub state: State,
    /// Not before then.
    pub run_at: DateTime<Utc>,
    /// How often it was begun.
    pub attempts: u32,
    /// How much is done.
    pub done: u32,
    /// Of how much; 0 when nobody knows.
    pub total: u32,
    /// Why it failed last; empty when it did not.
    pub error: String,
    /// When it was handed in.
    pub created_at: DateTime<Utc>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
}

impl Job {
    /// Whether somebody may ask for it to be tried again.
    #[must_use]
    pub fn can_retry(&self) -> bool {
        self.state == State::Failed
    }

    /// Whether somebody may say that it need not be done.
    #[must_use]
    pub fn can_cancel(&self) -> bool {
        self.state == State::Waiting
    }
}

/// When a job that failed is tried again; `None` when it was tried often enough.
#[must_use]
pub fn again_at(attempts: u32, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    if attempts >= ATTEMPTS_MAX {
        return None;
    }
    let factor = 2_i32.checked_pow(attempts.saturating_sub(1)).unwrap_or(i32::MAX);
    let wait = FIRST_WAIT.checked_mul(factor).unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT);
    now.checked_add_signed(wait)
}

/// Why a job stays as it is; the words are for the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It did not fail.
    #[error("pekerjaan ini tidak gagal, jadi tidak perlu diulang")]
    NotFailed,
    /// It does not wait.
    #[error("pekerjaan ini sudah dimulai atau sudah berakhir, jadi tidak dapat dibatalkan")]
    NotWaiting,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_up_to_its_longest_and_then_ends() {
        let now = DateTime::UNIX_EPOCH;
        let wait = |attempts| again_at(attempts, now).map(|at| (at - now).num_seconds());
        assert_eq!((wait(1), wait(2), wait(3)), (Some(30), Some(60), Some(120)));
        assert_eq!((wait(7), wait(ATTEMPTS_MAX)), (Some(1920), None));
    }

    #[test]
    fn a_task_reads_back_as_it_was_written() {
        let mail = Mail { to: "a@b.id".into(), subject: "S".into(), text: "T".into(), html: None };
        for task in [
            Task::Mail(mail),
            Task::SweepFiles,
            Task::ForgetJobs,
            Task::Remind,
            Task::ReadTexts,
            Task::CheckLinks,
            Task::EraseReports,
            Task::Digest { hour: 7 },
        ] {
            let json = serde_json::to_value(&task).unwrap_or_default();
            assert_eq!(json["kind"], task.kind());
            assert_eq!(serde_json::from_value::<Task>(json).ok(), Some(task));
        }
    }
}
