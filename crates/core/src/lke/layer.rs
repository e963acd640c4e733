//! The layers of a worksheet, in the order in which it passes through hands.

use serde::{Deserialize, Serialize};

/// One pair of hands a worksheet passes through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    /// The unit's own assessment (*penilaian mandiri*).
    Unit,
    /// The member of the internal team (*anggota TPI*).
    TpiMember,
    /// The leader of the internal team (*ketua tim TPI*).
    TpiLead,
    /// The quality controller (*pengendali teknis TPI*).
    TpiController,
    /// National assessors at the desk.
    TpnDesk,
    /// National assessors in the field.
    TpnField,
    /// The national panel.
    TpnPanel,
}

/// Who a layer belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The unit.
    Unit,
    /// The internal assessors.
    Tpi,
    /// The national assessors.
    Tpn,
}

impl Side {
    /// All, in order.
    pub const ALL: [Self; 3] = [Self::Unit, Self::Tpi, Self::Tpn];

    /// Its layers, in order.
    pub fn layers(self) -> &'static [Layer] {
        match self {
            Self::Unit => &[Layer::Unit],
            Self::Tpi => &[Layer::TpiMember, Layer::TpiLead, Layer::TpiController],
            Self::Tpn => &[Layer::TpnDesk, Layer::TpnField, Layer::TpnPanel],
        }
    }

    /// The layer whose submission ends the side's work.
    pub fn last_layer(self) -> Layer {
        match self {
            Self::Unit => Layer::Unit,
            Self::Tpi => Layer::TpiController,
            Self::Tpn => Layer::TpnPanel,
        }
    }

    /// Name for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Unit => "Unit",
            Self::Tpi => "TPI",
            Self::Tpn => "TPN",
        }
    }

    /// Name in the database and in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::Tpi => "tpi",
            Self::Tpn => "tpn",
        }
    }

    /// From the name in the database.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|side| side.as_str() == text)
    }
}

impl Layer {
    /// All, in order.
    pub const ALL: [Self; 7] = [
        Self::Unit,
        Self::TpiMember,
        Self::TpiLead,
        Self::TpiController,
        Self::TpnDesk,
        Self::TpnField,
        Self::TpnPanel,
    ];

    /// Who it belongs to.
    pub fn side(self) -> Side {
        match self {
            Self::Unit => Side::Unit,
            Self::TpiMember | Self::TpiLead | Self::TpiController => Side::Tpi,
            Self::TpnDesk | Self::TpnField | Self::TpnPanel => Side::Tpn,
        }
    }

    /// The layer that must be submitted before this one can begin.
    pub fn before(self) -> Option<Self> {
        let place = Self::ALL.iter().position(|layer| *layer == self)?;
        Self::ALL.get(place.checked_sub(1)?).copied()
    }

    /// The layer that begins when this one is submitted.
    pub fn after(self) -> Option<Self> {
        Self::ALL.into_iter().find(|layer| layer.before() == Some(self))
    }

    /// The earlier layer of the same side, whose answers count until this one says something else.
    pub fn falls_back_on(self) -> Option<Self> {
        self.before().filter(|before| before.side() == self.side())
    }

    /// Name for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Unit => "Unit",
            Self::TpiMember => "Anggota TPI",
            Self::TpiLead => "Ketua tim TPI",
            Self::TpiController => "Pengendali teknis TPI",
            Self::TpnDesk => "TPN: penilaian dokumen",
            Self::TpnField => "TPN: observasi lapangan",
            Self::TpnPanel => "TPN: panel",
        }
    }

    /// Name in the database and in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::TpiMember => "tpi-anggota",
            Self::TpiLead => "tpi-ketua",
            Self::TpiController => "tpi-dalnis",
            Self::TpnDesk => "tpn-dokumen",
            Self::TpnField => "tpn-lapangan",
            Self::TpnPanel => "tpn-panel",
        }
    }

    /// From the name in the database.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|layer| layer.as_str() == text)
    }
}
