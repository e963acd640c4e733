//! The facts stated about an agency and a unit, checked against the edition. What is not stated is
//! unknown; nothing is guessed, least of all from a name.

use std::collections::BTreeMap;

use crate::instrument::{Exact, Fact, FactKind, Instrument, Scale};
use crate::scoring::{Json, SheetProblem};

/// Fact that says which kind of agency it is.
pub const AGENCY_KIND: &str = "jenis_instansi";
/// Key of the stated affirmation.
pub const AFFIRMATION: &str = "afirmasi";

/// The value of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactValue {
    /// A number or percentage.
    Number(Exact),
    /// A grade, a choice, `ya` or `tidak`, spelled as in the edition.
    Word(String),
}

/// The stated affirmation of a unit: which group it belongs to, and which conditions the person
/// responsible has set aside for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedAffirmation {
    /// Code of the group.
    pub group: String,
    /// Codes of the conditions set aside.
    pub set_aside: Vec<String>,
}

/// Everything stated about one unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    values: BTreeMap<String, FactValue>,
    /// The affirmation, if one is stated.
    pub affirmation: Option<StatedAffirmation>,
    /// Keys that this edition does not know.
    pub unused: Vec<String>,
}

impl Facts {
    /// Reads the `facts` object of a file. A graded fact may be given year by year
    /// (`{"2023": "WTP", "2024": "WTP"}`): the latest year counts.
    ///
    /// # Errors
    /// Every value that does not fit its fact.
    pub fn read(edition: &Instrument, json: &Json) -> Result<Self, Vec<SheetProblem>> {
        let entries = match json {
            Json::Null => return Ok(Self::default()),
            Json::Object(entries) => entries,
            _ => {
                return Err(vec![SheetProblem::new("facts", "harus berupa objek: nama fakta dan nilainya")]);
            }
        };
        let mut reader = Reader { edition, facts: Self::default(), problems: Vec::new() };
        entries
            .iter()
            .filter(|(_, value)| !value.is_blank())
            .for_each(|(name, value)| reader.add(name, value));
        if reader.problems.is_empty() { Ok(reader.facts) } else { Err(reader.problems) }
    }

    /// The value of a fact, `None` when it is unknown.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&FactValue> {
        self.values.get(name)
    }

    /// The word of a fact.
    #[must_use]
    pub fn word(&self, name: &str) -> Option<&str> {
        match self.values.get(name) {
            Some(FactValue::Word(word)) => Some(word),
            _ => None,
        }
    }

    /// Names and values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &FactValue)> {
        self.values.iter().map(|(name, value)| (name.as_str(), value))
    }
}

struct Reader<'a> {
    edition: &'a Instrument,
    facts: Facts,
    problems: Vec<SheetProblem>,
}

impl Reader<'_> {
    fn add(&mut self, name: &str, given: &Json) {
        if name == AFFIRMATION {
            return self.add_affirmation(given);
        }
        let Some(fact) = self.edition.fact(name) else {
            return self.facts.unused.push(name.to_owned());
        };
        let value = match (&fact.kind, given) {
            (FactKind::Scale(scale), Json::Object(years)) => self.latest(fact, scale, years),
            _ => one_value(self.edition, fact, given),
        };
        match value {
            Ok(value) => drop(self.facts.values.insert(name.to_owned(), value)),
            Err(reason) => self.problems.push(SheetProblem::new(name, reason)),
        }
    }

    /// The grade of the latest year; facts that count years back get their number unless it is stated.
    fn latest(&mut self, fact: &Fact, scale: &str, years: &[(String, Json)]) -> Result<FactValue, String> {
        let scale = self.edition.scale(scale).ok_or("urutan predikat tidak ada")?;
        let mut grades = BTreeMap::new();
        for (year, grade) in years {
            let year: u16 = year.trim().parse().map_err(|_| format!("\"{year}\" bukan tahun"))?;
            grades.insert(year, grade_on(scale, grade)?);
        }
        for counted in &self.edition.facts {
            let years = counted.consecutive.as_ref().filter(|years| years.fact == fact.name);
            if let Some(number) = years.and_then(|years| years_in_a_row(scale, &grades, &years.at_least)) {
                self.facts
                    .values
                    .entry(counted.name.clone())
                    .or_insert(FactValue::Number(Exact::whole(number)));
            }
        }
        let latest = grades.pop_last().ok_or("belum ada satu tahun pun")?;
        Ok(FactValue::Word(latest.1))
    }

    fn add_affirmation(&mut self, given: &Json) {
        let group =
            given.as_text().or_else(|| given.get("kelompok").and_then(Json::as_text)).unwrap_or_default();
        let Some(known) =
            self.edition.affirmations.iter().find(|known| known.code.eq_ignore_ascii_case(group))
        else {
            let groups: Vec<&str> =
                self.edition.affirmations.iter().map(|known| known.code.as_str()).collect();
            let reason = format!("kelompok \"{group}\" tidak ada; pilihannya: {}", groups.join(", "));
            return self.problems.push(SheetProblem::new(AFFIRMATION, reason));
        };
        let set_aside = match given.get("dikesampingkan") {
            Some(Json::List(codes)) => {
                codes.iter().filter_map(Json::as_text).map(ToOwned::to_owned).collect()
            }
            _ => Vec::new(),
        };
        self.refuse_fixed(&set_aside);
        self.facts.affirmation = Some(StatedAffirmation { group: known.code.clone(), set_aside });
    }

    fn refuse_fixed(&mut self, set_aside: &[String]) {
        let affirmable = |code: &String| {
            let conditions = self.edition.conditions.iter();
            conditions.clone().any(|c| c.code == *code && c.affirmation == crate::instrument::Affirmable::Yes)
        };
        for code in set_aside.iter().filter(|code| !affirmable(code)) {
            let reason = format!("syarat \"{code}\" tidak dapat dikesampingkan karena afirmasi");
            self.problems.push(SheetProblem::new(AFFIRMATION, reason));
        }
    }
}

