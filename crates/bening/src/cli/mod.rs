//! The commands of the binary, one file each. Parsing of arguments and printing only; the work is done in
//! the libraries.

pub(crate) mod audit;
pub(crate) mod backup;
pub(crate) mod bucket;
pub(crate) mod doctor;
pub(crate) mod edition;
pub(crate) mod eligibility;
pub(crate) mod evidence;
pub(crate) mod exit;
pub(crate) mod instrument;
pub(crate) mod manual;
pub(crate) mod own;
pub(crate) mod place;
pub(crate) mod plan;
pub(crate) mod print;
pub(crate) mod score;
pub(crate) mod serve;
pub(crate) mod survey;
pub(crate) mod unit;
pub(crate) mod user;
pub(crate) mod way;
pub(crate) mod workbook;
