//! Several items in one cell: how a list is written into a cell and read out of it again. Both directions
//! agree, so that a plan that is exported and imported keeps its items as they were.

/// Signs that open an item. The last but one is the bullet that Word's symbol font leaves behind.
const BULLETS: [char; 9] = ['•', '●', '▪', '■', '◦', '‣', '∙', '\u{f0b7}', '*'];

/// The items of a cell: its bullets if it has any, else its lines, else what semicolons divide.
pub fn split(cell: &str) -> Vec<String> {
    let lines: Vec<&str> = cell.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let items = match () {
        () if lines.iter().any(|line| bullet(line).is_some()) => bulleted(&lines),
        () if are_numbered(&lines) => lines.iter().map(|line| without_number(line).to_owned()).collect(),
        () if lines.len() > 1 => lines.iter().map(|line| (*line).to_owned()).collect(),
        () => return tidy(cell.split(';')),
    };
    tidy(items.iter().map(String::as_str))
}

/// A cell that [`split`] takes apart into these items: one a line, with bullets where the words alone would
/// be read otherwise.
pub fn join(items: &[String]) -> String {
    let plain = items.join("\n");
    if split(&plain) == items { plain } else { format!("• {}", items.join("\n• ")) }
}

fn tidy<'a>(items: impl Iterator<Item = &'a str>) -> Vec<String> {
    let trimmed = items.map(|item| item.trim().trim_end_matches(';').trim_end());
    trimmed.filter(|item| !item.is_empty()).map(str::to_owned).collect()
}

/// What follows a bullet or a dash with a space behind it.
fn bullet(line: &str) -> Option<&str> {
    let dashed = || ["- ", "– ", "— ", "o "].iter().find_map(|dash| line.strip_prefix(dash));
    line.strip_prefix(BULLETS).or_else(dashed).map(str::trim)
}

/// Lines without a bullet go on with the item above.
fn bulleted(lines: &[&str]) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    for line in lines {
        match (bullet(line), items.last_mut()) {
            (Some(text), _) => items.extend(inner_bullets(text)),
            (None, Some(last)) => *last = format!("{last} {line}"),
            (None, None) => items.push((*line).to_owned()),
        }
    }
    items
}

/// "• A • B" on one line.
fn inner_bullets(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(" • ").map(|item| item.trim().to_owned())
}

/// Whether two or more lines count from 1.
fn are_numbered(lines: &[&str]) -> bool {
    lines.len() > 1 && lines.iter().zip(1..).all(|(line, expected)| number(line) == Some(expected))
}

fn number(line: &str) -> Option<usize> {
    line.split_once(['.', ')']).and_then(|(digits, _)| digits.parse().ok())
}

fn without_number(line: &str) -> &str {
    line.split_once(['.', ')']).map_or(line, |(_, rest)| rest.trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(cell: &str, expected: &[&str]) {
        assert_eq!(split(cell), expected, "{cell}");
    }

    #[test]
    fn lists_are_read_as_people_write_them() {
        check("Laporan", &["Laporan"]);
        check("Laporan\r\nFoto\n\n", &["Laporan", "Foto"]);
        check("Laporan; Foto;", &["Laporan", "Foto"]);
        check("• Laporan\n• Foto kegiatan\n  hari kedua", &["Laporan", "Foto kegiatan hari kedua"]);
        check("• Laporan • Foto", &["Laporan", "Foto"]);
        check("- Laporan\n- Foto", &["Laporan", "Foto"]);
        check("1. Laporan\n2) Foto", &["Laporan", "Foto"]);
        check("2. Laporan", &["2. Laporan"]);
        check("Foto-foto; SK", &["Foto-foto", "SK"]);
        check("  ", &[]);
    }

    proptest! {
        #[test]
        fn a_list_written_into_a_cell_reads_back_as_the_same_list(
            items in prop::collection::vec("[A-Za-z0-9-][A-Za-z0-9 .,;()-]{0,20}[A-Za-z0-9)]", 0..5)
        ) {
            prop_assert_eq!(split(&join(&items)), items);
        }
    }
}