fn years_in_a_row(scale: &Scale, grades: &BTreeMap<u16, String>, at_least: &str) -> Option<u32> {
    let needed = scale.rank(at_least)?;
    let (latest, _) = grades.last_key_value()?;
    let reached = |(year, back): (u16, u16)| {
        let grade = grades.get(&year).and_then(|grade| scale.rank(grade));
        latest.checked_sub(back) == Some(year) && grade >= Some(needed)
    };
    let years = (0..=*latest).map(|back| (latest - back, back));
    u32::try_from(years.take_while(|place| reached(*place)).count()).ok()
}

fn grade_on(scale: &Scale, given: &Json) -> Result<String, String> {
    let text = given.as_text().unwrap_or_default();
    let grade = scale.rank(text).and_then(|rank| scale.order.get(rank)).cloned();
    grade
        .ok_or_else(|| format!("\"{text}\" bukan nilai yang dikenal; pilihannya: {}", scale.order.join(", ")))
}

fn one_value(edition: &Instrument, fact: &Fact, given: &Json) -> Result<FactValue, String> {
    match &fact.kind {
        FactKind::Number => number(given, None),
        FactKind::Percent => number(given, Some(Exact::whole(100))),
        FactKind::YesNo => yes_no(given),
        FactKind::Scale(scale) => {
            let scale = edition.scale(scale).ok_or("urutan predikat tidak ada")?;
            grade_on(scale, given).map(FactValue::Word)
        }
        FactKind::Choice(values) => {
            let text = given.as_text().unwrap_or_default().trim();
            let value = values.iter().find(|value| value.eq_ignore_ascii_case(text)).cloned();
            value
                .map(FactValue::Word)
                .ok_or_else(|| format!("\"{text}\" tidak dikenal; pilihannya: {}", values.join(", ")))
        }
    }
}

fn number(given: &Json, most: Option<Exact>) -> Result<FactValue, String> {
    let number = given.as_text().and_then(|text| Exact::parse(text).ok());
    match number {
        Some(number) if number.is_negative() => Err("tidak boleh negatif".to_owned()),
        Some(number) if most.is_some_and(|most| number > most) => {
            Err("persentase paling besar 100".to_owned())
        }
        Some(number) => Ok(FactValue::Number(number)),
        None => Err("harus berupa angka".to_owned()),
    }
}

fn yes_no(given: &Json) -> Result<FactValue, String> {
    let word = match given {
        Json::Switch(true) => "ya",
        Json::Switch(false) => "tidak",
        other => other.as_text().unwrap_or_default().trim(),
    };
    let known = ["ya", "tidak"].into_iter().find(|known| known.eq_ignore_ascii_case(word));
    known.map(|word| FactValue::Word(word.to_owned())).ok_or_else(|| "jawab dengan ya atau tidak".to_owned())
}
