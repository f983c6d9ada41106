//! `Postage`, written by hand, does at every poll what this `async fn` does.

#[allow(
    clippy::todo,
    dead_code,
    unused_variables,
    unused_imports,
    reason = "a starter has holes, and an answer may be unfinished"
)]
mod answer;

use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use answer::Postage;
use shared::probe::{Journal, Scripted, watchdog};

// ANCHOR: postage
/// The function to rewrite.
pub async fn postage(office: &Office, copies: u32) -> u32 {
    office.note("open");
    let grams = office.weigh().await;
    office.note("weighed");
    let rate = office.look_up_rate().await;
    office.note("close");
    copies * grams * rate
}
// ANCHOR_END: postage

/// A post office that writes down everything that is asked of it.
pub struct Office {
    journal: Journal,
    weigh_pending: u32,
    rate_pending: u32,
}

impl Office {
    /// Writes a line into the office's book.
    pub fn note(&self, line: &str) {
        self.journal.note(line);
    }

    /// Begins to weigh a letter: a future of its grams.
    pub fn weigh(&self) -> Scripted<u32> {
        self.note("ask: weigh");
        Scripted::noted(&self.journal, "weigh", self.weigh_pending, 20).0
    }

    /// Begins to look up the rate: a future of the cents for each gram.
    pub fn look_up_rate(&self) -> Scripted<u32> {
        self.note("ask: rate");
        Scripted::noted(&self.journal, "rate", self.rate_pending, 5).0
    }

    fn new(weigh_pending: u32, rate_pending: u32) -> Self {
        Self { journal: Journal::new(), weigh_pending, rate_pending }
    }

    /// What has happened since the last look. When a finished part is dropped is the answer's own affair.
    fn take(&self) -> String {
        let mut entries = self.journal.take();
        entries.retain(|entry| !entry.starts_with("drop "));
        if entries.is_empty() { "nothing".to_owned() } else { entries.join(", ") }
    }
}

fn poll<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
    pin!(future).poll(&mut Context::from_waker(Waker::noop()))
}

/// Polls until it is ready, at most 20 times, and returns the value.
#[track_caller]
fn finish(mut postage: Postage<'_>, office: &Office) -> u32 {
    for _ in 0..20 {
        if let Poll::Ready(cents) = poll(&mut postage) {
            return cents;
        }
    }
    let line = office.take();
    panic!("polled 20 times, and Pending every time: it never gets ready. What happened: {line}")
}

/// Runs a test, and ends it in words if a poll does not return.
fn limited(test: fn()) {
    watchdog(Duration::from_secs(5), "`Postage`", test);
}

#[test]
fn making_it_asks_for_nothing() {
    limited(|| {
        let office = Office::new(1, 1);
        let postage = Postage::new(&office, 3);
        let happened = office.take();
        assert!(
            happened == "nothing",
            "nobody has polled yet, and this has happened: {happened}. Calling an async function runs nothing"
        );
        drop(postage);
    });
}

#[test]
fn the_first_poll_goes_up_to_the_first_pending() {
    limited(|| {
        let office = Office::new(1, 1);
        let mut postage = Postage::new(&office, 3);
        let said = poll(&mut postage);
        let happened = office.take();
        assert!(
            said.is_pending() && happened == "open, ask: weigh, poll weigh",
            "the first poll returned {said:?}, and this happened: {happened}. \
             The function opens, asks for the weight, and waits for it"
        );
    });
}

#[test]
fn work_is_not_repeated_when_it_is_polled_again() {
    limited(|| {
        let office = Office::new(3, 2);
        let mut postage = Postage::new(&office, 3);
        for _ in 0..4 {
            let _ = poll(&mut postage);
        }
        let journal = office.journal.clone();
        for (entry, what) in [("open", "written"), ("ask: weigh", "asked"), ("weighed", "written")]
        {
            let count = journal.count(entry);
            assert!(
                count == 1,
                "after 4 polls, \"{entry}\" is {what} {count} times: a poll goes on where the last one stopped, it does not \
                 begin again. What happened: {}",
                office.take()
            );
        }
    });
}

#[test]
fn it_goes_on_at_once_when_an_await_is_ready() {
    limited(|| {
        let office = Office::new(0, 0);
        let mut postage = Postage::new(&office, 1);
        let said = poll(&mut postage);
        let happened = office.take();
        assert!(
            said.is_ready(),
            "weight and rate are ready at their first poll, so one poll is enough. It returned {said:?} after this: {happened}"
        );
    });
}

#[test]
fn what_is_needed_after_an_await_is_kept() {
    limited(|| {
        for (weigh_pending, rate_pending) in [(0, 0), (1, 0), (0, 2), (2, 2)] {
            let office = Office::new(weigh_pending, rate_pending);
            let cents = finish(Postage::new(&office, 3), &office);
            assert!(
                cents == 300,
                "3 copies, 20 grams, 5 cents for each gram: that makes 300, and the answer is {cents}. \
                 (The weight was pending {weigh_pending} times, the rate {rate_pending} times)"
            );
        }
    });
}

#[test]
fn every_poll_does_what_the_async_function_does() {
    limited(|| {
        for (weigh_pending, rate_pending) in (0..4).flat_map(|w| (0..4).map(move |r| (w, r))) {
            let original_office = Office::new(weigh_pending, rate_pending);
            let office = Office::new(weigh_pending, rate_pending);
            let mut original = Box::pin(postage(&original_office, 2));
            let mut by_hand = Postage::new(&office, 2);
            for turn in 1.. {
                let (expected, said) = (poll(&mut original), poll(&mut by_hand));
                let (expected_notes, notes) = (original_office.take(), office.take());
                assert!(
                    said == expected && notes == expected_notes,
                    "poll {turn}, with the weight pending {weigh_pending} times and the rate {rate_pending} times. \
                     The async function returns {expected:?} and does this: {expected_notes}. \
                     Yours returns {said:?} and does this: {notes}"
                );
                if expected.is_ready() {
                    break;
                }
            }
        }
    });
}
