//! A queue of deadlines: what was cancelled is gone, what is due comes out in order, and a key
//! names one entry for ever.

#[allow(
    clippy::todo,
    clippy::new_without_default,
    dead_code,
    unused_variables,
    unused_imports,
    unused_mut,
    reason = "a starter has holes, and an answer may be unfinished"
)]
#[rustfmt::skip]
mod answer;

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use answer::{Key, Queue};
use shared::figures::alloc::{CountingAllocator, count};
use shared::narrate::Random;
use shared::probe::watchdog;

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

const SECOND: Duration = Duration::from_secs(1);
const HOUR: Duration = Duration::from_secs(3600);
/// So much may a queue keep in which one entry is set.
const ENOUGH: i64 = 256 * 1024;
/// So many entries come and go before that is judged.
const MANY: u32 = 100_000;

const fn secs(count: u64) -> Duration {
    Duration::from_secs(count)
}

/// Runs a scenario, and ends it in words if it does not return.
#[track_caller]
fn check(scenario: fn()) {
    watchdog(5 * SECOND, "the queue", scenario);
}

#[test]
fn what_is_due_comes_out() {
    check(|| {
        let mut queue = Queue::new();
        queue.insert(secs(2), "tea");
        let (due, after) = (queue.expire(secs(2)), queue.expire(secs(60)));
        assert!(
            due == ["tea"],
            "`tea` was due at 2s, and at 2s these came out: {due:?}. The deadline is the first moment at which it is due"
        );
        assert!(after.is_empty(), "`tea` came out at 2s, and at 60s again: {after:?}");
    });
}

#[test]
fn nothing_comes_out_early() {
    check(|| {
        let mut queue = Queue::new();
        let deadline = Duration::from_micros(2_000_900);
        queue.insert(deadline, "tea");
        for now in [Duration::ZERO, secs(2), deadline - Duration::from_nanos(1)] {
            let due = queue.expire(now);
            assert!(
                due.is_empty(),
                "`tea` is due at {deadline:?}, and at {now:?} it came out: a timer may be late, and never early"
            );
        }
        let due = queue.expire(deadline);
        assert!(
            due == ["tea"],
            "`tea` is due at {deadline:?}. `expire` was called three times before that, and then at {deadline:?}. It returned {due:?}: \
             what is not due stays"
        );
    });
}

#[test]
fn all_that_is_due_comes_out_by_deadline() {
    check(|| {
        let mut queue = Queue::new();
        for (at, name) in [(5, "late"), (3, "third"), (1, "first"), (2, "second"), (4, "fourth")] {
            queue.insert(secs(at), name);
        }
        // The loop was held up, and looks at 4 s for the first time.
        let due = queue.expire(secs(4));
        assert!(
            due == ["first", "second", "third", "fourth"],
            "four of five are due at 4s, and `expire` returned {due:?}. Whoever is left behind waits until the loop wakes up for \
             something else, and who was due first goes first"
        );
        let due = queue.expire(secs(5));
        assert!(due == ["late"], "one was left, due at 5s, and `expire(5s)` returned {due:?}");
    });
}

#[test]
fn who_is_due_together_comes_out_in_turn() {
    check(|| {
        let mut queue = Queue::new();
        for value in 0..20 {
            queue.insert(secs(3), value);
        }
        let due = queue.expire(secs(3));
        assert!(
            due == (0..20).collect::<Vec<_>>(),
            "20 entries have the same deadline, and came out in this order: {due:?}. Who came first goes first: a program in which the \
             order is up to the queue cannot be understood"
        );
    });
}

#[test]
fn the_next_deadline_is_the_earliest() {
    check(|| {
        let mut queue = Queue::new();
        assert!(queue.next_deadline().is_none(), "nothing was inserted, and there is a deadline");
        for (at, expected) in [(5, 5), (3, 3), (4, 3)] {
            queue.insert(secs(at), at);
            let next = queue.next_deadline();
            assert!(
                next == Some(secs(expected)),
                "entries were inserted with the deadlines 5s, 3s and 4s. After that of {at}s, the next deadline is {next:?}, and not \
                 {expected}s: so long does the loop sleep"
            );
        }
        let _ = queue.expire(secs(3));
        let next = queue.next_deadline();
        assert!(
            next == Some(secs(4)),
            "entries with 4s and 5s are left, and the next deadline is {next:?}"
        );
        let _ = queue.expire(secs(5));
        let next = queue.next_deadline();
        assert!(next.is_none(), "all have come out, and the next deadline is {next:?}");
    });
}

