//! Regular expressions as constants, each compiled at its first use.

use regex::Regex;
use std::ops::Deref;
use std::sync::OnceLock;

pub(crate) struct Pattern {
    text: &'static str,
    compiled: OnceLock<Regex>,
}

pub(crate) const fn pattern(text: &'static str) -> Pattern {
    Pattern { text, compiled: OnceLock::new() }
}

impl Deref for Pattern {
    type Target = Regex;

    fn deref(&self) -> &Regex {
        let compile = || Regex::new(self.text).expect("the pattern is a constant, and tested");
        self.compiled.get_or_init(compile)
    }
}
