//! Choices that follow from a seed alone, so that a walk that fails can be walked again.

use proptest::strategy::{Strategy, ValueTree};
use proptest::string::string_regex;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// A pair of dice that falls as its seed says (SplitMix64).
#[derive(Clone, Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number of 0 to `count` - 1; 0 of none.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        let count = u64::try_from(count.max(1)).expect("a count");
        usize::try_from(self.next() % count).expect("less than a count")
    }

    /// A number of a range, its ends more often than the others: what breaks, breaks there.
    pub(crate) fn within(&mut self, least: i64, most: i64) -> i64 {
        let width = u64::try_from(i128::from(most) - i128::from(least)).unwrap_or(u64::MAX);
        match self.below(4) {
            0 => least,
            1 => most,
            _ if width == u64::MAX => least,
            _ => least.saturating_add_unsigned(self.next() % (width + 1)),
        }
    }

    /// How many of a list of entries: few, and never none.
    pub(crate) fn count(&mut self, min: usize, max: usize) -> usize {
        let least = min.max(1);
        least + self.below(max.min(least + 2).saturating_sub(least) + 1)
    }

    /// Whether something happens that happens so often in a hundred times.
    pub(crate) fn percent(&mut self, often: usize) -> bool {
        self.below(100) < often
    }

    /// One of these; `None` of none.
    pub(crate) fn one<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }

    /// A text that a regular expression describes.
    pub(crate) fn text_like(&mut self, expression: &str) -> String {
        let seed: Vec<u8> = std::iter::repeat_with(|| self.next().to_le_bytes()).take(4).flatten().collect();
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
        let mut runner = TestRunner::new_with_rng(Config { failure_persistence: None, ..Config::default() }, rng);
        string_regex(expression).expect("an expression").new_tree(&mut runner).expect("a text").current()
    }
}
