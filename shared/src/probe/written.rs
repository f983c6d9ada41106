use std::fmt::{self, Debug, Display, Write};

/// Formats `value` into a writer that formats it again at every piece: a value that holds a lock
/// while it writes never returns from this, or panics. Put a [`watchdog`](super::watchdog) around
/// it.
///
/// ```
/// shared::probe::written_from_within(&Some(7));
/// ```
pub fn written_from_within(value: &impl Debug) {
    write!(Again(value), "{value:?}").expect("the writer takes everything");
}

/// As [`written_from_within`], for `Display`.
pub fn displayed_from_within(value: &impl Display) {
    struct Shown<'a, T>(&'a T);
    impl<T: Display> Debug for Shown<'_, T> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            self.0.fmt(f)
        }
    }
    written_from_within(&Shown(value));
}

struct Again<'a, T>(&'a T);

impl<T: Debug> Write for Again<'_, T> {
    fn write_str(&mut self, _: &str) -> fmt::Result {
        let _ = format!("{:?}", self.0);
        Ok(())
    }
}
