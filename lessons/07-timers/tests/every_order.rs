//! The driver and its sleep, model-checked: timers that other threads set and drop while the loop
//! goes to sleep, in every order, and broken variants that are caught.
//!
//! The sources are those of the library. Only what they take from `crate::sync` is the explorer's.

#![expect(dead_code, reason = "a test crate uses part of what the sources offer")]

use std::mem::ManuallyDrop;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::task::{Context, Wake, Waker};
use std::time::Duration;

use executor::Park;
use shared::narrate::VirtualClock;
use shared::probe::WakerProbe;
use shared::probe::explore::sync::atomic::AtomicBool;
use shared::probe::explore::thread::{self, Thread};
use shared::probe::explore::{Explored, every_order};

use driver::{Timer, Timers};
use sleep::Sleep;

mod sync {
    pub use shared::probe::explore::sync::{Mutex, MutexGuard, PoisonError};
}
// What knows nothing of threads is the library's own.
mod clock {
    pub use timers::Clock;
}
mod heap {
    pub use timers::Heap;
}
mod queue {
    pub use timers::{Key, TimerQueue};
}

#[path = "../src/driver.rs"]
mod driver;
#[path = "../src/sleep.rs"]
mod sleep;

#[path = "every_order/broken.rs"]
mod broken;

const SECOND: Duration = Duration::from_secs(1);
const HOUR: Duration = Duration::from_secs(3600);

// ANCHOR: bed
/// A sleep of up to a second takes no time. A longer one ends when somebody ends it, and in no
/// other way.
struct Bed {
    clock: VirtualClock,
    thread: Thread,
    is_called: AtomicBool,
}

impl Bed {
    /// Makes one for the calling thread.
    fn new() -> Self {
        Self {
            clock: VirtualClock::new(),
            thread: thread::current(),
            is_called: AtomicBool::new(false),
        }
    }

    fn sleep(&self, limit: Option<Duration>) {
        if let Some(short) = limit.filter(|limit| *limit <= SECOND) {
            return self.clock.advance(short);
        }
        while !self.is_called.swap(false, SeqCst) {
            thread::park();
        }
    }

    fn call(&self) {
        self.is_called.store(true, SeqCst);
        self.thread.unpark();
    }
}
// ANCHOR_END: bed

struct BedPark(Arc<Bed>);

impl Park for BedPark {
    fn park(&self, limit: Option<Duration>) {
        self.0.sleep(limit);
    }

    fn unparker(&self) -> Waker {
        Waker::from(Arc::new(Caller(Arc::clone(&self.0))))
    }
}

struct Caller(Arc<Bed>);

impl Wake for Caller {
    fn wake(self: Arc<Self>) {
        self.0.call();
    }
}

fn driver() -> (Timers<BedPark>, Timer) {
    let bed = Arc::new(Bed::new());
    Timers::new(bed.clock.clone(), BedPark(bed))
}

fn set(sleep: &mut Sleep, waker: &Waker) {
    let _ = Pin::new(sleep).poll(&mut Context::from_waker(waker));
}

/// Everything was tried, and there was something to try.
fn assert_tried(explored: Explored) {
    assert!(explored.all && explored.orders > 10, "{explored:?}");
}

// ANCHOR: served
#[test]
fn a_timer_of_another_thread_is_served_while_the_loop_sleeps_for_an_hour() {
    assert_tried(every_order(|| {
        let (timers, timer) = driver();
        let mut far = timer.sleep(HOUR);
        set(&mut far, Waker::noop());
        let fired = Fired::default();
        let waker = fired.waker();
        // Forgotten at the end: a sleep that is dropped is cancelled.
        thread::spawn(move || set(&mut ManuallyDrop::new(timer.sleep(SECOND)), &waker));
        while fired.count() == 0 {
            timers.park(None);
        }
    }));
}
// ANCHOR_END: served

#[test]
fn timers_of_two_threads_are_both_served() {
    let explored = every_order(|| {
        let (timers, timer) = driver();
        let fired = Fired::default();
        for seconds in [1, 2] {
            let (timer, waker) = (timer.clone(), fired.waker());
            let deadline = seconds * SECOND;
            thread::spawn(move || set(&mut ManuallyDrop::new(timer.sleep_until(deadline)), &waker));
        }
        while fired.count() < 2 {
            timers.park(None);
        }
    });
    // There are more than can be tried.
    assert!(explored.orders > 1_000, "{explored:?}");
}

