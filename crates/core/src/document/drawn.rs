//! What is drawn in a paper: bars, curves, schemes, photographs.

use serde::{Deserialize, Serialize};

/// A bar of a chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bar {
    /// What is measured.
    pub label: String,
    /// The figure, as text.
    pub value: String,
    /// Length, in thousandths of the whole.
    pub permille: u32,
}

/// A curve of a chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Curve {
    /// What it shows.
    pub name: String,
    /// Whether it is what was planned or what came of it.
    pub stroke: Stroke,
    /// Heights from the first point on, in thousandths of the whole; may end before the last point.
    pub permille: Vec<u32>,
}

/// How a curve is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stroke {
    /// What was planned.
    Dashed,
    /// What came of it.
    Solid,
}

/// A photograph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Photo {
    /// What it shows.
    pub caption: String,
    /// The file as it was handed in, PNG or JPEG; printers read it with care and make it small.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

/// A box of a scheme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchemeBox {
    /// Heading of the box.
    pub title: String,
    /// What stands in it.
    pub items: Vec<String>,
}
