//! Evidence (*bukti fisik*) that a unit keeps: what it says of itself, its versions, and what it proves. The bytes
//! lie elsewhere, named by their hash. What an action only promises is `plan::Evidence`.

mod link;
mod model;
mod rules;
mod text;

pub use link::{LinkCheck, LinkRules, LinkState, Silence};
pub use model::{
    Details, Evidence, Kept, Lapse, Refusal, Secrecy, StoredFile, Target, Use, Version, file_name,
    web_address,
};
pub use rules::{Kind, Media, Rules, Show};
pub use text::{TextReader, TextRules, TextState};
