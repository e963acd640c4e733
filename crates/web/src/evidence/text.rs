//! What the text of files adds to their pages: whether it was read, and where the words that are looked for stand.

use std::collections::HashMap;

use bening_core::evidence::{Kept, Rules, TextState, Version};
use bening_store::evidence::{self as store, FileText};

use crate::app::App;
use crate::error::Result;

/// A place in a text, with the word that was looked for in the middle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Excerpt {
    pub(super) before: String,
    pub(super) word: String,
    pub(super) after: String,
}

/// The texts of the newest files of some evidence.
pub(super) struct Texts {
    states: HashMap<String, FileText>,
    around: HashMap<String, String>,
    word: String,
}

impl Texts {
    /// Of evidence the caller may open; the first word looked for is shown where it stands.
    pub(super) async fn of(app: &App, kept: &[Kept], looked_for: &str) -> Result<Self> {
        let hashes: Vec<String> =
            kept.iter().filter_map(newest).map(|file| file.file.sha256.clone()).collect();
        let word = looked_for.to_lowercase().split_whitespace().next().unwrap_or_default().to_owned();
        let around = match word.is_empty() {
            true => HashMap::new(),
            false => store::around(app.store(), &hashes, &word).await?,
        };
        Ok(Self { states: store::texts(app.store(), &hashes).await?, around, word })
    }

    /// What people should know of the text of the newest file; nothing when it was read, or is not read at all.
    pub(super) fn chip(&self, kept: &Kept) -> Option<(&'static str, &'static str)> {
        match self.states.get(&newest(kept)?.file.sha256)?.state {
            TextState::Read => None,
            state => Some(("mute", state.name())),
        }
    }

    /// The same as a sentence for the page of the evidence.
    pub(super) fn said(&self, kept: &Kept) -> Option<(&'static str, String)> {
        let file = &newest(kept)?.file;
        Rules::shipped().media(&file.media)?.text?;
        Some(match self.states.get(&file.sha256) {
            None => ("Teksnya belum dibaca; pencarian mengenalinya dalam beberapa menit.", String::new()),
            Some(text) => match text.state {
                TextState::Read => ("Teksnya terbaca; pencarian menemukan isinya.", String::new()),
                TextState::Empty => (
                    "Pindaian tanpa teks: pencarian hanya mengenali judul, nomor, dan nama berkasnya.",
                    String::new(),
                ),
                TextState::Failed => {
                    ("Teksnya gagal dibaca, jadi pencarian tidak mengenali isinya:", text.said.clone())
                }
            },
        })
    }

    /// Where the word stands in the newest file.
    pub(super) fn excerpt(&self, kept: &Kept) -> Option<Excerpt> {
        let around = self.around.get(&newest(kept)?.file.sha256)?;
        let (start, end) = find(around, &self.word)?;
        let part = |range: std::ops::Range<usize>| around.get(range).map(str::to_owned);
        Some(Excerpt { before: part(0..start)?, word: part(start..end)?, after: part(end..around.len())? })
    }
}

fn newest(kept: &Kept) -> Option<&Version> {
    kept.versions.last()
}

/// Where a word in small letters stands in a text, whatever its letters are; in bytes.
fn find(text: &str, word: &str) -> Option<(usize, usize)> {
    let at = |start: usize| {
        let rest = text.get(start..)?;
        let mut signs = word.chars();
        let mut end = start;
        for sign in rest.chars() {
            let Some(wanted) = signs.next() else { return Some((start, end)) };
            if !sign.to_lowercase().eq(std::iter::once(wanted)) {
                return None;
            }
            end += sign.len_utf8();
        }
        signs.next().is_none().then_some((start, end))
    };
    text.char_indices().find_map(|(start, _)| at(start))
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn a_word_is_found_whatever_its_letters_are() {
        assert_eq!(find("Éra RENCANA aksi", "rencana"), Some((5, 12)));
        assert_eq!(find("akhir kata", "kata"), Some((6, 10)));
        assert_eq!(find("kat", "kata"), None);
    }
}
