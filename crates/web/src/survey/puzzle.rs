//! A small proof of work that the script of the form adds: a number for which the hash of the sheet begins with
//! zeros. Who brings one may send more from one address; who does not (no script, an old telephone) is taken as
//! well, only fewer at a time.

use sha2::{Digest, Sha256};

/// Zero bits that the hash begins with: some 65,000 tries, a fraction of a second on a telephone.
pub const ZERO_BITS: u32 = 16;
/// Longest proof.
const PROOF_MAX_CHARS: usize = 20;

/// Whether work was done for an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// The puzzle of its sheet was solved.
    Proven,
    /// It was not.
    Plain,
}

/// What a proof is worth. The sheet must be one of ours.
pub(super) fn effort(sheet: &str, proof: &str) -> Effort {
    let is_number = (1..=PROOF_MAX_CHARS).contains(&proof.len()) && proof.bytes().all(|b| b.is_ascii_digit());
    let hash = Sha256::digest(format!("{sheet}:{proof}").as_bytes());
    let zeros = u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]).leading_zeros();
    if is_number && zeros >= ZERO_BITS { Effort::Proven } else { Effort::Plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_solved_puzzle_is_worth_something_for_its_own_sheet_only() {
        let solve = |sheet: &str| (0_u64..).find(|n| effort(sheet, &n.to_string()) == Effort::Proven);
        let proof = solve("lembar").unwrap_or_default().to_string();
        assert_eq!(effort("lembar", &proof), Effort::Proven);
        assert_eq!(effort("lembar lain", &proof), Effort::Plain);
        assert_eq!(effort("lembar", ""), Effort::Plain);
        assert_eq!(effort("lembar", &format!("{proof} ")), Effort::Plain);
    }
}
