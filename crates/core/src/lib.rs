

pub mod access;
pub mod agency;
pub mod audit;
pub mod document;
pub mod id;
pub mod instrument;
pub mod password;
pub mod person;
pub mod plan;
pub mod text;
pub mod time;
pub mod unit;