#[test]
fn what_was_cancelled_does_not_come_out() {
    check(|| {
        let mut queue = Queue::new();
        queue.insert(secs(1), "tea");
        let key = queue.insert(secs(2), "cake");
        queue.insert(secs(3), "bread");
        let cancelled = queue.cancel(key);
        assert!(
            cancelled == Some("cake"),
            "`cake` was cancelled in time, and `cancel` returned {cancelled:?}"
        );
        let due = queue.expire(secs(60));
        assert!(
            due == ["tea", "bread"],
            "`tea`, `cake` and `bread` were inserted, `cake` was cancelled, and these came out: {due:?}"
        );
    });
}

#[test]
fn the_loop_does_not_wake_for_what_was_cancelled() {
    check(|| {
        let mut queue = Queue::new();
        let keys = [1, 2, 5].map(|at| queue.insert(secs(at), at));
        for (key, expected) in [(keys[0], secs(2)), (keys[1], secs(5))] {
            queue.cancel(key);
            let next = queue.next_deadline();
            assert!(
                next == Some(expected),
                "of three entries, 1s, 2s and 5s, the first was cancelled, then the second. The earliest that is left is {expected:?}, \
                 and the next deadline is {next:?}: the loop wakes up, and nobody is due"
            );
        }
        queue.cancel(keys[2]);
        let next = queue.next_deadline();
        assert!(
            next.is_none(),
            "all entries were cancelled, and the next deadline is {next:?}: the loop wakes up, and nobody is there"
        );
    });
}

#[test]
fn an_expired_front_uncovers_no_cancelled_one() {
    check(|| {
        let mut queue = Queue::new();
        queue.insert(secs(1), "tea");
        let key = queue.insert(secs(2), "cake");
        queue.insert(secs(60), "bread");
        // It stands behind another one.
        queue.cancel(key);
        let _ = queue.expire(secs(1));
        let next = queue.next_deadline();
        assert!(
            next == Some(secs(60)),
            "`tea` has come out, `cake` behind it was cancelled long ago, `bread` is due at 60s, and the next deadline is {next:?}: the \
             loop wakes up, and nobody is due"
        );
    });
}

#[test]
fn of_those_due_together_the_right_one_is_cancelled() {
    check(|| {
        let mut queue = Queue::new();
        let keys = [0, 1, 2, 3, 4].map(|value| queue.insert(secs(3), value));
        let cancelled = queue.cancel(keys[1]);
        let due = queue.expire(secs(3));
        assert!(
            cancelled == Some(1) && due == [0, 2, 3, 4],
            "entries 0 to 4 have the same deadline, and entry 1 was cancelled. `cancel` returned {cancelled:?}, and then {due:?} came \
             out. Somebody else's timer is gone, or the order of the others is"
        );
    });
}

#[test]
fn a_cancel_that_comes_too_late_does_nothing() {
    check(|| {
        let mut queue = Queue::new();
        let (fired, cancelled) =
            (queue.insert(secs(1), "fired"), queue.insert(secs(9), "cancelled"));
        let _ = queue.expire(secs(1));
        queue.cancel(cancelled);
        for (key, how) in [(fired, "has come out"), (cancelled, "was cancelled already")] {
            let again = catch_unwind(AssertUnwindSafe(|| queue.cancel(key)));
            let Ok(again) = again else {
                panic!(
                    "an entry {how}, and then `cancel` was called with its key. It panicked. Whoever cancels cannot know that the \
                     timer was faster"
                );
            };
            assert!(
                again.is_none(),
                "an entry {how}, and then `cancel` returned {again:?}: it is there twice"
            );
        }
        let next = queue.next_deadline();
        assert!(next.is_none(), "all entries are gone, and the next deadline is {next:?}");
    });
}

#[test]
fn an_old_key_names_nobody_else() {
    check(|| {
        for how in ["came out", "was cancelled"] {
            for deadline in [secs(1), secs(2)] {
                let mut queue = Queue::new();
                let old = queue.insert(secs(1), "old");
                match how {
                    "came out" => drop(queue.expire(secs(1))),
                    _ => drop(queue.cancel(old)),
                }
                // Perhaps it is in the place of the other one.
                queue.insert(deadline, "new");
                let cancelled = queue.cancel(old);
                assert!(
                    cancelled.is_none(),
                    "an entry {how}, a new one was inserted, and `cancel` with the key of the old one took out {cancelled:?}: somebody \
                     else's timer never fires"
                );
                let due = queue.expire(secs(9));
                assert!(
                    due == ["new"],
                    "an entry {how}, a new one was inserted, `cancel` was called with the key of the old one, and then {due:?} came out: \
                     somebody else's timer never fires"
                );
            }
        }
    });
}

