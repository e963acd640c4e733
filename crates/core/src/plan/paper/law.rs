//! What the *Dokumen Rencana dan Aksi* needs from the law and from the agency, handed in by the caller:
//! weights, conditions and survey content come from an instrument, never from here.

use chrono::NaiveDate;

/// What the paper says about the law that holds in the plan's year.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PaperLaw {
    /// Name in running text ("PermenPAN-RB Nomor 52 Tahun 2014").
    pub title: String,
    /// The regulations themselves, for the list of the legal basis.
    pub regulations: Vec<Citation>,
    /// Groups of components with their weights (pengungkit, hasil).
    pub weights: Vec<WeightGroup>,
    /// All weights together ("100%").
    pub total: String,
    /// Conditions for each predicate.
    pub conditions: Vec<ConditionSet>,
    /// What a survey must ask at least.
    pub surveys: Vec<SurveyContent>,
}

/// A regulation in full and in short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// As it stands in a list.
    pub full: String,
    /// As it stands in a scheme.
    pub short: String,
}

/// A group of components.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeightGroup {
    /// "A".
    pub mark: String,
    /// "Pengungkit".
    pub name: String,
    /// "60%".
    pub weight: String,
    /// Its components: name and weight.
    pub components: Vec<(String, String)>,
}

/// What must hold before a unit can be proposed for a predicate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConditionSet {
    /// "Menuju WBK".
    pub predicate: String,
    /// Conditions the agency must meet.
    pub agency: Vec<String>,
    /// Conditions the unit must meet, scores included.
    pub unit: Vec<String>,
}

/// The least a survey must ask about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyContent {
    /// Which survey.
    pub title: String,
    /// Its topics.
    pub topics: Vec<String>,
}

/// What the agency and the unit say for themselves on the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperTexts {
    /// Regulations of the agency, after the general ones.
    pub legal_basis: Vec<String>,
    /// Paragraphs of the unit's own in the foreword.
    pub foreword: Vec<String>,
    /// Paragraphs of the unit's own in the background.
    pub background: Vec<String>,
    /// The unit above, for the cover ("Direktorat Jenderal Mineral dan Batubara").
    pub above: Option<String>,
    /// Title of who signs.
    pub signatory_title: String,
    /// Name of who signs; a line to write on when empty.
    pub signatory: String,
    /// City before the date; left out when empty.
    pub place: String,
    /// Date of the paper.
    pub dated: NaiveDate,
}
