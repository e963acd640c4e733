//! The assessment of all units: how far it is, who does it, who may not, and the blind second readings.
//! The worksheet of one unit is not here.

mod agreement;
mod asked;
mod board;
pub mod conflict;
pub mod draw;
pub mod export;
mod load;
mod order;
pub mod page;
pub mod reading;
mod sight;
pub mod team;
pub mod teams;
pub mod waiting;

pub use sight::may_enter;
