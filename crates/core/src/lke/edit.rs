//! Every way in which a worksheet changes. Each takes the sheet as it is and either changes it or refuses with
//! what the person can do instead; callers edit a copy, so nothing is half-changed.

use chrono::{DateTime, NaiveDate, Utc};

use super::submission::{Contents, Submission};
use super::{Entry, Layer, LayerState, Link, Lke, Remark, Return, Side};
use crate::id::{Fresh, LinkId, PersonId, RemarkId, ReturnId};
use crate::instrument::Instrument;
use crate::scoring::Answer;
use crate::text::{self, TooLong};

/// Fewest letters of a reason.
const REASON_MIN_CHARS: usize = 10;
/// Longest note, reason or remark.
const NOTE_MAX_CHARS: usize = 4_000;
/// Most pieces of evidence for one question.
const LINKS_MAX: usize = 50;

/// Who edits, when, and under which edition.
pub struct Context<'a> {
    /// The moment.
    pub now: DateTime<Utc>,
    /// The day, where the agency is.
    pub today: NaiveDate,
    /// The person.
    pub by: PersonId,
    /// The edition of the sheet.
    pub edition: &'a Instrument,
    /// Where fresh identifiers come from.
    pub fresh: &'a mut dyn Fresh,
}

/// What a person wants to stand in a layer for a question, or last saw there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Given {
    /// The answer; `None` takes it out.
    pub answer: Option<Answer>,
    /// The note or reason.
    pub note: String,
}

