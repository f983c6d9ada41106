//! Shows where a sleeping task is: in a queue of deadlines.
//!
//! Run it with `cargo lesson timers`. It builds on the executor, which it gives a park that keeps
//! timers.
//!
//! But for the first scene's helper threads, all time is virtual: the loop does not sleep, it moves
//! the clock. So the moments that are printed are exact, and the same in every run.

use std::cell::RefCell;
use std::rc::Rc;
use std::task::Waker;
use std::time::Duration;

use executor::{Executor, Park};
use shared::narrate::Random;
use shared::narrate::VirtualClock;
use shared::narrate::{fact, say, scene, table, title};
use shared::record::timeline_if_asked;
use timers::{Heap, MissedTicks, Timer, TimerQueue, Timers, VirtualPark, Wheel};

mod homemade;
mod recorded;

const SECOND: Duration = Duration::from_secs(1);
const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn main() {
    timeline_if_asked(&recorded::RUNS);
    title("Timers", "Sleeping is being in a data structure.");
    homemade::three_ways_to_sleep();
    the_loop_sleeps_until_the_first();
    never_early_but_perhaps_late();
    where_a_wheel_keeps_an_entry();
    a_million_timers();
    a_timeout_drops_the_loser();
    waiting_between_or_ticking();
    missed_ticks();
}

// ANCHOR: virtual-time
/// An executor that moves a clock instead of sleeping.
struct World {
    clock: VirtualClock,
    timer: Timer,
    executor: Executor,
}

impl World {
    fn new() -> Self {
        let clock = VirtualClock::new();
        let park = VirtualPark::new(clock.clone());
        let (timers, timer) = Timers::new(clock.clone(), park);
        Self { clock, timer, executor: Executor::with_park(timers) }
    }
}
// ANCHOR_END: virtual-time

// ANCHOR: loop-sleeps
/// Notes when the park in it sleeps, and for how long.
struct Noting<P> {
    park: P,
    clock: VirtualClock,
    sleeps: Rc<RefCell<Vec<[Duration; 2]>>>,
}

impl<P: Park> Park for Noting<P> {
    fn park(&self, limit: Option<Duration>) {
        let before = self.clock.now();
        self.park.park(limit);
        let slept = self.clock.now() - before;
        // Where the unparker was called before, or where the limit is zero, it did not sleep.
        if !slept.is_zero() {
            self.sleeps.borrow_mut().push([before, slept]);
        }
    }

    fn unparker(&self) -> Waker {
        self.park.unparker()
    }
}

fn the_loop_sleeps_until_the_first() {
    scene("The loop sleeps until the first deadline");
    say("Four tasks sleep for 5 s, 1 s, 3 s and an hour. After 4 s, the last one is aborted.");
    let (clock, sleeps) = (VirtualClock::new(), Rc::default());
    let park = VirtualPark::new(clock.clone());
    let park = Noting { park, clock: clock.clone(), sleeps: Rc::clone(&sleeps) };
    let (timers, timer) = Timers::new(clock, park);
    let executor = Executor::with_park(timers);

    let [_five, _one, _three, hour] = [5 * SECOND, SECOND, 3 * SECOND, HOUR]
        .map(|duration| executor.spawn(timer.sleep(duration)));
    executor.block_on(timer.sleep(4 * SECOND));
    hour.abort();
    executor.run();

    let row = |sleep: &[Duration; 2]| sleep.map(|moment| seconds(&[moment])).to_vec();
    let rows: Vec<_> = sleeps.borrow().iter().map(row).collect();
    table(&["at", "the loop sleeps for"], &rows);
    fact("timers left", timer.len());
}
// ANCHOR_END: loop-sleeps

// ANCHOR: late
fn never_early_but_perhaps_late() {
    scene("Never early, but perhaps late");
    say(
        "A task sets a timer for 2 s and waits. Beside it, another one keeps the thread for so long:",
    );
    let row = |blocked: Duration| {
        let World { clock, timer, executor } = World::new();
        let theirs = clock.clone();
        let sleeper = executor.spawn(async move {
            timer.sleep(2 * SECOND).await;
            theirs.now()
        });
        executor.spawn(async move { clock.advance(blocked) }).detach();
        let end = executor.block_on(sleeper).expect("it ends");
        [blocked, end, end - 2 * SECOND].map(|moment| seconds(&[moment])).to_vec()
    };
    let rows = [Duration::ZERO, SECOND, 2 * SECOND, 10 * SECOND].map(row);
    table(&["blocked for", "the sleep ends at", "late by"], &rows);
}
// ANCHOR_END: late

