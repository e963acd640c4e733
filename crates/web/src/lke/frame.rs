//! What all pages of a worksheet have around them: the navigation, the years of the unit, the tabs.

use bening_store::lke;

use super::reach::{Opened, UnitYear, address};
use crate::app::App;
use crate::caller::Caller;
use crate::error::Result;
use crate::page::{Choice, Page, Room};
use crate::plan::frame;

/// The tabs: name, path below the worksheet, label. A page adds its line when it has its route.
const TABS: &[Tab] = &[
    Tab { name: "lembar", path: "", label: "Lembar kerja" },
    Tab { name: "lhe", path: "/lhe", label: "Laporan (LHE)" },
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
}

impl Head {
    /// The heading of an opened worksheet.
    pub fn of(opened: &Opened, tab: &'static str) -> Self {
        Self { base: opened.at.address(), tab, regulation: opened.edition.regulation.clone() }
    }

    /// All tabs.
    pub fn tabs(&self) -> &'static [Tab] {
        TABS
    }
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
