//! Reading the text of files of evidence. Each file is read by a process of its own that this program starts of itself,
//! with little memory and time: whatever a hostile file does to its reader, it does there.

use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result};
use bening_core::evidence::{Rules, TextReader, TextRules, TextState};
use bening_store::StoreError;
use bening_store::evidence::{self as register, FileText, Unread};
use bening_store::files::{Files, FilesError};
use futures::TryStreamExt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, Command};

use super::{Bench, Ended, Progress};

/// Reads what nobody has read; what was read is kept at once, so that a kill costs one file.
pub(super) async fn read(bench: &Bench, progress: &Progress) -> Result<Ended> {
    let (db, rules) = (bench.app.store(), Rules::shipped());
    let files = match db.files() {
        Err(StoreError::Files(FilesError::NoPlace)) => return Ok(Ended::NotYet),
        files => files?,
    };
    let unread = register::to_read(db, &rules.readable(), rules.text).await?;
    let all = u32::try_from(unread.len()).unwrap_or(u32::MAX);
    for (done, file) in (1..).zip(&unread) {
        let (text, words) = match text_of(files, file, rules).await {
            Ok(words) if words.is_empty() => (state(TextState::Empty, ""), words),
            Ok(words) => (state(TextState::Read, ""), words),
            Err(Trouble::File(said)) => (state(TextState::Failed, &said), String::new()),
            Err(Trouble::Place(error)) => return Err(error),
        };
        register::keep_text(db, &file.sha256, &text, &words).await?;
        progress.tell(done, all);
    }
    Ok(Ended::NotYet)
}

fn state(state: TextState, said: &str) -> FileText {
    FileText { state, said: said.to_owned() }
}

/// What stood in the way.
enum Trouble {
    /// The file itself; trying again changes nothing.
    File(String),
    /// The place of files or this machine; later it may go.
    Place(anyhow::Error),
}

impl From<anyhow::Error> for Trouble {
    fn from(error: anyhow::Error) -> Self {
        Self::Place(error)
    }
}

async fn text_of(files: &Files, file: &Unread, rules: &Rules) -> Result<String, Trouble> {
    let reader = rules.media(&file.media).and_then(|media| media.text);
    let reader = reader.ok_or_else(|| Trouble::File("jenis berkas ini tidak dibaca".to_owned()))?;
    if file.size > rules.text.bytes_most {
        return Err(Trouble::File("berkas terlalu besar untuk dibaca".to_owned()));
    }
    let bytes = bytes(files, file).await?;
    let patience = Duration::from_secs(rules.text.patience_s);
    match tokio::time::timeout(patience, ask(reader, bytes, rules.text)).await {
        Ok(answer) => answer,
        Err(_elapsed) => Err(Trouble::File("berkas terlalu lama dibaca".to_owned())),
    }
}

async fn bytes(files: &Files, file: &Unread) -> Result<Vec<u8>, Trouble> {
    let stream = files.read(&file.sha256).await;
    match stream {
        Err(FilesError::Gone) => Err(Trouble::File("berkas tidak ada di tempatnya".to_owned())),
        Err(other) => Err(Trouble::Place(other.into())),
        Ok(stream) => {
            let whole = stream.try_fold(Vec::new(), async |mut whole, block| {
                whole.extend_from_slice(&block);
                Ok(whole)
            });
            whole.await.map_err(|error| Trouble::Place(error.into()))
        }
    }
}

/// Starts the reader, gives it the file and takes its words; it dies when this is dropped.
async fn ask(reader: TextReader, bytes: Vec<u8>, rules: TextRules) -> Result<String, Trouble> {
    let mut child = start(reader)?;
    let mut input = child.stdin.take().context("pembaca teks tanpa masukan")?;
    let output = child.stdout.take().context("pembaca teks tanpa keluaran")?;
    let mut words = String::new();
    let most = (rules.chars_most as u64).saturating_add(1_024);
    let give = async move {
        // A reader that died takes no more; its end tells.
        let _cut = input.write_all(&bytes).await;
    };
    let mut limited = output.take(most);
    let ((), took) = tokio::join!(give, limited.read_to_string(&mut words));
    let ended = child.wait().await.context("pembaca teks hilang")?;
    match (took, ended.code()) {
        (Ok(_), Some(0)) => Ok(words),
        (Ok(_), Some(UNREADABLE)) => Err(Trouble::File(words)),
        _ => Err(Trouble::File("berkas membuat pembacanya berhenti".to_owned())),
    }
}

/// Exit code of a reader that says on its output why the file cannot be read.
pub(crate) const UNREADABLE: i32 = 3;

fn start(reader: TextReader) -> Result<Child> {
    let program = std::env::current_exe().context("program ini tidak menemukan dirinya")?;
    Command::new(program)
        .args(["evidence", "read-text", reader.as_str()])
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .context("pembaca teks tidak dapat dijalankan")
}
