//! Drawing respondents with replacement, reproducibly: chance is a stream of SHA-256 digests of a seed, and
//! only whole numbers are compared, so that every machine draws the same.
//!
//! Respondents who answered alike are drawn together. A resample then is a multinomial draw, made by
//! halving the patterns again and again; each half gets a binomial share, found by comparing random bits
//! with the binary digits of its probability. It is exact, and its cost hardly grows with the respondents.

use sha2::{Digest, Sha256};

/// Random bits of a seed: block `i` is SHA-256 of the seed and `i`, eight bytes each, big-endian.
pub(super) struct Chance {
    seed: u64,
    blocks: u64,
    words: Vec<u64>,
    word: u64,
    bits_left: u32,
}

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self { seed, blocks: 0, words: Vec::new(), word: 0, bits_left: 0 }
    }

    fn word(&mut self) -> u64 {
        if let Some(word) = self.words.pop() {
            return word;
        }
        let block =
            Sha256::new().chain_update(self.seed.to_be_bytes()).chain_update(self.blocks.to_be_bytes());
        self.blocks += 1;
        let digest = block.finalize();
        let word = |bytes: &[u8]| bytes.iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
        self.words.extend(digest.chunks_exact(8).rev().map(word));
        self.words.pop().unwrap_or_default()
    }

    /// How many of so many fair coins show a head.
    fn heads(&mut self, coins: u64) -> u64 {
        let whole: u64 = (0..coins / 64).map(|_| u64::from(self.word().count_ones())).sum();
        let rest = u32::try_from(coins % 64).unwrap_or(0);
        if self.bits_left < rest {
            (self.word, self.bits_left) = (self.word(), 64);
        }
        let taken = self.word & ((1 << rest) - 1);
        self.word >>= rest;
        self.bits_left -= rest;
        whole + u64::from(taken.count_ones())
    }

    /// How many of so many trials succeed, each with probability `part / whole`: a trial draws the binary
    /// digits of a number between 0 and 1 until they differ from those of the probability.
    fn successes(&mut self, trials: u64, part: u64, whole: u64) -> u64 {
        if part >= whole {
            return trials;
        }
        let (mut digit_rest, mut undecided, mut successes) = (part, trials, 0);
        while undecided > 0 && digit_rest > 0 {
            digit_rest *= 2;
            let zeros = self.heads(undecided);
            if digit_rest >= whole {
                digit_rest -= whole;
                successes += zeros;
                undecided -= zeros;
            } else {
                undecided = zeros;
            }
        }
        successes
    }
}

/// Respondents by what they answered: for each pattern the sums and weights it adds, and how many have it.
pub(super) struct Patterns {
    width: usize,
    cells: Vec<(i64, i64)>,
    /// How many respondents have one of the patterns before this one.
    before: Vec<u64>,
}

impl Patterns {
    /// Patterns of `width` cells (sum and weight), each with its respondents.
    pub(super) fn new(width: usize, patterns: impl IntoIterator<Item = (Vec<(i64, i64)>, u64)>) -> Self {
        let mut all = Self { width, cells: Vec::new(), before: vec![0] };
        let mut before = 0;
        for (cells, respondents) in patterns {
            before += respondents;
            all.cells.extend(cells);
            all.before.push(before);
        }
        all
    }

    /// How many different patterns there are.
    pub(super) fn len(&self) -> usize {
        self.before.len() - 1
    }

    /// Draws as many respondents as there are, with replacement, and adds up their cells.
    pub(super) fn draw(&self, chance: &mut Chance) -> Vec<(i64, i64)> {
        let mut sums = vec![(0, 0); self.width];
        let respondents = self.before.last().copied().unwrap_or(0);
        self.share(0, self.len(), respondents, chance, &mut sums);
        sums
    }

    /// Gives the patterns from `low` up to `high` their part of so many draws.
    fn share(&self, low: usize, high: usize, draws: u64, chance: &mut Chance, sums: &mut [(i64, i64)]) {
        if draws == 0 || low >= high {
            return;
        }
        if high - low == 1 {
            return self.add(low, draws, sums);
        }
        let middle = low.midpoint(high);
        let (start, end) = (self.before[low], self.before[high]);
        let left = chance.successes(draws, self.before[middle] - start, end - start);
        self.share(low, middle, left, chance, sums);
        self.share(middle, high, draws - left, chance, sums);
    }

    fn add(&self, pattern: usize, draws: u64, sums: &mut [(i64, i64)]) {
        let times = i64::try_from(draws).unwrap_or(i64::MAX);
        let cells = &self.cells[pattern * self.width..(pattern + 1) * self.width];
        for ((sum, weight), (value, count)) in sums.iter_mut().zip(cells) {
            *sum += times * value;
            *weight += times * count;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_word_is_the_start_of_the_digest_of_seed_and_block() {
        let digest = Sha256::digest([7_u64.to_be_bytes(), 0_u64.to_be_bytes()].concat());
        let first = u64::from_be_bytes(digest[..8].try_into().expect("eight bytes"));
        assert_eq!(Chance::new(7).word(), first);
    }

    #[test]
    fn shares_come_out_as_often_as_their_probability_says() {
        let mut chance = Chance::new(1);
        let thirds = chance.successes(300_000, 1, 3);
        assert!((98_700..101_300).contains(&thirds), "{thirds} of 100000 ± 5 standard errors");
        assert_eq!(chance.successes(50, 0, 3), 0);
        assert_eq!(chance.successes(50, 3, 3), 50);
    }

    #[test]
    fn a_draw_spreads_all_respondents_over_the_patterns() {
        let patterns = Patterns::new(1, [(vec![(1, 1)], 600), (vec![(10, 1)], 300), (vec![(100, 1)], 100)]);
        let (sum, weight) = patterns.draw(&mut Chance::new(3))[0];
        assert_eq!(weight, 1000);
        assert!((11_000..16_500).contains(&sum), "{sum} is far from 13600");
        assert_eq!(patterns.draw(&mut Chance::new(3))[0], (sum, weight), "the same seed draws the same");
    }
}
