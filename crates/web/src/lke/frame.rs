//! What all pages of a worksheet have around them: the navigation, the years of the unit, the tabs.

use bening_core::lke::Layer;
use bening_store::lke;

use super::reach::{Opened, UnitYear, address};
use crate::app::App;
use crate::caller::Caller;
use crate::error::Result;
use crate::page::{Choice, Page, Room, Tone};
use crate::plan::frame;
use crate::plan::status::Chip;

/// The tabs. A page adds its line when it has its route.
const TABS: &[Tab] = &[
    Tab { name: "lembar", path: "", label: "Lembar kerja" },
    Tab { name: "usulan", path: "/usulan", label: "Usulan" },
    Tab { name: "posisi", path: "/posisi", label: "Posisi" },
    Tab { name: "kelayakan", path: "/kelayakan", label: "Kelayakan" },
    Tab { name: "andai", path: "/andai", label: "Bagaimana jika" },
    Tab { name: "excel", path: "/impor", label: "Excel" },
    Tab { name: "lhe", path: "/lhe", label: "Laporan (LHE)" },
    Tab { name: "pengajuan", path: "/pengajuan", label: "Pengajuan" },
    Tab { name: "riwayat", path: "/riwayat", label: "Riwayat" },
];

/// One tab.
#[derive(Debug, Clone, Copy)]
pub struct Tab {
    /// Name by which a page says which one it is.
    pub name: &'static str,
    /// What follows the address of the worksheet.
    pub path: &'static str,
    /// Its Indonesian name.
    pub label: &'static str,
}

/// The heading of a worksheet's pages.
#[derive(Debug, Clone)]
pub struct Head {
    /// Address of the worksheet.
    pub base: String,
    /// The tab of this page.
    pub tab: &'static str,
    /// The regulation of the edition.
    pub regulation: String,
    /// The layer of the caller, or the unit's for readers.
    pub layer: &'static str,
    /// Where that layer stands.
    pub state: Chip,
    /// Whether the caller may submit it now.
    pub can_submit: bool,
}

impl Head {
    /// The heading of an opened worksheet.
    pub fn of(app: &App, caller: &Caller, opened: &Opened, tab: &'static str) -> Self {
        let desk = &opened.desk;
        Self {
            base: opened.at.address(),
            tab,
            regulation: opened.edition.regulation.clone(),
            layer: desk.seen().title(),
            state: state(app, caller, opened, desk.seen()),
            can_submit: desk.submits && desk.closed(&opened.lke).is_none(),
        }
    }

    /// All tabs.
    pub fn tabs(&self) -> &'static [Tab] {
        TABS
    }
}

/// Where a layer stands, in a word.
pub fn state(app: &App, caller: &Caller, opened: &Opened, layer: Layer) -> Chip {
    let (tone, text) = match opened.lke.submitted(layer) {
        Some((_, at)) => {
            let day = caller.lang.date(app.local(at).0);
            (Tone::Ok, caller.lang.tf("diajukan %{hari}", &[("hari", day)]))
        }
        None if opened.lke.is_reachable(layer) => (Tone::Info, caller.lang.t("sedang diisi").into_owned()),
        None => (Tone::Mute, caller.lang.t("belum gilirannya").into_owned()),
    };
    Chip { tone, sign: tone.sign(), text }
}

/// A page about a worksheet.
///
/// # Errors
/// When the store fails.
pub async fn page(app: &App, caller: &Caller, at: &UnitYear, title: impl Into<String>) -> Result<Page> {
    let mut page = frame::at(app, caller, &at.reached, at.year, title, Room::Worksheet).await?;
    let years = lke::years(app.store(), at.reached.unit.id).await?;
    if let Some(place) = &mut page.place {
        place.years = years
            .into_iter()
            .map(|year| Choice {
                label: year.to_string(),
                href: address(&at.reached, year),
                here: year == at.year,
            })
            .collect();
        for choice in &mut place.units {
            choice.href = choice.href.replace("/rencana/", "/lke/");
        }
    }
    Ok(page)
}