/// Counts the timers that have fired. It is called on the loop's own thread, so it need not end a
/// sleep, and is no step that the explorer has to know.
#[derive(Clone, Default)]
struct Fired(Arc<AtomicUsize>);

impl Fired {
    fn waker(&self) -> Waker {
        Waker::from(Arc::new(self.clone()))
    }

    fn count(&self) -> usize {
        self.0.load(SeqCst)
    }
}

impl Wake for Fired {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, SeqCst);
    }
}

#[test]
fn a_sleep_that_is_dropped_elsewhere_while_it_fires_leaves_nothing_behind() {
    assert_tried(every_order(|| {
        let (timers, timer) = driver();
        let probe = WakerProbe::new();
        let mut sleep = timer.sleep(SECOND);
        set(&mut sleep, &probe.waker());
        let dropping = thread::spawn(move || drop(sleep));
        timers.park(Some(SECOND));
        dropping.join().expect("it does not panic");
        assert!(timer.is_empty());
        assert_eq!(probe.alive(), 0, "a waker was left behind");
        assert!(probe.wakes() <= 1);
    }));
}

#[test]
fn a_new_waker_that_comes_while_it_fires_is_called_or_finds_the_time_over() {
    assert_tried(every_order(|| {
        let (timers, timer) = driver();
        let (first, last) = (WakerProbe::new(), WakerProbe::new());
        let mut sleep = timer.sleep(SECOND);
        set(&mut sleep, &first.waker());
        let (theirs, waker) = (last.clone(), last.waker());
        let polling = thread::spawn(move || {
            let polled = Pin::new(&mut sleep).poll(&mut Context::from_waker(&waker));
            (polled.is_ready(), sleep, theirs)
        });
        timers.park(Some(SECOND));
        let (is_ready, sleep, theirs) = polling.join().expect("it does not panic");
        if !is_ready && theirs.wakes() == 0 {
            // It was polled before the time was over, and registered after the loop had looked: the
            // next look finds it.
            timers.park(Some(Duration::ZERO));
            assert_eq!(theirs.wakes(), 1, "whoever polled last was not called");
        }
        drop(sleep);
    }));
}

/// What the explorer says of a scenario that must fail in some order.
fn words_of(scenario: impl Fn() + Send + Sync + 'static) -> String {
    let outcome = catch_unwind(AssertUnwindSafe(|| every_order(scenario)));
    let payload = outcome.expect_err("some order must fail");
    payload.downcast_ref::<String>().cloned().expect("a panic with words")
}

// ANCHOR: caught
const ASLEEP: &str = "everybody sleeps and nobody is left to wake them";

/// One thread sets a timer, the other one is the loop.
fn one_timer(ways: broken::Ways) -> impl Fn() + Send + Sync + 'static {
    move || {
        let driver = Arc::new(broken::Driver::new());
        let fired = Fired::default();
        let (theirs, waker) = (Arc::clone(&driver), fired.waker());
        thread::spawn(move || (ways.set)(&theirs, SECOND, waker));
        while fired.count() == 0 {
            (ways.park)(&driver);
        }
    }
}

#[test]
fn noting_the_sleep_after_the_look_is_caught() {
    let words = words_of(one_timer(broken::NOTES_LATE));
    assert!(words.contains(ASLEEP), "{words}");
}

#[test]
fn asking_whether_it_sleeps_before_the_entry_is_there_is_caught() {
    let words = words_of(one_timer(broken::ASKS_FIRST));
    assert!(words.contains(ASLEEP), "{words}");
}

#[test]
fn setting_a_timer_without_ending_the_sleep_is_caught() {
    let words = words_of(one_timer(broken::TELLS_NOBODY));
    assert!(words.contains(ASLEEP), "{words}");
}

#[test]
fn the_same_small_driver_without_a_mistake_passes() {
    assert_tried(every_order(one_timer(broken::NO_MISTAKE)));
}
// ANCHOR_END: caught
