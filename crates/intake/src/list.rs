//! Lists inside a cell. Ordinary ones are core's `items`; here are those that lost their bullets on the way
//! (`<ul> A B C`), which are divided before words that usually open an item.

use bening_core::plan::rows::items;

/// Which words open an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Heads {
    /// Of a piece of evidence.
    Evidence,
    /// Of a benefit.
    Benefit,
}

/// The items of a cell and how they were found.
pub(crate) struct Items {
    pub(crate) items: Vec<String>,
    /// The division is a guess that a person should look at.
    pub(crate) guess: Guess,
}

/// How sure a division is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Guess {
    /// Bullets, lines or semicolons stood in the cell.
    No,
    /// Words had to serve as signs.
    Yes,
}

const WORDS: &str = include_str!("../data/list-heads.txt");

/// Words after which no new item begins.
const JOINTS: [&str; 13] = [
    "dan", "atau", "serta", "berupa", "dengan", "untuk", "dari", "dalam", "pada", "oleh", "melalui", "ttd",
    "tentang",
];

/// Takes a cell apart.
pub(crate) fn read(cell: &str, heads: Heads) -> Items {
    match run_on(cell) {
        Some(text) => divided(&text, heads),
        None => Items { items: items::split(&without_tags(cell)), guess: Guess::No },
    }
}

/// The words of an HTML list that has no items of its own.
fn run_on(cell: &str) -> Option<String> {
    let lower = cell.to_ascii_lowercase();
    let is_list = lower.contains("<ul") || lower.contains("<ol");
    let text = without_tags(cell);
    let is_flat = items::split(&text.replace(';', ",")).len() <= 1;
    (is_list && !lower.contains("<li") && is_flat).then_some(text)
}

fn divided(text: &str, heads: Heads) -> Items {
    let parts = items::split(text);
    let items: Vec<String> = parts.iter().flat_map(|part| before_heads(part, heads)).collect();
    let guess = if items.len() > parts.len() { Guess::Yes } else { Guess::No };
    Items { items, guess }
}

fn before_heads(text: &str, heads: Heads) -> Vec<String> {
    let mut items: Vec<Vec<&str>> = Vec::new();
    for word in text.split_whitespace() {
        match items.last_mut() {
            Some(item) if !opens(item, word, heads) => item.push(word),
            _ => items.push(vec![word]),
        }
    }
    items.into_iter().map(|words| words.join(" ")).collect()
}

/// Whether a word opens a new item after the words of the one before.
fn opens(before: &[&str], word: &str, heads: Heads) -> bool {
    let previous = before.last().copied().unwrap_or_default();
    is_head(word, heads) && !is_head(previous, heads) && !JOINTS.contains(&previous.to_lowercase().as_str())
}

fn is_head(word: &str, heads: Heads) -> bool {
    let kind = match heads {
        Heads::Evidence => "bukti: ",
        Heads::Benefit => "manfaat: ",
    };
    WORDS.lines().filter_map(|line| line.strip_prefix(kind)).any(|head| head == word)
}

/// Plain text of a cell with HTML in it: breaks become line ends, list items bullets, other tags go.
pub(crate) fn without_tags(cell: &str) -> String {
    let mut text = String::with_capacity(cell.len());
    let mut rest = cell;
    while let Some(start) = rest.find('<') {
        let (before, tag) = rest.split_at(start);
        text.push_str(before);
        rest = match tag.find('>').filter(|_| is_tag(tag)) {
            Some(end) => {
                text.push_str(stand_in(&tag[1..end]));
                &tag[end + 1..]
            }
            None => {
                text.push('<');
                &tag[1..]
            }
        };
    }
    text.push_str(rest);
    unescaped(&text)
}

fn is_tag(text: &str) -> bool {
    text[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')
}

fn stand_in(tag: &str) -> &'static str {
    let name = tag.split([' ', '/']).next().unwrap_or_default().to_ascii_lowercase();
    match name.as_str() {
        "br" | "p" | "div" => "\n",
        "li" => "\n• ",
        _ => "",
    }
}

fn unescaped(text: &str) -> String {
    let pairs = [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];
    pairs.iter().fold(text.to_owned(), |text, (code, sign)| text.replace(code, sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence(cell: &str) -> Vec<String> {
        read(cell, Heads::Evidence).items
    }

    #[test]
    fn a_list_without_bullets_is_divided_before_words_that_open_an_item() {
        let cell =
            "<ul style=\"list-style-type: none\"> Foto-foto Apel Publik Campaign Sosialisasi bersama KPK ";
        assert_eq!(evidence(cell), ["Foto-foto Apel", "Publik Campaign", "Sosialisasi bersama KPK"]);
        assert_eq!(read(cell, Heads::Evidence).guess, Guess::Yes);
    }

    #[test]
    fn words_that_open_an_item_stay_inside_one_after_a_joint_or_another_such_word() {
        assert_eq!(
            evidence("<ul> Surat Undangan dan Laporan apel Foto apel"),
            ["Surat Undangan dan Laporan apel", "Foto apel"]
        );
        assert_eq!(
            evidence("Laporan Kegiatan Foto"),
            ["Laporan Kegiatan Foto"],
            "an ordinary cell is not divided"
        );
    }

    #[test]
    fn html_lists_with_items_and_breaks_need_no_guess() {
        for cell in ["<ul><li>Laporan</li><li>Foto</li></ul>", "Laporan<br>Foto", "<ul>Laporan; Foto</ul>"] {
            assert_eq!(evidence(cell), ["Laporan", "Foto"], "{cell}");
            assert_eq!(read(cell, Heads::Evidence).guess, Guess::No, "{cell}");
        }
        assert_eq!(without_tags("nilai < 3 &amp; > 2 <b>tebal</b>"), "nilai < 3 & > 2 tebal");
    }
}