// ANCHOR: where
fn where_a_wheel_keeps_an_entry() {
    scene("Where a wheel keeps an entry");
    say("One entry in an empty wheel, by its deadline: the level on which it stands at first, how");
    say("wide a slot is there, and how often it is moved before it is due.");
    let deadlines = [
        ("5 ms", Duration::from_millis(5)),
        ("1 s", SECOND),
        ("1 minute", 60 * SECOND),
        ("1 hour", HOUR),
        ("1 day", DAY),
        ("30 days", 30 * DAY),
        ("3 years", 3 * 365 * DAY),
    ];
    let row = |(name, deadline): &(&str, Duration)| {
        let mut wheel = Wheel::new();
        wheel.insert(*deadline, Waker::noop().clone());
        let level = wheel.levels().iter().position(|entries| *entries > 0);
        let width = match level {
            Some(level) if level < 6 => in_words(Duration::from_millis(64u64.pow(level as u32))),
            _ => "none: beyond the wheel".into(),
        };
        let level = level.filter(|level| *level < 6).map_or("-".into(), |level| level.to_string());
        let mut moves = 0;
        while let Some(next) = wheel.next_deadline().filter(|next| next < deadline) {
            moves += 1;
            assert!(wheel.expire(next).is_empty());
        }
        assert_eq!(wheel.expire(*deadline).len(), 1);
        vec![(*name).to_owned(), level, width, moves.to_string()]
    };
    table(&["due in", "level", "a slot's width", "moved"], &deadlines.each_ref().map(row));
}
// ANCHOR_END: where

/// One digit after the point is enough to see how wide it is.
fn in_words(duration: Duration) -> String {
    let seconds = duration.as_secs_f64();
    match duration.as_secs() {
        0 => format!("{} ms", duration.as_millis()),
        1..60 => format!("{seconds:.1} s"),
        60..3_600 => format!("{:.1} minutes", seconds / 60.0),
        3_600..86_400 => format!("{:.1} hours", seconds / 3_600.0),
        86_400.. => format!("{:.1} days", seconds / 86_400.0),
    }
}

// ANCHOR: million
fn a_million_timers() {
    scene("A million timers");
    say("A million entries within an hour. All but 100,000 are cancelled; the others fire.");
    let row = |name: &str, count: Count| {
        let cells = [count.set, count.cancelled, count.fired, count.early, count.left];
        [name.to_owned()].into_iter().chain(cells.map(|count| count.to_string())).collect()
    };
    let rows = [row("heap", count(Heap::new())), row("wheel", count(Wheel::new()))];
    table(&["queue", "set", "cancelled", "fired", "early", "left"], &rows);

    say(
        "A thousand in a heap, cancelled one by one, the last first. Their items go later, many at once:",
    );
    let mut heap = Heap::new();
    let keys: Vec<_> = (0..1_000).map(|_| heap.insert(HOUR, Waker::noop().clone())).collect();
    let row =
        |heap: &Heap| [1_000 - heap.len(), heap.len(), heap.items()].map(|count| count.to_string());
    let mut rows = vec![row(&heap).to_vec()];
    for key in keys.into_iter().rev() {
        let (before, items) = (row(&heap), heap.items());
        heap.cancel(key).expect("it is there");
        if heap.items() + 1 < items {
            rows.extend([before.to_vec(), row(&heap).to_vec()]);
        }
    }
    table(&["cancelled", "entries", "items"], &rows);
}

struct Count {
    set: usize,
    cancelled: usize,
    fired: usize,
    early: usize,
    left: usize,
}