#[test]
fn an_old_key_stays_old_for_ever() {
    check(|| {
        let mut queue = Queue::new();
        let old = queue.insert(HOUR, u32::MAX);
        queue.cancel(old);
        for value in 1..=MANY {
            let key = queue.insert(HOUR, value);
            let cancelled = queue.cancel(old);
            assert!(
                cancelled.is_none(),
                "an entry was cancelled, {} came and went after it, one at a time, and `cancel` with the key of the old one \
                 took out the last of them. A key is never used again, however long it takes: a server runs for years",
                if value == 1 { "another".to_owned() } else { format!("{value} others") }
            );
            queue.cancel(key);
        }
    });
}

#[test]
fn a_deadline_may_have_passed() {
    check(|| {
        let mut queue = Queue::new();
        queue.insert(secs(5), "before");
        let _ = queue.expire(secs(10));
        queue.insert(secs(11), "later");
        queue.insert(secs(3), "overdue");
        let (next, due) = (queue.next_deadline(), queue.expire(secs(10)));
        assert!(
            next.is_some_and(|next| next <= secs(10)) && due == ["overdue"],
            "at 10s an entry was inserted whose deadline was 3s. The next deadline is {next:?}, and `expire(10s)` returned {due:?}: it \
             is due at once"
        );
        queue.insert(secs(7), "7s");
        queue.insert(secs(4), "4s");
        let due = queue.expire(secs(10));
        assert!(
            due == ["4s", "7s"],
            "at 10s an entry was inserted whose deadline was 7s, and then one whose deadline was 4s. `expire(10s)` returned {due:?}. Both are \
             due at once, and the order is still that of their deadlines"
        );
    });
}

#[test]
fn the_end_of_the_clock_is_a_deadline_too() {
    check(|| {
        let almost = Duration::MAX - Duration::from_nanos(1);
        let outcome = catch_unwind(|| {
            let mut queue = Queue::new();
            queue.insert(Duration::MAX, "never");
            queue.insert(almost, "just before");
            // More nanoseconds than 64 bits can count have passed then, and none is due.
            let early = queue.expire(1000 * 365 * 24 * HOUR);
            let before = queue.next_deadline();
            let due = queue.expire(almost);
            let between = queue.next_deadline();
            let due = [early, due, queue.expire(Duration::MAX)];
            (due, [before, between, queue.next_deadline()])
        });
        let Ok((due, [before, between, next])) = outcome else {
            panic!(
                "two entries were inserted, due at `Duration::MAX` and a nanosecond before, and `expire` was called for each of these \
                 moments. It panicked: there is no later moment to compare with, and a sleep without an end has this deadline"
            );
        };
        assert!(
            due[0].is_empty() && before == Some(almost),
            "two entries were inserted, due at `Duration::MAX` and a nanosecond before. After 1,000 years `expire` returned {:?}, and the \
             next deadline is {before:?}: it is a nanosecond before `Duration::MAX`",
            due[0]
        );
        assert!(
            due[1..] == [["just before"], ["never"]] && next.is_none(),
            "two entries were inserted, due at `Duration::MAX` and a nanosecond before, and `expire` was called for each of these \
             moments, the earlier first. They returned {:?}, and the next deadline is then {next:?}",
            &due[1..]
        );
        assert!(
            between == Some(Duration::MAX),
            "the only entry that is left is due at `Duration::MAX`, and the next deadline is {}: every `Duration` can be a deadline",
            between.map_or("`None`".to_owned(), |between| format!("{between:?}"))
        );
        let mut queue = Queue::new();
        let keys = [0, 1, 2].map(|value| queue.insert(Duration::MAX, value));
        let (cancelled, due) = (queue.cancel(keys[1]), queue.expire(Duration::MAX));
        assert!(
            cancelled == Some(1) && due == [0, 2],
            "three entries are due at `Duration::MAX`, and the second was cancelled. `cancel` returned {cancelled:?}, and at \
             `Duration::MAX` these came out: {due:?}"
        );
    });
}

#[test]
fn what_was_cancelled_is_not_kept() {
    check(|| {
        come_and_go(Some(SECOND), "behind one that is due earlier");
        come_and_go(Some(HOUR), "beside one that stays and is due at the same moment");
        come_and_go(Some(HOUR * 2), "before one that stays and is due later");
        come_and_go(None, "and there was no other");
    });
}