/// Why a change was refused; the words are for the person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No such question.
    #[error("pertanyaan {0} tidak ada pada edisi lembar kerja ini")]
    NoQuestion(String),
    /// The layer was submitted.
    #[error(
        "lapisan {0} sudah diajukan dan dibekukan; hanya pertanyaan yang dikembalikan yang dapat diperbaiki"
    )]
    Frozen(&'static str),
    /// The layer before is not submitted yet.
    #[error("lapisan {0} belum dapat diisi: {1} belum mengajukan")]
    NotYet(&'static str, &'static str),
    /// Somebody else changed it meanwhile.
    #[error("jawaban ini baru saja diubah orang lain; pilih mana yang dipakai")]
    Conflict(Box<Given>),
    /// The answer differs from the one it is measured against, and nobody said why.
    #[error("nilai berbeda dengan lapisan {0}; tulis alasannya (paling sedikit {REASON_MIN_CHARS} huruf)")]
    ReasonNeeded(&'static str),
    /// A text is too long.
    #[error(transparent)]
    TooLong(#[from] TooLong),
    /// Questions that were not assessed.
    #[error("{} pertanyaan yang dijawab unit belum dinilai: {}", .0.len(), shown(.0))]
    NotAssessed(Vec<String>),
    /// Questions sent back that the unit has not answered.
    #[error("{} pertanyaan masih menunggu perbaikan unit: {}", .0.len(), shown(.0))]
    WaitingForUnit(Vec<String>),
    /// A deadline in the past.
    #[error("batas waktu harus setelah hari ini")]
    DueInPast,
    /// Sent back already.
    #[error("pertanyaan ini sudah dikembalikan dan belum dijawab unit")]
    ReturnedAlready,
    /// Nothing was sent back.
    #[error("pertanyaan ini tidak sedang dikembalikan")]
    NotReturned,
    /// An empty remark.
    #[error("tulis dulu catatannya")]
    Empty,
    /// Evidence without title or place.
    #[error("isi nama bukti dan tempatnya, misalnya alamat tautan atau lemari arsip")]
    EvidenceIncomplete,
    /// Too much evidence for one question.
    #[error("paling banyak {LINKS_MAX} bukti untuk satu pertanyaan")]
    TooManyLinks,
    /// The evidence is gone.
    #[error("bukti ini sudah tidak ada; muat ulang halaman")]
    Gone,
    /// A later layer was begun or submitted.
    #[error("lapisan ini tidak dapat dibuka lagi karena {0} sudah mulai menilai")]
    LaterBegun(&'static str),
    /// Not submitted, so there is nothing to take back.
    #[error("lapisan {0} belum diajukan")]
    NotSubmitted(&'static str),
}

type Done = Result<(), Refusal>;

fn shown(codes: &[String]) -> String {
    const SHOWN: usize = 8;
    let mut text = codes.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
    if codes.len() > SHOWN {
        text.push_str(", …");
    }
    text
}

/// Writes what a layer says of a question. `was` is what the person last saw there.
///
/// # Errors
/// [`Refusal`] with what to do; nothing was changed then.
pub fn answer(
    lke: &mut Lke,
    layer: Layer,
    code: &str,
    was: &Given,
    new: Given,
    context: &Context<'_>,
) -> Done {
    known(context.edition, code)?;
    writable(lke, layer, code)?;
    let note = text::block(&new.note, NOTE_MAX_CHARS)?;
    let current = given(lke, layer, code);
    if current.answer == new.answer && current.note == note {
        return Ok(());
    }
    if current != *was {
        return Err(Refusal::Conflict(Box::new(current)));
    }
    let new = Given { answer: new.answer, note };
    demand_reason(lke, layer, code, &new)?;
    let entries = &mut lke.layers.entry(layer).or_default().entries;
    if new == Given::default() {
        entries.remove(code);
    } else {
        let entry = Entry { answer: new.answer, note: new.note, by: context.by, at: context.now };
        entries.insert(code.to_owned(), entry);
    }
    Ok(())
}

/// What a layer itself says of a question now.
pub fn given(lke: &Lke, layer: Layer, code: &str) -> Given {
    let entry = lke.entry(layer, code);
    entry
        .map_or_else(Given::default, |entry| Given { answer: entry.answer.clone(), note: entry.note.clone() })
}

fn known(edition: &Instrument, code: &str) -> Done {
    edition.question(code).map(|_| ()).ok_or_else(|| Refusal::NoQuestion(code.to_owned()))
}

/// Whether a layer can be written for a question: its turn has come and it is not frozen, or the question was
/// sent back to it.
///
/// # Errors
/// [`Refusal::NotYet`] or [`Refusal::Frozen`].
pub fn writable(lke: &Lke, layer: Layer, code: &str) -> Done {
    if let Some(before) = layer.before().filter(|_| !lke.is_reachable(layer)) {
        return Err(Refusal::NotYet(layer.title(), before.title()));
    }
    let is_sent_back = layer == Layer::Unit && lke.open_return(code).is_some();
    if lke.is_submitted(layer) && !is_sent_back { Err(Refusal::Frozen(layer.title())) } else { Ok(()) }
}

/// An assessor's answer that differs from the one before it needs a reason.
fn demand_reason(lke: &Lke, layer: Layer, code: &str, new: &Given) -> Done {
    let (Some(before), Some(answer)) = (layer.before(), &new.answer) else {
        return Ok(());
    };
    let differs = lke.basis(layer, code) != Some(answer);
    if differs && new.note.trim().chars().count() < REASON_MIN_CHARS {
        return Err(Refusal::ReasonNeeded(before.title()));
    }
    Ok(())
}

/// Submits a layer: it is frozen, and what it said is kept as a whole.
///
/// # Errors
/// [`Refusal`] when it is not its turn, questions were not assessed, or the unit still has to answer.
pub fn submit(lke: &mut Lke, layer: Layer, context: &Context<'_>) -> Result<Submission, Refusal> {
    writable(lke, layer, "")?;
    if layer != Layer::Unit {
        all_assessed(lke, layer)?;
        nothing_waits(lke)?;
    }
    Ok(freeze(lke, layer, context))
}

fn freeze(lke: &mut Lke, layer: Layer, context: &Context<'_>) -> Submission {
    let filled = lke.layers.entry(layer).or_default();
    filled.round += 1;
    filled.state = LayerState::Submitted { by: context.by, at: context.now };
    let round = filled.round;
    Submission { layer, round, by: context.by, at: context.now, contents: Contents::of(lke, layer) }
}

/// Assessors have said something of every question that the unit answered.
fn all_assessed(lke: &Lke, layer: Layer) -> Done {
    let assessed = lke.sheet(layer);
    let unit = lke.sheet(Layer::Unit);
    let missing: Vec<String> = unit
        .iter()
        .filter(|(code, _)| assessed.get(code).is_none())
        .map(|(code, _)| code.to_owned())
        .collect();
    if missing.is_empty() { Ok(()) } else { Err(Refusal::NotAssessed(missing)) }
}

fn nothing_waits(lke: &Lke) -> Done {
    let open = lke.returns.iter().filter(|sent| sent.answered.is_none());
    let waiting: Vec<String> = open.map(|sent| sent.code.clone()).collect();
    if waiting.is_empty() { Ok(()) } else { Err(Refusal::WaitingForUnit(waiting)) }
}

/// Takes a submission back while nobody has worked on the next layer.
///
/// # Errors
/// [`Refusal::NotSubmitted`], [`Refusal::LaterBegun`], or a reason that is too short.
pub fn reopen(lke: &mut Lke, layer: Layer, reason: &str) -> Done {
    reopenable(lke, layer)?;
    if reason.trim().chars().count() < REASON_MIN_CHARS {
        return Err(Refusal::ReasonNeeded(layer.title()));
    }
    lke.layers.entry(layer).or_default().state = LayerState::Open;
    Ok(())
}

/// Whether a layer can be opened again, given a reason.
///
/// # Errors
/// [`Refusal`] when it is not submitted or somebody after it has begun.
pub fn reopenable(lke: &Lke, layer: Layer) -> Done {
    if !lke.is_submitted(layer) {
        return Err(Refusal::NotSubmitted(layer.title()));
    }
    let begun = |later: &Layer| lke.layers.get(later).is_some_and(|filled| !filled.entries.is_empty());
    if let Some(later) = Layer::ALL.into_iter().filter(|later| *later > layer).find(begun) {
        return Err(Refusal::LaterBegun(later.title()));
    }
    Ok(())
}

/// Sends one question back to the unit with a deadline; the reason also goes into the thread.
///
/// # Errors
/// [`Refusal`] when the layer is not at work, the deadline lies in the past, or it was sent back already.
pub fn send_back(
    lke: &mut Lke,
    layer: Layer,
    code: &str,
    due_on: NaiveDate,
    reason: &str,
    context: &mut Context<'_>,
) -> Done {
    known(context.edition, code)?;
    writable(lke, layer, code)?;
    match () {
        () if due_on <= context.today => return Err(Refusal::DueInPast),
        () if lke.open_return(code).is_some() => return Err(Refusal::ReturnedAlready),
        () => {}
    }
    remark(lke, layer.side(), code, reason, context)?;
    let id = ReturnId::fresh(context.fresh);
    let (by, at) = (context.by, context.now);
    let (code, reason) = (code.to_owned(), reason.trim().to_owned());
    lke.returns.push(Return { id, code, from: layer, due_on, reason, by, at, answered: None });
    Ok(())
}

/// The unit gives a question back as revised; the unit's layer is kept anew as it stands now.
///
/// # Errors
/// [`Refusal::NotReturned`].
pub fn give_back(lke: &mut Lke, code: &str, context: &Context<'_>) -> Result<Submission, Refusal> {
    let open = lke.returns.iter_mut().find(|sent| sent.code == code && sent.answered.is_none());
    open.ok_or(Refusal::NotReturned)?.answered = Some((context.by, context.now));
    Ok(freeze(lke, Layer::Unit, context))
}

/// Adds a remark to the thread of a question.
///
/// # Errors
/// [`Refusal::Empty`] or too long.
pub fn remark(lke: &mut Lke, side: Side, code: &str, words: &str, context: &mut Context<'_>) -> Done {
    known(context.edition, code)?;
    let text = text::block(words, NOTE_MAX_CHARS)?;
    if text.is_empty() {
        return Err(Refusal::Empty);
    }
    let id = RemarkId::fresh(context.fresh);
    let (by, at) = (context.by, context.now);
    lke.remarks.push(Remark { id, code: code.to_owned(), side, text, by, at });
    Ok(())
}

/// Names a piece of evidence for a question of the unit's layer.
///
/// # Errors
/// [`Refusal`] when the layer is frozen, title or place is missing, or there are too many.
pub fn add_evidence(
    lke: &mut Lke,
    code: &str,
    title: &str,
    place: &str,
    context: &mut Context<'_>,
) -> Result<LinkId, Refusal> {
    known(context.edition, code)?;
    writable(lke, Layer::Unit, code)?;
    let (title, place) = (text::block(title, NOTE_MAX_CHARS)?, text::block(place, NOTE_MAX_CHARS)?);
    match () {
        () if title.is_empty() || place.is_empty() => return Err(Refusal::EvidenceIncomplete),
        () if lke.evidence_for(code).count() >= LINKS_MAX => return Err(Refusal::TooManyLinks),
        () => {}
    }
    let id = LinkId::fresh(context.fresh);
    lke.evidence.push(Link { id, code: code.to_owned(), title, place, by: context.by, at: context.now });
    Ok(id)
}

/// Takes a piece of evidence away.
///
/// # Errors
/// [`Refusal::Gone`] or frozen.
pub fn remove_evidence(lke: &mut Lke, id: LinkId) -> Result<Link, Refusal> {
    let place = lke.evidence.iter().position(|link| link.id == id).ok_or(Refusal::Gone)?;
    let code = lke.evidence.get(place).map(|link| link.code.clone()).unwrap_or_default();
    writable(lke, Layer::Unit, &code)?;
    Ok(lke.evidence.remove(place))
}
