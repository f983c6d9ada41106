//! Heap and wheel do what a list does that is searched from end to end: random operations, and the
//! two compared after each.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::task::Waker;
use std::time::Duration;

use proptest::collection::vec;
use proptest::prelude::*;
use shared::narrate::Random;
use timers::{Heap, Key, TimerQueue, Wheel};

#[path = "queues/model.rs"]
mod model;

use model::{Model, Numbers, rounded_up};

const MILLI: Duration = Duration::from_millis(1);

// ANCHOR: operations
/// What can be done to a queue.
#[derive(Clone, Debug)]
enum Operation {
    /// Adds an entry at this moment.
    Insert(Duration),
    /// Adds an entry that is due after so much time.
    InsertIn(Duration),
    /// Cancels one of those that were ever added: it may be gone.
    Cancel(usize),
    /// Gives one of those that were ever added another waker.
    Replace(usize),
    /// Lets so much time pass.
    Pass(Duration),
    /// Lets time pass as a driver does: to the moment that the queue names, until something has
    /// expired.
    ToNext,
}
// ANCHOR_END: operations

/// Moments near by, at the borders of the wheel's levels, beyond its range, and at the end of time.
fn moment() -> impl Strategy<Value = Duration> {
    let at_a_border = (0..8u32, 0..4u64, 0..3u64).prop_map(|(level, more, less)| {
        let border = 64u64.pow(level) * (more + 1);
        Duration::from_millis(border + 1 - less)
    });
    prop_oneof![
        4 => (0..20u64).prop_map(|millis| MILLI * millis as u32),
        4 => (0..200_000_000u64).prop_map(Duration::from_nanos),
        4 => at_a_border,
        2 => (0..1u64 << 40).prop_map(Duration::from_millis),
        1 => any::<u64>().prop_map(Duration::from_millis),
        1 => any::<u64>().prop_map(Duration::from_secs),
        1 => Just(Duration::MAX),
    ]
}

fn operations() -> impl Strategy<Value = Vec<Operation>> {
    let one = prop_oneof![
        3 => moment().prop_map(Operation::Insert),
        3 => moment().prop_map(Operation::InsertIn),
        2 => any::<usize>().prop_map(Operation::Cancel),
        1 => any::<usize>().prop_map(Operation::Replace),
        2 => moment().prop_map(Operation::Pass),
        3 => Just(Operation::ToNext),
    ];
    vec(one, 0..80)
}

/// A queue and its model, side by side.
struct Pair<Q> {
    queue: Q,
    model: Model,
    keys: Vec<Key>,
    now: Duration,
}

impl<Q: TimerQueue + Debug> Pair<Q> {
    fn new(queue: Q, expires_at: fn(Duration) -> Option<Duration>) -> Self {
        Self { queue, model: Model::new(expires_at), keys: Vec::new(), now: Duration::ZERO }
    }

    fn apply(&mut self, operation: &Operation) {
        match *operation {
            Operation::Insert(deadline) => self.insert(deadline),
            Operation::InsertIn(duration) => self.insert(self.now.saturating_add(duration)),
            Operation::Cancel(any) if !self.keys.is_empty() => {
                let number = any % self.keys.len();
                let cancelled = self.queue.cancel(self.keys[number]);
                let cancelled = cancelled.map(|waker| self.model.name_of(waker));
                assert_eq!(cancelled, self.model.cancel(number), "cancelling entry {number}");
            }
            Operation::Replace(any) if !self.keys.is_empty() => {
                let number = any % self.keys.len();
                let kept = self.queue.waker_mut(self.keys[number]);
                assert_eq!(kept.is_some(), self.model.has(number), "looking for entry {number}");
                kept.into_iter().for_each(|kept| *kept = self.model.replace(number));
            }
            Operation::Pass(duration) => self.expire(self.now.saturating_add(duration)),
            Operation::ToNext => self.pass_to_next(),
            Operation::Cancel(_) | Operation::Replace(_) => {}
        }
        assert_eq!(self.queue.len(), self.model.len());
        assert_eq!(self.queue.is_empty(), self.model.len() == 0);
    }

