//! A paper as a structure of blocks, and the door through which papers are printed. What a given paper
//! contains is decided by its noun (`plan::paper`); how it looks is the business of `bening-reports`.

mod drawn;

use serde::{Deserialize, Serialize};

use crate::agency::Logo;
use crate::lke::book::Book;
use crate::plan::export::PlanExport;

pub use drawn::{Bar, Curve, Photo, SchemeBox, Stroke};

/// A whole paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Title, for the file's metadata and the running head.
    pub title: String,
    /// Who issues it.
    pub author: String,
    /// Language tag, "id" or "en".
    pub language: String,
    /// Date of the paper as RFC 3339 date; the only time that enters the bytes.
    pub dated: chrono::NaiveDate,
    /// Cover page, if it has one.
    pub cover: Option<Cover>,
    /// Contents in order.
    pub blocks: Vec<Block>,
}

impl Document {
    /// The one picture a paper carries: of its cover, or of its letterhead.
    pub fn logo(&self) -> Option<&Logo> {
        let head = self.blocks.iter().find_map(|block| match block {
            Block::Letterhead { logo, .. } => logo.as_ref(),
            _ => None,
        });
        self.cover.as_ref().and_then(|cover| cover.logo.as_ref()).or(head)
    }
}

/// A cover page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    /// Picture at the top.
    pub logo: Option<Logo>,
    /// Lines of the title.
    pub title: Vec<String>,
    /// A remark that nobody may overlook: that the paper is a draft.
    pub mark: Option<String>,
    /// Lines at the foot: unit, agency, year.
    pub foot: Vec<String>,
}

/// A part of a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// A heading; level 1 begins a new page.
    Heading {
        /// 1 for chapters, 2 for sections.
        level: u8,
        /// Text with its number ("BAB I PENDAHULUAN", "I.1 Latar Belakang").
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// Text.
        text: String,
    },
    /// Lines of a letter's head: what, and what is said of it.
    Details {
        /// Lines.
        rows: Vec<(String, String)>,
    },
    /// A list.
    List {
        /// How items are marked.
        marker: Marker,
        /// Items.
        items: Vec<String>,
    },
    /// A table.
    Table(Table),
    /// A table of contents of the headings.
    Contents {
        /// Its title.
        title: String,
    },
    /// Head of an agency's letter: its picture and its name, with a line below.
    Letterhead {
        /// Picture at the left.
        logo: Option<Logo>,
        /// Lines beside it; the first is the agency's name.
        lines: Vec<String>,
    },
    /// The title of a letter, in the middle.
    Title {
        /// Lines; the first is the most important.
        lines: Vec<String>,
    },
    /// A place and date with who signs.
    Signature(Signature),
    /// Following pages lie on their side, or stand again.
    Orientation {
        /// How the pages lie.
        landscape: bool,
    },
    /// Page numbers begin anew on the next page. Pages before the first of these carry no number.
    PageNumbers {
        /// How they are written.
        style: PageNumbers,
    },
    /// An address that a telephone reads from paper (QR), with the address in letters below it.
    Code {
        /// The address.
        address: String,
        /// What it leads to, for those who cannot see it.
        alt: String,
    },
    /// A sheet to hang up, read from afar: what it asks, how to answer, an address as a picture.
    Poster {
        /// What it asks.
        title: String,
        /// About what.
        subject: String,
        /// How to answer, a line each.
        lines: Vec<String>,
        /// The address in the picture.
        address: String,
        /// The address in letters, as short as it may be.
        shown: String,
        /// What the picture leads to, for those who cannot see it.
        alt: String,
        /// Small words at the foot.
        foot: String,
    },
    /// A chart of bars, one below the other.
    Bars {
        /// What the picture shows, for those who cannot see it.
        alt: String,
        /// Bars.
        rows: Vec<Bar>,
    },
    /// A chart of curves over the same points, such as planned and realised by month.
    Curves {
        /// What the picture shows, for those who cannot see it.
        alt: String,
        /// Names of the points, from left to right.
        points: Vec<String>,
        /// Curves; what is planned is dashed.
        curves: Vec<Curve>,
    },
    /// Photographs with what they show.
    Photos {
        /// Photographs.
        items: Vec<Photo>,
    },
    /// A scheme: boxes from top to bottom, each a title with what belongs to it.
    Scheme {
        /// What the picture shows, for those who cannot see it.
        alt: String,
        /// Boxes.
        boxes: Vec<SchemeBox>,
    },
}

/// How page numbers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PageNumbers {
    /// i, ii, iii: foreword and contents.
    Roman,
    /// 1, 2, 3: the chapters.
    Arabic,
}

/// How list items are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Marker {
    /// 1. 2. 3.
    Number,
    /// a. b. c.
    Letter,
    /// Bullets.
    Bullet,
}

