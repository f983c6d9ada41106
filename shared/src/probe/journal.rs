use std::fmt::{self, Display};
use std::sync::{Arc, Mutex, PoisonError};

/// What happened, in order. Clones write into the same journal, from any thread.
///
/// ```
/// use shared::probe::Journal;
///
/// let journal = Journal::new();
/// let other = journal.clone();
/// journal.note("send");
/// other.note(format_args!("wake {}", 1));
/// assert_eq!(journal.entries(), ["send", "wake 1"]);
/// assert_eq!(journal.to_string(), "send, wake 1");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Journal {
    entries: Arc<Mutex<Vec<String>>>,
}

impl Journal {
    /// Creates an empty journal.
    pub fn new() -> Self {
        Self::default()
    }

    /// Writes an entry at the end.
    pub fn note(&self, entry: impl Display) {
        let entry = entry.to_string();
        self.with(|entries| entries.push(entry));
    }

    /// All entries so far, the oldest first.
    pub fn entries(&self) -> Vec<String> {
        self.with(|entries| entries.clone())
    }

    /// Takes all entries out, so that the next look shows only what is new.
    pub fn take(&self) -> Vec<String> {
        self.with(std::mem::take)
    }

    /// How many entries are the same as `entry`.
    pub fn count(&self, entry: &str) -> usize {
        self.with(|entries| entries.iter().filter(|have| *have == entry).count())
    }

    fn with<T>(&self, work: impl FnOnce(&mut Vec<String>) -> T) -> T {
        work(&mut self.entries.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Display for Journal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.entries() {
            entries if entries.is_empty() => f.write_str("nothing"),
            entries => f.write_str(&entries.join(", ")),
        }
    }
}
