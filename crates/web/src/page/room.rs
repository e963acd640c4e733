//! The rooms of the site, as the navigation lists them.

use super::Tone;

/// A part of the site, one entry of the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// What must I do now, what is late, where do we stand.
    Home,
    /// The work plan.
    Plan,
    /// Monitoring.
    Monitoring,
    /// The scored worksheet (LKE).
    Worksheet,
    /// How far the assessment of all units is, and the teams that do it.
    Assessment,
    /// Evidence files.
    Evidence,
    /// Surveys.
    Survey,
    /// Complaints, gratification, conflicts of interest.
    Oversight,
    /// Proposals and predicates.
    Predicate,
    /// Official papers.
    Documents,
    /// Units and people.
    Units,
    /// The record of changes.
    Audit,
    /// Settings of the agency.
    Settings,
}

impl Room {
    /// All, in the order of the navigation.
    pub const ALL: [Room; 13] = [
        Room::Home,
        Room::Plan,
        Room::Monitoring,
        Room::Worksheet,
        Room::Assessment,
        Room::Evidence,
        Room::Survey,
        Room::Oversight,
        Room::Predicate,
        Room::Documents,
        Room::Units,
        Room::Audit,
        Room::Settings,
    ];

    /// Its Indonesian name, a key for [`crate::words::Lang::t`].
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Room::Home => "Beranda",
            Room::Plan => "Rencana Kerja",
            Room::Monitoring => "Monev",
            Room::Worksheet => "LKE",
            Room::Assessment => "Penilaian",
            Room::Evidence => "Bukti",
            Room::Survey => "Survei",
            Room::Oversight => "Pengawasan",
            Room::Predicate => "Predikat",
            Room::Documents => "Dokumen",
            Room::Units => "Unit & orang",
            Room::Audit => "Jejak perubahan",
            Room::Settings => "Pengaturan",
        }
    }

    /// The name where there is room for one short word only, at the bottom of a phone.
    #[must_use]
    pub fn short_label(self) -> &'static str {
        match self {
            Room::Plan => "Rencana",
            Room::Units => "Unit",
            Room::Audit => "Jejak",
            other => other.label(),
        }
    }

    /// Name of its picture in `icons.svg`.
    #[must_use]
    pub fn icon(self) -> &'static str {
        match self {
            Room::Home => "home",
            Room::Plan => "plan",
            Room::Monitoring => "monitor",
            Room::Worksheet => "sheet",
            Room::Assessment => "check",
            Room::Evidence => "clip",
            Room::Survey => "chat",
            Room::Oversight => "eye",
            Room::Predicate => "medal",
            Room::Documents => "file",
            Room::Units => "people",
            Room::Audit => "clock",
            Room::Settings => "gear",
        }
    }

    /// The heading it stands under.
    #[must_use]
    pub fn group(self) -> Group {
        match self {
            Room::Oversight | Room::Predicate | Room::Documents => Group::Governance,
            Room::Units | Room::Audit | Room::Settings => Group::Agency,
            _ => Group::Work,
        }
    }
}

/// A heading of the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// The daily rooms, without a heading.
    Work,
    /// Governance.
    Governance,
    /// The agency.
    Agency,
}

impl Group {
    /// All, in order.
    pub const ALL: [Group; 3] = [Group::Work, Group::Governance, Group::Agency];

    /// Its Indonesian heading, a key for [`crate::words::Lang::t`]; empty for the daily rooms.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Group::Work => "",
            Group::Governance => "Tata kelola",
            Group::Agency => "Instansi",
        }
    }
}

/// One entry of the navigation.
#[derive(Clone, Debug)]
pub struct NavItem {
    /// Which room.
    pub room: Room,
    /// Where it is.
    pub href: String,
    /// How many things wait there, and how urgent they are.
    pub count: Option<(usize, Tone)>,
}

impl NavItem {
    /// A room without anything waiting.
    #[must_use]
    pub fn new(room: Room, href: impl Into<String>) -> NavItem {
        NavItem { room, href: href.into(), count: None }
    }

    /// The same with a count: [`Tone::Bad`] for what is late, [`Tone::Mute`] for what merely waits.
    /// Nothing is shown for 0.
    #[must_use]
    pub fn counted(self, count: usize, tone: Tone) -> NavItem {
        NavItem { count: (count > 0).then_some((count, tone)), ..self }
    }
}
