//! The tables of the real plan, read from its Markdown without any of Bening's readers: split at tabs, empty cells
//! taken from the row above, as people read merged cells.

/// One action as the table has it.
#[derive(Debug, PartialEq, Eq)]
pub struct Row {
    /// Number of the area, from 0.
    pub area: usize,
    pub component: String,
    pub action: String,
    /// All pieces, joined by spaces.
    pub evidence: String,
    pub time: String,
    pub pic: String,
    pub target: String,
}

/// All cells of the tables.
#[derive(Debug, Default)]
pub struct Seed {
    pub rows: Vec<Row>,
    /// Benefits of each area, joined by spaces.
    pub benefits: Vec<String>,
    /// Action, target, time, follow-up.
    pub priorities: Vec<[String; 4]>,
}

/// The text of a cell: no HTML, white space folded, no semicolons between the points of a list.
pub fn plain(cell: &str) -> String {
    let open = cell.split('<').map(|part| part.rsplit('>').next().unwrap_or_default());
    let text = open.collect::<Vec<_>>().join(" ");
    text.replace(';', "").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Reads the tables.
pub fn read(text: &str) -> Seed {
    let mut seed = Seed::default();
    for line in text.lines().filter(|line| line.contains('\t')) {
        let cells: Vec<String> = line.split('\t').map(plain).collect();
        match cells.len() {
            4 if cells[1] != "Target" => seed.priorities.push(cells.try_into().unwrap()),
            8 if cells[0] == "No" => seed.benefits.push(String::new()),
            8 if !cells[2].is_empty() => seed.add(&cells),
            _ => {}
        }
    }
    seed
}

impl Seed {
    fn add(&mut self, cells: &[String]) {
        let area = self.benefits.len() - 1;
        let above = self.rows.last().filter(|row| row.area == area);
        let or_above = |cell: &str, of: fn(&Row) -> &String| match cell {
            "" => above.map(of).cloned().unwrap_or_default(),
            text => text.to_owned(),
        };
        let row = Row {
            area,
            component: or_above(&cells[1], |row| &row.component),
            action: cells[2].clone(),
            evidence: cells[3].clone(),
            time: or_above(&cells[4], |row| &row.time),
            pic: or_above(&cells[5], |row| &row.pic),
            target: or_above(&cells[6], |row| &row.target),
        };
        self.rows.push(row);
        self.benefits[area] = plain(&format!("{} {}", self.benefits[area], cells[7]));
    }
}

#[test]
fn the_seed_has_the_rows_that_people_count_in_it() {
    let seed = read(bening_intake::DEMO_PLAN);
    assert_eq!((seed.rows.len(), seed.benefits.len(), seed.priorities.len()), (17, 6, 1));
    assert_eq!(plain("<ul a=\"b\">\u{a0}x;  y</ul>"), "x y");
}
