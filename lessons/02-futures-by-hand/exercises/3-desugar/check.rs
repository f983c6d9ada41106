//! `Postage`, written by hand, does at every poll what this `async fn` does.

#[allow(
    clippy::todo,
    dead_code,
    unused_variables,
    unused_imports,
    reason = "a starter has holes, and an answer may be unfinished"
)]
#[rustfmt::skip]
mod answer;

use std::cell::RefCell;
use std::panic::Location;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use answer::Postage;
use shared::probe::{Journal, ScriptLog, Scripted, WakerProbe, times, watchdog};

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
    /// The futures that it has given out, under their names.
    given: RefCell<Vec<(&'static str, ScriptLog)>>,
    /// The places in the source from which the book was written.
    callers: RefCell<Vec<&'static Location<'static>>>,
}

impl Office {
    /// Writes a line into the office's book.
    #[track_caller]
    pub fn note(&self, line: &str) {
        self.callers.borrow_mut().push(Location::caller());
        self.journal.note(line);
    }

    /// Begins to weigh a letter: a future of its grams.
    pub fn weigh(&self) -> Scripted<u32> {
        self.journal.note("ask: weigh");
        self.give("weigh", self.weigh_pending, 20)
    }

    /// Begins to look up the rate: a future of the cents for each gram.
    pub fn look_up_rate(&self) -> Scripted<u32> {
        self.journal.note("ask: rate");
        self.give("rate", self.rate_pending, 5)
    }

    fn new(weigh_pending: u32, rate_pending: u32) -> Self {
        Self {
            journal: Journal::new(),
            weigh_pending,
            rate_pending,
            given: RefCell::default(),
            callers: RefCell::default(),
        }
    }

    fn give(&self, name: &'static str, pending: u32, value: u32) -> Scripted<u32> {
        let (future, log) = Scripted::noted(&self.journal, name, pending, value);
        self.given.borrow_mut().push((name, log));
        future
    }

    /// The future that was given out last: the one that is waited for.
    fn newest(&self) -> Option<(&'static str, ScriptLog)> {
        self.given.borrow().last().cloned()
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
    let mut last = String::new();
    for _ in 0..20 {
        if let Poll::Ready(cents) = poll(&mut postage) {
            return cents;
        }
        last = office.take();
    }
    panic!(
        "polled 20 times, and Pending every time: it never gets ready. The last poll did this: {last}"
    )
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
            "the weight is pending. The first poll of the async function returns Pending and does this: open, ask: weigh, \
             poll weigh. Yours returned {said:?} and did this: {happened}"
        );
    });
}

#[test]
fn work_is_not_repeated_when_it_is_polled_again() {
    limited(|| {
        let office = Office::new(3, 2);
        let mut postage = Postage::new(&office, 3);
        for turn in 1..=6 {
            let said = poll(&mut postage);
            for entry in ["open", "ask: weigh", "weighed", "ask: rate", "close"] {
                let count = office.journal.count(entry);
                assert!(
                    count <= 1,
                    "after poll {turn}, \"{entry}\" stands in the book {}: a poll goes on where the last one stopped, it does \
                     not begin again. What happened: {}",
                    times(count as u64),
                    office.take()
                );
            }
            if said.is_ready() {
                break;
            }
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
                 (The weight was pending {}, the rate {})",
                times(weigh_pending.into()),
                times(rate_pending.into())
            );
        }
    });
}

#[test]
fn every_poll_does_what_the_async_function_does() {
    limited(|| {
        let waits = (0..4).flat_map(|w| (0..4).map(move |r| (w, r)));
        for (copies, (weigh_pending, rate_pending)) in
            [2, 0].into_iter().flat_map(|copies| waits.clone().map(move |wait| (copies, wait)))
        {
            let original_office = Office::new(weigh_pending, rate_pending);
            let office = Office::new(weigh_pending, rate_pending);
            let mut original = Box::pin(postage(&original_office, copies));
            let mut by_hand = Postage::new(&office, copies);
            for turn in 1.. {
                let (expected, said) = (poll(&mut original), poll(&mut by_hand));
                let (expected_notes, notes) = (original_office.take(), office.take());
                assert!(
                    said == expected && notes == expected_notes,
                    "for {copies} copies, with the weight pending {} and the rate pending {}, poll {turn} differs.\n\
                     The async function returns {expected:?} and does this:\n  {expected_notes}\n\
                     Yours returns {said:?} and does this:\n  {notes}",
                    times(weigh_pending.into()),
                    times(rate_pending.into())
                );
                if expected.is_ready() {
                    break;
                }
            }
        }
    });
}

#[test]
fn the_context_is_handed_on() {
    limited(|| {
        let office = Office::new(2, 2);
        let mut postage = Postage::new(&office, 3);
        for (turn, name) in (1..).zip(["weigh", "weigh", "rate", "rate"]) {
            // A waker of its own for every poll. A wake that the answer itself adds is allowed, and does not count.
            let probe = WakerProbe::new();
            let said = pin!(&mut postage).poll(&mut Context::from_waker(&probe.waker()));
            let before = probe.wakes();
            let newest = office.newest().filter(|_| said.is_pending());
            assert!(
                newest.is_some_and(|(newest, log)| newest == name && log.wake()),
                "weight and rate are pending twice each, so poll {turn} has to end with a Pending of `{name}`, and to keep that \
                 future. It returned {said:?}, and so far this has happened: {}",
                office.take()
            );
            assert!(
                probe.wakes() > before,
                "poll {turn} returned Pending because `{name}` did. Then `{name}` woke the waker that it was polled with, and it \
                 is not the one that this poll was given: nobody hears of it. An `.await` hands the `cx` of the same poll on"
            );
        }
    });
}

#[test]
fn it_is_written_without_async() {
    // What the compiler makes of an `async fn` does the same at every poll, so only the words can tell.
    let found = include_str!("answer.rs").lines().enumerate().find(|(_, line)| {
        let code = line.split("//").next().unwrap_or_default();
        code.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == "async")
    });
    if let Some((at, line)) = found {
        panic!(
            "line {} of the answer is `{}`: this lets the compiler write the states, and the exercise is to write them \
             yourself. (Only what stands after // is not looked at)",
            at + 1,
            line.trim()
        );
    }
}

#[test]
fn it_does_not_leave_the_work_to_the_async_function() {
    limited(|| {
        let (office, original_office) = (Office::new(0, 0), Office::new(0, 0));
        let _ = poll(&mut Postage::new(&office, 1));
        let _ = poll(&mut Box::pin(postage(&original_office, 1)));
        let original = original_office.callers.take();
        assert!(
            !office.callers.take().iter().any(|caller| original.contains(caller)),
            "the answer calls `postage` and polls what it gets: the states are then those of the compiler, and the exercise is to \
             write them yourself"
        );
    });
}