fn count(mut queue: impl TimerQueue) -> Count {
    let mut random = Random::seeded(7);
    let deadlines: Vec<_> =
        (0..1_000_000).map(|_| Duration::from_micros(random.below(3_600_000_000))).collect();
    let keys: Vec<_> =
        deadlines.iter().map(|deadline| queue.insert(*deadline, Waker::noop().clone())).collect();
    let set = queue.len();
    let doomed = keys.iter().enumerate().filter(|(number, _)| number % 10 != 0);
    let cancelled = doomed.filter(|(_, key)| queue.cancel(**key).is_some()).count();

    let mut kept: Vec<_> = deadlines.iter().step_by(10).collect();
    kept.sort_unstable();
    let (mut fired, mut early) = (0, 0);
    while let Some(next) = queue.next_deadline() {
        let expired = queue.expire(next).len();
        early += kept[fired..fired + expired].iter().filter(|deadline| ***deadline > next).count();
        fired += expired;
    }
    Count { set, cancelled, fired, early, left: queue.len() }
}
// ANCHOR_END: million

// ANCHOR: timeout
/// Says when it is dropped.
struct Guard(&'static str, Timer);

impl Drop for Guard {
    fn drop(&mut self) {
        say(format_args!("  at {}: {} is dropped", seconds(&[self.1.now()]), self.0));
    }
}

/// Waits for so long, and answers.
async fn request(name: &'static str, timer: Timer, takes: Duration) -> &'static str {
    let _guard = Guard(name, timer.clone());
    timer.sleep(takes).await;
    say(format_args!("  at {}: {name} is answered", seconds(&[timer.now()])));
    name
}

fn a_timeout_drops_the_loser() {
    scene("A timeout drops the loser");
    say("Requests that take 1, 2 and 3 s, each with 2 s to do it in:");
    for (name, takes) in [("the quick one", 1), ("the punctual one", 2), ("the slow one", 3)] {
        let World { timer, executor, .. } = World::new();
        let request = request(name, timer.clone(), takes * SECOND);
        let result = executor.block_on(timer.timeout(2 * SECOND, request));
        let now = seconds(&[timer.now()]);
        say(format_args!("  at {now}: {result:?}, timers left: {}", timer.len()));
    }
}
// ANCHOR_END: timeout

// ANCHOR: drift
fn waiting_between_or_ticking() {
    scene("Waiting in between, or ticking");
    say("A task works for 3 s, again and again. It sleeps 10 s after the work, or it awaits the");
    say("next tick of an interval of 10 s. It begins to work at:");
    let slept = World::new();
    let sleeping = slept.executor.block_on(async {
        let mut begins = Vec::new();
        for _ in 0..5 {
            begins.push(slept.clock.now());
            slept.clock.advance(3 * SECOND);
            slept.timer.sleep(10 * SECOND).await;
        }
        begins
    });
    let ticked = World::new();
    let ticking = ticked.executor.block_on(async {
        let (mut begins, mut interval) = (Vec::new(), ticked.timer.interval(10 * SECOND));
        for _ in 0..5 {
            interval.tick().await;
            begins.push(ticked.clock.now());
            ticked.clock.advance(3 * SECOND);
        }
        begins
    });
    fact("with sleep", seconds(&sleeping));
    fact("with interval", seconds(&ticking));
}

fn seconds(moments: &[Duration]) -> String {
    let moments: Vec<_> = moments.iter().map(|at| format!("{} s", at.as_secs())).collect();
    moments.join(", ")
}
// ANCHOR_END: drift

// ANCHOR: missed
fn missed_ticks() {
    scene("Missed ticks");
    say("An interval of 10 s. After the first tick, its task keeps the thread for 35 s. The ticks");
    say("are taken at:");
    let row = |missed: MissedTicks| {
        let World { clock, timer, executor } = World::new();
        let mut interval = timer.interval(10 * SECOND).with_missed_ticks(missed);
        let taken = executor.block_on(async {
            let mut taken = Vec::new();
            for work in [35, 0, 0, 0, 0, 0] {
                interval.tick().await;
                taken.push(clock.now());
                clock.advance(work * SECOND);
            }
            taken
        });
        let taken = taken.into_iter().map(|at| seconds(&[at]));
        [format!("{missed:?}")].into_iter().chain(taken).collect()
    };
    let policies = [MissedTicks::Burst, MissedTicks::Delay, MissedTicks::Skip];
    table(&["policy", "tick 1", "2", "3", "4", "5", "6"], &policies.map(row));
}
// ANCHOR_END: missed
