//! An executor parks once in each turn: to look for events when somebody can go on, and to sleep
//! when nobody can.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use std::task::Waker;
use std::time::Duration;

use executor::{Executor, Park, ThreadPark, yield_now};
use shared::narrate::VirtualClock;
use shared::probe::{Scripted, WakerProbe};

/// Notes each park. When it is to sleep, it lets something happen instead.
struct Noted<F> {
    limits: RefCell<Vec<Option<Duration>>>,
    instead: F,
    probe: WakerProbe,
}

impl<F: Fn()> Noted<F> {
    fn new(instead: F) -> Rc<Self> {
        Rc::new(Self { limits: RefCell::default(), instead, probe: WakerProbe::new() })
    }

    fn limits(&self) -> Vec<Option<Duration>> {
        self.limits.take()
    }
}

impl<F: Fn()> Park for Noted<F> {
    fn park(&self, limit: Option<Duration>) {
        self.limits.borrow_mut().push(limit);
        if limit.is_none() {
            (self.instead)();
        }
    }

    fn unparker(&self) -> Waker {
        self.probe.waker()
    }
}

const LOOKED: Option<Duration> = Some(Duration::ZERO);
const SLEPT: Option<Duration> = None;

#[test]
fn a_turn_in_which_somebody_can_go_on_only_looks() {
    let park = Noted::new(|| panic!("somebody can go on"));
    let executor = Executor::with_park(Rc::clone(&park));
    executor.block_on(async {
        yield_now().await;
        yield_now().await;
    });
    assert_eq!(park.limits(), [LOOKED, LOOKED]);
    executor.spawn(yield_now()).detach();
    executor.run();
    // Two turns, and a look after each.
    assert_eq!(park.limits(), [LOOKED, LOOKED]);
}

#[test]
fn a_turn_after_which_nobody_can_go_on_sleeps() {
    let (future, log) = Scripted::held("main", 2, 17);
    let park = Noted::new(move || assert!(log.wake()));
    let executor = Executor::with_park(Rc::clone(&park));
    assert_eq!(executor.block_on(future), 17);
    assert_eq!(park.limits(), [SLEPT, SLEPT]);
}

#[test]
fn a_busy_task_does_not_keep_events_from_coming_in() {
    // A park that brings its event when it is looked at for the tenth time.
    struct Brings(Cell<u32>, Waker, RefCell<Option<wakers::oneshot::Sender<u32>>>);
    impl Park for Brings {
        fn park(&self, _limit: Option<Duration>) {
            self.0.set(self.0.get() + 1);
            if self.0.get() == 10
                && let Some(sender) = self.2.take()
            {
                sender.send(17).unwrap();
            }
        }
        fn unparker(&self) -> Waker {
            self.1.clone()
        }
    }
    let (sender, receiver) = wakers::oneshot::channel();
    let brings = Rc::new(Brings(Cell::new(0), Waker::noop().clone(), RefCell::new(Some(sender))));
    let executor = Executor::with_park(Rc::clone(&brings));
    executor
        .spawn(async {
            loop {
                yield_now().await;
            }
        })
        .detach();
    assert_eq!(executor.block_on(receiver), Ok(17));
    assert_eq!(brings.0.get(), 10);
}

#[test]
fn each_push_calls_the_unparker_and_a_wake_that_is_one_too_many_does_not() {
    let park = Noted::new(|| panic!("somebody can go on"));
    let executor = Executor::with_park(Rc::clone(&park));
    let (future, log) = Scripted::held("task", 1, ());
    executor.spawn(future).detach();
    assert_eq!(park.probe.wakes(), 1);
    executor.block_on(yield_now());
    let before = park.probe.wakes();
    assert!(log.wake());
    assert!(!log.wake());
    assert_eq!(park.probe.wakes(), before + 1);
}

#[test]
fn parks_can_be_stacked() {
    /// Keeps a clock, and moves it instead of sleeping; where no deadline is left, it lets the park
    /// below sleep.
    struct Clocked<P>(VirtualClock, P);
    impl<P: Park> Park for Clocked<P> {
        fn park(&self, limit: Option<Duration>) {
            let moved = limit.is_none() && self.0.advance_to_next();
            self.1.park(if moved { LOOKED } else { limit });
        }
        fn unparker(&self) -> Waker {
            self.1.unparker()
        }
    }
    let clock = VirtualClock::new();
    let executor = Executor::with_park(Clocked(clock.clone(), ThreadPark::new()));
    let hour = Duration::from_secs(3600);
    let tasks = [2, 1].map(|hours| executor.spawn(clock.sleep(hours * hour)));
    executor.block_on(async {
        for task in tasks {
            task.await.unwrap();
        }
    });
    assert_eq!(clock.now(), 2 * hour);
}

#[test]
fn a_park_may_be_shared() {
    fn is_park<P: Park>() {}
    is_park::<Rc<ThreadPark>>();
    is_park::<Arc<ThreadPark>>();
    is_park::<Rc<dyn Park>>();
}