/// A table whose head is repeated on every page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Caption; stands in the head and is repeated with it.
    pub caption: Option<String>,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows of cells; a cell that a cell above spans is left out.
    pub rows: Vec<Vec<Cell>>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Heading.
    pub heading: String,
    /// Share of the width; shares are relative to each other.
    pub share: u32,
    /// Where its text stands.
    pub align: Align,
}

/// Where text stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// Left.
    Start,
    /// Middle.
    Center,
    /// Right, for numbers.
    End,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// Text, one paragraph an entry.
    pub lines: Vec<String>,
    /// Whether several lines are a bulleted list.
    pub bulleted: bool,
    /// Whether it is emphasised.
    pub strong: bool,
    /// Set when the text no longer holds: it is crossed out and this remark stands below it.
    pub struck: Option<String>,
    /// Rows it spans, at least 1.
    pub rowspan: u32,
    /// Columns it spans, at least 1.
    pub colspan: u32,
}

impl Cell {
    /// A plain cell with one line.
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            lines: vec![text.into()],
            bulleted: false,
            strong: false,
            struck: None,
            rowspan: 1,
            colspan: 1,
        }
    }

    /// The same cell over several rows.
    pub fn spanning_rows(self, rowspan: u32) -> Self {
        Self { rowspan, ..self }
    }

    /// The same cell over several columns.
    pub fn spanning_columns(self, colspan: u32) -> Self {
        Self { colspan, ..self }
    }

    /// The same cell, emphasised.
    pub fn strong(self) -> Self {
        Self { strong: true, ..self }
    }

    /// The same cell, crossed out, with the reason below it.
    pub fn struck(self, remark: impl Into<String>) -> Self {
        Self { struck: Some(remark.into()), ..self }
    }

    /// A bulleted list; a single item stands without a bullet.
    pub fn list(items: Vec<String>) -> Self {
        Self { bulleted: items.len() > 1, ..Self::text("") }.with_lines(items)
    }

    fn with_lines(self, lines: Vec<String>) -> Self {
        Self { lines, ..self }
    }
}

/// Place, date and who signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// "Jakarta, 14 Januari 2020".
    pub place_and_date: String,
    /// Title of the signatory.
    pub title: String,
    /// Name of the signatory; a line to write on when empty.
    pub name: String,
}

/// Formats a paper or a plan can be had in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// PDF/A.
    Pdf,
    /// Word.
    Docx,
    /// Excel.
    Xlsx,
    /// Comma-separated text.
    Csv,
    /// JSON.
    Json,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 5] = [Self::Pdf, Self::Docx, Self::Xlsx, Self::Csv, Self::Json];

    /// File ending and name on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// From its name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.as_str() == text)
    }

    /// Media type for HTTP.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Json => "application/json",
        }
    }
}

/// Printing failed; the reason is for the log, the person is told to try again.
#[derive(Debug, thiserror::Error)]
#[error("dokumen tidak dapat dicetak: {0}")]
pub struct PrintError(pub String);

/// A plain list: what it is called, the names of its columns, its rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listing {
    /// Title.
    pub title: String,
    /// Names of the columns.
    pub head: Vec<String>,
    /// Rows, each as long as the head.
    pub rows: Vec<Vec<String>>,
}

/// The door to printing. The web and the command line know only this; `bening-reports` stands behind it.
/// Implementations may take seconds and much memory: call them off the async threads, few at a time.
pub trait Printer: Send + Sync {
    /// A paper as PDF/A.
    fn pdf(&self, document: &Document) -> Result<Vec<u8>, PrintError>;
    /// A paper as DOCX.
    fn docx(&self, document: &Document) -> Result<Vec<u8>, PrintError>;
    /// A plan as a usable workbook.
    fn plan_xlsx(&self, plan: &PlanExport) -> Result<Vec<u8>, PrintError>;
    /// A plan as CSV, the same columns as the import template.
    fn plan_csv(&self, plan: &PlanExport) -> Result<Vec<u8>, PrintError>;
    /// The empty workbook to fill in and import.
    fn plan_template(&self) -> Result<Vec<u8>, PrintError>;
    /// A paper's lines and tables as a workbook.
    fn tables_xlsx(&self, document: &Document) -> Result<Vec<u8>, PrintError>;
    /// A table without cells that span others, as CSV.
    fn table_csv(&self, table: &Table) -> Result<Vec<u8>, PrintError>;
    /// A table without cells that span others, as a workbook.
    fn table_xlsx(&self, table: &Table) -> Result<Vec<u8>, PrintError>;
    /// A worksheet as a workbook that computes itself.
    fn lke_xlsx(&self, book: &Book) -> Result<Vec<u8>, PrintError>;
    /// A plain list as a workbook.
    fn listing_xlsx(&self, listing: &Listing) -> Result<Vec<u8>, PrintError>;
}
