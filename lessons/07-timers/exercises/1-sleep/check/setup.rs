//! What the tests stand on: read `../check.rs` first.

use super::*;

pub const SECOND: Duration = Duration::from_secs(1);

pub const NANOSECOND: Duration = Duration::from_nanos(1);

/// More nanoseconds than 64 bits can count.
pub const THOUSAND_YEARS: Duration = Duration::from_secs(1000 * 365 * 24 * 3600);

/// The driver with which a sleep leaves word, and the hand that moves its clock.
#[allow(dead_code, reason = "a starter does not call it yet")]
pub mod driver {
    use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
    use std::sync::{Arc, Mutex};
    use std::task::Waker;
    use std::time::Duration;

    use shared::narrate::VirtualClock;
    use timers::{Heap, TimerQueue};

    pub use timers::Key;

    /// So often may one poll ask for the time.
    const PATIENCE: u32 = 10_000;

    /// Keeps timers, and calls their wakers. Clones are the same driver.
    #[derive(Clone)]
    pub struct Driver(Arc<Shared>);

    struct Shared {
        clock: VirtualClock,
        queue: Mutex<Heap>,
        asked: AtomicU32,
    }

    impl Driver {
        /// The time since the start of the clock.
        pub(crate) fn now(&self) -> Duration {
            let asked = self.0.asked.fetch_add(1, SeqCst);
            assert!(
                asked < PATIENCE,
                "one poll has asked for the time 10,000 times. It waits for the clock to move, and holds the only thread: nobody \
                 else can run, not even the driver"
            );
            self.0.clock.now()
        }

        /// Adds an entry: `waker` is called once the clock shows `deadline` or more.
        pub fn register(&self, deadline: Duration, waker: Waker) -> Key {
            self.with(|queue| queue.insert(deadline, waker))
        }

        /// Takes an entry out. Returns whether it was still there.
        pub fn cancel(&self, key: Key) -> bool {
            let waker = self.with(|queue| queue.cancel(key));
            waker.is_some()
        }

        fn with<T>(&self, work: impl FnOnce(&mut Heap) -> T) -> T {
            work(&mut self.0.queue.lock().expect("nobody panics here"))
        }
    }

    /// Moves the clock of a driver, and looks for those who are due.
    pub struct World {
        pub(crate) driver: Driver,
    }

    impl World {
        /// A driver whose clock shows `now`.
        pub fn at(now: Duration) -> Self {
            let clock = VirtualClock::new();
            clock.advance(now);
            let shared = Shared { clock, queue: Mutex::default(), asked: AtomicU32::new(0) };
            Self { driver: Driver(Arc::new(shared)) }
        }

        pub(crate) fn now(&self) -> Duration {
            self.driver.0.clock.now()
        }

        /// How many entries the driver has.
        pub fn entries(&self) -> usize {
            self.driver.with(|queue| queue.len())
        }

        /// A new poll begins.
        pub fn begin_poll(&self) {
            self.driver.0.asked.store(0, SeqCst);
        }

        /// Time passes, and the driver does not get to look: somebody else has the thread.
        pub fn pass(&self, time: Duration) {
            self.driver.0.clock.advance(time.saturating_sub(self.now()));
        }

        /// Time passes until `time`. The driver looks at every deadline on the way.
        pub fn advance_to(&self, time: Duration) {
            while let Some(next) = self.driver.with(|queue| queue.next_deadline())
                && next <= time
            {
                self.pass(next);
                self.fire();
            }
            self.pass(time);
        }

        /// Time passes until the next deadline. Returns whether there was one.
        pub fn advance_to_next(&self) -> bool {
            let next = self.driver.with(|queue| queue.next_deadline());
            next.into_iter().for_each(|next| self.pass(next));
            self.fire();
            next.is_some()
        }

        fn fire(&self) {
            let due = self.driver.with(|queue| queue.expire(self.driver.0.clock.now()));
            self.begin_poll();
            due.into_iter().for_each(Waker::wake);
        }
    }
}

/// Runs a scenario, and ends it in words if it does not return.
#[track_caller]
pub fn check(scenario: fn()) {
    if let Some(path) = uses(include_str!("../answer.rs"), &ELSEWHERE) {
        panic!("not tried, because the answer uses `{path}`: see the first check");
    }
    watchdog(2 * SECOND, "the sleep", scenario);
}

