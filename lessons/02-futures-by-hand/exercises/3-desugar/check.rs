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
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use answer::Postage;
use shared::probe::{Journal, Pollers, ScriptLog, Scripted, WakerProbe, caught, times, watchdog};

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
    grams: u32,
    rate: u32,
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
        self.give("weigh", self.weigh_pending, self.grams)
    }

    /// Begins to look up the rate: a future of the cents for each gram.
    pub fn look_up_rate(&self) -> Scripted<u32> {
        self.journal.note("ask: rate");
        self.give("rate", self.rate_pending, self.rate)
    }

    fn new(weigh_pending: u32, rate_pending: u32) -> Self {
        Self::of(20, 5, weigh_pending, rate_pending)
    }

    /// An office whose letters have this weight, at this rate.
    fn of(grams: u32, rate: u32, weigh_pending: u32, rate_pending: u32) -> Self {
        Self {
            grams,
            rate,
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

    /// What has happened since the last look. When a finished part is dropped is the answer's own
    /// affair.
    fn take(&self) -> String {
        let mut entries = self.journal.take();
        entries.retain(|entry| !entry.starts_with("drop "));
        if entries.is_empty() { "nothing".to_owned() } else { entries.join(", ") }
    }
}

fn poll<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
    caught(|| pin!(future).poll(&mut Context::from_waker(Waker::noop())))
        .unwrap_or_else(|panic| panic!("a poll {panic}"))
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
fn each_number_counts_however_large_it_is() {
    limited(|| {
        for (copies, grams, rate) in [
            (7, 11, 13),
            (70_001, 1, 1),
            (1, 70_001, 1),
            (1, 1, 70_001),
            (4_099, 4_099, 1),
            (65_537, 65_535, 1),
            (1, 65_537, 65_535),
            (65_535, 1, 65_537),
        ] {
            let office = Office::of(grams, rate, 1, 1);
            let cents = finish(Postage::new(&office, copies), &office);
            let expected = copies * grams * rate;
            assert!(
                cents == expected,
                "{copies} copies, {grams} grams, {rate} cents for each gram: that makes {expected}, and the answer is {cents}"
            );
        }
    });
}

#[test]
fn every_poll_does_what_the_async_function_does() {
    limited(|| {
        for numbers in [(2, 20, 5), (0, 20, 5), (2, 0, 5), (2, 20, 0)] {
            for wait in (0..4).flat_map(|w| (0..4).map(move |r| (w, r))) {
                compare(numbers, wait);
            }
        }
    });
}

/// Polls both to their end, and compares what they do at each poll.
fn compare((copies, grams, rate): (u32, u32, u32), (weigh_pending, rate_pending): (u32, u32)) {
    let original_office = Office::of(grams, rate, weigh_pending, rate_pending);
    let office = Office::of(grams, rate, weigh_pending, rate_pending);
    let mut original = Box::pin(postage(&original_office, copies));
    let mut by_hand = Postage::new(&office, copies);
    for turn in 1.. {
        let (expected, said) = (poll(&mut original), poll(&mut by_hand));
        let (expected_notes, notes) = (original_office.take(), office.take());
        assert!(
            said == expected && notes == expected_notes,
            "for {copies} copies of {grams} grams at {rate} cents, with the weight pending {} and the rate pending {}, poll \
             {turn} differs.\n\
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

#[test]
fn a_postage_that_is_dropped_lets_go_of_all_and_does_no_more() {
    limited(|| {
        for polls in 0..=3 {
            let office = Office::new(1, 1);
            let mut postage = Postage::new(&office, 3);
            for _ in 0..polls {
                let _ = poll(&mut postage);
            }
            office.take();
            drop(postage);
            let happened = office.take();
            assert!(
                happened == "nothing",
                "it was polled {} and dropped, and its drop did this: {happened}. An async function that is dropped runs no \
                 more of its lines",
                times(polls)
            );
            for (name, log) in office.given.borrow().iter() {
                assert!(
                    log.is_dropped(),
                    "it was polled {} and dropped, and the future that `{name}` gave still exists: what it holds is never \
                     released",
                    times(polls)
                );
            }
        }
    });
}

#[test]
fn two_mailings_keep_their_own_place() {
    limited(|| {
        let (first, second) = (Office::of(3, 10, 1, 1), Office::of(4, 100, 0, 3));
        let (mut one, mut other) = (Postage::new(&first, 1), Postage::new(&second, 2));
        let _ = (poll(&mut one), poll(&mut other), poll(&mut one), poll(&mut other));
        let cents = (poll(&mut one), finish(other, &second));
        assert!(
            cents == (Poll::Ready(30), 800),
            "two mailings are polled in turns: 1 copy, 3 grams, 10 cents for each gram, and 2 copies, 4 grams, 100 cents. \
             That makes Ready(30) and 800, and the answers are {cents:?}: what each of them knows belongs to it alone"
        );
    });
}

#[test]
fn the_context_is_handed_on() {
    limited(|| {
        let office = Office::new(2, 2);
        let mut postage = Postage::new(&office, 3);
        for (turn, name) in (1..).zip(["weigh", "weigh", "rate", "rate"]) {
            // A waker of its own for every poll. A wake that the answer itself adds is allowed, and
            // does not count.
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
                 is not the one that this poll was given: the task is not woken. An `.await` hands the `cx` of the same poll on"
            );
        }
    });
}

#[test]
fn the_task_that_polled_last_is_woken() {
    limited(|| {
        for (weigh_pending, name) in [(9, "weigh"), (0, "rate"), (1, "rate")] {
            for pollers in Pollers::orders() {
                let office = Office::new(weigh_pending, 9);
                let mut postage = Postage::new(&office, 3);
                for _ in 0..weigh_pending % 9 {
                    let _ = poll(&mut postage);
                }
                pollers.poll(|cx| Pin::new(&mut postage).poll(cx));
                let woken = office.newest().filter(|(newest, log)| *newest == name && log.wake());
                assert!(woken.is_some(), "it does not wait for `{name}`: {}", office.take());
                pollers.expect_last_woken(&format!("the future that `{name}` gave woke its task"));
            }
        }
    });
}

#[test]
fn it_is_written_without_async() {
    // What the compiler makes of an `async fn` does the same at every poll, so only the words can
    // tell.
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
