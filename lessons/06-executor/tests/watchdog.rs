//! The watchdog measures each poll by itself, and names the task that keeps the thread for too
//! long.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::time::Duration;

use executor::{Executor, Watchdog, yield_now};
use shared::narrate::VirtualClock;
use shared::probe::Scripted;

const LIMIT: Duration = Duration::from_millis(100);
const MS: Duration = Duration::from_millis(1);

struct Watched {
    executor: Executor,
    clock: VirtualClock,
    reports: Rc<RefCell<Vec<(String, Duration)>>>,
}

impl Watched {
    fn new() -> Self {
        let (executor, clock) = (Executor::new(), VirtualClock::new());
        let reports: Rc<RefCell<Vec<_>>> = Rc::default();
        let sink = Rc::clone(&reports);
        let report = move |slow: executor::SlowPoll<'_>| {
            sink.borrow_mut().push((slow.task.to_owned(), slow.took));
        };
        let time = clock.clone();
        executor.watch(Watchdog::new(LIMIT, report).with_clock(move || time.now()));
        Self { executor, clock, reports }
    }

    fn reports(&self) -> Vec<(String, Duration)> {
        self.reports.take()
    }
}

#[test]
fn a_poll_that_takes_longer_than_the_limit_is_reported_with_its_task() {
    let watched = Watched::new();
    let clock = watched.clock.clone();
    watched.executor.spawn_named("greedy", async move { clock.advance(250 * MS) }).detach();
    watched.executor.spawn_named("modest", async {}).detach();
    watched.executor.run();
    assert_eq!(watched.reports(), [("greedy".to_owned(), 250 * MS)]);
}

#[test]
fn a_poll_that_takes_just_the_limit_is_not() {
    let watched = Watched::new();
    let clock = watched.clock.clone();
    watched.executor.spawn(async move { clock.advance(LIMIT) }).detach();
    watched.executor.run();
    assert_eq!(watched.reports(), []);
}

#[test]
fn polls_are_not_added_up_and_waiting_does_not_count() {
    let watched = Watched::new();
    let (clock, outside) = (watched.clock.clone(), watched.clock.clone());
    watched
        .executor
        .spawn(async move {
            for _ in 0..10 {
                clock.advance(60 * MS);
                yield_now().await;
            }
        })
        .detach();
    let (future, log) = Scripted::held("waits", 1, ());
    watched.executor.spawn(future).detach();
    watched.executor.block_on(yield_now());
    outside.advance(Duration::from_secs(3600));
    assert!(log.wake());
    watched.executor.run();
    assert_eq!(watched.reports(), []);
}

#[test]
fn each_slow_poll_is_reported() {
    let watched = Watched::new();
    let clock = watched.clock.clone();
    watched
        .executor
        .spawn_named("greedy", async move {
            clock.advance(101 * MS);
            yield_now().await;
            clock.advance(MS);
            yield_now().await;
            clock.advance(102 * MS);
        })
        .detach();
    watched.executor.run();
    let took: Vec<_> = watched.reports().into_iter().map(|(_, took)| took).collect();
    assert_eq!(took, [101 * MS, 102 * MS]);
}

#[test]
fn the_future_of_block_on_is_watched_too() {
    let watched = Watched::new();
    watched.executor.block_on(async { watched.clock.advance(200 * MS) });
    assert_eq!(watched.reports(), [("main".to_owned(), 200 * MS)]);
}

#[test]
fn a_poll_that_panics_and_a_drop_that_dawdles_count_as_well() {
    struct Dawdles(VirtualClock);
    impl Drop for Dawdles {
        fn drop(&mut self) {
            self.0.advance(300 * MS);
        }
    }
    let watched = Watched::new();
    let (clock, dawdles) = (watched.clock.clone(), Dawdles(watched.clock.clone()));
    watched
        .executor
        .spawn_named("panics", async move {
            clock.advance(200 * MS);
            panic!("slowly");
        })
        .detach();
    let task = watched.executor.spawn_named("dawdles", async move { drop(dawdles) });
    task.abort();
    watched.executor.run();
    let expected = [("panics".to_owned(), 200 * MS), ("dawdles".to_owned(), 300 * MS)];
    assert_eq!(watched.reports(), expected);
}

#[test]
fn a_report_says_it_in_words() {
    let slow = executor::SlowPoll { task: "greedy", took: 250 * MS };
    assert_eq!(slow.to_string(), "one poll of greedy took 250ms");
}

#[test]
fn a_report_may_spawn_and_may_panic() {
    let executor = Rc::new(Executor::new());
    let (clock, spawner) = (VirtualClock::new(), executor.spawner());
    let time = clock.clone();
    let report = move |_: executor::SlowPoll<'_>| {
        spawner.spawn(async {}).detach();
        panic!("too slow");
    };
    executor.watch(Watchdog::new(LIMIT, report).with_clock(move || time.now()));
    executor.spawn(async move { clock.advance(200 * MS) }).detach();
    assert!(catch_unwind(AssertUnwindSafe(|| executor.run())).is_err());
    // The slow task is over and gone; what the report has spawned is there.
    assert_eq!(executor.len(), 1);
    executor.run();
}

#[test]
fn a_watchdog_that_is_replaced_may_come_back_to_its_executor() {
    struct WatchesWhenDropped(Rc<Executor>);
    impl Drop for WatchesWhenDropped {
        fn drop(&mut self) {
            self.0.watch(Watchdog::new(Duration::MAX, |_| {}));
        }
    }
    let executor = Rc::new(Executor::new());
    let owned = WatchesWhenDropped(Rc::clone(&executor));
    executor.watch(Watchdog::new(LIMIT, move |_| {
        let _owned = &owned;
    }));
    executor.watch(Watchdog::new(LIMIT, |_| {}));
    executor.block_on(yield_now());
}

#[test]
fn without_a_watchdog_there_is_none_and_with_real_time_it_is_quiet_about_quick_polls() {
    let executor = Executor::new();
    executor.run();
    executor.watch(Watchdog::new(Duration::from_secs(600), |slow| panic!("{slow}")));
    executor.block_on(executor.spawn(async {})).unwrap();
}

#[test]
fn a_watchdog_that_is_set_within_a_poll_begins_with_the_next_one() {
    // The second clock is an hour ahead: a poll that is measured with both of them took an hour.
    let watched = Watched::new();
    let executor = Rc::new(watched.executor);
    let (clock, reports) = (watched.clock.clone(), Rc::clone(&watched.reports));
    let setting = Rc::clone(&executor);
    let set = move || {
        let (time, sink) = (clock.clone(), Rc::clone(&reports));
        let report = move |slow: executor::SlowPoll<'_>| {
            sink.borrow_mut().push((slow.task.to_owned(), slow.took));
        };
        let hour = Duration::from_secs(3600);
        setting.watch(Watchdog::new(LIMIT, report).with_clock(move || time.now() + hour));
    };
    // Once from the main future, and once from a task.
    let set_by_main = set.clone();
    executor.block_on(async move { set_by_main() });
    assert_eq!(watched.reports.take(), []);
    let clock = watched.clock.clone();
    let task = executor.spawn_named("sets", async move {
        set();
        yield_now().await;
        clock.advance(200 * MS);
    });
    executor.block_on(task).unwrap();
    assert_eq!(watched.reports.take(), [("sets".to_owned(), 200 * MS)]);
}