    fn insert(&mut self, deadline: Duration) {
        let waker = self.model.insert(deadline);
        self.keys.push(self.queue.insert(deadline, waker));
    }

    /// Lets it be `now`: exactly those expire that the model says, in its order.
    fn expire(&mut self, now: Duration) {
        self.now = now;
        let expired = self.queue.expire(now).into_iter();
        let expired: Vec<_> = expired.map(|waker| self.model.name_of(waker)).collect();
        assert_eq!(expired, self.model.expire(now), "at {now:?}, of {:?}", self.queue);
    }

    /// The queue names moments, one after another, none later than the first entry is due, until
    /// something has expired.
    fn pass_to_next(&mut self) {
        let before = self.model.len();
        // One for each level, one for what is beyond them, one for what is due.
        for _ in 0..8 {
            let next = self.queue.next_deadline();
            let first = self.model.first();
            assert_eq!(next.is_some(), first.is_some(), "of {:?}", self.queue);
            let (Some(next), Some(first)) = (next, first) else { return };
            let latest = first.max(self.now);
            assert!(next <= latest, "named {next:?}, and the first is due at {first:?}");
            self.expire(self.now.max(next));
            if self.model.len() < before {
                return;
            }
        }
        panic!("the moments that {:?} names lead nowhere", self.queue);
    }
}

fn compare<Q: TimerQueue + Debug>(
    queue: Q,
    expires_at: fn(Duration) -> Option<Duration>,
    operations: &[Operation],
) -> Q {
    let mut pair = Pair::new(queue, expires_at);
    operations.iter().for_each(|operation| pair.apply(operation));
    // And at the end of time.
    pair.expire(Duration::MAX);
    pair.queue
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_heap_is_a_list_that_is_searched(operations in operations()) {
        let heap = compare(Heap::new(), Some, &operations);
        prop_assert!(heap.is_empty());
    }

    #[test]
    fn the_wheel_is_a_list_that_is_searched(operations in operations()) {
        let wheel = compare(Wheel::new(), rounded_up, &operations);
        // What is left is beyond all counting.
        prop_assert_eq!(wheel.next_deadline(), None);
    }
}

// ANCHOR: million
/// A million entries, half of them cancelled: the other half expires, in order, none early, and
/// nothing is left.
fn a_million<Q: TimerQueue>(mut queue: Q, expires_at: fn(Duration) -> Option<Duration>) -> Q {
    const MILLION: u64 = 1_000_000;
    let (mut random, numbers) = (Random::seeded(7), Numbers::default());
    let mut left = BTreeSet::new();
    for number in 0..MILLION {
        // Up to three hours, to the microsecond.
        let deadline = Duration::from_micros(random.below(10_000_000_000));
        let key = queue.insert(deadline, numbers.waker(number));
        let is_cancelled = number % 2 == 0;
        if is_cancelled {
            let waker = queue.cancel(key).expect("it was added");
            assert_eq!(numbers.of(waker), number);
        } else {
            left.insert((deadline, number));
        }
    }
    assert_eq!(queue.len() as u64, MILLION / 2);
    let mut now = Duration::ZERO;
    while let Some(next) = queue.next_deadline() {
        // Not each of them by itself: a driver comes late.
        now = now.max(next) + Duration::from_secs(1);
        for waker in queue.expire(now) {
            let (deadline, number) = left.pop_first().expect("one is left");
            assert_eq!(numbers.of(waker), number, "expired instead of the first");
            assert!(expires_at(deadline).is_some_and(|at| at <= now), "{deadline:?} at {now:?}");
        }
        let first_left = left.first().and_then(|(deadline, _)| expires_at(*deadline));
        assert!(first_left.is_none_or(|at| at > now), "left behind at {now:?}");
    }
    assert!(left.is_empty() && queue.is_empty());
    queue
}

