//! Who may open a file of evidence. What else somebody may do is in `access`.

use super::{Action, Actor, Decision, Scope, may};
use crate::evidence::Secrecy;

/// Decides whether an actor may open a piece of evidence: access to a file follows access to what it proves.
///
/// `home` is its unit with the owner as PIC, `proves` a scope for everything it proves. Evidence that proves nothing
/// yet is as open as its unit. Restricted evidence is hidden from whoever neither works on what it proves nor
/// judges it.
pub fn may_open_evidence(actor: &Actor, secrecy: Secrecy, home: &Scope, proves: &[Scope]) -> Decision {
    let reads = may(actor, Action::ReadUnit, home);
    if reads != Decision::Yes || secrecy == Secrecy::Open {
        return reads;
    }
    let mut scopes = proves.iter().chain([home]);
    let opens = scopes.any(|scope| may(actor, Action::OpenRestricted, scope) == Decision::Yes);
    if opens { Decision::Yes } else { Decision::Hidden }
}