fn come_and_go(stays: Option<Duration>, beside: &str) {
    let mut queue = Queue::new();
    if let Some(deadline) = stays {
        queue.insert(deadline, u32::MAX);
    }
    let ((), memory) = count(|| {
        for value in 0..MANY {
            let key = queue.insert(HOUR, value);
            queue.cancel(key);
        }
    });
    assert!(
        memory.kept() <= ENOUGH,
        "{MANY} entries were inserted and cancelled in turn, due in an hour, {beside}. None of them is there any more, and the \
             queue keeps {} bytes more than before. Most timers are cancelled: a server that sets a timeout for each request grows \
             until the hour is over",
        memory.kept()
    );
    let due = queue.expire(HOUR * 2).len();
    assert!(
        due == usize::from(stays.is_some()),
        "{MANY} entries were inserted and cancelled in turn, {beside}, and then {due} came out"
    );
}

#[test]
fn what_has_come_out_is_not_kept() {
    check(|| {
        let mut queue = Queue::new();
        queue.insert(1_000_000 * HOUR, u32::MAX);
        let ((), memory) = count(|| {
            for value in 0..MANY {
                let now = value * SECOND;
                let key = queue.insert(now, value);
                let due = queue.expire(now);
                assert!(
                    due == [value],
                    "an entry was inserted that is due now, and {due:?} came out"
                );
                // Who drops a sleep that is ready cancels it, too.
                let cancelled = queue.cancel(key);
                assert!(
                    cancelled.is_none(),
                    "an entry came out, and was cancelled afterwards: {cancelled:?}"
                );
            }
        });
        assert!(
            memory.kept() <= ENOUGH,
            "{MANY} entries were inserted, came out, and were cancelled afterwards, when there was nothing left to cancel. The queue \
             keeps {} bytes more than before: it remembers what is over",
            memory.kept()
        );
    });
}

/// One thing that is done to a queue.
#[derive(Clone, Copy)]
enum Step {
    /// At this deadline. The value is the number of the step.
    Insert(u64),
    /// With the key of the entry that came at this place, which may be gone.
    Cancel(usize),
    /// At so many seconds after the last one.
    Expire(u64),
}

/// Too slow for use, and too short to be wrong.
#[derive(Default)]
struct Model {
    /// When, how many came before it, and what.
    entries: Vec<(Duration, usize, u32)>,
    keys: Vec<Key>,
    now: Duration,
    inserted: usize,
    story: Vec<String>,
}

impl Model {
    /// Does the same to the queue and to the list. Returns in words how they differ, if they do.
    fn step(&mut self, queue: &mut Queue<u32>, step: Step) -> Option<String> {
        let difference = match step {
            Step::Insert(at) => {
                let (deadline, value) = (secs(at), self.inserted as u32);
                self.keys.push(queue.insert(deadline, value));
                self.entries.push((deadline, self.inserted, value));
                self.inserted += 1;
                self.story.push(format!("insert {value} for {deadline:?}"));
                None
            }
            Step::Cancel(place) => {
                let key = *self.keys.get(place)?;
                self.story.push(format!("cancel {place}"));
                let at = self.entries.iter().position(|entry| entry.1 == place);
                let expected = at.map(|at| self.entries.remove(at).2);
                differ("`cancel`", queue.cancel(key), expected)
            }
            Step::Expire(passed) => {
                self.now += secs(passed);
                self.story.push(format!("expire at {:?}", self.now));
                self.entries.sort_by_key(|entry| (entry.0, entry.1));
                let due = self.entries.partition_point(|entry| entry.0 <= self.now);
                let expected = self.entries.drain(..due).map(|entry| entry.2).collect::<Vec<_>>();
                differ("`expire`", queue.expire(self.now), expected)
            }
        };
        let next = self.entries.iter().map(|entry| entry.0).min();
        difference.or_else(|| differ("then `next_deadline`", queue.next_deadline(), next))
    }
}

fn differ<T: fmt::Debug + PartialEq>(what: &str, got: T, expected: T) -> Option<String> {
    (got != expected).then(|| {
        format!("{what} returned {got:?}, and a list that is searched from end to end {expected:?}")
    })
}

#[test]
fn whatever_is_done_it_agrees_with_a_list() {
    check(|| {
        let mut random = Random::seeded(7);
        // Short stories first: one that goes wrong should be short enough to be read.
        for length in (1..=4000).map(|round| 3 + round / 100) {
            let (mut queue, mut model) = (Queue::new(), Model::default());
            for _ in 0..length {
                let step = match random.below(5) {
                    0 | 1 => Step::Insert(random.below(8)),
                    2 | 3 => Step::Cancel(random.below(model.inserted as u64 + 1) as usize),
                    _ => Step::Expire(random.below(2)),
                };
                if let Some(difference) = model.step(&mut queue, step) {
                    panic!("{difference}. In that order: {}", model.story.join("; "));
                }
            }
        }
    });
}
