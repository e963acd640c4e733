//! Who may open a file of evidence. What else somebody may do is in `access`.

use super::{Action, Actor, Decision, Scope, may};
use crate::evidence::Secrecy;

/// What the caller may see of the lines of registers that a piece of evidence proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lines {
    /// It proves no line.
    Absent,
    /// They may open one of them.
    Seen,
    /// They may open none of them.
    Hidden,
}

/// Decides whether an actor may open a piece of evidence: access to a file follows access to what it proves.
///
/// `home` is its unit with the owner as PIC, `proves` a scope for everything else it proves. Evidence that proves
/// nothing yet is as open as its unit; what proves a line of a register and nothing else is as open as the line.
/// Restricted evidence is hidden from whoever neither works on what it proves nor judges it.
pub fn may_open_evidence(
    actor: &Actor,
    secrecy: Secrecy,
    home: &Scope,
    proves: &[Scope],
    lines: Lines,
) -> Decision {
    let reads = may(actor, Action::ReadUnit, home);
    let is_open = secrecy == Secrecy::Open && (lines == Lines::Absent || !proves.is_empty());
    if reads != Decision::Yes || is_open || lines == Lines::Seen {
        return reads;
    }
    let mut scopes = proves.iter().chain([home]);
    let opens = scopes.any(|scope| may(actor, Action::OpenRestricted, scope) == Decision::Yes);
    if opens { Decision::Yes } else { Decision::Hidden }
}
