//! Sound files spoilt by chance: bits, numbers, words of the format, pieces twice or in the wrong place. The same
//! seed gives the same bytes everywhere, so that a find can be made again.

/// Largest input made, in bytes.
const INPUT_MAX_BYTES: usize = 200_000;

/// Chance that can be repeated (SplitMix64).
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below a bound; 0 for the bound 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() >> 1).unwrap_or_default().checked_rem(bound).unwrap_or_default()
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// Numbers at the edges of what programs count with.
const NUMBERS: [&str; 12] = [
    "0",
    "-1",
    "1e999999999",
    "0.0000000000000000000000000000001",
    "255",
    "65536",
    "2147483648",
    "4294967295",
    "9223372036854775808",
    "170141183460469231731687303715884105728",
    "1,5",
    "1.000",
];

/// Bytes that open, close or end something somewhere.
const SIGNS: &[u8] = b"\0\n\r\t \"'()[]{}<>=;,|#/\\&-\x7f\x80\xff\xfe";

/// A spoilt copy of one of these files.
pub(crate) fn spoilt(seeds: &[Vec<u8>], words: &[&str], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = chance.pick(seeds).clone();
    for _ in 0..=chance.below(8) {
        spoil(&mut bytes, seeds, words, chance);
        bytes.truncate(INPUT_MAX_BYTES);
    }
    bytes
}

fn spoil(bytes: &mut Vec<u8>, seeds: &[Vec<u8>], words: &[&str], chance: &mut Chance) {
    let at = chance.below(bytes.len() + 1);
    let until = (at + chance.below(64)).min(bytes.len());
    match chance.below(10) {
        0 if at < bytes.len() => bytes[at] ^= 1 << chance.below(8),
        1 if at < bytes.len() => bytes[at] = *chance.pick(SIGNS),
        2 => drop(bytes.drain(at..until)),
        3 => insert(bytes, at, chance.pick(words).as_bytes()),
        4 => insert(bytes, at, chance.pick(&NUMBERS).as_bytes()),
        5 => replace_number(bytes, at, chance),
        6 => repeat(bytes, at, until, chance),
        7 => splice(bytes, at, seeds, chance),
        8 => bytes.truncate(at),
        _ => insert(bytes, at, &[*chance.pick(SIGNS)]),
    }
}

fn insert(bytes: &mut Vec<u8>, at: usize, piece: &[u8]) {
    drop(bytes.splice(at..at, piece.iter().copied()));
}

/// The next run of digits becomes another number.
fn replace_number(bytes: &mut Vec<u8>, from: usize, chance: &mut Chance) {
    let Some(start) = bytes[from..].iter().position(u8::is_ascii_digit).map(|start| start + from) else {
        return;
    };
    let length = bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    drop(bytes.splice(start..start + length, chance.pick(&NUMBERS).bytes()));
}

/// A piece many times over: deep nesting, long lines, doubled keys.
fn repeat(bytes: &mut Vec<u8>, at: usize, until: usize, chance: &mut Chance) {
    let times = *chance.pick(&[1, 2, 64, 4_096]);
    let piece = bytes[at..until].repeat(times);
    insert(bytes, until, &piece[..piece.len().min(INPUT_MAX_BYTES)]);
}

/// A piece of another file.
fn splice(bytes: &mut Vec<u8>, at: usize, seeds: &[Vec<u8>], chance: &mut Chance) {
    let other = chance.pick(seeds);
    let start = chance.below(other.len() + 1);
    let end = (start + chance.below(2_000)).min(other.len());
    insert(bytes, at, &other[start..end]);
}
