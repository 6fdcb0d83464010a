//! Counts what passed and failed: checks, and tests as cargo reports them.

use std::fmt;

#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    passed: u64,
    failed: u64,
}

impl Tally {
    pub(crate) fn count(&mut self, passed: bool) {
        match passed {
            true => self.passed += 1,
            false => self.failed += 1,
        }
    }

    /// Adds what a line of `cargo test` reports, if it is the summary of a test binary. Ignored
    /// tests count as nothing: they have shown nothing.
    pub(crate) fn see(&mut self, line: &str) {
        let Some((_, counts)) =
            line.strip_prefix("test result: ").and_then(|rest| rest.split_once(". "))
        else {
            return;
        };
        for part in counts.split("; ") {
            match part.split_once(' ').map(|(number, word)| (number.parse::<u64>(), word)) {
                Some((Ok(number), "passed")) => self.passed += number,
                Some((Ok(number), "failed")) => self.failed += number,
                _ => {}
            }
        }
    }

    /// Adds the tests of one run. A run that failed without a failed test (it did not build, or a
    /// test took its process down) counts as one failure.
    pub(crate) fn add_run(&mut self, tests: Tally, succeeded: bool) {
        let untold = u64::from(!succeeded && tests.failed == 0);
        self.passed += tests.passed;
        self.failed += tests.failed + untold;
    }

    pub(crate) fn all_passed(&self) -> bool {
        self.failed == 0
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn summaries_of_several_binaries_are_added() {
        let mut tally = Tally::default();
        tally.see("running 3 tests");
        tally.see("test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.01s");
        tally.see("test result: FAILED. 4 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.20s");
        assert_eq!(tally.to_string(), "7 passed, 2 failed");
    }

    #[test]
    fn a_test_that_prints_a_count_is_not_counted() {
        let mut tally = Tally::default();
        tally.see("replay: test result: ok. 3 passed; 0 failed");
        tally.see("test result: nothing to see");
        assert_eq!(tally.to_string(), "0 passed, 0 failed");
    }

    #[test]
    fn a_run_that_broke_off_is_one_failure() {
        let mut tally = Tally::default();
        tally.add_run(Tally { passed: 5, failed: 0 }, false);
        assert_eq!(tally, Tally { passed: 5, failed: 1 });
        tally.add_run(Tally { passed: 1, failed: 2 }, false);
        assert_eq!(tally, Tally { passed: 6, failed: 3 });
    }
}
