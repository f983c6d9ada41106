use std::cell::RefCell;

/// More than these tell nobody anything.
const MOST: usize = 16;

// All threads of an exploration run on one thread of the system.
thread_local! {
    static NOTES: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Notes what happens, for the words about an order that ends badly.
///
/// ```should_panic
/// use shared::probe::explore::{every_order, note, thread};
///
/// // Panics: "… nobody is left to wake them … In that order: the thread parks".
/// every_order(|| {
///     thread::spawn(|| {});
///     loop {
///         note("the thread parks");
///         thread::park();
///     }
/// });
/// ```
pub fn note(what: &str) {
    NOTES.with_borrow_mut(|notes| {
        if notes.len() < MOST {
            notes.push(what.to_owned());
        }
    });
}

/// What was noted so far in the order that is being tried, one after the other.
///
/// ```
/// use shared::probe::explore::{every_order, note, noted};
///
/// every_order(|| {
///     note("one");
///     note("two");
///     assert_eq!(noted(), "one; two");
/// });
/// ```
pub fn noted() -> String {
    NOTES.with_borrow(|notes| {
        let more = if notes.len() == MOST { "; …" } else { "" };
        notes.join("; ") + more
    })
}

pub(super) fn clear() {
    NOTES.take();
}

/// What was noted, as a sentence that can follow another.
pub(super) fn in_words() -> String {
    let noted = noted();
    if noted.is_empty() { noted } else { format!(". In that order: {noted}") }
}