#[test]
fn a_million_in_the_heap() {
    let heap = a_million(Heap::new(), Some);
    assert!(heap.items() <= 64, "{heap:?}");
}

#[test]
fn a_million_in_the_wheel() {
    a_million(Wheel::new(), rounded_up);
}
// ANCHOR_END: million

#[test]
fn a_heap_in_which_everything_is_cancelled_does_not_grow() {
    let (mut heap, mut most) = (Heap::new(), 0);
    let stays: Vec<_> = (0..10).map(|_| heap.insert(MILLI, Waker::noop().clone())).collect();
    for _ in 0..100_000 {
        // Behind those that stay, so that the front is never reached.
        let key = heap.insert(2 * MILLI, Waker::noop().clone());
        assert!(heap.cancel(key).is_some());
        most = most.max(heap.items());
    }
    assert_eq!(heap.len(), stays.len());
    assert!(most <= 2 * stays.len() + 64, "{most} items at most");
}

#[test]
fn the_wheel_is_never_early_and_less_than_a_millisecond_late() {
    let deadline = Duration::from_nanos(5_000_001);
    let mut wheel = Wheel::new();
    wheel.insert(deadline, Waker::noop().clone());
    assert!(wheel.expire(Duration::from_nanos(5_999_999)).is_empty());
    assert_eq!(wheel.expire(Duration::from_millis(6)).len(), 1);
}

#[test]
fn an_entry_moves_from_level_to_level_and_is_due_in_the_end() {
    let mut wheel = Wheel::new();
    // All six digits are 1, to the base 64.
    let tick = (0..6).map(|level| 64u64.pow(level)).sum();
    wheel.insert(Duration::from_millis(tick), Waker::noop().clone());
    let mut levels = Vec::new();
    while let Some(next) = wheel.next_deadline() {
        levels.extend(wheel.levels().iter().position(|entries| *entries > 0));
        wheel.expire(next);
    }
    assert_eq!(levels, [5, 4, 3, 2, 1, 0]);
    assert!(wheel.is_empty());
}

#[test]
fn what_was_beyond_the_wheel_comes_before_what_is_set_later_and_due_later() {
    let (mut wheel, numbers) = (Wheel::new(), Numbers::default());
    let beyond = Duration::from_millis(64u64.pow(6));
    wheel.insert(beyond + 5 * MILLI, numbers.waker(1));
    assert_eq!(wheel.levels()[7], 1);
    assert!(wheel.expire(beyond).is_empty());
    assert_eq!(wheel.levels()[7], 0, "it is in reach now");
    wheel.insert(beyond + 9 * MILLI, numbers.waker(2));
    assert_eq!(wheel.next_deadline(), Some(beyond + 5 * MILLI));
    let expired = wheel.expire(beyond + 10 * MILLI).into_iter();
    assert_eq!(expired.map(|waker| numbers.of(waker)).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn a_key_names_nothing_once_its_place_is_taken_by_another() {
    for mut queue in [Box::new(Heap::new()) as Box<dyn TimerQueue>, Box::new(Wheel::new())] {
        let gone = queue.insert(MILLI, Waker::noop().clone());
        assert_eq!(queue.expire(MILLI).len(), 1);
        let there = queue.insert(MILLI, Waker::noop().clone());
        assert_eq!(gone.place, there.place, "the place is used again");
        assert!(queue.waker_mut(gone).is_none() && queue.cancel(gone).is_none());
        assert_eq!(queue.len(), 1);
    }
}

#[test]
fn what_never_comes_is_not_waited_for() {
    let mut wheel = Wheel::new();
    let key = wheel.insert(Duration::MAX, Waker::noop().clone());
    assert_eq!(wheel.next_deadline(), None);
    assert!(wheel.expire(Duration::MAX).is_empty());
    assert_eq!(wheel.next_deadline(), None);
    assert!(wheel.cancel(key).is_some());
}
