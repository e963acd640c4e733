//! The domain of Bening, pure: no IO, clock or randomness.

pub mod instrument;