/// Where a sleep has nothing to look for.
pub const ELSEWHERE: [&str; 3] = ["std::thread", "std::time::Instant", "std::time::SystemTime"];

/// A sleep, and the task that polls it.
pub struct Sleeper<'a> {
    pub(super) world: &'a World,
    pub(super) sleep: Pin<Box<dyn Future<Output = ()> + 'a>>,
    pub(super) task: WakerProbe,
}

impl<'a> Sleeper<'a> {
    pub(super) fn new(world: &'a World, duration: Duration) -> Self {
        let sleep = Box::pin(sleep(&world.driver, duration));
        Self { world, sleep, task: WakerProbe::new() }
    }

    pub(super) fn poll(&mut self) -> Poll<()> {
        self.poll_as(&self.task.clone())
    }

    pub(super) fn poll_as(&mut self, task: &WakerProbe) -> Poll<()> {
        self.world.begin_poll();
        self.sleep.as_mut().poll(&mut Context::from_waker(&task.waker()))
    }
}

pub fn is_not_early(begin: Duration, duration: Duration) {
    let world = World::at(begin);
    let mut sleeper = Sleeper::new(&world, duration);
    let mut before = Duration::ZERO;
    for passed in [Duration::ZERO, duration / 2, duration - NANOSECOND] {
        world.advance_to(begin + passed);
        let woken = sleeper.task.wakes();
        assert!(
            sleeper.poll().is_pending(),
            "a sleep of {duration:?} began at {begin:?}, was polled {passed:?} after its begin, and is ready: that is early. A timer may \
             be late, and is never early, not by a nanosecond"
        );
        assert!(
            woken == 0,
            "a sleep of {duration:?} began at {begin:?}, and was woken {} between {before:?} and {passed:?} after its begin: its task is \
             polled for nothing",
            times(woken)
        );
        before = passed;
    }
    world.advance_to(begin + duration);
    let (woken, polled) = (sleeper.task.wakes(), sleeper.poll());
    assert!(
        woken > 0 && polled.is_ready(),
        "a sleep of {duration:?} began at {begin:?}. {duration:?} later it was woken {}, and its poll returned {polled:?}: its time has \
         come, to the nanosecond. A deadline is a sum of two `Duration`s, which are exact",
        times(woken)
    );
}

/// Polls by two tasks. Returns how often the one that did not poll last was woken, and how many of
/// its wakers were kept.
pub fn is_given_away(polls: &[usize]) -> (u64, u64) {
    let world = World::at(SECOND);
    let mut sleeper = Sleeper::new(&world, 2 * SECOND);
    let tasks = [WakerProbe::new(), WakerProbe::new()];
    for &task in polls {
        let _ = sleeper.poll_as(&tasks[task]);
    }
    let other = &tasks[1 - polls[polls.len() - 1]];
    let kept = other.alive();
    world.advance_to(3 * SECOND);
    (other.wakes(), kept)
}

pub fn one_of_three_is_dropped(seconds: [u32; 3], goes: usize) {
    let world = World::at(SECOND);
    let mut sleepers: Vec<_> =
        seconds.iter().map(|&seconds| Sleeper::new(&world, seconds * SECOND)).collect();
    for sleeper in &mut sleepers {
        let _ = sleeper.poll();
    }
    let gone = sleepers.remove(goes);
    let task = gone.task.clone();
    drop(gone);
    let (entries, kept) = (world.entries(), task.alive());
    assert!(
        entries <= 2,
        "three sleeps waited, one was dropped, and the driver has {entries} entries. Until the deadline of the one that is gone, the \
         driver keeps its waker, and with it the whole task; a server that cancels a thousand timeouts of an hour keeps a thousand"
    );
    world.advance_to(60 * SECOND);
    for sleeper in &sleepers {
        assert!(
            sleeper.task.wakes() > 0,
            "three sleeps waited, number {} was dropped, and another one was never woken: a sleep takes out its own entry only",
            goes + 1
        );
    }
    assert!(
        kept == 0,
        "a sleep was dropped, and {kept} clones of its waker are kept. They keep the whole task"
    );
}
